"""What can be asked about reach. No answer is about one person, but to that person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import QuerySet

from .models import ReachCount, ReachEntry, Topic, TopicCount, YearKey
from .register import Group, pseudonym, year_key


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a person has said about a topic this year, for that person's own eyes."""

    confirmed: bool = False
    understood: bool = False
    unclear: bool = False


def topics(year: int) -> QuerySet[Topic]:
    """The subjects of a year, in the order in which they were named."""
    return Topic.objects.filter(year=year).order_by("bit")


def key_of(year: int) -> bytes | None:
    """The key of a year, or None when there is none (any more)."""
    salt = YearKey.objects.filter(year=year).values_list("salt", flat=True).first()
    return None if salt is None else year_key(settings.SECRET_KEY, bytes(salt))


def answer(topic: Topic, person_id: int) -> Answer:
    """What this person said about `topic`; asked only by the person's own page."""
    return answers([topic], person_id, year=topic.year)[topic.pk]


def answers(topics: Iterable[Topic], person_id: int, *, year: int) -> dict[int, Answer]:
    """What this person said about each of these topics of `year`, by topic; asked only by the person's own page."""
    key = key_of(year)
    entry = ReachEntry.objects.filter(pseudonym=pseudonym(key, person_id)).first() if key else None
    return {topic.pk: _answer(entry, topic.mask) for topic in topics}


def _answer(entry: ReachEntry | None, mask: int) -> Answer:
    if entry is None:
        return Answer()
    return Answer(
        confirmed=bool(entry.confirmed & mask),
        understood=bool(entry.understood & mask),
        unclear=bool(entry.unclear & mask),
    )


@dataclass(frozen=True, kw_only=True)
class TopicReach:
    """One topic in one unit; a number is None when it would speak of fewer than five people."""

    topic: str
    people: int
    confirmed: int | None
    understood: int | None
    unclear: int | None


def topics_of_unit(unit_id: int, *, on: date, hidden: bool = False) -> list[TopicReach]:
    """The topics of the year as last counted on or before `on`, with small groups withheld; empty before any count.

    All numbers are withheld of a unit that is `hidden`: where a year has one topic, they are its figure itself.

    Confirmed is withheld also when fewer than five are missing; understood and unclear when either part of those
    who confirmed is fewer than five, so that neither can be found from the other.
    """
    count = ReachCount.objects.latest_by(on).filter(unit_id=unit_id).first()
    if count is None:
        return []
    rows = TopicCount.objects.filter(unit_id=unit_id, counted_on=count.counted_on).select_related("topic")
    return [_topic_reach(row, count.people, hidden=hidden) for row in rows.order_by("topic__bit")]


def _topic_reach(row: TopicCount, people: int, *, hidden: bool) -> TopicReach:
    def shown(part: int, whole: int) -> int | None:
        return part if not hidden and Group(unit_ids=(), reached=part, people=whole).showable else None

    confirmed = shown(row.confirmed, people)
    parts = (row.understood, row.unclear, row.confirmed - row.understood - row.unclear)
    apart = confirmed is not None and all(shown(part, row.confirmed) is not None for part in parts)
    return TopicReach(
        topic=row.topic.name,
        people=people,
        confirmed=confirmed,
        understood=row.understood if apart else None,
        unclear=row.unclear if apart else None,
    )
