"""Lists of people on their way into the registry."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.ledger.facts import System

from ..columns import people
from ..entries import Entry, Reader
from ..models import Account, ImportRow, ImportRun, UnitPlace
from ..policies import can
from ..roles import Ability
from ..spreadsheets import BadFile, Cell
from ..wordbook import TooManyWords, Words
from .jobs import Counts, Looked, Tell
from .listing import List, open_list, unit_book, word_lists
from .matching import decide
from .staging import index, rows, stage, staging
from .taking import take_over

_NAME = (("full_name",), "Họ và tên")
_UNIT = (("unit_code", "unit_name"), "Mã CĐCS")


def look(path: Path, *, with_unit: bool) -> Looked:
    found = _open(path, with_unit=with_unit)
    return Looked(as_of=found.as_of(), head=found.head)


@contextmanager
def load(run: ImportRun, path: Path, *, at: datetime, tell: Tell) -> Iterator["LoadedPeople"]:
    now = today(at)
    found = _open(path, with_unit=run.unit_id is not None)
    inside = path_of(run, now)
    words = word_lists()
    book = unit_book(on=run.as_of, today=now, path=inside, default=run.unit_id)
    reader = Reader(units=book, terms=words, on=run.as_of, today=now)
    with staging():
        for seen in stage(_entries(found, reader)):
            tell(seen, found.progress.expected(seen))
        index()
        yield LoadedPeople(run.as_of, now, inside, words, found.synthetic, rights=_gives_rights(run, now))


def path_of(run: ImportRun, day: date) -> str | None:
    """Where the importer may write; None for everywhere."""
    return None if run.unit_id is None else UnitPlace.objects.on(day).get(unit_id=run.unit_id).path


def _gives_rights(run: ImportRun, day: date) -> bool:
    """Whether the importer may give roles in the unit; the administrator at the terminal may everywhere."""
    if run.unit_id is None or run.started_by is None:
        return True
    return can(run.started_by, Ability.MANAGE_ACCOUNTS, run.unit_id, on=day)


def _open(path: Path, *, with_unit: bool) -> List:
    return open_list(path, people, [_NAME] if with_unit else [_NAME, _UNIT])


def _entries(found: List, reader: Reader) -> Iterator[tuple[Entry, Sequence[Cell]]]:
    for number, cells, by_field in found.rows:
        try:
            yield reader.entry(number, by_field), cells
        except TooManyWords as column:
            raise BadFile(
                _("The column “%(column)s” holds too many different texts; is it the right column?")
                % {"column": found.columns.headers.get(str(column), column)}
            ) from column


@dataclass
class LoadedPeople:
    """A list of people in the temporary table of this connection."""

    on: date
    today: date
    path: str | None
    words: Mapping[str, Words]
    synthetic: bool
    rights: bool
    whole: bool = False

    def decide(self) -> Counts:
        decide(on=self.on, today=self.today, path=self.path, rights=self.rights)
        return Counts(**dict(rows("SELECT outcome, COUNT(*) FROM loading GROUP BY outcome")))

    def rows(self, outcome: ImportRow.Outcome, most: int | None) -> Iterator[ImportRow]:
        last, left = 0, most
        while page := rows(
            "SELECT number, cells, reason, other, step FROM loading WHERE outcome = %(outcome)s AND number > %(last)s "
            "ORDER BY number LIMIT %(most)s",
            {"outcome": outcome.value, "last": last, "most": 1000 if left is None else left},
        ):
            for number, cells, reason, other, step in page:
                told = _refusal(reason, other) if reason else _change(outcome, step)
                yield ImportRow(number=number, outcome=outcome, cells=json.loads(cells), reason=told)
            last = page[-1][0]
            if left is not None and (left := left - len(page)) <= 0:
                return

    def write(self, *, by: Account | System) -> None:
        take_over(self.words, on=self.on, synthetic=self.synthetic)


def _refusal(reason: str, other: int | None) -> str:
    match reason:
        case "twice":
            return _("This person is in line %(line)s already.") % {"line": other}
        case "another":
            return _("This member code belongs to someone else, with another name and another day of birth.")
        case "several":
            return _("The registry has several people like this one; please write the member code.")
        case "elsewhere":
            return _("This person belongs to a unit outside the part you look after; the level above can move them.")
        case "rights":
            return _("This post gives rights in Loa; please ask whoever opens accounts to import it.")
        case "left":
            return _("This person has left this unit; if they came back, please write the new day of joining.")
    return reason


def _change(outcome: ImportRow.Outcome, step: str) -> str:
    if outcome != ImportRow.Outcome.CHANGED:
        return ""
    match step:
        case "move" | "point":
            return _("moves to this unit, or joins the union")
        case "end":
            return _("leaves the unit")
        case "begin":
            return _("comes to this unit")
    return _("facts or post change")
