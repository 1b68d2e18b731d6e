"""Why the accepted reports below do not add up to what is counted over the whole subtree: unit by unit.

Both sides are as known now: the accepted reports with their corrections, and the count over the same period by the
structure of the report. The rows add up to both sums, so that nothing is left unexplained.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loa.base.numbers import NOTHING, number
from loa.people.queries import Node, nodes
from loa.planning.scorecard import Line, Reading, State

from .. import counting, summing
from ..models import Report
from .due import term_of
from .gathering import parts, scope_below, term_below
from .kept import form_of
from .owed import owing_within

PAGE = 50


class Apart(StrEnum):
    OWN = "own"
    OWES_NOTHING = "owes-nothing"
    NOT_ACCEPTED = "not-accepted"
    CHANGED = "changed"
    SAME = "same"
    WITHHELD = "withheld"
    ELSEWHERE = "elsewhere"
    NO_TARGET = "no-target"


APART_TEXTS = {
    Apart.OWN: lambda: _("done by the unit itself; no report below speaks of it"),
    Apart.OWES_NOTHING: lambda: _("owes no such report"),
    Apart.NOT_ACCEPTED: lambda: _("not accepted yet"),
    Apart.CHANGED: lambda: _("recorded, corrected or moved since it was accepted"),
    Apart.SAME: lambda: _("the same"),
    Apart.ELSEWHERE: lambda: _("stood elsewhere on the cut-off day, or had ended"),
    Apart.NO_TARGET: lambda: _("the target is not set for this level"),
    Apart.WITHHELD: lambda: _("withheld: fewer than five people could be told apart"),
}


@dataclass(frozen=True, kw_only=True)
class ApartRow:
    """One unit directly below with all that stands under it, or the unit itself; figures are None where withheld."""

    unit: str
    code: str
    said: int
    counted: int | None
    owed: int
    accepted: int
    report_id: int | None
    """The one accepted report under it."""
    why: Apart

    @property
    def difference(self) -> int | None:
        return None if self.counted is None else self.counted - self.said

    @property
    def said_shown(self) -> int | None:
        return self.said if self.accepted and self.counted is not None else None

    @property
    def said_text(self) -> str:
        return NOTHING if self.said_shown is None else number(self.said_shown)

    @property
    def counted_text(self) -> str:
        return NOTHING if self.counted is None else number(self.counted)

    @property
    def difference_text(self) -> str:
        if self.difference is None:
            return NOTHING
        return f"+{number(self.difference)}" if self.difference > 0 else number(self.difference)

    @property
    def why_text(self) -> str:
        text = APART_TEXTS[self.why]()
        if self.why == Apart.NOT_ACCEPTED and self.owed > 1:
            said = {"accepted": self.accepted, "owed": self.owed}
            return f"{text} " + _("(%(accepted)s of %(owed)s reports are)") % said
        return text


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """The sums of both sides, and the rows between them: those that differ most first."""

    line: Line
    below: str
    """Name of the reports that are added up."""
    said: int
    counted: int | None
    rows: Sequence[ApartRow]

    @property
    def difference(self) -> int | None:
        return None if self.counted is None else self.counted - self.said

    def page(self, *, after: str = "", limit: int = PAGE) -> tuple[Sequence[ApartRow], str]:
        start = int(after) if after.isdecimal() else 0
        end = start + limit
        return self.rows[start:end], str(end) if end < len(self.rows) else ""


def apart(report: Report, target: str) -> Comparison | None:
    """None for a report that adds nothing up, or has no such target."""
    term = term_of(report)
    form = form_of(report)
    below = term_below(term, form) if term else None
    if term is None or below is None:
        return None
    lines = counting.lines(report.unit_id, term=term, as_of=report.as_of, form=form, only=target)
    if not lines:
        return None
    line = lines[0]
    owing = owing_within(below, scope_below(report, on=below.due_on)).exclude(pk=report.unit_id)
    places = nodes(owing.values_list("pk", flat=True), on=line.ask.structure)
    found = {part.unit_id: part for part in parts(report, below)}
    known = [reading for reading in line.children if reading.numerator is not None]
    rows = [_row(reading, places, found, target) for reading in known]
    rows += _joined([reading for reading in line.children if reading.numerator is None], line, rows, places, found)
    paths = [reading.unit.path for reading in line.children if not reading.own]
    here = {place.unit_id for place in places if any(place.path.startswith(path) for path in paths)}
    rows += [_elsewhere(part, target) for unit_id, part in found.items() if unit_id not in here]
    return Comparison(
        line=line,
        below=below.name,
        said=sum(_said(part, target) for part in found.values()),
        counted=line.reading.numerator,
        rows=sorted(rows, key=_weight),
    )


def _weight(row: ApartRow) -> tuple[bool, int, str]:
    """What differs most first; what is the same last."""
    return (row.why == Apart.SAME, -abs(row.difference or 0), row.unit)


def _row(reading: Reading, places: Iterable[Node], found: "dict[int, summing.Part]", target: str) -> ApartRow:
    under = [] if reading.own else [node.unit_id for node in places if node.path.startswith(reading.unit.path)]
    accepted = [found[unit_id] for unit_id in under if unit_id in found]
    said = sum(_said(part, target) for part in accepted)
    return ApartRow(
        unit=reading.unit.name,
        code=reading.unit.code,
        said=said,
        counted=reading.numerator,
        owed=len(under),
        accepted=len(accepted),
        report_id=accepted[0].report_id if len(accepted) == 1 else None,
        why=_why(reading, owed=len(under), accepted=len(accepted), said=said),
    )


def _joined(
    readings: Sequence[Reading],
    line: Line,
    rows: Sequence[ApartRow],
    places: Iterable[Node],
    found: "dict[int, summing.Part]",
) -> list[ApartRow]:
    """Those without a figure of their own, in one row, so that the rows add up; withheld as soon as one of them is."""
    if not readings or line.reading.numerator is None:
        return []
    paths = [reading.unit.path for reading in readings]
    under = [node.unit_id for node in places if any(node.path.startswith(path) for path in paths)]
    said = sum(_said(found[unit_id], line.target.code) for unit_id in under if unit_id in found)
    rest = line.reading.numerator - sum(row.counted or 0 for row in rows)
    withheld = any(reading.state == State.WITHHELD for reading in readings)
    if not withheld and not rest and not said:
        return []
    names = readings[0].unit.name if len(readings) == 1 else ""
    text = ngettext(
        "%(count)s unit without a figure of its own", "%(count)s units without a figure of their own", len(readings)
    )
    return [
        ApartRow(
            unit=names or text % {"count": number(len(readings))},
            code="",
            said=said,
            counted=None if withheld else rest,
            owed=len(under),
            accepted=len([unit_id for unit_id in under if unit_id in found]),
            report_id=None,
            why=Apart.WITHHELD if withheld else Apart.NO_TARGET,
        )
    ]


def _elsewhere(part: summing.Part, target: str) -> ApartRow:
    said, why = _said(part, target), Apart.ELSEWHERE
    return ApartRow(
        unit=part.unit, code="", said=said, counted=0, owed=1, accepted=1, report_id=part.report_id, why=why
    )


def _why(reading: Reading, *, owed: int, accepted: int, said: int) -> Apart:
    if reading.numerator == said and accepted == owed and owed:
        return Apart.SAME
    if reading.own:
        return Apart.OWN
    if not owed:
        return Apart.OWES_NOTHING
    return Apart.NOT_ACCEPTED if accepted < owed else Apart.CHANGED


def _said(part: summing.Part, target: str) -> int:
    figure = part.figures.get(target)
    return int(figure["numerator"] or 0) if figure else 0
