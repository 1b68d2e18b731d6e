"""What staff ask about what is planned: events, products to be made, and who may make them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from loa.base.dates import HANOI, today
from loa.base.periods import Period
from loa.people.models import Account, UnitPlace, UnitVersion
from loa.people.policies import Scope, accounts_with, units_on
from loa.people.roles import Ability

from .. import recurring
from ..models import Coverage, Event
from ..models.events import EventQuerySet
from .requests import own_units

PAGE = 40


@dataclass(frozen=True, kw_only=True)
class CoveragePage:
    """Some planned products, and the key after which the next ones begin ("" on the last page)."""

    rows: Sequence[Any]
    after: str = ""


def events_within(scope: Scope) -> EventQuerySet:
    """Events of the units of the scope, and public ones of the units above them, with their units' names."""
    found = Event.objects.with_unit_name(scope.on).select_related("theme")
    if scope.everything:
        return found
    above = {unit_id for path in scope.paths for unit_id in units_on(path)}
    return found.filter(Q(unit_id__in=scope.places().values("unit_id")) | Q(unit_id__in=above, public=True))


def event(pk: int, scope: Scope) -> Any:
    """Raises Event.DoesNotExist, also for what is not to be seen from this scope."""
    return events_within(scope).get(pk=pk)


def coverages_within(scope: Scope) -> QuerySet[Coverage]:
    """Products planned in the units of the scope, with their units' names."""
    named = Coverage.objects.annotate(unit_name=_name_of_unit(scope.on))
    return scope.narrow(named).select_related("product_type", "theme", "owner", "event", "story")


def _name_of_unit(on: date) -> Subquery:
    versions = UnitVersion.objects.filter(unit=OuterRef("unit"), valid_from__lte=on).order_by("-valid_from")
    return Subquery(versions.values("name")[:1])


def coverage(pk: int, scope: Scope) -> Any:
    """Raises Coverage.DoesNotExist."""
    return coverages_within(scope).get(pk=pk)


def of_event(found: Event, scope: Scope) -> list[Coverage]:
    """What is planned for an event in the units of the scope, by its time."""
    return list(coverages_within(scope).filter(event=found).order_by("due_at", "pk"))


@dataclass(frozen=True, kw_only=True)
class Repeating:
    """What was planned for the last time of a returning event, and the coming time for which it is not planned yet."""

    former: Period
    coming: Period
    lines: Sequence[Coverage]

    def due_at(self, line: Coverage) -> datetime:
        """As many days before or after, at the same hour."""
        assert line.due_at is not None
        local = line.due_at.astimezone(HANOI)
        return datetime.combine(self.coming.first + (local.date() - self.former.first), local.time(), tzinfo=HANOI)


def repeating(found: Event, scope: Scope, *, on: date) -> Repeating | None:
    """For units of the scope without anything planned for the coming time; lines without a time belong to none."""
    coming = found.next(on) if found.repeats and not found.cancelled_at else None
    if coming is None:
        return None
    times = found.occurrences(Period(first=found.first_on, last=coming.last))
    planned: dict[Period, list[Coverage]] = defaultdict(list)
    for line in of_event(found, scope):
        if line.due_at and not line.dropped_at:
            planned[recurring.nearest(times, today(line.due_at))].append(line)
    has_some = {line.unit_id for line in planned[coming]}
    for former in reversed(times[:-1]):
        if lines := [line for line in planned[former] if line.unit_id not in has_some]:
            return Repeating(former=former, coming=coming, lines=lines)
    return None


def ideas(scope: Scope, account: Account, *, whose: str = "", after: str = "") -> CoveragePage:
    """What is still to be made, the newest plan first: all, one's own (`toi`), or what nobody makes yet (`chua-ai`)."""
    found = coverages_within(scope).filter(done_at=None, dropped_at=None).order_by("-pk")
    if whose == "toi":
        found = found.filter(owner=account)
    elif whose == "chua-ai":
        found = found.filter(owner=None)
    elif whose == "y-tuong":
        found = found.filter(event=None)
    if after.isascii() and after.isdigit() and len(after) < 19:
        found = found.filter(pk__lt=int(after))
    rows = list(found[: PAGE + 1])
    return CoveragePage(rows=rows[:PAGE], after=str(rows[PAGE - 1].pk) if len(rows) > PAGE else "")


def to_make(account: Account, scope: Scope, *, until: datetime, limit: int) -> list[Any]:
    """What this account makes, and what its own units need by then and nobody makes: the nearest first."""
    free = Q(unit_id__in=own_units(scope), owner=None, due_at__lt=until)
    found = coverages_within(scope).filter(Q(owner=account) | free, done_at=None, dropped_at=None)
    return list(found.order_by("due_at", "pk")[:limit])


def makers(unit_id: int, *, on: date, limit: int = 100) -> list[tuple[int, str]]:
    """Keys and names of those who write stories for the unit."""
    place = UnitPlace.objects.on(on).filter(unit_id=unit_id).values_list("path", flat=True).first()
    if place is None:
        return []
    found = accounts_with({Ability.WRITE_STORIES}, on=on, path=place).order_by("name", "pk")
    return [(one.pk, str(one)) for one in found[:limit]]


def maker(pk: int) -> Account:
    """Raises Account.DoesNotExist."""
    return Account.objects.get(pk=pk)
