"""Which unit a list means, by its code or by its name, among the units the importer may write in. Values only."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from django.utils.translation import gettext as _

from loa.base.text import fold


class UnknownUnit(Exception):
    """The text says why, for the person who sent the list."""


@dataclass(frozen=True, slots=True)
class Known:
    """A unit as it stands on the day of the list."""

    key: int
    code: str
    name: str
    living: bool
    within: bool
    """Whether the importer may write in it."""
    since: date


class UnitBook:
    def __init__(self, units: Iterable[tuple[Known, str]], *, default: int | None = None) -> None:
        """`units` with their short names; `default` is the unit of a line that names none."""
        self._codes: dict[str, Known] = {}
        self._names: dict[str, list[Known]] = defaultdict(list)
        self._found: dict[tuple[str, str], Known | str] = {}
        for unit, short_name in units:
            self._codes[fold(unit.code)] = unit
            if unit.within and unit.living:
                for name in {fold(unit.name), fold(short_name)} - {""}:
                    self._names[name].append(unit)
        self._default = default

    @property
    def count(self) -> int:
        return len(self._codes)

    def find(self, code: str, name: str) -> Known:
        """The unit meant; raises UnknownUnit."""
        if (code, name) not in self._found:
            try:
                self._found[code, name] = self._find(code, name)
            except UnknownUnit as reason:
                self._found[code, name] = str(reason)
        found = self._found[code, name]
        if isinstance(found, str):
            raise UnknownUnit(found)
        return found

    def _find(self, code: str, name: str) -> Known:
        if code:
            found = self._codes.get(fold(code))
            if found is None:
                raise UnknownUnit(
                    _("There is no unit with the code “%(code)s”.") % {"code": code} + self._nearest(code, name)
                )
            return _allowed(found)
        if name:
            return self._by_name(name)
        if self._default is not None:
            return next(unit for unit in self._codes.values() if unit.key == self._default)
        raise UnknownUnit(_("The unit is missing."))

    def _by_name(self, name: str) -> Known:
        found = self._names.get(fold(name), [])
        if len(found) == 1:
            return found[0]
        if found:
            codes = ", ".join(sorted(unit.code for unit in found)[:5])
            raise UnknownUnit(
                _("Several units are called “%(name)s” (codes %(codes)s); please write the code.")
                % {"name": name, "codes": codes}
            )
        if fold(name) in self._codes:
            return _allowed(self._codes[fold(name)])
        raise UnknownUnit(_("There is no unit called “%(name)s”.") % {"name": name} + self._nearest("", name))

    def _nearest(self, code: str, name: str) -> str:
        """The known unit that looks most like the one written, as a second sentence; empty when none does."""
        by_name = get_close_matches(fold(name), self._names, 1, 0.6) if name else []
        by_code = get_close_matches(fold(code), self._codes, 1, 0.6) if code and not by_name else []
        near = self._names[by_name[0]][0] if by_name else self._codes[by_code[0]] if by_code else None
        if near is None or not near.within:
            return ""
        return " " + _("The nearest is “%(name)s” (code %(code)s).") % {"name": near.name, "code": near.code}


def _allowed(unit: Known) -> Known:
    if not unit.within:
        raise UnknownUnit(_("The unit “%(code)s” is outside the part you look after.") % {"code": unit.code})
    if not unit.living:
        raise UnknownUnit(_("The unit “%(code)s” did not exist on the day of the list.") % {"code": unit.code})
    return unit
