"""How long a person stays where: with a union from its beginning to its end, or only for a while."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from loa.config.demo import END, START, chance
from loa.config.demo.persons import Post
from loa.config.demo.shapes import Structure, UnitRow

Spell = tuple[str, date, date | None]
"""Unit, from, until (exclusive)."""

TERM = date(2023, 4, 1)
"""Since when the committees of the demo's first day sit."""

COMMITTEE = (
    (1, "grassroots_chair"),
    (25, "grassroots_vice_chair"),
    (40, "grassroots_committee"),
    (60, "grassroots_committee"),
)
"""Size of a union from which it has the post; the n-th person on its list holds the n-th."""

EARLIEST = date(2015, 1, 1)
ADULT = timedelta(days=18 * 366)
KNEW_BEFORE, LEAVES, MOVES = 0.76, 0.07, 0.2
"""How many had joined before the first day, leave one day, and leave for another union."""


def path(unit: UnitRow, structure: Structure, place: int) -> Iterator[Spell]:
    """The units the n-th person of `unit` passes through without doing anything: merged, split, closed."""
    code, since = unit.code, max(unit.established_on, EARLIEST)
    while (end := structure.ended.get(code)) is not None:
        yield code, since, end.on
        if end.closes:
            return
        code, since = end.successor_codes[place % len(end.successors)], end.on
    yield code, since, None


def settled(steps: tuple[Spell, ...], born_on: date) -> list[Spell]:
    """A committee member: there from the start, and to the end."""
    (code, since, until), *rest = steps
    return [(code, max(since, born_on + ADULT), until), *rest]


def lived(rng: Random, steps: tuple[Spell, ...], born_on: date, elsewhere: tuple[UnitRow, ...]) -> list[Spell]:
    """Someone who joins one day, and perhaps leaves another, perhaps for another union."""
    opened, closed = steps[0][1], steps[-1][2] or END + timedelta(days=1)
    last = closed - timedelta(days=1)
    early = opened < START and rng.random() < KNEW_BEFORE
    joined = chance.day(rng, opened, START - timedelta(days=1)) if early else chance.day(rng, max(opened, START), last)
    joined = max(joined, born_on + ADULT)
    if rng.random() >= LEAVES:
        return _clipped(steps, joined, None)
    left = chance.day(rng, max(joined, START) + timedelta(days=1), last)
    spells = _clipped(steps, joined, left)
    back = left + timedelta(days=rng.randint(1, 60))
    if rng.random() < MOVES and back <= END and left < closed:
        spells.append((rng.choice(elsewhere).code, back, None))
    return spells


def _clipped(steps: tuple[Spell, ...], joined: date, left: date | None) -> list[Spell]:
    kept = []
    for code, since, until in steps:
        begin = max(since, joined)
        end = min(filter(None, (until, left)), default=None)
        if end is None or begin < end:
            kept.append((code, begin, end))
    return kept


def posts(seats: list[str], spells: list[Spell], structure: Structure, place: int) -> Iterator[Post]:
    """Seats go with their holder; a merged union keeps its first predecessor's committee, a split one makes two."""
    for key in seats:
        for number, (code, since, until) in enumerate(spells):
            before = structure.ended[spells[number - 1][0]] if number else None
            if before and before.kind == "merge" and before.predecessors[0] != spells[number - 1][0]:
                return
            if before and before.kind == "split":
                key = COMMITTEE[place // len(before.successors)][1]
            yield Post(key, code, max(since, TERM), until)
