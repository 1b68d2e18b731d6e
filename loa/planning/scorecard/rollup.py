"""The figures of all units of a subtree from what each of them adds by itself, and which of them are withheld."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from loa.people.models.units import SEGMENT

from ..protocol import Figure
from ..withholding import is_small, size_of, withhold


@dataclass(frozen=True, kw_only=True)
class Rollup:
    """Every unit's figure by its path; who is not in it has nothing to count."""

    figures: Mapping[str, Figure]
    hidden: frozenset[str]
    """The paths of the units whose figures are withheld, as each one's own card and its parent's withhold them."""
    divides: bool
    """Whether the figures have denominators."""
    alone: Mapping[str, Figure]
    """What each unit has by itself, without those below it."""
    own: frozenset[str]
    """The paths of the units of which this must not be shown."""

    def figure(self, path: str) -> Figure:
        return self.figures.get(path) or Figure(path=path, numerator=0, denominator=0 if self.divides else None)


def rolled_up(own: Iterable[Figure], root: str, *, people: bool, hidden: bool = False) -> Rollup:
    """From one figure of each unit itself; `hidden` when a table above withholds the whole."""
    alone = {figure.path: figure for figure in own}
    numerators: dict[str, int] = defaultdict(int)
    denominators: dict[str, int] = defaultdict(int)
    for path, figure in alone.items():
        for end in range(len(root), len(path) + 1, SEGMENT):
            numerators[path[:end]] += figure.numerator
            denominators[path[:end]] += figure.denominator or 0
    divides = any(figure.denominator is not None for figure in alone.values())
    figures = {
        path: Figure(path=path, numerator=number, denominator=denominators[path] if divides else None)
        for path, number in numerators.items()
    }
    nobody: frozenset[str] = frozenset()
    kept, itself = _withheld(figures, alone, root, hidden=hidden) if people else (nobody, nobody)
    return Rollup(figures=figures, hidden=kept, divides=divides, alone=alone, own=itself)


def _withheld(
    figures: Mapping[str, Figure], alone: Mapping[str, Figure], root: str, *, hidden: bool
) -> tuple[frozenset[str], frozenset[str]]:
    """Units, and units by themselves: table by table from the top down.

    A whole that is withheld in the table above must not be found in the one below.
    """
    tables: dict[str, list[Figure]] = defaultdict(list)
    for path in figures:
        if path != root:
            tables[path[:-SEGMENT]].append(figures[path])
        if path in alone:
            tables[path].append(alone[path])
    found: set[str] = {root} if hidden else set()
    itself: set[str] = set()
    for path in sorted(tables, key=len):
        if len(tables[path]) == 1 and path in alone:  # nothing below it: no table to reason about, and most units
            small = is_small(alone[path])
            found.update({path} if small else ())
            itself.update({path} if small or (path in found and size_of(alone[path])) else ())
            continue
        done = withhold(tables[path], hidden=path in found)
        found.update({path} if done.whole else ())
        found |= done.parts - {path}
        itself |= done.parts & {path}
    return frozenset(found), frozenset(itself)
