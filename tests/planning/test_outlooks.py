"""Where a figure is going, how sure that is, and what would close a gap."""

from datetime import date
from decimal import Decimal
from random import Random

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from loa.base.periods import year
from loa.people.queries import Node
from loa.planning.protocol import Figure, Page, Row
from loa.planning.scorecard import Goal, Reading, State, scorecard
from loa.planning.scorecard.closing import closing
from loa.planning.scorecard.course import Step, course, days_of
from loa.planning.scorecard.outlook import Outlook, Reason, Sure, outlook
from loa.planning.scorecard.pictures import course_picture
from loa.planning.scorecard.warnings import warnings
from loa.planning.withholding import withhold_changes
from tests import make
from tests.planning import plans

UNIT = Node(unit_id=1, code="U", name="U", label="U", kind="", path="000001", living=True, synthetic=True)
MIDYEAR = date(2026, 7, 2)


def reading(count: int | None, goal: int | None, *, of: int | None = None, state: State = State.BEHIND) -> Reading:
    owed = None if goal is None else Goal(year=2026, value=Decimal(goal), proposed=False)
    return Reading(
        unit=UNIT, state=state, percent=of is not None, period=year(2026), numerator=count, denominator=of, goal=owed
    )


@pytest.mark.parametrize(
    ("one", "grows", "on", "reason"),
    [
        (reading(None, 60), True, MIDYEAR, Reason.NOTHING),
        (reading(10, None), True, MIDYEAR, Reason.NOTHING),
        (reading(10, 85, of=50), False, MIDYEAR, Reason.MOVES),
        (reading(10, 60), True, date(2026, 12, 31), Reason.OVER),
        (reading(10, 60), True, date(2026, 1, 20), Reason.EARLY),
        (reading(0, 1), True, MIDYEAR, Reason.SINGLE),
        (reading(10, 60), True, MIDYEAR, None),
        (reading(10, 85, of=50), True, MIDYEAR, None),
    ],
)
def test_a_forecast_that_means_nothing_says_why(one, grows, on, reason):
    ahead = outlook(one, grows=grows, on=on)

    assert ahead.reason is reason
    assert ahead.text
    assert bool(ahead.range_text) is (reason is None)


@pytest.mark.parametrize(
    ("count", "sure"),
    [(60, Sure.CERTAIN), (45, Sure.CERTAIN), (35, Sure.LIKELY), (30, Sure.OPEN), (25, Sure.UNLIKELY), (5, Sure.LOST)],
)
def test_how_sure_it_is_follows_the_pace_at_midyear(count, sure):
    assert outlook(reading(count, 60), grows=True, on=MIDYEAR).sure is sure


@given(st.integers(0, 400), st.integers(5, 400), st.dates(date(2026, 2, 1), date(2026, 12, 30)))
def test_a_forecast_holds_together(count, goal, on):
    ahead = outlook(reading(count, goal), grows=True, on=on)

    assert count <= ahead.low <= ahead.high
    assert ahead.low - 2 <= ahead.expected <= ahead.high + 2
    assert 0 <= ahead.chance <= 1
    assert (ahead.chance == 1) >= (count >= goal)
    assert ahead.chance >= outlook(reading(count, goal + 10), grows=True, on=on).chance


@given(st.integers(20, 300), st.data())
def test_a_share_never_comes_to_more_than_all(people, data):
    count = data.draw(st.integers(0, people))

    ahead = outlook(reading(count, 85, of=people), grows=True, on=MIDYEAR)

    assert count <= ahead.low <= ahead.high <= people


@pytest.mark.parametrize("rate", [0.04, 0.2, 2.0])
def test_eight_of_ten_ranges_hold_what_came(rate):
    """Played through: work that comes in pairs, at a pace of its own each time, looked at from the first of July."""
    random, held, runs = Random(7), 0, 300
    for _ in range(runs):
        days = [2 * sum(random.random() < rate / 20 for _ in range(10)) for _ in range(365)]
        ahead = outlook(reading(sum(days[:182]), 10_000), grows=True, on=date(2026, 7, 1))
        held += ahead.low <= sum(days) <= ahead.high

    assert held / runs >= 0.75


# --- changes about people


@st.composite
def two_counts(draw: st.DrawFn) -> tuple[list[Figure], list[Figure]]:
    sizes = draw(st.lists(st.integers(1, 40), min_size=1, max_size=4))
    first = [draw(st.integers(0, size)) for size in sizes]
    second = [draw(st.integers(0, size)) for size in sizes]

    def table(counts: list[int]) -> list[Figure]:
        return [
            Figure(path=f"{number:06}", numerator=count, denominator=size)
            for number, (count, size) in enumerate(zip(counts, sizes, strict=True))
        ]

    return table(first), table(second)


@given(two_counts())
def test_no_small_change_is_shown_or_follows_from_what_is_shown(counts):
    before, now = counts
    changes = {one.path: two.numerator - one.numerator for one, two in zip(before, now, strict=True)}
    whole = sum(changes.values())

    done = withhold_changes(before, now)

    small = {path for path, change in changes.items() if 0 < abs(change) < 5}
    assert small <= done.parts
    assert done.whole is (0 < abs(whole) < 5)
    if small and not done.whole and done.parts != set(changes):
        left = sum(changes[path] for path in done.parts)
        assert len(done.parts) > 1, "the whole less the others is the small one"
        assert abs(left) >= 5, "what is hidden is a small change itself"


@given(two_counts())
def test_a_change_of_the_whole_withheld_above_is_not_found_below(counts):
    before, now = counts

    done = withhold_changes(before, now, hidden=True)

    assert done.whole
    assert done.parts


def test_large_changes_are_shown():
    before = [Figure(path="a", numerator=10, denominator=40), Figure(path="b", numerator=5, denominator=40)]
    now = [Figure(path="a", numerator=30, denominator=40), Figure(path="b", numerator=5, denominator=40)]

    assert withhold_changes(before, now).parts == frozenset()
    assert withhold_changes(before, [now[0]]).parts == frozenset()


# --- the way to the end of the plan


@pytest.fixture
def root():
    return make.unit(code="ROOT", name="Liên đoàn Mẫu", kind_code="province")


@pytest.fixture
def upper(root):
    return make.unit(parent=root, name="Công đoàn Phường Mẫu", flags=("upper_level",), kind_code="commune")


@pytest.fixture
def plan(root, upper):
    loaded = plans.load_with(
        root,
        plans.indicator("T1", "tests.joined", values={"province": 85, "upper": 85}),
        plans.indicator(
            "T8", "tests.arrivals", unit="count", values={"upper": 60}, aggregation=("sum", "units_meeting")
        ),
        plans.indicator("T9", "contests.closed", unit="count", values={"province": 2}),
    )
    with plans.registered(plans.Joined(), plans.Arrivals(), growing=("tests.joined",)):
        yield loaded


@pytest.mark.django_db
def test_steps_end_with_the_day_asked_for(plan):
    assert days_of(plan, MIDYEAR, Step.YEAR) == [date(2024, 12, 31), date(2025, 12, 31), MIDYEAR]
    assert days_of(plan, MIDYEAR, Step.QUARTER)[-3:] == [date(2026, 3, 31), date(2026, 6, 30), MIDYEAR]
    assert days_of(plan, date(2026, 3, 31), Step.MONTH) == [
        date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31),
    ]  # fmt: skip


@pytest.mark.django_db
def test_the_way_shows_the_figure_of_each_year_as_it_stood(plan, root, upper):
    plans.people(upper, 30, joined=30, on=date(2025, 2, 1))
    plans.people(upper, 40, joined=40, on=date(2026, 2, 1))
    card = scorecard(upper.pk, on=make.DAY, only="T8")

    points = course(card, card.lines[0], Step.YEAR)

    assert [(point.on.year, point.reading.numerator) for point in points] == [(2024, 0), (2025, 30), (2026, 40)]
    picture = course_picture(points, card.lines[0].path, Step.YEAR, Outlook(reason=Reason.EARLY), percent=False)
    assert picture
    assert [bar.height > 0 for bar in picture.bars] == [False, True, True]
    assert [mark.label for mark in picture.years] == ["2024", "2025", "2026", "2027", "2028"]
    assert "40" in picture.text


@pytest.mark.django_db
def test_a_way_leaves_out_days_between_which_fewer_than_five_people_came(plan, root, upper):
    plans.people(upper, 60, joined=20, on=date(2026, 1, 10))
    plans.people(upper, 3, joined=3, on=date(2026, 2, 10))
    plans.people(upper, 9, joined=9, on=date(2026, 3, 1))
    card = scorecard(upper.pk, on=date(2026, 3, 31), only="T1")

    points = course(card, card.lines[0], Step.MONTH)

    assert [point.reading.state == State.WITHHELD for point in points] == [False, True, False]
    assert [point.reading.numerator for point in points] == [20, None, 32]


@pytest.mark.django_db
def test_a_change_is_not_left_for_subtraction_from_the_unit_above(plan, root, upper):
    other = make.unit(parent=root, name="Công đoàn Xã Mẫu", flags=("upper_level",))
    plans.people(upper, 60, joined=20, on=date(2026, 1, 10))
    plans.people(other, 60, joined=20, on=date(2026, 1, 10))
    plans.people(upper, 3, joined=3, on=date(2026, 2, 10))
    plans.people(other, 30, joined=30, on=date(2026, 2, 10))

    def withheld(unit) -> list[bool]:
        card = scorecard(unit.pk, on=date(2026, 2, 28), only="T1")
        return [point.reading.state == State.WITHHELD for point in course(card, card.lines[0], Step.MONTH)]

    assert (withheld(root), withheld(upper), withheld(other)) == ([False, False], [False, True], [False, True])


@pytest.mark.django_db
@pytest.mark.parametrize("how_many", [1, 3])
def test_the_way_costs_the_same_however_many_units(plan, root, how_many, django_assert_num_queries):
    for number in range(how_many):
        plans.people(make.unit(parent=root, name=f"Công đoàn {number}"), 20, joined=10)
    card = scorecard(root.pk, on=make.DAY, only="T8")

    with django_assert_num_queries(4 + 3):
        course(card, card.lines[0], Step.MONTH)


# --- early warning


@pytest.mark.django_db
def test_early_warning_names_the_units_in_doubt_the_surest_first(plan, root, upper):
    other = make.unit(parent=root, name="Công đoàn Xã Mẫu", flags=("upper_level",))
    plans.people(upper, 60, joined=14, on=date(2026, 1, 10))
    plans.people(other, 60, joined=25, on=date(2026, 1, 10))

    found = {one.line.target.code: one for one in warnings(scorecard(root.pk, on=date(2026, 6, 30)))}

    assert [part.reading.unit.unit_id for part in found["T8"].parts] == [upper.pk, other.pk]
    assert found["T8"].lost == 1
    assert found["T8"].judged == 2
    assert found["T8"].whole
    assert found["T8"].whole.ahead.sure in {Sure.LOST, Sure.UNLIKELY}


# --- closing a gap


class Papers(plans.Arrivals):
    """Papers on the net, of all papers; three of them missing one each, one of them worth four."""

    key = "tests.papers"

    def figures(self, ask):
        return [Figure(path=ask.path, numerator=3, denominator=10)]

    def gap(self, ask, *, after="", limit=50):
        return Page(rows=[Row(ref=f"x.paper:{n}", label=f"Giấy {n}", adds=n) for n in (1, 4, 0, 1)])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("goal", "steps", "enough"),
    [(30, [], True), (40, [4], True), (80, [4, 1], True), (100, [4, 1, 1], False)],
)
def test_the_fewest_rows_of_the_gap_that_are_enough(root, goal, steps, enough):
    plans.load_with(root, plans.indicator("T5", "tests.papers", values={"province": goal}))

    with plans.registered(Papers()):
        [line] = scorecard(root.pk, on=make.DAY).lines
        found = closing(line)

    assert found
    assert [step.adds for step in found.steps] == steps
    assert (found.enough, found.missing) == (enough, max(0, goal // 10 - 3))


@pytest.mark.django_db
def test_nothing_owed_needs_no_closing(root):
    plans.load_with(root, plans.indicator("T5", "tests.papers"))

    with plans.registered(Papers()):
        [line] = scorecard(root.pk, on=make.DAY).lines

        assert closing(line) is None


# --- on screen


def text(client, name, *args, **query) -> str:
    answer = client.get(reverse(f"planning:{name}", args=args), {"ngay": "2026-06-30"} | query)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.django_db
def test_the_screens_draw_and_say_it(client, plan, root, upper):
    plans.people(upper, 60, joined=14, on=date(2026, 1, 10))
    client.force_login(make.account(role="leader", unit=root))

    way = text(client, "course", upper.pk, "T8")
    unmeasured = text(client, "course", root.pk, "T9", buoc="lung tung")
    doubts = text(client, "warning", root.pk)
    close = text(client, "closing", upper.pk, "T8")

    assert '<svg class="course"' in way
    assert "gần như chắc chắn không đạt" in way
    assert "kể cả số không" in unmeasured
    assert "Công đoàn Phường Mẫu" in doubts
    assert "Còn thiếu 46" in close


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["course", "closing", "warning"])
def test_nobody_sees_where_others_are_going(client, plan, root, upper, name):
    client.force_login(make.account(role="chair", unit=upper))

    args = [root.pk] if name == "warning" else [root.pk, "T8"]
    assert client.get(reverse(f"planning:{name}", args=args)).status_code == 404
    assert client.get(reverse(f"planning:{name}", args=[upper.pk, *args[1:]])).status_code == 200
