"""Addresses of contributions in templates: `{% load sendings %}{% url "contributions:follow" sent|token %}`."""

from django import template

from loa.newsroom import sendings
from loa.newsroom.models import Contribution

register = template.Library()


@register.filter
def token(sent: Contribution) -> str:
    return sendings.token(sent)
