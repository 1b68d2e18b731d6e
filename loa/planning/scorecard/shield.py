"""What is withheld of figures about people, wherever they stand: on cards, in tables, in rows behind a figure.

All of them ask here, so that none shows what another one hides. By the structure of the day on which people were
counted, tables are withheld from the root of the tree down (withholding.py). By any other structure a figure is shown
only where it adds up from figures that this structure shows: no two structures can then be subtracted from one another
to find a group that neither shows.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from django.db.models import Q

from loa.people.models import UnitPlace
from loa.people.models.units import SEGMENT
from loa.people.queries import unit_of

from ..protocol import Ask, CountsOnDays, Figure, Measure
from ..withholding import Withholding, withhold
from .rollup import Rollup, rolled_up

Notes = tuple[tuple[str, int], ...]
NOTHING = Withholding(whole=False, parts=frozenset())
MOST_BRANCHES = 8
"""So many are asked about one by one; beyond that the whole tree is asked about at once."""
ITSELF = "."
"""Ends the path of what a unit has by itself, where paths of whole subtrees stand beside it."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What may be shown of the table of a unit: what is withheld of it, and the notes that stand beside its whole."""

    withheld: Withholding
    notes: Notes


def shown(measure: Measure, ask: Ask, figures: Sequence[Figure]) -> Shown:
    """Of the table of the unit at `ask.path`; `figures` is that table, as the measure gives it."""
    if not measure.counts_people:
        return Shown(withheld=NOTHING, notes=_summed_notes(figures))
    if (other := restated(measure, ask)) is not None:
        parts = frozenset(part.path for part in figures if _hides(other, ask, part.path))
        return Shown(withheld=Withholding(whole=ask.path in other.paths, parts=parts), notes=())
    tables = [*_tables_above(measure, ask), figures]
    found = _chained(tables, ask.path)
    return Shown(withheld=found, notes=() if found.whole else _notes_shown(tables, ask.path))


def whole_withheld(measure: Measure, ask: Ask, tables: Sequence[Sequence[Figure]]) -> bool:
    """Of the unit at `ask.path` itself; `tables` are those from the root down to its own."""
    if not measure.counts_people:
        return False
    other = restated(measure, ask)
    return _chained(tables, ask.path).whole if other is None else ask.path in other.paths


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
    return frozenset(unit_of(path) for tree in _trees(measure, ask, day).values() for path in tree.own)


def alone_withheld(measure: Measure, unit_id: int, ask: Ask) -> bool:
    """Whether what one unit has by itself is shown in no table, by the structure of the day of the count."""
    day = counted_on(measure, ask) or ask.as_of
    path = UnitPlace.objects.on(day).filter(unit_id=unit_id, living=True).values_list("path", flat=True).first()
    if path is None:
        return True
    asked = replace(ask, path=path, structure=day)
    return path in shown(measure, asked, measure.figures(asked) or []).withheld.parts


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


def _notes_shown(tables: Sequence[Sequence[Figure]], path: str) -> Notes:
    """The notes beside the whole of the last table, each withheld like a figure of its own."""
    notes = _summed_notes(tables[-1])
    hidden = {label for label, _count in notes if _chained([_noted(table, label) for table in tables], path).whole}
    return tuple((label, count) for label, count in notes if label not in hidden)


def _summed_notes(figures: Iterable[Figure]) -> Notes:
    sums: dict[str, int] = {}
    for label, count in (note for figure in figures for note in figure.notes):
        sums[label] = sums.get(label, 0) + count
    return tuple(sums.items())


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
    """What `ask.structure` must not show at and below `ask.path`.

    None where no unit has stood elsewhere since the day of the count.
    """
    day = counted_on(measure, ask)
    if day is None or not _changed(day, ask.structure):
        return None
    moved = _moved(day, ask.structure)
    trees = _branches(measure, ask, day, moved) or _trees(measure, ask, day)
    return withheld_elsewhere(trees, partial(_place, moved, ask.path))


def withheld_elsewhere(trees: Mapping[str, Rollup], place_of: Callable[[str], str]) -> Restated:
    """From the figures of each tree by the path of its root; `place_of` tells of the path of a unit its own place in
    the other structure, "" where it has none.
    """
    hidden: set[str] = set()
    own: set[str] = set()
    for root, tree in trees.items():
        for place, within in _shown_within(tree, root, place_of):
            ends = range(SEGMENT, len(place), SEGMENT)
            hidden.update(place[:end] for end in ends if end > len(within))
            own.update({place.removesuffix(ITSELF)} if within != place else ())
    return Restated(paths=frozenset(hidden), own=frozenset(own))


def _hides(other: Restated, ask: Ask, path: str) -> bool:
    return path in (other.own if path == ask.path else other.paths)


def _changed(one: date, other: date) -> bool:
    first, last = sorted((one, other))
    return first < last and UnitPlace.objects.filter(valid_from__gt=first, valid_from__lte=last).exists()


def _moved(day: date, structure: date) -> dict[str, str]:
    """Where in `structure` each unit stands that lived elsewhere on `day`, by its path of then; "" for nowhere."""
    elsewhere = Q(valid_to__lte=structure) if day < structure else Q(valid_from__gt=structure)
    left = UnitPlace.objects.on(day).filter(elsewhere, living=True)
    after = dict(UnitPlace.objects.on(structure).filter(unit__in=left.values("unit")).values_list("unit_id", "path"))
    return {path: after.get(unit_id, "") for path, unit_id in left.values_list("path", "unit_id")}


def _place(moved: Mapping[str, str], within: str, path: str) -> str:
    """Where the unit at `path` stands in the other structure; "" outside of `within`, which nobody asks about."""
    place = moved.get(path, path)
    return place + ITSELF if place.startswith(within) else ""


def _branches(measure: Measure, ask: Ask, day: date, moved: Mapping[str, str]) -> dict[str, Rollup]:
    """The branches of the tree of the day of the count where the units at and below `ask.path` stood.

    Enough where others count in that tree, too: its whole, the only figure left out, then holds more than `ask.path`.
    Empty where there are too many of them, or no others.
    """
    if len(ask.path) == SEGMENT:
        return {}
    heads = {path[: 2 * SEGMENT] for path, place in moved.items() if place.startswith(ask.path)}
    if UnitPlace.objects.on(day).under(ask.path).filter(living=True).exists():
        heads.add(ask.path[: 2 * SEGMENT])
    deep = all(len(head) > SEGMENT for head in heads)
    if not deep or len(heads) > MOST_BRANCHES or len({head[:SEGMENT] for head in heads}) != 1:
        return {}
    root = min(heads)[:SEGMENT]
    table = measure.figures(replace(ask, path=root, structure=day, every=False)) or []
    if not any(_counts(part) for part in table if part.path not in heads):
        return {}
    hidden = withhold(table).parts
    asked = {head: replace(ask, path=head, structure=day, every=True) for head in heads}
    return {
        head: rolled_up(measure.figures(one) or [], head, people=True, hidden=head in hidden)
        for head, one in asked.items()
    }


def _trees(measure: Measure, ask: Ask, day: date) -> dict[str, Rollup]:
    """All figures, tree by tree by the path of its root, by the structure of the day of the count."""
    trees: dict[str, list[Figure]] = {}
    for figure in measure.figures(replace(ask, path="", structure=day, every=True)) or []:
        trees.setdefault(figure.path[:SEGMENT], []).append(figure)
    return {root: rolled_up(own, root, people=True) for root, own in trees.items()}


def _shown_within(tree: Rollup, root: str, place_of: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Of each unit whose own part is not shown: its place in the other structure, and the place there within which the
    smallest shown figure that holds it stands as a whole ("" where there is none).
    """
    kept = [path for path in tree.own if _counts(tree.alone[path]) and place_of(path)]
    common = _common_places(tree, root, place_of, {head for path in kept for head in _heads(path, root)})
    for path in kept:
        seen = (head for head in _heads(path, root) if head not in tree.hidden)
        yield place_of(path), common.get(next(seen, ""), "")


def _heads(path: str, root: str) -> list[str]:
    """The path and those above it, up to that of the root."""
    return [path[:end] for end in range(len(path), len(root) - 1, -SEGMENT)]


def _common_places(tree: Rollup, root: str, place_of: Callable[[str], str], wanted: Collection[str]) -> dict[str, str]:
    """Of each subtree in `wanted`: the place in the other structure that all who count in it stand at or below."""
    common: dict[str, str] = {}
    for path, figure in tree.alone.items() if wanted else ():
        heads = [head for head in _heads(path, root) if head in wanted]
        if not heads or not _counts(figure):
            continue
        place = place_of(path)
        for head in heads:
            common[head] = _common(common.get(head, place), place)
    return common


def _counts(figure: Figure) -> bool:
    return bool(figure.numerator or figure.denominator)


def _common(one: str, other: str) -> str:
    """The place that both stand at or below."""
    if other.startswith(one):
        return one
    end = 0
    while end < min(len(one), len(other)) and one[end : end + SEGMENT] == other[end : end + SEGMENT]:
        end += SEGMENT
    return one[:end]
