"""Pictures inside texts, from sizes that are there; withheld ones are left out (docs/decisions/0005-later.md)."""

from typing import Any

from django.template.loader import render_to_string
from wagtail.images.rich_text import ImageEmbedHandler

from .models import Photo
from .templatetags.pictures import picture

_SIZES = "(min-width: 44rem) 42rem, 100vw"


class PhotoEmbed(ImageEmbedHandler):
    """What `<embed embedtype="image" …>` in a deep edition becomes: two queries for all pictures of a text."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        keys = [int(attrs["id"]) for attrs in attrs_list if str(attrs.get("id", "")).isdecimal()]
        photos = Photo.objects.prefetch_related("renditions").in_bulk(keys)
        return [cls._drawn(photos.get(int(attrs.get("id") or 0)), attrs) for attrs in attrs_list]

    @staticmethod
    def _drawn(photo: Photo | None, attrs: dict[str, Any]) -> str:
        shown = picture(photo, alt=attrs.get("alt") or (photo.alt if photo else ""), sizes=_SIZES)
        return render_to_string("newsroom/_picture.html", shown).strip()
