"""What an event changed, row by row, so that it can be taken back exactly, or for the length of a question."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, Q, QuerySet

from ..models import AreaCoverage, Duty, EnterpriseUnit, Grant, Membership, Succession, UnitPlace, UnitVersion
from ..models.units import beyond
from ..paths import outermost

Row = dict[str, Any]
Images = dict[str, dict[int, Row]]
"""Name of a table → key → the row."""
Trace = dict[str, list[tuple[Row | None, Row | None]]]
"""Name of a table → rows before and after; None where there was none."""

STRUCTURE: dict[str, type[Model]] = {
    "versions": UnitVersion,
    "places": UnitPlace,
    "successions": Succession,
    "enterprises": EnterpriseUnit,
    "areas": AreaCoverage,
}
PEOPLE: dict[str, type[Model]] = {"memberships": Membership, "duties": Duty, "grants": Grant}
TABLES = STRUCTURE | PEOPLE
FLAGS = "flags"


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How far a decision may reach: whose rows must be looked at before and after it."""

    on: date
    units: frozenset[int]
    """Those it names."""
    ends: frozenset[int]
    takers: frozenset[int]
    """Those to whom people or links of others go, and those who send some of their own."""
    areas: frozenset[int]
    paths: tuple[str, ...]
    """The old paths of all that moves."""


def images(reach: Reach, *, moved: Collection[int] = ()) -> Images:
    """The rows within reach as they are; `moved` are the units found below the paths before anything moved."""
    on, people = reach.on, reach.ends | reach.takers
    links = {"unit_id__in": people, "valid_to__gte": on}
    found: dict[str, QuerySet[Any]] = {
        "versions": UnitVersion.objects.filter(unit_id__in=reach.units, valid_to__gte=on),
        "places": UnitPlace.objects.filter(unit_id__in={*reach.units, *moved}, valid_to__gte=on),
        "successions": Succession.objects.filter(Q(predecessor__in=reach.units) | Q(successor__in=reach.units)),
        "enterprises": EnterpriseUnit.objects.filter(**links),
        "areas": AreaCoverage.objects.filter(Q(**links) | Q(area_id__in=reach.areas, valid_to__gte=on)),
        "memberships": Membership.objects.filter(unit_id__in=people, ended_on__gte=on),
        "duties": Duty.objects.filter(unit_id__in=reach.ends, ended_on__gte=on),
        "grants": Grant.objects.filter(unit_id__in=reach.ends, ended_on__gte=on),
    }
    taken = {name: _rows(rows) for name, rows in found.items()}
    _mark(taken["versions"])
    return taken


def below(reach: Reach) -> set[int]:
    """The units at and below the paths that move."""
    within = Q(pk__in=[])
    for path in outermost(reach.paths):
        within |= Q(path__gte=path, path__lt=beyond(path))
    return set(UnitPlace.objects.filter(within, valid_to__gte=reach.on).values_list("unit_id", flat=True))


def compared(before: Images, after: Images) -> Trace:
    """Only the rows that differ."""
    trace: Trace = {}
    for name in TABLES:
        old, new = before[name], after[name]
        pairs = [(old.get(pk), new.get(pk)) for pk in sorted({*old, *new})]
        trace[name] = [pair for pair in pairs if pair[0] != pair[1]]
    return trace


def present(trace: Trace) -> Images:
    """The rows of a trace as they are now."""
    found: Images = {}
    for name, model in TABLES.items():
        keys = [one["id"] for pair in trace.get(name, []) for one in pair[1:] if one]
        found[name] = _rows(model._default_manager.filter(pk__in=keys))
    _mark(found["versions"])
    return found


def put(trace: Trace, side: int, *, tables: Collection[str] = tuple(TABLES)) -> None:
    """Make the rows of these tables as they were before (side 0) or after (side 1) the event."""
    for name, model in TABLES.items():
        if name not in tables or not trace.get(name):
            continue
        keys = {one["id"] for pair in trace[name] for one in pair if one}
        rows = [pair[side] for pair in trace[name]]
        if name == "versions":
            UnitVersion.flags.through.objects.filter(unitversion_id__in=keys).delete()
        model._default_manager.filter(pk__in=keys).delete()
        model._default_manager.bulk_create([_row(model, row) for row in rows if row], batch_size=2_000)
        if name == "versions":
            UnitVersion.flags.through.objects.bulk_create(_links(row for row in rows if row))


def _rows(found: QuerySet[Any]) -> dict[int, Row]:
    """As JSON keeps them, so that a row compares with its stored image."""
    rows = json.loads(json.dumps(list(found.values()), default=str))
    return {row["id"]: row for row in rows}


def _mark(versions: dict[int, Row]) -> None:
    """Write the flags of versions into their rows."""
    for row in versions.values():
        row[FLAGS] = []
    marks = UnitVersion.flags.through.objects.filter(unitversion_id__in=list(versions)).order_by("unitflag_id")
    for version_id, flag_id in marks.values_list("unitversion_id", "unitflag_id"):
        versions[version_id][FLAGS].append(flag_id)


def _row(model: type[Model], row: Row) -> Model:
    kept = {field.attname: field.to_python(row[field.attname]) for field in model._meta.concrete_fields}
    return model(**kept)


def _links(rows: Iterator[Row]) -> list[Any]:
    link = UnitVersion.flags.through
    return [link(unitversion_id=row["id"], unitflag_id=flag_id) for row in rows for flag_id in row[FLAGS]]
