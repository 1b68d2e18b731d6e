"""What somebody's own stories have come to, and what is new around them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from wagtail.models import WorkflowState

from loa.people.models import Account, Unit
from loa.people.policies import Scope

from ..models import Placement, Story
from .requests import own_units
from .staff import named_units

NEWS = 20


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


@dataclass(frozen=True, kw_only=True)
class Told:
    """A piece of news that somebody told: where it is, what was remarked, where it stands."""

    story: Any
    state: "Story.State"
    remark: str = ""

    @property
    def open(self) -> bool:
        """Whether it lies with whoever told it."""
        return self.state in {Story.State.RETURNED, Story.State.DRAFT}

    @property
    def out(self) -> bool:
        return self.state == Story.State.OUT


@dataclass(frozen=True, kw_only=True)
class ToldPage:
    rows: list[Told]
    after: int | str = ""


def news_told(account: Account, *, before: int = 0, limit: int = NEWS) -> ToldPage:
    """What somebody told, or wrote, the newest first: a fixed number of queries."""
    found = _own(account)
    if before:
        found = found.filter(pk__lt=before)
    rows = list(found[: limit + 1])
    remarks = {one.story_id: one.remark for one in returned_to(account, limit=limit)}
    told = [Told(story=one, state=Story.State(one.state), remark=remarks.get(one.pk, "")) for one in rows[:limit]]
    return ToldPage(rows=told, after=rows[limit - 1].pk if len(rows) > limit else "")


def news_out(account: Account, *, since: datetime, at: datetime, limit: int) -> list[Any]:
    """What came out lately of what somebody told, with where it stands: two queries."""
    return list(_own(account).public(at).filter(first_published_at__gte=since)[:limit])


def own_news(pk: int, account: Account) -> Any:
    """Raises Story.DoesNotExist, also for what somebody else told."""
    return _own(account).get(pk=pk)


def _own(account: Account) -> Any:
    standing = Prefetch(
        "placements", queryset=Placement.objects.standing().select_related("channel").order_by("pk"), to_attr="standing"
    )
    return Story.objects.filter(author=account).with_state().order_by("-pk").prefetch_related(standing)


def telling_units(scope: Scope) -> QuerySet[Unit]:
    """Of which units somebody tells news: their own, not those below."""
    named = named_units(on=scope.on)
    return named if scope.everything else named.filter(pk__in=own_units(scope))
