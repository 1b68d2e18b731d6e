"""Events as other programs read them (iCalendar, schema.org), and as the weeks of a month."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from icalendar import Calendar
from icalendar import Event as CalendarEntry

from loa.base.dates import HANOI
from loa.base.periods import Period

from .sharing import ESCAPES

if TYPE_CHECKING:
    from loa.newsroom.queries import Occurrence


def begins(event: Any, period: Period) -> date | datetime:
    """A day for what takes the whole day, else an instant."""
    return _at(period.first, event.begins_at) if event.begins_at else period.first


def ends(event: Any, period: Period) -> date | datetime | None:
    """The day after the last, or the instant at which it ends; None when nobody said."""
    if not event.begins_at:
        return period.after
    return _at(period.last, event.ends_at) if event.ends_at else None


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=HANOI)


def ics(times: "Iterable[Occurrence]", *, title: str, base: str) -> bytes:
    """A calendar file (RFC 5545). What returns by the moon has no rule there, so each time is an entry of its own."""
    calendar = Calendar()
    calendar.add("prodid", "-//Loa//vi")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    calendar.add("x-wr-timezone", str(HANOI))
    for one in times:
        calendar.add_component(_entry(one, base))
    return bytes(calendar.to_ical())


def _entry(one: "Occurrence", base: str) -> CalendarEntry:
    event, period = one.event, one.period
    address = base + reverse("portal:event", args=[event.pk])
    entry = CalendarEntry()
    entry.add("uid", f"{event.pk}-{period.first:%Y%m%d}@{urlsplit(base).hostname or 'loa'}")
    entry.add("dtstamp", event.changed_at.astimezone(UTC))
    entry.add("last-modified", event.changed_at.astimezone(UTC))
    entry.add("summary", event.name)
    entry.add("dtstart", _universal(begins(event, period)))
    if end := ends(event, period):
        entry.add("dtend", _universal(end))
    if event.venue:
        entry.add("location", event.venue)
    words = "\n\n".join(filter(None, [event.reason, event.words, event.unit_name]))
    entry.add("description", words)
    entry.add("url", address)
    entry.add("status", "CANCELLED" if event.cancelled_at else "CONFIRMED")
    return entry


def _universal(moment: date | datetime) -> date | datetime:
    """Instants in UTC, so that no program needs a table of our zone."""
    return moment.astimezone(UTC) if isinstance(moment, datetime) else moment


def told(event: Any, period: Period, *, address: str) -> SafeString:
    """schema.org's Event as JSON that may stand inside <script type="application/ld+json">."""
    end = ends(event, period) if event.begins_at else period.last
    said = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.name,
        "description": event.words,
        "startDate": begins(event, period).isoformat(),
        "endDate": end.isoformat() if end else None,
        "eventStatus": f"https://schema.org/Event{'Cancelled' if event.cancelled_at else 'Scheduled'}",
        "location": {"@type": "Place", "name": event.venue, "address": event.venue} if event.venue else None,
        "organizer": {"@type": "Organization", "name": event.unit_name},
        "url": address,
    }
    text = json.dumps({name: value for name, value in said.items() if value}, ensure_ascii=False)
    return mark_safe(text.translate(ESCAPES))  # noqa: S308 escaped for HTML, where JSON may say it otherwise


@dataclass(frozen=True, kw_only=True)
class MonthDay:
    day: date
    inside: bool
    times: "tuple[Occurrence, ...]"


@dataclass(frozen=True, kw_only=True)
class Month:
    """The whole weeks that hold a month."""

    first: date
    period: Period

    @property
    def before(self) -> date:
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        return (self.first + timedelta(days=31)).replace(day=1)

    def filled(self, times: "Iterable[Occurrence]") -> list[list[MonthDay]]:
        """Week by week, each day with what is held on it."""
        kept = list(times)
        days = [self.period.first + timedelta(days=number) for number in range(self.period.days)]
        shown = [
            MonthDay(
                day=day,
                inside=day.month == self.first.month,
                times=tuple(one for one in kept if one.period.holds(day)),
            )
            for day in days
        ]
        return [shown[start : start + 7] for start in range(0, len(shown), 7)]


def weeks(first: date) -> Month:
    """The weeks, from Monday on, of the month that begins on `first`."""
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    start, end = first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
    return Month(first=first, period=Period(first=start, last=end))
