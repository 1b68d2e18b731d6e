"""What can be done with a story. Each checks, changes, and records, in one transaction.

Publishing goes through Wagtail (revisions, its log, schedules), and its fact is written by `note_publication`, which
hears of every publication, whoever or whatever caused it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS as ALL
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _
from modelsearch import index
from wagtail.actions.unpublish import UnpublishAction
from wagtail.log_actions import get_active_log_context
from wagtail.models import Revision, TaskState, Workflow, WorkflowContentType, WorkflowState, WorkflowTask

from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.text import clean, clean_lines, fold, slug
from loa.ledger import queries as ledger
from loa.ledger.actions import record
from loa.ledger.facts import SYSTEM, Actor
from loa.people.models import Account

from . import lists, policies
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
from .models import Channel, Photo, Placement, ProductType, ProvinceRule, Story, Theme, UnitApproval

WHOLE = 100


# --- writing


def complete(story: Story, *, by: Account, at: datetime) -> None:
    """What every save of a draft needs, whoever saves it: rights, clean text, an address, an author."""
    if not policies.can_write(by, story, on=today(at)):
        raise Refused(_("You may write stories only for your own unit and the units below it."))
    if story.withdrawn_at:
        raise Refused(_("This story was withdrawn. Please write a new one."))
    story.title, story.summary = clean(story.title), clean(story.summary)
    story.folded_title = fold(story.title)
    story.short = clean_lines(story.short)
    story.author_id = story.author_id or by.pk
    story.slug = story.slug or _free_slug(story.title)


@transaction.atomic
def draft(story: Story, *, by: Account, at: datetime) -> Revision:
    """Keep a new draft, or a new version of one; the public sees nothing of it."""
    complete(story, by=by, at=at)
    story.live = story.live and story.pk is not None
    if not story.live:
        story.save()
    revision: Revision = story.save_revision(user=by, log_action=True)
    return revision


def _check_ready(story: Story) -> None:
    """A draft may be unfinished; what somebody else is to read may not."""
    latest = story.get_latest_revision_as_object()
    try:
        latest.full_clean()
    except ValidationError as problem:
        names = {name: str(Story._meta.get_field(name).verbose_name) for name in problem.message_dict if name != ALL}
        fields = ", ".join(names.values()) or "; ".join(problem.messages)
        raise Refused(
            _("This story is not finished yet. Please look at: %(fields)s.") % {"fields": fields}
        ) from problem
    if not latest.short and not latest.deep_text:
        raise Refused(_("Please write the short or the deep edition first: there is nothing to read yet."))
    shares = [credit.share for credit in latest.credits.all()]
    if shares and sum(shares) != WHOLE:
        raise Refused(
            _("The shares of the authors add up to %(sum)s %%. Please make it 100 %%.") % {"sum": sum(shares)}
        )


def _free_slug(title: str) -> str:
    """An address that no other story has: of the title, with a number when it is taken."""
    wanted = slug(title)
    taken = set(Story.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    free = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(name for name in free if name not in taken)


# --- approving


@transaction.atomic
def submit(story: Story, *, by: Account, at: datetime) -> None:
    """Hand the latest draft in for approval, or hand it in again after it was returned."""
    story = _locked(story)
    if not policies.can_submit(by, story, on=today(at)):
        raise Refused(_("You may hand in stories only for your own unit and the units below it."))
    if story.withdrawn_at:
        raise Refused(_("This story was withdrawn. Please write a new one."))
    state, workflow = story.current_workflow_state, story.get_workflow()
    if state and state.status == WorkflowState.STATUS_IN_PROGRESS:
        raise Refused(_("This story has been handed in already and is waiting for approval."))
    if workflow is None:
        raise Refused(_("No way of approval is set up for stories. Please tell your administrator."))
    _check_ready(story)
    if state:
        state.resume(user=by)
    else:
        workflow.start(story, by)
    record(StorySubmitted(subject=story.ref, unit_id=story.unit_id, revision_id=story.latest_revision_id), by=by, at=at)


@transaction.atomic
def approve(story: Story, *, by: Account, at: datetime, remark: str = "") -> None:
    """Approve the latest version at the step where the story waits; after the last step it is published."""
    story = _locked(story)
    state, step = _step_to_decide(story, by=by, on=today(at))
    _check_ready(story)
    # An approver may have corrected a word: what is approved is what was read, and Wagtail would start over.
    state.revision = story.latest_revision
    state.save(update_fields=["revision"])
    record(
        StoryApproved(subject=story.ref, unit_id=story.unit_id, level=step.level, revision_id=story.latest_revision_id),
        by=by,
        at=at,
    )
    with _happening(at):
        step.on_action(state, by, "approve", comment=clean_lines(remark))


@transaction.atomic
def return_with_remark(story: Story, *, remark: str, by: Account, at: datetime) -> None:
    """Give the story back to its writer, saying what is to be changed."""
    story = _locked(story)
    state, step = _step_to_decide(story, by=by, on=today(at))
    remark = clean_lines(remark)
    if not remark:
        raise Refused(_("Please say in a sentence what should be changed, so that the writer can do it."))
    step.on_action(state, by, "reject", comment=remark)
    record(
        StoryReturned(subject=story.ref, unit_id=story.unit_id, level=step.level, revision_id=story.latest_revision_id),
        by=by,
        at=at,
    )


def _step_to_decide(story: Story, *, by: Account, on: date) -> tuple[TaskState, UnitApproval]:
    state = story.current_workflow_task_state
    if state is None:
        raise Refused(_("This story is not waiting for approval; somebody may have decided in the meantime."))
    if not policies.can_approve(by, story, on=on):
        raise Refused(_("Somebody else must approve this story: its writer never does, and each unit has its own."))
    return state, state.task.specific


# --- publishing


@transaction.atomic
def publish(story: Story, *, by: Account, at: datetime) -> None:
    """Publish the latest version without the workflow."""
    story = _locked(story)
    if story.withdrawn_at:
        raise Refused(_("This story was withdrawn. Please write a new one."))
    if not policies.can_publish(by, story, on=today(at)):
        raise Refused(_("Somebody else must approve this story: its writer never does, and each unit has its own."))
    _check_ready(story)
    _publish(story, by=by, at=at)


@transaction.atomic
def correct(story: Story, *, note: str, by: Account, at: datetime) -> None:
    """Publish the latest version of a story that is out, telling readers what was wrong and is now right."""
    story, note = _locked(story), clean(note)
    if not story.live:
        raise Refused(_("Only a story that is out can be corrected."))
    if not policies.can_correct(by, story, on=today(at)):
        raise Refused(_("Somebody else must approve this story: its writer never does, and each unit has its own."))
    if not note:
        raise Refused(_("Please tell readers in a sentence what was wrong and is now right."))
    Story.objects.filter(pk=story.pk).update(corrected_at=at, correction_note=note)
    story.refresh_from_db()
    revision_id = _publish(story, by=by, at=at) if story.has_unpublished_changes else story.live_revision_id or 0
    record(StoryCorrected(subject=story.ref, unit_id=story.unit_id, revision_id=revision_id), by=by, at=at)


def _publish(story: Story, *, by: Account, at: datetime) -> int:
    revision = story.latest_revision or story.save_revision(user=by)
    with _happening(at):
        revision.publish(user=by)
    return int(revision.pk)


_instant: ContextVar[datetime | None] = ContextVar("_instant", default=None)


@contextmanager
def _happening(at: datetime) -> Iterator[None]:
    """Says when what Wagtail does inside is true; without it Wagtail's own clock counts, as for a schedule."""
    token = _instant.set(at)
    try:
        yield
    finally:
        _instant.reset(token)


def note_publication(instance: Story, revision: Revision, **_signal: Any) -> None:
    """Receiver of Wagtail's `published` for stories: the fact, the day, the place on this website, the search.

    Wagtail also calls it when a publication is only scheduled; then there is nothing to note yet.
    """
    at = _instant.get() or instance.last_published_at
    if not instance.live or at is None:
        return
    instance.last_published_at = at
    first = not ledger.history(instance.ref).filter(kind=StoryPublished.kind).exists()
    if first:
        instance.first_published_at, instance.published_on = at, today(at)
    Story.objects.filter(pk=instance.pk).update(
        first_published_at=instance.first_published_at, last_published_at=at, published_on=instance.published_on
    )
    by = _acting()
    fact = StoryPublished(subject=instance.ref, unit_id=instance.unit_id, revision_id=revision.pk, first=first)
    record(fact, by=by, at=at)
    _place_here(instance, by=by, at=at)
    index.insert_or_update_object(instance)


def _acting() -> Actor:
    """Whoever Wagtail says is acting; a schedule has nobody."""
    user = get_active_log_context().user
    return user if isinstance(user, Account) else SYSTEM


def _place_here(story: Story, *, by: Actor, at: datetime) -> None:
    here = Channel.objects.filter(own_site=True).first()
    if here is None or story.placements.standing().filter(channel=here).exists():
        return
    placement = Placement.objects.create(story=story, channel=here, placed_on=today(at))
    _record_placed(placement, by=by, at=at)


@transaction.atomic
def withdraw(story: Story, *, reason: str, by: Account, at: datetime) -> None:
    """Take a published story back for good; its address then tells the reason, and it no longer counts."""
    story, reason = _locked(story), clean(reason)
    if story.withdrawn_at:
        raise Refused(_("This story has been withdrawn already."))
    if not story.live:
        raise Refused(_("Only a story that is out can be withdrawn."))
    if not policies.can_withdraw(by, story, on=today(at)):
        raise Refused(_("Only those who approve stories for this unit may withdraw one."))
    if not reason:
        raise Refused(_("Please tell readers in a sentence why the story is withdrawn."))
    if state := story.current_workflow_state:
        state.cancel(user=by)
    story.withdrawn_at, story.withdrawal_reason = at, reason
    UnpublishAction(story, user=by).execute(skip_permission_checks=True)
    record(StoryWithdrawn(subject=story.ref, unit_id=story.unit_id), by=by, at=at)
    for placement in story.placements.standing().filter(channel__own_site=True):
        _end(placement, on=today(at), by=by, at=at)


# --- placements


@transaction.atomic
def place(
    story: Story,
    *,
    channel: Channel,
    placed_on: date,
    url: str = "",
    picture: File | None = None,
    by: Account,
    at: datetime,
) -> Placement:
    """Keep that a published story also appeared elsewhere, with the link or the photo that proves it."""
    story, url = _locked(story), url.strip()
    if not policies.can_place(by, story, on=today(at)):
        raise Refused(_("You may do this only for stories of your own unit and the units below it."))
    if channel.own_site:
        raise Refused(_("Publication itself puts a story on this website; there is nothing to enter."))
    if story.published_on is None or story.withdrawn_at:
        raise Refused(_("Only a story that is approved and out can appear somewhere else."))
    if not url and picture is None:
        raise Refused(_("Please give the link to where it appeared, or a photo that shows it."))
    if placed_on > today(at):
        raise Refused(_("The day it appeared cannot lie in the future."))
    if url and story.placements.standing().filter(channel=channel, url=url).exists():
        raise Refused(_("This link has been entered already."))
    photo = _kept(picture, story, by=by) if picture else None
    placement = Placement.objects.create(
        story=story, channel=channel, url=url, photo=photo, placed_on=placed_on, recorded_by=by
    )
    _record_placed(placement, by=by, at=at)
    return placement


def _kept(picture: File, story: Story, *, by: Account) -> Photo:
    """The picture among those of the story's unit."""
    title = _("Evidence for: %(title)s") % {"title": story.title}
    photo: Photo = Photo.objects.create(title=title[:255], file=picture, unit_id=story.unit_id, uploaded_by_user=by)
    return photo


def _record_placed(placement: Placement, *, by: Actor, at: datetime) -> None:
    fact = StoryPlaced(
        subject=placement.story.ref,
        unit_id=placement.story.unit_id,
        placement_id=placement.pk,
        channel=placement.channel.code,
        placed_on=placement.placed_on,
    )
    photo = [f"newsroom.photo:{placement.photo_id}"] if placement.photo_id else []
    record(fact, by=by, at=at, evidence=[placement.url, *photo] if placement.url else photo)


@transaction.atomic
def remove_placement(placement: Placement, *, mistaken: bool = False, by: Account, at: datetime) -> None:
    """The story no longer stands there; one recorded by mistake never did, and stops counting."""
    placement = (
        Placement.objects.select_for_update(of=("self",)).select_related("story", "channel").get(pk=placement.pk)
    )
    if not policies.can_place(by, placement.story, on=today(at)):
        raise Refused(_("You may do this only for stories of your own unit and the units below it."))
    if placement.channel.own_site:
        raise Refused(_("To take a story off this website, withdraw it."))
    if not placement.standing:
        raise Refused(_("This placement has ended already."))
    _end(placement, on=placement.placed_on if mistaken else today(at), by=by, at=at)


def _end(placement: Placement, *, on: date, by: Actor, at: datetime) -> None:
    placement.ended_on = max(on, placement.placed_on)
    placement.save(update_fields=["ended_on"])
    fact = PlacementEnded(
        subject=placement.story.ref,
        unit_id=placement.story.unit_id,
        placement_id=placement.pk,
        ended_on=placement.ended_on,
    )
    record(fact, by=by, at=at)


def _locked(story: Story) -> Story:
    """The story as it is now, held until the end of the transaction."""
    locked: Story = Story.objects.select_for_update().get(pk=story.pk)
    return locked


# --- the beginning


def after_migration(*, apps: Any, **_signal: Any) -> None:
    """Receiver of Django's `post_migrate`; it also comes when the tables of this module have just been dropped."""
    if "story" in apps.all_models["newsroom"]:
        settle_in()


@transaction.atomic
def settle_in() -> None:
    """Fill empty lists and set the workflow up; what staff have changed is left alone.

    After migrations rather than in one, so that it also holds for a database that a test, or a restore, has emptied.
    """
    if not Theme.objects.exists():
        rows = enumerate(lists.THEMES, start=1)
        Theme.objects.bulk_create([Theme(code=code, name=name, position=n) for n, (code, name) in rows])
    if not ProductType.objects.exists():
        ProductType.objects.bulk_create([ProductType(position=n, **row) for n, row in enumerate(lists.PRODUCT_TYPES)])
    if not Channel.objects.exists():
        Channel.objects.bulk_create([Channel(position=n, **row) for n, row in enumerate(lists.CHANNELS)])
    if not UnitApproval.objects.exists():
        ProvinceRule.objects.bulk_create([ProvinceRule(**row) for row in lists.PROVINCE_RULES], ignore_conflicts=True)
        _set_workflow_up()


def _set_workflow_up() -> None:
    workflow = Workflow.objects.create(name=lists.WORKFLOW)
    for number, (level, name) in enumerate(lists.STEPS):
        step = UnitApproval.objects.create(name=name, level=level)
        WorkflowTask.objects.create(workflow=workflow, task=step, sort_order=number)
    story = ContentType.objects.get_for_model(Story, for_concrete_model=False)
    WorkflowContentType.objects.update_or_create(content_type=story, defaults={"workflow": workflow})
