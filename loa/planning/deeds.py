"""Tables of the plan's tasks that reports show: those done, with their proof, and those not done yet."""

from datetime import date

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.base.dates import day_bounds, short_date, today
from loa.people.queries import by_child

from .models import Task
from .models.tasks import TaskQuerySet
from .protocol import Ask, Row
from .queries import plan_on

State = Task.State


class TasksDone:
    """The tasks of the plan that were done by the as-of day, the last one first."""

    key = "planning.tasks_done"
    name = gettext_lazy("Tasks of the plan that are done")
    columns = (gettext_lazy("Proof"),)

    def rows(self, ask: Ask, *, limit: int) -> list[Row]:
        found = _tasks(ask).filter(_done(ask)).order_by(F("ended_at").desc(), "pk")
        return [
            _row(task, today(task.ended_at) if task.ended_at else None, task.proof or task.link)
            for task in found[:limit]
        ]


class TasksWaiting:
    """The tasks of the plan that were not done by the as-of day, those due first above; dropped ones say so."""

    key = "planning.tasks_waiting"
    name = gettext_lazy("Tasks of the plan not done yet")
    columns = (gettext_lazy("How far it has come"),)

    def rows(self, ask: Ask, *, limit: int) -> list[Row]:
        found = _tasks(ask).exclude(_done(ask)).order_by(F("due_on").asc(nulls_last=True), "pk")
        return [_row(task, task.due_on, _progress(task)) for task in found[:limit]]


LISTINGS = (TasksDone(), TasksWaiting())


def _tasks(ask: Ask) -> TaskQuerySet:
    """Those opened by the as-of day in the subtree, of the plan in force on it."""
    plan = plan_on(ask.as_of)
    within: TaskQuerySet = by_child(Task.objects.filter(plan=plan), ask.path, on=ask.structure)
    return within.exclude(clause="").filter(opened_at__lt=day_bounds(ask.as_of, ask.as_of)[1])


def _done(ask: Ask) -> Q:
    return Q(state=State.DONE, ended_at__lt=day_bounds(ask.as_of, ask.as_of)[1])


def _row(task: Task, on: date | None, cell: str) -> Row:
    """Where the plan names who answers for it, that stands for the unit."""
    label = f"{task.clause}. {task.title}" if task.clause else task.title
    url = reverse("planning:task", args=[task.pk])
    return Row(ref=task.ref, label=label, url=url, on=on, unit=task.answers, cells=(cell,))


def _progress(task: Task) -> str:
    if task.state == State.DROPPED:
        return _("dropped: %(why)s") % {"why": task.proof}
    if task.ended_at is not None:
        return _("done later, on %(day)s") % {"day": short_date(today(task.ended_at))}
    if task.due_on is None:
        return _("%(progress)s %% done, no due day") % {"progress": task.progress}
    return _("%(progress)s %% done, due on %(day)s") % {"progress": task.progress, "day": short_date(task.due_on)}
