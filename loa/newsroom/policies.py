"""Who may do what with a story: writers write and hand in, others than the writers approve, and all is by unit."""

from datetime import date

from loa.people.models.units import SEGMENT
from loa.people.policies import Viewer, can, scope
from loa.people.roles import Ability

from . import moderation
from .models import Story, UnitApproval
from .models.approval import writers


def can_write(account: Viewer, story: Story, *, on: date) -> bool:
    return can(account, Ability.WRITE_STORIES, story.unit_id, on=on) or can_withdraw(account, story, on=on)


def can_submit(account: Viewer, story: Story, *, on: date) -> bool:
    return can_write(account, story, on=on)


def can_approve(account: Viewer, story: Story, *, on: date) -> bool:
    """Whether the story waits for a decision that this account may take."""
    step = story.current_workflow_task
    return isinstance(step, UnitApproval) and step.may_decide(story, account, on=on)


def can_publish(account: Viewer, story: Story, *, on: date) -> bool:
    """Without the workflow: whoever could take its last step."""
    step = (
        moderation.may_approve_at_root
        if UnitApproval(level=UnitApproval.Level.PROVINCE).applies_to(story, on=on)
        else moderation.may_approve
    )
    return step(account, unit_id=story.unit_id, written_by=writers(story), on=on)


def can_correct(account: Viewer, story: Story, *, on: date) -> bool:
    """As for publishing: what has been approved is not changed by its writer alone."""
    return can_publish(account, story, on=on)


def can_withdraw(account: Viewer, story: Story, *, on: date) -> bool:
    """Whoever approves for the unit, at once, even their own story: taking back must never wait."""
    return can(account, Ability.APPROVE_STORIES, story.unit_id, on=on)


def can_place(account: Viewer, story: Story, *, on: date) -> bool:
    return can_write(account, story, on=on)


def can_manage_lists(account: Viewer, *, on: date) -> bool:
    """The lists are everybody's: they are kept at the root of a tree, by whoever looks after the newsroom there."""
    reach = scope(account, Ability.MANAGE_NEWSROOM, on=on)
    return reach.everything or any(len(path) == SEGMENT for path in reach.paths)


def can_keep_template(account: Viewer, unit_id: int, *, on: date) -> bool:
    return can(account, Ability.WRITE_STORIES, unit_id, on=on)
