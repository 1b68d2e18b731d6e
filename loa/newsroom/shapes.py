"""The sizes in which pictures are shown, and which file of a picture a page takes. Pure values.

A page never draws: the sizes are made beforehand (`actions.prepare_photo`), and what is missing is filled by a smaller
one that is there (docs/decisions/0005-later.md).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

FORMATS = (("avif", "avifquality-50", "image/avif"), ("webp", "webpquality-70", "image/webp"))
"""The best first; every browser of a phone of the last ten years reads the last one."""

SHAPES: dict[str, tuple[str, ...]] = {
    "card": ("fill-480x270", "fill-960x540"),
    "wide": ("width-480", "width-960"),
}
LARGEST = 960


def spec(size: str, format_: str, quality: str) -> str:
    """As Wagtail names a size of a picture in a format."""
    return f"{size}|format-{format_}|{quality}"


ALL = tuple(spec(size, *format_[:2]) for sizes in SHAPES.values() for size in sizes for format_ in FORMATS)


@dataclass(frozen=True, kw_only=True)
class Source:
    """One format with its files, as `srcset` wants them."""

    type: str
    srcset: str


@dataclass(frozen=True, kw_only=True)
class Picture:
    """What a <picture> is written from: width and height keep its place while it loads."""

    sources: Sequence[Source]
    src: str
    width: int
    height: int


def picture(renditions: Iterable[Any], shape: str) -> Picture | None:
    """The files that are there for this shape; another small one where none is; None where there is nothing at all."""
    there = {rendition.filter_spec: rendition for rendition in renditions}
    sources = [Source(type=kind, srcset=", ".join(files)) for kind, files in _sources(there, shape)]
    plain = [there[name] for name in (spec(size, *FORMATS[-1][:2]) for size in SHAPES[shape]) if name in there]
    fallback = plain or sorted(
        (one for one in there.values() if one.width <= LARGEST and "avif" not in one.filter_spec),
        key=lambda one: one.width,
    )
    if not fallback:
        return None
    best = fallback[-1]
    return Picture(sources=sources, src=best.url, width=best.width, height=best.height)


def _sources(there: dict[str, Any], shape: str) -> Iterable[tuple[str, list[str]]]:
    for format_, quality, kind in FORMATS:
        found = [there[name] for size in SHAPES[shape] if (name := spec(size, format_, quality)) in there]
        if found:
            yield kind, [f"{one.url} {one.width}w" for one in found]
