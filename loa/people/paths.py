"""Where units come to stand when some of them move: a pure rule over paths."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from .models.units import SEGMENT, segment

DEEPEST = 20
"""Steps that fit into a path (`UnitPlace.path`)."""


class Circular(Exception):
    """A unit would stand below itself, or be its own heir's heir."""

    def __init__(self, unit_id: int) -> None:
        self.unit_id = unit_id


class TooDeep(Exception):
    """A unit would stand deeper than a path can say."""


def steps(path: str) -> Iterator[int]:
    """The keys of the units on a path, from the root down."""
    return (int(path[start : start + SEGMENT], 36) for start in range(0, len(path), SEGMENT))


@dataclass
class Tree:
    """The tree after an event, known as far as the event needs it.

    `paths` are those of the units concerned before the event; `parents` the new parents of those that move or are
    founded; `heirs` the heirs of those that end.
    """

    paths: Mapping[int, str]
    parents: Mapping[int, int | None]
    heirs: Mapping[int, int]
    _found: dict[int, str] = field(default_factory=dict)
    _asked: list[int] = field(default_factory=list)

    def path(self, unit_id: int) -> str:
        """Where the unit stands after the event; raises Circular or TooDeep."""
        if unit_id not in self._found:
            if unit_id in self._asked:
                raise Circular(unit_id)
            if len(self._asked) > DEEPEST * 5:
                raise TooDeep
            self._asked.append(unit_id)
            self._found[unit_id] = self._path(unit_id)
            self._asked.pop()
        return self._found[unit_id]

    def heir(self, unit_id: int) -> int:
        """The unit that lives on for `unit_id` after the event: itself, or the last heir in line."""
        while unit_id in self.heirs:
            unit_id = self.heirs[unit_id]
        return unit_id

    def _path(self, unit_id: int) -> str:
        if unit_id in self.heirs:
            return self.path(self.heirs[unit_id])
        if unit_id in self.parents:
            parent = self.parents[unit_id]
            path = ("" if parent is None else self.path(parent)) + segment(unit_id)
        else:
            path = self._carried(self.paths[unit_id])
        if len(path) > DEEPEST * SEGMENT:
            raise TooDeep
        return path

    def _carried(self, path: str) -> str:
        """The new path of a unit that does not move itself: carried along by the nearest unit above that does."""
        for depth, above in reversed(list(enumerate(list(steps(path))[:-1], start=1))):
            if above in self.parents or above in self.heirs:
                return self.path(above) + path[depth * SEGMENT :]
        return path


def outermost(paths: Iterable[str]) -> tuple[str, ...]:
    """The paths that do not lie below another one, in order."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return tuple(kept)
