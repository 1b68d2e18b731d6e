"""What changed between two days: figures then and now, what moved them, who came forward and who fell behind.

A figure about people is compared only where its change is that of nobody or of five and more, here and by subtraction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from loa.base.numbers import number

from ..protocol import Row
from ..withholding import Withholding
from .card import Line, Scorecard
from .course import changes_withheld, tables_of
from .reading import Reading, State, figure_text

RANK = {State.BEHIND: 0, State.AT_RISK: 1, State.ON_TRACK: 2, State.MET: 3}
LISTED = 8
LOOKED_AT = 60


@dataclass(frozen=True, kw_only=True)
class Step:
    """One unit's figure for one target, then and now."""

    then: Reading
    now: Reading

    @property
    def change(self) -> Decimal | None:
        if self.then.value is None or self.now.value is None:
            return None
        return self.now.value - self.then.value

    @property
    def change_text(self) -> str:
        """ "+12", "−0,4 %" of a share in points; empty where nothing can be compared or nothing changed."""
        change = self.change
        if not change:
            return ""
        bare = figure_text(abs(change), percent=True) if self.now.percent else number(abs(change))
        return f"{'+' if change > 0 else '−'}{bare}"

    @property
    def rise(self) -> int:
        """By how many states it came forward; negative when it fell behind."""
        if self.then.state not in RANK or self.now.state not in RANK:
            return 0
        return RANK[self.now.state] - RANK[self.then.state]


@dataclass(frozen=True, kw_only=True)
class Change:
    line: Line
    whole: Step | None
    """None where the change is withheld."""
    facts: tuple[Row, ...] = ()
    more: bool = False
    """Whether there are further facts than those listed."""
    parts: tuple[Step, ...] = ()

    @property
    def improved(self) -> list[Step]:
        return [part for part in self.parts if part.rise > 0]

    @property
    def fell(self) -> list[Step]:
        return [part for part in self.parts if part.rise < 0]

    @property
    def moved(self) -> bool:
        return bool(self.facts or self.improved or self.fell or (self.whole and self.whole.change))


def changes(before: Scorecard, now: Scorecard) -> list[Change]:
    """Target by target; both cards are of one unit by one structure, and of days of one year."""
    known = {line.target.pk: line for line in before.lines}
    return [
        _change(known[line.target.pk], line, now.unit.path)
        for line in now.measured
        if line.target.pk in known and line.reading.state != State.WITHHELD
    ]


def _change(then: Line, now: Line, path: str) -> Change:
    hidden = _withheld(then, now, path)
    facts = [] if now.measure is None or now.measure.counts_people else _facts(now, since=then.ask.as_of)
    earlier = {row.unit.unit_id: row for row in then.children if not row.own}
    parts = [
        Step(then=earlier[row.unit.unit_id], now=row)
        for row in now.children
        if not row.own and row.unit.unit_id in earlier and row.unit.path not in hidden.parts
    ]
    return Change(
        line=now,
        whole=None if hidden.whole else Step(then=then.reading, now=now.reading),
        facts=tuple(facts[:LISTED]),
        more=len(facts) > LISTED,
        parts=tuple(parts),
    )


def _withheld(then: Line, now: Line, path: str) -> Withholding:
    if now.measure is None or not now.measure.counts_people:
        return Withholding(whole=False, parts=frozenset())
    before, after = tables_of(now.measure, then.ask), tables_of(now.measure, now.ask)
    if before is None or after is None:
        return Withholding(whole=True, parts=frozenset(row.unit.path for row in now.children))
    return changes_withheld(before, after, path)


def _facts(line: Line, *, since: date) -> Sequence[Row]:
    """The rows behind the figure that are younger than `since`."""
    rows = line.evidence(limit=LOOKED_AT).rows
    return [row for row in rows if row.on and row.on > since]
