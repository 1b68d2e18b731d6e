"""Requests for material: those of and to somebody's units, and whom one may ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from loa.base.periods import Period
from loa.base.text import fold
from loa.people.models import Account, Unit, UnitVersion
from loa.people.policies import Scope, units_on

from ..models import MaterialRequest, Story
from ..models.requests import MaterialRequestQuerySet
from .staff import named_units

PAGE = 30
WAITING, ENDED = "cho", "xong"
TO_US, FROM_US = "den", "di"


@dataclass(frozen=True, kw_only=True)
class RequestPage:
    """Some requests, and the key after which the next ones begin ("" on the last page)."""

    rows: Sequence[Any]
    after: str = ""


def requests_within(scope: Scope, *, side: str = "", state: str = WAITING, after: str = "") -> RequestPage:
    """Requests to or from the units of the scope: those that wait by their day, those that ended the last first."""
    found = _named(_touching(scope, side), on=scope.on)
    if state == ENDED:
        found = found.filter(ended_at__isnull=False).order_by("-pk")
        if after.isascii() and after.isdigit() and len(after) < 19:
            found = found.filter(pk__lt=int(after))
        rows = list(found[: PAGE + 1])
        return RequestPage(rows=rows[:PAGE], after=str(rows[PAGE - 1].pk) if len(rows) > PAGE else "")
    found = found.waiting().order_by("due_on", "pk")
    if seen := _place(after):
        found = found.filter(Q(due_on__gt=seen[0]) | Q(due_on=seen[0], pk__gt=seen[1]))
    rows = list(found[: PAGE + 1])
    more = f"{rows[PAGE - 1].due_on}.{rows[PAGE - 1].pk}" if len(rows) > PAGE else ""
    return RequestPage(rows=rows[:PAGE], after=more)


def _place(after: str) -> tuple[date, int] | None:
    day, _dot, pk = after.partition(".")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        return None
    try:
        return date.fromisoformat(day), int(pk)
    except ValueError:
        return None


def material_request(pk: int, scope: Scope) -> Any:
    """Raises MaterialRequest.DoesNotExist, also for one that concerns none of the units of the scope."""
    return _named(_touching(scope), on=scope.on).get(pk=pk)


def requests_due(scope: Scope, period: Period) -> MaterialRequestQuerySet:
    """Those that wait for an answer and are needed on a day of the period."""
    waiting = _touching(scope).waiting().filter(due_on__gte=period.first, due_on__lte=period.last)
    return _named(waiting, on=scope.on)


def _touching(scope: Scope, side: str = "") -> MaterialRequestQuerySet:
    if scope.everything:
        return MaterialRequest.objects.all()
    own = scope.places().values("unit_id")
    to_us, from_us = Q(unit_id__in=own), Q(asker_id__in=own)
    return MaterialRequest.objects.filter({TO_US: to_us, FROM_US: from_us}.get(side, to_us | from_us))


def _named(found: MaterialRequestQuerySet, *, on: date) -> MaterialRequestQuerySet:
    """Adds `unit_name` and `asker_name`."""

    def name_of(unit: str) -> Subquery:
        versions = UnitVersion.objects.filter(unit=OuterRef(unit), valid_from__lte=on).order_by("-valid_from")
        return Subquery(versions.values("name")[:1])

    named = found.annotate(unit_name=name_of("unit"), asker_name=name_of("asker"))
    return named.select_related("theme", "product_type", "owner", "asked_by", "story")


def own_units(scope: Scope) -> list[int]:
    """The units on which the ability is held itself: units below them have people of their own."""
    return [units_on(path)[-1] for path in scope.paths]


def asking_units(scope: Scope) -> QuerySet[Unit]:
    """For which units somebody may ask: their own (all of them for who may do everything)."""
    named = named_units(on=scope.on)
    return named if scope.everything else named.filter(pk__in=own_units(scope))


def askable_units(scope: Scope) -> QuerySet[Unit]:
    """The units around somebody's own: those above, those beside these, and those directly below."""
    named = named_units(on=scope.on)
    if scope.everything:
        return named
    along = {unit_id for path in scope.paths for unit_id in units_on(path)}
    below = UnitVersion.objects.on(scope.on).filter(parent_id__in=along).values("unit_id")
    return named.filter(Q(pk__in=along) | Q(pk__in=below))


def units_along(scope: Scope, words: str, *, limit: int = 6) -> list[Any]:
    """Units above somebody's own and all below them whose code or name has every word, in any spelling, by name."""
    named = named_units(on=scope.on)
    if not scope.everything:
        above = {unit_id for path in scope.paths for unit_id in units_on(path)}
        named = named.filter(Q(pk__in=above) | Q(pk__in=scope.places().values("unit_id")))
    versions = UnitVersion.objects.on(scope.on)
    for word in fold(words).split()[:8]:
        versions = versions.filter(folded__contains=word)
    return list(named.filter(pk__in=versions.values("unit_id"))[:limit])


def asked_of(account: Account, scope: Scope, *, limit: int) -> list[Any]:
    """What waits for this account: taken by it, or asked of its own units and not taken yet; the nearest day first."""
    free = Q(unit_id__in=own_units(scope), owner__isnull=True)
    waiting = MaterialRequest.objects.waiting().filter(free | Q(owner=account))
    return list(_named(waiting, on=scope.on).order_by("due_on", "pk")[:limit])


def asked_by(account: Account, *, on: date, limit: int) -> list[Any]:
    """What the account asked for and waits for."""
    waiting = MaterialRequest.objects.waiting().filter(asked_by=account)
    return list(_named(waiting, on=on).order_by("due_on", "pk")[:limit])


def answered_lately(account: Account, *, on: date, since: datetime, limit: int) -> list[Any]:
    """What came of requests that the account made: answered or declined, the newest first."""
    ended = MaterialRequest.objects.filter(asked_by=account, ended_at__gte=since, state__in=["answered", "declined"])
    return list(_named(ended, on=on).order_by("-ended_at", "-pk")[:limit])


def stories_to_link(scope: Scope, *, limit: int = 40) -> list[tuple[int, str]]:
    """Keys and titles of the newest stories of the scope that may be given as an answer or as what was planned."""
    found = scope.narrow(Story.objects.filter(withdrawn_at__isnull=True)).order_by("-pk")
    return list(found.values_list("pk", "title")[:limit])


def story_of_key(pk: int, scope: Scope) -> Story:
    """A story that is within the scope. Raises Story.DoesNotExist."""
    story: Story = scope.narrow(Story.objects.filter(withdrawn_at__isnull=True)).get(pk=pk)
    return story


def story_at(address: str, scope: Scope) -> Story:
    """The story whose public or own address was pasted. Raises Story.DoesNotExist."""
    last = address.split("?")[0].rstrip("/").rpartition("/")[2]
    found = Story.objects.filter(withdrawn_at__isnull=True)
    wanted = Q(slug=last) if not (last.isascii() and last.isdigit() and len(last) < 19) else Q(slug=last) | Q(pk=last)
    within = found.filter(Q(published_on__isnull=False) | Q(pk__in=scope.narrow(found).values("pk")))
    story: Story = within.filter(wanted).order_by("pk")[:1].get()
    return story


def given_with(asked: MaterialRequest) -> Story | None:
    """The newest text of a story that was given as an answer before it is published; whoever asked may read it."""
    story = asked.story
    if story is None or story.published_on is not None or story.withdrawn_at is not None:
        return None
    latest: Story = story.get_latest_revision_as_object()
    return latest
