"""The editorial calendar: what stands on which day, filtered and moved, for a fixed number of queries."""

from datetime import date, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision, TaskState

from loa.base.dates import HANOI, today
from loa.base.errors import Refused
from loa.base.periods import Period
from loa.ledger import queries as ledger
from loa.newsroom import actions, queries
from loa.newsroom.actions import EventSaid
from loa.newsroom.models import Coverage, Event, Story
from loa.newsroom.queries import Sieve
from loa.people.policies import scope
from loa.people.roles import Ability
from loa.planning.models import CalendarEvent
from tests import make
from tests import make_news as news
from tests.make import DAY, NOON

pytestmark = pytest.mark.django_db
WEEK = Period(first=DAY, last=DAY + timedelta(days=6))


@pytest.fixture
def province():
    return make.unit(name="Liên đoàn tỉnh")


@pytest.fixture
def union(province):
    return make.unit(parent=province, name="Công đoàn Khu kinh tế")


@pytest.fixture
def writer(union):
    return make.account(role="writer", unit=union)


@pytest.fixture
def chief(province):
    return make.account(role="planner", unit=province)


def at(days, hour):
    return datetime.combine(DAY + timedelta(days=days), time(hour), tzinfo=HANOI)


def scheduled(unit, moment, **fields):
    """An approved story that appears by itself."""
    story = news.story(unit=unit, published_at=None, go_live_at=moment, short="Một dòng.", **fields)
    story.save_revision(approved_go_live_at=moment)
    return story


def plan(unit, by, title, moment, **more):
    kind = more.pop("product_type", None) or news.product_type()
    return actions.plan_coverage(
        title, unit=unit, kind="image", product_type=kind, due_at=moment, by=by, at=NOON, **more
    )


def shown(account, period=WEEK, **sieve):
    reach = scope(account, Ability.WRITE_STORIES, on=DAY)
    publishes = scope(account, Ability.PUBLISH_STORIES, on=DAY)
    days = queries.editorial(reach, period, sieve=Sieve(**sieve), publishes=publishes, now=NOON)
    return [(one.day, item.sort, item.title) for one in days for item in one.items]


@pytest.fixture
def week(union, province, writer, chief):
    """One of everything."""
    theme = news.theme()
    CalendarEvent.objects.create(
        unit=province, name="Ngày Quốc tế Phụ nữ", first_month=3, first_day=8, last_month=3, last_day=8
    )
    said = EventSaid(name="Hội thao", first_on=DAY, last_on=DAY + timedelta(days=1), begins_at=time(8), theme=theme)
    event = actions.plan_event(said, unit=union, by=writer, at=NOON)
    line = plan(union, writer, "Tin hội thao", at(1, 17), event=event)
    clip = plan(union, writer, "Clip hội thao", at(2, 9), product_type=news.product_type("clip"))
    story = scheduled(union, at(3, 6), title="Lương mới", themes=(theme.code,))
    actions.ask_for_material("Số liệu", asker=union, unit=province, due_on=DAY + timedelta(days=4), by=writer, at=NOON)
    draft = news.story(unit=union, title="Chờ duyệt", published_at=None, author=writer, short="Một dòng.")
    hand_in(draft, writer)
    return event, line, clip, story


def hand_in(draft, writer):
    actions.draft(draft, by=writer, at=NOON)
    actions.submit(draft, by=writer, at=NOON)
    TaskState.objects.update(started_at=NOON)


def test_everything_planned_and_scheduled_stands_on_its_day(week, union, writer):
    assert shown(writer) == [
        (date(2026, 3, 2), "event", "Hội thao"),
        (date(2026, 3, 3), "event", "Hội thao"),
        (date(2026, 3, 3), "approval", "Chờ duyệt"),
        (date(2026, 3, 3), "coverage", "Tin hội thao"),
        (date(2026, 3, 4), "coverage", "Clip hội thao"),
        (date(2026, 3, 5), "story", "Lương mới"),
        (date(2026, 3, 6), "request", "Số liệu"),
        (date(2026, 3, 8), "occasion", "Ngày Quốc tế Phụ nữ"),
    ]


def test_an_action_month_stands_once_on_its_first_day_that_is_shown(province, chief):
    CalendarEvent.objects.create(
        unit=province, name="Tháng Công nhân", first_month=2, first_day=20, last_month=3, last_day=25
    )

    assert shown(chief) == [(WEEK.first, "occasion", "Tháng Công nhân")]


def test_it_is_filtered_by_unit_theme_and_format(week, union, province, writer, chief):
    other = make.unit(parent=province)
    plan(other, chief, "Tin đơn vị khác", at(2, 9))

    def titles(**sieve):
        return [title for _day, _sort, title in shown(chief, **sieve)]

    assert "Tin đơn vị khác" in titles()
    assert "Tin đơn vị khác" not in titles(unit_id=union.pk)
    assert titles(theme_id=news.theme().pk) == ["Hội thao", "Hội thao", "Tin hội thao", "Lương mới"]
    assert titles(product_type_id=news.product_type("clip").pk) == ["Clip hội thao"]
    assert [title for _day, _sort, title in shown(writer, unit_id=other.pk)] == []


def test_what_returns_by_the_moon_stands_on_its_solar_day_of_each_year(union, writer):
    said = EventSaid(name="Giỗ Tổ", first_on=date(2024, 4, 18), repeats="moon")
    actions.plan_event(said, unit=union, by=writer, at=NOON)

    april = Period(first=date(2026, 4, 1), last=date(2026, 4, 30))
    assert shown(writer, april) == [(date(2026, 4, 26), "event", "Giỗ Tổ")]


def test_a_week_and_a_month_cost_the_same_whatever_is_in_them(week, union, writer, chief, django_assert_num_queries):
    def ask(period):
        reach = scope(chief, Ability.WRITE_STORIES, on=DAY)
        publishes = scope(chief, Ability.PUBLISH_STORIES, on=DAY)
        return lambda: queries.editorial(reach, period, sieve=Sieve(), publishes=publishes, now=NOON)

    price = 11
    for more in (0, 3):
        for number in range(more):
            plan(union, writer, f"Tin {number}", at(number, 10))
            scheduled(union, at(number, 11))
            draft = news.story(unit=union, published_at=None, author=writer, short="Một dòng.")
            hand_in(draft, writer)
            actions.plan_event(EventSaid(name=f"Sự kiện {number}", first_on=DAY), unit=union, by=writer, at=NOON)
            actions.ask_for_material(
                f"Tư liệu {number}",
                asker=union,
                unit=week[0].unit.versions.get().parent,
                due_on=DAY,
                by=writer,
                at=NOON,
            )
        for period in (WEEK, Period(first=date(2026, 2, 23), last=date(2026, 4, 5))):
            asked = ask(period)
            with django_assert_num_queries(price):
                asked()


def test_moving_by_the_small_form_keeps_the_hour_and_records_a_fact(client, week, union, writer):
    event, line, _clip, _story = week
    client.force_login(writer)
    address = reverse("newsroom:move")

    answer = client.post(
        address, {"what": f"coverage-{line.pk}", "to": "2026-03-06", "ngay": "2026-03-02", "xem": "thang"}
    )
    client.post(address, {"what": f"event-{event.pk}", "to": "2026-03-10", "ngay": "2026-03-02"})

    assert answer["Location"] == f"{reverse('newsroom:calendar')}?xem=thang&ngay=2026-03-02#coverage-{line.pk}"
    line.refresh_from_db()
    event.refresh_from_db()
    assert (line.due_at, event.first_on, event.last_on) == (at(4, 17), date(2026, 3, 10), date(2026, 3, 11))
    assert ledger.history(line.ref).filter(kind="newsroom.coverage-moved").count() == 1
    assert ledger.history(event.ref).filter(kind="newsroom.event-moved").count() == 1


def test_what_lies_outside_of_what_is_shown_is_followed_there(client, week, writer):
    client.force_login(writer)

    answer = client.post(
        reverse("newsroom:move"), {"what": f"coverage-{week[1].pk}", "to": "2026-04-01", "ngay": "2026-03-02"}
    )

    assert answer["Location"] == f"{reverse('newsroom:calendar')}?ngay=2026-04-01#coverage-{week[1].pk}"


def test_a_scheduled_story_is_moved_by_who_could_publish_it_and_then_appears_at_the_new_time(
    client, union, writer, chief
):
    now = timezone.now().replace(microsecond=0)
    story = scheduled(union, now + timedelta(days=3), author=writer)
    to = now + timedelta(days=2)
    with pytest.raises(Refused, match="được xuất bản"):
        actions.reschedule(story, to=to, by=writer, at=now)
    with pytest.raises(Refused, match="chưa qua"):
        actions.reschedule(story, to=now, by=chief, at=now)
    with pytest.raises(Refused, match="không có lịch"):
        actions.reschedule(news.story(unit=union), to=to, by=chief, at=now)
    assert not ledger.history(story.ref).exists()

    client.force_login(chief)
    client.post(reverse("newsroom:move"), {"what": f"story-{story.pk}", "to": today(to).isoformat()})

    story.refresh_from_db()
    revision = Revision.objects.get(object_id=str(story.pk), approved_go_live_at__isnull=False)
    assert story.go_live_at == revision.approved_go_live_at == revision.as_object().go_live_at
    assert today(story.go_live_at) == today(to)
    assert [entry.kind for entry in ledger.history(story.ref)] == ["newsroom.story-rescheduled"]


def test_nothing_else_is_moved(client, week, province, union, writer):
    foreign = plan(province, make.account(role="planner", unit=province), "Của tỉnh", at(1, 9))
    client.force_login(writer)

    for what in (f"coverage-{foreign.pk}", "coverage-x", "request-1", "story-999999", ""):
        assert client.post(reverse("newsroom:move"), {"what": what, "to": "2026-03-06"}).status_code == 404
    client.post(reverse("newsroom:move"), {"what": f"coverage-{week[1].pk}", "to": "không"})
    client.post(reverse("newsroom:move"), {"what": f"story-{week[3].pk}", "to": "2999-01-01"})
    assert Coverage.objects.get(pk=week[1].pk).due_at == at(1, 17)
    assert Story.objects.get(pk=week[3].pk).go_live_at == at(3, 6)
    assert Event.objects.get().first_on == DAY


def test_the_screen_shows_a_week_and_a_month_and_survives_any_address(client, week, writer):
    client.force_login(writer)
    address = reverse("newsroom:calendar")

    page = client.get(address + "?ngay=2026-03-04").content.decode()
    assert page.count("data-day=") == 7
    assert page.count("data-move") == 3
    month = client.get(address + "?ngay=2026-03-04&xem=thang").content.decode()
    assert month.count("data-day=") == 42
    for odd in ("ngay=x", "ngay=0001-01-01", "ngay=2100-12-31&xem=thang", "don-vi=999", "don-vi=x", "the-loai=999"):
        assert client.get(f"{address}?{odd}").status_code == 200


def test_home_says_what_is_to_be_made(client, union, writer):
    now = timezone.now()
    actions.plan_coverage(
        "Tin ngày mai", unit=union, kind="image", product_type=news.product_type(), due_at=now, by=writer, at=now
    )
    client.force_login(writer)

    assert "Tin ngày mai" in client.get(reverse("wagtailadmin_home")).content.decode()
