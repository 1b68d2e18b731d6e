"""Superusers are made at the terminal only, and the ledger counts them."""

import pytest
from django.core.management import CommandError, call_command

from loa.ledger.models import Entry
from loa.people.models import Account
from tests import make

pytestmark = pytest.mark.django_db


def test_a_superuser_made_at_the_terminal_is_a_fact():
    make.superuser()

    call_command("createsuperuser", interactive=False, email="goc@vi-du.example", name="Quản trị gốc", verbosity=0)

    made = Account.objects.get(email="goc@vi-du.example")
    [entry] = Entry.objects.filter(kind="people.superuser-made")
    assert (made.is_superuser, entry.subject, entry.actor) == (True, made.ref, "system")


def test_a_superuser_that_was_not_made_is_no_fact():
    make.account(email="goc@vi-du.example")

    with pytest.raises(CommandError):
        call_command("createsuperuser", interactive=False, email="goc@vi-du.example", name="x", verbosity=0)

    assert not Entry.objects.filter(kind="people.superuser-made").exists()
