"""Who says which channels are official: whoever answers for what a unit publishes."""

from datetime import date

from loa.people.policies import Viewer, can
from loa.people.roles import Ability

VERIFYING = Ability.APPROVE_STORIES


def can_verify(account: Viewer, unit_id: int, *, on: date) -> bool:
    return can(account, VERIFYING, unit_id, on=on)
