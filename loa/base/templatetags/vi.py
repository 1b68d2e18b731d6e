"""Days, numbers and phone numbers in templates: `{% load vi %}`."""

from datetime import date, datetime
from decimal import Decimal

from django import template

from loa.base import dates, numbers, phones

register = template.Library()


@register.filter
def long_date(value: date | None) -> str:
    """`{{ story.published_at|long_date }}` → ngày 05 tháng 02 năm 2026; an instant by its day in Hà Nội."""
    return dates.long_date(_local(value)) if value else ""


@register.filter
def short_date(value: date | None) -> str:
    """`{{ task.due_on|short_date }}` → 05/02/2026."""
    return dates.short_date(_local(value)) if value else ""


@register.filter
def number(value: float | Decimal | None, places: int | None = None) -> str:
    """`{{ figure|number }}` → 1.234,5; `{{ figure|number:0 }}` → 1.235."""
    return numbers.NOTHING if value is None else numbers.number(value, places)


@register.filter
def percent_of(numerator: float | Decimal | None, denominator: float | Decimal | None) -> str:
    """`{{ met|percent_of:all }}` → 85,3 %."""
    return numbers.percent(numerator, denominator)


@register.filter
def phone(e164: str | None) -> str:
    """`{{ person.phone|phone }}` → 0905 123 456."""
    return phones.display(e164) if e164 else ""


def _local(value: date) -> date:
    return dates.today(value) if isinstance(value, datetime) else value
