"""What people agree to, and take back as easily (Law 91/2025/QH15: per purpose, verifiable, withdrawn at any time)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.text import clean_lines
from loa.ledger.actions import record

from ..events import ConsentGiven, ConsentWithdrawn
from ..models import Account, Consent, Membership, Person
from ..policies import can
from ..roles import Ability


@transaction.atomic
def give(person: Person, channel: str, purpose: str, *, proof: str, by: Account, at: datetime) -> Consent:
    """Note that `person` agrees to one use of one channel; agreeing again leaves the first agreement in force.

    `proof` says how: the words shown and the tick, the signed form's reference, the reply received.
    """
    _check(person, by=by, at=at)
    if not clean_lines(proof):
        raise Refused(_("Please say what proves that this person agreed."))
    consent, new = Consent.objects.get_or_create(
        person=person,
        channel=channel,
        purpose=purpose,
        withdrawn_at=None,
        defaults={"proof": clean_lines(proof), "given_at": at},
    )
    if new:
        record(ConsentGiven(subject=person.ref, channel=channel, purpose=purpose), by=by, at=at)
    return consent


@transaction.atomic
def withdraw(person: Person, channel: str, purpose: str, *, by: Account, at: datetime) -> None:
    """End an agreement; where there is none, nothing happens."""
    _check(person, by=by, at=at)
    in_force = Consent.objects.filter(person=person, channel=channel, purpose=purpose, withdrawn_at=None)
    if in_force.update(withdrawn_at=at):
        record(ConsentWithdrawn(subject=person.ref, channel=channel, purpose=purpose), by=by, at=at)


def _check(person: Person, *, by: Account, at: datetime) -> None:
    """People speak for themselves; whoever keeps their unit's register may write down what they signed."""
    if by.person_id == person.pk:
        return
    day = today(at)
    unit_id = Membership.objects.on(day).filter(person=person).values_list("unit_id", flat=True).first()
    if not can(by, Ability.IMPORT, unit_id, on=day):
        raise Refused(_("Only the person, or whoever keeps the register of their unit, may change this."))
