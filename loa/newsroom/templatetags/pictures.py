"""Pictures in templates: `{% load pictures %}{% picture photo "card" %}`."""

from typing import Any

from django import template

from loa.newsroom import shapes

register = template.Library()


@register.inclusion_tag("newsroom/_picture.html")
def picture(
    photo: Any, shape: str = "wide", alt: str | None = None, sizes: str = "100vw", css: str = "", eager: bool = False
) -> dict[str, Any]:
    """The picture in sizes that are there, AVIF before WebP, its place kept while it loads; nothing when withheld.

    `alt=""` where the words beside it say the same. It asks no query when `renditions` were fetched with the photo.
    """
    files = None if photo is None or photo.withheld_at else shapes.picture(photo.renditions.all(), shape)
    words = alt if alt is not None else photo.alt if photo else ""
    return {"files": files, "alt": words, "sizes": sizes, "css": css, "eager": eager}
