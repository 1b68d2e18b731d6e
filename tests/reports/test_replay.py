"""A report recounted: each row that came or went since stands under its reason, and rows add up to the difference."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from loa.base.periods import FOREVER
from loa.ledger.actions import record
from loa.ledger.facts import SYSTEM
from loa.newsroom import actions as newsroom
from loa.newsroom.events import StoryPublished
from loa.newsroom.models import Channel, Placement
from loa.people.actions import units as moving
from loa.planning.differences import Why
from loa.reports import queries
from loa.reports.queries import Replay
from tests import make, make_reports
from tests import make_news as news
from tests.make_reports import AFTER

pytestmark = pytest.mark.django_db

LATER = AFTER + timedelta(days=30)
SIGNED: dict[str, Any] = {"decision": "QĐ 9/QĐ-LĐLĐ", "by": SYSTEM, "at": LATER}


@pytest.fixture
def cast():
    return make_reports.cast()


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.STORAGES = make_reports.storages_at(settings.STORAGES, tmp_path)


def replay(report, target: str = "T8") -> Replay:
    [found] = queries.replays(report, today=timezone.localdate(), only=target)
    assert sum(one.now - one.then for one in found.differences) == found.counts[1] - found.counts[0]
    return found


def told(found) -> list[tuple[str, int, int, Why]]:
    return [(one.row.ref, one.then, one.now, one.why) for one in found]


def approver(cast):
    return make.account(role="approver", unit=cast.province)


def test_what_was_entered_after_the_report_arrived_late(cast):
    known = news.story(unit=cast.district, published_at=AFTER - timedelta(days=60))
    report = make_reports.accepted(cast)
    newsroom.place(
        known, channel=Channel.objects.get(code="fanpage"), placed_on=date(2026, 4, 12),
        url="https://vi-du.example/tin", by=cast.writer, at=LATER,
    )  # fmt: skip

    found = replay(report)

    assert told(found.differences) == [(known.ref, 0, 1, Why.LATE)]
    assert (found.then_text, found.now_text, found.moves, found.exact) == ("2", "3", (), True)


def test_what_had_been_entered_by_mistake_was_taken_back(cast):
    report = make_reports.accepted(cast)
    [wrong, right] = cast.stories
    newsroom.remove_placement(wrong.placements.get(), mistaken=True, by=cast.writer, at=LATER)
    newsroom.withdraw(right, reason="Sai.", by=approver(cast), at=LATER)

    found = replay(report)

    # Withdrawn in July, the other one still counted on the last day of the period.
    assert told(found.differences) == [(wrong.ref, 1, 0, Why.WITHDRAWN)]
    assert (found.then_text, found.now_text, found.exact) == ("2", "1", True)


def test_what_was_put_right_counts_as_before_and_says_so(cast):
    report = make_reports.accepted(cast)
    story = cast.stories[0]
    record(StoryPublished(subject=story.ref, unit_id=story.unit_id, revision_id=0, first=True), by=SYSTEM, at=AFTER)
    story.title = "Tin đã sửa tên"
    story.save_revision()
    newsroom.correct(story, note="Sai tên người.", by=approver(cast), at=LATER)

    found = replay(report)

    assert told(found.differences) == [(story.ref, 1, 1, Why.CORRECTED)]
    assert found.differences[0].row.label == "Tin đã sửa tên"
    assert (found.then_text, found.now_text, found.exact) == ("2", "2", True)


def test_what_left_with_its_unit_since_is_told_apart_from_what_is_known_now(cast):
    """A unit below the district goes over to another one in July."""
    school = make_reports.upper(cast.district, name="Công đoàn Giáo dục Mẫu")
    other = make_reports.upper(cast.province, name="Liên đoàn Lao động huyện Bên")
    taught = make_reports.published(school)
    report = make_reports.accepted(cast)
    moving.transfer([school], to=other, on=date(2026, 7, 1), **SIGNED)

    found = replay(report)

    assert found.differences == ()
    assert told(found.moves) == [(taught.ref, 1, 0, Why.MOVED_OUT)]
    assert (found.then_text, found.now_text, found.today_text) == ("3", "3", "2")
    assert (found.same, found.exact) == (False, True)


def test_what_came_with_a_unit_since_is_told_apart_from_what_is_known_now(cast):
    other = make_reports.upper(cast.province, name="Liên đoàn Lao động huyện Bên")
    school = make_reports.upper(other, name="Công đoàn Giáo dục Mẫu")
    taught = make_reports.published(school)
    report = make_reports.accepted(cast)
    moving.transfer([school], to=cast.district, on=date(2026, 7, 1), **SIGNED)

    found = replay(report)

    assert (found.differences, told(found.moves)) == ((), [(taught.ref, 0, 1, Why.MOVED_IN)])
    assert (found.then_text, found.now_text, found.today_text) == ("2", "2", "3")


@pytest.mark.parametrize("ours", [True, False])
def test_a_decision_of_then_that_was_recorded_later_explains_what_it_moved(cast, ours):
    """Effective in May, entered in July: the figure as known now follows it."""
    other = make_reports.upper(cast.province, name="Liên đoàn Lao động huyện Bên")
    here, there = (cast.district, other) if ours else (other, cast.district)
    school = make_reports.upper(here, name="Công đoàn Giáo dục Mẫu")
    taught = make_reports.published(school)
    report = make_reports.accepted(cast)
    moving.transfer([school], to=there, on=date(2026, 5, 10), **SIGNED)

    found = replay(report)

    row = (taught.ref, 1, 0, Why.MOVED_OUT) if ours else (taught.ref, 0, 1, Why.MOVED_IN)
    assert told(found.differences) == [row]
    assert (found.now_text, found.today, found.moves) == ("2" if ours else "3", found.now, ())
    assert found.exact


def test_a_share_says_when_it_is_counted_among_others(cast):
    """One more product, in print only: no row of the numerator changes, the share does."""
    report = make_reports.accepted(cast)
    news.channel("bang-tin", digital=False)
    late = news.story(unit=cast.district, published_at=AFTER - timedelta(days=60))
    newsroom.place(
        late, channel=Channel.objects.get(code="bang-tin"), placed_on=date(2026, 4, 12),
        url="https://vi-du.example/bang", by=cast.writer, at=LATER,
    )  # fmt: skip

    found = replay(report, "T4")

    assert (found.differences, found.bases, found.same) == ((), (2, 3), False)
    assert found.base_text == "Hiện nay tính trên 3, lúc nộp tính trên 2."


def test_a_row_gone_past_every_action_stays_unexplained(cast):
    report = make_reports.accepted(cast)
    Placement.objects.filter(story=cast.stories[0], ended_on=FOREVER).delete()

    found = replay(report)

    assert told(found.differences) == [(cast.stories[0].ref, 1, 0, Why.UNEXPLAINED)]
    assert not found.exact


def test_the_screen_shows_both_ways_under_headings_of_their_own(client, cast):
    school = make_reports.upper(cast.district, name="Công đoàn Giáo dục Mẫu")
    other = make_reports.upper(cast.province, name="Liên đoàn Lao động huyện Bên")
    make_reports.published(school)
    report = make_reports.accepted(cast)
    moving.transfer([school], to=other, on=date(2026, 7, 1), **SIGNED)
    newsroom.remove_placement(cast.stories[0].placements.get(), mistaken=True, by=cast.writer, at=LATER)
    client.force_login(cast.chief)

    page = client.get(reverse("reports:replay", args=[report.pk])).content.decode()

    then, now = page.index("Từ lúc nộp đến nay"), page.index("Từ số hiện nay sang tổ chức ngày")
    assert then < page.index("bị gỡ sau đó") < now < page.index("chuyển đi do sắp xếp tổ chức")
