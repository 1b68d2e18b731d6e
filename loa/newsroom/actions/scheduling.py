"""Another time for what is approved and appears by itself."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.base.errors import Refused
from loa.ledger.actions import record
from loa.people.models import Account

from .. import policies, queries
from ..events import StoryRescheduled
from ..models import Story
from .writing import locked


@transaction.atomic
def reschedule(story: Story, *, to: datetime, by: Account, at: datetime) -> None:
    """The approved version appears at another time; its text stays the one that was approved."""
    story = locked(story)
    revision = queries.scheduled_revisions().select_for_update().filter(object_id=str(story.pk)).order_by("-pk").first()
    if revision is None:
        raise Refused(_("This story is not scheduled."))
    if not policies.can_publish(by, story, on=today(at)):
        raise Refused(_("Only who could publish this story sets another time for it."))
    if to <= at:
        raise Refused(_("Please choose a time that is still to come."))
    if story.expire_at and to >= story.expire_at:
        raise Refused(_("Its time on this website would be over before it appears."))
    before = revision.approved_go_live_at
    if before == to:
        return
    revision.approved_go_live_at = to
    revision.content["go_live_at"] = to  # the schedule reads it from the version itself
    revision.save(update_fields=["approved_go_live_at", "content"])
    Story.objects.filter(pk=story.pk).update(go_live_at=to)
    fact = StoryRescheduled(subject=story.ref, unit_id=story.unit_id, before=before, after=to)
    record(fact, by=by, at=at)
