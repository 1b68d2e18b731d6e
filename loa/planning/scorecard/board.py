"""The board: every unit of a subtree beside every target, sorted, filtered and paged, for a fixed number of queries."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from loa.base.periods import Period, year
from loa.people.queries import Node, node, unit_of

from .. import queries, registry, standing
from ..models import Plan, Target
from ..protocol import Ask
from .column import Column
from .reading import Reading, State
from .rollup import Rollup
from .shield import rollup

PAGE = 50
NO_GAP = Decimal(0)
FIRST = "ten"
"""The order by name; any other order is the code of a target, the furthest behind first."""


@dataclass(frozen=True, kw_only=True)
class Sieve:
    """Which units are shown: those whose name or code has all `words`, of a `kind` (its code), with a `state`.

    The state is that of the target `by`, or of any target when the list is ordered by name.
    """

    words: str = ""
    kind: str = ""
    state: State | None = None
    by: str = FIRST


@dataclass(frozen=True, kw_only=True)
class Row:
    unit: Node
    pairs: tuple[tuple[Target, Reading], ...]
    """The unit's figure for each of the board's targets."""


@dataclass(frozen=True, kw_only=True)
class Board:
    plan: Plan
    unit: Node
    on: date
    structure: date
    targets: tuple[Target, ...]
    """The columns: what is measured, in the plan's order."""
    unmeasured: tuple[Target, ...]
    rows: tuple[Row, ...]
    after: str
    """The cursor of the next page, "" on the last one."""


def board(
    unit_id: int,
    *,
    on: date,
    structure: date | None = None,
    plan: Plan | None = None,
    sieve: Sieve | None = None,
    after: str = "",
    limit: int = PAGE,
) -> Board:
    """A page of the units below `unit_id`, itself included, with their figures over the calendar year of `on`.

    One question per measure for all units; a measure that counts people is asked once more for each level above.
    Raises Unit.DoesNotExist and Plan.DoesNotExist as `scorecard` does.
    """
    sheet = survey(unit_id, on=on, structure=structure, plan=plan)
    found, more = sheet.page(sieve or Sieve(), after=after, limit=limit)
    return Board(
        plan=sheet.plan,
        unit=sheet.unit,
        on=on,
        structure=sheet.ask.structure,
        targets=tuple(column.target for column in sheet.measured),
        unmeasured=tuple(column.target for column in sheet.columns if column not in sheet.measured),
        rows=tuple(
            Row(unit=unit, pairs=tuple((column.target, sheet.reading(column, unit)) for column in sheet.measured))
            for unit in found
        ),
        after=more,
    )


def survey(unit_id: int, *, on: date, structure: date | None = None, plan: Plan | None = None) -> "Survey":
    """All figures of a subtree, asked once."""
    tree = structure or on
    plan = plan or queries.plan_on(on)
    if plan is None:
        raise Plan.DoesNotExist
    unit = node(unit_id, on=tree)
    unit = unit if unit.living else node(unit_of(unit.path), on=tree)
    ask = Ask(path=unit.path, period=_year(on), structure=tree, as_of=on, every=True)
    levels = queries.levels_of_all(plan, unit.path, on=tree)
    owed = queries.values(plan, on=on)
    columns = [
        Column(ask=ask, levels=levels, target=target, values=owed.get(target.pk, []))
        for target in queries.targets(plan)
    ]
    return Survey(plan=plan, unit=unit, ask=ask, levels=levels, columns=tuple(columns))


def _year(on: date) -> Period:
    return year(on.year)


@dataclass(frozen=True)
class Survey:
    plan: Plan
    unit: Node
    ask: Ask
    levels: queries.Levels
    columns: tuple[Column, ...]

    @cached_property
    def figures(self) -> Mapping[str, Rollup]:
        """By the key of a measure; without those that nothing measures yet."""
        keys = dict.fromkeys(column.target.measure for column in self.columns)
        asked = [(key, measure) for key in keys if (measure := registry.measure(key))]
        return {key: found for key, measure in asked if (found := rollup(measure, self.ask))}

    @cached_property
    def measured(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.target.measure in self.figures)

    def column(self, code: str) -> Column | None:
        return next((column for column in self.measured if column.target.code == code), None)

    def reading(self, column: Column, unit: Node) -> Reading:
        figures = self.figures[column.target.measure]
        return column.reading(unit, figures.figure(unit.path), hidden=unit.path in figures.hidden)

    def page(self, sieve: Sieve, *, after: str, limit: int) -> tuple[list[Node], str]:
        """The units of a page and the cursor of the next one.

        By name alone the database pages; an order or a filter by figures has to look at all units.
        """
        units = standing.units_within(self.unit.path, on=self.ask.structure, words=sieve.words, kind=sieve.kind)
        by = self.column(sieve.by)
        if by is None and sieve.state is None:
            return standing.page_by_name(units, after=after, limit=limit)
        ranked = self._ranked(units.values_list("unit_id", "place__path"), sieve, by)
        if by is not None:
            ranked = sorted(ranked, key=lambda pair: (-pair[0], pair[1]))
        page, more = _cut([unit_id for _gap, unit_id in ranked], after=after, limit=limit)
        known = {unit.unit_id: unit for unit in standing.nodes_of(units.filter(unit_id__in=page))}
        return [known[unit_id] for unit_id in page], more

    def _ranked(self, units: Iterable[tuple[int, str]], sieve: Sieve, by: Column | None) -> list[tuple[Decimal, int]]:
        """Gaps and keys of the units with the state that is asked for, in the order in which they come."""
        columns = [(column, self.figures[column.target.measure]) for column in ([by] if by else self.measured)]
        found = []
        for unit_id, path in units:
            alike = self.levels.alike(path)
            ranks = [
                column.rank(path, known.figures.get(path) or known.nothing, alike=alike, hidden=path in known.hidden)
                for column, known in columns
            ]
            if sieve.state is None or any(state == sieve.state for state, _gap in ranks):
                found.append((ranks[0][1] if by else NO_GAP, unit_id))
        return found

    def every(self) -> Iterator[tuple[Node, Column, Reading]]:
        """Each unit's figure for each target it has one for, by name and in the plan's order."""
        for unit in standing.nodes_of(standing.units_within(self.unit.path, on=self.ask.structure)):
            for column in self.measured:
                yield unit, column, self.reading(column, unit)


def _cut(keys: Sequence[int], *, after: str, limit: int) -> tuple[list[int], str]:
    """The page after the unit that the cursor names; from the beginning when it is no longer in the list."""
    seen = standing.key_of(after)
    start = keys.index(seen) + 1 if seen in keys else 0
    page = list(keys[start : start + limit])
    return page, str(page[-1]) if len(keys) > start + limit else ""
