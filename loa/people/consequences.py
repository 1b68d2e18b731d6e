"""What a decision would do, seen before it is carried out: each module watches its own things.

A watch is asked twice, before the change and within it (the change is then taken back), and what differs is shown.
Modules above register theirs in config/wiring.py; this one knows none of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

MOST = 100
"""Lines of one kind of consequence that are shown; the others are counted."""


@dataclass(frozen=True, kw_only=True)
class Concern:
    """What a decision is about: the units it names and those directly concerned, from the day `on`."""

    on: date
    today: date
    units: frozenset[int]


Look = Callable[[Concern], Mapping[str, str]]
"""What there is, by what people call it, and how it stands."""


@dataclass(frozen=True, kw_only=True)
class Watch:
    """`steady` things are shown also where nothing changes: that they stay the same is what one wants to see."""

    key: str
    heading: str | Promise
    unchanged: str | Promise
    look: Look
    gone: str | Promise = ""
    steady: bool = False


@dataclass(frozen=True, kw_only=True)
class Line:
    what: str
    before: str
    after: str

    @property
    def changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, kw_only=True)
class Consequence:
    watch: Watch
    lines: Sequence[Line]
    more: int = 0
    """Lines that are not shown."""


_watches: dict[str, Watch] = {}


def register(watch: Watch) -> None:
    _watches[watch.key] = watch


def watches() -> list[Watch]:
    return list(_watches.values())


def compared(watch: Watch, before: Mapping[str, str], after: Mapping[str, str]) -> Consequence:
    """The lines that differ (all of them, when `steady`), in the order in which they were found."""
    lines = [
        Line(what=what, before=before.get(what, ""), after=after.get(what, str(watch.gone)))
        for what in dict.fromkeys([*before, *after])
    ]
    shown = [line for line in lines if line.changed or watch.steady]
    return Consequence(watch=watch, lines=shown[:MOST], more=max(0, len(shown) - MOST))
