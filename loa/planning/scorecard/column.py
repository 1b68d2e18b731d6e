"""One target, for many units: what each owes of it, and the state of each one's figure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from loa.base.periods import Period
from loa.people.queries import Node

from .. import registry
from ..models import Target, TargetValue
from ..protocol import Ask, CountsOnDays, Figure
from ..queries import Levels
from .reading import Goal, Reading, State, forecast, judge, worth

Rank = tuple[State, Decimal]
"""By what units are sifted and sorted: a reading's state and gap."""
SOMEBODY = Node(unit_id=0, code="", name="", label="", kind="", path="", living=True, synthetic=False)


@dataclass(frozen=True, kw_only=True)
class Column:
    """What is owed of one target, and how a figure is judged by it, for every unit that `levels` know of."""

    ask: Ask
    levels: Levels
    target: Target
    values: Sequence[TargetValue]

    @property
    def period(self) -> Period:
        return self.ask.period

    @cached_property
    def counted_on(self) -> date | None:
        """The day on which people were last counted, where they are counted from time to time."""
        measure = registry.measure(self.target.measure)
        return measure.counted_on(self.ask) if isinstance(measure, CountsOnDays) else None

    def reading(self, unit: Node, figure: Figure, *, hidden: bool) -> Reading:
        if not self._set_for(unit.path):
            return self._bare(unit, State.NOT_HERE)
        if hidden:
            return self._bare(unit, State.WITHHELD)
        return self._judged(unit, figure, self.goal(unit.path, self.period.last.year))

    def rank(self, path: str, figure: Figure, *, hidden: bool, alike: object) -> Rank:
        """The state and the gap of what stands at `path`, remembered where as much is owed and was counted.

        `alike` is what the levels say of the path, asked once for all columns.
        """
        key = (alike, figure.numerator, figure.denominator, hidden)
        if key not in self._ranks:
            reading = self.reading(replace(SOMEBODY, path=path), figure, hidden=hidden)
            self._ranks[key] = (reading.state, reading.gap)
        return self._ranks[key]

    @cached_property
    def _ranks(self) -> dict[tuple[Any, ...], Rank]:
        return {}

    def own_part(self, unit: Node, figure: Figure, *, hidden: bool) -> Reading:
        """What the unit itself, without its children, adds to the whole."""
        if hidden:
            return replace(self._bare(unit, State.WITHHELD), own=True)
        return replace(self._judged(unit, figure, None), own=True)

    def unmeasured(self, unit: Node) -> Reading:
        return self._bare(unit, State.NOT_MEASURED if self._set_for(unit.path) else State.NOT_HERE)

    def goal(self, path: str, of: int) -> Goal | None:
        """What is owed there in the year `of`: a share as set for it, or for those below; counts added up."""
        rows = [row for row in self.values if row.year == of]
        units = self.levels.within(path)
        mine = [row for row in rows if row.level_id in self.levels.own(path)]
        below = [row for row in rows if units.get(row.level_id)]
        meant = (mine or below)[:1] if self.target.percent else below
        if not meant:
            return None
        proposed = any(row.proposed for row in meant)
        if self.target.percent:
            return Goal(year=of, value=meant[0].value, proposed=proposed)
        count = sum(units[row.level_id] for row in meant)
        value = sum((row.value * units[row.level_id] for row in meant), Decimal(0))
        return Goal(year=of, value=value, proposed=proposed, units=count)

    def meeting(self, rows: Sequence[Reading], path: str) -> tuple[int, int] | None:
        """How many of the units that answer for it met it; None where some of them stand deeper than one step."""
        if "units_meeting" not in self.target.aggregation:
            return None
        levels = {row.level_id for row in self.values if row.year == self.period.last.year}
        answering = [row for row in rows if not row.own and levels & self.levels.own(row.unit.path)]
        units = sum(count for level, count in self.levels.within(path).items() if level in levels)
        itself = bool(levels & self.levels.own(path))
        if not answering or len(answering) != units - itself:
            return None
        return sum(row.state == State.MET for row in answering), len(answering)

    def _set_for(self, path: str) -> bool:
        return not self._owing or bool(self._owing & self.levels.within(path).keys())

    @cached_property
    def _owing(self) -> set[int]:
        """The levels that owe it in some year."""
        return {row.level_id for row in self.values}

    def _judged(self, unit: Node, figure: Figure, goal: Goal | None) -> Reading:
        percent = self.target.percent
        value = worth(figure.numerator, figure.denominator, percent=percent)
        grows = not percent or registry.grows(self.target.measure)
        known_on = self.counted_on or self.ask.as_of
        expected = forecast(value, percent=percent, period=self.period, on=known_on) if grows else None
        return replace(
            self._bare(unit, judge(value, goal, expected)),
            numerator=figure.numerator,
            denominator=figure.denominator,
            goal=goal,
            forecast=expected,
        )

    def _bare(self, unit: Node, state: State) -> Reading:
        goal = None if state == State.NOT_HERE else self.goal(unit.path, self.period.last.year)
        return Reading(unit=unit, state=state, percent=self.target.percent, period=self.period, goal=goal)
