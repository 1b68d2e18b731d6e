"""The tables of plans that can be taken away: a card, the units of one target, evidence, what is missing, tasks."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from loa.base.dates import short_date
from loa.people.models import Unit
from loa.people.roles import Ability
from loa.people.tables import Asked, Cell, Column, Sheet, Sort

from . import queries
from .days import day_asked, sieve_of, structure_asked
from .models import Plan, Target, Task
from .protocol import Page, Row
from .scorecard import Line, Reading, Scorecard, Sieve, scorecard
from .scorecard.board import Survey, survey

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

BATCH = 500
Tables = tuple[Column, ...]


class CardTable:
    """Every target on the card of a unit."""

    key = "planning.card"
    name = gettext_lazy("Scorecard")
    ability = Ability.SEE_FIGURES

    def sheet(self, asked: Asked) -> Sheet:
        card = _card(asked)
        definitions = [(f"{one.target.code}. {one.target.short}", one.target.definition) for one in card.lines]
        return _sheet(
            card,
            title=_("Scorecard"),
            columns=(Column(title=_("Target"), width=8), Column(title=_("Target in short"), width=50), *_READING()),
            rows=([one.target.code, one.target.short, *_reading(one.reading)] for one in card.lines),
            notes=definitions,
        )


class ChildrenTable:
    """One target, unit by unit; what is withheld on screen is withheld here."""

    key = "planning.children"
    name = gettext_lazy("One target, unit by unit")
    ability = Ability.SEE_FIGURES

    def sheet(self, asked: Asked) -> Sheet:
        card, line = _line(asked)
        rows = [line.reading, *line.children]
        return _sheet(
            card,
            title=f"{line.target.code}. {line.target.short}",
            columns=(Column(title=_("Code"), width=14), Column(title=_("Unit"), width=54), *_READING()),
            rows=([row.unit.code, _own(row) if row.own else row.unit.name, *_reading(row)] for row in rows),
            notes=_meaning(line),
        )


class RowsTable:
    """What stands behind a figure, or what is missing from it."""

    ability = Ability.SEE_FIGURES

    def __init__(self, key: str, name: "StrPromise", ask: Callable[[Line], Callable[..., Page]]) -> None:
        self.key, self.name, self._ask = key, name, ask

    def sheet(self, asked: Asked) -> Sheet:
        card, line = _line(asked)
        if line.measure is None or not line.opens:
            raise LookupError(asked.text("code"))
        return _sheet(
            card,
            title=f"{self.name}: {line.target.code}. {line.target.short}",
            columns=_ROWS(),
            rows=map(row_cells, _paged(self._ask(line))),
            notes=_meaning(line),
            people=line.measure.counts_people,
        )


class BoardTable:
    """Every unit of a subtree beside every target, in the order and through the sieve of the screen."""

    key = "planning.board"
    name = gettext_lazy("All units")
    ability = Ability.SEE_FIGURES

    def sheet(self, asked: Asked) -> Sheet:
        unit_id, now = asked.key("unit"), asked.scope.on
        if not asked.scope.covers(unit_id):
            raise LookupError(unit_id)
        on = day_asked(asked.words, now=now)
        try:
            found = survey(unit_id, on=on, structure=structure_asked(asked.words, on=on, now=now))
        except (Plan.DoesNotExist, Unit.DoesNotExist):
            raise LookupError(unit_id) from None
        return Sheet(
            title=_("All units"),
            unit=found.unit.name,
            unit_id=found.unit.unit_id,
            on=on,
            columns=[
                Column(title=_("Code"), width=14),
                Column(title=_("Unit"), width=54),
                *(part for column in found.measured for part in _board_columns(column.target)),
            ],
            rows=_board_rows(found, sieve_of(asked.words)),
            notes=[
                (_("Plan"), found.plan.title),
                (_("Structure"), _("units as of %(day)s") % {"day": short_date(found.ask.structure)}),
                *((f"{one.target.code}. {one.target.short}", one.target.definition) for one in found.measured),
            ],
            synthetic=found.unit.synthetic,
        )


class TaskTable:
    """What waits for the account, and for its units."""

    key = "planning.tasks"
    name = gettext_lazy("Open tasks")
    ability = Ability.DO_TASKS

    def sheet(self, asked: Asked) -> Sheet:
        states = {
            Task.State.OPEN: pgettext("task", "nobody has taken it yet"),
            Task.State.DOING: pgettext("task", "under way"),
        }
        found = queries.open_tasks(asked.scope)
        return Sheet(
            title=_("Open tasks"),
            unit="",
            unit_id=None,
            on=asked.scope.on,
            columns=[
                Column(title=_("What is to do"), width=60),
                Column(title=_("Clause"), width=10),
                Column(title=_("Unit"), width=18),
                Column(title=_("Who answers for it"), width=28),
                Column(title=_("Due on"), sort=Sort.DAY, width=12),
                Column(title=_("State"), width=16),
                Column(title=_("Progress"), sort=Sort.SHARE, width=10),
                Column(title=_("Late"), width=8),
            ],
            rows=(
                [
                    task.title,
                    task.clause,
                    task.unit.code,
                    task.owner.name if task.owner else task.answers,
                    task.due_on,
                    str(states.get(Task.State(task.state), task.state)),
                    task.progress / 100,
                    _("late") if task.late(asked.scope.on) else "",
                ]
                for task in found.iterator(chunk_size=BATCH)
            ),
        )


TABLES = (
    BoardTable(),
    CardTable(),
    ChildrenTable(),
    RowsTable("planning.evidence", gettext_lazy("Evidence"), lambda line: line.evidence),
    RowsTable("planning.gap", gettext_lazy("What is missing"), lambda line: line.gap),
    TaskTable(),
)


# --- cells


def _READING() -> Tables:  # noqa: N802
    return (
        Column(title=_("Result"), sort=Sort.NUMBER, width=12),
        Column(title=_("Result in percent"), sort=Sort.SHARE, width=12),
        Column(title=_("Numerator"), sort=Sort.NUMBER, width=12),
        Column(title=_("Denominator"), sort=Sort.NUMBER, width=12),
        Column(title=_("Level to strive for"), sort=Sort.NUMBER, width=14),
        Column(title=_("Level in percent"), sort=Sort.SHARE, width=12),
        Column(title=_("Year of the level"), width=10),
        Column(title=_("Level proposed"), width=10),
        Column(title=_("State"), width=30),
    )


def _reading(reading: Reading) -> list[Cell]:
    """What is withheld, or not measured, has no numbers; the state says why."""
    goal = reading.goal
    value = None if reading.value is None else float(reading.value)
    wanted = None if goal is None else float(goal.value)
    return [
        None if reading.percent else value,
        value / 100 if reading.percent and value is not None else None,
        reading.numerator,
        reading.denominator,
        None if reading.percent else wanted,
        wanted / 100 if reading.percent and wanted is not None else None,
        str(goal.year) if goal else "",
        _("proposed") if goal and goal.proposed else "",
        reading.state_text,
    ]


def _board_columns(target: Target) -> Tables:
    sort = Sort.SHARE if target.percent else Sort.NUMBER
    state = _("%(target)s: state") % {"target": target.code}
    return Column(title=f"{target.code} {target.short}", sort=sort, width=14), Column(title=state, width=18)


def _board_rows(found: Survey, sieve: Sieve) -> Iterator[list[Cell]]:
    after = ""
    while True:
        units, after = found.page(sieve, after=after, limit=BATCH)
        for unit in units:
            readings = [found.reading(column, unit) for column in found.measured]
            yield [unit.code, unit.name, *(cell for one in readings for cell in _figure_and_state(one))]
        if not after:
            return


def _figure_and_state(reading: Reading) -> tuple[Cell, Cell]:
    value = None if reading.value is None else float(reading.value)
    return (value / 100 if reading.percent and value is not None else value), reading.state_text


def _ROWS() -> Tables:  # noqa: N802
    return (
        Column(title=_("What"), width=60),
        Column(title=_("Further details"), width=40),
        Column(title=_("Day"), sort=Sort.DAY, width=12),
        Column(title=_("Unit"), width=44),
        Column(title=_("Counts"), sort=Sort.NUMBER, width=10),
        Column(title=_("Reference"), width=26),
    )


def row_cells(row: Row) -> list[Cell]:
    return [row.label, " · ".join(str(cell) for cell in row.cells), row.on, row.unit, row.counts, row.ref]


def _own(row: Reading) -> str:
    return _("%(unit)s itself") % {"unit": row.unit.name}


def _paged(ask: Callable[..., Page]) -> Iterator[Row]:
    after = ""
    while True:
        page = ask(after=after, limit=BATCH)
        yield from page.rows
        if not (after := page.after):
            return


# --- what is asked for


def _card(asked: Asked, *, only: str = "") -> Scorecard:
    unit_id, now = asked.key("unit"), asked.scope.on
    if not asked.scope.covers(unit_id):
        raise LookupError(unit_id)
    on = day_asked(asked.words, now=now)
    try:
        return scorecard(unit_id, on=on, structure=structure_asked(asked.words, on=on, now=now), only=only)
    except (Plan.DoesNotExist, Unit.DoesNotExist):
        raise LookupError(unit_id) from None


def _line(asked: Asked) -> tuple[Scorecard, Line]:
    code = asked.text("code")
    card = _card(asked, only=code)
    line = card.line(code) if code else None
    if line is None:
        raise LookupError(code)
    return card, line


def _meaning(line: Line) -> list[tuple[str, str]]:
    said = [
        (_("Target"), line.target.wording),
        (_("Meaning"), line.target.definition),
        (_("Counted from"), short_date(line.ask.counted.first)),
        (_("Counted until"), short_date(line.ask.counted.last)),
        (_("Measure"), line.target.measure),
    ]
    if line.measure is not None:
        said.append((_("Way of counting"), f"{line.measure.definition} ({line.measure.key}, v{line.measure.version})"))
    return said


def _sheet(
    card: Scorecard,
    *,
    title: str,
    columns: Sequence[Column],
    rows: Iterator[Sequence[Cell]],
    notes: Sequence[tuple[str, str]] = (),
    people: bool = False,
) -> Sheet:
    return Sheet(
        title=title,
        unit=card.unit.name,
        unit_id=card.unit.unit_id,
        on=card.on,
        columns=columns,
        rows=rows,
        notes=[
            (_("Plan"), card.plan.title),
            (_("Structure"), _("units as of %(day)s") % {"day": short_date(card.structure)}),
            *notes,
        ],
        synthetic=card.unit.synthetic,
        people=people,
    )
