"""Posts people hold in units: given after an election or a decision, and ended."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loa.base.dates import short_date, today
from loa.base.errors import Refused
from loa.ledger.actions import record

from ..custody import can_give_post
from ..events import PostGiven
from ..models import Account, Duty, Membership, Person, Post, Unit
from .belonging import check_day, check_unit, end_duty, locked


@transaction.atomic
def give_post(person: Person, *, post: Post, unit: Unit, on: date, by: Account, at: datetime) -> Duty:
    """From `on` the person holds `post` in `unit`; the rights that go with the post hold at once."""
    day, person = today(at), locked(person)
    _check_right(by, post, unit.pk, on=day)
    check_day(on, today=day)
    check_unit(unit, on=on, today=day)
    if not all(Membership.objects.on(one).filter(person=person).exists() for one in (on, day)):
        raise Refused(_("This person belongs to no unit, or did not on that day, and cannot hold a post in one."))
    if Duty.objects.filter(person=person, post=post, unit=unit, ended_on__gt=on).exists():
        raise Refused(_("This person holds this post in this unit already."))
    duty = Duty.objects.create(person=person, post=post, unit=unit, started_on=on)
    record(PostGiven(subject=person.ref, unit_id=unit.pk, post=post.code, on=on), by=by, at=at)
    return duty


@transaction.atomic
def end_post(duty: Duty, *, on: date, by: Account, at: datetime) -> None:
    """`on` is the first day on which the post is no longer held."""
    day = today(at)
    duty = Duty.objects.select_for_update(of=("self",)).select_related("person", "post").get(pk=duty.pk)
    if duty.person_id != by.person_id:  # anybody may lay down their own post
        _check_right(by, duty.post, duty.unit_id, on=day)
    check_day(on, today=day)
    if duty.ended_on <= on:
        raise Refused(_("This post has ended already."))
    if on < duty.started_on:
        raise Refused(
            _("The post is held since %(day)s. Please choose that day or a later one.")
            % {"day": short_date(duty.started_on)}
        )
    end_duty(duty, on=on, by=by, at=at)


def _check_right(by: Account, post: Post, unit_id: int, *, on: date) -> None:
    if not can_give_post(by, post, unit_id, on=on):
        raise Refused(
            _("This post gives rights in Loa; please ask whoever gives roles in the unit.")
            if post.role
            else _("You may not change the register of this unit.")
        )
