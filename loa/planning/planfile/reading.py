"""Which keys a plan has, and what each becomes."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from django.utils.translation import gettext as _

from loa.base.periods import Period
from loa.base.text import nfc

from .loader import load
from .parts import (
    AGGREGATIONS,
    CADENCES,
    COMPARISONS,
    UNITS,
    Basis,
    Content,
    Indicator,
    Kind,
    Level,
    MonthDay,
    Objective,
    Occasion,
    PlanFile,
    ReportPeriod,
    Segment,
    Target,
    Task,
    Theme,
)
from .places import Notes, Place, Table
from .problems import BadPlan

Part = TypeVar("Part")

_MODULE = re.compile(r"[a-z]+")
_MEASURE = re.compile(r"[a-z]+\.[a-z]+(_[a-z]+)*")


def read(text: str, *, name: str = "plan.yaml") -> PlanFile:
    """The plan that the YAML `text` describes, or BadPlan with every mistake. `name` is how messages call the file."""
    place = Place(load(nfc(text), name=name), "", Notes())
    plan = _plan(place)
    if place.notes.problems:
        raise BadPlan(name, place.notes.problems)
    return plan


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What rows may refer to."""

    period: Period
    years: range
    levels: Collection[str]
    clauses: Collection[str] = ()


def _plan(place: Place) -> PlanFile:
    at = place.table(
        "id",
        "title",
        "issuer",
        "basis",
        "period",
        "levels",
        "objectives",
        "indicators",
        "content",
        "kinds",
        "themes",
        "segments",
        "tasks",
        "calendar",
        "reports",
        optional=("number", "issued_on", "note", "parent"),
    )
    issuer = at["issuer"].table("unit", "name")
    period = _period(at["period"])
    levels = _each(at["levels"], _level)
    content = _each(at["content"], _content)
    known = _Known(
        period=period,
        years=range(period.first.year, period.last.year + 1) if period.first > date.min else range(0),
        levels=[level.id for level in levels],
        clauses=[clause.id for clause in content],
    )
    return PlanFile(
        id=at["id"].own_id(),
        title=at["title"].text(),
        number=at.text("number") or None,
        issued_on=_day_or_none(at, "issued_on"),
        note=at.text("note"),
        issuer_code=issuer["unit"].text(),
        issuer_name=issuer["name"].text(),
        basis=_each(at["basis"], _basis),
        period=period,
        levels=levels,
        objectives=_each(at["objectives"], _objective),
        indicators=_each(at["indicators"], lambda row: _indicator(row, known)),
        content=content,
        kinds=_each(at["kinds"], lambda row: Kind(**_named(row, known))),
        themes=_each(at["themes"], _theme),
        segments=_each(at["segments"], lambda row: Segment(**_named(row, known))),
        tasks=_each(at["tasks"], lambda row: _task(row, known)),
        calendar=_each(at["calendar"], _occasion),
        reports=_each(at["reports"], lambda row: _report(row, known)),
        parent=at.text("parent"),
    )


def _each(place: Place, read_row: Callable[[Place], Part]) -> tuple[Part, ...]:
    return tuple(read_row(row) for row in place.rows())


def _day_or_none(at: Table, key: str) -> date | None:
    return place.day() if (place := at.maybe(key)) else None


def _period(place: Place) -> Period:
    at = place.table("first", "last")
    first, last = at["first"].day(), at["last"].day()
    if date.min < last < first:
        at["last"].reject(_("a day after the first one"))
    return Period(first=min(first, last), last=last)


def _basis(row: Place) -> Basis:
    at = row.table("title", "issuer", optional=("number", "issued_on"))
    return Basis(
        title=at["title"].text(),
        issuer=at["issuer"].text(),
        number=at.text("number") or None,
        issued_on=_day_or_none(at, "issued_on"),
    )


def _level(row: Place) -> Level:
    at = row.table("id", "name", "applies_to")
    whom = at["applies_to"].table(optional=("root", "flag", "kind"))
    if len(whom.values) > 1:
        at["applies_to"].reject(_("only one of root, flag, kind"))
    root = whom.maybe("root")
    if not whom.values or (root and not root.truth()):
        at["applies_to"].reject(_("root: true, or a flag, or a kind"))
    return Level(
        id=at["id"].own_id(), name=at["name"].text(), root=bool(root), flag=whom.text("flag"), kind=whom.text("kind")
    )


def _objective(row: Place) -> Objective:
    at = row.table("id", "short", "wording")
    return Objective(id=at["id"].own_id(), short=at["short"].text(), wording=at["wording"].text())


def _theme(row: Place) -> Theme:
    at = row.table("id", "short", "wording")
    return Theme(id=at["id"].own_id(), short=at["short"].text(), wording=at["wording"].text())


def _content(row: Place) -> Content:
    at = row.table("id", "short", "wording", "modules", "source")
    return Content(
        id=at["id"].own_id(),
        short=at["short"].text(),
        wording=at["wording"].text(),
        modules=_modules(at["modules"]),
        source=at["source"].text(),
    )


def _named(row: Place, known: _Known) -> dict[str, str]:
    at = row.table("id", "clause", "name")
    return {"id": at["id"].own_id(), "clause": at["clause"].choice(known.clauses), "name": at["name"].text()}


def _indicator(row: Place, known: _Known) -> Indicator:
    at = row.table(
        *("id", "short", "wording", "definition", "measure", "unit", "cadence", "comparison", "aggregation", "source"),
        optional=("targets",),
    )
    unit = at["unit"].choice(UNITS)
    targets = at.maybe("targets")
    return Indicator(
        id=at["id"].own_id(),
        short=at["short"].text(),
        wording=at["wording"].text(),
        definition=at["definition"].text(),
        measure=at["measure"].matching(_MEASURE, _("a measure's key such as newsroom.items")),
        unit=unit,
        cadence=at["cadence"].choice([cadence for cadence in CADENCES if cadence != "ongoing"]),
        comparison=at["comparison"].choice(COMPARISONS),
        aggregation=_choices(at["aggregation"], AGGREGATIONS),
        targets=tuple(sorted(_targets(targets, known, percent=unit == "percent"))) if targets else (),
        source=at["source"].text(),
    )


def _targets(place: Place, known: _Known, *, percent: bool) -> Iterator[Target]:
    seen: set[tuple[str, int]] = set()
    for row in place.rows():
        at = row.table("levels", optional=("every_year", "years", "proposed"))
        figures = list(_figures(at, known, percent=percent))
        if at.values and not figures:
            row.reject(_("figures under every_year, years or proposed"), _("no figure"))
        for level in _choices(at["levels"], known.levels):
            for year, target in figures:
                if (level, year) in seen:
                    where = {"level": level, "year": year}
                    row.reject(_("one target for each level and year"), _("two for %(level)s in %(year)d") % where)
                seen.add((level, year))
                yield replace(target, level=level)


def _figures(at: Table, known: _Known, *, percent: bool) -> Iterator[tuple[int, Target]]:
    """The figures of one row, each still without its level."""
    if always := at.maybe("every_year"):
        value = always.number(percent=percent)
        for year in known.years:
            yield year, Target(level="", year=year, value=value, proposed=False)
    for key in ("years", "proposed"):
        if by_year := at.maybe(key):
            for year_place, figure in by_year.entries():
                year = year_place.year(known.years)
                value = figure.number(percent=percent)
                yield year, Target(level="", year=year, value=value, proposed=key == "proposed")


def _task(row: Place, known: _Known) -> Task:
    at = row.table("id", "short", "wording", "owner", "cadence", "modules", "source")
    owner = at["owner"].table("levels", "role")
    return Task(
        id=at["id"].own_id(),
        short=at["short"].text(),
        wording=at["wording"].text(),
        levels=_choices(owner["levels"], known.levels),
        role=owner["role"].text(),
        cadence=at["cadence"].choice(CADENCES),
        modules=_modules(at["modules"]),
        source=at["source"].text(),
    )


def _occasion(row: Place) -> Occasion:
    at = row.table("id", "name", "verified", optional=("solar", "lunar", "until", "note"))
    solar, lunar, until = at.maybe("solar"), at.maybe("lunar"), at.maybe("until")
    if at.values and bool(solar) == bool(lunar):
        row.reject(_("either solar or lunar"), _("both of them") if solar else _("neither"))
    day = Place.lunar_day if lunar else Place.month_day
    first = day(lunar or solar or at["solar"])
    return Occasion(
        id=at["id"].own_id(),
        name=at["name"].text(),
        first=first,
        last=day(until) if until else first,
        lunar=bool(lunar),
        verified=at["verified"].truth(),
        note=at.text("note"),
    )


def _report(row: Place, known: _Known) -> ReportPeriod:
    at = row.table("id", "name", "due_days", "due_verified", "levels", optional=("first", "last", "reviewed_to"))
    reviewed_to, first, last = at.maybe("reviewed_to"), at.maybe("first"), at.maybe("last")
    if at.values and (bool(first) != bool(last) or bool(first) == bool(reviewed_to)):
        row.reject(_("either first and last, or reviewed_to"))
    until = _reviewed_to(reviewed_to, known) if reviewed_to else None
    begun = known.period.first
    return ReportPeriod(
        id=at["id"].own_id(),
        name=at["name"].text(),
        first=MonthDay(begun.month, begun.day) if until else at["first"].month_day(),
        last=MonthDay(until.month, until.day) if until else at["last"].month_day(),
        due_days=at["due_days"].whole(),
        due_verified=at["due_verified"].truth(),
        levels=_choices(at["levels"], known.levels),
        reviewed_to=until,
    )


def _reviewed_to(place: Place, known: _Known) -> date:
    day = place.day()
    if not known.period.holds(day):
        place.reject(_("a day within the period of the plan"))
    return day


def _choices(place: Place, known: Collection[str]) -> tuple[str, ...]:
    return tuple(row.choice(known) for row in place.rows())


def _modules(place: Place) -> tuple[str, ...]:
    return tuple(row.matching(_MODULE, _("a module's name")) for row in place.rows())
