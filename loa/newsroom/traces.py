"""Pictures without what the camera wrote into them: where, when, with which phone (EXIF, GPS, XMP, comments)."""

import io
from typing import IO

from django.core.files import File
from PIL import Image, ImageOps

KEPT = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif", "AVIF": "avif"}
"""The formats that stay what they are; everything else Pillow can read becomes a JPEG."""
QUALITY = 90
LARGEST = 64_000_000
"""Points: more than any phone's camera makes in one picture; drawing a larger one would need a gigabyte."""


def without_traces(file: File) -> IO[bytes]:
    """The picture drawn anew, turned the right way up, with nothing beside its points and its colour profile.

    Raises OSError (PIL.UnidentifiedImageError too) or ValueError for what is no picture.
    """
    file.seek(0)
    with Image.open(file) as given:
        if given.width * given.height > LARGEST:
            raise ValueError(f"{given.width} × {given.height} points")
        kind = given.format if given.format in KEPT else "JPEG"
        profile = given.info.get("icc_profile")
        turned = ImageOps.exif_transpose(given)
        if kind == "JPEG" and turned.mode not in {"RGB", "L"}:
            turned = turned.convert("RGB")
        bare = Image.new(turned.mode, turned.size)
        if turned.mode == "P" and (palette := turned.getpalette()):
            bare.putpalette(palette)
        bare.paste(turned)
        kept = io.BytesIO()
        options = {"quality": QUALITY} if kind in {"JPEG", "WEBP", "AVIF"} else {}
        bare.save(kept, kind, icc_profile=profile, **options)
    kept.seek(0)
    name = (file.name or "anh").replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or "anh"
    kept.name = f"{name[:80]}.{KEPT[kind]}"
    return kept
