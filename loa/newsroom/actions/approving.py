"""The way of a story through its workflow: handed in, approved step by step, or returned."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.text import clean_lines
from loa.ledger.actions import record
from loa.people.models import Account

from .. import policies
from ..events import StoryApproved, StoryReturned, StorySubmitted
from ..models import Story, UnitApproval
from .publishing import happening
from .writing import check_ready, locked


@transaction.atomic
def submit(story: Story, *, by: Account, at: datetime) -> None:
    """Hand the latest draft in for approval, or hand it in again after it was returned."""
    story = locked(story)
    if not policies.can_submit(by, story, on=today(at)):
        raise Refused(_("You may hand in stories only for your own unit and the units below it."))
    if story.withdrawn_at:
        raise Refused(_("This story was withdrawn. Please write a new one."))
    state, workflow = story.current_workflow_state, story.get_workflow()
    if state and state.status == WorkflowState.STATUS_IN_PROGRESS:
        raise Refused(_("This story has been handed in already and is waiting for approval."))
    if workflow is None:
        raise Refused(_("No way of approval is set up for stories. Please tell your administrator."))
    check_ready(story, at=at)
    if state:
        state.resume(user=by)
    else:
        workflow.start(story, by)
    record(StorySubmitted(subject=story.ref, unit_id=story.unit_id, revision_id=story.latest_revision_id), by=by, at=at)


@transaction.atomic
def approve(story: Story, *, by: Account, at: datetime, remark: str = "") -> None:
    """Approve the latest version at the step where the story waits; after the last step it is published."""
    story = locked(story)
    state, step = step_to_decide(story, by=by, on=today(at))
    check_ready(story, at=at)
    # An approver may have corrected a word: what is approved is what was read, and Wagtail would start over.
    state.revision = story.latest_revision
    state.save(update_fields=["revision"])
    right = step.whose_right(story, by, on=today(at))
    fact = StoryApproved(
        subject=story.ref,
        unit_id=story.unit_id,
        level=step.level,
        revision_id=story.latest_revision_id,
        deputy_for=right.pk if right and right != by else None,
    )
    record(fact, by=by, at=at)
    with happening(at):
        step.on_action(state, by, "approve", comment=clean_lines(remark))


@transaction.atomic
def return_with_remark(story: Story, *, remark: str, by: Account, at: datetime) -> None:
    """Give the story back to its writer, saying what is to be changed."""
    story = locked(story)
    state, step = step_to_decide(story, by=by, on=today(at))
    remark = clean_lines(remark)
    if not remark:
        raise Refused(_("Please say in a sentence what should be changed, so that the writer can do it."))
    step.on_action(state, by, "reject", comment=remark)
    record(
        StoryReturned(subject=story.ref, unit_id=story.unit_id, level=step.level, revision_id=story.latest_revision_id),
        by=by,
        at=at,
    )


def step_to_decide(story: Story, *, by: Account, on: date) -> tuple[TaskState, UnitApproval]:
    state = story.current_workflow_task_state
    if state is None:
        raise Refused(_("This story is not waiting for approval; somebody may have decided in the meantime."))
    if not policies.can_approve(by, story, on=on):
        raise Refused(_("Somebody else must approve this story: its writer never does, and each unit has its own."))
    return state, state.task.specific
