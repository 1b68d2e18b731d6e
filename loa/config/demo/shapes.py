"""The plain values the demo's structure is told in: units as they stand, and the events that change them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Literal

MARK = " (minh họa)"

UnitKind = Literal["province", "district", "sector", "economic_zone", "commune", "grassroots"]
EventKind = Literal["establish", "merge", "split", "transfer", "rename", "dissolve"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Employer:
    """The enterprise, school or office of a grassroots union. `ownership`: state, private, foreign or public."""

    name: str
    ownership: str
    sector: str
    workers: int

    @property
    def spoken(self) -> str:
        """The name as a sentence says it; the name itself always carries its mark."""
        return self.name.removesuffix(MARK)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """One unit as it stands between two events. `people` is the size of its registry over the whole demo."""

    code: str
    name: str
    short_name: str
    kind: UnitKind
    parent: str | None
    established_on: date
    decision: str
    upper_level: bool = False
    public_budget: bool = False
    employer: Employer | None = None
    area: str = ""
    people: int = 0
    upland_share: float = 0.0
    synthetic: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A decision that takes effect on `on`; events of one day are applied in the order given.

    establish: `successors` are the new rows, below `parent`.
    merge, split, dissolve: every predecessor ends that day and `heirs` names the one unit its past is restated to.
    transfer: predecessors live on below `parent`. rename: the successor is the same code with its new row.
    Successors are codes of units that exist already, or new rows. With `closes` the members of what ends leave the
    union; otherwise they go to the heir.
    """

    kind: EventKind
    on: date
    decision: str
    predecessors: tuple[str, ...] = ()
    successors: tuple[str | UnitRow, ...] = ()
    heirs: Mapping[str, str] = field(default_factory=dict)
    parent: str | None = None
    closes: bool = False
    synthetic: bool = True

    @property
    def ends(self) -> tuple[str, ...]:
        return self.predecessors if self.kind in ("merge", "split", "dissolve") else ()

    @property
    def arrivals(self) -> tuple[UnitRow, ...]:
        return tuple(unit for unit in self.successors if isinstance(unit, UnitRow))

    @property
    def successor_codes(self) -> tuple[str, ...]:
        return tuple(unit.code if isinstance(unit, UnitRow) else unit for unit in self.successors)


@dataclass(frozen=True)
class Structure:
    """The units of the first day and everything that happened to them since, in order."""

    units: tuple[UnitRow, ...]
    events: tuple[Event, ...]

    def on(self, day: date) -> dict[str, UnitRow]:
        """Every unit alive on `day` by code, with the name and parent of that day."""
        return replay(self.units, (event for event in self.events if event.on <= day))

    @cached_property
    def every(self) -> dict[str, UnitRow]:
        """Every unit that ever existed, by code, as it first stood."""
        rows = {unit.code: unit for unit in self.units}
        for event in self.events:
            rows |= {unit.code: unit for unit in event.arrivals if unit.code not in rows}
        return rows

    @cached_property
    def ended(self) -> dict[str, Event]:
        """The event that ended each unit that ended, by code."""
        return {code: event for event in self.events for code in event.ends}

    def heir_chain(self, code: str) -> Iterator[tuple[str, date | None]]:
        """The unit and its heirs, one after another, each with the day it ended."""
        while (end := self.ended.get(code)) is not None:
            yield code, end.on
            code = end.heirs[code]
        yield code, None


def replay(units: Iterable[UnitRow], events: Iterable[Event]) -> dict[str, UnitRow]:
    rows = {unit.code: unit for unit in units}
    for event in events:
        rows |= {unit.code: unit for unit in event.arrivals}
        if event.kind == "transfer":
            rows |= {code: replace(rows[code], parent=event.parent) for code in event.predecessors}
        for code in event.ends:
            del rows[code]
    return rows
