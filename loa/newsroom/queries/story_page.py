"""What the page of one story shows: small queries whose SQL is built once, since every page asks them all.

`published` gives the story; whatever is asked of it afterwards takes that one, which knows what it has.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from loa.base.prepared import attach, prepared

from ..models import (
    ClipFile,
    FactUse,
    FactVersion,
    Photo,
    PhotoRendition,
    Placement,
    Story,
    StoryCredit,
    StoryPhoto,
    Theme,
)

NEIGHBOURS = 60
"""Among how many of the newest the nearest are looked for."""


def published(slug: str, *, at: datetime) -> Story:
    """The story at this address with all that its text is told with. Raises Story.DoesNotExist."""
    story: Story
    for story in _published(slug=slug, at=at):
        shown = _photos(story=story.pk) if story.has_photos else []
        attach([story], "themes", _themes(story=story.pk), by="of_story")
        attach([story], "credits", _credits(story=story.pk), by="story_id")
        attach([story], "photos", shown, by="story_id")
        with_sizes([story.photo, *(row.photo for row in shown)])
        if story.clip_id:
            attach([story.clip], "files", _files(clip=story.clip_id), by="clip_id")
        return story
    raise Story.DoesNotExist


@prepared
def _published(slug: str, at: datetime) -> Any:
    """What most stories do not have is not asked for: one query tells of it."""
    told = (
        Story.objects.public(at)
        .with_unit_name()
        .annotate(
            has_photos=Exists(StoryPhoto.objects.filter(story=OuterRef("pk"))),
            has_placements=Exists(_linked().filter(story=OuterRef("pk"))),
            has_facts=Exists(FactUse.objects.filter(story=OuterRef("pk"), shown__isnull=False)),
            has_translations=Exists(Story.objects.filter(same_as=OuterRef("pk"), joined_as=Story.Joined.TRANSLATION)),
        )
    )
    return told.select_related("unit", "photo", "product_type", "topic", "clip").filter(slug=slug)


@prepared
def _themes(story: int) -> Any:
    return Theme.objects.filter(stories=story).annotate(of_story=F("stories")).order_by("position", "pk")


@prepared
def _credits(story: int) -> Any:
    return StoryCredit.objects.filter(story=story).select_related("person").order_by("sort_order", "pk")


@prepared
def _photos(story: int) -> Any:
    return StoryPhoto.objects.filter(story=story).select_related("photo").order_by("sort_order", "pk")


@prepared
def _files(clip: int) -> Any:
    return ClipFile.objects.filter(clip=clip)


def with_sizes(photos: list[Photo | None]) -> None:
    """Gives each photo the sizes that are there: one query."""
    renditions = _renditions(photos=tuple(dict.fromkeys(photo.pk for photo in photos if photo)))
    attach(photos, "renditions", renditions, by="image_id")


@prepared
def _renditions(photos: tuple[int, ...]) -> Any:
    return PhotoRendition.objects.filter(image__in=photos)


def editions_of(story: Story, *, at: datetime) -> list[Story]:
    """The same in other languages, as far as it is out (decision 0011: another language is another story)."""
    if story.joined_as == Story.Joined.COPY or not (story.same_as_id or story.has_translations):
        return []
    return _editions(first=story.same_as_id or story.pk, but=story.pk, at=at)


@prepared
def _editions(first: int, but: int, at: datetime) -> Any:
    whole = Q(pk=first) | Q(same_as=first, joined_as=Story.Joined.TRANSLATION)
    others = Story.objects.public(at).filter(whole).exclude(pk=but)
    return others.only("slug", "title", "language").order_by("language", "pk")


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """A story that may be offered beside another."""

    pk: int
    out_at: datetime
    topic_id: int | None
    themes: frozenset[int]


def newest(*, at: datetime, kind: str = "", topic_id: int | None = None) -> list[Neighbour]:
    """The newest of a kind, or on a topic: two queries, the same for every story beside which they may stand."""
    asked = {"topic": topic_id} if topic_id else {"kind": kind}
    rows = Story.objects.listed(at).filter(**asked).newest_first()
    found = list(rows.values_list("pk", "first_published_at", "topic_id")[: NEIGHBOURS + 1])
    themes: dict[int, set[int]] = {pk: set() for pk, _out_at, _topic in found}
    for pk, theme in Story.themes.through.objects.filter(story__in=themes).values_list("story_id", "theme_id"):
        themes[pk].add(theme)
    return [
        Neighbour(pk=pk, out_at=out_at, topic_id=topic, themes=frozenset(themes[pk]))
        for pk, out_at, topic in found
        if out_at
    ]


def nearest(story: Story, among: Iterable[Neighbour], *, limit: int = 4) -> list[int]:
    """What to read next, among the newest: on the same topic first, then with most themes in common, then newest."""
    others = {one.pk: one for one in among if one.pk != story.pk}.values()
    near = sorted(others, key=lambda one: (one.out_at, one.pk), reverse=True)[:NEIGHBOURS]
    mine, topic = {theme.pk for theme in story.themes.all()}, story.topic_id
    near.sort(key=lambda one: (not one.topic_id or one.topic_id != topic, -len(one.themes & mine)))
    return [one.pk for one in near[:limit]]


def placed_elsewhere(story: Story) -> list[Placement]:
    """Where else the story officially stands, with the links."""
    return _placements(story=story.pk) if story.has_placements else []


@prepared
def _placements(story: int) -> Any:
    return _linked().filter(story=story).select_related("channel").order_by("-placed_on", "-pk")


def _linked() -> QuerySet[Placement]:
    return Placement.objects.standing().exclude(url="")


def sources(story: Story) -> list[FactVersion]:
    """Where the facts are written that the text states as it was last published."""
    uses = _shown_facts(story=story.pk) if story.has_facts else []
    return [use.shown for use in uses if use.shown is not None]


@prepared
def _shown_facts(story: int) -> Any:
    uses = FactUse.objects.filter(story=story, shown__isnull=False).select_related("shown__fact")
    return uses.order_by("fact__folded_name", "pk")
