"""Events, the products planned for them, and how publication fulfils a plan."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse

from loa.base.dates import HANOI
from loa.base.errors import Refused
from loa.ledger import queries as ledger
from loa.ledger.models import Entry
from loa.newsroom import actions, queries
from loa.newsroom.actions import EventSaid
from loa.newsroom.models import Coverage, Event, Story
from loa.people.policies import scope
from loa.people.roles import Ability
from tests import make
from tests import make_news as news
from tests.make import DAY, NOON

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=1)


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
def editor(union):
    return make.account(role="approver", unit=union)


@pytest.fixture
def event(union, writer):
    said = EventSaid(name="Đối thoại quý I", first_on=DAY, begins_at=time(8), venue="Hội trường", theme=news.theme())
    return actions.plan_event(said, unit=union, by=writer, at=NOON)


@pytest.fixture
def planned(union, writer, event):
    return actions.plan_coverage(
        "Tin về buổi đối thoại",
        unit=union,
        event=event,
        kind="image",
        product_type=news.product_type(),
        due_at=LATER,
        by=writer,
        at=NOON,
    )


def kinds(thing):
    return [entry.kind.removeprefix("newsroom.") for entry in ledger.history(thing.ref)][::-1]


def refused(words, act):
    with pytest.raises(Refused, match=words):
        act()


def test_an_event_is_planned_changed_moved_and_called_off(event, writer):
    assert (event.last_on, event.public) == (DAY, False)
    said = EventSaid(name="Đối thoại quý I", first_on=DAY, begins_at=time(9), venue="Hội trường", theme=event.theme)

    actions.change_event(event, said, by=writer, at=NOON)
    actions.change_event(event, said, by=writer, at=NOON)
    actions.move_event(event, to=DAY + timedelta(days=2), by=writer, at=NOON)
    actions.move_event(event, to=DAY + timedelta(days=2), by=writer, at=NOON)
    actions.cancel_event(event, reason="Bão số 3.", by=writer, at=NOON)

    event.refresh_from_db()
    assert (event.begins_at, event.first_on, event.last_on, event.reason) == (
        time(9), DAY + timedelta(days=2), DAY + timedelta(days=2), "Bão số 3.",
    )  # fmt: skip
    assert kinds(event) == ["event-planned", "event-changed", "event-moved", "event-cancelled"]
    changed = ledger.history(event.ref).get(kind="newsroom.event-changed")
    assert changed.data == {"changed": ["begins_at"]}
    refused("đã hủy", lambda: actions.move_event(event, to=DAY, by=writer, at=NOON))
    refused("đã hủy", lambda: actions.cancel_event(event, reason="Lại.", by=writer, at=NOON))


def test_what_no_event_can_be_leaves_nothing(union, province, writer):
    wrong = [
        (EventSaid(name=" ", first_on=DAY), "đặt tên"),
        (EventSaid(name="Hội thao", first_on=DAY, last_on=DAY - timedelta(days=1)), "trước khi bắt đầu"),
        (EventSaid(name="Hội thao", first_on=DAY, begins_at=time(9), ends_at=time(8)), "trước khi bắt đầu"),
        (EventSaid(name="Hội thao", first_on=DAY, ends_at=time(8)), "giờ bắt đầu"),
        (EventSaid(name="Tháng", first_on=DAY, last_on=DAY + timedelta(days=61), repeats="sun"), "hai tháng"),
    ]
    for said, words in wrong:
        refused(words, lambda said=said: actions.plan_event(said, unit=union, by=writer, at=NOON))
    good = EventSaid(name="Hội thao", first_on=DAY)
    refused("đơn vị mình", lambda: actions.plan_event(good, unit=province, by=writer, at=NOON))

    assert not Event.objects.exists()
    assert not Entry.objects.filter(kind__startswith="newsroom.event").exists()


def test_what_returns_every_year_is_not_dragged_to_another_day(union, writer):
    said = EventSaid(name="Giỗ Tổ", first_on=DAY, repeats="moon")
    event = actions.plan_event(said, unit=union, by=writer, at=NOON)

    refused("hằng năm", lambda: actions.move_event(event, to=LATER.date(), by=writer, at=NOON))
    assert kinds(event) == ["event-planned"]


def test_a_line_becomes_a_draft_with_one_press_and_is_fulfilled_by_publication(client, planned, writer, editor, union):
    client.force_login(writer)

    answer = client.post(reverse("newsroom:begin_coverage", args=[planned.pk]))

    story = Story.objects.get()
    assert answer["Location"] == reverse("newsroom_story:edit", args=[story.pk])
    assert (story.title, story.unit, story.product_type, story.author) == (
        "Tin về buổi đối thoại", union, planned.product_type, writer,
    )  # fmt: skip
    assert [theme.pk for theme in story.get_latest_revision_as_object().themes.all()] == [planned.theme_id]
    assert client.get(answer["Location"]).status_code == 200
    planned.refresh_from_db()
    assert (planned.state, planned.owner, planned.done_at) == (Coverage.State.WRITING, writer, None)

    story.short = "Sáng nay đối thoại."
    actions.draft(story, by=writer, at=NOON)
    actions.publish(story, by=make.account(role="planner", unit=_root(union)), at=LATER)

    planned.refresh_from_db()
    assert (planned.state, planned.done_at) == (Coverage.State.DONE, LATER)
    assert kinds(planned) == ["coverage-planned", "coverage-begun", "coverage-fulfilled"]


def _root(unit):
    return unit.versions.get().parent


def test_a_withdrawn_story_opens_its_line_again(planned, writer, editor, union):
    story = news.story(unit=union)
    actions.link_coverage(planned, story=story, by=writer, at=NOON)
    planned.refresh_from_db()
    assert planned.state == Coverage.State.DONE

    actions.withdraw(story, reason="Sai số liệu.", by=editor, at=LATER)

    planned.refresh_from_db()
    assert (planned.state, planned.story, planned.done_at) == (Coverage.State.ASSIGNED, None, None)
    assert kinds(planned)[-1] == "coverage-reopened"


def test_publication_leaves_lines_of_other_stories_alone(planned, writer, union):
    other = actions.plan_coverage(
        "Clip", unit=union, kind="image", product_type=news.product_type("clip"), by=writer, at=NOON
    )
    actions.link_coverage(planned, story=news.story(unit=union), by=writer, at=NOON)

    other.refresh_from_db()
    assert (other.state, kinds(other)) == (Coverage.State.FREE, ["coverage-planned"])


def test_anybody_who_writes_takes_a_line_and_who_approves_gives_it(planned, writer, editor, union, province):
    actions.assign_coverage(planned, owner=writer, by=writer, at=NOON)
    refused("người duyệt", lambda: actions.assign_coverage(planned, owner=editor, by=writer, at=NOON))
    stranger = make.account(role="writer", unit=make.unit(parent=province))
    refused("không viết", lambda: actions.assign_coverage(planned, owner=stranger, by=editor, at=NOON))
    refused("đơn vị mình", lambda: actions.assign_coverage(planned, owner=stranger, by=stranger, at=NOON))

    actions.assign_coverage(planned, owner=editor, by=editor, at=NOON)

    planned.refresh_from_db()
    assert planned.owner == editor
    assert kinds(planned) == ["coverage-planned", "coverage-assigned", "coverage-assigned"]


def test_a_line_is_moved_and_dropped_with_a_reason(planned, writer):
    actions.move_coverage(planned, due_at=LATER + timedelta(days=1), by=writer, at=NOON)
    refused("vì sao", lambda: actions.drop_coverage(planned, reason=" ", by=writer, at=NOON))
    actions.drop_coverage(planned, reason="Trùng với tin khác.", by=writer, at=NOON)

    planned.refresh_from_db()
    assert (planned.state, planned.due_at) == (Coverage.State.DROPPED, LATER + timedelta(days=1))
    moved = ledger.history(planned.ref).get(kind="newsroom.coverage-moved")
    assert moved.data == {"before": LATER.isoformat(), "after": (LATER + timedelta(days=1)).isoformat()}
    refused("đã bỏ", lambda: actions.begin_coverage(planned, by=writer, at=NOON))


def test_what_may_not_be_planned_leaves_nothing(planned, event, union, province, writer):
    kind = news.product_type()
    before = Coverage.objects.count()

    def plan(title="Tin", unit=union, **more):
        return lambda: actions.plan_coverage(
            title, unit=unit, kind="image", product_type=kind, by=writer, at=NOON, **more
        )

    refused("đơn vị mình", plan(unit=province))
    refused("một câu", plan(title="  "))
    actions.cancel_event(event, reason="Bão.", by=writer, at=NOON)
    refused("đã hủy", plan(event=event))
    refused("đã bị gỡ|đã gỡ", lambda: actions.link_coverage(
        planned, story=news.story(unit=union, withdrawn_at=NOON, withdrawal_reason="Sai."), by=writer, at=NOON
    ))  # fmt: skip
    actions.begin_coverage(planned, by=writer, at=NOON)
    refused("đang viết", lambda: actions.begin_coverage(planned, by=writer, at=NOON))
    assert Coverage.objects.count() == before


def test_screens_plan_an_event_a_line_for_it_and_an_idea(client, union, writer, editor):
    client.force_login(editor)
    typed = {"name": "Hội thao", "unit": union.pk, "first_on": DAY.isoformat(), "begins_at": "08:00", "public": "on"}
    assert client.post(reverse("newsroom:new_event"), typed | {"last_on": "2026-03-01"}).status_code == 422
    client.post(reverse("newsroom:new_event"), typed)
    event = Event.objects.get()
    assert (event.begins_at, event.public) == (time(8), True)

    line = {"title": "Ảnh hội thao", "unit": union.pk, "kind": "image", "product_type": news.product_type("poster").pk,
            "due_at": "2026-03-03T17:00", "mine": "on"}  # fmt: skip
    client.post(reverse("newsroom:new_coverage") + f"?su-kien={event.pk}", line)
    planned = Coverage.objects.get()
    assert (planned.event, planned.owner) == (event, editor)
    assert planned.due_at == datetime(2026, 3, 3, 17, tzinfo=HANOI)
    assert "Ảnh hội thao" in client.get(reverse("newsroom:event", args=[event.pk])).content.decode()

    client.post(reverse("newsroom:new_coverage"), line | {"title": "Ý tưởng nhỏ", "due_at": ""})
    ideas = client.get(reverse("newsroom:ideas") + "?ai=y-tuong").content.decode()
    assert "Ý tưởng nhỏ" in ideas
    assert "Ảnh hội thao" not in ideas
    idea = Coverage.objects.get(title="Ý tưởng nhỏ")
    client.post(reverse("newsroom:assign_coverage", args=[idea.pk]), {"assign-owner": writer.pk})
    client.post(reverse("newsroom:move_coverage", args=[idea.pk]), {"due-due_at": "2026-03-05T09:00"})
    assert client.post(reverse("newsroom:link_coverage", args=[idea.pk]), {"link-story": ""}).status_code == 422
    client.post(reverse("newsroom:drop_coverage", args=[idea.pk]), {"drop-reason": "Để sau."})
    idea.refresh_from_db()
    assert (idea.owner, idea.state, idea.reason) == (writer, Coverage.State.DROPPED, "Để sau.")
    client.post(reverse("newsroom:change_event", args=[event.pk]), typed | {"name": "Hội thao lần hai"})
    client.post(reverse("newsroom:cancel_event", args=[event.pk]), {"cancel-reason": "Mưa."})
    event.refresh_from_db()
    assert (event.name, event.reason) == ("Hội thao lần hai", "Mưa.")


def test_public_events_of_the_units_above_are_seen_and_not_changed(client, union, province, writer):
    chief = make.account(role="planner", unit=province)
    shown = actions.plan_event(
        EventSaid(name="Hội thao tỉnh", first_on=DAY, public=True), unit=province, by=chief, at=NOON
    )
    inner = actions.plan_event(EventSaid(name="Họp nội bộ", first_on=DAY), unit=province, by=chief, at=NOON)
    reach = scope(writer, Ability.WRITE_STORIES, on=DAY)

    assert list(queries.events_within(reach)) == [shown]
    client.force_login(writer)
    assert client.get(reverse("newsroom:event", args=[shown.pk])).status_code == 200
    assert client.get(reverse("newsroom:event", args=[inner.pk])).status_code == 404
    assert client.get(reverse("newsroom:change_event", args=[shown.pk])).status_code == 404
    client.post(reverse("newsroom:cancel_event", args=[shown.pk]), {"cancel-reason": "Không."})
    shown.refresh_from_db()
    assert shown.cancelled_at is None
