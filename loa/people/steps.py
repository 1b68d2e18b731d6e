"""What a decision decides, step by step, in the words of officers. Values only; units are named by their codes.

A step says "these three merge into that one"; the moves it means (moves.py) follow from the tree as it stands.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar

from .moves import Members

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Step:
    verb: ClassVar[str]

    @property
    def named(self) -> set[str]:
        """The codes of all units it speaks of."""
        return set()

    @property
    def founds(self) -> set[str]:
        """The codes of units that exist only through it."""
        return set()

    def stored(self) -> Json:
        return {"verb": self.verb} | asdict(self)


@dataclass(frozen=True, kw_only=True)
class Establish(Step):
    verb: ClassVar[str] = "establish"
    code: str
    name: str
    kind: str
    parent: str = ""
    """Empty makes a root."""
    short_name: str = ""
    flags: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    """They live on and hand part of their work over."""
    synthetic: bool = False

    @property
    def named(self) -> set[str]:
        return {self.code, self.parent, *self.predecessors} - {""}

    @property
    def founds(self) -> set[str]:
        return {self.code}


@dataclass(frozen=True, kw_only=True)
class Rename(Step):
    verb: ClassVar[str] = "rename"
    unit: str
    name: str
    short_name: str | None = None

    @property
    def named(self) -> set[str]:
        return {self.unit}


@dataclass(frozen=True, kw_only=True)
class Reclassify(Step):
    verb: ClassVar[str] = "reclassify"
    units: tuple[str, ...]
    kind: str | None = None
    flags: tuple[str, ...] | None = None

    @property
    def named(self) -> set[str]:
        return set(self.units)


@dataclass(frozen=True, kw_only=True)
class Transfer(Step):
    verb: ClassVar[str] = "transfer"
    units: tuple[str, ...]
    to: str
    """Empty makes them roots."""

    @property
    def named(self) -> set[str]:
        return {*self.units, self.to} - {""}


@dataclass(frozen=True, kw_only=True)
class Merge(Step):
    """Units end in another; their members and all below them go there."""

    verb: ClassVar[str] = "merge"
    units: tuple[str, ...]
    into: str

    @property
    def named(self) -> set[str]:
        return {*self.units, self.into}


@dataclass(frozen=True, kw_only=True)
class Split(Step):
    """Parts of a unit go to others: units below it by list, or a share in per cent where the decision names one."""

    verb: ClassVar[str] = "split"
    unit: str
    into: tuple[str, ...]
    shares: tuple[tuple[str, str], ...] = ()
    children: tuple[tuple[str, str], ...] = ()
    """Unit below → its new parent."""
    rest: str = ""
    """Where the units below go that no other step places; empty: they stay."""
    ends: bool = False
    heir: str = ""

    @property
    def named(self) -> set[str]:
        pairs = {code for pair in self.children for code in pair}
        return {self.unit, *self.into, self.rest, self.heir, *pairs} - {""}


@dataclass(frozen=True, kw_only=True)
class Dissolve(Step):
    verb: ClassVar[str] = "dissolve"
    units: tuple[str, ...]
    members: str = Members.TRANSFER.value
    heir: str = ""
    """Empty for the unit directly above."""
    successors: tuple[str, ...] = ()
    """Who else takes part of the work over."""
    rest: str = ""
    """Where the units below go that no other step places."""
    children: tuple[tuple[str, str], ...] = ()

    @property
    def named(self) -> set[str]:
        pairs = {code for pair in self.children for code in pair}
        return {*self.units, self.heir, *self.successors, self.rest, *pairs} - {""}


@dataclass(frozen=True, kw_only=True)
class TakeArea(Step):
    verb: ClassVar[str] = "area"
    unit: str
    areas: tuple[int, ...]

    @property
    def named(self) -> set[str]:
        return {self.unit}


STEPS: Mapping[str, type[Step]] = {
    kind.verb: kind for kind in (Establish, Rename, Reclassify, Transfer, Merge, Split, Dissolve, TakeArea)
}


def read(stored: Iterable[Json]) -> list[Step]:
    return [_read(one) for one in stored]


def _read(stored: Json) -> Step:
    kind = STEPS[stored["verb"]]
    known = {field.name for field in fields(kind)}
    return kind(**{name: _frozen(value) for name, value in stored.items() if name in known})


def _frozen(value: Any) -> Any:
    """Lists of JSON are tuples in steps."""
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value
