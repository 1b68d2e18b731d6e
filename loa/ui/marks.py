"""A mark that somebody uploads, made into a small PNG of our own: what else was in the file does not come along."""

from io import BytesIO
from typing import BinaryIO

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from loa.base.errors import Refused

FORMATS = ("PNG", "JPEG", "WEBP")
MOST_BYTES = 2_000_000
MOST_PIXELS = 40_000_000
SIDE = 256


def small_png(file: BinaryIO, *, size: int) -> bytes:
    """The picture in `file` as a PNG that fits into SIDE × SIDE; `size` is the file's, in bytes. May raise Refused."""
    if size > MOST_BYTES:
        raise Refused(_("This file is larger than 2 MB. Please choose a smaller picture."))
    try:
        with Image.open(file, formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused(_("This picture has too many pixels. Please choose a smaller one."))
            drawn = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise Refused(_("This is not a picture that can be read. Please choose a PNG, JPEG or WebP file.")) from None
    drawn.thumbnail((SIDE, SIDE))
    made = BytesIO()
    drawn.save(made, "PNG", optimize=True)
    return made.getvalue()
