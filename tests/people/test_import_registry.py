"""People registered, moved and leaving one at a time."""

from datetime import date

import pytest

from loa.base.errors import Refused
from loa.ledger.facts import SYSTEM
from loa.ledger.models import Entry
from loa.people.actions import registry
from loa.people.models import Duty, Membership, Person, Post
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def units():
    return make.unit(), make.unit()


def spells(person: Person) -> list[tuple[int, date, str]]:
    return list(person.memberships.order_by("started_on").values_list("unit", "started_on", "ending"))


def test_a_person_comes_moves_and_leaves(units):
    first, second = units
    person = registry.register_person(
        full_name=" Lê  An ", unit=first, standing="member", on=date(2025, 1, 1), by=SYSTEM, at=make.NOON
    )
    Duty.objects.create(
        person=person, unit=first, started_on=date(2025, 1, 1), post=Post.objects.get(code="grassroots-chair")
    )
    registry.move(person, to=second, on=date(2025, 6, 1), by=SYSTEM, at=make.NOON)
    registry.leave(person, on=date(2026, 1, 1), by=SYSTEM, at=make.NOON)

    assert (person.full_name, Duty.objects.get().ended_on) == ("Lê An", date(2025, 6, 1))
    assert spells(person) == [(first.pk, date(2025, 1, 1), "transferred"), (second.pk, date(2025, 6, 1), "left")]
    kinds = list(Entry.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["people.person-registered", "people.person-moved", "people.person-left"]


def test_refusals_change_and_record_nothing(units):
    first, second = units
    person = make.person(unit=first)
    stranger = make.account(role="registrar", unit=second)
    for attempt in (
        lambda: registry.move(person, to=second, on=make.DAY, by=stranger, at=make.NOON),
        lambda: registry.move(person, to=first, on=make.DAY, by=SYSTEM, at=make.NOON),
        lambda: registry.leave(person, on=make.LONG_AGO, by=SYSTEM, at=make.NOON),
        lambda: registry.leave(make.person(), on=make.DAY, by=SYSTEM, at=make.NOON),
        lambda: registry.register_person(
            full_name=" ", unit=first, standing="member", on=make.DAY, by=SYSTEM, at=make.NOON
        ),
    ):
        with pytest.raises(Refused):
            attempt()
    assert (spells(person), Entry.objects.count(), Membership.objects.count()) == (
        [(first.pk, make.LONG_AGO, "")],
        0,
        1,
    )
