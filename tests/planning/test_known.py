"""A figure as it was known on a day, beside what is known today, row by row."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from loa.ledger.facts import SYSTEM
from loa.newsroom import actions as newsroom
from loa.newsroom.models import Channel, Placement
from loa.people.actions import units as moving
from loa.planning import registry
from loa.planning.differences import Why
from loa.planning.scorecard import scorecard
from loa.planning.scorecard.known import known
from tests import make, make_reports
from tests import make_news as news

pytestmark = pytest.mark.django_db

MAY = date(2026, 5, 31)
JUNE = datetime(2026, 6, 10, 3, 0, tzinfo=UTC)
TODAY = date(2026, 6, 20)
QUERIES = 28


@pytest.fixture
def cast():
    return make_reports.cast()


def line(cast, code: str = "T8", *, on: date = MAY):
    found = scorecard(cast.district.pk, on=on, only=code).line(code)
    assert found is not None
    return found


def asked(cast, code: str = "T8", *, on: date = MAY, day: date = MAY):
    found = known(line(cast, code, on=on), on=on, day=day, today=TODAY)
    assert found is not None
    assert found.adds_up
    return found


def told(found) -> list[tuple[str, int, int, Why]]:
    return [(one.row.ref, one.then, one.now, one.why) for one in found.differences]


def place(cast, story, *, on: date, at: datetime) -> Placement:
    return newsroom.place(
        story,
        channel=Channel.objects.get(code="fanpage"),
        placed_on=on,
        url=f"https://vi-du.example/{story.pk}",
        by=cast.writer,
        at=at,
    )


def test_nothing_recorded_since_means_no_difference(cast):
    found = asked(cast)

    assert (found.then_text, found.now_text, found.same, found.rearranged) == ("2", "2", True, False)


def test_what_was_recorded_afterwards_was_not_known(cast):
    late = news.story(unit=cast.district, published_at=datetime(2026, 4, 1, 3, 0, tzinfo=UTC))
    place(cast, late, on=date(2026, 4, 2), at=JUNE)

    found = asked(cast)

    assert (found.then_text, found.now_text) == ("2", "3")
    assert told(found) == [(late.ref, 0, 1, Why.LATE)]
    assert found.differences[0].recorded_on == date(2026, 6, 10)
    assert asked(cast, day=date(2026, 6, 10)).same
    assert line(cast).reading.numerator == 3  # the card of that day counts what is recorded today


def test_what_was_taken_back_afterwards_was_known(cast):
    approver = make.account(role="approver", unit=cast.province)
    newsroom.withdraw(cast.stories[0], reason="Sai.", by=approver, at=JUNE)

    found = asked(cast)

    assert (found.then_text, found.now_text) == ("2", "1")
    assert told(found) == [(cast.stories[0].ref, 1, 0, Why.WITHDRAWN)]


def test_a_placement_recorded_by_mistake_was_known_until_it_was_taken_back(cast):
    story = news.story(unit=cast.district, published_at=datetime(2026, 4, 1, 3, 0, tzinfo=UTC))
    placement = place(cast, story, on=date(2026, 4, 2), at=datetime(2026, 4, 3, 3, 0, tzinfo=UTC))
    newsroom.remove_placement(placement, mistaken=True, by=cast.writer, at=JUNE)

    found = asked(cast)

    assert (found.then_text, found.now_text) == ("3", "2")
    assert told(found) == [(story.ref, 1, 0, Why.WITHDRAWN)]


def test_what_happened_after_the_day_is_told_apart(cast):
    make_reports.published(cast.district, on=date(2026, 5, 20))

    found = asked(cast, day=date(2026, 5, 1))

    assert [(one.then, one.now, one.why) for one in found.differences] == [(0, 1, Why.AFTER)]


def test_a_share_counted_among_more_says_so(cast):
    late = news.story(unit=cast.district, published_at=datetime(2026, 4, 1, 3, 0, tzinfo=UTC))
    place(cast, late, on=date(2026, 4, 2), at=JUNE)

    found = asked(cast, "T4")

    assert found.base_text == "Hôm nay tính trên 3, ngày ấy tính trên 2."


def test_a_decision_recorded_since_is_said(cast):
    assert not asked(cast).rearranged
    other = make_reports.upper(cast.province)
    moving.transfer([cast.district], to=other, on=MAY, decision="QĐ 2", by=SYSTEM, at=JUNE)
    assert asked(cast).rearranged


def test_days_outside_are_not_answered(cast):
    for day in (date(2025, 12, 31), TODAY + timedelta(days=1)):
        assert known(line(cast), on=MAY, day=day, today=TODAY) is None


def test_figures_about_people_are_never_asked_like_that(client, cast):
    client.force_login(cast.chief)
    page = client.get(reverse("planning:evidence", args=[cast.district.pk, "T8"]), {"ngay": "2026-05-31"})
    assert 'name="biet"' in page.content.decode()
    people = [measure for measure in registry.measures() if measure.counts_people]
    assert people
    assert not any(getattr(measure, "knows_then", False) for measure in people)


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_screen_costs_the_same_however_many_rows_differ(client, cast, django_assert_num_queries, how_many):
    for _ in range(how_many):
        place(
            cast, news.story(unit=cast.district, published_at=JUNE - timedelta(days=60)), on=date(2026, 4, 20), at=JUNE
        )
    client.force_login(cast.chief)
    address, words = reverse("planning:evidence", args=[cast.district.pk, "T8"]), {"ngay": "2026-05-31"}
    client.get(address, words)

    with django_assert_num_queries(QUERIES):
        page = client.get(address, words | {"biet": "2026-05-31"}).content.decode()

    assert page.count("được ghi sau đó") == how_many
