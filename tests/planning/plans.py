"""A small plan of a small federation, and a measure that really counts: memberships of people."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from loa.base.periods import Period
from loa.ledger.facts import SYSTEM
from loa.people.models import Membership, Unit
from loa.people.queries import by_child
from loa.planning import actions, planfile, registry
from loa.planning.models import Plan
from loa.planning.planfile import Indicator, PlanFile, Target
from loa.planning.protocol import Ask, Figure, Measure, Page, Row
from tests import make

SOURCE = Path(__file__).parents[2] / "plans" / "binh-dinh-2023-2028.yaml"


def planfile_of(issuer: Unit) -> PlanFile:
    """The plan of the house, issued by `issuer`."""
    return replace(planfile.read(SOURCE.read_text(encoding="utf-8"), name=SOURCE.name), issuer_code=issuer.code)


def load(issuer: Unit) -> Plan:
    return actions.load_plan(planfile_of(issuer), by=SYSTEM, at=make.NOON).plan


def indicator(
    code: str,
    measure: str,
    *,
    unit: str = "percent",
    values: dict[str, int] | None = None,
    aggregation: tuple[str, ...] = ("sum",),
) -> Indicator:
    """A target with the same value, by level, in every year of the plan."""
    targets = tuple(
        Target(level=level, year=year, value=Decimal(value), proposed=False)
        for level, value in (values or {}).items()
        for year in range(2024, 2029)
    )
    return Indicator(
        id=code,
        short=f"Chỉ tiêu {code}",
        wording=f"Chỉ tiêu {code} của kế hoạch mẫu.",
        definition="Số đếm được.",
        measure=measure,
        unit=unit,
        cadence="yearly",
        comparison="at_least",
        aggregation=aggregation,
        targets=targets,
        source="II.2",
    )


def load_with(issuer: Unit, *indicators: Indicator) -> Plan:
    """The plan of the house with these targets instead of its own."""
    mine = replace(
        planfile_of(issuer), indicators=indicators, period=Period(first=date(2024, 1, 1), last=date(2028, 12, 31))
    )
    return actions.load_plan(mine, by=SYSTEM, at=make.NOON).plan


class Joined:
    """People who joined in the counted period, of all who belong to the unit on the day."""

    key = "tests.joined"
    version = 3
    name = "Người mới vào"
    definition = "Số người vào đơn vị trong kỳ, trên tổng số người của đơn vị."
    counts_people = True

    def figures(self, ask: Ask) -> list[Figure]:
        members: QuerySet[Any] = by_child(Membership.objects.on(ask.as_of), ask.path, on=ask.structure, every=ask.every)
        rows = (
            members.values("child").annotate(n=Count("pk", filter=self._joined(ask)), d=Count("pk")).order_by("child")
        )
        return [Figure(path=row["child"], numerator=row["n"], denominator=row["d"]) for row in rows]

    def evidence(self, ask: Ask, *, after: str = "", limit: int = 50) -> Page:
        return self._page(ask, self._joined(ask), after=after, limit=limit)

    def gap(self, ask: Ask, *, after: str = "", limit: int = 50) -> Page:
        return self._page(ask, ~self._joined(ask), after=after, limit=limit)

    def _joined(self, ask: Ask) -> Q:
        return Q(started_on__gte=ask.counted.first, started_on__lte=ask.counted.last)

    def _page(self, ask: Ask, which: Q, *, after: str, limit: int) -> Page:
        found = by_child(Membership.objects.on(ask.as_of), ask.path, on=ask.structure).filter(which)
        if after:
            found = found.filter(pk__lt=int(after))
        rows = list(found.annotate(code=F("unit__code")).order_by("-pk")[: limit + 1])
        more = len(rows) > limit
        shown = rows[:limit]
        return Page(
            rows=[
                Row(ref=f"people.person:{row.person_id}", label=f"#{row.pk}", unit=row.code, on=row.started_on)
                for row in shown
            ],
            after=str(shown[-1].pk) if more else "",
        )


class Arrivals(Joined):
    """The same people as a plain count, which may be shown however small."""

    key = "tests.arrivals"
    version = 1
    counts_people = False

    def figures(self, ask: Ask) -> list[Figure]:
        return [Figure(path=figure.path, numerator=figure.numerator) for figure in super().figures(ask)]


@contextmanager
def registered(*measures: Measure, growing: tuple[str, ...] = ()) -> Iterator[None]:
    """Only these measures exist."""
    known, grown = dict(registry._measures), set(registry._growing)
    registry._measures.clear()
    registry._growing.clear()
    for measure in measures:
        registry.register(measure, grows=measure.key in growing)
    try:
        yield
    finally:
        registry._measures.clear()
        registry._measures.update(known)
        registry._growing.clear()
        registry._growing.update(grown)


def people(unit: Unit, total: int, *, joined: int = 0, on: date = date(2026, 1, 15)) -> None:
    """`total` people in `unit`, of whom `joined` came on the day `on` and the others long before."""
    for number in range(total):
        person = make.person(unit=unit, name=f"Trần Văn {number}")
        if number < joined:
            person.memberships.update(started_on=on)
