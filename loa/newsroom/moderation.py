"""Who must approve what: never one's own story, always somebody responsible for the unit, sometimes the province.

Wagtail asks this of the model of a workflow step, and our policies ask it for everything else: one rule for both.
"""

from collections.abc import Iterator
from datetime import date

from loa.people.models import Account, UnitPlace
from loa.people.models.units import SEGMENT
from loa.people.policies import Viewer, can, scope
from loa.people.roles import Ability

from .models.deputies import Deputy

APPROVE = Ability.APPROVE_STORIES


def may_approve(
    account: Viewer, *, unit_id: int, written_by: set[int], on: date, ability: Ability = APPROVE, at_root: bool = False
) -> bool:
    """Whether `account` may approve for the unit what the accounts `written_by` wrote and handed in.

    With `at_root`, the right must be held at the root of the unit's tree: the province, in a federation of one.
    """
    asked = {"unit_id": unit_id, "written_by": written_by, "on": on, "at_root": at_root}
    return whose_right(account, ability=ability, **asked) is not None  # type: ignore[arg-type]


def whose_right(
    account: Viewer, *, unit_id: int, written_by: set[int], on: date, at_root: bool, ability: Ability = APPROVE
) -> Account | None:
    """Whose right `account` would use to approve: their own, or that of somebody absent whose deputy they are."""
    if not isinstance(account, Account) or account.pk in written_by:
        return None
    path = place_path(unit_id, on=on)[:SEGMENT] if at_root else ""
    for one in _stood_for(account, on=on, ability=ability):
        if one.pk in written_by:
            continue
        if at_root:
            if path and scope(one, ability, on=on).covers_path(path):
                return one
        elif can(one, ability, unit_id, on=on):
            return one
    return None


def _stood_for(account: Account, *, on: date, ability: Ability) -> Iterator[Account]:
    """The account itself, then those it stands for that day. Only approving is handed on."""
    yield account
    if ability == APPROVE:
        yield from absent(account, on=on)


def absent(deputy: Account, *, on: date) -> list[Account]:
    """The people for whom `deputy` decides on that day, as long as they approve somewhere themselves."""
    named = Deputy.objects.in_force(on).filter(deputy=deputy, absentee__is_active=True).select_related("absentee")
    found = [one.absentee for one in named.order_by("pk")]
    return found if found and scope(deputy, APPROVE, on=on) else []


def place_path(unit_id: int, *, on: date) -> str:
    """Where the unit stands that day, or "" for one without a place."""
    return UnitPlace.objects.on(on).filter(unit_id=unit_id).values_list("path", flat=True).first() or ""


def is_root(unit_id: int, *, on: date) -> bool:
    return len(place_path(unit_id, on=on)) == SEGMENT
