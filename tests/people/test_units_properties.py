"""Whatever decisions are taken in whatever order, no unit is lost, none is doubled, and no figure changes."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Count
from hypothesis import given
from hypothesis import strategies as st

from loa.base.errors import Refused
from loa.ledger.facts import SYSTEM
from loa.people import paths, queries
from loa.people.actions import revising
from loa.people.actions import units as actions
from loa.people.models import Membership, Succession, Unit, UnitEvent, UnitPlace, UnitVersion
from loa.people.models.units import segment
from loa.people.moves import Found, Members
from tests import make
from tests.make import NOON

START = date(2024, 1, 1)
SIGNED: dict[str, Any] = {"decision": "QĐ 1/QĐ-TLĐ", "by": SYSTEM, "at": NOON}
PICK = st.integers(0, 30)
TREES = st.lists(PICK, min_size=3, max_size=9)
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["establish", "rename", "transfer", "merge", "split", "dissolve"]), PICK, PICK, PICK, PICK
    ),
    min_size=1,
    max_size=8,
)


def grow(shape):
    """A tree of units, each with as many people as its number and below the one that `shape` says."""
    found = [Found(code="U0", name="U0", kind="grassroots", parent=None)]
    for number, pick in enumerate(shape, start=1):
        found.append(Found(code=f"U{number}", name=f"U{number}", kind="grassroots", parent=f"U{pick % number}"))
    actions.reorganise(found, on=START, **SIGNED)
    units = list(Unit.objects.order_by("pk"))
    for number, unit in enumerate(units):
        for _ in range(number % 3 + 1):
            Membership.objects.create(person=make.person(), unit=unit, standing="member", started_on=START)
    return units


def take(kind, a, b, c, *, on):
    """Some decision of this kind; most make sense, the others are refused and must change nothing."""
    units = list(Unit.objects.order_by("pk"))
    one, two, three = (units[pick % len(units)] for pick in (a, b, c))
    below = [version.unit for version in UnitVersion.objects.on(on).filter(parent=one).select_related("unit")]
    signed = SIGNED | {"on": on}
    match kind:
        case "establish":
            code = f"U{len(units)}"
            actions.establish(code=code, name=code, kind="grassroots", parent=one, predecessors=[two], **signed)
        case "rename":
            actions.rename(one, name=f"Tên {a} {b}", short_name="", **signed)
        case "transfer":
            actions.transfer([one] if c % 2 else list({one, three}), to=two, **signed)
        case "merge":
            actions.merge(list({one, three}), into=two, **signed)
        case "split":
            goes = dict.fromkeys(below, two)
            actions.split(one, into=[two], heir=two, children=goes, members={}, ends=bool(c % 2), **signed)
        case "dissolve":
            members = Members.CLOSE if c % 2 else Members.TRANSFER
            heir = two if b % 2 else None
            actions.dissolve(one, heir=heir, members=members, children=dict.fromkeys(below, two), **signed)


def places(on):
    return {place.unit_id: place for place in UnitPlace.objects.on(on)}


def check_day(on):
    """What must hold on any day: one place each, children below their parents, nothing below itself."""
    rows = list(UnitPlace.objects.on(on))
    standing = {place.unit_id: place for place in rows}
    assert len(rows) == len(standing)
    versions = {version.unit_id: version for version in UnitVersion.objects.on(on)}
    assert {place.unit_id for place in rows if place.living} == set(versions)
    for place in rows:
        line = list(paths.steps(place.path))
        assert len(line) == len(set(line))
        if place.living:
            parent = versions[place.unit_id].parent_id
            above = standing[parent].path if parent else ""
            assert parent is None or standing[parent].living
            assert place.path == above + place.unit.segment
    heirs = dict(Succession.objects.filter(heir=True).values_list("predecessor_id", "successor_id"))
    for place in rows:
        if not place.living:
            heir = place.unit_id
            while not standing[heir].living:
                heir = heirs[heir]
            assert place.path == standing[heir].path


def total(on, counted):
    """All that `counted` holds, summed over the roots of the day and their children."""
    figure = 0
    for root in queries.roots(on=on):
        grouped = queries.by_child(counted, root.path, on=on).values("child").annotate(figure=Count("pk"))
        figure += sum(row["figure"] for row in grouped)
    return figure


@pytest.mark.properties
@pytest.mark.django_db
@given(shape=TREES, events=EVENTS)
def test_no_event_loses_or_doubles_anything(shape, events):
    with transaction.atomic():
        units = grow(shape)
        founded_on = dict.fromkeys((unit.pk for unit in units), START)
        counted = Membership.objects.filter(started_on=START)
        ids = list(counted.values_list("pk", flat=True))
        on = START
        for kind, a, b, c, gap in events:
            on += timedelta(days=gap % 3)
            before = places(on)
            try:
                take(kind, a, b, c, on=on)
            except Refused:
                assert {pk: place.path for pk, place in places(on).items()} == {
                    pk: place.path for pk, place in before.items()
                }
            founded_on |= {pk: on for pk in Unit.objects.values_list("pk", flat=True) if pk not in founded_on}

        day = START
        while day <= on + timedelta(days=1):
            check_day(day)
            assert set(places(day)) == {pk for pk, since in founded_on.items() if since <= day}
            assert total(day, Membership.objects.filter(pk__in=ids)) == len(ids)
            day += timedelta(days=1)
        present = Membership.objects.on(on)
        assert present.values("person").distinct().count() == present.count()
        assert not Membership.objects.filter(ending="moving").exists()
        transaction.set_rollback(True)


TABLES = (Unit, UnitVersion, UnitPlace, Succession, Membership)
EARLY = datetime(2023, 1, 1, tzinfo=UTC)
"""Before every decision of these worlds: none holds yet."""


def rows():
    return {table.__name__: list(table.objects.order_by("pk").values()) for table in TABLES}


@pytest.mark.properties
@pytest.mark.django_db
@given(shape=TREES, events=EVENTS)
def test_whatever_is_decided_can_be_taken_back_row_by_row(shape, events):
    with transaction.atomic():
        grow(shape)
        on, states = START, []
        for kind, a, b, c, gap in events:
            on += timedelta(days=1 + gap % 3)
            before = rows()
            try:
                with transaction.atomic():
                    take(kind, a, b, c, on=on)
            except Refused:
                assert rows() == before
            else:
                states.append((UnitEvent.objects.latest("pk"), before))
        for event, before in reversed(states):
            revising.undo(event, by=SYSTEM, at=EARLY)
            assert rows() == before
        transaction.set_rollback(True)


@pytest.mark.properties
@given(parents=st.dictionaries(st.integers(1, 12), st.integers(1, 12) | st.none(), min_size=1))
def test_a_path_ends_with_its_unit_or_is_refused(parents):
    known = {parent: segment(parent) for parent in parents.values() if parent and parent not in parents}
    tree = paths.Tree(paths=known, parents=parents, heirs={})

    for unit_id, parent in parents.items():
        try:
            path = tree.path(unit_id)
        except paths.Circular:
            seen, above = set(), unit_id
            while above not in seen:
                seen.add(above)
                above = parents[above]
        else:
            assert list(paths.steps(path)) == [*(paths.steps(tree.path(parent)) if parent else ()), unit_id]
