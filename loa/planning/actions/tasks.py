"""What may be done to a task: open, take, advance, finish with a proof, drop with a reason."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.base.errors import Refused
from loa.ledger import actions as ledger
from loa.ledger.facts import Actor
from loa.people.models import Account, Unit

from .. import policies, recurring
from ..events import TaskAdvanced, TaskAssigned, TaskDropped, TaskFinished, TaskOpened, TaskTaken
from ..models import Plan, Task


@transaction.atomic
def open_task(
    title: str,
    *,
    unit: Unit,
    by: Actor,
    at: datetime,
    plan: Plan | None = None,
    clause: str = "",
    wording: str = "",
    subject: str = "",
    due_on: date | None = None,
    owner: Account | None = None,
    cadence: str = "",
) -> Task:
    """A new task of `unit`. The same `subject` and `clause` call for one task at a time: an open one is given back."""
    if not policies.can_open_task(by, unit.pk, on=today(at)):
        raise Refused(_("You may not open tasks in this unit."))
    if not title.strip():
        raise Refused(_("Please say what is to be done."))
    known = Task.objects.to_do().filter(subject=subject, clause=clause).first() if subject else None
    if known is not None:
        return known
    task = Task.objects.create(
        title=title,
        unit=unit,
        plan=plan,
        clause=clause,
        wording=wording,
        subject=subject,
        due_on=due_on,
        owner=owner,
        cadence=cadence,
        state=Task.State.DOING if owner else Task.State.OPEN,
        opened_at=at,
    )
    ledger.record(TaskOpened(subject=task.ref, unit_id=unit.pk, about=subject), by=by, at=at)
    return task


@transaction.atomic
def take(task: Task, *, by: Account, at: datetime) -> Task:
    """Answer for it from now on."""
    task = _to_do(task, by=by, at=at)
    task.owner = by
    task.state = Task.State.DOING
    task.save(update_fields=["owner", "state"])
    ledger.record(TaskTaken(subject=task.ref, unit_id=task.unit_id), by=by, at=at)
    return task


@transaction.atomic
def assign(task: Task, *, owner: Account, by: Actor, at: datetime) -> Task:
    """Ask somebody to answer for it, who does tasks in its unit."""
    task = _to_do(task, by=by, at=at)
    if not policies.can_be_asked(owner, task.unit_id, on=today(at)):
        raise Refused(_("This person does no tasks in this unit."))
    task.owner, task.state = owner, Task.State.DOING
    task.save(update_fields=["owner", "state"])
    ledger.record(TaskAssigned(subject=task.ref, unit_id=task.unit_id, owner=owner.pk), by=by, at=at)
    return task


@transaction.atomic
def advance(task: Task, *, progress: int, by: Actor, at: datetime) -> Task:
    """Say how far it has come, from 0 to 100."""
    task = _to_do(task, by=by, at=at)
    if not 0 <= progress <= 100:
        raise Refused(_("Progress lies between 0 and 100."))
    task.progress = progress
    task.save(update_fields=["progress"])
    ledger.record(TaskAdvanced(subject=task.ref, unit_id=task.unit_id, progress=progress), by=by, at=at)
    return task


@transaction.atomic
def finish(task: Task, *, by: Actor, at: datetime, proof: str = "", link: str = "") -> Task:
    """Close it with what shows that it was done: words, a link, or both."""
    task = _to_do(task, by=by, at=at)
    if not (proof.strip() or link.strip()):
        raise Refused(_("Please say what shows that it was done: a few words or a link."))
    task.state, task.progress, task.ended_at = Task.State.DONE, 100, at
    task.proof, task.link = proof.strip(), link.strip()
    task.save(update_fields=["state", "progress", "ended_at", "proof", "link"])
    evidence = [task.link] if task.link else []
    ledger.record(TaskFinished(subject=task.ref, unit_id=task.unit_id), by=by, at=at, evidence=evidence)
    _open_next(task, by=by, at=at)
    return task


def _open_next(task: Task, *, by: Actor, at: datetime) -> None:
    """What returns is opened again for its next day, with the same owner."""
    last = task.plan.last if task.plan else None
    due_on = recurring.next_due(task.due_on, task.cadence, on=today(at), last=last)
    if due_on is None:
        return
    following = Task.objects.create(
        title=task.title,
        unit_id=task.unit_id,
        plan=task.plan,
        clause=task.clause,
        wording=task.wording,
        answers=task.answers,
        cadence=task.cadence,
        subject=task.ref,
        due_on=due_on,
        owner=task.owner,
        state=Task.State.DOING if task.owner else Task.State.OPEN,
        opened_at=at,
    )
    ledger.record(TaskOpened(subject=following.ref, unit_id=task.unit_id, about=task.ref), by=by, at=at)


@transaction.atomic
def drop(task: Task, *, reason: str, by: Actor, at: datetime) -> Task:
    """Close it undone, and say why."""
    task = _to_do(task, by=by, at=at)
    if not reason.strip():
        raise Refused(_("Please say why this is no longer to be done."))
    task.state, task.proof, task.ended_at = Task.State.DROPPED, reason.strip(), at
    task.save(update_fields=["state", "proof", "ended_at"])
    ledger.record(TaskDropped(subject=task.ref, unit_id=task.unit_id), by=by, at=at)
    return task


def _to_do(task: Task, *, by: Actor, at: datetime) -> Task:
    """The task as it is now, under lock; Refused unless `by` may work on it and it is still to be done."""
    task = Task.objects.select_for_update(of=("self",)).get(pk=task.pk)
    if not policies.can_work_on(by, task, on=today(at)):
        raise Refused(_("This task belongs to somebody else."))
    if task.ended:
        raise Refused(_("This task is already closed."))
    return task
