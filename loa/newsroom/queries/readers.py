"""What the public may ask: only what is out, and at the same price for 1 story and 100."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import Max, Min, OuterRef, Q, QuerySet, Subquery

from loa.base.text import sort_key
from loa.people.models import UnitPlace
from loa.people.models.units import beyond
from loa.people.queries import placed

from ..models import ProductType, SharedStory, Story, StoryPhoto, Term, Theme
from ..models.sharing import SharedStoryQuerySet
from ..models.stories import StoryQuerySet
from ..paging import Cursor, StoryPage
from ..words import Sieve

PAGE = 20


def front_page(*, at: datetime, after: str = "", limit: int = PAGE) -> StoryPage:
    """What is out, newest first."""
    return _page(Story.objects.listed(at), after=after, limit=limit)


def withdrawn(slug: str) -> Story:
    """A story that was taken back, with the reason to tell its readers. Raises Story.DoesNotExist."""
    story: Story = Story.objects.filter(withdrawn_at__isnull=False).with_unit_name().get(slug=slug)
    return story


def out(pks: Iterable[int], *, at: datetime) -> list[Story]:
    """These of the stories that are out, for cards."""
    return list(Story.objects.public(at).filter(pk__in=list(pks)).newest_first().ready_for_cards())


def titles(pks: Iterable[int | None]) -> list[Story]:
    """What these stories are called, out or not."""
    return list(Story.objects.filter(pk__in=[pk for pk in pks if pk]).only("title"))


def questions(*, at: datetime, after: str = "", limit: int = PAGE) -> StoryPage:
    """Questions that somebody asked, with their answers; by the index of the search, which finds few among many."""
    marks = Sieve(questions=True).marks
    return _page(Story.objects.listed(at).filter(words__body__has=marks), after=after, limit=limit)


def photo_stories(*, at: datetime, after: str = "", limit: int = PAGE) -> StoryPage:
    """What is told in pictures."""
    told = StoryPhoto.objects.values("story_id")
    return _page(Story.objects.listed(at).filter(pk__in=told), after=after, limit=limit)


def in_language(language: str, *, at: datetime, after: str = "", limit: int = PAGE) -> StoryPage:
    marks = Sieve(language=language).marks
    return _page(Story.objects.public(at).filter(words__body__has=marks), after=after, limit=limit)


def by_theme(code: str, *, at: datetime, after: str = "", limit: int = PAGE) -> StoryPage:
    return _page(Story.objects.listed(at).filter(themes__code=code), after=after, limit=limit)


def by_topic(topic_id: int, *, at: datetime, after: str = "", limit: int = PAGE) -> StoryPage:
    return _page(Story.objects.listed(at).filter(topic_id=topic_id), after=after, limit=limit)


def by_unit(unit_id: int, *, on: date, at: datetime, after: str = "", limit: int = PAGE) -> StoryPage:
    """What the unit and all below it published, what units published that ended and live on in them, and what the unit
    itself shows of others, under its own headings; each story once, by its own day."""
    place = UnitPlace.objects.on(on).filter(unit_id=unit_id).first()
    if place is None:
        return StoryPage(stories=[])
    mine = SharedStory.objects.filter(unit_id=unit_id if place.living else 0, state=SharedStory.State.SHOWN)
    own = Q(place__path__gte=place.path, place__path__lt=beyond(place.path))
    stories = placed(Story.objects.listed(at), on=on).filter(own | Q(pk__in=mine.values("story")))
    return _page(_worded(stories, mine, on=on), after=after, limit=limit)


def _worded(stories: StoryQuerySet, mine: SharedStoryQuerySet, *, on: date) -> StoryQuerySet:
    """Adds how a unit shows stories of others: `shown_by` (its code), `own_heading`, `own_lead`; None elsewhere."""
    one = mine.filter(story=OuterRef("pk"))
    holding = one.worded(on)
    worded: StoryQuerySet = stories.annotate(
        shown_by=Subquery(one.values("unit__code")[:1]),
        own_heading=Subquery(holding.values("heading")[:1]),
        own_lead=Subquery(holding.values("lead")[:1]),
    )
    return worded


def recent_for_feed(*, at: datetime, limit: int = 30) -> list[Story]:
    return front_page(at=at, limit=limit).stories


def sitemap_rows(*, at: datetime) -> Iterator[tuple[str, datetime]]:
    """Address and last change of everything that is out, newest first, streamed."""
    rows = Story.objects.public(at).newest_first().values_list("slug", "last_published_at")
    return rows.iterator(chunk_size=2000)


def next_turn(*, at: datetime) -> datetime | None:
    """When next a story appears or expires by the clock alone, without anybody doing anything."""
    out = Story.objects.filter(live=True)
    coming = out.filter(first_published_at__gt=at).aggregate(first=Min("first_published_at"))["first"]
    going = out.filter(expire_at__gt=at).aggregate(first=Min("expire_at"))["first"]
    return min((turn for turn in (coming, going) if turn), default=None)


def last_turn(*, at: datetime) -> datetime | None:
    """When last a story appeared or expired by the clock."""
    out = Story.objects.filter(live=True)
    come = out.filter(first_published_at__lte=at).aggregate(last=Max("first_published_at"))["last"]
    gone = out.filter(expire_at__lte=at).aggregate(last=Max("expire_at"))["last"]
    return max((turn for turn in (come, gone) if turn), default=None)


def themes() -> QuerySet[Theme]:
    return Theme.objects.order_by("position", "id")


def terms_with_words() -> list[Term]:
    """The union's terms that somebody may not know: with plain words, or an abbreviation; in Vietnamese order."""
    terms: list[Term] = list(Term.objects.exclude(plain="", abbreviation=""))
    return sorted(terms, key=lambda term: sort_key(term.name))


def product_types() -> QuerySet[ProductType]:
    return ProductType.objects.order_by("position", "id")


def _page(stories: StoryQuerySet, *, after: str, limit: int) -> StoryPage:
    if cursor := Cursor.read(after):
        older = Q(first_published_at__lt=cursor.at) | Q(first_published_at=cursor.at, pk__lt=cursor.pk)
        # The first condition says less, and is what the index can begin from.
        stories = stories.filter(first_published_at__lte=cursor.at).filter(older)
    found = list(stories.newest_first().ready_for_cards()[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    return StoryPage(
        stories=found[:limit],
        after=str(Cursor(last.first_published_at, last.pk)) if last and last.first_published_at else "",
    )
