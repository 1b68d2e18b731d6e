"""Each decision about units: what it changes, what it refuses, and that a refusal leaves no trace."""

from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from loa.base.errors import Refused
from loa.base.periods import FOREVER
from loa.ledger.facts import SYSTEM
from loa.ledger.models import Entry
from loa.people import policies, queries
from loa.people.actions import units as actions
from loa.people.models import (
    Area,
    AreaCoverage,
    Duty,
    Enterprise,
    EnterpriseUnit,
    Grant,
    Membership,
    Post,
    Succession,
    Unit,
    UnitEvent,
    UnitPlace,
    UnitVersion,
)
from loa.people.moves import Change, End, Found, Members, Move, Place, Send
from loa.people.roles import Ability
from tests import make
from tests.make import LONG_AGO, NOON

pytestmark = pytest.mark.django_db

JULY = date(2025, 7, 1)
JUNE_30 = date(2025, 6, 30)
SIGNED: dict[str, Any] = {"decision": "QĐ 12/QĐ-LĐLĐ Gia Lai", "on": JULY, "by": SYSTEM, "at": NOON}


def place(unit, on=JULY):
    found = UnitPlace.objects.on(on).get(unit=unit)
    return found.path, found.living


def path(*units):
    return "".join(unit.segment for unit in units)


def facts(unit):
    return [(entry.kind, entry.data) for entry in queries.history(unit)]


@pytest.fixture
def province():
    return make.unit(kind_code="province", name="LĐLĐ tỉnh Gia Lai")


@pytest.fixture
def district(province):
    return make.unit(parent=province, kind_code="district", name="LĐLĐ huyện Tây Sơn")


@pytest.fixture
def commune(province):
    return make.unit(parent=province, kind_code="commune", name="CĐ xã Tây Sơn")


@pytest.fixture
def factory(district):
    return make.unit(parent=district, name="CĐCS Nhà máy Mẫu")


@pytest.fixture
def refuses():
    """Run a change that must be refused with `words`, and see that nothing at all was written."""

    def check(change, words):
        tables = (Unit, UnitVersion, UnitPlace, UnitEvent, Succession, Membership, Entry)
        before = [list(table.objects.order_by("pk").values()) for table in tables]
        with pytest.raises(Refused, match=words), override("en"):
            change()
        assert [list(table.objects.order_by("pk").values()) for table in tables] == before

    return check


# --- establish


def test_a_unit_is_established_with_its_name_its_place_and_one_fact(province):
    make.kind("commune")

    unit = actions.establish(
        code="X1", name="  CĐ phường  Quy Nhơn ", kind="commune", parent=province, short_name="CĐ Quy Nhơn", **SIGNED
    )

    version = UnitVersion.objects.get(unit=unit)
    assert (version.name, version.short_name, version.kind.code) == ("CĐ phường Quy Nhơn", "CĐ Quy Nhơn", "commune")
    assert (version.parent, version.valid_from, version.valid_to) == (province, JULY, FOREVER)
    assert version.folded == "x1 cd phuong quy nhon cd quy nhon"
    assert place(unit) == (path(province, unit), True)
    event = UnitEvent.objects.get()
    assert facts(unit) == [
        (
            "people.unit-established",
            {
                "event": event.pk,
                "decision": "QĐ 12/QĐ-LĐLĐ Gia Lai",
                "effective_on": "2025-07-01",
                "parent_id": province.pk,
            },
        )
    ]
    assert Entry.objects.get().evidence == [event.ref]


def test_a_unit_is_established_with_flags_and_predecessors_that_live_on(province, district):
    make.kind("commune")
    make.unit(flags=("upper_level",))

    unit = actions.establish(
        code="X1",
        name="CĐ xã",
        kind="commune",
        parent=province,
        flags=["upper_level"],
        predecessors=[district],
        **SIGNED,
    )

    assert [flag.code for flag in UnitVersion.objects.get(unit=unit).flags.all()] == ["upper_level"]
    link = Succession.objects.get()
    assert (link.predecessor, link.successor, link.heir) == (district, unit, False)
    assert place(district) == (path(province, district), True)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"code": "P1"}, "already a unit with the code P1"),
        ({"code": " "}, "a code of at most 40"),
        ({"code": "X" * 41}, "a code of at most 40"),
        ({"name": " "}, "a name of at most 250"),
        ({"name": "a" * 251}, "a name of at most 250"),
        ({"kind": "gone"}, "no kind of unit called gone"),
        ({"flags": ["gone"]}, "no flag called gone"),
        ({"decision": " "}, "number of the decision"),
        ({"on": date(2019, 1, 1)}, "LĐLĐ tỉnh did not exist yet on 01/01/2019"),
    ],
)
def test_a_unit_is_not_established_when(wrong, words, refuses):
    parent = make.unit(code="P1", name="LĐLĐ tỉnh")

    refuses(
        lambda: actions.establish(
            **({"code": "X1", "name": "CĐ xã", "kind": "grassroots", "parent": parent} | SIGNED | wrong)
        ),
        words,
    )


def test_the_tree_has_a_depth_limit(refuses):
    deepest = None
    for _level in range(20):
        deepest = make.unit(parent=deepest)

    refuses(
        lambda: actions.establish(code="X1", name="CĐ", kind="grassroots", parent=deepest, **SIGNED), "twenty levels"
    )


# --- rename


def test_a_unit_is_renamed_from_a_day_on(district):
    outcome = actions.rename(district, name="LĐLĐ thị xã Tây Sơn", short_name="Tây Sơn", **SIGNED)

    names = UnitVersion.objects.filter(unit=district).order_by("valid_from")
    assert list(names.values_list("name", "valid_from", "valid_to")) == [
        ("LĐLĐ huyện Tây Sơn", LONG_AGO, JULY),
        ("LĐLĐ thị xã Tây Sơn", JULY, FOREVER),
    ]
    assert (outcome.event.kind, outcome.units) == ("rename", 0)
    assert UnitPlace.objects.filter(unit=district).count() == 1
    [(kind, _data)] = facts(district)
    assert kind == "people.unit-renamed"


def test_a_new_name_keeps_flags_kind_and_address(province):
    unit = make.unit(parent=province, flags=("upper_level",), address="1 Lê Lợi", kind_code="district")

    actions.rename(unit, name="Tên mới", short_name="", **SIGNED)

    version = UnitVersion.objects.get(unit=unit, valid_to=FOREVER)
    assert [flag.code for flag in version.flags.all()] == ["upper_level"]
    assert (version.address, version.kind.code, version.parent) == ("1 Lê Lợi", "district", province)


def test_two_names_on_one_day_leave_only_the_last(district):
    actions.rename(district, name="Tên thứ hai", short_name="", **SIGNED)
    actions.rename(district, name="Tên thứ ba", short_name="", **SIGNED)

    names = UnitVersion.objects.filter(unit=district).order_by("valid_from")
    assert list(names.values_list("name", flat=True)) == ["LĐLĐ huyện Tây Sơn", "Tên thứ ba"]


def test_the_same_name_is_refused(district, refuses):
    refuses(lambda: actions.rename(district, name="LĐLĐ huyện Tây Sơn", short_name="", **SIGNED), "already")


def test_a_name_before_a_later_one_is_refused(district, refuses):
    actions.rename(district, name="Tên mới", short_name="", **SIGNED)

    refuses(
        lambda: actions.rename(district, name="Tên cũ", short_name="", **{**SIGNED, "on": JUNE_30}),
        "Tên mới has changed since 30/06/2025",
    )


# --- transfer


def test_a_subtree_moves_with_all_below_it(province, district, commune, factory):
    shop = make.unit(parent=factory)

    outcome = actions.transfer([factory], to=commune, **SIGNED)

    assert place(shop, JUNE_30) == (path(province, district, factory, shop), True)
    assert place(factory) == (path(province, commune, factory), True)
    assert place(shop) == (path(province, commune, factory, shop), True)
    assert UnitVersion.objects.get(unit=factory, valid_to=FOREVER).parent == commune
    assert (outcome.units, outcome.event.kind) == (2, "transfer")
    [(kind, data)] = facts(factory)
    assert (kind, data["from_id"], data["to_id"]) == ("people.unit-transferred", district.pk, commune.pk)
    assert facts(shop) == []


def test_a_moved_unit_takes_along_those_it_succeeded(province, district, commune, factory):
    old = make.unit(parent=factory)
    actions.dissolve(old, members=Members.CLOSE, **{**SIGNED, "on": date(2024, 1, 1)})

    actions.transfer([factory], to=commune, **SIGNED)

    assert place(old, JUNE_30) == (path(province, district, factory), False)
    assert place(old) == (path(province, commune, factory), False)


def test_two_transfers_on_one_day_leave_only_the_last(province, district, commune, factory):
    actions.transfer([factory], to=commune, **SIGNED)
    actions.transfer([factory], to=province, **SIGNED)

    places = UnitPlace.objects.filter(unit=factory).order_by("valid_from")
    assert list(places.values_list("path", "valid_from", "valid_to")) == [
        (path(province, district, factory), LONG_AGO, JULY),
        (path(province, factory), JULY, FOREVER),
    ]


def test_a_unit_becomes_a_root(district):
    actions.transfer([district], to=None, **SIGNED)

    assert place(district) == (path(district), True)


def test_parent_and_child_change_places_in_one_decision(province, district, factory):
    actions.reorganise(
        [Place(code=factory.code, parent=province.code), Place(code=district.code, parent=factory.code)], **SIGNED
    )

    assert place(factory) == (path(province, factory), True)
    assert place(district) == (path(province, factory, district), True)


def test_a_transfer_is_refused_when_it_makes_no_sense(province, district, factory, commune, refuses):
    actions.transfer([commune], to=district, **SIGNED)

    refuses(lambda: actions.transfer([factory], to=district, **SIGNED), "already")
    refuses(lambda: actions.transfer([district], to=district, **SIGNED), "below itself")
    refuses(lambda: actions.transfer([province], to=factory, **SIGNED), "below itself")
    refuses(lambda: actions.transfer([], to=province, **SIGNED), "changes nothing")
    refuses(lambda: actions.transfer([factory, factory], to=province, **SIGNED), "two different things")


def test_a_transfer_before_a_later_change_below_is_refused(province, district, factory, commune, refuses):
    actions.transfer([factory], to=commune, **SIGNED)
    early = {**SIGNED, "on": JUNE_30}
    elsewhere = make.unit()

    refuses(lambda: actions.transfer([factory], to=province, **early), "has changed since 30/06/2025")
    refuses(lambda: actions.transfer([district], to=elsewhere, **early), "CĐCS Nhà máy Mẫu has changed since")
    refuses(lambda: actions.transfer([commune], to=elsewhere, **early), "CĐCS Nhà máy Mẫu has changed since")


# --- merge


def test_merged_units_live_on_in_their_heir(province, district, commune, factory):
    worker, newcomer = make.person(unit=district), make.person()
    Membership.objects.create(person=newcomer, unit=district, standing="member", started_on=date(2025, 8, 1))

    outcome = actions.merge([district], into=commune, **SIGNED)

    assert place(district, JUNE_30) == (path(province, district), True)
    assert place(district) == (path(province, commune), False)
    assert place(factory) == (path(province, commune, factory), True)
    assert not UnitVersion.objects.on(JULY).filter(unit=district).exists()
    assert list(worker.memberships.order_by("started_on").values_list("unit", "started_on", "ended_on", "ending")) == [
        (district.pk, LONG_AGO, JULY, "transferred"),
        (commune.pk, JULY, FOREVER, ""),
    ]
    assert list(newcomer.memberships.values_list("unit", "started_on")) == [(commune.pk, date(2025, 8, 1))]
    assert (outcome.units, outcome.members_moved, outcome.members_closed) == (2, 2, 0)
    link = Succession.objects.get()
    assert (link.predecessor, link.successor, link.heir) == (district, commune, True)
    [(ended, data)] = facts(district)
    assert (ended, data["how"], data["heir_id"], data["members_moved"]) == (
        "people.unit-ended",
        "merge",
        commune.pk,
        2,
    )
    [(succeeded, data)] = facts(commune)
    assert (succeeded, data["predecessor_ids"]) == ("people.unit-succeeded", [district.pk])


def test_a_membership_that_ended_after_the_merger_is_divided(district, commune):
    person = make.person()
    Membership.objects.create(
        person=person,
        unit=district,
        standing="worker",
        started_on=LONG_AGO,
        ended_on=date(2025, 9, 1),
        ending="left",
    )

    actions.merge([district], into=commune, **SIGNED)

    history = person.memberships.order_by("started_on")
    assert list(history.values_list("unit", "standing", "started_on", "ended_on", "ending")) == [
        (district.pk, "worker", LONG_AGO, JULY, "transferred"),
        (commune.pk, "worker", JULY, date(2025, 9, 1), "left"),
    ]


def test_those_who_had_left_before_are_left_alone(district, commune):
    gone = make.person()
    old = {"unit": district, "started_on": LONG_AGO, "ended_on": JULY, "ending": "transferred"}
    Membership.objects.create(person=gone, standing="member", **old)

    assert actions.merge([district], into=commune, **SIGNED).members_moved == 0
    assert gone.memberships.count() == 1


def test_enterprises_and_areas_go_to_the_heir_once(district, commune):
    mill = Enterprise.objects.create(name="Nhà máy Mẫu", folded="nha may mau")
    for unit in (district, commune):
        EnterpriseUnit.objects.create(enterprise=mill, unit=unit, valid_from=LONG_AGO)
    shop = Enterprise.objects.create(name="Cửa hàng Mẫu", folded="cua hang mau")
    EnterpriseUnit.objects.create(enterprise=shop, unit=district, valid_from=LONG_AGO)
    area = Area.objects.create(code="21", name="Xã Mẫu", name_key="", folded="xa mau")
    AreaCoverage.objects.create(area=area, unit=district, valid_from=LONG_AGO)

    actions.merge([district], into=commune, **SIGNED)

    links = EnterpriseUnit.objects.order_by("enterprise_id", "valid_from", "unit_id")
    assert list(links.values_list("enterprise", "unit", "valid_from", "valid_to")) == [
        (mill.pk, district.pk, LONG_AGO, JULY),
        (mill.pk, commune.pk, LONG_AGO, FOREVER),
        (shop.pk, district.pk, LONG_AGO, JULY),
        (shop.pk, commune.pk, JULY, FOREVER),
    ]
    covers = AreaCoverage.objects.order_by("valid_from")
    assert list(covers.values_list("unit", "valid_to")) == [(district.pk, JULY), (commune.pk, FOREVER)]


def test_nobody_inherits_a_right(district, commune):
    officer = make.account(role="officer", unit=district)
    Grant.objects.create(account=officer, role="approver", unit=district, started_on=date(2025, 9, 1))
    post = Post.objects.create(code="chair", name="Chủ tịch", folded="chu tich", role="chair")
    Duty.objects.create(person=make.person(), post=post, unit=district, started_on=LONG_AGO)

    outcome = actions.merge([district], into=commune, **SIGNED)

    assert outcome.roles_ended == 3
    assert set(Grant.objects.values_list("role", "ended_on")) == {("officer", JULY), ("approver", date(2025, 9, 2))}
    assert Duty.objects.get().ended_on == JULY
    assert not policies.scope(officer, Ability.WRITE_STORIES, on=date(2026, 1, 1))


def test_a_merger_is_refused_when_it_makes_no_sense(province, district, commune, factory, refuses):
    refuses(lambda: actions.merge([], into=commune, **SIGNED), "changes nothing")
    refuses(lambda: actions.merge([commune], into=commune, **SIGNED), "changes nothing")
    refuses(lambda: actions.merge([district], into=factory, **SIGNED), "CĐCS Nhà máy Mẫu still stands under")
    actions.merge([district], into=commune, **SIGNED)
    refuses(lambda: actions.merge([district], into=commune, **SIGNED), "had already ended on 01/07/2025")
    refuses(lambda: actions.merge([commune], into=district, **SIGNED), "had already ended on 01/07/2025")


# --- split


def test_part_of_a_unit_goes_to_others_and_the_unit_lives_on(province, district, commune, factory):
    stays, goes = make.person(unit=district), make.person(unit=district)

    outcome = actions.split(
        district, into=[commune], children={factory: commune}, members={goes.pk: commune}, ends=False, **SIGNED
    )

    assert place(district) == (path(province, district), True)
    assert place(factory) == (path(province, commune, factory), True)
    assert outcome.members_moved == 1
    assert Membership.objects.on(JULY).get(person=goes).unit == commune
    assert Membership.objects.on(JULY).get(person=stays).unit == district
    assert Succession.objects.get().heir is False


def test_a_unit_that_ends_by_a_split_leaves_the_rest_to_its_heir(district, commune, factory):
    other = make.unit(parent=commune)
    stays, goes = make.person(unit=district), make.person(unit=district)

    outcome = actions.split(
        district,
        into=[commune, other],
        heir=commune,
        children={factory: other},
        members={goes.pk: other},
        ends=True,
        **SIGNED,
    )

    assert place(district) == (*place(commune)[:1], False)
    assert outcome.members_moved == 2
    assert Membership.objects.on(JULY).get(person=goes).unit == other
    assert Membership.objects.on(JULY).get(person=stays).unit == commune
    assert set(Succession.objects.values_list("successor", "heir")) == {(commune.pk, True), (other.pk, False)}


def test_a_split_is_refused_when_it_leaves_something_behind(district, commune, factory, refuses):
    stranger = make.person(unit=factory)
    rest = {"members": {}, "ends": True, **SIGNED}

    refuses(lambda: actions.split(district, into=[commune], heir=commune, children={}, **rest), "still stands under")
    refuses(lambda: actions.split(district, into=[commune], children={factory: commune}, **rest), "takes over")
    refuses(
        lambda: actions.split(
            district, into=[commune], children={}, members={stranger.pk: commune}, ends=False, **SIGNED
        ),
        "not members of the unit",
    )


# --- dissolve


def test_a_dissolved_unit_closes_its_memberships_and_leaves_its_history_to_its_parent(province, district, factory):
    member = make.person(unit=factory)

    outcome = actions.dissolve(factory, members=Members.CLOSE, **SIGNED)

    assert place(factory) == (path(province, district), False)
    assert list(member.memberships.values_list("ended_on", "ending")) == [(JULY, "unit-ended")]
    assert (outcome.members_moved, outcome.members_closed) == (0, 1)
    [(kind, data)] = facts(factory)
    assert (kind, data["how"], data["members_closed"]) == ("people.unit-ended", "dissolve", 1)


def test_a_dissolved_unit_hands_over_members_and_units_where_the_decision_says(province, district, commune, factory):
    member, other = make.person(unit=district), make.unit(parent=province)

    actions.dissolve(
        district,
        heir=commune,
        successors=[commune, other],
        members=Members.TRANSFER,
        children={factory: other},
        **SIGNED,
    )

    assert place(factory) == (path(province, other, factory), True)
    assert Membership.objects.on(JULY).get(person=member).unit == commune
    assert set(Succession.objects.values_list("successor", "heir")) == {(commune.pk, True), (other.pk, False)}


def test_heirs_of_heirs_take_over_in_line(province, district, commune, factory):
    member = make.person(unit=factory)

    actions.reorganise(
        [
            End(code=factory.code, heir=district.code, members=Members.TRANSFER),
            End(code=district.code, heir=commune.code, members=Members.TRANSFER),
        ],
        **SIGNED,
    )
    actions.dissolve(commune, members=Members.TRANSFER, **{**SIGNED, "on": date(2025, 8, 1)})

    assert place(factory) == (path(province, commune), False)
    assert place(factory, date(2025, 8, 1)) == (path(province), False)
    assert [place.unit for place in member.memberships.order_by("started_on")] == [factory, commune, province]


def test_a_dissolution_is_refused_when_it_makes_no_sense(province, district, commune, factory, refuses):
    new = make.unit(parent=province, since=JULY, name="CĐCS mới")
    Membership.objects.create(person=make.person(), unit=factory, standing="member", started_on=JULY)
    close = {"members": Members.CLOSE, **SIGNED}

    refuses(lambda: actions.dissolve(district, **close), "CĐCS Nhà máy Mẫu still stands under LĐLĐ huyện Tây Sơn")
    refuses(lambda: actions.dissolve(province, **close), "takes over the history")
    refuses(lambda: actions.dissolve(new, **close), "cannot end on the same day")
    refuses(lambda: actions.dissolve(factory, **close), "Somebody joined a unit on or after 01/07/2025")
    refuses(lambda: actions.dissolve(commune, heir=commune, **close), "below itself, or succeed itself")
    refuses(
        lambda: actions.dissolve(factory, heir=commune, children={commune: factory}, **close),
        "ends by this decision and cannot take over",
    )


# --- all at once


def test_many_units_change_in_one_event(province, district, factory):
    make.kind("commune")
    member = make.person(unit=factory)

    outcome = actions.reorganise(
        [
            Found(code="T", name="LĐLĐ tỉnh mới", kind="province", parent=None),
            Found(code="X", name="CĐ xã", kind="commune", parent="T"),
            End(code=province.code, heir="T", members=Members.CLOSE),
            End(code=district.code, heir="X", members=Members.CLOSE),
            Place(code=factory.code, parent="X"),
            Change(code=factory.code, name="CĐCS Mới", flags=()),
        ],
        **SIGNED,
    )

    top, xa = Unit.objects.get(code="T"), Unit.objects.get(code="X")
    assert place(factory) == (path(top, xa, factory), True)
    assert place(district) == (path(top, xa), False)
    assert place(province) == (path(top), False)
    assert UnitVersion.objects.on(JULY).get(unit=factory).name == "CĐCS Mới"
    assert Membership.objects.on(JULY).get(person=member).unit == factory
    assert (UnitEvent.objects.count(), outcome.event.kind, outcome.units) == (1, "reorganise", 3)
    assert [kind for kind, _data in facts(factory)] == ["people.unit-transferred", "people.unit-renamed"]


@pytest.mark.parametrize("how_many", [1, 3])
def test_a_reorganisation_costs_the_same_however_many_units(how_many, province, district, django_assert_num_queries):
    make.kind("commune")
    moves: list[Move] = []
    for number in range(how_many):
        old = make.unit(parent=province)
        make.person(unit=old)
        below = make.unit(parent=old)
        moves += [
            Found(code=f"N{number}", name="CĐ xã", kind="commune", parent=province.code),
            End(code=old.code, heir=f"N{number}", members=Members.TRANSFER),
            Place(code=below.code, parent=f"N{number}"),
        ]

    with django_assert_num_queries(COST + 4 * how_many):  # four facts for each: founded, ended, placed, succeeded
        actions.reorganise(moves, **SIGNED)


COST = 65


def test_unknown_and_contradicting_moves_are_refused(province, district, factory, refuses):
    def carry_out(*moves):
        return lambda: actions.reorganise(moves, **SIGNED)

    away = End(code=factory.code, heir=district.code, members=Members.CLOSE)
    refuses(carry_out(Place(code="gone", parent=None)), "no unit with the code gone")
    refuses(carry_out(away, Place(code=factory.code, parent=province.code)), "two different things")
    refuses(carry_out(away, away), "two different things")
    refuses(
        carry_out(away, Send(code=district.code, people=(make.person(unit=district).pk,), to=factory.code)),
        "cannot take over",
    )
    refuses(
        carry_out(
            End(code=factory.code, heir=district.code, members=Members.CLOSE),
            End(code=district.code, heir=factory.code, members=Members.CLOSE),
        ),
        "succeed itself",
    )


def test_a_foreseen_change_is_counted_and_not_made(district, commune, factory):
    make.person(unit=district)

    outcome = actions.foresee(lambda: actions.merge([district], into=commune, **SIGNED))

    assert (outcome.units, outcome.members_moved) == (2, 1)
    assert (UnitEvent.objects.count(), Entry.objects.count(), place(district)[1]) == (0, 0, True)


# --- who may


def test_whoever_manages_a_subtree_decides_within_it_and_not_beyond(province, district, commune, factory, refuses):
    manager = make.account(role="administrator", unit=district)
    signed = {**SIGNED, "by": manager}

    actions.rename(factory, name="Tên mới", short_name="", **signed)

    assert Entry.objects.get().actor == manager.ref
    refuses(lambda: actions.transfer([factory], to=commune, **signed), "do not manage all")
    refuses(lambda: actions.rename(commune, name="Tên", short_name="", **signed), "do not manage all")
    refuses(lambda: actions.transfer([factory], to=None, **signed), "do not manage all")


def test_other_roles_change_no_unit(factory, refuses):
    officer = make.account(role="officer", unit=factory)

    refuses(lambda: actions.rename(factory, name="Tên", short_name="", **{**SIGNED, "by": officer}), "do not manage")


def test_a_manager_of_everything_makes_roots(district):
    actions.transfer([district], to=None, **{**SIGNED, "by": make.superuser()})

    assert place(district) == (path(district), True)
