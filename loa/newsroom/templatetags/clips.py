"""How long and how large a clip is, in words: `{% load clips %}{{ clip.seconds|length_of }}`."""

from django import template
from django.utils.translation import gettext as _

from loa.base.numbers import number

register = template.Library()


@register.filter
def length_of(seconds: float) -> str:
    """“2 phút 05 giây”, “40 giây”."""
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return _("%(seconds)s seconds") % {"seconds": rest}
    return _("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": f"{rest:02}"}


@register.filter
def megabytes(size: int) -> str:
    """“3,4 MB”: what it costs to play, for those who pay by megabyte."""
    return f"{number(max(0.1, round(size / 1_000_000, 1)))} MB"
