"""What one line of a list of units says, or why it cannot be taken over. Values only."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase

from django.utils.translation import gettext as _

from loa.base.dates import parse_day, short_date
from loa.base.numbers import parse_number
from loa.base.text import clean, fold

from .entries import text
from .spreadsheets import Cell

_FORMULA = ("=", "+", "-", "@")
_CODE = re.compile(r"[^\s]{1,40}")
_SEPARATORS = re.compile(r"[,;\n]")


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of unit, and how lists call it, folded; a star stands for anything that may follow."""

    code: str
    name: str
    called: tuple[str, ...] = ()

    def is_called(self, folded: str) -> bool:
        return any(fnmatchcase(folded, words) for words in self.called)


@dataclass(slots=True)
class UnitEntry:
    """A line as the tree of units would hold it. `parent` is a code, or the folded name of a unit after "~"."""

    number: int
    cells: list[Cell]
    code: str = ""
    name: str = ""
    short_name: str = ""
    kind: str = ""
    parent: str = ""
    established_on: date | None = None
    decision: str = ""
    employer: str = ""
    ownership: str = ""
    industry: str = ""
    workforce: int | None = None
    areas: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    synthetic: bool = False
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class UnitReader:
    """`kinds`: those there are, from the top level down; `today`: nothing is established after it."""

    kinds: Sequence[Kind]
    today: date

    def entry(self, number: int, line: list[Cell], cells: Mapping[str, Cell]) -> UnitEntry:
        entry = UnitEntry(
            number,
            line,
            code=text(cells.get("code")),
            name=text(cells.get("name")),
            short_name=text(cells.get("short_name"))[:120],
            decision=text(cells.get("decision"))[:120],
            employer=text(cells.get("employer"))[:250],
            ownership=text(cells.get("ownership"))[:120],
            industry=text(cells.get("industry"))[:120],
            areas=_words(cells.get("area")),
            flags=_words(cells.get("flags")),
            synthetic="du lieu minh hoa" in fold(text(cells.get("note"))),
        )
        self._names(entry)
        self._kind(entry, text(cells.get("kind")))
        self._parent(entry, text(cells.get("parent")), text(cells.get("parent_name")))
        self._figures(entry, cells)
        return entry

    def _names(self, entry: UnitEntry) -> None:
        if not entry.code:
            entry.problems.append(_("The code of the unit is missing."))
        elif not _CODE.fullmatch(entry.code) or entry.code.startswith(_FORMULA):
            entry.problems.append(_("“%(code)s” is not a code of a unit.") % {"code": entry.code[:40]})
        if not entry.name:
            entry.problems.append(_("The name of the unit is missing."))
        elif len(entry.name) > 250 or entry.name.startswith(_FORMULA):
            entry.problems.append(_("“%(name)s” is not the name of a unit.") % {"name": entry.name[:60]})

    def _kind(self, entry: UnitEntry, raw: str) -> None:
        if not raw:
            entry.problems.append(_("The kind of the unit is missing."))
            return
        entry.kind = kind_of(raw, self.kinds)
        if not entry.kind:
            known = ", ".join(kind.name for kind in self.kinds)
            entry.problems.append(
                _("“%(text)s” is not a kind of unit; the kinds are: %(known)s.") % {"text": raw[:60], "known": known}
            )

    def _parent(self, entry: UnitEntry, parent: str, parent_name: str) -> None:
        entry.parent = parent or (f"~{fold(parent_name)}" if parent_name else "")
        if entry.parent and entry.parent in {entry.code, f"~{fold(entry.name)}"}:
            entry.problems.append(_("A unit cannot stand above itself."))

    def _figures(self, entry: UnitEntry, cells: Mapping[str, Cell]) -> None:
        if raw := text(cells.get("established_on")):
            entry.established_on = parse_day(cells["established_on"])
            if entry.established_on is None:
                entry.problems.append(_("“%(text)s” is not a day.") % {"text": raw[:40]})
            elif entry.established_on > self.today:
                entry.problems.append(
                    _("The day %(text)s lies in the future.") % {"text": short_date(entry.established_on)}
                )
        if raw := text(cells.get("workforce")):
            number = parse_number(raw)
            if number is None or number < 0 or number != int(number) or number > 10_000_000:
                entry.problems.append(_("“%(text)s” is not a number of workers.") % {"text": raw[:40]})
            else:
                entry.workforce = int(number)


def kind_of(raw: str, kinds: Sequence[Kind]) -> str:
    """The code of the kind that `raw` names by code, by name or as lists call it; empty when there is none."""
    folded = fold(raw)
    exact = next((kind.code for kind in kinds if folded in {fold(kind.code), fold(kind.name)}), "")
    return exact or next((kind.code for kind in kinds if kind.is_called(folded)), "")


def _words(cell: Cell) -> tuple[str, ...]:
    words = (clean(word) for word in _SEPARATORS.split(text(cell)))
    return tuple(dict.fromkeys(word[:120] for word in words if word))
