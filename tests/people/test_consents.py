"""Who may say that somebody agrees."""

import pytest

from loa.base.errors import Refused
from loa.ledger.models import Entry
from loa.people.actions import consents
from loa.people.models import Consent
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return make.unit()


@pytest.fixture
def person(unit):
    return make.person(unit=unit)


def give(person, by, proof="Phiếu đồng ý số 12, có chữ ký."):
    return consents.give(person, "sms", "news", proof=proof, by=by, at=NOON)


def test_people_agree_for_themselves(person):
    account = make.account(person=person)

    give(person, account)

    [consent] = Consent.objects.all()
    assert (consent.person, consent.given_at, consent.withdrawn_at) == (person, NOON, None)


def test_whoever_keeps_the_register_writes_down_what_was_signed_in_their_own_units_only(person, unit):
    give(person, make.account(role="registrar", unit=unit))
    elsewhere = make.account(role="registrar", unit=make.unit())

    with pytest.raises(Refused):
        consents.withdraw(person, "sms", "news", by=elsewhere, at=NOON)

    assert Consent.objects.get().withdrawn_at is None


@pytest.mark.parametrize("role", ["", "chair", "writer", "auditor"])
def test_nobody_else_agrees_for_somebody_and_a_refusal_records_nothing(person, unit, role):
    other = make.account(role=role, unit=unit)

    with pytest.raises(Refused):
        give(person, other)

    assert (Consent.objects.count(), Entry.objects.count()) == (0, 0)


@pytest.mark.parametrize("proof", ["", "   ", "\n\u200b\n"])
def test_there_is_no_agreement_without_a_proof(person, proof):
    with pytest.raises(Refused):
        give(person, make.account(person=person), proof=proof)

    assert (Consent.objects.count(), Entry.objects.count()) == (0, 0)
