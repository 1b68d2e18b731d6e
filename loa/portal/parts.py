"""Parts that many pages share, kept in each process for as long as no page changes (decision 0023).

A page that is not in memory (pagecache.py) is made anew for its own story; what stands beside every story is made once
for each printing. The printing is asked for every page, so that a part is never older than the page that shows it.
"""

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from . import printing

Part = TypeVar("Part")
Key = TypeVar("Key", bound=Hashable)
ROOM = 5000
"""Parts kept at most."""


class Parts:
    """What was made for one printing."""

    def __init__(self, present: printing.Present | None) -> None:
        self.present = present
        self._made: dict[tuple[Any, ...], Any] = {}

    def part(self, *key: Any, make: Callable[[], Part]) -> Part:
        """The part called `key`, made by `make` when it is not there yet; never None."""
        kept: Part | None = self._made.get(key)
        if kept is None:
            kept = make()
            self._keep({key: kept})
        return kept

    def several(self, *name: Any, keys: Sequence[Key], make: Callable[[list[Key]], dict[Key, Part]]) -> list[Part]:
        """The parts of one kind by their keys, the lacking ones made together; without those that are not made."""
        found: dict[Key, Part | None] = {key: self._made.get((*name, key)) for key in keys}
        if lacking := [key for key, part in found.items() if part is None]:
            made = make(lacking)
            self._keep({(*name, key): part for key, part in made.items()})
            found |= made
        return [part for part in found.values() if part is not None]

    def _keep(self, made: dict[tuple[Any, ...], Any]) -> None:
        if len(self._made) + len(made) > ROOM:
            self._made.clear()
        self._made |= made


_kept: list[Parts] = [Parts(None)]


def standing(*, at: datetime) -> Parts:
    """The parts of the present printing: one small query. Before the first migration nothing is kept."""
    parts = _kept[0]
    present = printing.present(parts.present, at=at)
    if present is None or present is not parts.present:
        parts = Parts(present)
        _kept[:] = [parts]
    return parts


def forget() -> None:
    _kept[:] = [Parts(None)]
