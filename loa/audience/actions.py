"""What can be done about reach. Reading leaves a mark on a topic of the year, and nothing else."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.text import clean, slug
from loa.ledger.actions import record
from loa.ledger.facts import Actor
from loa.people.models import Account, Membership, Unit
from loa.people.policies import can
from loa.people.roles import Ability

from . import queries
from .events import ReachCounted, ReachEstimated, TopicNamed, YearKeyDestroyed
from .models import TOPICS_A_YEAR, Estimate, ReachCount, Topic, TopicCount, YearKey
from .register import pseudonym

BATCH = 20_000


class Said(StrEnum):
    """What somebody answers at the end of a story."""

    READ = "read"
    UNDERSTOOD = "understood"
    UNCLEAR = "unclear"


@transaction.atomic
def name_topic(name: str, *, year: int, by: Actor, at: datetime) -> Topic:
    """Put a subject on the list of the year; naming it again gives the same topic."""
    name = clean(name)
    known = Topic.objects.filter(year=year, slug=slug(name)).first()
    if known is not None:
        return known
    last = Topic.objects.filter(year=year).order_by("-bit").values_list("bit", flat=True).first()
    bit = 0 if last is None else last + 1
    if bit >= TOPICS_A_YEAR:
        raise Refused(_("This year already has %(count)s topics, which is the most there can be.") % {"count": bit})
    topic = Topic.objects.create(year=year, slug=slug(name), name=name, bit=bit)
    record(TopicNamed(subject=topic.ref, year=year, slug=topic.slug), by=by, at=at)
    return topic


@transaction.atomic
def say(topic: Topic, said: Said, *, by: Account, at: datetime) -> None:
    """Keep what the signed-in person says about a topic: a mark in the register under this year's pseudonym.

    Nothing is recorded in the ledger: who read what, and when, is nobody's business.
    """
    if by.person_id is None:
        raise Refused(_("Your account is not tied to the register of members, so this could not be counted."))
    day = today(at)
    if topic.year != day.year:
        raise Refused(_("This topic belongs to the year %(year)s, which is closed.") % {"year": topic.year})
    unit_id = Membership.objects.on(day).filter(person_id=by.person_id).values_list("unit_id", flat=True).first()
    if unit_id is None:
        raise Refused(_("You are in no unit of the union today, so this could not be counted."))
    _mark(_key(topic.year), topic, said, [(by.person_id, unit_id)])


@transaction.atomic
def take_over(topic: Topic, said: Said, members: Iterable[tuple[int, int]]) -> None:
    """Mark many people (person, unit) at once: signed lists handed in, and demonstrations."""
    key = _key(topic.year)
    rows = iter(members)
    while batch := list(islice(rows, BATCH)):
        _mark(key, topic, said, batch)


MARK = """
INSERT INTO audience_reachentry (pseudonym, year, unit_id, confirmed, understood, unclear, delivered)
VALUES (%s, %s, %s, %s, %s, %s, 0)
ON CONFLICT (pseudonym) DO UPDATE SET
    unit_id = excluded.unit_id,
    confirmed = audience_reachentry.confirmed | excluded.confirmed,
    understood = (audience_reachentry.understood & ~excluded.unclear) | excluded.understood,
    unclear = (audience_reachentry.unclear & ~excluded.understood) | excluded.unclear
"""


def _mark(key: bytes, topic: Topic, said: Said, members: Sequence[tuple[int, int]]) -> None:
    mask = topic.mask
    understood = mask if said is Said.UNDERSTOOD else 0
    unclear = mask if said is Said.UNCLEAR else 0
    with connection.cursor() as cursor:
        cursor.executemany(
            MARK,
            [
                (_plain(pseudonym(key, person_id)), topic.year, unit_id, mask, understood, unclear)
                for person_id, unit_id in members
            ],
        )


def _plain(value: UUID) -> Any:
    return value if connection.vendor == "postgresql" else value.hex


def _key(year: int) -> bytes:
    kept, _created = YearKey.objects.get_or_create(year=year, defaults={"salt": secrets.token_bytes(32)})
    key = queries.key_of(year)
    if kept.destroyed_at is not None or key is None:
        raise Refused(_("The year %(year)s is closed; its register can no longer be changed.") % {"year": year})
    return key


@transaction.atomic
def estimate(
    topic: Topic, unit: Unit, *, people: int, method: str, evidence: str, on: date, by: Account, at: datetime
) -> Estimate:
    """Write down how many a board, a loudspeaker or a meeting reached, by which method and with which proof."""
    if not can(by, Ability.WRITE_STORIES, unit.pk, on=today(at)):
        raise Refused(_("You may not write down reach for this unit."))
    if not clean(evidence):
        raise Refused(_("Please say what proves this count: a photo, a signed list or the minutes."))
    if people < 1:
        raise Refused(_("Please give the number of people reached."))
    made = Estimate.objects.create(
        unit=unit, topic=topic, on=on, people=people, method=method, evidence=clean(evidence)
    )
    record(
        ReachEstimated(subject=topic.ref, unit_id=unit.pk, topic_id=topic.pk, on=on, people=people, method=method),
        by=by,
        at=at,
        evidence=[made.evidence],
    )
    return made


COUNT = """
INSERT INTO audience_reachcount (unit_id, year, counted_on, people, confirmed, delivered)
SELECT unit_id, %(year)s, %(on)s, SUM(people), SUM(confirmed), SUM(delivered) FROM (
    SELECT unit_id, COUNT(*) AS people, 0 AS confirmed, 0 AS delivered
    FROM people_membership WHERE started_on <= %(on)s AND ended_on > %(on)s GROUP BY unit_id
    UNION ALL
    SELECT unit_id, 0, SUM(CASE WHEN confirmed <> 0 THEN 1 ELSE 0 END), SUM(CASE WHEN delivered <> 0 THEN 1 ELSE 0 END)
    FROM audience_reachentry WHERE year = %(year)s AND unit_id IS NOT NULL GROUP BY unit_id
) parts GROUP BY unit_id
"""

COUNT_TOPICS = """
INSERT INTO audience_topiccount (unit_id, topic_id, counted_on, confirmed, understood, unclear, delivered)
SELECT entry.unit_id, topic.id, %(on)s,
    SUM((entry.confirmed >> topic.bit) & 1), SUM((entry.understood >> topic.bit) & 1),
    SUM((entry.unclear >> topic.bit) & 1), SUM((entry.delivered >> topic.bit) & 1)
FROM audience_reachentry entry JOIN audience_topic topic ON topic.year = entry.year
WHERE entry.year = %(year)s AND entry.unit_id IS NOT NULL
    AND (((entry.confirmed | entry.delivered) >> topic.bit) & 1) = 1
GROUP BY entry.unit_id, topic.id
"""

FOLLOW = """
UPDATE audience_reachentry SET unit_id = (
    SELECT unit_id FROM reach_now WHERE reach_now.pseudonym = audience_reachentry.pseudonym
) WHERE year = %(year)s
"""


@transaction.atomic
def count_month(*, on: date, by: Actor, at: datetime) -> date | None:
    """Count the month that ended last before `on`, as of its last day, unless it has been counted; that day, or None.

    A month is counted once and for good: of two counts that lay a few minutes apart, one less the other would tell of
    a single person (docs/decisions/0022-people-once-a-month.md).
    """
    last = on.replace(day=1) - timedelta(days=1)
    if ReachCount.objects.filter(year=last.year, counted_on=last).exists():
        return None
    count_reach(on=last, by=by, at=at)
    return last


@transaction.atomic
def count_reach(*, on: date, by: Actor, at: datetime) -> None:
    """Rebuild the counters of the year of `on` from the register and from the registry as of `on`.

    Entries first follow their people: into the unit they belong to on that day, or out of every figure when they
    left. Does nothing for a year whose key was destroyed: its last counters stand.
    """
    year = on.year
    if YearKey.objects.filter(year=year, destroyed_at__isnull=False).exists():
        return
    key = _key(year)
    ReachCount.objects.filter(year=year, counted_on__year=year, counted_on__month=on.month).delete()
    TopicCount.objects.filter(topic__year=year, counted_on__year=year, counted_on__month=on.month).delete()
    kind = "uuid" if connection.vendor == "postgresql" else "char(32)"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE reach_now (pseudonym {kind} PRIMARY KEY, unit_id bigint)")
        for batch in _batches(Membership.objects.on(on).values_list("person_id", "unit_id").iterator(BATCH)):
            cursor.executemany(
                "INSERT INTO reach_now VALUES (%s, %s)",
                [(_plain(pseudonym(key, person_id)), unit_id) for person_id, unit_id in batch],
            )
        cursor.execute(FOLLOW, {"year": year})
        cursor.execute("DROP TABLE reach_now")
        cursor.execute(COUNT, {"year": year, "on": on})
        cursor.execute(COUNT_TOPICS, {"year": year, "on": on})
    totals = ReachCount.objects.filter(year=year, counted_on=on).aggregate(
        people=Coalesce(Sum("people"), 0), confirmed=Coalesce(Sum("confirmed"), 0)
    )
    record(ReachCounted(subject=f"audience.year:{year}", on=on, **totals), by=by, at=at)


def _batches(rows: Iterator[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


@transaction.atomic
def destroy_year_key(year: int, *, by: Actor, at: datetime) -> None:
    """Make the register of a year anonymous for good. Asked for when the year's report is frozen; asked twice, once."""
    destroyed = YearKey.objects.filter(year=year, destroyed_at__isnull=True).update(salt=None, destroyed_at=at)
    if destroyed:
        record(YearKeyDestroyed(subject=f"audience.year:{year}", year=year), by=by, at=at)
