"""Which state of the public site is the present one, read so cheaply that every page shown may ask."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection

from loa.base.dates import day_bounds, today
from loa.newsroom import queries as newsroom


@dataclass(frozen=True, kw_only=True)
class Present:
    """What is true until something is changed, or until `until`, when something changes by itself."""

    number: int
    since: datetime
    """When it became so: the Last-Modified of every page."""
    until: datetime


def present(known: Present | None, *, at: datetime) -> Present | None:
    """The present state: `known` itself while it holds. None when the installation is not set up yet."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM portal_printing WHERE id = 1")
        row = cursor.fetchone()
    if row is None:
        return None
    if known is not None and known.number == row[0] and at < known.until:
        return known
    return _begun(number=row[0], at=at)


def _begun(*, number: int, at: datetime) -> Present:
    """Midnight in Hà Nội turns the page too: units merge and topics end on a day. So does a story that has its hour."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT made_at FROM portal_printing WHERE id = 1")
        made_at = _instant(cursor.fetchone()[0])
    midnight, end = day_bounds(today(at), today(at))
    turned = [turn for turn in (made_at, midnight, newsroom.last_turn(at=at)) if turn is not None]
    following = newsroom.next_turn(at=at)
    return Present(number=number, since=max(turned), until=min(end, following or end))


def _instant(value: datetime | str) -> datetime:
    """SQLite keeps instants as text, in UTC."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def since_whole_second(present: Present) -> datetime:
    """Last-Modified knows whole seconds only: the first one in which nothing of the former state was shown."""
    whole = present.since.replace(microsecond=0)
    return whole if whole == present.since else whole + timedelta(seconds=1)
