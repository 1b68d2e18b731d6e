"""What staff ask: what waits for them, where a story stands, where it appeared, what happened to it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState, WorkflowState

from loa.ledger import queries as ledger
from loa.people.models import Account, Unit, UnitVersion

from .. import moderation
from ..events import (
    ApprovalAsked,
    ApprovalLinkRevoked,
    OfferEnded,
    PlacementEnded,
    RemarkAnswered,
    RemarkMade,
    RemarkResolved,
    StoriesKeptApart,
    StoryApproved,
    StoryCorrected,
    StoryExpired,
    StoryJoined,
    StoryKilled,
    StoryOffered,
    StoryParted,
    StoryPlaced,
    StoryPublished,
    StoryReturned,
    StorySubmitted,
    StoryWithdrawn,
    TranslationBegun,
)
from ..lights import due, light
from ..models import Channel, FactUse, Placement, Story, UnitApproval
from ..models.stories import StoryQuerySet


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A story at a step of the workflow that somebody may decide."""

    story: Story
    unit_name: str
    level: str
    since: datetime
    handed_in_by: str
    due_at: datetime | None = None
    warn_hours: int = 0

    def light(self, now: datetime) -> str:
        """Green, amber or red, as the components call them; "" where nothing is due."""
        return light(self.due_at, now=now, warn_hours=self.warn_hours)


def awaiting(account: Account, *, on: date, limit: int = 100) -> list[Waiting]:
    """Stories that wait for this account's decision, also as somebody's deputy, the longest waiting first."""
    states = TaskState.objects.none()
    absent = moderation.absent(account, on=on)
    steps = {step.pk: step for step in UnitApproval.objects.filter(active=True)}
    for step in steps.values():
        states = states | step.waiting_for(account, on=on, absent=absent)
    waiting = list(
        states.select_related("workflow_state__requested_by", "revision").order_by("started_at", "pk")[:limit]
    )
    stories = Story.objects.filter(pk__in=[state.workflow_state.object_id for state in waiting])
    found = {str(story.pk): story for story in stories.current_unit_name(on).select_related("product_type")}
    return [_waiting(state, found[state.workflow_state.object_id], steps[state.task_id]) for state in waiting]


def _waiting(state: TaskState, story: Any, step: UnitApproval) -> Waiting:
    return Waiting(
        story=story,
        unit_name=story.unit_name,
        level=step.get_level_display(),
        due_at=due(state.started_at, within_hours=step.within_hours, needed_at=story.go_live_at),
        warn_hours=step.warn_hours,
        since=state.started_at,
        handed_in_by=str(state.workflow_state.requested_by or ""),
    )


def listed(*, on: date) -> StoryQuerySet:
    """All stories as staff list them, with unit name and state, and whether they say a value that has `changed`."""
    changed = Exists(FactUse.objects.pending().filter(story=OuterRef("pk")))
    found: StoryQuerySet = Story.objects.current_unit_name(on).with_state().annotate(changed=changed)
    return found.select_related("product_type", "latest_revision")


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
    ApprovalAsked.kind: _("asked somebody by a link"),
    ApprovalLinkRevoked.kind: _("took a link back"),
    StoryReturned.kind: _("returned with a remark"),
    StoryPublished.kind: _("published"),
    StoryCorrected.kind: _("corrected"),
    StoryWithdrawn.kind: _("withdrawn"),
    StoryExpired.kind: _("its time on this website was over"),
    StoryKilled.kind: _("its text was destroyed"),
    StoryJoined.kind: _("counted as one with another story"),
    StoryParted.kind: _("counted by itself again"),
    StoriesKeptApart.kind: _("found not to be the same as another one"),
    TranslationBegun.kind: _("begun as an edition in another language"),
    RemarkMade.kind: _("a passage was remarked on"),
    RemarkAnswered.kind: _("a remark was answered"),
    RemarkResolved.kind: _("a remark was settled"),
    StoryPlaced.kind: _("appeared somewhere"),
    PlacementEnded.kind: _("no longer stands somewhere"),
    StoryOffered.kind: _("shared with other units"),
    OfferEnded.kind: _("no longer shared there"),
}


def happenings(story: Story, *, limit: int = 100) -> list[Happening]:
    """What happened to the story, newest first, with the names of today's accounts, or of who decided by a link."""
    entries = list(ledger.history(story.ref)[:limit])
    keys = {entry.actor.rpartition(":")[2] for entry in entries if entry.actor.startswith("people.account:")}
    names = {account.ref: str(account) for account in Account.objects.filter(pk__in=keys)}
    if any(entry.actor.startswith("newsroom.approvallink:") for entry in entries):
        names |= {link.ref: str(link) for link in story.approval_links.all()}
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


def owner_with_last_name(unit_id: int) -> QuerySet[Unit]:
    """The one unit, ended or not, with what it was last called as `unit_name`."""
    versions = UnitVersion.objects.filter(unit=OuterRef("pk")).order_by("-valid_from")
    return Unit.objects.filter(pk=unit_id).annotate(unit_name=Subquery(versions.values("name")[:1]))


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
