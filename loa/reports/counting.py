"""What the measures say for a report, and the rows of evidence behind it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from loa.base.periods import Period
from loa.planning.protocol import Row
from loa.planning.scorecard import Goal, Line, State, scorecard

from .figures import WHOLE_YEAR, ReportFigure, Standing
from .formfile import Form
from .narrative import NAMED
from .terms import Term

ROWS_KEPT = 20_000
"""Rows of evidence frozen with one figure; a figure with more says so (`rows_complete`)."""
PAGE = 500


def lines(
    unit_id: int,
    *,
    term: Term,
    as_of: date,
    form: Form,
    only: str = "",
    structure: date | None = None,
    period: Period | None = None,
) -> list[Line]:
    """The targets set for this unit that its form asks for, or `only` one, over the report's period or another.

    By the structure of `as_of`, unless of another day. Raises Unit.DoesNotExist when the unit did not exist by then.
    """
    if not form.figures:
        return []
    counted = period or term.period
    card = scorecard(unit_id, on=as_of, structure=structure, period=counted, plan=term.kind.plan, only=only)
    return [line for line in card.lines if line.reading.state != State.NOT_HERE and form.asks_for(line.target.code)]


def missing(line: Line) -> list[str]:
    """Who or what is missing for the target, in a few words each; nothing where the figure itself is not shown."""
    found = line.gap(limit=NAMED + 1).rows
    return [f"{row.label} ({row.cells[-1]})" if row.cells else row.label for row in found]


def figure(line: Line) -> ReportFigure:
    """The line as a report keeps it, without its rows."""
    goal = line.reading.goal or _later_goal(line)
    return ReportFigure(
        target=line.target.code,
        short=line.target.short,
        wording=line.target.wording,
        definition=line.target.definition,
        measure=line.target.measure,
        version=line.version,
        percent=line.target.percent,
        numerator=line.reading.numerator,
        denominator=line.reading.denominator,
        standing=_standing(line, goal).value,
        goal=_plain(goal.value) if goal else None,
        goal_year=goal.year if goal else None,
        proposed=bool(goal and goal.proposed),
        notes=[[str(label), count] for label, count in line.notes],
        as_of=line.ask.as_of.isoformat(),
    )


def evidence(line: Line) -> Iterator[Row]:
    """Every row behind the numerator, page after page; nothing where the figure itself is not shown."""
    after = ""
    while True:
        page = line.evidence(after=after, limit=PAGE)
        yield from page.rows
        if not page.after:
            return
        after = page.after


def _later_goal(line: Line) -> Goal | None:
    """What is owed by a later year of the plan, where this year owes nothing."""
    year = line.ask.period.last.year
    return next((goal for goal in line.path if goal.year > year), None)


def _standing(line: Line, goal: Goal | None) -> Standing:
    reading = line.reading
    if reading.state in {State.NOT_MEASURED, State.WITHHELD, State.EMPTY}:
        return Standing(reading.state.value)
    if goal is None or reading.value is None:
        return Standing.FOLLOWED
    if reading.value >= goal.value:
        return Standing.MET
    return Standing.UNDER_WAY if _time_left(goal, line.ask.period) else Standing.NOT_MET


def _time_left(goal: Goal, period: Period) -> bool:
    return goal.year > period.last.year or period.days < WHOLE_YEAR


def _plain(value: Decimal) -> str:
    """62.5000 as "62.5", 60.0000 as "60"."""
    return f"{value.normalize():f}"
