"""What the accepted reports below add up to. Values only; no database.

A report that gathers keeps in `sums`: for each entry and target the sum over accepted reports and how many gave it,
and under `COMPLETE` how many were owed, received, on time and accepted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .entries import amount
from .formfile import Entry, Form

COMPLETE = "*"
SUM = ".sum"
"""Stands behind the place whose sum the frozen rows explain."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """What one accepted report says, its corrections included."""

    ref: str
    report_id: int
    unit_id: int
    unit: str
    fingerprint: str
    figures: Mapping[str, Mapping[str, Any]]
    entries: Mapping[str, str]
    form: Form


def entry_value(part: Part, gathered: str) -> Decimal | None:
    entry = part.form.entry(gathered)
    return amount(entry, part.entries.get(gathered, "")) if entry else None


def entry_sum(parts: Iterable[Part], entry: Entry) -> dict[str, Any]:
    found = [value for part in parts if (value := entry_value(part, entry.gathered)) is not None]
    return {"sum": _plain(sum(found, Decimal(0))), "reports": len(found)}


def figure_sum(parts: Iterable[Part], target: str) -> dict[str, Any]:
    """Numerators added up; denominators, too, where there are some."""
    known = [part.figures[target] for part in parts if target in part.figures]
    given = [figure for figure in known if figure["numerator"] is not None]
    wholes = [figure["denominator"] for figure in given if figure["denominator"] is not None]
    return {
        "sum": str(sum(figure["numerator"] for figure in given)),
        "of": str(sum(wholes)) if wholes else "",
        "reports": len(given),
    }


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
