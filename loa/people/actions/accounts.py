"""Accounts are opened by officers for people of the registry, given roles on units, and closed. Nobody signs up."""

from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.users.models import UserProfile

from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.periods import FOREVER
from loa.ledger import actions as ledger

from .. import invitations
from ..events import (
    AccountClosed,
    AccountInvited,
    AccountOpened,
    InvitationAccepted,
    RoleGranted,
    RoleRevoked,
)
from ..models import Account, Grant, Person, Unit
from ..policies import can_grant, can_manage_account, can_open_account, is_staff, unit_of_person


@transaction.atomic
def open_account(person: Person, *, by: Account, at: datetime) -> Account:
    """Make an account for `person`, without a password: they set one through an invitation."""
    on = today(at)
    if not can_open_account(by, person.pk, on=on):
        raise Refused(_("You can open accounts for people of your own units only."))
    if Account.objects.filter(person=person).exists():
        raise Refused(_("This person already has an account."))
    phone = person.phone or None
    email = person.email.lower() or None
    if phone and Account.objects.filter(phone=phone).exists():
        # Two people may share a telephone, but one number signs in to one account.
        phone = None
    if email and Account.objects.filter(email__iexact=email).exists():
        email = None
    if not (phone or email):
        raise Refused(
            _(
                "This person has no phone number or email address of their own in the registry. "
                "Please add one there first: it is what they sign in with."
            )
        )
    account = Account.objects.create_user(email=email, phone=phone, name=person.full_name, person=person)
    fact = AccountOpened(subject=account.ref, unit_id=unit_of_person(person.pk, on=on), person_id=person.pk)
    ledger.record(fact, by=by, at=at)
    return account


@transaction.atomic
def invite(account: Account, *, by: Account, at: datetime) -> str:
    """A token to hand over, with which its owner sets a password once; earlier ones that were not used end."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    if not account.is_active:
        raise Refused(_("This account is closed."))
    if not can_manage_account(by, account, on=today(at)):
        raise Refused(
            _("You can invite people of your own units only, and nobody whose roles reach further than yours.")
        )
    if not account.has_usable_password():
        account.set_unusable_password()
        account.save(update_fields=["password"])
    ledger.record(
        AccountInvited(subject=account.ref, unit_id=_unit_id(account, on=today(at)), until=at + invitations.LASTS),
        by=by,
        at=at,
    )
    return invitations.make(account, at=at)


@transaction.atomic
def accept_invitation(account: Account, *, token: str, password: str, by: Account, at: datetime) -> None:
    """Set the password of the invited account. Raises Refused, or ValidationError for a password too weak."""
    # Of two who hold the same link at the same moment, the second finds it used.
    account = Account.objects.select_for_update().get(pk=account.pk)
    if invitations.read(token, at=at) != account:
        raise Refused(_("This link has been used or is too old. Please ask whoever gave it to you for a new one."))
    validate_password(password, account)
    account.set_password(password)
    account.save(update_fields=["password"])
    fact = InvitationAccepted(subject=account.ref, unit_id=_unit_id(account, on=today(at)))
    ledger.record(fact, by=by, at=at)


@transaction.atomic
def grant(account: Account, *, role: str, unit: Unit, by: Account, at: datetime, until: date = FOREVER) -> Grant:
    """Give `account` a role on `unit` and its subtree, from today until the day before `until`."""
    on = today(at)
    if not can_grant(by, role, unit.pk, on=on):
        raise Refused(_("You can give only roles whose rights you have yourself, on your own units."))
    if not account.is_active:
        raise Refused(_("This account is closed."))
    if until <= on:
        raise Refused(_("The last day of a role must not lie in the past."))
    if Grant.objects.on(on).filter(account=account, role=role, unit=unit).exists():
        raise Refused(_("This account already has this role on this unit."))
    made = Grant.objects.create(account=account, role=role, unit=unit, started_on=on, ended_on=until)
    ledger.record(RoleGranted(subject=account.ref, unit_id=unit.pk, role=role, until=until), by=by, at=at)
    return made


@transaction.atomic
def revoke(held: Grant, *, by: Account, at: datetime) -> None:
    """Take a role back, at once."""
    on = today(at)
    held = Grant.objects.select_for_update().select_related("account").get(pk=held.pk)
    if not can_grant(by, held.role, held.unit_id, on=on):
        raise Refused(_("You can take back only roles that you could have given."))
    if held.ended_on <= on:
        raise Refused(_("This role has already ended."))
    _end(held, on=on)
    ledger.record(RoleRevoked(subject=held.account.ref, unit_id=held.unit_id, role=held.role), by=by, at=at)


@transaction.atomic
def close_account(account: Account, *, by: Account, at: datetime) -> None:
    """End an account with all its roles. Its name stays beside what it did."""
    on = today(at)
    account = Account.objects.select_for_update().get(pk=account.pk)
    if account.pk == by.pk:
        raise Refused(_("You cannot close your own account."))
    if not can_manage_account(by, account, on=on):
        raise Refused(
            _("You can close accounts of your own units only, and none whose roles reach further than yours.")
        )
    if not account.is_active:
        raise Refused(_("This account is closed."))
    unit_id = _unit_id(account, on=on)
    for one in Grant.objects.filter(account=account, ended_on__gt=on):
        _end(one, on=on)
    account.is_active = False
    account.set_unusable_password()
    account.save(update_fields=["is_active", "password"])
    ledger.record(AccountClosed(subject=account.ref, unit_id=unit_id), by=by, at=at)


def _end(held: Grant, *, on: date) -> None:
    """A role given and taken back on one day leaves no row: dates cannot tell it, the ledger does."""
    if held.started_on >= on:
        held.delete()
        return
    held.ended_on = on
    held.save(update_fields=["ended_on"])


def _unit_id(account: Account, *, on: date) -> int | None:
    return unit_of_person(account.person_id, on=on) if account.person_id else None


@transaction.atomic
def choose_language(account: Account, *, language: str, by: Account, at: datetime) -> None:
    """Let the back office speak `language` to `account` from now on. How somebody likes to read is not a fact."""
    if by.pk != account.pk:
        raise Refused(_("Everyone chooses the language for themselves."))
    if not is_staff(account, on=today(at)):
        raise Refused(_("Only those who work in the back office choose its language."))
    if language not in dict(settings.LANGUAGES):
        raise Refused(_("The back office does not speak this language."))
    profile = UserProfile.get_for_user(account)
    profile.preferred_language = language
    profile.save(update_fields=["preferred_language"])
