"""What the public may ask about events: when public ones are held, for everybody at the same price."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, F, Q, When

from loa.base.periods import Period
from loa.base.text import fold
from loa.people.models import UnitPlace
from loa.people.models.units import beyond
from loa.people.queries import placed

from ..models import Event, Story


@dataclass(frozen=True, kw_only=True)
class Occurrence:
    """One time of an event, whose `unit_name` and `unit_code` are known."""

    event: Any
    period: Period


def occurring(within: Period, *, on: date, unit_id: int | None = None, limit: int | None = None) -> list[Occurrence]:
    """Public events on days of `within`, in order; those of a unit and of all below it. At most two queries."""
    found = Event.objects.public().touching(within).with_unit_name(on)
    if unit_id is not None:
        path = UnitPlace.objects.on(on).filter(unit_id=unit_id).values_list("path", flat=True).first()
        if path is None:
            return []
        near: Any = placed(found, on=on)
        found = near.filter(place__path__gte=path, place__path__lt=beyond(path))
    times = [Occurrence(event=event, period=time) for event in found for time in event.occurrences(within)]
    return sorted(times, key=_order)[:limit]


def _order(one: Occurrence) -> tuple[date, bool, Any, int]:
    begins = one.event.begins_at
    return one.period.first, begins is not None, begins.isoformat() if begins else "", one.event.pk


def public_event(pk: int, *, on: date) -> Any:
    """Raises Event.DoesNotExist, also for what is not public."""
    return Event.objects.public().with_unit_name(on).select_related("theme").get(pk=pk)


def events_named(words: str, *, on: date, limit: int) -> list[Any]:
    """Public events whose name or place has every word, in any spelling: those to come first, then the latest."""
    found = Event.objects.public().with_unit_name(on)
    for word in fold(words).split()[:8]:
        found = found.filter(folded__contains=word)
    coming = Q(last_on__gte=on) | ~Q(repeats="")
    ordered = found.annotate(day_to_come=Case(When(coming, then=F("first_on"))))
    return list(ordered.order_by(F("day_to_come").asc(nulls_last=True), "-first_on", "-pk")[:limit])


def event_rows() -> Iterator[tuple[int, datetime]]:
    """Key and last change of every public event, streamed."""
    return Event.objects.public().order_by("pk").values_list("pk", "changed_at").iterator(chunk_size=2000)


def told_of(event: Event, *, at: datetime, limit: int = 6) -> list[Story]:
    """What is out of the products planned for the event, the newest first."""
    found = Story.objects.public(at).filter(coverages__event=event).distinct()
    return list(found.newest_first().ready_for_cards()[:limit])
