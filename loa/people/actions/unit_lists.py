"""Lists of units on their way into the tree. A list founds units; what exists changes by decisions only."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.base.text import fold
from loa.ledger.facts import System

from ..columns import units
from ..models import Account, EnterpriseUnit, ImportRow, ImportRun, Unit, UnitKind, UnitPlace, UnitVersion
from ..models.units import SEGMENT
from ..paths import DEEPEST
from ..unit_entries import Kind, UnitEntry, UnitReader
from .founding import found
from .jobs import Counts, Looked, Tell
from .listing import List, open_list
from .people_lists import path_of
from .staging import plain

_NEEDED = [(("code",), "Mã đơn vị"), (("name",), "Tên đơn vị"), (("kind",), "Loại đơn vị")]
_EVERY = 500

Outcome = ImportRow.Outcome


def look(path: Path, *, with_unit: bool) -> Looked:
    opened = open_list(path, units, _NEEDED)
    return Looked(as_of=opened.as_of(), head=opened.head)


@contextmanager
def load(run: ImportRun, path: Path, *, at: datetime, tell: Tell) -> Iterator["LoadedUnits"]:
    opened = open_list(path, units, _NEEDED)
    reader = UnitReader(kinds=kinds(), today=today(at))
    yield LoadedUnits(run.as_of, at, path_of(run, today(at)), list(_entries(opened, reader, tell)))


def kinds() -> list[Kind]:
    """From the top level down: of two that are called alike, the higher is meant."""
    known = UnitKind.objects.order_by("level", "pk").values_list("code", "name", "called")
    return [Kind(code=code, name=name, called=tuple(called)) for code, name, called in known]


def _entries(opened: List, reader: UnitReader, tell: Tell) -> Iterator[UnitEntry]:
    for seen, (number, cells, by_field) in enumerate(opened.rows, start=1):
        entry = reader.entry(number, cells, by_field)
        entry.synthetic = entry.synthetic or opened.synthetic
        yield entry
        if seen % _EVERY == 0:
            tell(seen, opened.progress.expected(seen))


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit of the registry on the day of the list."""

    key: int
    name: str
    short_name: str
    kind: str
    parent: str
    path: str
    living: bool
    since: date
    employer: tuple[str, str, str, int | None] | None


@dataclass
class LoadedUnits:
    """A list of units, in memory: the whole country has 125,000."""

    on: date
    at: datetime
    path: str | None
    entries: list[UnitEntry]
    known: dict[str, Standing] = field(default_factory=dict)
    outcomes: dict[int, tuple[Outcome, str]] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    """Code → code of the parent, of the units to be founded."""
    whole: bool = False

    def decide(self) -> Counts:
        self.known = standing(self.on)
        self.outcomes.clear()
        self.parents.clear()
        fresh: dict[str, UnitEntry] = {}
        for entry in self.entries:
            self._first_look(entry, fresh)
        self._place(fresh)
        totals = Counter(outcome.value for outcome, _reason in self.outcomes.values())
        return Counts(**totals)

    def rows(self, outcome: Outcome, most: int | None) -> Iterator[ImportRow]:
        of_kind = (entry for entry in self.entries if self.outcomes[entry.number][0] == outcome)
        for entry in islice(of_kind, most):
            reason = self.outcomes[entry.number][1]
            yield ImportRow(number=entry.number, outcome=outcome, cells=plain(entry.cells), reason=reason)

    def write(self, *, by: Account | System) -> None:
        chosen = defaultdict(list)
        for entry in self.entries:
            chosen[self.outcomes[entry.number][0]].append(entry)
        found(
            chosen[Outcome.ADDED],
            chosen[Outcome.CHANGED],
            parents=self.parents,
            known={code: (unit.key, unit.path, unit.since) for code, unit in self.known.items()},
            on=self.on,
            at=self.at,
        )

    def _first_look(self, entry: UnitEntry, fresh: dict[str, UnitEntry]) -> None:
        """All that can be said of a line without the others, except that a code comes once."""
        if entry.problems:
            self._reject(entry, " ".join(entry.problems))
        elif entry.code in fresh:
            self._reject(entry, _("This unit is in line %(line)s already.") % {"line": fresh[entry.code].number})
        elif entry.code in self.known:
            fresh[entry.code] = entry
            self._compare(entry, self.known[entry.code])
        else:
            fresh[entry.code] = entry

    def _compare(self, entry: UnitEntry, unit: Standing) -> None:
        """A unit that exists: its employer may become better known; all else needs a decision."""
        if not self._within(unit.path):
            return self._reject(
                entry, _("The unit “%(code)s” is outside the part you look after.") % {"code": entry.code}
            )
        if not unit.living:
            return self._reject(
                entry, _("The unit “%(code)s” did not exist on the day of the list.") % {"code": entry.code}
            )
        if changed := _changed(entry, unit):
            return self._reject(
                entry,
                _("Loa has another %(what)s for this unit; a change needs a decision: please enter it as a unit event.")
                % {"what": ", ".join(changed)},
            )
        news = entry.employer and unit.employer != employer_of(entry, unit.employer)
        self.outcomes[entry.number] = (Outcome.CHANGED, _("the employer changes")) if news else (Outcome.SKIPPED, "")
        return None

    def _within(self, path: str) -> bool:
        return self.path is None or path.startswith(self.path)

    def _reject(self, entry: UnitEntry, reason: str) -> None:
        self.outcomes[entry.number] = (Outcome.REJECTED, reason)

    def _place(self, fresh: Mapping[str, UnitEntry]) -> None:
        """Parents may come later in the list than their children; who has no place takes their branch with them."""
        names: dict[str, list[str]] = defaultdict(list)
        for code, unit in self.known.items():
            if unit.living:
                names[fold(unit.name)].append(code)
        for entry in fresh.values():
            if entry.code not in self.known:
                names[fold(entry.name)].append(entry.code)
        for entry in fresh.values():
            if entry.number not in self.outcomes:
                self._climb(entry, fresh, names)

    def _climb(self, entry: UnitEntry, fresh: Mapping[str, UnitEntry], names: Mapping[str, list[str]]) -> None:
        """Decide this line and every undecided one above it, from the top down."""
        chain: list[UnitEntry] = []
        on_the_way: set[str] = set()
        at: UnitEntry | None = entry
        while at is not None and at.number not in self.outcomes:
            if at.code in on_the_way or len(chain) > DEEPEST:
                for one in chain:
                    self._reject(one, _("The units above “%(code)s” go round in a circle.") % {"code": one.code})
                return
            on_the_way.add(at.code)
            chain.append(at)
            at = fresh.get(self._parent_of(at, names))
        for one in reversed(chain):
            self._settle(one, fresh, names)

    def _parent_of(self, entry: UnitEntry, names: Mapping[str, list[str]]) -> str:
        """The code of the unit above; the text as written when it is not clear which is meant."""
        if not entry.parent.startswith("~"):
            return entry.parent
        meant = names.get(entry.parent[1:], [])
        return meant[0] if len(meant) == 1 else entry.parent

    def _settle(self, entry: UnitEntry, fresh: Mapping[str, UnitEntry], names: Mapping[str, list[str]]) -> None:
        parent = self._parent_of(entry, names)
        above = fresh.get(parent)
        if not parent:
            if self.path is not None:
                return self._reject(entry, _("The unit above is missing."))
        elif parent in self.known:
            unit = self.known[parent]
            if not self._within(unit.path) or not unit.living or len(unit.path) >= DEEPEST * SEGMENT:
                return self._reject(
                    entry, _("No unit can be founded under “%(code)s” by this list.") % {"code": parent.lstrip("~")}
                )
        elif above is None:
            return self._reject(entry, _("There is no unit “%(code)s” to stand under.") % {"code": parent.lstrip("~")})
        elif self.outcomes[above.number][0] == Outcome.REJECTED:
            return self._reject(
                entry,
                _("The unit above, “%(code)s” in line %(line)s, was not taken over.")
                % {"code": above.code, "line": above.number},
            )
        self.parents[entry.code] = parent
        self.outcomes[entry.number] = (Outcome.ADDED, "")
        return None


def _changed(entry: UnitEntry, unit: Standing) -> list[str]:
    """What the line says differently of the unit's name, kind and place; a cell left empty says nothing."""
    differences = {
        _("name"): fold(entry.name) != fold(unit.name),
        _("short name"): bool(entry.short_name) and fold(entry.short_name) != fold(unit.short_name),
        _("kind of unit"): entry.kind != unit.kind,
        _("unit above"): bool(entry.parent) and not entry.parent.startswith("~") and entry.parent != unit.parent,
    }
    return [what for what, differs in differences.items() if differs]


def employer_of(entry: UnitEntry, before: tuple[str, str, str, int | None] | None) -> tuple[str, str, str, int | None]:
    """The employer after this line: folded name, ownership and industry, and its workers; empty cells say nothing."""
    _name, ownership, industry, workforce = before or ("", "", "", None)
    return (
        fold(entry.employer),
        fold(entry.ownership) or ownership,
        fold(entry.industry) or industry,
        workforce if entry.workforce is None else entry.workforce,
    )


def standing(on: date) -> dict[str, Standing]:
    """Every unit as of `on`, by code; one that came later is there, too, and not living."""
    firsts: dict[int, UnitPlace] = {}
    places: dict[int, UnitPlace] = {}
    for place in UnitPlace.objects.order_by("valid_from").iterator():
        firsts.setdefault(place.unit_id, place)
        if place.valid_from <= on or place.unit_id not in places:
            places[place.unit_id] = place
    versions: dict[int, UnitVersion] = {}
    for version in UnitVersion.objects.select_related("kind", "parent").order_by("valid_from").iterator():
        if version.valid_from <= on or version.unit_id not in versions:
            versions[version.unit_id] = version
    employers = _employers(on)
    return {
        code: Standing(
            key=key,
            name=versions[key].name,
            short_name=versions[key].short_name,
            kind=versions[key].kind.code,
            parent=parent.code if (parent := versions[key].parent) else "",
            path=places[key].path,
            living=places[key].living and places[key].valid_from <= on,
            since=firsts[key].valid_from,
            employer=employers.get(key),
        )
        for key, code in Unit.objects.values_list("pk", "code").iterator()
        if key in places and key in versions
    }


def _employers(on: date) -> dict[int, tuple[str, str, str, int | None]]:
    links = EnterpriseUnit.objects.filter(valid_from__lte=on, valid_to__gt=on)
    found: dict[int, tuple[str, str, str, int | None]] = {}
    for link in links.select_related("enterprise__ownership", "enterprise__industry").iterator():
        one = link.enterprise
        ownership = fold(one.ownership.name) if one.ownership else ""
        industry = fold(one.industry.name) if one.industry else ""
        found[link.unit_id] = (one.folded, ownership, industry, one.workforce)
    return found
