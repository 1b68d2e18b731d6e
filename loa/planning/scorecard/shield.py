"""What is withheld of figures about people, wherever they stand: on cards, in tables, in rows behind a figure.

All of them ask here, so that none shows what another one hides. By the structure of the day on which people were
counted, tables are withheld from the root of the tree down (withholding.py). By any other structure a figure is shown
only where it adds up from figures that this structure shows: no two structures can then be subtracted from one another
to find a group that neither shows.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from loa.people.models import UnitPlace
from loa.people.models.units import SEGMENT
from loa.people.queries import unit_of

from ..protocol import Ask, CountsOnDays, Figure, Measure
from ..withholding import Withholding, withhold
from .rollup import Rollup, rolled_up

NOTHING = Withholding(whole=False, parts=frozenset())
ITSELF = "."
"""Ends the path of what a unit has by itself, where paths of whole subtrees stand beside it."""


def withheld(measure: Measure, ask: Ask, figures: Sequence[Figure]) -> Withholding:
    """Of the table of the unit at `ask.path`; `figures` is that table, as the measure gives it."""
    if not measure.counts_people:
        return NOTHING
    other = restated(measure, ask)
    if other is None:
        return withhold(figures, hidden=withheld_above(measure, ask))
    parts = (part.path for part in figures)
    return Withholding(whole=ask.path in other.paths, parts=frozenset(one for one in parts if _hides(other, ask, one)))


def whole_withheld(measure: Measure, ask: Ask, tables: Sequence[Sequence[Figure]]) -> bool:
    """Of the unit at `ask.path` itself; `tables` are those from the root down to its own."""
    if not measure.counts_people:
        return False
    other = restated(measure, ask)
    return _chained(tables, ask.path).whole if other is None else ask.path in other.paths


def notes_shown(measure: Measure, ask: Ask, figures: Sequence[Figure]) -> tuple[tuple[str, int], ...]:
    """What stands beside the figure of the whole, each note withheld like a figure of its own."""
    sums: dict[str, int] = {}
    for label, count in (note for figure in figures for note in figure.notes):
        sums[label] = sums.get(label, 0) + count
    if not measure.counts_people or not sums:
        return tuple(sums.items())
    if restated(measure, ask) is not None:
        return ()
    tables = [*_tables_above(measure, ask), figures]
    hidden = {label for label in sums if _chained([_noted(table, label) for table in tables], ask.path).whole}
    return tuple((label, count) for label, count in sums.items() if label not in hidden)


def rollup(measure: Measure, ask: Ask) -> Rollup | None:
    """Every unit of the subtree with its figure, and who is withheld; None where nothing is measured yet."""
    own = measure.figures(replace(ask, every=True))
    if own is None:
        return None
    people = measure.counts_people
    other = restated(measure, ask) if people else None
    if other is not None:
        return replace(rolled_up(own, ask.path, people=False), hidden=other.paths, own=other.own)
    return rolled_up(own, ask.path, people=people, hidden=people and withheld_above(measure, ask))


def unnamed(measure: Measure, ask: Ask) -> frozenset[int]:
    """The units that rows behind the figure must not name: what they have by themselves is shown in no table."""
    if not measure.counts_people:
        return frozenset()
    if restated(measure, ask) is None:
        found = rollup(measure, ask)
        return frozenset(map(unit_of, found.own)) if found else frozenset()
    day = counted_on(measure, ask) or ask.as_of
    return frozenset(unit_of(path) for tree in _trees(measure, ask, day) for path in tree.own)


def alone_withheld(measure: Measure, unit_id: int, ask: Ask) -> bool:
    """Whether what one unit has by itself is shown in no table, by the structure of the day of the count."""
    day = counted_on(measure, ask) or ask.as_of
    path = UnitPlace.objects.on(day).filter(unit_id=unit_id, living=True).values_list("path", flat=True).first()
    if path is None:
        return True
    asked = replace(ask, path=path, structure=day)
    return path in withheld(measure, asked, measure.figures(asked) or []).parts


def withheld_above(measure: Measure, ask: Ask) -> bool:
    """Whether a table further up, from the root down, withholds the figure of the unit at `ask.path`."""
    hidden = False
    for end, above in zip(range(SEGMENT, len(ask.path), SEGMENT), _tables_above(measure, ask), strict=True):
        hidden = ask.path[: end + SEGMENT] in withhold(above, hidden=hidden).parts
    return hidden


def counted_on(measure: Measure, ask: Ask) -> date | None:
    """The day on which the people behind the answer were counted; None before any count."""
    return measure.counted_on(ask) if isinstance(measure, CountsOnDays) else ask.as_of


def _tables_above(measure: Measure, ask: Ask) -> Iterator[Sequence[Figure]]:
    for end in range(SEGMENT, len(ask.path), SEGMENT):
        yield measure.figures(replace(ask, path=ask.path[:end], every=False)) or []


def _chained(tables: Sequence[Sequence[Figure]], path: str) -> Withholding:
    """Of the last of the tables from the root down to the one at `path`."""
    hidden = False
    for number, table in enumerate(tables[:-1], start=2):
        hidden = path[: number * SEGMENT] in withhold(table, hidden=hidden).parts
    return withhold(tables[-1], hidden=hidden)


def _noted(table: Iterable[Figure], label: str) -> list[Figure]:
    """The table of what one of the notes counts."""
    return [replace(figure, numerator=dict(figure.notes).get(label, 0), notes=()) for figure in table]


# --- by another structure than that of the day of the count


@dataclass(frozen=True, kw_only=True)
class Restated:
    """What another structure must not show, by paths in it."""

    paths: frozenset[str]
    own: frozenset[str]
    """Units whose own part, without their children, must not be shown."""


def restated(measure: Measure, ask: Ask) -> Restated | None:
    """What `ask.structure` must not show; None where no unit has stood elsewhere since the day of the count."""
    day = counted_on(measure, ask)
    if day is None or not _changed(day, ask.structure):
        return None
    return withheld_elsewhere(_trees(measure, ask, day), _places(day, ask.structure))


def withheld_elsewhere(trees: Iterable[Rollup], places: Mapping[str, str]) -> Restated:
    """From the figures of each tree, and the place in the other structure of each unit by its path."""
    hidden: set[str] = set()
    own: set[str] = set()
    for tree in trees:
        for place, within in _shown_within(tree, places):
            ends = range(SEGMENT, len(place), SEGMENT)
            hidden.update(place[:end] for end in ends if end > len(within))
            own.update({place.removesuffix(ITSELF)} if within != place else ())
    return Restated(paths=frozenset(hidden), own=frozenset(own))


def _hides(other: Restated, ask: Ask, path: str) -> bool:
    return path in (other.own if path == ask.path else other.paths)


def _changed(one: date, other: date) -> bool:
    first, last = sorted((one, other))
    return first < last and UnitPlace.objects.filter(valid_from__gt=first, valid_from__lte=last).exists()


def _places(day: date, structure: date) -> dict[str, str]:
    """By the path of each unit that lived on `day`: its own place in the other structure, "" where it has none."""
    after = dict(UnitPlace.objects.on(structure).values_list("unit_id", "path"))
    living = UnitPlace.objects.on(day).filter(living=True).values_list("path", "unit_id")
    return {path: after[unit_id] + ITSELF if unit_id in after else "" for path, unit_id in living}


def _trees(measure: Measure, ask: Ask, day: date) -> list[Rollup]:
    """All figures, tree by tree, by the structure of the day of the count."""
    trees: dict[str, list[Figure]] = {}
    for figure in measure.figures(replace(ask, path="", structure=day, every=True)) or []:
        trees.setdefault(figure.path[:SEGMENT], []).append(figure)
    return [rolled_up(own, root, people=True) for root, own in trees.items()]


def _shown_within(tree: Rollup, places: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Of each unit that has something to count: its place in the other structure, and the place there within which
    the smallest shown figure that holds it stands as a whole ("" where there is none).
    """
    counted = [path for path, figure in tree.alone.items() if figure.numerator or figure.denominator]
    common: dict[str, str] = {}
    for path in counted:
        place = places.get(path, "")
        for end in range(SEGMENT, len(path) + 1, SEGMENT):
            common[path[:end]] = _common(common.get(path[:end], place), place)
    for path in counted:
        place = places.get(path, "")
        if not place:
            continue
        if path not in tree.own:
            yield place, place
        else:
            ends = range(len(path), 0, -SEGMENT)
            yield place, next((common[path[:end]] for end in ends if path[:end] not in tree.hidden), "")


def _common(one: str, other: str) -> str:
    """The place that both stand at or below."""
    if one == other:
        return one
    end = 0
    while end < min(len(one), len(other)) and one[end : end + SEGMENT] == other[end : end + SEGMENT]:
        end += SEGMENT
    return one[:end]
