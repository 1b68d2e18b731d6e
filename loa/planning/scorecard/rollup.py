"""The figures of all units of a subtree from what each of them adds by itself, and which of them are withheld."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

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
        return self.figures.get(path) or replace(self.nothing, path=path)

    @cached_property
    def nothing(self) -> Figure:
        """The figure of whoever has nothing to count."""
        return Figure(path="", numerator=0, denominator=0 if self.divides else None)


def rolled_up(own: Iterable[Figure], root: str, *, people: bool, hidden: bool = False) -> Rollup:
    """From one figure of each unit itself; `hidden` when a table above withholds the whole."""
    alone = {figure.path: figure for figure in own}
    divides = any(figure.denominator is not None for figure in alone.values())
    figures = _summed(alone, root, divides=divides)
    nobody: frozenset[str] = frozenset()
    kept, itself = _withheld(figures, alone, root, hidden=hidden) if people else (nobody, nobody)
    return Rollup(figures=figures, hidden=kept, divides=divides, alone=alone, own=itself)


def _summed(alone: Mapping[str, Figure], root: str, *, divides: bool) -> dict[str, Figure]:
    """Each unit with those below it: level by level from the deepest; most units have nobody below."""
    sums: dict[str, list[int]] = {}
    levels: dict[int, set[str]] = defaultdict(set)
    for path in alone:
        levels[len(path)].add(path)
    figures: dict[str, Figure] = {}
    for depth in range(max(levels, default=0), len(root) - 1, -SEGMENT):
        for path in levels[depth]:
            itself, below = alone.get(path), sums.get(path)
            if below is None and itself is not None:
                figure = itself
            else:
                numerator, denominator = below or (0, 0)
                if itself is not None:
                    numerator, denominator = numerator + itself.numerator, denominator + (itself.denominator or 0)
                figure = Figure(path=path, numerator=numerator, denominator=denominator if divides else None)
            figures[path] = figure
            if depth > len(root):
                above = path[:-SEGMENT]
                levels[depth - SEGMENT].add(above)
                sum_above = sums.setdefault(above, [0, 0])
                sum_above[0] += figure.numerator
                sum_above[1] += figure.denominator or 0
    return figures


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
    found: set[str] = {root} if hidden else set()
    itself: set[str] = set()
    for path in sorted(tables, key=len):
        own = [alone[path]] if path in alone else []
        done = withhold([*tables[path], *own], hidden=path in found)
        found.update({path} if done.whole else ())
        found |= done.parts - {path}
        itself |= done.parts & {path}
    for path, figure in alone.items():
        if path not in tables:  # nothing below it: no table to reason about, and most units
            small = is_small(figure)
            if small:
                found.add(path)
            if small or (path in found and size_of(figure)):
                itself.add(path)
    return frozenset(found), frozenset(itself)
