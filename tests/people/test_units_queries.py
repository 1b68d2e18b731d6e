"""What can be asked about units: the tree of any day, whence and whither, and counting by child."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count

from loa.ledger.facts import SYSTEM
from loa.people import queries
from loa.people.actions import units as actions
from loa.people.models import Membership, Unit, UnitKind, UnitPlace
from loa.people.moves import Members
from loa.people.policies import Scope
from tests import make
from tests.make import DAY, LONG_AGO, NOON

pytestmark = pytest.mark.django_db

JULY = date(2025, 7, 1)
JUNE_30 = date(2025, 6, 30)
SIGNED: dict[str, Any] = {"decision": "QĐ 12/QĐ-LĐLĐ Gia Lai", "on": JULY, "by": SYSTEM, "at": NOON}


@pytest.fixture
def tree():
    """A province with two unions, Ân and Bình, and one factory under each; Ân merges into Bình in July 2025."""
    province = make.unit(code="T", kind_code="province", name="Tỉnh")
    one = make.unit(parent=province, code="B", kind_code="district", name="Bình")
    other = make.unit(parent=province, code="A", kind_code="district", name="Ân")
    make.unit(parent=one, code="B1", name="Nhà máy Đông")
    make.unit(parent=other, code="A1", name="Nhà máy Dương")
    actions.merge([other], into=one, **SIGNED)
    return province


def codes(nodes):
    return [node.code for node in nodes]


def by_child(things: Any, path: str, on: date) -> dict[str, int]:
    """Child → figure, from one query."""
    via = "" if things.model is Unit else "unit"
    grouped: Any = queries.by_child(things, path, on=on, via=via).values("child").annotate(figure=Count("pk"))
    assert str(grouped.query).count('JOIN "people_unitplace"') == 1
    return dict(grouped.values_list("child", "figure"))


def unit(code):
    return Unit.objects.get(code=code)


def test_the_tree_of_a_day_is_drawn_from_the_top_by_name(tree, django_assert_num_queries):
    with django_assert_num_queries(1):
        before = queries.subtree(tree.segment, on=JUNE_30)
    after = queries.subtree(tree.segment, on=JULY)

    assert codes(before) == ["T", "A", "A1", "B", "B1"]
    assert [node.depth for node in before] == [0, 1, 2, 1, 2]
    assert codes(after) == ["T", "B", "A1", "B1"]


def test_a_subtree_on_a_day_is_a_range_of_an_index(tree):
    elsewhere = Unit.objects.bulk_create(Unit(code=f"Z{number}", synthetic=True) for number in range(2000))
    UnitPlace.objects.bulk_create(
        UnitPlace(unit=one, path="zz" + one.segment, valid_from=LONG_AGO) for one in elsewhere
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE people_unitplace")

    plan = UnitPlace.objects.on(JULY).under(tree.segment).explain()

    assert "people_place_subtree" in plan
    assert re.search(r"path>\?|path.*>=", plan)


def test_a_part_of_the_tree_begins_with_its_own_root(tree):
    assert codes(queries.subtree(queries.node(unit("B").pk, on=JULY).path, on=JULY)) == ["B", "A1", "B1"]


def test_roots_children_and_ancestors_are_those_of_the_day(tree, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert codes(queries.roots(on=JULY)) == ["T"]
    with django_assert_num_queries(1):
        assert codes(queries.children(tree.pk, on=JUNE_30)) == ["A", "B"]
    assert codes(queries.children(tree.pk, on=JULY)) == ["B"]
    place = queries.node(unit("A1").pk, on=JUNE_30).path
    with django_assert_num_queries(1):
        assert codes(queries.ancestors(place, on=JUNE_30)) == ["T", "A"]


def test_an_ended_unit_is_found_under_its_last_name_at_the_place_of_its_heir(tree):
    node = queries.node(unit("A").pk, on=JULY)

    assert (node.name, node.living, node.path) == ("Ân", False, queries.node(unit("B").pk, on=JULY).path)
    with pytest.raises(Unit.DoesNotExist):
        queries.node(unit("A").pk, on=date(2019, 1, 1))
    with pytest.raises(Unit.DoesNotExist):
        queries.node(0, on=JULY)


def test_units_are_found_by_any_spelling_within_the_scope(tree):
    everything = Scope(on=JULY, everything=True)
    branch = Scope(on=JULY, paths=(queries.node(unit("A1").pk, on=JULY).path,))

    assert codes(queries.search_units("nha MAY", on=JULY, scope=everything)) == ["A1", "B1"]
    assert codes(queries.search_units("máy đông", on=JULY, scope=everything)) == ["B1"]
    assert codes(queries.search_units("b1", on=JULY, scope=everything)) == ["B1"]
    assert codes(queries.search_units("nha may", on=JULY, scope=branch)) == ["A1"]
    assert codes(queries.search_units("nha may", on=JULY, scope=everything, limit=1)) == ["A1"]
    assert codes(queries.search_units("ân", on=JULY, scope=everything)) == []


def test_lineage_names_both_sides_with_their_decisions(tree, django_assert_num_queries):
    kept = unit("B")
    with django_assert_num_queries(2):
        heir = queries.lineage(kept.pk, on=JULY)
    ended = queries.lineage(unit("A").pk, on=JULY)

    [step] = heir.predecessors
    assert (step.unit.code, step.event.decision, step.heir) == ("A", SIGNED["decision"], True)
    assert codes(step.unit for step in ended.successors) == ["B"]
    assert (heir.successors, ended.predecessors) == ([], [])
    assert queries.lineage(unit("B").pk, on=JUNE_30) == queries.Lineage(predecessors=[], successors=[])


def test_living_units_are_counted_by_kind_from_the_top_down(tree):
    top, middle, bottom = UnitKind.objects.filter(code__in=["province", "district", "grassroots"]).order_by("level")

    before, after = queries.living_by_kind(tree.segment, on=JUNE_30), queries.living_by_kind(tree.segment, on=JULY)
    assert list(before.items()) == [(top.name, 1), (middle.name, 2), (bottom.name, 2)]
    assert list(after.items()) == [(top.name, 1), (middle.name, 1), (bottom.name, 2)]


def test_the_ledger_tells_the_history_newest_first(tree):
    actions.rename(unit("B"), name="Bình mới", short_name="", **SIGNED)

    kinds = [entry.kind for entry in queries.history(unit("B"))]
    assert kinds == ["people.unit-renamed", "people.unit-succeeded"]


def test_counting_by_child_joins_the_places_once_and_adds_up(tree, django_assert_num_queries):
    for code, how_many in (("T", 1), ("A", 2), ("B", 4), ("A1", 8), ("B1", 16)):
        for _ in range(how_many):
            make.person(unit=unit(code))

    def figures(on):
        with django_assert_num_queries(1):
            found = by_child(Membership.objects.filter(started_on=LONG_AGO), tree.segment, on)
        return {queries.unit_of(child): figure for child, figure in found.items()}

    assert figures(JUNE_30) == {tree.pk: 1, unit("A").pk: 10, unit("B").pk: 20}
    assert figures(JULY) == {tree.pk: 1, unit("B").pk: 30}


def test_units_themselves_are_counted_by_child(tree):
    counts = by_child(Unit.objects.all(), tree.segment, JULY)
    assert counts == {tree.segment: 1, tree.segment + unit("B").segment: 4}


def test_things_of_a_day_without_a_place_are_not_counted():
    late = make.unit(since=DAY)
    make.person(unit=late)

    assert by_child(Membership.objects.all(), late.segment, JULY) == {}
    assert by_child(Membership.objects.all(), late.segment, DAY) == {late.segment: 1}


def test_dissolved_work_is_counted_with_the_parent(tree):
    make.person(unit=unit("B1"))
    actions.dissolve(unit("B1"), members=Members.CLOSE, **{**SIGNED, "on": DAY})

    place = queries.node(unit("B").pk, on=DAY).path
    assert by_child(Membership.objects.all(), place, DAY) == {place: 1}
