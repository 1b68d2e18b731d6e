"""A report as its page shows it: section by section, each figure beside last period's and its target.

What somebody typed and could not be saved (`typed`) is shown instead of what is stored, so that nothing is lost.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from loa.base.numbers import number
from loa.planning.protocol import Row
from loa.planning.scorecard.reading import figure_text

from . import checking, corrigible, entries, summing
from .comparing import before_entry, before_figure, change, jumps
from .figures import ReportFigure, YearFigure
from .formfile import Entry, Figures, Form, Listing, Passage
from .models import Correction, Remark, Report
from .typed import REASON


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One place of a report: a figure, an entry, a passage or a table. `sort` names which, as in the form."""

    sort: str
    place: str
    label: str
    hint: str = ""
    shown: str = ""
    """The figure as people read it."""
    typed: str = ""
    """As it stands in its field."""
    parts: str = ""
    goal: str = ""
    standing: str = ""
    before: str = ""
    change: str = ""
    type: str = ""
    unit: str = ""
    required: bool = False
    choices: Sequence[tuple[str, str]] = ()
    sums: Mapping[str, Any] = field(default_factory=dict)
    total: str = ""
    opens: bool = False
    years: Sequence[YearFigure] = ()
    """Of a review: the way of the figure, year by year."""
    met: str = ""
    adding: str = ""
    """Whether the years may be added up, and why not."""
    added: bool = False
    rows: Sequence[Row] = ()
    columns: Sequence[str] = ()
    offered: bool = True
    faults: Sequence[str] = ()
    reason: str = ""
    wants_reason: bool = False
    remarks: Sequence[Remark] = ()
    corrections: Sequence[Correction] = ()
    corrected: str = ""
    """Of a review: what all years come to with the corrections of single years."""

    @property
    def way(self) -> bool:
        """Whether any year has a figure."""
        return any(year.value is not None for year in self.years)

    @property
    def many(self) -> bool:
        return self.sort == "passage"


@dataclass(frozen=True, kw_only=True)
class SheetSection:
    id: str
    title: str
    slots: Sequence[Slot]

    @property
    def figures(self) -> list[Slot]:
        return [slot for slot in self.slots if slot.sort == "figures"]

    @property
    def ways(self) -> list[Slot]:
        """Of a review: the figures with a way to show."""
        return [slot for slot in self.figures if slot.way]

    @property
    def unmeasured(self) -> list[Slot]:
        return [slot for slot in self.figures if not slot.way]

    @property
    def others(self) -> list[Slot]:
        return [slot for slot in self.slots if slot.sort != "figures"]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    sections: Sequence[SheetSection]
    done: int
    needed: int
    faults: Sequence[tuple[str, str, str]]
    """Place, what it is called, and what is wrong there."""
    remarks: Sequence[Remark]
    """Those on the whole."""

    @property
    def complete(self) -> bool:
        return not self.faults


def sheet(
    report: Report,
    form: Form,
    *,
    listed: Mapping[str, tuple[Sequence[Row], Sequence[str]]],
    remarks: Sequence[Remark] = (),
    corrections: Sequence[Correction] = (),
    typed: Mapping[str, str] | None = None,
) -> Sheet:
    """`listed` holds the rows and columns of each table, by id."""
    found = checking.faults(report, form) if report.open else []
    maker = _Maker(
        report=report,
        form=form,
        listed=listed,
        typed=typed or {},
        faults={fault.place: [one.text for one in found if one.place == fault.place] for fault in found},
        remarks={one.place: [other for other in remarks if other.place == one.place] for one in remarks},
        corrections={place: list(found) for place, found in _by_place(corrections)},
        corrected=corrigible.folded(report, _accepted(corrections)),
        figures=[ReportFigure.read(stored) for stored in report.figures],
    )
    named = checking.labels(report, form)
    done, needed = checking.done(report, form, found)
    return Sheet(
        sections=[
            SheetSection(id=one.id, title=one.title, slots=[slot for item in one.items for slot in maker.slots(item)])
            for one in form.sections
        ],
        done=done,
        needed=needed,
        faults=[(fault.place, named.get(fault.place, fault.place), fault.text) for fault in found],
        remarks=maker.remarks.get("", []),
    )


@dataclass(frozen=True, kw_only=True)
class _Maker:
    report: Report
    form: Form
    listed: Mapping[str, tuple[Sequence[Row], Sequence[str]]]
    typed: Mapping[str, str]
    faults: Mapping[str, list[str]]
    remarks: Mapping[str, list[Remark]]
    corrections: Mapping[str, list[Correction]]
    corrected: Mapping[str, Any]
    figures: Sequence[ReportFigure]

    def slots(self, item: Figures | Entry | Passage | Listing) -> list[Slot]:
        match item:
            case Figures():
                meant = [one for one in self.figures if not item.targets or one.target in item.targets]
                return [self.figure(one, beyond=self.form.beyond(one.target)) for one in meant]
            case Entry():
                return [self.entry(item)]
            case Passage():
                return [self.passage(item)]
        rows, columns = self.listed.get(item.id, ((), ()))
        return [
            Slot(
                sort="listing",
                place=item.id,
                label=item.title,
                rows=rows,
                columns=columns,
                offered=item.id in self.listed,
                remarks=self.remarks.get(item.id, []),
            )
        ]

    def figure(self, one: ReportFigure, *, beyond: Decimal | None) -> Slot:
        before = before_figure(self.report.before, one)
        moved = change(one.value, before)
        wants = bool(moved and moved.beyond(beyond)) or bool(jumps(one, beyond))
        return Slot(
            **self._common(one.target, wants=wants),
            sort="figures",
            label=f"{one.target} {one.short}",
            shown=one.value_text,
            parts=one.parts_text,
            goal=f"{one.goal_text} ({one.goal_year})" if one.goal_year else one.goal_text,
            standing=one.standing_text,
            before="" if before is None else figure_text(before, percent=one.percent),
            change=moved.text if moved else "",
            opens=one.value is not None,
            sums=self.report.sums.get(one.target, {}),
            years=one.years,
            corrected=self._corrected(one) if one.years else "",
            met=one.met_text,
            adding=one.adding_text,
            added=one.added,
        )

    def _corrected(self, one: ReportFigure) -> str:
        said = self.corrected.get(one.target)
        return replace(one, **said).value_text if said else ""

    def entry(self, one: Entry) -> Slot:
        value = self.report.entries.get(one.id, "")
        before = before_entry(self.report.before, self.form, one.id)
        moved = change(entries.amount(one, value), before)
        sums = self.report.sums.get(one.id, {})
        total = (entries.amount(one, value) or Decimal(0)) + Decimal(sums["sum"]) if sums else None
        stored = entries.typed(one, value)
        return Slot(
            **self._common(one.id, wants=bool(moved and moved.beyond(one.beyond))),
            sort="entry",
            label=one.label,
            hint=one.hint,
            shown=entries.shown(one, value),
            typed=self.typed.get(one.id, stored),
            before=entries.shown(one, self.report.before.get("entries", {}).get(one.id, "")),
            change=moved.text if moved else "",
            type=one.type.value,
            unit="đồng" if one.type == "money" else "%" if one.type == "percent" else one.unit,
            required=one.required,
            choices=_choices(one),
            sums=sums,
            total="" if total is None else number(total),
        )

    def passage(self, one: Passage) -> Slot:
        text = self.report.text(one.id) or ""
        return Slot(
            **self._common(one.id, wants=False),
            sort="passage",
            label=one.title,
            hint=one.hint,
            shown=text,
            typed=self.typed.get(one.id, text),
            required=one.required,
        )

    def _common(self, place: str, *, wants: bool) -> dict[str, Any]:
        reason = self.typed.get(REASON + place, self.report.reasons.get(place, ""))
        return {
            "place": place,
            "faults": self.faults.get(place, []),
            "reason": reason,
            "wants_reason": wants or bool(reason),
            "remarks": self.remarks.get(place, []),
            "corrections": self.corrections.get(place, []),
        }


def _by_place(corrections: Sequence[Correction]) -> Iterator[tuple[str, Iterator[Correction]]]:
    """Corrections of single years stand beside their target."""

    def place(one: Correction) -> str:
        return one.place.partition(".")[0]

    return groupby(sorted(corrections, key=lambda one: (place(one), -one.pk)), key=place)


def _accepted(corrections: Sequence[Correction]) -> dict[str, Any]:
    found = [one for one in corrections if one.state == Correction.State.ACCEPTED]
    return {one.place: one.new for one in sorted(found, key=lambda one: (one.accepted_at, one.pk))}


def _choices(entry: Entry) -> list[tuple[str, str]]:
    if entry.type == "yes_no":
        return [(entries.YES, _("yes")), (entries.NO, _("no"))]
    return [(choice, choice) for choice in entry.choices]


def completeness(report: Report) -> Mapping[str, Any]:
    """How many of the reports that it adds up were due, received, on time and accepted; empty when it adds up none."""
    found: Mapping[str, Any] = report.sums.get(summing.COMPLETE, {})
    return found
