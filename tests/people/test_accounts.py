"""Accounts are opened, invited to, given roles and closed; nobody hands out more than they have."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from loa.base.errors import Refused
from loa.ledger import queries as ledger
from loa.ledger.models import Entry
from loa.people import invitations
from loa.people.actions import accounts
from loa.people.models import Account, Duty, Grant, Membership, Post
from loa.people.policies import can
from loa.people.roles import Ability
from tests import make
from tests.make import DAY, NOON

pytestmark = pytest.mark.django_db
PASSWORD = "con đường nhỏ ven biển"


def refuses(call, *args, **kwargs) -> None:
    """The call is refused, with a sentence, and records nothing."""
    before = Entry.objects.count()
    with pytest.raises(Refused, match=r"\w+ .*\."):
        call(*args, **kwargs)
    assert Entry.objects.count() == before


def test_an_officer_opens_an_account_for_a_person_of_their_units():
    province = make.unit()
    unit = make.unit(parent=province)
    worker = make.person(unit=unit, phone="+84905123456", email="An@Vi-Du.example")
    officer = make.account(role="administrator", unit=province)

    opened = accounts.open_account(worker, by=officer, at=NOON)

    assert (opened.phone, opened.email, opened.name) == ("+84905123456", "an@vi-du.example", worker.full_name)
    assert not opened.has_usable_password()
    [entry] = ledger.history(opened.ref)
    assert (entry.kind, entry.actor, entry.unit_id) == ("people.account-opened", officer.ref, unit.pk)
    assert entry.data == {"person_id": worker.pk}


def test_a_chair_opens_accounts_for_their_own_workers_only():
    unit, other = make.unit(), make.unit()
    chair = make.account(role="chair", unit=unit)
    own, foreign = make.person(unit=unit, phone="+84905123456"), make.person(unit=other, phone="+84905123457")

    assert accounts.open_account(own, by=chair, at=NOON).person == own
    refuses(accounts.open_account, foreign, by=chair, at=NOON)
    refuses(accounts.open_account, foreign, by=make.account(role="writer", unit=other), at=NOON)


def test_an_account_needs_something_of_its_own_to_sign_in_with_and_is_opened_once():
    unit = make.unit()
    chair = make.account(role="chair", unit=unit)
    shared = "+84905123456"
    first = make.person(unit=unit, phone=shared)
    accounts.open_account(first, by=chair, at=NOON)

    refuses(accounts.open_account, first, by=chair, at=NOON)
    refuses(accounts.open_account, make.person(unit=unit, phone=shared), by=chair, at=NOON)
    refuses(accounts.open_account, make.person(unit=unit), by=chair, at=NOON)
    sibling = make.person(unit=unit, phone=shared, email="b@vi-du.example")
    assert accounts.open_account(sibling, by=chair, at=NOON).phone is None


@pytest.fixture
def invited():
    unit = make.unit()
    person = make.person(unit=unit)
    account = make.account(person=person)
    return account, make.account(role="chair", unit=unit)


def test_an_invitation_works_once_for_fourteen_days(invited):
    account, chair = invited
    token = accounts.invite(account, by=chair, at=NOON)
    late = NOON + timedelta(days=14)

    assert invitations.read(token, at=late) is None
    assert invitations.read(token, at=late - timedelta(seconds=1)) == account
    accounts.accept_invitation(account, token=token, password=PASSWORD, by=account, at=NOON)

    account.refresh_from_db()
    assert account.check_password(PASSWORD)
    assert [entry.kind for entry in ledger.history(account.ref)] == [
        "people.invitation-accepted",
        "people.account-invited",
    ]
    refuses(accounts.accept_invitation, account, token=token, password=PASSWORD, by=account, at=NOON)


def test_a_newer_invitation_ends_the_older_one_and_a_forged_one_never_worked(invited):
    account, chair = invited
    old = accounts.invite(account, by=chair, at=NOON)
    new = accounts.invite(account, by=chair, at=NOON)

    assert invitations.read(old, at=NOON) is None
    assert invitations.read(new, at=NOON) == account
    assert [invitations.read(token, at=NOON) for token in ("", "x", new[:-1], new + "x")] == [None] * 4
    other = make.account()
    refuses(accounts.accept_invitation, other, token=new, password=PASSWORD, by=other, at=NOON)


def test_a_weak_password_leaves_the_invitation_open(invited):
    account, chair = invited
    token = accounts.invite(account, by=chair, at=NOON)

    with pytest.raises(ValidationError):
        accounts.accept_invitation(account, token=token, password="12345678", by=account, at=NOON)

    assert invitations.read(token, at=NOON) == account


def test_nobody_takes_over_an_account_that_reaches_further_than_their_own():
    province = make.unit()
    unit = make.unit(parent=province)
    chair = make.account(role="chair", unit=unit)
    boss = make.account(role="leader", unit=province, person=make.person(unit=unit))
    post = Post.objects.create(code="p", name="Trưởng ban", folded="truong ban", role="approver")
    by_post = make.person(unit=unit)
    Duty.objects.create(person=by_post, post=post, unit=province, started_on=make.LONG_AGO)
    root = make.superuser(person=make.person(unit=unit))

    for account in (boss, make.account(person=by_post), root):
        refuses(accounts.invite, account, by=chair, at=NOON)
        refuses(accounts.close_account, account, by=chair, at=NOON)


def test_a_role_is_given_on_a_unit_and_holds_at_once():
    province = make.unit()
    unit, receiver = make.unit(parent=province), make.account()
    officer = make.account(role="administrator", unit=province)

    accounts.grant(receiver, role="writer", unit=unit, by=officer, at=NOON, until=DAY + timedelta(days=30))

    assert can(receiver, Ability.WRITE_STORIES, unit.pk, on=DAY)
    [entry] = ledger.history(receiver.ref)
    assert (entry.kind, entry.unit_id) == ("people.role-granted", unit.pk)
    assert entry.data == {"role": "writer", "until": "2026-04-01"}
    refuses(accounts.grant, receiver, role="writer", unit=unit, by=officer, at=NOON)
    refuses(accounts.grant, receiver, role="chair", unit=unit, by=officer, at=NOON, until=DAY)
    refuses(accounts.grant, make.account(is_active=False), role="chair", unit=unit, by=officer, at=NOON)


@pytest.mark.parametrize("role", ["chair", "officer", "approver", "planner", "leader"])
def test_without_looking_after_accounts_nobody_gives_roles(role):
    unit = make.unit()

    refuses(accounts.grant, make.account(), role="writer", unit=unit, by=make.account(role=role, unit=unit), at=NOON)


def test_roles_are_given_on_ones_own_units_only_and_only_those_that_exist():
    province, other = make.unit(), make.unit()
    officer = make.account(role="administrator", unit=province)

    refuses(accounts.grant, make.account(), role="writer", unit=other, by=officer, at=NOON)
    refuses(accounts.grant, make.account(), role="king", unit=province, by=officer, at=NOON)
    refuses(accounts.grant, officer, role="administrator", unit=other, by=officer, at=NOON)


@pytest.mark.parametrize("started_on", [make.LONG_AGO, DAY])
def test_a_role_taken_back_no_longer_holds(started_on):
    unit, receiver = make.unit(), make.account()
    officer = make.account(role="administrator", unit=unit)
    held = Grant.objects.create(account=receiver, role="writer", unit=unit, started_on=started_on)

    refuses(accounts.revoke, held, by=make.account(role="approver", unit=unit), at=NOON)
    accounts.revoke(held, by=officer, at=NOON)

    assert not can(receiver, Ability.WRITE_STORIES, unit.pk, on=DAY)
    [entry] = ledger.history(receiver.ref)
    assert (entry.kind, entry.data) == ("people.role-revoked", {"role": "writer"})


def test_a_closed_account_keeps_its_name_and_loses_everything_else():
    unit = make.unit()
    officer = make.account(role="administrator", unit=unit)
    leaving = make.account(role="writer", unit=unit, password=PASSWORD)

    accounts.close_account(leaving, by=officer, at=NOON)

    leaving = Account.objects.get(pk=leaving.pk)
    assert (leaving.is_active, leaving.has_usable_password()) == (False, False)
    assert not Grant.objects.on(DAY).filter(account=leaving).exists()
    assert [entry.kind for entry in ledger.history(leaving.ref)] == ["people.account-closed"]
    refuses(accounts.close_account, leaving, by=officer, at=NOON)
    refuses(accounts.close_account, officer, by=officer, at=NOON)
    refuses(accounts.invite, leaving, by=make.superuser(), at=NOON)


def test_an_account_follows_its_person_to_another_unit():
    here, there = make.unit(), make.unit()
    moving = make.person(unit=here)
    account = make.account(person=moving)
    Membership.objects.filter(person=moving).update(ended_on=DAY, ending="transferred")
    Membership.objects.create(person=moving, unit=there, standing="member", started_on=DAY)

    refuses(accounts.invite, account, by=make.account(role="chair", unit=here), at=NOON)
    assert accounts.invite(account, by=make.account(role="chair", unit=there), at=NOON)
