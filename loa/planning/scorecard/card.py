"""The card itself: what is owed, asked of the plan; what was done, asked of each measure once for all children."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from loa.base.periods import Period, year
from loa.people.queries import Node, children, node, unit_of

from .. import queries, registry
from ..models import Plan, Target, TargetValue
from ..protocol import Ask, Figure, Measure, Page
from ..withholding import total
from . import shield
from .column import Column
from .reading import Goal, Reading, State, figure_text


@dataclass(frozen=True, kw_only=True)
class Line:
    """One target on the card of a unit."""

    target: Target
    measure: Measure | None
    ask: Ask
    reading: Reading
    children: tuple[Reading, ...] = ()
    """The unit's own part first, where it has one, then its children by name."""
    path: tuple[Goal, ...] = ()
    """What is owed, year by year."""
    notes: tuple[tuple[str, int], ...] = ()
    counted_on: date | None = None
    """The day on which people were last counted, where they are counted from time to time."""
    meeting: tuple[int, int] | None = None
    """Of the units that answer for this target: how many met it, how many there are."""

    @property
    def version(self) -> int | None:
        """Of the definition; None while nothing is measured."""
        return self.measure.version if self.measure else None

    @property
    def end(self) -> Goal | None:
        """What is owed in the last year of the plan."""
        return self.path[-1] if self.path else None

    @property
    def owed_text(self) -> str:
        """What is owed this year, and by the end where that is something else."""
        now, end = self.reading.goal, self.end
        texts = [self.reading.goal_text]
        if end and (now is None or end.value != now.value) and self.reading.state != State.NOT_HERE:
            texts.append(_("by the end of %(year)d: at least %(goal)s") % {"year": end.year, "goal": self._figure(end)})
        return "; ".join(text for text in texts if text)

    def _figure(self, goal: Goal) -> str:
        return figure_text(goal.value, percent=self.target.percent)

    @property
    def opens(self) -> bool:
        """Whether the rows behind the figure may be looked at."""
        return self.measure is not None and self.reading.numerator is not None

    def evidence(self, *, after: str = "", limit: int = 50) -> Page:
        """The rows behind the figure; none where it is not shown."""
        return (
            self.measure.evidence(self._rows_asked, after=after, limit=limit) if self.measure and self.opens else Page()
        )

    def gap(self, *, after: str = "", limit: int = 50) -> Page:
        """Who or what is missing; nothing where the figure is not shown."""
        return self.measure.gap(self._rows_asked, after=after, limit=limit) if self.measure and self.opens else Page()

    @cached_property
    def _rows_asked(self) -> Ask:
        """With the units whose own figures are withheld, so that no row names them."""
        assert self.measure
        return replace(self.ask, unnamed=shield.unnamed(self.measure, self.ask))


@dataclass(frozen=True, kw_only=True)
class Scorecard:
    plan: Plan
    asked: Node
    """The unit as it was asked for."""
    unit: Node
    """Where its figures are found in this structure: itself, or its heir when it had ended."""
    on: date
    structure: date
    lines: tuple[Line, ...]

    children: tuple[Node, ...] = ()

    def line(self, code: str) -> Line | None:
        return next((line for line in self.lines if line.target.code == code), None)

    @property
    def measured(self) -> list[Line]:
        """The lines with something to say; the others are `unmeasured`, or `elsewhere`: not set for this level."""
        return [line for line in self.lines if line.reading.state not in {State.NOT_MEASURED, State.NOT_HERE}]

    @property
    def unmeasured(self) -> list[Line]:
        return [line for line in self.lines if line.reading.state == State.NOT_MEASURED]

    @property
    def elsewhere(self) -> list[Line]:
        return [line for line in self.lines if line.reading.state == State.NOT_HERE]

    @cached_property
    def met(self) -> list[tuple[Node, int, int]]:
        """Each child: of the targets it has figures and goals for, how many it has met, and how many they are."""
        judged = {State.MET, State.ON_TRACK, State.AT_RISK, State.BEHIND}
        states: dict[int, list[State]] = {child.unit_id: [] for child in self.children}
        for line in self.lines:
            for row in line.children:
                if not row.own and row.state in judged:
                    states[row.unit.unit_id].append(row.state)
        return [(child, states[child.unit_id].count(State.MET), len(states[child.unit_id])) for child in self.children]


def scorecard(
    unit_id: int,
    *,
    on: date,
    structure: date | None = None,
    plan: Plan | None = None,
    only: str = "",
    period: Period | None = None,
) -> Scorecard:
    """The card of a unit on the day `on`, by the structure of that day or of another; `only` one target of it.

    It counts over the calendar year of `on`, or over the `period` of a report: then the year in which that ends says
    what is owed.

    One question per measure whatever the number of children; a measure that counts people is asked once more for
    every level above, since what is withheld there decides what must be withheld here. Raises Unit.DoesNotExist when
    the unit does not exist yet in that structure, Plan.DoesNotExist without a plan.
    """
    tree = structure or on
    plan = plan or queries.plan_on(on)
    if plan is None:
        raise Plan.DoesNotExist
    asked = node(unit_id, on=tree)
    unit = asked if asked.living else node(unit_of(asked.path), on=tree)
    sheet = _Sheet(
        unit=unit,
        children=children(unit.unit_id, on=tree),
        levels=queries.levels_within(plan, unit.path, on=tree),
        ask=Ask(path=unit.path, period=period or year(on.year), structure=tree, as_of=on),
    )
    owed = queries.values(plan, on=on)
    lines = [
        sheet.line(target, owed.get(target.pk, [])) for target in queries.targets(plan) if only in {"", target.code}
    ]
    return Scorecard(
        plan=plan, asked=asked, unit=unit, on=on, structure=tree, lines=tuple(lines), children=tuple(sheet.children)
    )


@dataclass(frozen=True, kw_only=True)
class _Sheet:
    """All that the lines of one card have in common."""

    unit: Node
    children: Sequence[Node]
    levels: queries.Levels
    ask: Ask

    def line(self, target: Target, values: Sequence[TargetValue]) -> Line:
        measure = registry.measure(target.measure)
        figures = measure.figures(self.ask) if measure else None
        column = Column(ask=self.ask, levels=self.levels, target=target, values=values)
        path = tuple(
            goal for number in sorted({row.year for row in values}) if (goal := column.goal(self.unit.path, number))
        )
        line = Line(target=target, measure=measure, ask=self.ask, reading=column.unmeasured(self.unit), path=path)
        if measure is None or figures is None:
            return replace(line, children=tuple(column.unmeasured(child) for child in self.children))
        whole = total(figures, path=self.unit.path)
        shown = shield.shown(measure, self.ask, figures)
        hidden = shown.withheld
        by_path = {figure.path: figure for figure in figures}
        rows = [
            column.reading(child, _part(by_path, child.path, whole), hidden=child.path in hidden.parts)
            for child in self.children
        ]
        if self.children and self.unit.path in by_path:
            itself = by_path[self.unit.path]
            rows.insert(0, column.own_part(self.unit, itself, hidden=self.unit.path in hidden.parts))
        return replace(
            line,
            reading=column.reading(self.unit, whole, hidden=hidden.whole),
            children=tuple(rows),
            notes=shown.notes,
            counted_on=column.counted_on,
            meeting=None if measure.counts_people else column.meeting(rows, self.unit.path),
        )


def _part(by_path: Mapping[str, Figure], path: str, whole: Figure) -> Figure:
    """The figure of a child; one of whom the measure says nothing has nothing to count."""
    return by_path.get(path) or Figure(path=path, numerator=0, denominator=None if whole.denominator is None else 0)
