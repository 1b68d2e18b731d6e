"""The calendar of events that everybody may read, subscribe to, and give to programs."""

import json
import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from loa.base.dates import today
from loa.base.periods import Period
from loa.newsroom import actions, queries
from loa.newsroom.actions import EventSaid
from loa.newsroom.models import Event
from tests import make
from tests import make_news as news
from tests.make import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return make.unit(name="Liên đoàn tỉnh", code="LDLD")


@pytest.fixture
def union(province):
    return make.unit(parent=province, name="Công đoàn Khu kinh tế", code="KKT")


@pytest.fixture
def chief(province):
    return make.account(role="planner", unit=province)


@pytest.fixture
def plan(union, chief):
    def planned(name, first_on=None, *, unit=None, public=True, **more):
        said = EventSaid(name=name, first_on=first_on or in_days(3), public=public, **more)
        return actions.plan_event(said, unit=unit or union, by=chief, at=NOON)

    return planned


def in_days(number):
    return today(timezone.now()) + timedelta(days=number)


def text(client, address):
    page = client.get(address)
    assert page.status_code == 200
    return page.content.decode()


def test_what_comes_next_is_listed_in_order_and_what_is_not_public_is_nowhere(client, plan):
    later, sooner = plan("Hội thao", in_days(9)), plan("Đối thoại", in_days(2), venue="Hội trường")
    inner, past = plan("Họp nội bộ", public=False), plan("Tuần trước", in_days(-7))

    page = text(client, "/su-kien/")

    assert page.index(sooner.name) < page.index(later.name)
    assert "Hội trường" in page
    assert inner.name not in page
    assert past.name not in page
    assert client.get(f"/su-kien/{inner.pk}/").status_code == 404
    assert client.get(f"/su-kien/{inner.pk}/su-kien.ics").status_code == 404
    assert inner.name not in text(client, "/su-kien.ics")
    assert "Tuần trước" in text(client, f"/su-kien/{past.pk}/")


def test_nothing_announced_yet_is_said_kindly(client):
    assert "Chưa có sự kiện nào." in text(client, "/su-kien/")
    assert "Sự kiện sắp tới" not in text(client, "/")


def test_a_unit_s_calendar_holds_its_own_and_those_below_it(client, plan, province, union):
    plan("Của tỉnh", unit=province)
    plan("Của khu kinh tế")
    plan("Của nơi khác", unit=make.unit(parent=province, name="Nơi khác"))

    for address in ("/su-kien/?don-vi=KKT", "/don-vi/KKT/su-kien.ics", "/don-vi/KKT/"):
        page = text(client, address)
        assert "Của khu kinh tế" in page
        assert "Của tỉnh" not in page
        assert "Của nơi khác" not in page
    assert all(
        name in text(client, "/su-kien/?don-vi=LDLD") for name in ("Của tỉnh", "Của khu kinh tế", "Của nơi khác")
    )
    assert "Của tỉnh" in text(client, "/")
    assert client.get("/su-kien/?don-vi=KHONG").status_code == 404


def test_the_month_holds_every_day_of_something_that_lasts(client, plan):
    event = plan("Tháng Công nhân", date(2026, 5, 1), last_on=date(2026, 5, 3), repeats="sun")

    page = text(client, "/su-kien/thang/2026/5/")
    assert page.count(f'href="/su-kien/{event.pk}/"') == 3
    assert 'href="/su-kien/thang/2026/4/"' in page
    assert f'href="/su-kien/{event.pk}/"' in text(client, "/su-kien/thang/2027/5/")
    assert f'href="/su-kien/{event.pk}/"' not in text(client, "/su-kien/thang/2025/5/")
    for wrong in ("2026/0", "2026/13", "1/1", "9999/1"):
        assert client.get(f"/su-kien/thang/{wrong}/").status_code == 404


def test_what_returns_by_the_moon_says_when_it_is_next_and_after_that(client, plan):
    event = plan("Giỗ Tổ Hùng Vương", date(2024, 4, 18), repeats="moon")

    page = text(client, f"/su-kien/{event.pk}/")

    coming = [event.next(today(timezone.now())), *event.occurrences(Period(first=in_days(380), last=in_days(1100)))]
    assert "hằng năm, ngày 10/3 âm lịch" in page
    assert all(f"{one.first:%d/%m/%Y}" in page for one in coming[:2])


def test_programs_are_told_when_where_and_by_whom(client, plan, union):
    event = plan("Đối thoại <1>", date(2026, 3, 9), begins_at=time(8), ends_at=time(11), venue="Hội trường A")

    page = text(client, f"/su-kien/{event.pk}/")

    told = json.loads(re.findall(r'ld\+json">(.*?)</script>', page, re.DOTALL)[0])
    assert (told["@type"], told["name"], told["startDate"], told["endDate"], told["location"]["name"]) == (
        "Event", "Đối thoại <1>", "2026-03-09T08:00:00+07:00", "2026-03-09T11:00:00+07:00", "Hội trường A",
    )  # fmt: skip
    assert told["organizer"]["name"] == "Công đoàn Khu kinh tế"
    assert told["eventStatus"].endswith("Scheduled")


def test_a_calendar_program_reads_the_file(client, plan, chief):
    hours = plan("Đối thoại", in_days(4), begins_at=time(8), ends_at=time(11), venue="Hội trường, tầng 2")
    days = plan("Hội thao", in_days(6), last_on=in_days(7))
    actions.cancel_event(days, reason="Bão số 3.", by=chief, at=NOON)

    answer = client.get("/su-kien.ics")

    assert answer["Content-Type"].startswith("text/calendar")
    first, second = Calendar.from_ical(answer.content).walk("VEVENT")
    starts = datetime.combine(in_days(4), time(1), tzinfo=UTC)
    assert (first.decoded("dtstart"), first.decoded("dtend")) == (starts, starts + timedelta(hours=3))
    assert (str(first["summary"]), str(first["location"])) == ("Đối thoại", "Hội trường, tầng 2")
    assert (second.decoded("dtstart"), second.decoded("dtend")) == (in_days(6), in_days(8))
    assert str(second["status"]) == "CANCELLED"
    assert "Bão số 3." in str(second["description"])
    assert str(first["url"]).endswith(reverse("portal:event", args=[hours.pk]))
    assert answer.content == client.get("/su-kien.ics").content


def test_each_time_of_what_returns_is_an_entry_of_its_own(client, plan):
    plan("Giỗ Tổ", date(2024, 4, 18), repeats="moon")

    entries = Calendar.from_ical(client.get("/su-kien.ics").content).walk("VEVENT")

    assert len({str(entry["uid"]) for entry in entries}) == len(entries) == 2


def test_one_event_is_put_into_one_s_own_calendar(client, plan):
    event = plan("Hội thao")

    [entry] = Calendar.from_ical(client.get(f"/su-kien/{event.pk}/su-kien.ics").content).walk("VEVENT")

    assert entry.decoded("dtstart") == in_days(3)


def test_stories_that_came_of_it_stand_on_its_page(client, plan, chief, union):
    event = plan("Hội thao")
    out = news.story(unit=union, title="Công nhân kéo co", published_at=timezone.now() - timedelta(hours=1))
    draft = news.story(unit=union, title="Chưa xong", published_at=None)
    for story in (out, draft):
        line = actions.plan_coverage(
            "Tin", unit=union, event=event, kind="image", product_type=story.product_type, by=chief, at=NOON
        )
        actions.link_coverage(line, story=story, by=chief, at=NOON)

    page = text(client, f"/su-kien/{event.pk}/")

    assert "Công nhân kéo co" in page
    assert "Chưa xong" not in page


def test_who_comes_to_an_event_called_off_is_told_why(client, plan, chief):
    event = plan("Hội thao")
    actions.cancel_event(event, reason="Bão số 3.", by=chief, at=NOON)

    page = text(client, f"/su-kien/{event.pk}/")

    assert "Sự kiện này đã hủy" in page
    assert "Bão số 3." in page


def test_the_list_costs_the_same_for_1_and_for_3(plan, django_assert_num_queries, union):
    period = Period(first=in_days(0), last=in_days(30))
    for number in range(3):
        plan(f"Sự kiện {number}")
        for unit_id, price in ((None, 1), (union.pk, 2)):
            with django_assert_num_queries(price):
                found = queries.occurring(period, on=in_days(0), unit_id=unit_id)
            assert len(found) == number + 1
    assert [Event.objects.count(), {one.event.unit_name for one in found}] == [3, {"Công đoàn Khu kinh tế"}]
