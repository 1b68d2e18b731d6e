"""Early warning: which targets of a unit and of those directly below it will be missed at this pace, and how sure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from .. import registry
from .card import Line, Scorecard
from .outlook import Outlook, Sure, outlook
from .reading import Reading, State

IN_DOUBT = {State.AT_RISK, State.BEHIND}


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """A figure that is not on its way, and what may become of it."""

    reading: Reading
    ahead: Outlook


@dataclass(frozen=True, kw_only=True)
class Endangered:
    line: Line
    whole: Doubt | None
    """The unit itself, where it is in doubt."""
    parts: tuple[Doubt, ...]
    """Units directly below, the surest to miss first."""
    judged: int
    """How many of them have a figure and something to reach."""

    @property
    def lost(self) -> int:
        """How many will almost certainly miss it."""
        return Counter(part.ahead.sure for part in self.parts if not part.ahead.reason)[Sure.LOST]


def warnings(card: Scorecard) -> list[Endangered]:
    """Target by target, those in doubt only. No query: a card holds all of it."""
    found = [_warning(card, line) for line in card.measured]
    return [one for one in found if one.whole or one.parts]


def ahead_of(line: Line, reading: Reading) -> Outlook:
    return outlook(reading, grows=registry.grows(line.target.measure), on=line.counted_on or line.ask.as_of)


def _warning(card: Scorecard, line: Line) -> Endangered:
    below = [row for row in line.children if not row.own]
    parts = sorted(_doubts(line, below), key=lambda one: (one.ahead.chance, -one.reading.gap))
    return Endangered(
        line=line,
        whole=next(_doubts(line, [line.reading]), None),
        parts=tuple(parts),
        judged=sum(row.value is not None and row.goal is not None for row in below),
    )


def _doubts(line: Line, readings: list[Reading]) -> Iterator[Doubt]:
    return (Doubt(reading=reading, ahead=ahead_of(line, reading)) for reading in readings if reading.state in IN_DOUBT)
