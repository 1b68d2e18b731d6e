"""What the public sees of a story: published, corrected, withdrawn.

Publishing goes through Wagtail (revisions, its log, schedules), and its fact is written by `note_publication`, which
hears of every publication, whoever or whatever caused it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish import UnpublishAction
from wagtail.log_actions import get_active_log_context
from wagtail.models import Revision

from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.text import clean
from loa.ledger import queries as ledger
from loa.ledger.actions import record
from loa.ledger.facts import SYSTEM, Actor
from loa.people.models import Account

from .. import policies, queries
from ..events import StoryCorrected, StoryExpired, StoryPublished, StoryWithdrawn
from ..models import Story
from .covering import fulfil_coverage, reopen_coverage
from .indexing import forget, make_findable
from .joining import take_bands
from .placing import end, place_here
from .sharing import end_sharing
from .stating import show_sources
from .writing import check_pictures, check_ready, locked


@transaction.atomic
def publish(story: Story, *, by: Account, at: datetime) -> None:
    """Publish the latest version without the workflow."""
    story = locked(story)
    if story.withdrawn_at:
        raise Refused(_("This story was withdrawn. Please write a new one."))
    if not policies.can_publish(by, story, on=today(at)):
        raise Refused(_("Somebody else must approve this story: its writer never does, and each unit has its own."))
    check_ready(story, at=at)
    _publish(story, by=by, at=at)


@transaction.atomic
def correct(story: Story, *, note: str, by: Account, at: datetime) -> None:
    """Publish the latest version of a story that is out, telling readers what was wrong and is now right."""
    story, note = locked(story), clean(note)
    if not story.live:
        raise Refused(_("Only a story that is out can be corrected."))
    if not policies.can_correct(by, story, on=today(at)):
        raise Refused(_("Somebody else must approve this story: its writer never does, and each unit has its own."))
    if not note:
        raise Refused(_("Please tell readers in a sentence what was wrong and is now right."))
    check_pictures(story.get_latest_revision_as_object(), at=at, but=frozenset(queries.photo_ids(story)))
    Story.objects.filter(pk=story.pk).update(corrected_at=at, correction_note=note)
    story.refresh_from_db()
    revision_id = _publish(story, by=by, at=at) if story.has_unpublished_changes else story.live_revision_id or 0
    show_sources(story, by=by, at=at)
    record(StoryCorrected(subject=story.ref, unit_id=story.unit_id, revision_id=revision_id), by=by, at=at)


def _publish(story: Story, *, by: Account, at: datetime) -> int:
    revision = story.latest_revision or story.save_revision(user=by)
    with happening(at):
        revision.publish(user=by)
    return int(revision.pk)


_instant: ContextVar[tuple[datetime, Actor | None] | None] = ContextVar("_instant", default=None)


@contextmanager
def happening(at: datetime, *, by: Actor | None = None) -> Iterator[None]:
    """Says when what Wagtail does inside is true, and by whom where that is no account.

    Without it Wagtail's own clock counts, as for a schedule.
    """
    token = _instant.set((at, by))
    try:
        yield
    finally:
        _instant.reset(token)


def note_publication(instance: Story, revision: Revision, **_signal: Any) -> None:
    """Receiver of Wagtail's `published` for stories: the fact, the day, the place on this website, the search.

    Wagtail also calls it when a publication is only scheduled; then there is nothing to note yet.
    """
    given, actor = _instant.get() or (None, None)
    at = given or instance.last_published_at
    if not instance.live or at is None:
        return
    instance.last_published_at = at
    first = not ledger.history(instance.ref).filter(kind=StoryPublished.kind).exists()
    if first:
        instance.first_published_at, instance.published_on = at, today(at)
    Story.objects.filter(pk=instance.pk).update(
        first_published_at=instance.first_published_at, last_published_at=at, published_on=instance.published_on
    )
    _note(instance, revision, first=first, by=actor or _acting(), at=at)
    make_findable([instance])
    take_bands(instance)


def _note(story: Story, revision: Revision, *, first: bool, by: Actor, at: datetime) -> None:
    fact = StoryPublished(subject=story.ref, unit_id=story.unit_id, revision_id=revision.pk, first=first)
    record(fact, by=by, at=at)
    fulfil_coverage(story, by=by, at=at)
    show_sources(story, by=by, at=at)
    place_here(story, by=by, at=at)


def note_expiry(instance: Story, **_signal: Any) -> None:
    """Receiver of Wagtail's `unpublished` for stories: one whose time is over leaves a fact and this website.

    A withdrawal unpublishes as well, and has a fact of its own.
    """
    if instance.withdrawn_at:
        return
    given, actor = _instant.get() or (None, None)
    _expire(instance, by=actor or _acting(), at=given or timezone.now())
    forget(instance)


def _expire(story: Story, *, by: Actor, at: datetime) -> None:
    record(StoryExpired(subject=story.ref, unit_id=story.unit_id), by=by, at=at)
    for placement in story.placements.standing().filter(channel__own_site=True):
        end(placement, on=today(at), by=by, at=at)


def _acting() -> Actor:
    """Whoever Wagtail says is acting; a schedule has nobody."""
    user = get_active_log_context().user
    return user if isinstance(user, Account) else SYSTEM


@transaction.atomic
def withdraw(story: Story, *, reason: str, by: Account, at: datetime) -> None:
    """Take a published story back for good; its address then tells the reason, and it no longer counts."""
    story, reason = locked(story), clean(reason)
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
    forget(story)
    record(StoryWithdrawn(subject=story.ref, unit_id=story.unit_id), by=by, at=at)
    reopen_coverage(story, by=by, at=at)
    end_sharing(story, by=by, at=at)
    for placement in story.placements.standing().filter(channel__own_site=True):
        end(placement, on=today(at), by=by, at=at)
