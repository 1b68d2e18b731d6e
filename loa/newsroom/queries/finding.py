"""Search among what is out: by words with or without marks, sifted, the best first; and what was perhaps meant."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from loa.base.dates import today
from loa.base.text import fold
from loa.people.models import UnitPlace
from loa.people.models.units import beyond

from ..models import Story, StoryWords, Term
from ..nearness import nearest
from ..wordbook import Wordbook, learn
from ..words import Asked, Sieve

MOST = 200
"""Hits that are ranked and can be paged through; whoever has more narrows the search."""
TIER = 60
"""Hits of each better kind that are looked for among more than `MOST`: the newest so many."""
PAGE = 20
LEARNT = 800
"""From how many of the newest stories the words are learnt among which a wrong one finds its neighbour."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """One page of hits."""

    stories: list[Story] = field(default_factory=list)
    total: int = 0
    """At most `MOST`."""
    page: int = 1
    units: list[int] = field(default_factory=list)
    """Ids of the units whose stories were found, those with most first."""

    @property
    def many(self) -> bool:
        return self.total >= MOST

    @property
    def previous(self) -> int:
        return self.page - 1

    @property
    def following(self) -> int | None:
        return self.page + 1 if self.page * PAGE < self.total else None


def find(asked: Asked, sieve: Sieve, *, at: datetime, on: date, page: int = 1) -> Found:
    """Stories with all words asked for, `PAGE` at once of at most `MOST`; without words, all that pass the sieve.

    Best is what says it exactly so in its title, then so without marks, then with all words in the title; then what
    says it exactly so in its text, then so without marks; among equals the newest.
    """
    if not asked and not sieve:
        return Found()
    ranked = _ranked(asked, _sifted(sieve, at=at, on=on), sieve.marks)
    page = max(1, min(page, -(-len(ranked) // PAGE)))
    shown = [row[0] for row in ranked[(page - 1) * PAGE : page * PAGE]]
    stories = {story.pk: story for story in Story.objects.public(at).filter(pk__in=shown).ready_to_show()}
    units = Counter(row[1] for row in ranked)
    return Found(
        stories=[stories[pk] for pk in shown if pk in stories],
        total=len(ranked),
        page=page,
        units=[unit_id for unit_id, _number in units.most_common(8)],
    )


def _sifted(sieve: Sieve, *, at: datetime, on: date) -> QuerySet[StoryWords]:
    """The index, without what is not out any more or lies outside the sieve."""
    rows = StoryWords.objects.readable(at)
    if sieve.since:
        rows = rows.filter(at__gte=sieve.since)
    if sieve.unit_id:
        rows = rows.filter(unit__in=_at_and_below(sieve.unit_id, on))
    return rows


def _at_and_below(unit_id: int, on: date) -> list[int]:
    """Written out, for PostgreSQL tests many numbers faster than it joins a table it knows little of."""
    path = UnitPlace.objects.on(on).filter(unit_id=unit_id).values_list("path", flat=True).first()
    if path is None:
        return []
    below = UnitPlace.objects.on(on).filter(path__gte=path, path__lt=beyond(path))
    return list(below.values_list("unit_id", flat=True))


Row = tuple[int, int, datetime]
"""Key and unit of a hit, and when it was published."""


def _ranked(asked: Asked, rows: QuerySet[StoryWords], marks: Sequence[str]) -> list[Row]:
    hits = _newest(rows.filter(body__has=[*asked.bare, *marks]), MOST)
    if not asked:
        return hits
    within, limit = rows, TIER
    if len(hits) < MOST:  # all are known: the better ones are among them
        within, limit = rows.filter(pk__in=[row[0] for row in hits]), MOST
    known = {row[0]: row for row in hits}
    rank: dict[int, int] = {}
    for place, wanted in enumerate(_better(asked)):
        better = {name: [*words, *marks] for name, words in wanted.items()}
        for row in _newest(within.filter(**better), limit):
            known.setdefault(row[0], row)
            rank.setdefault(row[0], place)
        if len(rank) >= min(limit, len(known)):  # enough to read, or all: the newest follow
            break
    return sorted(known.values(), key=lambda row: (rank.get(row[0], _HAS_WORDS), -row[2].timestamp()))[:MOST]


_HAS_WORDS = 9
"""The place of a story that only has the words somewhere."""


def _better(asked: Asked) -> list[dict[str, Sequence[str]]]:
    """What stands before a story that only has the words somewhere, the best first."""
    together = [*asked.bare, *asked.pairs]
    titles: list[dict[str, Sequence[str]]] = [{"title__has": together}]
    bodies: list[dict[str, Sequence[str]]] = []
    if asked.with_marks:
        titles.insert(0, {"title__has": asked.exact})
        bodies.append({"body__has": asked.exact})
    if asked.pairs:
        titles.append({"title__has": asked.bare})
        bodies.append({"body__has": together})
    return [*titles, *bodies]


def _newest(rows: QuerySet[StoryWords], limit: int) -> list[Row]:
    found = rows.order_by("-at", "-story_id").values_list("story_id", "unit_id", "at")[:limit]
    return list(found)


def years(*, on: date) -> list[int]:
    """The years from the first story that is out until `on`, the newest first."""
    first = StoryWords.objects.filter(on_site=True).order_by("at").values_list("at", flat=True).first()
    return list(range(on.year, today(first).year - 1, -1)) if first else []


def beginning_with(asked: Asked, *, at: datetime, limit: int = 6) -> list[Story]:
    """Stories whose title has these words, the last of which may be a beginning; the newest."""
    if not asked or len(asked.bare[-1]) < 2:
        return []
    rows = StoryWords.objects.readable(at).filter(title__has=asked.beginning).order_by("-at")
    found = {pk: place for place, pk in enumerate(rows.values_list("pk", flat=True)[:limit])}
    stories = Story.objects.public(at).filter(pk__in=found).only("title", "slug", "language")
    return sorted(stories, key=lambda story: found[story.pk])


def meant(asked: Asked, *, at: datetime) -> str:
    """The same search with unknown words put right from the words of the newest stories; "" when that helps nobody."""
    readable = StoryWords.objects.readable(at)
    unknown = {word for word in asked.bare if not readable.filter(body__has=[word]).exists()}
    if not unknown:
        return ""
    newest = readable.order_by("-at").values_list("pk", "at").first()
    found = nearest(asked.written, unknown, _book(newest)) if newest else ""
    again = Asked.read(found)
    return found if again and readable.filter(body__has=again.bare).exists() else ""


@lru_cache(maxsize=2)
def _book(_newest: Any) -> Wordbook:
    """Learnt once, until there is a newer story; each process keeps its own."""
    newest = StoryWords.objects.filter(on_site=True).order_by("-at").values("pk")[:LEARNT]
    texts = Story.objects.filter(live=True, pk__in=list(newest.values_list("pk", flat=True)))
    terms = [name for name in Term.objects.values_list("name", flat=True) if fold(name)]
    return learn([text for row in texts.values_list("title", "summary", "short") for text in row], terms=terms)
