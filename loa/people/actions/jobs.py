"""The shape of an import: what any kind of list can be asked before and after its lines were read."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from loa.ledger.facts import System

from ..models import Account, ImportRow, ImportRun
from ..spreadsheets import Cell

Tell = Callable[[int, int], None]
"""Told how many lines were read, and how many there will be."""


@dataclass(frozen=True, kw_only=True)
class Counts:
    added: int = 0
    changed: int = 0
    skipped: int = 0
    rejected: int = 0


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What the top of a file says: the day the list describes, if it says, and the line of headers."""

    as_of: date | None
    head: list[Cell]


class Loaded(Protocol):
    """A list read and compared with the registry. Nothing is written before `write`."""

    whole: bool
    """Whether one line that cannot be taken over keeps all of them back."""

    def decide(self) -> Counts:
        """Compare with the registry as it is now."""

    def rows(self, outcome: ImportRow.Outcome, most: int | None) -> Iterator[ImportRow]:
        """The first `most` lines of one outcome, without their run; all lines when `most` is None."""

    def write(self, *, by: Account | System) -> None:
        """Take over what was decided, in the caller's transaction."""


class Job(Protocol):
    """One kind of list."""

    def look(self, path: Path, *, with_unit: bool) -> Looked:
        """Raises BadFile when it is no such list. `with_unit`: lines that name no unit belong to the importer's."""

    def load(self, run: ImportRun, path: Path, *, at: datetime, tell: Tell) -> AbstractContextManager[Loaded]:
        """Read all of it; raises BadFile."""
