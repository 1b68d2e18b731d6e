"""What one line of a list of people says, in the registry's own terms, or why it cannot be taken over. Values only."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from loa.base import phones
from loa.base.dates import parse_birth, parse_day, short_date
from loa.base.text import clean, fold, name_key

from .spreadsheets import Cell
from .unitbook import Known, UnitBook, UnknownUnit
from .wordbook import TooManyWords, Words

GENDERS = {"nu": "f", "f": "f", "female": "f", "nam": "m", "m": "m", "male": "m", "khac": "o"}
STANDINGS = dict.fromkeys(
    ("doan vien", "dv", "dvcd", "doan vien cong doan", "cong doan vien", "la doan vien", "x", "co", "doan vien cd"),
    "member",
) | dict.fromkeys(
    ("nld", "nguoi lao dong", "lao dong", "ld", "cnld", "chua la doan vien", "chua vao cong doan", "khong", "chua"),
    "worker",
)
_NAME_LENGTH, _CODE_LENGTH, _EMAIL_LENGTH = 120, 40, 254
_FORMULA = ("=", "+", "-", "@")
_SEPARATORS = re.compile(r"[,;/+|\n]")
_TERMS = ("education", "field", "working_time", "rest_time")


@dataclass(slots=True)
class Entry:
    """A line as the registry would write it. Empty text, 0 and None say nothing: what is known already stays."""

    number: int
    problems: list[str] = field(default_factory=list)
    member_code: str = ""
    full_name: str = ""
    born_on: date | None = None
    birth_year: int | None = None
    gender: str = ""
    phone: str = ""
    email: str = ""
    unit: Known | None = None
    standing: str = ""
    joined_on: date | None = None
    left_on: date | None = None
    begins_on: date | None = None
    """Since when the person belonged to the unit, if nothing is known of them yet."""
    post: int = 0
    education: int = 0
    field: int = 0
    working_time: int = 0
    rest_time: int = 0
    area: int = 0
    habits: tuple[int, ...] = ()

    @property
    def folded(self) -> str:
        return fold(self.full_name)

    @property
    def name_key(self) -> str:
        return name_key(self.full_name)

    @property
    def birth(self) -> str:
        """What is known of the birth, to tell people of one name apart: a day, a year, or nothing."""
        return self.born_on.isoformat() if self.born_on else str(self.birth_year or "")


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Reads lines against the units and words known; `on` is the day the list describes, `today` the present one."""

    units: UnitBook
    terms: Mapping[str, Words]
    """By vocabulary: education, field, working_time, rest_time, habit; besides them post and area."""
    on: date
    today: date

    def entry(self, number: int, cells: Mapping[str, Cell]) -> Entry:
        """The line; raises TooManyWords for a column that is no list of choices."""
        entry = Entry(number)
        self._identity(entry, cells)
        self._reach(entry, cells)
        self._membership(entry, cells)
        if not entry.problems:  # words of a line that is not taken over are not learnt
            self._words(entry, cells)
        return entry

    def _identity(self, entry: Entry, cells: Mapping[str, Cell]) -> None:
        entry.full_name = name = _proper(text(cells.get("full_name")))
        if not name:
            entry.problems.append(_("The name is missing."))
        elif name.startswith(_FORMULA) or any(character.isdigit() for character in name):
            entry.problems.append(_("“%(name)s” is not the name of a person.") % {"name": name[:40]})
        elif len(name) > _NAME_LENGTH:
            entry.problems.append(_("The name is longer than %(most)s characters.") % {"most": _NAME_LENGTH})
        entry.member_code = code(cells.get("member_code"))
        if len(entry.member_code) > _CODE_LENGTH or entry.member_code.startswith(_FORMULA):
            entry.problems.append(_("“%(code)s” is not a member code.") % {"code": entry.member_code[:40]})
        self._birth(entry, cells)
        self._gender(entry, cells)

    def _birth(self, entry: Entry, cells: Mapping[str, Cell]) -> None:
        raw = next((cells[name] for name in ("birth", "born_male", "born_female") if text(cells.get(name))), None)
        if raw is None:
            return
        entry.born_on, entry.birth_year = _parse_birth(raw)
        if entry.birth_year is None:
            entry.problems.append(_("“%(text)s” is not a day of birth.") % {"text": text(raw)[:40]})
        elif entry.birth_year > self.today.year or (entry.born_on and entry.born_on > self.today):
            entry.problems.append(_("The day of birth %(text)s lies in the future.") % {"text": text(raw)[:40]})

    def _gender(self, entry: Entry, cells: Mapping[str, Cell]) -> None:
        if raw := text(cells.get("gender")):
            entry.gender = GENDERS.get(_fold(raw), "")
            if not entry.gender:
                entry.problems.append(_("“%(text)s” is not a gender; please write Nam or Nữ.") % {"text": raw[:40]})
        elif text(cells.get("is_female")) or text(cells.get("born_female")):
            entry.gender = "f"
        elif text(cells.get("is_male")) or text(cells.get("born_male")):
            entry.gender = "m"

    def _reach(self, entry: Entry, cells: Mapping[str, Cell]) -> None:
        raw = cells.get("phone")
        if text(raw):
            entry.phone = phones.normalise(raw if isinstance(raw, str | int | float) else None) or ""
            if not entry.phone:
                entry.problems.append(_("“%(text)s” is not a phone number.") % {"text": text(raw)[:40]})
        entry.email = text(cells.get("email")).lower()
        if entry.email and not _is_email(entry.email):
            entry.problems.append(_("“%(text)s” is not an email address.") % {"text": entry.email[:60]})

    def _membership(self, entry: Entry, cells: Mapping[str, Cell]) -> None:
        try:
            entry.unit = self.units.find(code(cells.get("unit_code")), text(cells.get("unit_name")))
        except UnknownUnit as reason:
            entry.problems.append(str(reason))
        if raw := text(cells.get("standing")):
            entry.standing = STANDINGS.get(_fold(raw), "")
            if not entry.standing:
                entry.problems.append(
                    _("“%(text)s” is neither a member nor a worker; please write Đoàn viên or NLĐ.")
                    % {"text": raw[:40]}
                )
        entry.joined_on = self._day(entry, cells.get("joined_on"))
        entry.left_on = self._day(entry, cells.get("left_on"))
        if entry.joined_on and entry.left_on and entry.left_on <= entry.joined_on:
            entry.problems.append(
                _("The day of leaving (%(left)s) is not after the day of joining (%(joined)s).")
                % {"left": short_date(entry.left_on), "joined": short_date(entry.joined_on)}
            )
        if entry.unit:
            entry.begins_on = self._begins_on(entry, entry.unit)
        if entry.joined_on and entry.born_on and entry.joined_on <= entry.born_on:
            entry.problems.append(_("The day of joining is not after the day of birth."))

    def _begins_on(self, entry: Entry, unit: Known) -> date:
        """Nobody belonged to a unit before there was one: who joined the union earlier was elsewhere then."""
        day = max(entry.joined_on or self.on, unit.since)
        if entry.left_on and entry.left_on <= day:
            day = min(unit.since, entry.left_on - timedelta(days=1))
        return day

    def _day(self, entry: Entry, raw: Cell) -> date | None:
        if not text(raw):
            return None
        day = _parse_day(raw)
        if day is None:
            entry.problems.append(_("“%(text)s” is not a day.") % {"text": text(raw)[:40]})
        elif day > max(self.on, self.today):
            entry.problems.append(_("The day %(text)s lies in the future.") % {"text": short_date(day)})
        return day

    def _words(self, entry: Entry, cells: Mapping[str, Cell]) -> None:
        for name in (*_TERMS, "post", "area"):
            if raw := text(cells.get(name)):
                setattr(entry, name, self._word(name, raw))
        if raw := text(cells.get("habits")):
            words = (clean(word) for word in _SEPARATORS.split(raw))
            entry.habits = tuple(sorted({self._word("habit", word) for word in words if word}))

    def _word(self, name: str, raw: str) -> int:
        try:
            return self.terms[name].key(raw)
        except TooManyWords as problem:
            raise TooManyWords(name if name != "habit" else "habits") from problem


_clean = lru_cache(1 << 14)(clean)  # most cells of a list repeat: units, words, days
_parse_day = lru_cache(1 << 13)(parse_day)
_parse_birth = lru_cache(1 << 14)(parse_birth)
_fold = lru_cache(1 << 12)(fold)


def text(cell: Cell) -> str:
    """A cell as one line of text."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _clean(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return short_date(cell) if isinstance(cell, date) else str(cell)


def code(cell: Cell) -> str:
    """A code as kept: without spaces around it, a number without its decimals, capital letters."""
    return text(cell).upper()


def _proper(name: str) -> str:
    """Names typed all in capitals, or without any, as names are written."""
    if name.isupper() or name.islower():
        return " ".join(word.capitalize() for word in name.split())
    return name


def _is_email(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return len(address) <= _EMAIL_LENGTH
