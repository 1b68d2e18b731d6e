"""`{% take "planning.children" unit=… %}`: the button that takes the table on this page away as a workbook."""

from typing import Any

from django import template

register = template.Library()
NOT_ASKED = {"after", "page", "p"}
"""Which part of a list is shown; a workbook has it whole."""


@register.inclusion_tag("people/_take.html", takes_context=True)
def take(context: dict[str, Any], table: str, **words: Any) -> dict[str, Any]:
    """What the page was asked goes along, so that the workbook holds the very rows that are looked at."""
    request = context["request"]
    asked = {name: text for name, text in request.GET.items() if name not in NOT_ASKED}
    given = {name: str(value) for name, value in words.items() if value not in (None, "", False)}
    return {
        "table": table,
        "words": asked | given,
        "back": request.get_full_path(),
        "csrf_token": context.get("csrf_token"),
    }
