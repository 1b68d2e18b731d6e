"""The register of people, one person at a time: who may write what, what it changes, and what it never allows."""

from datetime import date, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress

from loa.base.errors import Refused
from loa.ledger import queries as ledger
from loa.ledger.facts import SYSTEM
from loa.ledger.models import Entry
from loa.people.actions import belonging, consents, posts, registry
from loa.people.models import Account, Consent, Duty, Grant, Membership, Person, Post, Term, UnitPlace
from loa.people.particulars import Particulars
from loa.people.policies import can
from loa.people.roles import Ability
from tests import make
from tests.make import DAY, LONG_AGO, NOON

pytestmark = pytest.mark.django_db

AN = Particulars(full_name="Lê Văn An", birth_year=1985, phone="+84905123456", email="an@vi-du.example")
NEW_YEAR = date(2026, 1, 1)


@pytest.fixture
def province():
    return make.unit(name="LĐLĐ tỉnh")


@pytest.fixture
def first(province):
    return make.unit(parent=province, name="CĐCS Một")


@pytest.fixture
def second(province):
    return make.unit(parent=province, name="CĐCS Hai")


@pytest.fixture
def officer(province):
    return make.account(role="officer", unit=province)


@pytest.fixture
def registrar(province):
    return make.account(role="registrar", unit=province)


@pytest.fixture
def person(first):
    return make.person(unit=first, phone="+84905777000", email="mau@vi-du.example")


def refuses(action: Any, *things: Any, **said: Any) -> None:
    """It says no, and neither changes nor records anything."""
    models = (Person, Membership, Duty, Account, Consent, Entry)
    before = [list(model.objects.order_by("pk").values()) for model in models]
    with pytest.raises(Refused):
        action(*things, **said, at=NOON)
    assert [list(model.objects.order_by("pk").values()) for model in models] == before


def spells(person: Person) -> list[tuple[int, str, date, str]]:
    return list(person.memberships.order_by("started_on").values_list("unit", "standing", "started_on", "ending"))


def said(person: Person) -> list[tuple[str, dict[str, Any]]]:
    return [(entry.kind.removeprefix("people."), entry.data) for entry in reversed(ledger.history(person.ref))]


def chair_post() -> Post:
    return Post.objects.get(code="grassroots-chair")


def member_post() -> Post:
    return Post.objects.get(code="grassroots-committee")


def test_somebody_new_stands_in_the_register_of_their_unit(first, officer):
    made = registry.register(first, standing="worker", on=NEW_YEAR, particulars=AN, by=officer, at=NOON)

    made.refresh_from_db()
    assert (made.full_name, made.folded, made.birth_year, made.phone) == ("Lê Văn An", "le van an", 1985, AN.phone)
    assert made.name_key.startswith("a0n")
    assert spells(made) == [(first.pk, "worker", NEW_YEAR, "")]
    assert said(made) == [("person-registered", {"standing": "worker", "on": "2026-01-01"})]


@pytest.mark.parametrize(
    ("on", "particulars"),
    [
        (DAY + timedelta(days=1), AN),
        (NEW_YEAR, Particulars(full_name=" ")),
        (date(2019, 12, 31), AN),
        (date(2021, 1, 1), Particulars(full_name="Lê An", birth_year=2021)),
        (NEW_YEAR, Particulars(full_name="Lê An", member_code="DV1")),
        (NEW_YEAR, Particulars(full_name="NGUYEN THI MAU", phone="+84905777000")),
    ],
    ids=["the day has not come", "no name", "no unit yet", "not born yet", "code of another", "is there already"],
)
def test_what_cannot_be_true_is_not_written(first, officer, person, on, particulars):
    make.person(unit=first, name="Trần Bình", member_code="DV1")

    refuses(registry.register, first, standing="member", on=on, particulars=particulars, by=officer)


@pytest.mark.parametrize("role", ["", "writer", "approver", "auditor", "leader"])
def test_only_who_looks_after_the_people_writes_about_them(first, second, person, role):
    other = make.account(role=role, unit=first)
    elsewhere = make.account(role="registrar", unit=second)

    for by in (other, elsewhere):
        refuses(registry.register, first, standing="member", on=DAY, particulars=AN, by=by)
        refuses(registry.correct, person, particulars=AN, by=by)
        refuses(registry.export_of, person, by=by)
        refuses(registry.erase, person, reason="asked", by=by)
        refuses(belonging.move, person, to=second, on=DAY, by=by)
        refuses(belonging.leave, person, reason="retired", on=DAY, by=by)
        refuses(posts.give_post, person, post=member_post(), unit=first, on=DAY, by=by)


def test_a_correction_says_which_fields_changed_and_never_what_they_say(first, person):
    chair = make.account(role="chair", unit=first)
    radio = Term.objects.create(vocabulary="habit", code="loa", name="Loa truyền thanh")
    particulars = Particulars(full_name="Nguyễn Thị Mẫu", phone="+84905000111", habits=frozenset({radio.pk}))

    registry.correct(person, particulars=particulars, by=chair, at=NOON)
    registry.correct(person, particulars=particulars, by=chair, at=NOON)

    person.refresh_from_db()
    assert (person.phone, person.email, list(person.habits.all())) == ("+84905000111", "", [radio])
    assert said(person) == [("person-corrected", {"fields": ["phone", "email", "habits"]})]


def test_a_chair_does_not_change_how_somebody_of_higher_rank_is_reached(province, first, person, registrar):
    Duty.objects.create(person=person, post=chair_post(), unit=province, started_on=LONG_AGO)
    chair = make.account(role="chair", unit=first)
    renamed = Particulars(full_name="Nguyễn Thị Mận", phone=person.phone, email=person.email)

    refuses(registry.correct, person, particulars=AN, by=chair)
    registry.correct(person, particulars=renamed, by=chair, at=NOON)
    registry.correct(person, particulars=AN, by=registrar, at=NOON)

    person.refresh_from_db()
    assert person.phone == AN.phone


def test_a_code_of_another_person_is_refused_in_a_correction_too(first, person, officer):
    make.person(unit=first, member_code="DV1")

    refuses(registry.correct, person, particulars=Particulars(full_name="Lê An", member_code="DV1"), by=officer)


def test_a_person_moves_joins_the_union_leaves_and_comes_back(first, second, officer):
    worker = make.person(unit=first, standing="worker")
    mar, jun, sep = date(2025, 3, 1), date(2025, 6, 1), date(2025, 9, 1)

    belonging.move(worker, to=second, on=mar, by=officer, at=NOON)
    belonging.move(worker, to=second, standing="member", on=jun, by=officer, at=NOON)
    belonging.leave(worker, reason="moved-away", on=sep, by=officer, at=NOON)
    belonging.move(worker, to=first, on=NEW_YEAR, by=officer, at=NOON)

    assert spells(worker) == [
        (first.pk, "worker", LONG_AGO, "transferred"),
        (second.pk, "worker", mar, "transferred"),
        (second.pk, "member", jun, "left"),
        (first.pk, "member", NEW_YEAR, ""),
    ]
    assert said(worker) == [
        ("person-moved", {"from_id": first.pk, "to_id": second.pk, "standing": "worker", "on": "2025-03-01"}),
        ("person-moved", {"from_id": second.pk, "to_id": second.pk, "standing": "member", "on": "2025-06-01"}),
        ("person-left", {"reason": "moved-away", "on": "2025-09-01"}),
        ("person-moved", {"from_id": None, "to_id": first.pk, "standing": "member", "on": "2026-01-01"}),
    ]


def test_a_wrong_unit_is_put_right_on_the_day_it_was_written(first, second, officer):
    made = registry.register(first, standing="member", on=DAY, particulars=AN, by=officer, at=NOON)

    belonging.move(made, to=second, on=DAY, by=officer, at=NOON)

    assert spells(made) == [(second.pk, "member", DAY, "")]


def test_whoever_leaves_a_unit_leaves_its_posts_and_their_rights(province, first, second, person):
    account = make.account(person=person)
    in_unit = {"person": person, "unit": first}
    Duty.objects.create(**in_unit, post=chair_post(), started_on=LONG_AGO)
    Duty.objects.create(**in_unit, post=member_post(), started_on=DAY)
    elsewhere = Duty.objects.create(person=person, unit=province, post=member_post(), started_on=LONG_AGO)

    belonging.move(person, to=second, on=NEW_YEAR, by=SYSTEM, at=NOON)

    held = Duty.objects.order_by("pk").values_list("unit", "ended_on")
    assert list(held) == [(first.pk, NEW_YEAR), (province.pk, elsewhere.ended_on)]
    assert not can(account, Ability.SEE_PEOPLE, first.pk, on=DAY)
    assert [kind for kind, _data in said(person)] == ["post-ended", "post-ended", "person-moved"]


def test_history_is_never_broken(first, second, person, officer):
    belonging.move(person, to=second, on=NEW_YEAR, by=officer, at=NOON)
    before, tomorrow = NEW_YEAR - timedelta(days=1), DAY + timedelta(days=1)

    refuses(belonging.move, person, to=first, on=before, by=officer)
    refuses(belonging.move, person, to=first, on=tomorrow, by=officer)
    refuses(belonging.move, person, to=second, on=DAY, by=officer)
    refuses(belonging.leave, person, reason="retired", on=NEW_YEAR, by=officer)
    refuses(belonging.leave, person, reason="retired", on=tomorrow, by=officer)
    refuses(belonging.leave, person, reason="punished", on=DAY, by=officer)
    belonging.leave(person, reason="retired", on=date(2026, 2, 1), by=officer, at=NOON)
    refuses(belonging.leave, person, reason="retired", on=DAY, by=officer)
    refuses(belonging.move, person, to=first, on=date(2026, 1, 31), by=officer)


def test_a_unit_that_has_ended_takes_nobody_in_not_even_for_earlier_days(second, person, officer):
    UnitPlace.objects.filter(unit=second).update(valid_to=NEW_YEAR)
    UnitPlace.objects.create(
        unit=second, path=UnitPlace.objects.get(unit=second).path, living=False, valid_from=NEW_YEAR
    )

    refuses(belonging.move, person, to=second, on=DAY, by=officer)
    refuses(belonging.move, person, to=second, on=date(2025, 1, 1), by=officer)
    refuses(posts.give_post, person, post=member_post(), unit=second, on=DAY, by=officer)


def test_people_move_only_between_units_one_looks_after(first, second, person):
    refuses(belonging.move, person, to=second, on=DAY, by=make.account(role="chair", unit=first))
    refuses(belonging.move, person, to=second, on=DAY, by=make.account(role="chair", unit=second))


def test_leaving_may_close_the_account(first, person):
    account = make.account(person=person)

    belonging.leave(
        person, reason="retired", on=DAY, closes_account=True, by=make.account(role="chair", unit=first), at=NOON
    )

    account.refresh_from_db()
    assert (account.is_active, spells(person)[0][3]) == (False, "left")


def test_an_account_of_higher_rank_is_not_closed_in_passing(province, first, person):
    make.account(person=person, role="leader", unit=province)
    chair = make.account(role="chair", unit=first)

    refuses(belonging.leave, person, reason="retired", on=DAY, closes_account=True, by=chair)


def test_a_post_is_given_and_ended(first, person, officer):
    duty = posts.give_post(person, post=member_post(), unit=first, on=NEW_YEAR, by=officer, at=NOON)
    refuses(posts.give_post, person, post=member_post(), unit=first, on=DAY, by=officer)
    refuses(posts.end_post, duty, on=NEW_YEAR - timedelta(days=1), by=officer)
    posts.end_post(duty, on=DAY, by=officer, at=NOON)
    refuses(posts.end_post, duty, on=DAY, by=officer)

    assert list(Duty.objects.values_list("started_on", "ended_on")) == [(NEW_YEAR, DAY)]
    post = {"post": "grassroots-committee"}
    assert said(person) == [("post-given", post | {"on": "2026-01-01"}), ("post-ended", post | {"on": "2026-03-02"})]


@pytest.mark.parametrize("role", ["chair", "officer", "registrar"])
def test_a_post_with_rights_comes_only_from_someone_who_gives_roles(province, first, person, role):
    refuses(
        posts.give_post,
        person,
        post=chair_post(),
        unit=first,
        on=DAY,
        by=make.account(role=role, unit=province),
    )
    administrator = make.account(role="administrator", unit=province)
    duty = posts.give_post(person, post=chair_post(), unit=first, on=DAY, by=administrator, at=NOON)

    assert can(make.account(person=person), Ability.WRITE_REPORTS, first.pk, on=DAY)
    refuses(posts.end_post, duty, on=DAY, by=make.account(role=role, unit=province))
    posts.end_post(duty, on=DAY, by=Account.objects.get(person=person), at=NOON)
    assert Duty.objects.count() == 0


def test_who_belongs_to_no_unit_holds_no_post(first, officer):
    refuses(posts.give_post, make.person(), post=member_post(), unit=first, on=DAY, by=officer)


def test_nobody_gives_posts_in_units_of_others(first, second, person):
    chair = make.account(role="chair", unit=first)

    refuses(posts.give_post, person, post=member_post(), unit=second, on=DAY, by=chair)


def test_erasing_leaves_nothing_that_identifies_and_everything_that_is_counted(first, registrar):
    habit = Term.objects.create(vocabulary="habit", code="loa", name="Loa")
    person = make.person(
        unit=first, name="Trần Xóa", phone="+84905777000", email="xoa@vi-du.example", born_on=LONG_AGO, birth_year=2020,
        member_code="DV9", gender="f", education=Term.objects.create(vocabulary="education", code="dh", name="ĐH"),
    )  # fmt: skip
    person.habits.add(habit)
    account = make.account(person=person, name="Trần Xóa", phone="+84905777000")
    EmailAddress.objects.create(user=account, email="xoa@vi-du.example")
    consents.give(person, "sms", "news", proof="Phiếu của bà Xóa", by=account, at=NOON)
    belonging.leave(person, reason="own-wish", on=DAY, by=registrar, at=NOON)

    registry.erase(person, reason="asked", by=registrar, at=NOON)

    kept = repr([list(model.objects.values()) for model in (Person, Account, Consent, EmailAddress, Membership)])
    for trace in ("Xóa'", "Trần", "xoa@", "905777000", "DV9", "2020, 1, 1), 'birth", "Phiếu"):
        assert trace not in kept
    person.refresh_from_db()
    account.refresh_from_db()
    assert (person.erased, person.born_on, person.gender, person.education, person.habits.count()) == (
        True, None, "", None, 0,
    )  # fmt: skip
    assert (account.is_active, account.has_usable_password(), Membership.objects.count()) == (False, False, 1)
    assert Consent.objects.get().withdrawn_at == NOON
    assert said(person)[-1] == ("person-erased", {"reason": "asked"})
    refuses(registry.erase, person, reason="asked", by=registrar)


def test_nobody_is_erased_who_belongs_to_a_unit_or_still_has_rights(province, first, person, registrar):
    refuses(registry.erase, person, reason="asked", by=registrar)
    belonging.leave(person, on=DAY, by=registrar, at=NOON)
    refuses(registry.erase, person, reason="whim", by=registrar)
    refuses(registry.erase, person, reason="asked", by=make.account(role="chair", unit=first))
    account = make.account(person=person, role="writer", unit=province)
    refuses(registry.erase, person, reason="asked", by=registrar)
    Grant.objects.filter(account=account).delete()
    Duty.objects.create(person=person, post=member_post(), unit=province, started_on=LONG_AGO)
    refuses(registry.erase, person, reason="asked", by=registrar)


def test_handing_out_data_is_a_fact(first, person):
    registry.export_of(person, by=make.account(role="chair", unit=first), at=NOON)

    assert said(person) == [("person-exported", {})]
