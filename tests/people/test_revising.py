"""A decision taken back leaves no trace in the tree; one put right keeps both times, and what was known then."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils.translation import override

from loa.base.errors import Refused
from loa.ledger.facts import SYSTEM
from loa.people import paths, queries
from loa.people.actions import revising
from loa.people.actions import units as actions
from loa.people.actions.revising import known_on
from loa.people.actions.units import decide
from loa.people.models import (
    Account,
    Area,
    AreaCoverage,
    Duty,
    Grant,
    Membership,
    Post,
    Succession,
    Unit,
    UnitEvent,
    UnitPlace,
    UnitVersion,
)
from loa.people.moves import Members
from loa.people.steps import Dissolve, Establish, Merge, TakeArea, Transfer
from tests import make
from tests.make import LONG_AGO, NOON

pytestmark = pytest.mark.django_db

JULY = date(2026, 7, 1)
"""After NOON: a decision that does not hold yet."""
PAST = date(2025, 7, 1)
SIGNED: dict[str, Any] = {"decision": "12/QĐ-LĐLĐ, LĐLĐ tỉnh Mẫu", "by": SYSTEM, "at": NOON}
LATER = NOON + timedelta(days=10)
TABLES = (Unit, UnitVersion, UnitPlace, Succession, Membership, Duty, Grant, AreaCoverage)


@pytest.fixture
def tree():
    """A province with two districts, one of them with people in posts, an area and a grassroots union."""
    province = make.unit(code="T", kind_code="province", name="LĐLĐ tỉnh Mẫu")
    units = {"T": province}
    for code in ("H", "K"):
        units[code] = make.unit(parent=province, code=code, kind_code="district", name=f"LĐLĐ huyện {code}")
    units["N"] = make.unit(parent=units["H"], code="N", name="CĐCS Nhà máy Mẫu", flags=("grassroots",))
    chair = make.person(unit=units["H"])
    make.person(unit=units["H"])
    make.person(unit=units["K"])
    post = Post.objects.create(code="chair", name="Chủ tịch", folded="chu tich", role="chair")
    Duty.objects.create(person=chair, unit=units["H"], post=post, started_on=LONG_AGO)
    make.account(role="officer", unit=units["H"])
    area = Area.objects.create(code="A", name="Xã Mẫu", name_key="xa mau", folded="xa mau")
    AreaCoverage.objects.create(unit=units["H"], area=area, valid_from=LONG_AGO)
    return units


def rows():
    """All that a decision may change, with the flags of versions."""
    found = {table.__name__: list(table.objects.order_by("pk").values()) for table in TABLES}
    return found | {"flags": list(UnitVersion.flags.through.objects.order_by("unitversion").values("unitversion_id"))}


def reorganisation(members: str = Members.TRANSFER.value, heir: str = "K"):
    area = Area.objects.get().pk
    return [
        Establish(code="M", name="CĐ phường Mới", kind="district", parent="T"),
        Transfer(units=("N",), to="M"),
        Dissolve(units=("H",), members=members, heir=heir, successors=("M",)),
        TakeArea(unit="M", areas=(area,)),
    ]


@pytest.mark.parametrize("members", list(Members))
def test_a_decision_taken_back_before_its_day_leaves_every_row_as_it_was(tree, members):
    before = rows()

    outcome = decide(reorganisation(members.value), on=JULY, **SIGNED)
    assert rows() != before
    revising.undo(outcome.event, by=SYSTEM, at=LATER)

    assert rows() == before
    outcome.event.refresh_from_db()
    assert outcome.event.undone_at == LATER
    assert queries.history(tree["H"]).latest("pk").kind == "people.decision-undone"
    decide(reorganisation(members.value), on=JULY, **SIGNED)


def test_what_holds_or_has_changed_since_is_not_taken_back(tree):
    held = decide([Transfer(units=("N",), to="K")], on=PAST, **SIGNED).event
    coming = decide([Merge(units=("H",), into="K")], on=JULY, **SIGNED).event
    later = actions.rename(tree["K"], name="Tên khác", short_name="", on=JULY, **SIGNED).event
    half = make.account(role="administrator", unit=tree["H"])
    before = rows()

    def refused(event: UnitEvent, words: str, by: Any = SYSTEM) -> None:
        with pytest.raises(Refused, match=words), override("en"):
            revising.undo(event, by=by, at=LATER)
        assert rows() == before

    refused(held, "has been in force since")
    refused(coming, "do not manage all", by=half)
    person = Membership.objects.get(unit=tree["K"], started_on=JULY, person__duties__isnull=False).person
    Membership.objects.filter(person=person, started_on=JULY).update(unit=tree["N"])
    before = rows()
    refused(coming, "entry of the register has changed")
    assert later.undone_at is None


def test_a_later_decision_stands_in_the_way_of_an_earlier_one(tree):
    first = decide([Transfer(units=("N",), to="K")], on=JULY, **SIGNED).event
    actions.transfer([tree["N"]], to=tree["T"], on=JULY + timedelta(days=1), **SIGNED)

    with pytest.raises(Refused, match="CĐCS Nhà máy Mẫu has changed again"), override("en"):
        revising.undo(first, by=SYSTEM, at=LATER)


def corrected(event: UnitEvent, steps, *, on: date = PAST, by: Account | Any = SYSTEM, at: datetime = LATER):
    return decide(steps, decision="12/QĐ-LĐLĐ, LĐLĐ tỉnh Mẫu", on=on, by=by, at=at, corrects=event).event


def homes(on: date) -> dict[str, str]:
    """Code of the unit that each unit's place ends with."""
    codes = dict(Unit.objects.values_list("pk", "code"))
    places = UnitPlace.objects.on(on)
    return {codes[place.unit_id]: "/".join(codes[pk] for pk in paths.steps(place.path)) for place in places}


def test_a_decision_in_force_is_put_right_and_both_times_are_kept(tree):
    wrong = decide([Transfer(units=("N",), to="K")], on=PAST, **SIGNED).event

    right = corrected(wrong, [Transfer(units=("N",), to="T")], on=date(2025, 8, 1))

    assert (homes(PAST)["N"], homes(date(2025, 8, 1))["N"]) == ("T/H/N", "T/N")
    wrong.refresh_from_db()
    assert (wrong.undone_at, right.corrects, right.recorded_at) == (LATER, wrong, LATER)
    with known_on(NOON):
        assert homes(PAST)["N"] == "T/K/N"
    with known_on(NOON - timedelta(days=1)):
        assert homes(PAST)["N"] == "T/H/N"
    assert homes(date(2025, 8, 1))["N"] == "T/N"
    kinds = list(queries.history(tree["N"]).order_by("pk").values_list("kind", flat=True))
    assert kinds == ["people.unit-transferred", "people.decision-corrected", "people.unit-transferred"]


def test_people_who_changed_since_stay_where_the_same_decision_left_them(tree):
    wrong = decide(reorganisation(), on=PAST, **SIGNED).event
    moved = Membership.objects.filter(unit=tree["K"], started_on=PAST)
    assert moved.count() == 2
    moved.filter(pk=moved.earliest("pk").pk).update(ended_on=date(2025, 12, 1), ending="left")
    people = list(Membership.objects.order_by("pk").values())

    steps = [step for step in reorganisation() if not isinstance(step, Transfer)]
    right = corrected(wrong, [*steps, Transfer(units=("N",), to="K")])

    assert homes(PAST)["N"] == "T/K/N"
    assert list(Membership.objects.order_by("pk").values()) == people
    assert not Grant.objects.get().ended_on > PAST
    with pytest.raises(Refused, match="has changed since"), override("en"):
        corrected(right, reorganisation(Members.CLOSE.value))
    assert list(Membership.objects.order_by("pk").values()) == people


def test_members_whose_fate_was_wrong_are_led_back_and_on(tree):
    wrong = decide(reorganisation(Members.CLOSE.value), on=PAST, **SIGNED).event
    assert Membership.objects.filter(unit=tree["H"], ending="unit-ended").count() == 2

    right = corrected(wrong, reorganisation())

    assert not Membership.objects.filter(ending="unit-ended").exists()
    assert Membership.objects.filter(unit=tree["K"], started_on=PAST).count() == 2
    assert Grant.objects.get().ended_on == PAST
    again = corrected(right, reorganisation(Members.CLOSE.value), at=LATER + timedelta(days=1))
    assert Membership.objects.filter(unit=tree["H"], ending="unit-ended").count() == 2
    assert UnitEvent.objects.filter(undone_at=None).get() == again


def test_a_unit_founded_by_mistake_goes_unless_something_was_entered_for_it(tree):
    wrong = decide(reorganisation(), on=PAST, **SIGNED).event
    founded = Unit.objects.get(code="M")
    steps = [Transfer(units=("N",), to="K"), Dissolve(units=("H",), heir="K")]
    make.person(unit=founded)
    with pytest.raises(Refused, match="Something has been entered"), override("en"):
        corrected(wrong, steps)
    Membership.objects.filter(unit=founded).delete()

    corrected(wrong, steps)

    assert not Unit.objects.filter(code="M").exists()


def test_a_decision_is_put_right_once_by_whoever_manages_all_of_it(tree):
    wrong = decide([Transfer(units=("N",), to="K")], on=PAST, **SIGNED).event
    steps = [Transfer(units=("N",), to="T")]
    with pytest.raises(Refused, match="do not manage all"), override("en"):
        corrected(wrong, steps, by=make.account(role="administrator", unit=tree["K"]))
    corrected(wrong, steps)
    wrong.refresh_from_db()
    with pytest.raises(Refused, match="taken back or put right already"), override("en"):
        corrected(wrong, steps)
