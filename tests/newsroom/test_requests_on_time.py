"""Requests for material, answered by their day or not: the figure, its evidence, and who is behind."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from loa.base.periods import FOREVER, year
from loa.newsroom.measures import MEASURES, RequestsOnTime
from loa.people.models import UnitPlace
from loa.planning import registry
from loa.planning.protocol import Ask, Figure
from loa.planning.scorecard import scorecard
from loa.planning.scorecard.reading import State
from tests import make
from tests import make_news as news
from tests.make import DAY, NOON
from tests.planning import plans

pytestmark = pytest.mark.django_db
YEAR = year(DAY.year)
END_OF_DAY = datetime(2026, 3, 2, 16, 59, tzinfo=UTC)
"""23:59 in Việt Nam on the day on which requests are due."""
JUST_LATE = END_OF_DAY + timedelta(minutes=1)
WEEK = DAY + timedelta(days=7)
MEASURE = RequestsOnTime()


@pytest.fixture
def province():
    return make.unit(name="Liên đoàn tỉnh")


@pytest.fixture
def board(province):
    return make.unit(parent=province, name="Ban Chính sách")


def path(unit):
    return UnitPlace.objects.get(unit=unit, valid_to=FOREVER).path


def ask(unit, *, as_of=WEEK):
    return Ask(path=path(unit), period=YEAR, structure=as_of, as_of=as_of)


def parts(unit, **when):
    """Answered in time, of so many."""
    [figure] = MEASURE.figures(ask(unit, **when)) or [Figure(path="", numerator=0, denominator=0)]
    return figure.numerator, figure.denominator


def test_it_is_registered():
    assert registry.measure(MEASURE.key) in MEASURES


@pytest.mark.parametrize(
    ("state", "ended_at", "counted"),
    [
        ("answered", END_OF_DAY, (1, 1)),
        ("answered", JUST_LATE, (0, 1)),
        ("open", None, (0, 1)),
        ("taken", None, (0, 1)),
        ("declined", NOON, (0, 1)),
        ("withdrawn", END_OF_DAY, (0, 0)),
        ("withdrawn", JUST_LATE, (0, 1)),
    ],
)
def test_what_counts_is_an_answer_by_the_end_of_its_day_in_hanoi(province, board, state, ended_at, counted):
    news.material(board, asker=province, state=state, ended_at=ended_at)

    assert parts(board) == counted
    assert parts(province) == counted


def test_what_is_not_due_yet_is_not_owed_and_other_years_do_not_count(province, board):
    news.material(board, due_on=WEEK, state="answered", ended_at=NOON)
    news.material(board, due_on=DAY.replace(year=DAY.year - 1), state="answered", ended_at=NOON)

    assert parts(board, as_of=DAY) == (0, 0)
    assert parts(board, as_of=WEEK) == (1, 1)


def test_it_counts_for_who_is_asked_and_not_for_who_asks(province, board):
    other = make.unit(parent=province)
    news.material(board, asker=other, state="answered", ended_at=NOON)

    assert (parts(board), parts(other)) == ((1, 1), (0, 0))
    assert MEASURE.figures(ask(province)) == [Figure(path=path(board), numerator=1, denominator=1)]


def test_each_figure_opens_to_its_requests_and_to_those_that_are_missing(province, board):
    early = news.material(board, asker=province, state="answered", ended_at=NOON)
    late = news.material(board, asker=province, state="answered", ended_at=JUST_LATE)
    declined = news.material(board, asker=province, state="declined", ended_at=NOON)
    waiting = news.material(board, asker=province)

    [row] = MEASURE.evidence(ask(province)).rows
    assert (row.ref, row.label, row.on, row.unit) == (early.ref, early.title, DAY, "Ban Chính sách")
    assert row.url == reverse("newsroom:request", args=[early.pk])
    assert row.cells == ("Liên đoàn tỉnh đề nghị", "trả lời ngày 02/03/2026")
    missing = MEASURE.gap(ask(province)).rows
    assert [(one.ref, one.cells[1], one.adds) for one in missing] == [
        (waiting.ref, "chưa trả lời", 0),
        (declined.ref, "từ chối ngày 02/03/2026", 0),
        (late.ref, "trả lời ngày 03/03/2026", 0),
    ]


def test_on_the_day_itself_what_waits_can_still_be_answered_in_time(board):
    news.material(board)

    [row] = MEASURE.gap(ask(board, as_of=DAY)).rows

    assert (row.adds, row.cells[1]) == (1, "chưa trả lời")


def test_nothing_that_happens_later_changes_what_was_known(province, board):
    one = news.material(board, asker=province)
    before = parts(board, as_of=DAY)

    type(one).objects.filter(pk=one.pk).update(state="withdrawn", reason="Thôi.", ended_at=JUST_LATE)

    assert (before, parts(board, as_of=DAY), parts(board, as_of=WEEK)) == ((0, 1), (0, 1), (0, 1))
    [row] = MEASURE.gap(ask(board, as_of=DAY)).rows
    assert row.cells[1] == "chưa trả lời"


def test_rows_come_page_by_page_without_loss(board):
    made = [
        news.material(board, due_on=DAY + timedelta(days=number // 2), state="answered", ended_at=NOON).ref
        for number in range(5)
    ]

    seen: list[str] = []
    after = ""
    while True:
        page = MEASURE.evidence(ask(board), after=after, limit=2)
        seen, after = [*seen, *(row.ref for row in page.rows)], page.after
        if not after:
            break

    assert sorted(seen) == sorted(made)
    assert len(MEASURE.evidence(ask(board), after="x.y", limit=9).rows) == 5


@pytest.mark.parametrize("how_many", [1, 3])
def test_each_answer_costs_one_query_however_many_requests(django_assert_num_queries, province, how_many):
    for _ in range(how_many):
        unit = make.unit(parent=province)
        news.material(unit, state="answered", ended_at=NOON)
        news.material(unit)
    question = ask(province)

    with django_assert_num_queries(1):
        assert len(MEASURE.figures(question)) == how_many
    with django_assert_num_queries(1):
        assert len(MEASURE.evidence(question).rows) == how_many
    with django_assert_num_queries(1):
        assert len(MEASURE.gap(question).rows) == how_many


def test_on_the_scorecard_it_is_followed_with_nothing_to_reach(client, province, board):
    plans.load_with(province, plans.indicator("O2a", "newsroom.requests_on_time"))
    news.material(board, asker=province, state="answered", ended_at=NOON)
    news.material(board, asker=province)

    line = scorecard(province.pk, on=WEEK).line("O2a")

    assert line is not None
    assert (line.reading.state, line.reading.numerator, line.reading.denominator) == (State.FOLLOWED, 1, 2)
    client.force_login(make.account(role="officer", unit=province))
    for name in ("evidence", "gap"):
        answer = client.get(reverse(f"planning:{name}", args=[province.pk, "O2a"]))
        assert "Liên đoàn tỉnh đề nghị" in answer.content.decode()
