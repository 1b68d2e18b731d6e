"""Who may do what: roles reach down the tree of today, and nothing else does."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loa.base.periods import FOREVER
from loa.people import policies
from loa.people.backends import BACK_OFFICE, RoleBackend
from loa.people.models import Account, Duty, Grant, Post, UnitPlace
from loa.people.roles import NAMES, ROLES, Ability, allowed
from tests import make
from tests.make import DAY

pytestmark = pytest.mark.django_db
TOMORROW = DAY + timedelta(days=1)


def reach(account: Account, ability: Ability, units, on: date = DAY) -> list[bool]:
    scope = policies.scope(account, ability, on=on)
    return [scope.covers(unit.pk) for unit in units]


def test_a_role_reaches_its_unit_and_everything_below_and_nothing_beside_or_above():
    province = make.unit()
    district, other = make.unit(parent=province), make.unit(parent=province)
    factory = make.unit(parent=district)
    editor = make.account(role="approver", unit=district)

    assert reach(editor, Ability.APPROVE_STORIES, [province, district, factory, other]) == [False, True, True, False]
    assert reach(editor, Ability.IMPORT, [province, district, factory, other]) == [False] * 4


@given(
    parents=st.lists(st.integers(0, 30), min_size=1, max_size=9),
    roles=st.lists(st.tuples(st.sampled_from([*ROLES, "king"]), st.integers(0, 30)), max_size=4),
    ability=st.sampled_from(list(Ability)),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_scope_never_covers_a_unit_outside_the_subtree_of_a_held_role(parents, roles, ability):
    units, above = [make.unit()], {0: {0}}
    for number, choice in enumerate(parents, start=1):
        parent = choice % number
        units.append(make.unit(parent=units[parent]))
        above[number] = above[parent] | {number}
    account = make.account()
    held = {(role, place % len(units)) for role, place in roles}
    for role, place in held:
        Grant.objects.create(account=account, role=role, unit=units[place], started_on=make.LONG_AGO)

    giving = {place for role, place in held if ability in ROLES.get(role, ())}
    scope = policies.scope(account, ability, on=DAY)
    shown = set(scope.places().values_list("unit_id", flat=True)) if scope else set()

    assert [scope.covers(unit.pk) for unit in units] == [bool(above[number] & giving) for number in range(len(units))]
    assert {unit.pk for unit in units} & shown == {u.pk for n, u in enumerate(units) if above[n] & giving}


def test_a_grant_holds_from_its_first_day_until_its_last():
    unit = make.unit()
    account = make.account()
    Grant.objects.create(account=account, role="writer", unit=unit, started_on=DAY, ended_on=TOMORROW)

    days = [DAY - timedelta(days=1), DAY, TOMORROW]
    assert [bool(policies.scope(account, Ability.WRITE_STORIES, on=day)) for day in days] == [False, True, False]


def test_a_post_gives_its_role_while_the_duty_lasts():
    unit = make.unit()
    person = make.person(unit=unit)
    account = make.account(person=person)
    chair = Post.objects.create(code="chair", name="Chủ tịch", folded="chu tich", role="chair")
    silent = Post.objects.create(code="member", name="Ủy viên", folded="uy vien")
    Duty.objects.create(person=person, post=chair, unit=unit, started_on=make.LONG_AGO, ended_on=TOMORROW)
    Duty.objects.create(person=person, post=silent, unit=make.unit(), started_on=make.LONG_AGO)

    assert policies.scope(account, Ability.SEE_PEOPLE, on=DAY).paths == (unit.segment,)
    assert [bool(policies.scope(account, Ability.SEE_PEOPLE, on=day)) for day in (DAY, TOMORROW)] == [True, False]


def test_a_transfer_moves_the_rights_with_the_unit():
    old, new = make.unit(), make.unit()
    moved = make.unit(parent=old)
    before, after = make.account(role="officer", unit=old), make.account(role="officer", unit=new)
    UnitPlace.objects.filter(unit=moved).update(valid_to=DAY)
    UnitPlace.objects.create(unit=moved, path=new.segment + moved.segment, valid_from=DAY)

    yesterday = DAY - timedelta(days=1)
    ability = Ability.SEE_PEOPLE
    assert [reach(before, ability, [moved], on=on) for on in (yesterday, DAY)] == [[True], [False]]
    assert [reach(after, ability, [moved], on=on) for on in (yesterday, DAY)] == [[False], [True]]


def test_a_role_on_an_ended_unit_does_not_follow_it_to_its_heir_but_the_heir_reaches_what_it_left():
    heir, ended = make.unit(), make.unit()
    of_ended, of_heir = make.account(role="officer", unit=ended), make.account(role="officer", unit=heir)
    UnitPlace.objects.filter(unit=ended).update(valid_to=DAY)
    UnitPlace.objects.create(unit=ended, path=heir.segment, living=False, valid_from=DAY)

    assert reach(of_ended, Ability.SEE_PEOPLE, [heir, ended]) == [False, False]
    assert reach(of_heir, Ability.SEE_PEOPLE, [heir, ended]) == [True, True]


@pytest.mark.parametrize("role", ["", "king", "Administrator", "superuser"])
def test_unknown_roles_give_nothing(role):
    unit = make.unit()
    account = make.account()
    Grant.objects.create(account=account, role=role, unit=unit, started_on=make.LONG_AGO)

    assert allowed(role) == frozenset()
    assert not policies.is_staff(account, on=DAY)


def test_strangers_and_the_closed_have_no_rights():
    unit = make.unit()
    closed = make.account(role="administrator", unit=unit, is_active=False)
    fallen = make.superuser(is_active=False)

    for viewer in (AnonymousUser(), closed, fallen, make.account()):
        assert [bool(policies.scope(viewer, ability, on=DAY)) for ability in Ability] == [False] * len(Ability)


def test_a_superuser_reaches_everything_and_things_of_no_unit():
    assert policies.can(make.superuser(), Ability.IMPORT, None, on=DAY)
    assert not policies.can(make.account(role="administrator", unit=make.unit()), Ability.IMPORT, None, on=DAY)


@pytest.mark.parametrize("how_many", [1, 3])
def test_rights_cost_one_query_however_many_roles(how_many, django_assert_num_queries):
    account = make.account()
    for role in list(ROLES)[:how_many]:
        Grant.objects.create(account=account, role=role, unit=make.unit(), started_on=make.LONG_AGO)

    with django_assert_num_queries(1):
        policies.is_staff(account, on=DAY)
    policies.remember(account, on=DAY)
    with django_assert_num_queries(0):
        policies.is_staff(account, on=DAY)


def test_whoever_has_an_ability_on_a_unit_is_found_from_above_and_not_from_beside():
    province = make.unit()
    unit, other = make.unit(parent=province), make.unit(parent=province)
    above = make.account(role="approver", unit=province)
    own = make.account(role="leader", unit=unit)
    make.account(role="approver", unit=other)
    make.account(role="writer", unit=unit)
    path = UnitPlace.objects.get(unit=unit, valid_to=FOREVER).path

    found = policies.accounts_with([Ability.APPROVE_STORIES], on=DAY, path=path)

    assert set(found) == {above, own}


def test_the_back_office_opens_to_any_role_and_django_permissions_of_plain_models_to_none():
    backend, staff = RoleBackend(), make.account(role="auditor", unit=make.unit())

    assert backend.has_perm(staff, BACK_OFFICE)
    assert not backend.has_perm(make.account(), BACK_OFFICE)
    for permission in ("people.change_account", "auth.add_group", "wagtailcore.add_page", "nonsense", "a.b_c"):
        assert not backend.has_perm(staff, permission)


def test_every_role_has_a_name():
    assert set(NAMES) == set(ROLES)
