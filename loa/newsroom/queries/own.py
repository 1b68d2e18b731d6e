"""What somebody's own stories have come to, and what is new around them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from wagtail.models import WorkflowState

from loa.people.models import Account
from loa.people.policies import Scope

from ..models import Story


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A story that somebody handed in, at the step of the workflow where it is now."""

    story_id: int
    title: str
    step: str
    remark: str
    since: datetime


def handed_in(account: Account, *, limit: int) -> list[Sent]:
    """What the account handed in and others have not decided yet, the newest first: two queries."""
    return _sent(account, WorkflowState.STATUS_IN_PROGRESS, limit=limit)


def returned_to(account: Account, *, limit: int) -> list[Sent]:
    """What came back to whoever handed it in, with the remark, the newest first: two queries."""
    return _sent(account, WorkflowState.STATUS_NEEDS_CHANGES, limit=limit)


def _sent(account: Account, status: str, *, limit: int) -> list[Sent]:
    states = WorkflowState.objects.filter(
        base_content_type=Story.get_base_content_type(), requested_by=account, status=status
    ).select_related("current_task_state__task")
    found = [state for state in states.order_by("-created_at", "-pk")[:limit] if state.current_task_state]
    titles = dict(Story.objects.filter(pk__in=[state.object_id for state in found]).values_list("pk", "title"))
    return [
        Sent(
            story_id=int(state.object_id),
            title=titles[int(state.object_id)],
            step=state.current_task_state.task.name,
            remark=state.current_task_state.comment,
            since=state.current_task_state.started_at,
        )
        for state in found
    ]


def out_lately(scope: Scope, above: Sequence[int], *, since: datetime, at: datetime, limit: int) -> list[Story]:
    """What came out since then within the scope or in one of the units `above`, the newest first: one query."""
    new = Story.objects.public(at).filter(first_published_at__gte=since)
    if not scope.everything:
        new = new.filter(Q(unit_id__in=above) | Q(unit_id__in=scope.places().values("unit_id")))
    return list(new.newest_first().with_unit_name()[:limit])
