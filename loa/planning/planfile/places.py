"""YAML read node by node, so that every complaint can name its line.

A reader that meets a wrong value notes the problem and gives a stand-in, so that reading goes on and the author
of the file sees all mistakes at once. Nothing read this way may be used once a problem is noted.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

import yaml
from django.utils.translation import gettext as _

from .parts import MonthDay
from .problems import Problem, cut

_NULL, _TEXT, _TRUTH = "tag:yaml.org,2002:null", "tag:yaml.org,2002:str", "tag:yaml.org,2002:bool"
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_NUMBER = re.compile(r"\d{1,12}(\.\d{1,4})?")
_YEAR = re.compile(r"[12]\d{3}")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH_DAY = re.compile(r"(\d{2})-(\d{2})")
_ID = re.compile(r"[A-Za-z0-9]+([.-][A-Za-z0-9]+)*")


@dataclass
class Notes:
    """What one reading has met so far: its problems, and on which line each id stands."""

    problems: list[Problem] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """A node of the file and the way to it; without a node, what is missing and has been complained about."""

    node: yaml.Node | None
    path: str
    notes: Notes

    @property
    def line(self) -> int:
        return self.node.start_mark.line + 1 if self.node else 0

    def reject(self, expected: str, found: str = "") -> None:
        if self.node:
            self.notes.problems.append(
                Problem(line=self.line, path=self.path, expected=expected, found=found or _shown(self.node))
            )

    # --- single values

    def text(self) -> str:
        if isinstance(self.node, yaml.ScalarNode) and self.node.tag == _TEXT and self.node.value.strip():
            if _NO_TEXT.search(self.node.value):
                self.reject(_("text without hidden characters"), _("a character that is no text"))
            return str(self.node.value).strip()
        self.reject(_("text (in quotes if it looks like a number, a date or yes/no)"))
        return ""

    def matching(self, pattern: re.Pattern[str], expected: str) -> str:
        return found.group() if (found := self._match(pattern, expected)) else ""

    def own_id(self) -> str:
        """An id that nothing else in the file has."""
        value = self.matching(_ID, _("an id of letters, digits, dots and hyphens"))
        if value in self.notes.ids:
            where = {"id": value, "line": self.notes.ids[value]}
            self.reject(_("an id of its own"), _("“%(id)s”, already used on line %(line)d") % where)
        elif value:
            self.notes.ids[value] = self.line
        return value

    def choice(self, known: Collection[str]) -> str:
        value = self.node.value if isinstance(self.node, yaml.ScalarNode) else ""
        if value in known:
            return str(value)
        if known:  # else the rows it could name are missing, which has been said
            self.reject(_one_of(value, known))
        return ""

    def truth(self) -> bool:
        if isinstance(self.node, yaml.ScalarNode) and self.node.tag == _TRUTH and self.node.value in {"true", "false"}:
            return bool(self.node.value == "true")
        self.reject(_("true or false"))
        return False

    def number(self, *, percent: bool = False) -> Decimal:
        expected = _("a percentage from 0 to 100") if percent else _("a number, 0 or more")
        found = self._match(_NUMBER, expected)
        value = Decimal(found.group()) if found else Decimal(0)
        if percent and value > 100:
            self.reject(expected)
        return value

    def whole(self) -> int:
        return int(found.group()) if (found := self._match(re.compile(r"\d{1,4}"), _("a whole number"))) else 0

    def year(self, within: Collection[int]) -> int:
        found = self._match(_YEAR, _("a year such as 2026"))
        value = int(found.group()) if found else 0
        if value and within and value not in within:
            self.reject(
                _("a year of the plan's period, %(first)d to %(last)d") % {"first": min(within), "last": max(within)}
            )
        return value

    def day(self) -> date:
        expected = _("a date as year-month-day, such as 2024-12-31")
        found = self._match(_DAY, expected)
        try:
            return date(*map(int, found.groups())) if found else date.min
        except ValueError:
            self.reject(expected)
            return date.min

    def month_day(self) -> MonthDay:
        expected = _("a day that returns every year, as month-day, such as 07-28")
        found = self._match(_MONTH_DAY, expected)
        value = MonthDay(*map(int, found.groups())) if found else MonthDay(1, 1)
        try:
            date(2023, *value)  # no leap year: 29 February does not return every year
        except ValueError:
            self.reject(expected)
        return value

    def lunar_day(self) -> MonthDay:
        expected = _("a lunar month-day, from 01-01 to 12-30")
        found = self._match(_MONTH_DAY, expected)
        value = MonthDay(*map(int, found.groups())) if found else MonthDay(1, 1)
        if not (1 <= value.month <= 12 and 1 <= value.day <= 30):
            self.reject(expected)
        return value

    def _match(self, pattern: re.Pattern[str], expected: str) -> re.Match[str] | None:
        found = pattern.fullmatch(self.node.value) if isinstance(self.node, yaml.ScalarNode) else None
        if not found:
            self.reject(expected)
        return found

    # --- values made of values

    def rows(self) -> list["Place"]:
        if isinstance(self.node, yaml.SequenceNode) and self.node.value:
            return [
                replace(self, node=node, path=f"{self.path}[{number}]")
                for number, node in enumerate(self.node.value, start=1)
            ]
        self.reject(_("a list with at least one row"))
        return []

    def entries(self) -> Iterator[tuple["Place", "Place"]]:
        """Each key of a table with its value; a key that comes twice is a mistake, not the last one wins."""
        if not isinstance(self.node, yaml.MappingNode):
            self.reject(_("a table of keys and values"))
            return
        seen: dict[str, int] = {}
        for key, value in self.node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
            path = f"{self.path}.{name}" if self.path else name
            key_place, value_place = replace(self, node=key, path=path), replace(self, node=value, path=path)
            if name in seen:
                key_place.reject(_("each key once"), _("it again, after line %(line)d") % {"line": seen[name]})
                continue
            seen[name] = key_place.line
            yield key_place, value_place

    def table(self, *required: str, optional: Collection[str] = ()) -> "Table":
        known = (*required, *optional)
        values: dict[str, Place] = {}
        for key, value in self.entries():
            name = key.path.removeprefix(f"{self.path}.") if self.path else key.path
            if name not in known:
                key.reject(_one_of(name, known), _("the unknown key “%(key)s”") % {"key": cut(name)})
            elif not _is_null(value.node):
                values[name] = value
        if isinstance(self.node, yaml.MappingNode):
            for name in required:
                if name not in values:
                    self.reject(_("the key “%(key)s”") % {"key": name}, _("an empty place"))
        return Table(place=self, values=values)


@dataclass(frozen=True)
class Table:
    """The values of a table, by key. What is missing reads as a stand-in: `Place.table` has complained already."""

    place: Place
    values: dict[str, Place]

    def __getitem__(self, key: str) -> Place:
        return self.values.get(key) or replace(self.place, node=None)

    def maybe(self, key: str) -> Place | None:
        return self.values.get(key)

    def text(self, key: str) -> str:
        """The text of an optional key, or ""."""
        return place.text() if (place := self.maybe(key)) else ""


def _one_of(value: str, known: Collection[str]) -> str:
    near = get_close_matches(value, known, 1)
    if near:
        return f"“{near[0]}”"
    return _("one of %(known)s") % {"known": ", ".join(known)}


def _is_null(node: yaml.Node | None) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == _NULL


def _shown(node: yaml.Node) -> str:
    if isinstance(node, yaml.SequenceNode):
        return _("a list")
    if isinstance(node, yaml.MappingNode):
        return _("a table")
    return _("an empty place") if not node.value.strip() or _is_null(node) else f"“{cut(node.value)}”"
