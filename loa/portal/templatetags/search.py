"""Search hits in templates: `{% load search %}`."""

from django import template
from django.utils.safestring import SafeString

from loa.portal import marking

register = template.Library()


@register.filter
def marked(text: str, words: frozenset[str]) -> SafeString:
    """`{{ story.title|marked:words }}`: the words asked for stand in <mark>."""
    return marking.marked(text, words)
