"""A figure as it was known at the end of another day, and row by row what stands in one count and not in the other.

Only of measures that can tell (KnowsThen). Of people nobody can: each month is counted once, and no day of what
anybody did is kept (decisions 9, 17 and 22). The tree is the one known now; `rearranged` says where that matters.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from loa.base.dates import day_bounds
from loa.base.numbers import NOTHING, number
from loa.base.periods import Period
from loa.people.queries import rearranged_names

from ..differences import Difference, Why, between, ordered, since
from ..protocol import Ask, Figure, KnowsThen, Measure, Page
from ..withholding import total
from .card import Line
from .reading import figure_text, worth

ROWS = 500
"""Rows of one count that are compared; where there are more, only the figures are."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """The figure of the same days twice: as known by the end of `day`, and as known today."""

    day: date
    then_text: str
    now_text: str
    differences: tuple[Difference, ...]
    """From then to now."""
    complete: bool
    """Whether there were few enough rows to compare them all."""
    adds_up: bool
    """Whether the rows explain the whole difference of the numerators."""
    rearranged: bool
    """Whether a decision about these units was recorded after `day`."""
    base_text: str
    """What rows do not tell: that a share is counted among more or fewer now."""

    @property
    def same(self) -> bool:
        return self.complete and not self.differences and not self.base_text


def can_be_known(line: Line) -> bool:
    return line.opens and isinstance(line.measure, KnowsThen)


def known(line: Line, *, on: date, day: date, today: date) -> Known | None:
    """The figure of the days up to `on`, as known by the end of `day`; None where the measure can not tell."""
    if line.measure is None or not can_be_known(line) or not line.ask.period.first <= day <= today:
        return None
    period = Period(first=line.ask.period.first, last=min(line.ask.period.last, on))
    present = replace(line.ask, period=period, as_of=today)
    earlier = replace(present, as_of=day, recorded=True)
    (then, rows_then), (now, rows_now) = (_counted(line.measure, ask) for ask in (earlier, present))
    complete = not (rows_then.after or rows_now.after)
    found = _differences(rows_then, rows_now, day=day) if complete else ()
    moved = (now.numerator if now else 0) - (then.numerator if then else 0)
    return Known(
        day=day,
        then_text=_text(line, then),
        now_text=_text(line, now),
        differences=found,
        complete=complete,
        adds_up=not complete or sum(one.now - one.then for one in found) == moved,
        rearranged=bool(rearranged_names(since=_end(day), until=line.ask.structure)),
        base_text=_base_text(then, now),
    )


def _counted(measure: Measure, ask: Ask) -> tuple[Figure | None, Page]:
    figures = measure.figures(ask)
    return None if figures is None else total(figures, path=ask.path), measure.evidence(ask, limit=ROWS)


def _text(line: Line, figure: Figure | None) -> str:
    value = worth(figure.numerator, figure.denominator, percent=line.target.percent) if figure else None
    return NOTHING if value is None else figure_text(value, percent=line.target.percent)


def _base_text(then: Figure | None, now: Figure | None) -> str:
    if then is None or now is None or then.denominator == now.denominator:
        return ""
    said = {"now": number(now.denominator or 0), "then": number(then.denominator or 0)}
    return _("Counted among %(now)s today, among %(then)s on that day.") % said


def _differences(then: Page, now: Page, *, day: date) -> tuple[Difference, ...]:
    """What happened after `day` is told apart from what was only recorded after it."""
    before, after = ({row.ref: row for row in page.rows} for page in (then, now))
    facts = since(_end(day), {*before, *after}, clock="at")
    return ordered(_after(one, day) for one in between(before, after, facts, clock="at"))


def _after(one: Difference, day: date) -> Difference:
    happened = one.row.on is not None and one.row.on > day
    return replace(one, why=Why.AFTER, recorded_on=None) if happened and not one.then else one


def _end(day: date) -> datetime:
    return day_bounds(day, day)[1]
