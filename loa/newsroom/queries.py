"""What can be asked about stories. The public's questions see only what is out, and cost the same for 1 and 100."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState, WorkflowState

from loa.base.text import clean, fold, nfc
from loa.ledger import queries as ledger
from loa.people.models import Account, Unit, UnitPlace, UnitVersion
from loa.people.models.units import beyond
from loa.people.queries import placed

from .events import (
    PlacementEnded,
    StoryApproved,
    StoryCorrected,
    StoryPlaced,
    StoryPublished,
    StoryReturned,
    StorySubmitted,
    StoryWithdrawn,
)
from .models import Channel, Placement, ProductType, Story, StoryCredit, Theme, UnitApproval
from .models.stories import StoryQuerySet
from .paging import Cursor, StoryPage

PAGE = 20
_CANDIDATES = 200
"""Hits that search ranks: the newest so many, for ranking all of a hundred thousand takes a second."""
_NEIGHBOURS = 60
_WORDS = 8
_NOT_WORD = re.compile(r"[^\w]+")


# --- for the public


def front_page(*, at: datetime, after: str = "", limit: int = PAGE) -> StoryPage:
    """What is out, newest first."""
    return _page(Story.objects.public(at), after=after, limit=limit)


def published(slug: str, *, at: datetime) -> Story:
    """The story at this address with all its page shows. Raises Story.DoesNotExist."""
    found = Story.objects.public(at).ready_to_show()
    credits_ = StoryCredit.objects.select_related("person").order_by("sort_order", "pk")
    story: Story = found.prefetch_related("themes", Prefetch("credits", credits_)).get(slug=slug)
    return story


def withdrawn(slug: str) -> Story:
    """A story that was taken back, with the reason to tell its readers. Raises Story.DoesNotExist."""
    story: Story = Story.objects.filter(withdrawn_at__isnull=False).with_unit_name().get(slug=slug)
    return story


def by_theme(code: str, *, at: datetime, after: str = "", limit: int = PAGE) -> StoryPage:
    return _page(Story.objects.public(at).filter(themes__code=code), after=after, limit=limit)


def by_topic(topic_id: int, *, at: datetime, after: str = "", limit: int = PAGE) -> StoryPage:
    return _page(Story.objects.public(at).filter(topic_id=topic_id), after=after, limit=limit)


def by_unit(unit_id: int, *, on: date, at: datetime, after: str = "", limit: int = PAGE) -> StoryPage:
    """What the unit and all below it published, and what units published that ended and live on in them."""
    place = UnitPlace.objects.on(on).filter(unit_id=unit_id).values_list("path", flat=True).first()
    if place is None:
        return StoryPage(stories=[])
    stories = placed(Story.objects.public(at), on=on).filter(place__path__gte=place, place__path__lt=beyond(place))
    return _page(stories, after=after, limit=limit)


def search(text: str, *, at: datetime, limit: int = PAGE) -> list[Story]:
    """Stories in which all words of `text` occur, with or without their marks; at most `limit`, best first.

    Best is: the title says it exactly so, the title says it without marks, the text says it exactly so; then newest.
    """
    asked = nfc(clean(text)).lower()
    words = _NOT_WORD.sub(" ", fold(asked)).split()[:_WORDS]
    if not words:
        return []
    stories = Story.objects.public(at).ready_to_show()
    found = stories.search(" ".join(words), order_by="-first_published_at")[:_CANDIDATES]
    return sorted(found, key=lambda story: _rank(story, asked, " ".join(words)))[:limit]


def _rank(story: Story, asked: str, folded: str) -> int:
    if asked in story.title.lower():
        return 0
    if folded in story.folded_title:
        return 1
    return 2 if asked in f"{story.summary} {story.short} {story.deep_text}".lower() else 3


def related(story: Story, *, at: datetime, limit: int = 4) -> list[Story]:
    """What to read next, among the newest: on the same topic first, then with most themes in common, then newest."""
    alike = Q(kind=story.kind) | Q(topic=story.topic_id) if story.topic_id else Q(kind=story.kind)
    near = Story.objects.public(at).filter(alike).exclude(pk=story.pk).newest_first().ready_to_show()
    mine = {theme.pk for theme in story.themes.all()}
    candidates = near.defer("short", "deep").prefetch_related("themes")[:_NEIGHBOURS]
    return sorted(candidates, key=lambda other: _distance(other, story.topic_id, mine))[:limit]


def _distance(other: Story, topic_id: int | None, themes: set[int]) -> tuple[bool, int]:
    shared = themes & {theme.pk for theme in other.themes.all()}
    return topic_id is None or other.topic_id != topic_id, -len(shared)


def recent_for_feed(*, at: datetime, limit: int = 30) -> list[Story]:
    return front_page(at=at, limit=limit).stories


def sitemap_rows(*, at: datetime) -> Iterator[tuple[str, datetime]]:
    """Address and last change of everything that is out, newest first, streamed."""
    rows = Story.objects.public(at).newest_first().values_list("slug", "last_published_at")
    return rows.iterator(chunk_size=2000)


def themes() -> QuerySet[Theme]:
    return Theme.objects.order_by("position", "id")


def product_types() -> QuerySet[ProductType]:
    return ProductType.objects.order_by("position", "id")


def _page(stories: StoryQuerySet, *, after: str, limit: int) -> StoryPage:
    if cursor := Cursor.read(after):
        older = Q(first_published_at__lt=cursor.at) | Q(first_published_at=cursor.at, pk__lt=cursor.pk)
        # The first condition says less, and is what the index can begin from.
        stories = stories.filter(first_published_at__lte=cursor.at).filter(older)
    found = list(stories.newest_first().ready_to_show()[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    return StoryPage(
        stories=found[:limit],
        after=str(Cursor(last.first_published_at, last.pk)) if last and last.first_published_at else "",
    )


# --- for staff


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A story at a step of the workflow that somebody may decide."""

    story: Story
    unit_name: str
    level: str
    since: datetime
    handed_in_by: str


def awaiting(account: Account, *, on: date, limit: int = 100) -> list[Waiting]:
    """Stories that wait for this account's decision, the longest waiting first."""
    states = TaskState.objects.none()
    levels = {}
    for step in UnitApproval.objects.filter(active=True):
        levels[step.pk] = step.get_level_display()
        states = states | step.waiting_for(account, on=on)
    waiting = list(
        states.select_related("workflow_state__requested_by", "revision").order_by("started_at", "pk")[:limit]
    )
    stories = Story.objects.filter(pk__in=[state.workflow_state.object_id for state in waiting])
    found = {str(story.pk): story for story in stories.current_unit_name(on).select_related("product_type")}
    return [_waiting(state, found[state.workflow_state.object_id], levels[state.task_id]) for state in waiting]


def _waiting(state: TaskState, story: Any, level: str) -> Waiting:
    return Waiting(
        story=story,
        unit_name=story.unit_name,
        level=level,
        since=state.started_at,
        handed_in_by=str(state.workflow_state.requested_by or ""),
    )


def listed(*, on: date) -> StoryQuerySet:
    """All stories as staff list them, with unit name and state."""
    return Story.objects.current_unit_name(on).with_state().select_related("product_type", "latest_revision")


def for_desk(pk: int, *, on: date) -> Story:
    """One story with its unit's name and state. Raises Story.DoesNotExist."""
    story: Story = listed(on=on).get(pk=pk)
    return story


def placement(pk: int) -> Placement:
    """Raises Placement.DoesNotExist."""
    return Placement.objects.select_related("story", "channel").get(pk=pk)


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One fact about a story, in words for staff."""

    words: str
    at: datetime
    who: str


_WORDS_FOR: dict[str, Promise] = {
    StorySubmitted.kind: _("handed in for approval"),
    StoryApproved.kind: _("approved"),
    StoryReturned.kind: _("returned with a remark"),
    StoryPublished.kind: _("published"),
    StoryCorrected.kind: _("corrected"),
    StoryWithdrawn.kind: _("withdrawn"),
    StoryPlaced.kind: _("appeared somewhere"),
    PlacementEnded.kind: _("no longer stands somewhere"),
}


def happenings(story: Story, *, limit: int = 100) -> list[Happening]:
    """What happened to the story, newest first, with the names of today's accounts: two queries."""
    entries = list(ledger.history(story.ref)[:limit])
    keys = {entry.actor.rpartition(":")[2] for entry in entries if entry.actor.startswith("people.account:")}
    names = {account.ref: str(account) for account in Account.objects.filter(pk__in=keys)}
    return [
        Happening(words=str(_WORDS_FOR.get(entry.kind, entry.kind)), at=entry.at, who=names.get(entry.actor, ""))
        for entry in entries
    ]


def last_remark(story: Story) -> str:
    """What the approver wrote when the story was last returned, as long as it has not been handed in again."""
    state = story.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES or state.current_task_state is None:
        return ""
    return str(state.current_task_state.comment)


def named_units(*, on: date) -> QuerySet[Unit]:
    """The living units with what they are called as `unit_name`, in the order of their names."""
    versions = UnitVersion.objects.on(on).filter(unit=OuterRef("pk"))
    named = Unit.objects.annotate(
        unit_name=Subquery(versions.values("name")[:1]), name_key=Subquery(versions.values("name_key")[:1])
    )
    return named.filter(name_key__isnull=False).order_by("name_key", "pk")


def placements(story: Story) -> QuerySet[Placement]:
    """Where it appeared, newest first."""
    shown = Placement.objects.filter(story=story).select_related("channel", "photo", "recorded_by")
    return shown.order_by("-placed_on", "-pk")


def standing_elsewhere(story_id: int) -> QuerySet[Placement]:
    """Where a story still stands that people put up by hand, and people must take down or change."""
    standing = Placement.objects.standing().filter(story_id=story_id, channel__own_site=False)
    return standing.select_related("channel", "story__unit").order_by("pk")


def channels_by_hand() -> QuerySet[Channel]:
    """The channels that staff record placements on."""
    return Channel.objects.filter(own_site=False).order_by("position", "id")
