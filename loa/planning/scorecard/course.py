"""The way of a figure to the end of the plan: where it stood month by month, quarter by quarter or year by year.

All points are shown by one structure, so that they speak of the same units. A figure about people is left out where the
change since the last point shown could be that of fewer than five people, here or by subtraction in a table above.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from loa.base.dates import short_date
from loa.base.periods import year
from loa.people.models.units import SEGMENT

from .. import queries
from ..models import Plan
from ..protocol import Ask, Figure, Measure
from ..withholding import Withholding, total, withhold_changes
from . import shield
from .card import Line, Scorecard
from .column import Column
from .reading import Reading


class Step(StrEnum):
    MONTH = "thang"
    QUARTER = "quy"
    YEAR = "nam"


MONTHS = {Step.MONTH: 1, Step.QUARTER: 3, Step.YEAR: 12}


@dataclass(frozen=True, kw_only=True)
class Point:
    """The figure of a year as it stood on a day."""

    on: date
    reading: Reading

    @property
    def label(self) -> str:
        return short_date(self.on)


Tables = Sequence[Sequence[Figure]]
"""The table of each unit from the root down to the one asked about, as the measure gives them."""


def course(card: Scorecard, line: Line, step: Step) -> tuple[Point, ...]:
    """The points up to the card's day: two small queries, and one of the measure for each point and level above."""
    if line.measure is None:
        return ()
    levels = queries.levels_within(card.plan, card.unit.path, on=card.structure)
    values = queries.values(card.plan, on=card.on).get(line.target.pk, [])
    column = Column(ask=line.ask, levels=levels, target=line.target, values=values)
    return tuple(_points(card, line.measure, column, step))


def days_of(plan: Plan, on: date, step: Step) -> list[date]:
    """The ends of the steps up to `on`, and `on` itself: of its year by month, else of the whole plan."""
    first = date(on.year if step == Step.MONTH else plan.first.year, 1, 1)
    ends = [_end(number, month) for number in range(first.year, on.year + 1) for month in range(1, 13)]
    kept = [day for day in ends if day.month % MONTHS[step] == 0 and day < on]
    return [*kept, on]


def _end(number: int, month: int) -> date:
    return (date(number, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _points(card: Scorecard, measure: Measure, column: Column, step: Step) -> Iterator[Point]:
    shown: tuple[date, Tables] | None = None
    for day in days_of(card.plan, card.on, step):
        ask = replace(column.ask, period=year(day.year), as_of=day)
        at = replace(column, ask=ask)
        tables = tables_of(measure, ask)
        if tables is None:
            yield Point(on=day, reading=at.unmeasured(card.unit))
            continue
        since = shown[1] if shown and shown[0].year == day.year else None
        hidden = _withheld(measure, ask, tables, since)
        if not hidden:
            shown = (day, tables)
        yield Point(on=day, reading=at.reading(card.unit, total(tables[-1], path=card.unit.path), hidden=hidden))


def tables_of(measure: Measure, ask: Ask) -> Tables | None:
    """The tables from the root down to the unit of `ask`; only its own where nothing is ever withheld."""
    own = measure.figures(ask)
    if own is None:
        return None
    ends = range(SEGMENT, len(ask.path), SEGMENT) if measure.counts_people else ()
    return [*(measure.figures(replace(ask, path=ask.path[:end])) or [] for end in ends), own]


def changes_withheld(since: Tables, tables: Tables, path: str) -> Withholding:
    """What to withhold of the changes in the last table, given what the tables above it withhold of theirs."""
    hidden = False
    for number, (before, now) in enumerate(zip(since[:-1], tables[:-1], strict=True), start=2):
        hidden = path[: number * SEGMENT] in withhold_changes(before, now, hidden=hidden).parts
    return withhold_changes(since[-1], tables[-1], hidden=hidden)


def _withheld(measure: Measure, ask: Ask, tables: Tables, since: Tables | None) -> bool:
    """Whether the figure itself, or its change since the last point shown, must not be known."""
    if not measure.counts_people:
        return False
    return shield.whole_withheld(measure, ask, tables) or (
        since is not None and changes_withheld(since, tables, ask.path).whole
    )
