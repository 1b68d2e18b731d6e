from datetime import date
from decimal import Decimal

import pytest

from loa.base.periods import Period
from loa.ledger.facts import SYSTEM
from loa.people.models import Unit, UnitPlace, UnitVersion
from loa.planning import actions
from loa.planning.scorecard import Goal, Reading, State, scorecard
from loa.planning.scorecard.reading import forecast, judge
from tests import make
from tests.planning import plans

pytestmark = pytest.mark.django_db
YEAR = Period(first=date(2026, 1, 1), last=date(2026, 12, 31))
EVERYBODY = {"province": 85, "upper": 85, "grassroots": 85}


@pytest.fixture
def root():
    return make.unit(code="ROOT")


def upper(root: Unit, **fields) -> Unit:
    return make.unit(parent=root, flags=("upper_level",), **fields)


def low(parent: Unit) -> Unit:
    return make.unit(parent=parent, flags=("grassroots",))


def figures(reading: Reading) -> tuple:
    return (reading.state.value, reading.numerator, reading.denominator)


@pytest.fixture
def joined(root):
    """One target over people who joined this year, of all."""
    plans.load_with(root, plans.indicator("T1", "tests.joined", values=EVERYBODY))
    with plans.registered(plans.Joined()):
        yield


@pytest.fixture
def arrivals(root):
    """Sixty arrivals a year for every upper-level unit."""
    said = plans.indicator(
        "T8", "tests.arrivals", unit="count", values={"upper": 60}, aggregation=("sum", "units_meeting")
    )
    plans.load_with(root, said)
    with plans.registered(plans.Arrivals()):
        yield


def test_what_nobody_measures_is_not_zero(root):
    plans.load(root)
    upper(root)

    with plans.registered():
        card = scorecard(root.pk, on=make.DAY)

    assert {line.target.code: line.reading.state for line in card.lines} == {
        line.target.code: State.NOT_MEASURED for line in card.lines
    }
    assert {(line.reading.numerator, line.reading.value, line.version, line.opens) for line in card.lines} == {
        (None, None, None, False)
    }


def test_a_measure_that_had_not_begun_is_not_zero(root, joined):
    class NotYet(plans.Joined):
        def figures(self, ask):
            return None

    with plans.registered(NotYet()):
        [line] = scorecard(root.pk, on=make.DAY).lines

    assert figures(line.reading) == ("not-measured", None, None)


def test_the_card_adds_up_children_and_the_unit_itself(root, joined):
    one, two = upper(root), upper(root)
    plans.people(root, 20, joined=10)
    plans.people(one, 20, joined=5)
    plans.people(low(two), 10, joined=5)

    [line] = scorecard(root.pk, on=make.DAY).lines

    assert figures(line.reading) == ("behind", 20, 50)
    assert line.reading.value == 40
    assert {(row.unit.unit_id, row.own): figures(row)[1:] for row in line.children} == {
        (root.pk, True): (10, 20),
        (one.pk, False): (5, 20),
        (two.pk, False): (5, 10),
    }
    assert line.version == 3
    assert line.path == tuple(Goal(year=year, value=Decimal(85), proposed=False) for year in range(2024, 2029))
    assert line.end == line.path[-1]
    assert line.ask.period == YEAR


def test_a_small_unit_is_withheld_and_another_with_it(root, joined):
    small, next_one, large = (upper(root) for _ in range(3))
    plans.people(small, 30, joined=3)
    plans.people(next_one, 40, joined=20)
    plans.people(large, 60, joined=30)

    [line] = scorecard(root.pk, on=make.DAY).lines

    assert figures(line.reading) == ("behind", 53, 130)
    assert {row.unit.unit_id: figures(row) for row in line.children} == {
        small.pk: ("withheld", None, None),
        next_one.pk: ("withheld", None, None),
        large.pk: ("behind", 30, 60),
    }


def test_what_a_parents_card_withholds_is_withheld_on_its_own_card_too(root, joined):
    small, next_one, large = (upper(root) for _ in range(3))
    plans.people(small, 30, joined=3)
    plans.people(next_one, 40, joined=20)
    plans.people(large, 60, joined=30)

    cards = {unit.pk: scorecard(unit.pk, on=make.DAY).lines[0] for unit in (small, next_one, large)}

    assert {key: line.reading.state for key, line in cards.items()} == {
        small.pk: State.WITHHELD,
        next_one.pk: State.WITHHELD,
        large.pk: State.BEHIND,
    }
    assert not cards[next_one.pk].opens


def test_counts_scale_with_the_units_they_are_set_for(root, arrivals):
    one, two = upper(root), upper(root)
    below = low(one)
    plans.people(one, 60, joined=58)
    plans.people(below, 2, joined=2)
    plans.people(two, 10, joined=7)

    [line] = scorecard(root.pk, on=make.DAY).lines

    assert line.reading.goal == Goal(year=2026, value=Decimal(120), proposed=False, units=2)
    sixty = Goal(year=2026, value=Decimal(60), proposed=False)
    assert {row.unit.unit_id: (row.state, row.numerator, row.goal) for row in line.children} == {
        one.pk: (State.MET, 60, sixty),
        two.pk: (State.BEHIND, 7, sixty),
    }
    assert line.meeting == (1, 2)
    [grassroots] = scorecard(below.pk, on=make.DAY).lines
    assert figures(grassroots.reading) == ("not-here", None, None)


def test_units_meeting_is_left_out_where_units_stand_deeper(root, arrivals):
    middle = make.unit(parent=root)
    plans.people(upper(middle), 10, joined=7)

    [line] = scorecard(root.pk, on=make.DAY).lines

    assert (line.meeting, line.reading.goal and line.reading.goal.units) == (None, 1)


def test_pace_is_told_by_the_days_that_have_passed(root, arrivals):
    plans.people(one := upper(root), 10, joined=7)

    [line] = scorecard(one.pk, on=make.DAY).lines

    assert line.reading.forecast == 7 * 365 // 61 == 41
    assert line.reading.pace_text == "với nhịp này, đến 31/12 đạt 41/60"
    assert (line.reading.state, line.reading.meter and line.reading.meter.filled) == (State.BEHIND, 11)


def test_an_empty_share_is_nothing_to_count_yet(root, joined):
    [line] = scorecard(root.pk, on=make.DAY).lines

    assert figures(line.reading) == ("empty", 0, None)


def test_a_target_without_figures_is_followed(root):
    plans.load_with(root, plans.indicator("T12", "tests.joined"))
    plans.people(root, 20, joined=10)

    with plans.registered(plans.Joined()):
        [line] = scorecard(root.pk, on=make.DAY).lines

    assert (*figures(line.reading), line.reading.goal) == ("followed", 10, 20, None)


def test_an_earlier_day_is_measured_against_what_was_owed_then(root, arrivals):
    plans.people(one := upper(root), 70, joined=65)
    [line] = scorecard(one.pk, on=make.DAY).lines
    actions.rebase(line.target, 2026, Decimal(100), decision="Số 12 (minh họa)", by=SYSTEM, at=make.NOON)

    states = {day: scorecard(one.pk, on=day).lines[0].reading.state for day in (date(2026, 3, 1), make.DAY)}

    assert states == {date(2026, 3, 1): State.MET, make.DAY: State.ON_TRACK}


@pytest.fixture
def moved(root):
    """A unit below `old`, which ended on 1 July 2025, when `new` took over."""
    turn = date(2025, 7, 1)
    old, new = upper(root), upper(root, since=turn)
    unit = low(old)
    UnitVersion.objects.filter(unit__in=[old, unit]).update(valid_to=turn)
    UnitPlace.objects.filter(unit__in=[old, unit]).update(valid_to=turn)
    was = UnitVersion.objects.get(unit=unit)
    UnitVersion.objects.create(
        unit=unit, name=was.name, kind=was.kind, parent=new, name_key=was.name_key, folded=was.folded,
        valid_from=turn, recorded_at=make.NOON,
    ).flags.set(was.flags.all())  # fmt: skip
    UnitPlace.objects.create(unit=unit, path=root.segment + new.segment + unit.segment, valid_from=turn)
    UnitPlace.objects.create(unit=old, path=root.segment + new.segment, living=False, valid_from=turn)
    return old, new, unit


def test_a_card_is_restated_to_another_structure_and_the_whole_stays(root, joined, moved):
    old, new, unit = moved
    plans.people(unit, 20, joined=10, on=date(2025, 3, 1))
    day = date(2025, 6, 30)

    as_it_was = scorecard(root.pk, on=day).lines[0]
    restated = scorecard(root.pk, on=day, structure=make.DAY).lines[0]

    assert figures(as_it_was.reading) == figures(restated.reading) == ("behind", 10, 20)
    assert [row.unit.unit_id for row in as_it_was.children] == [old.pk]
    assert [row.unit.unit_id for row in restated.children] == [new.pk]


def test_the_card_of_an_ended_unit_is_its_heirs(root, joined, moved):
    old, new, _ = moved

    card = scorecard(old.pk, on=make.DAY)

    assert (card.asked.unit_id, card.unit.unit_id) == (old.pk, new.pk)


def test_a_unit_not_yet_established_has_no_card(root, joined, moved):
    _, new, _ = moved

    with pytest.raises(Unit.DoesNotExist):
        scorecard(new.pk, on=date(2025, 6, 30))

    assert scorecard(new.pk, on=date(2025, 6, 30), structure=make.DAY).unit.unit_id == new.pk


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_card_costs_the_same_however_many_children(root, how_many, django_assert_num_queries):
    plans.load(root)
    for _ in range(how_many):
        plans.people(upper(root), 6, joined=1)

    with plans.registered(plans.Joined(), plans.Arrivals()), django_assert_num_queries(8):
        scorecard(root.pk, on=make.DAY)


@pytest.mark.parametrize("how_many", [1, 3])
def test_each_measure_costs_one_query(root, how_many, django_assert_num_queries):
    said = [plans.indicator(f"T{number}", "tests.arrivals", unit="count") for number in range(how_many)]
    plans.load_with(root, *said)
    plans.people(upper(root), 6, joined=1)

    with plans.registered(plans.Arrivals()), django_assert_num_queries(8 + how_many):
        scorecard(root.pk, on=make.DAY)


@pytest.mark.parametrize(
    ("value", "goal", "expected", "state"),
    [
        (None, 60, None, State.EMPTY),
        (10, None, 20, State.FOLLOWED),
        (60, 60, 60, State.MET),
        (30, 60, 60, State.ON_TRACK),
        (30, 60, 48, State.AT_RISK),
        (30, 60, 47, State.BEHIND),
        (50, 60, None, State.AT_RISK),
        (40, 60, None, State.BEHIND),
    ],
)
def test_states(value, goal, expected, state):
    owed = None if goal is None else Goal(year=2026, value=Decimal(goal), proposed=False)

    assert judge(value, owed, expected) is state


def test_a_pace_needs_a_day_that_has_passed_and_one_to_come():
    def of(on: date, value: int = 10, *, percent: bool = False) -> Decimal | None:
        return forecast(Decimal(value), percent=percent, period=YEAR, on=on)

    assert of(date(2025, 12, 31)) is None
    assert of(date(2026, 12, 31)) is None
    assert of(date(2026, 12, 30)) == 10
    assert of(date(2026, 1, 1), 90, percent=True) == 100
