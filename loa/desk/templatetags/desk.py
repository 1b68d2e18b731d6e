"""The menu of the back office for templates."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from wagtail.admin.menu import MenuItem

from loa.base.dates import today

from .. import guides, menu

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_menu(context: Any) -> list[MenuItem]:
    """The entries that are open to whoever looks; nothing to a visitor who has not signed in."""
    user = context["request"].user
    return list(menu.links(user, on=today(timezone.now()))) if user.is_authenticated else []


@register.simple_tag(takes_context=True)
def desk_help(context: Any) -> str:
    """The link to where the guide speaks of this screen; nothing inside a dialog, whose screen has it already."""
    # Headers are included without the names of the page, but not without its request.
    request = getattr(context, "request", None)
    match = getattr(request, "resolver_match", None)
    if request is None or match is None or request.headers.get("x-requested-with") == "XMLHttpRequest":
        return ""
    return render_to_string("desk/_help.html", {"address": guides.help_address(match.view_name)})
