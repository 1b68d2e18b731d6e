"""Events: planned, changed, moved, called off."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.text import clean, clean_lines, fold
from loa.ledger.actions import record
from loa.people.models import Account, Unit

from .. import policies
from ..events import EventCancelled, EventChanged, EventMoved, EventPlanned
from ..models import Event, Theme


@dataclass(frozen=True, kw_only=True)
class EventSaid:
    """What somebody typed about an event."""

    name: str
    first_on: date
    last_on: date | None = None
    """The first day, where none is given."""
    begins_at: time | None = None
    ends_at: time | None = None
    venue: str = ""
    words: str = ""
    theme: Theme | None = None
    repeats: str = ""
    public: bool = False

    def fields(self) -> dict[str, Any]:
        """Clean, and refused where it cannot be so."""
        last = self.last_on or self.first_on
        if not clean(self.name):
            raise Refused(_("Please give the event a name."))
        if last < self.first_on:
            raise Refused(_("An event cannot end before it begins."))
        if self.ends_at and not self.begins_at:
            raise Refused(_("Please say when it begins as well."))
        if last == self.first_on and self.ends_at and self.begins_at and self.ends_at <= self.begins_at:
            raise Refused(_("An event cannot end before it begins."))
        if self.repeats and (last - self.first_on).days > 60:
            raise Refused(_("An event that returns every year lasts two months at most."))
        return {
            "name": clean(self.name),
            "folded": fold(f"{clean(self.name)} {clean(self.venue)}"),
            "venue": clean(self.venue),
            "words": clean_lines(self.words),
            "theme": self.theme,
            "first_on": self.first_on,
            "last_on": last,
            "begins_at": self.begins_at,
            "ends_at": self.ends_at,
            "repeats": self.repeats,
            "public": self.public,
        }


@transaction.atomic
def plan_event(said: EventSaid, *, unit: Unit, by: Account, at: datetime) -> Event:
    """Something that will happen, or returns every year."""
    if not policies.can_plan(by, unit.pk, on=today(at)):
        raise Refused(_("You may plan only for your own unit and the units below it."))
    event = Event.objects.create(unit=unit, planned_by=by, changed_at=at, **said.fields())
    fact = EventPlanned(subject=event.ref, unit_id=unit.pk, first_on=event.first_on, public=event.public)
    record(fact, by=by, at=at)
    return event


@transaction.atomic
def change_event(event: Event, said: EventSaid, *, by: Account, at: datetime) -> Event:
    """Other words, another place or rule; what did not change is no fact."""
    event = _standing(event, by=by, at=at)
    new = said.fields()
    changed = tuple(sorted(name for name, value in new.items() if getattr(event, name) != value))
    if not changed:
        return event
    for name in changed:
        setattr(event, name, new[name])
    event.changed_at = at
    event.save(update_fields=[*changed, "changed_at"])
    said_anew = tuple(name for name in changed if name != "folded")
    record(EventChanged(subject=event.ref, unit_id=event.unit_id, changed=said_anew), by=by, at=at)
    return event


@transaction.atomic
def move_event(event: Event, *, to: date, by: Account, at: datetime) -> Event:
    """Hold it on another day, as long as before; what returns every year is moved on its own page."""
    event = _standing(event, by=by, at=at)
    if event.repeats:
        raise Refused(_("This event returns every year. Please open it to change its day."))
    if to == event.first_on:
        return event
    before = event.first_on
    event.first_on, event.last_on = to, to + (event.last_on - event.first_on)
    event.changed_at = at
    event.save(update_fields=["first_on", "last_on", "changed_at"])
    record(EventMoved(subject=event.ref, unit_id=event.unit_id, before=before, after=to), by=by, at=at)
    return event


@transaction.atomic
def cancel_event(event: Event, *, reason: str, by: Account, at: datetime) -> Event:
    """Call it off. It stays where it was, and says so; products planned for it are dropped one by one."""
    event = _standing(event, by=by, at=at)
    event.reason = clean(reason)
    if not event.reason:
        raise Refused(_("Please say why: whoever meant to come reads it."))
    event.cancelled_at = event.changed_at = at
    event.save(update_fields=["reason", "cancelled_at", "changed_at"])
    record(EventCancelled(subject=event.ref, unit_id=event.unit_id), by=by, at=at)
    return event


def _standing(event: Event, *, by: Account, at: datetime) -> Event:
    current = Event.objects.select_for_update().get(pk=event.pk)
    if not policies.can_plan(by, current.unit_id, on=today(at)):
        raise Refused(_("You may plan only for your own unit and the units below it."))
    if current.cancelled_at:
        raise Refused(_("This event was called off. Please plan a new one."))
    return current
