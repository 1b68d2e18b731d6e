"""To which unit somebody belongs: changing over, coming back, leaving."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from loa.base.dates import short_date, today
from loa.base.errors import Refused
from loa.base.periods import FOREVER
from loa.ledger.actions import record
from loa.ledger.facts import System

from ..events import PersonLeft, PersonMoved, PostEnded
from ..labels import LEAVING
from ..models import Account, Duty, Membership, Person, Unit, UnitPlace
from ..policies import can
from ..roles import Ability
from .accounts import close_account

Registrar = Account | System
"""Somebody who looks after the people of the unit, or Loa itself (a demonstration, a command)."""


@transaction.atomic
def move(person: Person, *, to: Unit, standing: str = "", on: date, by: Registrar, at: datetime) -> None:
    """From `on` the person belongs to `to` as `standing` (as before, if empty): changed over, joined, or came back.

    On the very day on which the present membership began, it is corrected instead. Who leaves a unit leaves its posts.
    """
    day, person = today(at), locked(person)
    last = last_membership(person)
    check_sees(by, last.unit_id if last else to.pk, on=day)
    check_sees(by, to.pk, on=day)
    check_day(on, today=day)
    check_unit(to, on=on, today=day)
    _check_order(last, on=on)
    standing = Membership.Standing(standing or (last.standing if last else Membership.Standing.WORKER)).value
    from_id = last.unit_id if last and last.ended_on == FOREVER else None
    if last and from_id:
        if (last.unit_id, last.standing) == (to.pk, standing):
            raise Refused(_("This person belongs to this unit in this way already."))
        if last.unit_id != to.pk:
            _leave_posts(person, last.unit_id, on=on, by=by, at=at)
    if last and from_id and last.started_on == on:
        Membership.objects.filter(pk=last.pk).update(unit=to, standing=standing)
    else:
        if last and from_id:
            _end(last, ending=Membership.Ending.TRANSFERRED, on=on)
        Membership.objects.create(person=person, unit=to, standing=standing, started_on=on)
    fact = PersonMoved(subject=person.ref, unit_id=to.pk, from_id=from_id, to_id=to.pk, standing=standing, on=on)
    record(fact, by=by, at=at)


@transaction.atomic
def leave(
    person: Person, *, reason: str = "other", on: date, closes_account: bool = False, by: Registrar, at: datetime
) -> None:
    """From `on` the person belongs to no unit; their posts in the unit end with it."""
    day, person = today(at), locked(person)
    last = last_membership(person)
    if last is None or last.ended_on != FOREVER:
        raise Refused(_("The person belongs to no unit now."))
    check_sees(by, last.unit_id, on=day)
    check_day(on, today=day)
    if reason not in LEAVING:
        raise Refused(_("Please choose why this person leaves."))
    if on <= last.started_on:
        raise Refused(
            _("This person belongs to the unit since %(day)s. Please choose a later day.")
            % {"day": short_date(last.started_on)}
        )
    account = Account.objects.filter(person=person, is_active=True).first()
    if account and closes_account and isinstance(by, Account):
        close_account(account, by=by, at=at)  # as long as they belong to the unit: afterwards nobody there may
    _leave_posts(person, last.unit_id, on=on, by=by, at=at)
    _end(last, ending=Membership.Ending.LEFT, on=on)
    record(PersonLeft(subject=person.ref, unit_id=last.unit_id, reason=reason, on=on), by=by, at=at)


def end_duty(duty: Duty, *, on: date, by: Registrar, at: datetime) -> None:
    """In the caller's transaction. A post given and ended on one day leaves no row: dates cannot tell it."""
    if duty.started_on >= on:
        duty.delete()
    else:
        duty.ended_on = on
        duty.save(update_fields=["ended_on"])
    record(PostEnded(subject=duty.person.ref, unit_id=duty.unit_id, post=duty.post.code, on=on), by=by, at=at)


def locked(person: Person) -> Person:
    """The person as they are now; what else would change them waits."""
    return Person.objects.select_for_update().get(pk=person.pk)


def last_membership(person: Person) -> Membership | None:
    """The membership that holds, or the last one that held."""
    return Membership.objects.filter(person=person).order_by("-started_on").first()


def check_sees(by: Registrar, unit_id: int | None, *, on: date) -> None:
    if isinstance(by, Account) and not can(by, Ability.SEE_PEOPLE, unit_id, on=on):
        raise Refused(_("You may not change the register of this unit."))


def check_day(on: date, *, today: date) -> None:
    if on > today:
        raise Refused(_("This day lies in the future. Please write it down when it has come."))


def check_unit(unit: Unit, *, on: date, today: date) -> None:
    """The unit lived on that day, and lives: what ended takes nobody in."""
    for day in (on, today):
        place = UnitPlace.objects.on(day).filter(unit=unit).first()
        if place is None:
            raise Refused(_("The unit “%(code)s” did not exist on that day.") % {"code": unit.code})
        if not place.living:
            raise Refused(
                _("The unit “%(code)s” has ended. Please choose the unit that took over from it.") % {"code": unit.code}
            )


def _check_order(last: Membership | None, *, on: date) -> None:
    """History is written forwards: memberships never overlap, and none begins before an earlier one."""
    if last is None:
        return
    if on < last.started_on:
        raise Refused(
            _("The last change of this person was on %(day)s. Please choose that day or a later one.")
            % {"day": short_date(last.started_on)}
        )
    if last.ended_on != FOREVER and on < last.ended_on:
        raise Refused(
            _("This person belonged to a unit until %(day)s. Please choose a later day.")
            % {"day": short_date(last.ended_on - timedelta(days=1))}
        )


def _end(last: Membership, *, ending: Membership.Ending, on: date) -> None:
    last.ended_on, last.ending = on, ending
    last.save(update_fields=["ended_on", "ending"])


def _leave_posts(person: Person, unit_id: int, *, on: date, by: Registrar, at: datetime) -> None:
    for duty in Duty.objects.filter(person=person, unit_id=unit_id, ended_on__gt=on).select_related("person", "post"):
        end_duty(duty, on=on, by=by, at=at)
