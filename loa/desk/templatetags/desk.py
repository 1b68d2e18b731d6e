"""The menu of the back office for templates."""

from typing import Any

from django import template
from django.utils import timezone
from wagtail.admin.menu import MenuItem

from loa.base.dates import today

from .. import menu

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_menu(context: Any) -> list[MenuItem]:
    """The entries that are open to whoever looks; nothing to a visitor who has not signed in."""
    user = context["request"].user
    return list(menu.links(user, on=today(timezone.now()))) if user.is_authenticated else []
