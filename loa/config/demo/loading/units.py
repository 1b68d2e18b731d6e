"""The federation and its plan, and every decision about units."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from loa.config.demo import START
from loa.config.demo.files import UNITS, Files
from loa.config.demo.reorganisation import DAY
from loa.config.demo.shapes import Event, UnitRow
from loa.config.demo.world import World, on
from loa.ledger.facts import SYSTEM
from loa.people.actions import imports
from loa.people.actions.units import reorganise
from loa.people.models import UnitEvent
from loa.people.moves import Change, End, Found, Members, Move, Pass, Place
from loa.planning import actions as planning
from loa.planning import planfile
from loa.reports import actions as reports
from loa.reports import formfile

PLAN = Path(__file__).parents[4] / "plans" / "binh-dinh-2023-2028.yaml"
FORMS = PLAN.with_name("binh-dinh-2023-2028.forms.yaml")


def import_units(world: World, files: Files) -> str:
    path = files.path(UNITS)
    run = imports.start("units", path, name=path.name, unit=None, keep=False, as_of=START, by=SYSTEM, at=on(START))
    counts = imports.apply(run, path=path, by=SYSTEM, at=on(START))
    return f"{counts.added} đơn vị"


def load_plan(world: World, files: Files) -> str:
    plan = planfile.read(PLAN.read_text(encoding="utf-8"), name=PLAN.name)
    outcome = planning.load_plan(plan, by=SYSTEM, at=on(START))
    forms = formfile.read(FORMS.read_text(encoding="utf-8"), name=FORMS.name)
    loaded = reports.load_forms(forms, by=SYSTEM, at=on(START))
    tasks = outcome.plan.tasks.count()
    return f"{outcome.plan.targets.count()} chỉ tiêu, {tasks} nhiệm vụ, {loaded.added} mẫu báo cáo"


def carry_out_first(world: World, files: Files) -> str:
    return _carry_out([event for event in world.structure.events if event.on < DAY])


def reorganise_all(world: World, files: Files) -> str:
    return _carry_out([event for event in world.structure.events if event.on == DAY])


def carry_out_since(world: World, files: Files) -> str:
    return _carry_out([event for event in world.structure.events if DAY < event.on <= world.until])


def _carry_out(known: list[Event]) -> str:
    """Events of one day are one decision: on 1 July 2025 a whole structure became another in one stroke."""
    for day, events in groupby(known, key=lambda event: event.on):
        together = list(events)
        reorganise(
            [move for event in together for move in moves(event)],
            kind=UnitEvent.Kind(together[0].kind) if len(together) == 1 else UnitEvent.Kind.REORGANISE,
            decision=together[0].decision,
            note="; ".join(event.decision for event in together[1:]),
            on=day,
            synthetic=all(event.synthetic for event in together),
            by=SYSTEM,
            at=on(day),
        )
    return f"{len(known)} quyết định"


def moves(event: Event) -> Iterator[Move]:
    """The event as an action on units is told it."""
    if event.kind == "rename":
        yield from (Change(code=row.code, name=row.name, short_name=row.short_name) for row in event.arrivals)
        return
    if event.kind == "transfer":
        yield from (Place(code=code, parent=event.parent) for code in event.predecessors)
        return
    yield from map(_founding, event.arrivals)
    members = Members.CLOSE if event.closes else Members.TRANSFER
    yield from (End(code=code, heir=event.heirs[code], members=members) for code in event.ends)
    if len(event.ends) == 1:
        [code] = event.ends
        others = tuple(to for to in event.successor_codes if to != event.heirs[code])
        if others:
            yield Pass(code=code, to=others)


def _founding(row: UnitRow) -> Found:
    return Found(
        code=row.code,
        name=row.name,
        kind=row.kind,
        parent=row.parent,
        short_name=row.short_name,
        flags=("upper_level",) if row.upper_level else (),
        synthetic=row.synthetic,
    )
