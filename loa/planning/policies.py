"""Who may load and re-base plans, and who may do tasks."""

from datetime import date

from loa.ledger.facts import Actor, System
from loa.people import policies as people
from loa.people.models import Account
from loa.people.roles import Ability

from .models import Task


def can_manage_plan(actor: Actor, unit_id: int, *, on: date) -> bool:
    """Planners of the issuing unit; the administrator's command acts as the system."""
    return _can(actor, Ability.MANAGE_PLAN, unit_id, on=on)


def can_open_task(actor: Actor, unit_id: int, *, on: date) -> bool:
    """Whoever does tasks or manages the plan there, and reactions to facts."""
    return any(_can(actor, ability, unit_id, on=on) for ability in (Ability.DO_TASKS, Ability.MANAGE_PLAN))


def can_work_on(actor: Actor, task: Task, *, on: date) -> bool:
    """Its owner, or anyone who does tasks in its unit while it has none; planners in any case."""
    if _can(actor, Ability.MANAGE_PLAN, task.unit_id, on=on):
        return True
    free = task.owner_id is None or (isinstance(actor, Account) and task.owner_id == actor.pk)
    return free and _can(actor, Ability.DO_TASKS, task.unit_id, on=on)


def can_be_asked(account: Account, unit_id: int, *, on: date) -> bool:
    """Whoever does tasks in the unit."""
    return people.can(account, Ability.DO_TASKS, unit_id, on=on)


def _can(actor: Actor, ability: Ability, unit_id: int, *, on: date) -> bool:
    if isinstance(actor, System):
        return True
    return isinstance(actor, Account) and people.can(actor, ability, unit_id, on=on)
