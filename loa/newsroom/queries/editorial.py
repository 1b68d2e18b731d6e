"""The editorial calendar: everything planned and scheduled on some days, from a fixed number of queries.

Events and products, stories that appear by themselves, decisions that are due, material that was asked for, and the
occasions of the plan. Each source is one or two queries, whatever the number of things.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Revision, TaskState

from loa.base.dates import HANOI, day_bounds, short_date, today
from loa.base.periods import Period
from loa.people.models import UnitPlace
from loa.people.policies import Scope
from loa.planning import queries as planning

from ..lights import due
from ..models import Story, UnitApproval
from .planned import coverages_within, events_within
from .requests import requests_due


class Sort(StrEnum):
    """What stands in the calendar."""

    OCCASION = "occasion"
    EVENT = "event"
    COVERAGE = "coverage"
    STORY = "story"
    APPROVAL = "approval"
    REQUEST = "request"


SORTS: dict[Sort, str | Promise] = {
    Sort.OCCASION: pgettext_lazy("calendar", "occasion"),
    Sort.EVENT: pgettext_lazy("calendar", "event"),
    Sort.COVERAGE: pgettext_lazy("calendar", "to be made"),
    Sort.STORY: pgettext_lazy("calendar", "appears"),
    Sort.APPROVAL: pgettext_lazy("calendar", "decision due"),
    Sort.REQUEST: pgettext_lazy("calendar", "material due"),
}


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing on one day."""

    sort: Sort
    pk: int
    day: date
    title: str
    url: str = ""
    at: datetime | None = None
    """In Hà Nội, where it has an hour."""
    note: str = ""
    unit: str = ""
    tone: str = ""
    """ "good", "warn" or "bad", as the components call them."""
    state: str = ""
    movable: bool = False
    continued: bool = False
    """A later day of something that lasts several."""
    public: bool = False
    """An event that stands in the public calendar."""

    @property
    def key(self) -> str:
        return f"{self.sort}-{self.pk}"

    @property
    def label(self) -> str:
        return str(SORTS[self.sort])


@dataclass(frozen=True, kw_only=True)
class Sieve:
    """What the calendar is filtered by; None filters nothing."""

    unit_id: int | None = None
    theme_id: int | None = None
    product_type_id: int | None = None

    @property
    def of_products(self) -> bool:
        """Only things that are made have a format."""
        return self.product_type_id is not None


@dataclass(frozen=True, kw_only=True)
class Day:
    day: date
    items: tuple[Item, ...]


def editorial(
    scope: Scope, period: Period, *, sieve: Sieve, publishes: Scope, reading: bool = False, now: datetime
) -> list[Day]:
    """The days of the period with what stands on each, in the order of their hours.

    `publishes` is where the account publishes: stories there may be moved. Whoever only reads the calendar sees what
    happens and what is made, without decisions and requests between colleagues, and opens only what is public.
    """
    found = _narrowed(scope, sieve)
    items: list[Item] = []
    if found is not None:
        items = [
            *_occasions(found, period, sieve),
            *_events(found, scope, period, sieve),
            *_coverages(found, period, sieve, now),
            *_stories(found, period, sieve, publishes),
        ]
        items = [_to_read(item) for item in items] if reading else [*items, *_between_us(found, period, sieve, now)]
    by_day: dict[date, list[Item]] = defaultdict(list)
    for item in items:
        by_day[item.day].append(item)
    return [Day(day=day, items=tuple(sorted(by_day[day], key=_order))) for day in _days(period)]


def _between_us(scope: Scope, period: Period, sieve: Sieve, now: datetime) -> Iterator[Item]:
    yield from _approvals(scope, period, sieve, now)
    yield from _requests(scope, period, sieve, now)


def _to_read(item: Item) -> Item:
    public = reverse("portal:event", args=[item.pk]) if item.public else ""
    return replace(item, url=public, movable=False)


def _order(item: Item) -> tuple[bool, datetime, str, int]:
    """What has no hour leads."""
    return item.at is not None, item.at or datetime.min.replace(tzinfo=HANOI), item.sort, item.pk


def _days(period: Period) -> Iterator[date]:
    return (period.first + timedelta(days=number) for number in range(period.days))


def _narrowed(scope: Scope, sieve: Sieve) -> Scope | None:
    """The part of the scope below the unit that was chosen; None for one that lies outside."""
    if sieve.unit_id is None:
        return scope
    path = UnitPlace.objects.on(scope.on).filter(unit_id=sieve.unit_id).values_list("path", flat=True).first()
    return Scope(on=scope.on, paths=(path,)) if path is not None and scope.covers_path(path) else None


def _occasions(scope: Scope, period: Period, sieve: Sieve) -> Iterator[Item]:
    """Each once, on its first day that is shown: an action month would fill the calendar otherwise."""
    if sieve.of_products or sieve.theme_id:
        return
    for occasion in planning.occasions(scope, period):
        time = occasion.period
        yield Item(
            sort=Sort.OCCASION,
            pk=occasion.event.pk,
            day=max(time.first, period.first),
            title=occasion.event.name,
            note=_("until %(day)s") % {"day": short_date(time.last)} if time.last > time.first else "",
        )


def _events(scope: Scope, own: Scope, period: Period, sieve: Sieve) -> Iterator[Item]:
    if sieve.of_products:
        return
    found = events_within(scope).touching(period)
    if sieve.theme_id:
        found = found.filter(theme_id=sieve.theme_id)
    events: list[Any] = list(found)
    mine = _covered(own, {event.unit_id for event in events})
    for event in events:
        off = event.cancelled_at is not None
        for time in event.occurrences(period):
            item = Item(
                sort=Sort.EVENT,
                pk=event.pk,
                day=time.first,
                title=event.name,
                url=reverse("newsroom:event", args=[event.pk]),
                at=datetime.combine(time.first, event.begins_at, tzinfo=HANOI) if event.begins_at else None,
                note=event.venue,
                unit=event.unit_name,
                tone="bad" if off else "",
                state=_("called off") if off else "",
                movable=not off and not event.repeats and event.unit_id in mine,
                public=event.public,
            )
            yield from _each_day(item, time, period)


def _each_day(item: Item, time: Period, period: Period) -> Iterator[Item]:
    first, last = max(time.first, period.first), min(time.last, period.last)
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        later = day > time.first
        yield replace(item, day=day, at=None, movable=False, continued=True) if later else item


def _covered(scope: Scope, unit_ids: set[int]) -> set[int]:
    return set(scope.places().filter(unit_id__in=unit_ids).values_list("unit_id", flat=True))


def _coverages(scope: Scope, period: Period, sieve: Sieve, now: datetime) -> Iterator[Item]:
    start, end = day_bounds(period.first, period.last)
    found = coverages_within(scope).filter(due_at__gte=start, due_at__lt=end, dropped_at=None)
    for planned in _sifted(found, sieve, theme="theme_id"):
        late = planned.late(now)
        yield Item(
            sort=Sort.COVERAGE,
            pk=planned.pk,
            day=today(planned.due_at),
            title=planned.title,
            url=reverse("newsroom:coverage", args=[planned.pk]),
            at=planned.due_at.astimezone(HANOI),
            note=", ".join(filter(None, [planned.product_type.name, str(planned.owner or "")])),
            unit=planned.unit_name,
            tone="good" if planned.done_at else "bad" if late else "",
            state=_("late") if late else str(planned.state.label),
            movable=not planned.ended,
        )


def _sifted(found: Any, sieve: Sieve, *, theme: str) -> Any:
    if sieve.theme_id:
        found = found.filter(**{theme: sieve.theme_id})
    return found.filter(product_type_id=sieve.product_type_id) if sieve.product_type_id else found


def _stories(scope: Scope, period: Period, sieve: Sieve, publishes: Scope) -> Iterator[Item]:
    start, end = day_bounds(period.first, period.last)
    scheduled = scheduled_revisions().filter(approved_go_live_at__gte=start, approved_go_live_at__lt=end)
    when = {int(key): at for key, at in scheduled.values_list("object_id", "approved_go_live_at")}
    stories = list(_named(scope, when, sieve))
    mine = _covered(publishes, {story.unit_id for story in stories})
    for story in stories:
        yield Item(
            sort=Sort.STORY,
            pk=story.pk,
            day=today(when[story.pk]),
            title=story.title,
            url=reverse("newsroom:story", args=[story.pk]),
            at=when[story.pk].astimezone(HANOI),
            note=story.product_type.name,
            unit=story.unit_name,
            state=_("scheduled"),
            movable=story.unit_id in mine,
        )


def scheduled_revisions() -> QuerySet[Revision]:
    """Versions of stories that are approved and appear by themselves."""
    found: QuerySet[Revision] = Revision.objects.filter(
        base_content_type=Story.get_base_content_type(), approved_go_live_at__isnull=False
    )
    return found


def appears_at(story: Story) -> datetime | None:
    """When the story appears by itself; None when it is not scheduled."""
    found = scheduled_revisions().filter(object_id=str(story.pk)).order_by("-pk")
    at: datetime | None = found.values_list("approved_go_live_at", flat=True).first()
    return at


def _named(scope: Scope, keys: Iterable[int], sieve: Sieve) -> Any:
    found = scope.narrow(Story.objects.filter(pk__in=list(keys), withdrawn_at=None)).current_unit_name(scope.on)
    return _sifted(found, sieve, theme="themes").select_related("product_type")


def _approvals(scope: Scope, period: Period, sieve: Sieve, now: datetime) -> Iterator[Item]:
    """Decisions that are due on these days, by the hours of their step."""
    steps = {step.pk: step for step in UnitApproval.objects.filter(active=True)}
    start, end = day_bounds(period.first, period.last)
    longest = timedelta(hours=max((step.within_hours or 0 for step in steps.values()), default=0))
    states = TaskState.objects.filter(
        Q(workflow_state__base_content_type=Story.get_base_content_type()),
        status=TaskState.STATUS_IN_PROGRESS,
        task_id__in=steps,
        started_at__gte=start - longest,
        started_at__lt=end,
    ).values_list("workflow_state__object_id", "started_at", "task_id")
    waiting = {int(key): (since, steps[step]) for key, since, step in states}
    for story in _named(scope, waiting, sieve):
        since, step = waiting[story.pk]
        due_at = due(since, within_hours=step.within_hours, needed_at=story.go_live_at)
        if due_at is None or not period.holds(today(due_at)):
            continue
        yield Item(
            sort=Sort.APPROVAL,
            pk=story.pk,
            day=today(due_at),
            title=story.title,
            url=reverse("newsroom:story", args=[story.pk]),
            at=due_at.astimezone(HANOI),
            note=step.name,
            unit=story.unit_name,
            tone="bad" if due_at < now else "warn",
            state=_("late") if due_at < now else "",
        )


def _requests(scope: Scope, period: Period, sieve: Sieve, now: datetime) -> Iterator[Item]:
    for asked in _sifted(requests_due(scope, period), sieve, theme="theme_id"):
        late = asked.late(today(now))
        yield Item(
            sort=Sort.REQUEST,
            pk=asked.pk,
            day=asked.due_on,
            title=asked.title,
            url=reverse("newsroom:request", args=[asked.pk]),
            note=str(asked.owner or ""),
            unit=asked.unit_name,
            tone="bad" if late else "",
            state=_("late") if late else str(asked.get_state_display()),
        )
