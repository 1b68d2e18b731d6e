"""What is done with one person at a time, by the rules lists follow: register, move, leave."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.periods import FOREVER
from loa.base.text import clean, fold, name_key
from loa.ledger.actions import record
from loa.ledger.facts import System

from ..events import PersonLeft, PersonMoved, PersonRegistered
from ..models import Account, Duty, Membership, Person, Unit, UnitPlace
from ..policies import can
from ..roles import Ability


@transaction.atomic
def register_person(
    *, full_name: str, unit: Unit, standing: str, on: date, by: Account | System, at: datetime, **facts: Any
) -> Person:
    """A person new to the registry, in `unit` from `on`. `facts`: other fields of Person, clean already."""
    _check(unit, on, by, at)
    name = clean(full_name)
    if not name:
        raise Refused(_("The name is missing."))
    person = Person.objects.create(full_name=name, name_key=name_key(name), folded=fold(name), **facts)
    Membership.objects.create(person=person, unit=unit, standing=standing, started_on=on)
    record(PersonRegistered(subject=person.ref, unit_id=unit.pk, on=on), by=by, at=at)
    return person


@transaction.atomic
def move(person: Person, *, to: Unit, on: date, by: Account | System, at: datetime) -> None:
    """The person belongs to `to` from `on`; posts in the old unit, and the rights that came with them, end."""
    membership = _open_membership(person)
    _check(membership.unit, on, by, at)
    _check(to, on, by, at)
    if membership.unit_id == to.pk:
        raise Refused(_("The person belongs to this unit already."))
    _end(membership, on, Membership.Ending.TRANSFERRED)
    Membership.objects.create(person=person, unit=to, standing=membership.standing, started_on=on)
    fact = PersonMoved(subject=person.ref, unit_id=to.pk, from_id=membership.unit_id, on=on)
    record(fact, by=by, at=at)


@transaction.atomic
def leave(person: Person, *, on: date, by: Account | System, at: datetime) -> None:
    """`on` is the first day on which the person no longer belongs to any unit."""
    membership = _open_membership(person)
    _check(membership.unit, on, by, at)
    _end(membership, on, Membership.Ending.LEFT)
    record(PersonLeft(subject=person.ref, unit_id=membership.unit_id, on=on), by=by, at=at)


def _open_membership(person: Person) -> Membership:
    found = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("unit")
        .filter(person=person, ended_on=FOREVER)
        .first()
    )
    if found is None:
        raise Refused(_("The person belongs to no unit now."))
    return found


def _check(unit: Unit, on: date, by: Account | System, at: datetime) -> None:
    if isinstance(by, Account) and not can(by, Ability.IMPORT, unit.pk, on=today(at)):
        raise Refused(_("You may not change the register of this unit."))
    if not UnitPlace.objects.on(on).filter(unit=unit, living=True).exists():
        raise Refused(_("The unit “%(code)s” did not exist on that day.") % {"code": unit.code})


def _end(membership: Membership, on: date, ending: Membership.Ending) -> None:
    if on <= membership.started_on:
        raise Refused(_("The day must be after the day on which the person came to the unit."))
    membership.ended_on, membership.ending = on, ending
    membership.save(update_fields=["ended_on", "ending"])
    held = Duty.objects.filter(person_id=membership.person_id, unit_id=membership.unit_id, ended_on__gt=on)
    held.filter(started_on__gte=on).delete()
    held.update(ended_on=on)
