"""Who says which channels are official, and what stands on the first page."""

from datetime import date

from loa.people.policies import Viewer, can, scope
from loa.people.roles import Ability

VERIFYING = Ability.APPROVE_STORIES
"""Held by whoever answers for what a unit publishes."""
ARRANGING = Ability.MANAGE_NEWSROOM


def can_verify(account: Viewer, unit_id: int, *, on: date) -> bool:
    return can(account, VERIFYING, unit_id, on=on)


def can_arrange(account: Viewer, *, on: date) -> bool:
    """The first page is everybody's: whoever looks after the newsroom of a whole federation puts it together."""
    return scope(account, ARRANGING, on=on).reaches_root
