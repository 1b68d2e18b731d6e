"""Who must approve what: never one's own story, always somebody responsible for the unit, sometimes the province.

Wagtail asks this of the model of a workflow step, and our policies ask it for everything else: one rule for both.
"""

from datetime import date

from loa.people.models import Account, UnitPlace
from loa.people.models.units import SEGMENT
from loa.people.policies import Viewer, can, scope
from loa.people.roles import Ability


def may_approve(account: Viewer, *, unit_id: int, written_by: set[int], on: date) -> bool:
    """Whether `account` may approve for the unit what the accounts `written_by` wrote and handed in."""
    if not isinstance(account, Account) or account.pk in written_by:
        return False
    return can(account, Ability.APPROVE_STORIES, unit_id, on=on)


def may_approve_at_root(account: Viewer, *, unit_id: int, written_by: set[int], on: date) -> bool:
    """The same, held at the root of the unit's tree: the province, in a federation of one province."""
    root = place_path(unit_id, on=on)[:SEGMENT]
    if not isinstance(account, Account) or account.pk in written_by or not root:
        return False
    return scope(account, Ability.APPROVE_STORIES, on=on).covers_path(root)


def place_path(unit_id: int, *, on: date) -> str:
    """Where the unit stands that day, or "" for one without a place."""
    return UnitPlace.objects.on(on).filter(unit_id=unit_id).values_list("path", flat=True).first() or ""


def is_root(unit_id: int, *, on: date) -> bool:
    return len(place_path(unit_id, on=on)) == SEGMENT
