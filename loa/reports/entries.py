"""What an officer types into a form's entry: read, kept as plain text, shown again. Values only; no database."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from loa.base.dates import parse_day, short_date
from loa.base.numbers import number, parse_number
from loa.base.text import clean, fold

from .formfile import Entry, EntryType, Form

YES, NO = "true", "false"
LONGEST = 200


def read(entry: Entry, typed: str) -> str:
    """The one spelling in which the value is kept; what can not be read stays as typed, for `problem` to speak of."""
    text = clean(typed)[:LONGEST]
    if not text:
        return ""
    value: str | None = None
    if entry.type.numeric:
        found = parse_number(text.replace("đồng", "").replace("đ", "") if entry.type == EntryType.MONEY else text)
        value = None if found is None else _plain(found)
    elif entry.type == EntryType.DATE:
        day = parse_day(text)
        value = day.isoformat() if day else None
    elif entry.type == EntryType.YES_NO:
        value = {"true": YES, "co": YES, "yes": YES, "false": NO, "khong": NO, "no": NO}.get(fold(text))
    else:
        value = next((choice for choice in entry.choices if fold(choice) == fold(text)), None)
    return text if value is None else value


def amount(entry: Entry, value: str) -> Decimal | None:
    """The number that a stored value is; None for none, and for what is no number."""
    return Decimal(value) if entry.type.numeric and value and _valid(entry, value) else None


def amounts(form: Form, values: Mapping[str, str]) -> dict[str, Decimal | None]:
    return {entry.id: amount(entry, values.get(entry.id, "")) for entry in form.entries}


def problem(entry: Entry, value: str) -> str:
    """What is wrong with a value, in a sentence; "" when nothing is."""
    if not value:
        return _("Please fill in “%(label)s”.") % {"label": entry.label} if entry.required else ""
    if not _valid(entry, value):
        return _EXPECTED[entry.type]() % {"value": value}
    found = amount(entry, value)
    if found is None:
        return ""
    if entry.least is not None and found < entry.least:
        return _("This must be at least %(least)s; %(value)s was entered.") % {
            "least": number(entry.least),
            "value": number(found),
        }
    if entry.most is not None and found > entry.most:
        return _("This must be at most %(most)s; %(value)s was entered.") % {
            "most": number(entry.most),
            "value": number(found),
        }
    return ""


def shown(entry: Entry, value: str) -> str:
    """As people read it: "1.234", "12,5 %", "05/02/2026", "có"; what could not be read as it was typed."""
    if not value or not _valid(entry, value):
        return value
    if entry.type == EntryType.DATE:
        return short_date(date.fromisoformat(value))
    if entry.type == EntryType.YES_NO:
        return _("yes") if value == YES else _("no")
    found = amount(entry, value)
    if found is None:
        return value
    unit = "%" if entry.type == EntryType.PERCENT else entry.unit or ("đồng" if entry.type == EntryType.MONEY else "")
    return f"{number(found)} {unit}".strip()


def typed(entry: Entry, value: str) -> str:
    """As it stands in its field: a number without its unit."""
    found = amount(entry, value)
    return value if found is None else number(found)


_EXPECTED = {
    EntryType.INTEGER: lambda: _("A whole number such as 12 is expected here; “%(value)s” was entered."),
    EntryType.DECIMAL: lambda: _("A number such as 12,5 is expected here; “%(value)s” was entered."),
    EntryType.PERCENT: lambda: _("A percentage from 0 to 100 is expected here; “%(value)s” was entered."),
    EntryType.MONEY: lambda: _("An amount in đồng such as 1.500.000 is expected here; “%(value)s” was entered."),
    EntryType.YES_NO: lambda: _("Yes or no is expected here; “%(value)s” was entered."),
    EntryType.DATE: lambda: _("A day such as 05/02/2026 is expected here; “%(value)s” was entered."),
    EntryType.CHOICE: lambda: _("Please choose one of the answers; “%(value)s” is none of them."),
}


def _valid(entry: Entry, value: str) -> bool:
    if entry.type == EntryType.YES_NO:
        return value in {YES, NO}
    if entry.type == EntryType.CHOICE:
        return value in entry.choices
    if entry.type == EntryType.DATE:
        try:
            return bool(date.fromisoformat(value))
        except ValueError:
            return False
    try:
        found = Decimal(value)
    except ArithmeticError:
        return False
    if not found.is_finite() or (found < 0 and entry.least is None):
        return False
    if entry.type in {EntryType.INTEGER, EntryType.MONEY} and found != found.to_integral_value():
        return False
    return entry.type != EntryType.PERCENT or 0 <= found <= 100


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
