"""A returning event: what was planned for it last time is planned for the coming time by one press."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from loa.base import lunar
from loa.base.dates import HANOI, today
from loa.base.errors import Refused
from loa.base.periods import Period
from loa.ledger.models import Entry
from loa.newsroom import actions, queries
from loa.newsroom.models import Coverage, Story
from loa.newsroom.recurring import nearest, occurrences
from loa.people.policies import scope
from loa.people.roles import Ability
from tests import make
from tests import make_news as news
from tests.make import DAY, NOON

pytestmark = pytest.mark.django_db
HELD = date(2025, 7, 28)
COMING = date(2026, 7, 28)


@pytest.fixture
def cast():
    province = make.unit(name="Liên đoàn tỉnh")
    unit = make.unit(parent=province, name="Công đoàn phường")
    return {
        "province": province,
        "unit": unit,
        "writer": make.account(role="writer", unit=unit),
        "planner": make.account(role="planner", unit=province),
    }


def event(cast, *, held=HELD, repeats="sun", **said):
    told = actions.EventSaid(name="Ngày hội", first_on=held, repeats=repeats, **{"public": True} | said)
    return actions.plan_event(told, unit=cast["unit"], by=cast["writer"], at=NOON - timedelta(days=300))


def line(cast, found, title, *, due=None, unit="unit", by="writer", **said):
    return actions.plan_coverage(
        title,
        unit=cast[unit],
        kind=Story.Kind.IMAGE,
        product_type=news.product_type(),
        event=found,
        due_at=due,
        by=cast[by],
        at=NOON,
        **said,
    )


def at(day, hour=15, minute=30):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=HANOI)


def test_lines_are_planned_again_as_long_before_at_the_same_hour_and_nobody_has_them(cast):
    found = event(cast)
    clip = news.product_type("clip")
    line(cast, found, "Tin mở màn", due=at(HELD - timedelta(days=3)), owner=cast["writer"], words="Có ảnh")
    actions.plan_coverage(
        "Clip ngày hội", unit=cast["unit"], kind=Story.Kind.POLITICAL, product_type=clip, event=found,
        due_at=at(HELD + timedelta(days=1), 9), by=cast["writer"], at=NOON,
    )  # fmt: skip

    made = actions.repeat_coverage(found, by=cast["writer"], at=NOON)

    assert [(one.title, one.words, one.kind, one.product_type.code, one.owner, one.story) for one in made] == [
        ("Tin mở màn", "Có ảnh", "image", "tin", None, None),
        ("Clip ngày hội", "", "political", "clip", None, None),
    ]
    assert [one.due_at for one in made] == [at(COMING - timedelta(days=3)), at(COMING + timedelta(days=1), 9)]
    facts = Entry.objects.filter(kind="newsroom.coverage-planned", subject__in=[one.ref for one in made])
    assert {entry.actor for entry in facts} == {cast["writer"].ref}
    assert len(facts) == 2


def test_by_the_moon_they_move_with_the_lunar_day(cast):
    held = lunar.to_solar(23, 12, 2024)
    found = event(cast, held=held, repeats="moon")
    line(cast, found, "Tết Sum vầy", due=at(held - timedelta(days=5)))

    [made] = actions.repeat_coverage(found, by=cast["writer"], at=NOON)

    coming = found.next(DAY)
    assert lunar.to_lunar(coming.first).day == 23
    assert made.due_at is not None
    assert today(made.due_at) == coming.first - timedelta(days=5)


def test_pressed_twice_nothing_is_doubled(cast):
    found = event(cast)
    line(cast, found, "Tin mở màn", due=at(HELD))
    actions.repeat_coverage(found, by=cast["writer"], at=NOON)
    before = (Coverage.objects.count(), Entry.objects.count())

    with pytest.raises(Refused, match="Không còn đề tài"):
        actions.repeat_coverage(found, by=cast["writer"], at=NOON)

    assert (Coverage.objects.count(), Entry.objects.count()) == before


def test_what_was_dropped_or_has_no_time_is_not_planned_again(cast):
    found = event(cast)
    dropped = line(cast, found, "Bỏ rồi", due=at(HELD))
    actions.drop_coverage(dropped, reason="Không kịp.", by=cast["writer"], at=NOON)
    line(cast, found, "Khi nào cũng được")

    with pytest.raises(Refused):
        actions.repeat_coverage(found, by=cast["writer"], at=NOON)


@pytest.mark.parametrize("said", [{"repeats": ""}, {"held": COMING}])
def test_an_event_of_one_time_has_nothing_to_repeat(cast, said):
    found = event(cast, **said)
    line(cast, found, "Tin mở màn", due=at(said.get("held", HELD)))

    with pytest.raises(Refused):
        actions.repeat_coverage(found, by=cast["writer"], at=NOON)


def test_what_was_called_off_is_not_planned_again(cast):
    found = event(cast)
    line(cast, found, "Tin mở màn", due=at(HELD))
    actions.cancel_event(found, reason="Mưa bão.", by=cast["writer"], at=NOON)

    with pytest.raises(Refused):
        actions.repeat_coverage(found, by=cast["writer"], at=NOON)


def test_everybody_repeats_what_their_own_units_planned(cast):
    found = event(cast)
    line(cast, found, "Của phường", due=at(HELD))
    line(cast, found, "Của tỉnh", due=at(HELD), unit="province", by="planner")

    own = actions.repeat_coverage(found, by=cast["writer"], at=NOON)
    rest = actions.repeat_coverage(found, by=cast["planner"], at=NOON)
    stranger = make.account(role="writer", unit=make.unit())

    assert ([one.title for one in own], [one.title for one in rest]) == (["Của phường"], ["Của tỉnh"])
    with pytest.raises(Refused):
        actions.repeat_coverage(found, by=stranger, at=NOON)


def test_the_page_of_the_event_offers_it_once(client, cast, django_assert_num_queries):
    found = event(cast)
    line(cast, found, "Tin mở màn", due=at(HELD))
    client.force_login(cast["writer"])
    address = reverse("newsroom:event", args=[found.pk])
    own = scope(cast["writer"], Ability.WRITE_STORIES, on=DAY)
    with django_assert_num_queries(1):
        offered = queries.repeating(found, own, on=DAY)
    assert offered is not None
    assert [one.title for one in offered.lines] == ["Tin mở màn"]
    assert "Lập lại cho lần tới" in client.get(address).content.decode()

    client.post(reverse("newsroom:repeat_coverage", args=[found.pk]))

    assert Coverage.objects.count() == 2
    assert "Lập lại cho lần tới" not in client.get(address).content.decode()


def test_a_line_belongs_to_the_time_that_is_nearest():
    first = Period(first=date(2024, 7, 28), last=date(2024, 7, 28))
    times = occurrences(first, "sun", within=Period(first=date(2024, 1, 1), last=date(2026, 12, 31)))

    assert nearest(times, date(2025, 7, 1)).first == HELD
    assert nearest(times, date(2025, 12, 30)).first == HELD
    assert nearest(times, date(2026, 2, 10)).first == COMING
