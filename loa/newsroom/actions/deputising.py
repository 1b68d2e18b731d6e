"""Deputies: who decides for an approver who is away."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.base.errors import Refused
from loa.ledger.actions import record
from loa.people.models import Account

from .. import policies
from ..events import DeputyEnded, DeputyNamed
from ..models import Deputy


@transaction.atomic
def name_deputy(
    absentee: Account, *, deputy: Account, first_on: date, last_on: date, by: Account, at: datetime
) -> Deputy:
    """Let `deputy` decide for `absentee` on these days, both included."""
    on = today(at)
    if not policies.can_name_deputy(by, absentee, on=on):
        raise Refused(_("You may name a deputy for yourself, or for somebody whose account you look after."))
    if not policies.can_stand_in(absentee, on=on):
        raise Refused(_("Only somebody who approves stories needs a deputy."))
    if deputy == absentee or not policies.can_stand_in(deputy, on=on):
        raise Refused(_("A deputy must be somebody else who approves stories already."))
    if last_on < first_on or last_on < on:
        raise Refused(_("The last day cannot lie before the first one, nor in the past."))
    standing = Deputy.objects.filter(absentee=absentee, ended_at__isnull=True)
    if standing.filter(first_on__lte=last_on, last_on__gte=first_on).exists():
        raise Refused(_("There is a deputy for some of these days already. End that one first."))
    named = Deputy.objects.create(
        absentee=absentee, deputy=deputy, first_on=first_on, last_on=last_on, named_by=by, named_at=at
    )
    fact = DeputyNamed(
        subject=named.ref, absentee_id=absentee.pk, deputy_id=deputy.pk, first_on=first_on, last_on=last_on
    )
    record(fact, by=by, at=at)
    return named


@transaction.atomic
def end_deputy(named: Deputy, *, by: Account, at: datetime) -> None:
    """The absentee is back before the last day."""
    named = Deputy.objects.select_for_update(of=("self",)).select_related("absentee").get(pk=named.pk)
    if not policies.can_name_deputy(by, named.absentee, on=today(at)):
        raise Refused(_("You may name a deputy for yourself, or for somebody whose account you look after."))
    if named.ended_at or named.last_on < today(at):
        raise Refused(_("This deputy no longer stands in."))
    named.ended_at = at
    named.save(update_fields=["ended_at"])
    record(DeputyEnded(subject=named.ref), by=by, at=at)
