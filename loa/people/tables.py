"""Tables that can be taken away as workbooks: what one is, and which there are.

Each module says in its tables.py which of its lists can be taken, and registers them when the applications start. One
mechanism makes the file of any of them (workbooks.py, actions/exports.py), for whoever may look at the list on screen.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from .policies import Scope
from .roles import Ability

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Cell = str | int | float | date | None


class Sort(StrEnum):
    """What a column holds: it decides how its cells are written. Shares are given as parts of one (0.85)."""

    TEXT = "text"
    NUMBER = "number"
    SHARE = "share"
    DAY = "day"


@dataclass(frozen=True, kw_only=True)
class Column:
    title: str
    sort: Sort = Sort.TEXT
    width: int = 18


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One table, ready to be written: `rows` are read while they are written, so that no table fills the memory.

    `notes` say where it comes from and what its figures mean (pairs of a heading and a text). `people` tells that its
    rows speak of persons: then taking it is recorded.
    """

    title: str
    unit: str
    unit_id: int | None
    on: date
    columns: Sequence[Column]
    rows: Iterator[Sequence[Cell]]
    notes: Sequence[tuple[str, str]] = ()
    synthetic: bool = False
    people: bool = False


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody asks of a table: the words of the screen's address, who may see what, and the day it is."""

    words: Mapping[str, str] = field(default_factory=dict)
    scope: Scope

    def text(self, name: str) -> str:
        return self.words.get(name, "").strip()

    def key(self, name: str) -> int:
        """The key of a thing; raises LookupError when it is none."""
        text = self.text(name)
        if not text.isdecimal() or len(text) > 18:
            raise LookupError(name)
        return int(text)


class Table(Protocol):
    @property
    def key(self) -> str:
        """Such as "planning.children": names it in addresses."""

    @property
    def name(self) -> "str | StrPromise": ...

    @property
    def ability(self) -> Ability:
        """The one that opens its screen."""

    def sheet(self, asked: Asked) -> Sheet:
        """Raises LookupError for what does not exist, or not for whoever asks."""


_tables: dict[str, Table] = {}


def register(table: Table) -> None:
    known = _tables.get(table.key)
    if known is not None and type(known) is not type(table):
        raise ValueError(f"two tables claim the key {table.key}")
    _tables[table.key] = table


def table(key: str) -> Table | None:
    return _tables.get(key)


def tables() -> list[Table]:
    """All of them, by key."""
    return [_tables[key] for key in sorted(_tables)]
