"""Who may keep the register: correct it, write down who holds which post, erase.

Whoever sees the people of a unit looks after them (their chair, an officer, a registrar). Two things need more, because
rights follow from them: a post that carries a role, and what a person of rank signs in with.
"""

from datetime import date

from .models import Account, Duty, Person, Post
from .policies import can, can_grant, held
from .roles import Ability, allowed


def can_give_post(by: Account, post: Post, unit_id: int, *, on: date) -> bool:
    """A post with rights is given like a role, on the screen as by a list; others by whoever looks after the people."""
    if post.role:
        return can_grant(by, post.role, unit_id, on=on)
    return can(by, Ability.SEE_PEOPLE, unit_id, on=on)


def can_change_reach(by: Account, person: Person, unit_id: int | None, *, on: date) -> bool:
    """Whether `by` may change the phone number and the address of `person`, who belongs to the unit.

    An account is opened with them and its first password may come by mail: a chair who could rewrite those of an
    officer in the same unit would become that officer.
    """
    return can(by, Ability.IMPORT, unit_id, on=on) or not _reaches_further(by, person, on=on)


def _reaches_further(by: Account, person: Person, *, on: date) -> bool:
    own = held(by, on=on)
    posts = Duty.objects.filter(
        person=person,
        started_on__lte=on,
        ended_on__gt=on,
        unit__places__valid_from__lte=on,
        unit__places__valid_to__gt=on,
        unit__places__living=True,
    )
    return not all(
        any(ability in allowed(mine.role) and path.startswith(mine.path) for mine in own)
        for role, path in posts.values_list("post__role", "unit__places__path")
        for ability in allowed(role)
    )
