"""What is still missing or wrong in a report, at the figure or passage where it is, all at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from loa.base.numbers import number

from . import entries
from .comparing import before_entry, before_figure, change, jumps
from .figures import ReportFigure
from .formfile import Figures, Form
from .models import Report


@dataclass(frozen=True, kw_only=True)
class Fault:
    """`place` is the code of a target, the id of an entry or of a passage."""

    place: str
    text: str


def faults(report: Report, form: Form) -> list[Fault]:
    """Every one, in the order of the form."""
    found = [
        *_entry_faults(report, form),
        *_check_faults(report, form),
        *_outliers(report, form),
        *_jumps(report, form),
    ]
    found += [
        Fault(place=passage.id, text=_("Please write the passage “%(title)s”.") % {"title": passage.title})
        for passage in form.passages
        if passage.required and not (report.text(passage.id) or "").strip()
    ]
    rank = {place: number for number, place in enumerate(places(report, form))}
    return sorted(found, key=lambda fault: rank.get(fault.place, 0))


def places(report: Report, form: Form) -> list[str]:
    """Everything that can be filled in or remarked upon, in the order of the form."""
    found: list[str] = []
    for item in form.items():
        if isinstance(item, Figures):
            found += [
                stored["target"] for stored in report.figures if not item.targets or stored["target"] in item.targets
            ]
        else:
            found.append(item.id)
    return found


def values(
    report: Report, form: Form, said: Mapping[str, Mapping[str, Any]] | None = None
) -> dict[str, Decimal | None]:
    """Every figure of the report by its place; `said` are corrections of some of them, by place."""
    said = said or {}
    figures = map(ReportFigure.read, report.figures)
    counted = {one.target: replace(one, **said.get(one.target, {})).value for one in figures}
    typed = dict(report.entries) | {place: one["value"] for place, one in said.items() if "value" in one}
    return counted | entries.amounts(form, typed) | _totals(report, form, typed)


def broken_by(report: Report, form: Form, said: Mapping[str, Mapping[str, Any]], place: str) -> str:
    """What the form says of the first check with this place in it that would no longer hold; "" where all hold."""
    known = values(report, form, said)
    touched = (check for check in form.checks if place in (*check.parts, check.whole))
    return next((check.say for check in touched if not check.holds(known)), "")


def _totals(report: Report, form: Form, typed: Mapping[str, str]) -> dict[str, Decimal | None]:
    """Entries to which the reports below are added."""
    found: dict[str, Decimal | None] = {}
    for entry in form.entries:
        if entry.gathered and entry.id in report.sums:
            own = entries.amount(entry, typed.get(entry.id, "")) or Decimal(0)
            found[entry.id] = own + Decimal(report.sums[entry.id]["sum"])
    return found


def _entry_faults(report: Report, form: Form) -> Iterable[Fault]:
    for entry in form.entries:
        if text := entries.problem(entry, report.entries.get(entry.id, "")):
            yield Fault(place=entry.id, text=text)


def _check_faults(report: Report, form: Form) -> Iterable[Fault]:
    known = values(report, form)
    return (Fault(place=check.parts[-1], text=check.say) for check in form.checks if not check.holds(known))


def _outliers(report: Report, form: Form) -> Iterable[Fault]:
    for place, most, now, before in _compared(report, form):
        moved = change(now, before)
        if moved and moved.beyond(most) and not report.reasons.get(place, "").strip():
            said = {
                "before": number(moved.before, _places(moved.before)),
                "change": moved.text,
                "most": number(most or 0),
            }
            yield Fault(
                place=place,
                text=_(
                    "Last period it was %(before)s (%(change)s now). A change of more than %(most)s %% needs a "
                    "sentence that explains it."
                )
                % said,
            )


def _jumps(report: Report, form: Form) -> Iterable[Fault]:
    """Of a review: years that differ so much from the year before that they owe a sentence."""
    for figure in map(ReportFigure.read, report.figures):
        most = form.beyond(figure.target)
        if report.reasons.get(figure.target, "").strip():
            continue
        for one, other, moved in jumps(figure, most):
            said = {
                "before": f"{one.year}: {one.value_text}",
                "now": f"{other.year}: {other.value_text}",
                "change": moved.text_of_years,
                "most": number(most or 0),
            }
            yield Fault(
                place=figure.target,
                text=_(
                    "%(before)s; %(now)s (%(change)s). A change of more than %(most)s %% from one year to the next "
                    "needs a sentence that explains it."
                )
                % said,
            )


def _compared(report: Report, form: Form) -> Iterable[tuple[str, Decimal | None, Decimal | None, Decimal | None]]:
    for figure in map(ReportFigure.read, report.figures):
        yield figure.target, form.beyond(figure.target), figure.value, before_figure(report.before, figure)
    for entry in form.entries:
        now = entries.amount(entry, report.entries.get(entry.id, ""))
        yield entry.id, entry.beyond, now, before_entry(report.before, form, entry.id)


def _places(value: Decimal) -> int:
    return 0 if value == value.to_integral_value() else 1


def done(report: Report, form: Form, found: Iterable[Fault]) -> tuple[int, int]:
    """How many of the places that need something have it, and how many they are."""
    needed = [entry.id for entry in form.entries if entry.required]
    needed += [passage.id for passage in form.passages if passage.required]
    wrong = {fault.place for fault in found}
    asked = [*needed, *sorted(wrong - set(needed))]
    return len([place for place in asked if place not in wrong]), len(asked)


def labels(report: Report, form: Form) -> Mapping[str, str]:
    """What each place is called."""
    named = {stored["target"]: stored["short"] for stored in report.figures}
    named |= {entry.id: entry.label for entry in form.entries}
    named |= {passage.id: passage.title for passage in form.passages}
    return named | {listing.id: listing.title for listing in form.listings}
