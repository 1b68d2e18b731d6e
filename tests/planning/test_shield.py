"""Figures about people by two structures, beside one another and in rows behind them, never give away a small group."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from loa.ledger.facts import SYSTEM
from loa.people.actions import units as moving
from loa.people.models import UnitPlace
from loa.planning.protocol import Ask, Figure
from loa.planning.scorecard import State, board, scorecard
from loa.planning.scorecard.course import Step, course
from loa.planning.scorecard.rollup import rolled_up
from loa.planning.scorecard.shield import ITSELF, withheld_elsewhere
from loa.planning.withholding import total
from tests import make
from tests.planning import plans
from tests.planning.test_board import STEP, trees

BEFORE = date(2026, 2, 10)
MOVED = date(2026, 2, 20)
SIGNED: dict[str, Any] = {"decision": "QĐ 7/QĐ-LĐLĐ", "by": SYSTEM, "at": make.NOON}


@st.composite
def moved(draw: st.DrawFn, own: Sequence[Figure]) -> dict[str, str]:
    """Another place for each unit of a tree: below any other one, as a root, within an heir, or nowhere yet."""
    places: dict[str, str] = {}
    for number, figure in enumerate(own):
        above = draw(st.sampled_from(["", *(place for place in places.values() if place)]))
        kind = draw(st.sampled_from(["below", "below", "below", "ended", "unknown"]))
        if kind == "unknown":
            places[figure.path] = ""
        elif kind == "ended" and above:
            places[figure.path] = above
        else:
            places[figure.path] = above.removesuffix(ITSELF) + f"{number:06}" + ITSELF
    return places


def told(rows: Sequence[Sequence[int]], asked: Sequence[int]) -> bool:
    """Whether `asked` is a combination of `rows`: somebody who knows those could compute it anyway."""
    return _rank([*rows, asked]) == _rank(rows)


def _rank(rows: Sequence[Sequence[int]]) -> int:
    left = [[Fraction(cell) for cell in row] for row in rows]
    rank = 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((row for row in left[rank:] if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        left.insert(rank, pivot)
        left[rank + 1 :] = [
            [cell - pivot[at] * row[column] / pivot[column] for at, cell in enumerate(row)] for row in left[rank + 1 :]
        ]
        rank += 1
    return rank


@pytest.mark.properties
@given(st.data())
def test_another_structure_shows_nothing_that_the_structure_of_the_day_does_not_tell(data):
    own = data.draw(trees())
    places = data.draw(moved(own))
    tree = rolled_up(own, "000001", people=True)

    done = withheld_elsewhere({"000001": tree}, places.__getitem__)

    atoms = [figure.path for figure in own]
    shown = [[atom.startswith(path) for atom in atoms] for path in tree.figures if path not in tree.hidden]
    shown += [[atom == path for atom in atoms] for path in tree.alone if path not in tree.own]
    for place in filter(None, places.values()):
        for end in range(STEP, len(place), STEP):
            if place[:end] not in done.paths:
                assert told(shown, [places[atom].startswith(place[:end]) for atom in atoms])
        if place.removesuffix(ITSELF) not in done.own:
            assert told(shown, [places[atom] == place for atom in atoms])
    if not tree.hidden and not tree.own:
        assert not done.paths
        assert not done.own


@pytest.fixture
def root():
    return make.unit(code="ROOT", name="Liên đoàn Mẫu", kind_code="province")


@pytest.fixture
def targets(root):
    plans.load_with(root, plans.indicator("T1", "tests.joined", values={"province": 85, "upper": 85, "grassroots": 85}))
    with plans.registered(plans.Joined()):
        yield


def upper(root, name: str, people: int, joined: int):
    unit = make.unit(parent=root, name=name, flags=("upper_level",), kind_code="commune")
    plans.people(unit, people, joined=joined)
    return unit


def numbers(unit, *, structure: date) -> int | None:
    """What the card of the unit says of the day after the move, by the structure of another day."""
    line = scorecard(unit.pk, on=make.DAY, structure=structure).line("T1")
    assert line
    return line.reading.numerator


@pytest.fixture
def small_one_moved(root, targets):
    """Three of twenty who joined moved with their unit from one upper union to another."""
    one, two = upper(root, "Công đoàn A", 60, 30), upper(root, "Công đoàn B", 60, 40)
    small = make.unit(parent=one, name="Công đoàn nhỏ")
    plans.people(small, 20, joined=3)
    for name in ("Công đoàn lớn", "Công đoàn vừa"):
        plans.people(make.unit(parent=one, name=name), 40, joined=20)
    moving.transfer([small], to=two, on=MOVED, **SIGNED)
    return one, two, small


@pytest.mark.django_db
def test_two_structures_cannot_be_subtracted(root, small_one_moved):
    one, two, small = small_one_moved

    assert numbers(one, structure=make.DAY) == 70
    assert numbers(two, structure=make.DAY) == 43
    assert numbers(small, structure=make.DAY) is None
    assert [numbers(unit, structure=BEFORE) for unit in (one, two, small)] == [None, None, None]
    assert numbers(root, structure=BEFORE) == numbers(root, structure=make.DAY) == 113


@pytest.mark.django_db
def test_the_way_by_another_structure_is_withheld_as_the_card_is(root, small_one_moved):
    one, _two, _small = small_one_moved
    card = scorecard(one.pk, on=make.DAY, structure=BEFORE)

    points = course(card, card.lines[0], Step.MONTH)

    by_day = {point.on: point.reading.numerator for point in points}
    assert by_day[make.DAY] is None  # 70 by the structure of that day, 73 by this one
    assert by_day[date(2026, 1, 31)] == 73  # of that day's own structure


@pytest.mark.django_db
def test_the_table_of_all_units_agrees_with_the_cards_by_any_structure(root, small_one_moved):
    for structure in (BEFORE, make.DAY, make.DAY + timedelta(days=90)):
        found = board(root.pk, on=make.DAY, structure=structure)
        for row in found.rows:
            line = scorecard(row.unit.unit_id, on=make.DAY, structure=structure).line("T1")
            assert line
            assert [reading for _target, reading in row.pairs] == [line.reading]


@pytest.mark.django_db
def test_what_moved_as_a_whole_is_shown_by_any_structure(root, targets):
    one, two = upper(root, "Công đoàn A", 60, 30), upper(root, "Công đoàn B", 60, 40)
    third = make.unit(parent=root, name="Công đoàn C", flags=("upper_level",), kind_code="commune", since=MOVED)
    moving.transfer([one, two], to=third, on=MOVED, **SIGNED)
    on = MOVED - timedelta(days=1)

    line = scorecard(third.pk, on=on, structure=MOVED).line("T1")

    assert line
    assert line.reading.numerator == 70
    assert [row.numerator for row in line.children] == [30, 40]


@pytest.mark.django_db
def test_a_parent_minus_its_children_gives_nothing_small(root, small_one_moved):
    for structure in (BEFORE, make.DAY):
        for unit in (root, *small_one_moved):
            line = scorecard(unit.pk, on=make.DAY, structure=structure).line("T1")
            assert line
            hidden = [row for row in line.children if row.state == State.WITHHELD]
            assert line.reading.numerator is None or len(hidden) != 1


@pytest.mark.django_db
@pytest.mark.parametrize("how_many", [1, 3])
def test_another_structure_costs_the_same_however_many_units(root, targets, how_many, django_assert_num_queries):
    for number in range(how_many):
        unit = upper(root, f"Công đoàn {number}", 20, 10)
        low = make.unit(parent=unit)
        plans.people(low, 20, joined=10)
        moving.transfer([low], to=root, on=MOVED + timedelta(days=number), **SIGNED)

    with django_assert_num_queries(13):
        scorecard(root.pk, on=make.DAY, structure=BEFORE)


class Counted(plans.Joined):
    """What each unit has by itself, as it was given, counted on one day."""

    def __init__(self, figures: Mapping[int, tuple[int, int]], day: date) -> None:
        self._of, self._day = figures, day

    def counted_on(self, ask: Ask) -> date | None:
        return self._day

    def figures(self, ask: Ask) -> list[Figure]:
        found: dict[str, Figure] = {}
        for path, unit_id in UnitPlace.objects.on(ask.structure).under(ask.path).values_list("path", "unit_id"):
            numerator, denominator = self._of.get(unit_id, (0, 0))
            child = path if ask.every else path[: len(ask.path) + STEP]
            one = Figure(path=child, numerator=numerator, denominator=denominator)
            found[child] = total([found[child], one], path=child) if child in found else one
        return list(found.values())


@pytest.mark.django_db
@settings(
    max_examples=15, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_a_deep_unit_asks_only_where_its_units_came_from_and_withholds_the_same(data):
    """The table of all units looks at the whole tree, a card at some branches of it: they agree on every unit."""
    with transaction.atomic():
        root = make.unit(name="Liên đoàn Mẫu", kind_code="province")
        uppers = [make.unit(parent=root, name=f"Công đoàn {n}", kind_code="commune") for n in range(4)]
        homes = data.draw(st.lists(st.integers(0, 3), min_size=8, max_size=8))
        low = [make.unit(parent=uppers[home], name=f"CĐCS {n}") for n, home in enumerate(homes)]
        for n in data.draw(st.lists(st.integers(0, 7), max_size=4, unique=True)):
            moving.transfer([low[n]], to=uppers[(homes[n] + 1) % 4], on=MOVED, **SIGNED)
        sizes = {unit.pk: data.draw(st.integers(0, 12)) for unit in (*uppers, *low)}
        measure = Counted({pk: (data.draw(st.integers(0, size)), size) for pk, size in sizes.items()}, MOVED)
        plans.load_with(root, plans.indicator("T1", measure.key, values={"province": 85, "grassroots": 85}))
        with plans.registered(measure):
            for unit in board(root.pk, on=make.DAY, structure=BEFORE).rows:
                line = scorecard(unit.unit.unit_id, on=make.DAY, structure=BEFORE).line("T1")
                assert line
                assert [reading for _target, reading in unit.pairs] == [line.reading]
        transaction.set_rollback(True)
