"""The editorial calendar for those who do not write: chairs and leaders read it, of their units, and move nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse

from loa.base.periods import Period
from loa.newsroom import actions, queries
from loa.newsroom.models import Story
from loa.people.policies import Scope, scope
from loa.people.roles import Ability
from tests import make
from tests import make_news as news
from tests.make import DAY, NOON

pytestmark = pytest.mark.django_db
WEEK = f"?ngay={DAY.isoformat()}"


@pytest.fixture
def cast():
    province = make.unit(name="Liên đoàn tỉnh")
    unit = make.unit(parent=province, name="CĐCS Xưởng May")
    other = make.unit(parent=province, name="CĐCS Xưởng Gỗ")
    planner = make.account(role="planner", unit=province)
    for of, public in ((province, True), (unit, False), (other, False)):
        said = actions.EventSaid(name=f"Sự kiện {of.code}", first_on=DAY, public=public)
        made = actions.plan_event(said, unit=of, by=planner, at=NOON - timedelta(days=9))
        actions.plan_coverage(
            f"Đề tài {of.code}", unit=of, kind=Story.Kind.IMAGE, product_type=news.product_type(), event=made,
            due_at=NOON, by=planner, at=NOON - timedelta(days=9),
        )  # fmt: skip
    draft = news.story(unit=unit, title="Nháp chờ duyệt", published_at=None, author=planner, short="Một câu.")
    draft.save_revision()
    actions.submit(draft, by=planner, at=NOON)
    return {"province": province, "unit": unit, "other": other}


@pytest.mark.parametrize("role", ["chair", "leader"])
def test_it_shows_what_happens_in_one_s_own_units_and_public_events_above(client, cast, role):
    client.force_login(make.account(role=role, unit=cast["unit"]))

    shown = client.get(reverse("newsroom:calendar") + WEEK).content.decode()

    for code in (cast["unit"].code, cast["province"].code):
        assert f"Sự kiện {code}" in shown
    assert f"Đề tài {cast['unit'].code}" in shown
    for hidden in (f"Sự kiện {cast['other'].code}", f"Đề tài {cast['other'].code}", f"Đề tài {cast['province'].code}"):
        assert hidden not in shown
    assert "Nháp chờ duyệt" not in shown


def test_it_cannot_be_moved_or_added_to(client, cast):
    client.force_login(make.account(role="chair", unit=cast["unit"]))
    shown = client.get(reverse("newsroom:calendar") + WEEK).content.decode()
    moved = client.post(reverse("newsroom:move"), {"what": "event-1", "to": DAY.isoformat()})

    for address in ("newsroom:move", "newsroom:new_event", "newsroom:new_coverage"):
        assert reverse(address) not in shown
    assert "data-move" not in shown
    assert "data-calendar" not in shown
    assert moved.status_code == 403


def test_only_what_is_public_is_opened_from_it(cast):
    chair = make.account(role="chair", unit=cast["unit"])
    reach, nowhere = scope(chair, Ability.SEE_FIGURES, on=DAY), Scope(on=DAY)
    week = Period(first=DAY, last=DAY)

    days = queries.editorial(reach, week, sieve=queries.Sieve(), publishes=nowhere, reading=True, now=NOON)

    items = {item.title: item for day in days for item in day.items}
    public, own = items[f"Sự kiện {cast['province'].code}"], items[f"Sự kiện {cast['unit'].code}"]
    assert public.url == reverse("portal:event", args=[public.pk])
    assert (own.url, items[f"Đề tài {cast['unit'].code}"].url) == ("", "")
    assert not any(item.movable for item in items.values())


def test_whoever_writes_still_moves(client, cast):
    client.force_login(make.account(role="writer", unit=cast["unit"]))

    shown = client.get(reverse("newsroom:calendar") + WEEK).content.decode()

    assert "data-move" in shown
    assert reverse("newsroom:new_event") in shown
