"""The cheapest ways to close a gap: the fewest things that would bring a figure to what is owed, and what each adds."""

from dataclasses import dataclass
from math import ceil

from ..protocol import Row
from .card import Line

LOOKED_AT = 300
"""Rows of the gap that are weighed against one another."""
LISTED = 12


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing to do, and what it would add to the figure."""

    row: Row
    adds: int


@dataclass(frozen=True, kw_only=True)
class Closing:
    missing: int
    """What the numerator lacks of what is owed: units, documents, people."""
    steps: tuple[Step, ...] = ()
    """The first ones to do."""
    needed: int = 0
    """How many such steps it takes in all."""
    enough: bool = False
    """Whether all that can still be done would be enough."""
    nearest: bool = False
    """Whether the units nearest to their own goal come first, instead of what adds most."""

    @property
    def others(self) -> int:
        return self.needed - len(self.steps)


def closing(line: Line) -> Closing | None:
    """How the figure of `line` could still come to what is owed this year; None where nothing is owed or shown."""
    missing = missing_of(line)
    if missing is None or line.measure is None:
        return None
    if missing <= 0:
        return Closing(missing=0, enough=True)
    nearest = "units_meeting" in line.target.aggregation and not line.target.percent
    rows = line.gap(limit=LOOKED_AT).rows
    steps = [Step(row=row, adds=adds) for row in rows if (adds := _adds(line, row)) > 0]
    steps.sort(key=lambda step: step.adds if nearest else -step.adds)
    taken, together = 0, 0
    while taken < len(steps) and together < missing:
        together += steps[taken].adds
        taken += 1
    return Closing(
        missing=missing,
        steps=tuple(steps[: min(taken, LISTED)]),
        needed=taken,
        enough=together >= missing,
        nearest=nearest,
    )


def missing_of(line: Line) -> int | None:
    """What the numerator lacks of what is owed this year."""
    reading = line.reading
    if reading.numerator is None or reading.goal is None:
        return None
    owed = reading.goal.value * (reading.denominator or 0) / 100 if reading.percent else reading.goal.value
    return max(0, ceil(owed) - reading.numerator)


def _adds(line: Line, row: Row) -> int:
    """What the measure says; for a unit whose own count is told instead, what it lacks of its own goal."""
    if row.adds is not None:
        return row.adds
    goal = line.reading.goal
    if goal is None or line.target.percent or not row.ref.startswith("people.unit:"):
        return 0
    return max(0, ceil(goal.value / goal.units) - row.counts)
