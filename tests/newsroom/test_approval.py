"""Who decides: by unit and province, in time, for somebody absent, and through a link without an account."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from loa.base.errors import Refused
from loa.ledger import queries as ledger
from loa.ledger.models import Entry
from loa.newsroom import actions, lights, links, queries
from loa.newsroom.models import ApprovalLink, Deputy, Story
from loa.people.roles import ROLES, Ability
from tests import make
from tests import make_news as news
from tests.make import DAY, NOON

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=3)
WEEK = DAY + timedelta(days=7)


class Cast:
    def __init__(self) -> None:
        self.province = make.unit()
        self.union = make.unit(parent=self.province)
        self.writer = make.account(role="writer", unit=self.union)
        self.approver = make.account(role="approver", unit=self.union)
        self.chief = make.account(role="planner", unit=self.province)
        self.leader = make.account(role="leader", unit=self.province)

    def handed_in(self, *, at=NOON, **fields) -> Story:
        fields = {"title": "Lương tối thiểu vùng", "kind": Story.Kind.POLICY, "short": "Từ tháng 7."} | fields
        story = Story(unit=self.union, product_type=news.product_type(), **fields)
        actions.draft(story, by=self.writer, at=at)
        actions.submit(story, by=self.writer, at=at)
        story.refresh_from_db()
        return story


@pytest.fixture
def cast() -> Cast:
    return Cast()


def refuses(words, action, *args, **kwargs):
    facts, rows = Entry.objects.count(), (Deputy.objects.count(), list(ApprovalLink.objects.values()))
    with translation.override("en"), pytest.raises(Refused, match=words):
        action(*args, **kwargs)
    assert (Entry.objects.count(), (Deputy.objects.count(), list(ApprovalLink.objects.values()))) == (facts, rows)


# --- rights


def test_publishing_is_a_right_apart_from_writing_and_from_approving(cast, client):
    story = cast.handed_in()

    refuses("Somebody else", actions.publish, story, by=cast.leader, at=NOON)
    client.force_login(cast.leader)
    assert client.get(reverse("newsroom_story:edit", args=[story.pk])).status_code in (403, 404)
    assert client.get(reverse("newsroom:story", args=[story.pk])).status_code == 200
    actions.approve(story, by=cast.approver, at=NOON)
    actions.approve(story, by=cast.leader, at=NOON)
    story.refresh_from_db()
    assert story.live
    holders = {role for role, abilities in ROLES.items() if Ability.PUBLISH_STORIES in abilities}
    assert holders == {"approver", "planner", "administrator"}


def test_a_text_changed_at_the_last_step_is_approved_again_by_the_unit(cast):
    story = cast.handed_in()
    actions.approve(story, by=cast.approver, at=NOON)
    story.refresh_from_db()
    story.short = "Từ ngày 1/7."
    actions.draft(story, by=cast.chief, at=NOON)

    actions.approve(story, by=cast.chief, at=NOON)

    story.refresh_from_db()
    assert (story.live, story.current_workflow_task.level) == (False, "unit")
    actions.approve(story, by=cast.approver, at=LATER)
    story.refresh_from_db()
    assert (story.live, story.short) == (True, "Từ ngày 1/7.")


# --- in time


def test_lights_turn_amber_before_and_red_when_it_is_due():
    due = lights.due(NOON, within_hours=24)
    at = {hours: lights.light(due, now=NOON + timedelta(hours=hours), warn_hours=6) for hours in (0, 17, 18, 23, 24)}

    assert at == {0: "good", 17: "good", 18: "warn", 23: "warn", 24: "bad"}
    assert lights.due(NOON, within_hours=24, needed_at=LATER) == LATER
    assert (lights.due(NOON, within_hours=None), lights.light(None, now=NOON)) == (None, "")


def test_the_review_desk_says_by_when_to_decide(cast, client):
    now = timezone.now()
    story = cast.handed_in(at=now)
    soon = cast.handed_in(at=now, go_live_at=now + timedelta(hours=2), title="Gấp")

    due = {item.story.pk: item for item in queries.awaiting(cast.approver, on=timezone.localdate())}

    assert due[story.pk].light(now) == "good"
    assert due[soon.pk].due_at == now + timedelta(hours=2)
    assert due[soon.pk].light(now) == "warn"
    assert due[soon.pk].light(now + timedelta(hours=3)) == "bad"
    client.force_login(cast.approver)
    page = client.get(reverse("newsroom:review")).content.decode()
    assert ('data-kind="good"' in page, 'data-kind="warn"' in page) == (True, True)


# --- deputies


def test_a_deputy_decides_for_somebody_absent_and_both_are_named(cast):
    now, on = timezone.now(), timezone.localdate()  # Wagtail's own check knows no other day
    week = on + timedelta(days=7)
    other = make.account(role="approver", unit=make.unit(parent=cast.province))
    story = cast.handed_in()
    refuses("Somebody else", actions.approve, story, by=other, at=now)
    assert queries.awaiting(other, on=on) == []

    actions.name_deputy(cast.approver, deputy=other, first_on=on, last_on=week, by=cast.approver, at=now)

    assert [item.story for item in queries.awaiting(other, on=on)] == [story]
    assert queries.awaiting(other, on=week + timedelta(days=1)) == []
    actions.approve(story, by=other, at=now)
    [fact] = ledger.history(story.ref).filter(kind="newsroom.story-approved")
    assert (fact.actor, fact.data["deputy_for"]) == (other.ref, cast.approver.pk)
    refuses("Somebody else", actions.publish, story, by=other, at=now)


def test_a_deputy_does_not_decide_what_either_of_the_two_wrote(cast):
    other = make.account(role="approver", unit=make.unit(parent=cast.province))
    actions.name_deputy(cast.approver, deputy=other, first_on=DAY, last_on=WEEK, by=cast.approver, at=NOON)
    own = Story(
        unit=cast.union, product_type=news.product_type(), title="Của người vắng", kind="image", short="Một câu."
    )
    actions.draft(own, by=cast.approver, at=NOON)
    actions.submit(own, by=cast.approver, at=NOON)

    refuses("Somebody else", actions.approve, own, by=other, at=NOON)
    assert queries.awaiting(other, on=DAY) == []


def test_naming_a_deputy_is_refused_for_each_good_reason_and_ends_early(cast, client):
    days: dict[str, Any] = {"first_on": DAY, "last_on": WEEK, "at": NOON}
    name = actions.name_deputy
    refuses("for yourself", name, cast.chief, deputy=cast.approver, by=cast.approver, **days)
    refuses("needs a deputy", name, cast.writer, deputy=cast.approver, by=cast.writer, **days)
    refuses("approves stories already", name, cast.approver, deputy=cast.writer, by=cast.approver, **days)
    refuses("approves stories already", name, cast.approver, deputy=cast.approver, by=cast.approver, **days)
    past = days | {"first_on": DAY - timedelta(days=3), "last_on": DAY - timedelta(days=1)}
    refuses("in the past", name, cast.approver, deputy=cast.chief, by=cast.approver, **past)
    named = name(cast.approver, deputy=cast.chief, by=cast.approver, **days)
    refuses("already", name, cast.approver, deputy=cast.leader, by=cast.approver, **days)
    refuses("for yourself", actions.end_deputy, named, by=cast.writer, at=NOON)
    actions.end_deputy(named, by=cast.approver, at=LATER)
    refuses("no longer", actions.end_deputy, named, by=cast.approver, at=LATER)

    client.force_login(cast.approver)
    on = timezone.localdate()
    typed = {"deputy": cast.chief.pk, "first_on": on.isoformat(), "last_on": on.isoformat()}
    assert cast.chief.name in client.get(reverse("newsroom:deputies")).content.decode()
    client.post(reverse("newsroom:deputies"), typed)
    standing = Deputy.objects.get(ended_at__isnull=True)
    client.force_login(cast.writer)
    assert client.post(reverse("newsroom:end_deputy", args=[standing.pk])).status_code == 403
    client.force_login(cast.leader)
    assert client.post(reverse("newsroom:end_deputy", args=[standing.pk])).status_code == 404


# --- by a link


def asked(cast, story, *, at=None, **fields) -> ApprovalLink:
    fields = {"name": "Người Ký Mẫu", "post": "Phó Chủ tịch", "hours": 24, "by": cast.approver} | fields
    return actions.ask_by_link(story, at=at or timezone.now(), **fields)


def address(link):
    return reverse("newsroom_public:decide", args=[links.token(link)])


def test_somebody_without_an_account_approves_exactly_that_version_once(cast, client):
    story = cast.handed_in()
    link = asked(cast, story)

    page = client.get(address(link))
    assert (page.status_code, "Từ tháng 7." in page.content.decode()) == (200, True)
    assert "no-cache" in page["Cache-Control"]
    client.post(address(link), {"decision": "approved"})

    [fact] = ledger.history(story.ref).filter(kind="newsroom.story-approved")
    link.refresh_from_db()
    assert (fact.actor, fact.data["revision_id"]) == (link.ref, link.revision_id)
    assert fact.evidence == [link.ref, f"sha256:{link.fingerprint}"]
    assert "Người Ký Mẫu" not in str(fact.data)
    assert (link.decision, link.state(timezone.now())) == ("approved", "used")
    assert "Người Ký Mẫu, Phó Chủ tịch" in [happening.who for happening in queries.happenings(story)]
    story.refresh_from_db()
    assert story.current_workflow_task.level == "province"

    again = client.post(address(link), {"decision": "approved"}, follow=True)
    assert (again.status_code, "Cảm ơn" in again.content.decode()) == (200, True)
    assert ledger.history(story.ref).filter(kind="newsroom.story-approved").count() == 1


def test_the_last_step_by_a_link_publishes_in_the_name_of_the_link(cast, client):
    story = cast.handed_in()
    actions.approve(story, by=cast.approver, at=NOON)
    link = asked(cast, story, by=cast.leader)

    client.post(address(link), {"decision": "approved"})

    story.refresh_from_db()
    assert story.live
    assert ledger.history(story.ref).get(kind="newsroom.story-published").actor == link.ref


def test_a_link_returns_a_story_with_a_remark(cast, client):
    story = cast.handed_in()
    link = asked(cast, story)

    page = client.post(address(link), {"decision": "returned", "remark": " "}, follow=True)
    assert "Xin viết một câu" in page.content.decode()
    client.post(address(link), {"decision": "returned", "remark": "Ghi rõ ngày áp dụng."})

    story.refresh_from_db()
    assert "Phó Chủ tịch: Ghi rõ ngày áp dụng." in queries.last_remark(story)


def test_a_link_to_another_version_decides_nothing(cast, client):
    story = cast.handed_in()
    link = asked(cast, story)
    story.refresh_from_db()
    story.short = "Lời khác."
    actions.draft(story, by=cast.approver, at=NOON)

    page = client.get(address(link))
    assert (page.status_code, "đã được sửa" in page.content.decode()) == (410, True)
    refuses("has been changed", actions.decide_by_link, link, approved=True, by=link, at=timezone.now())


def test_a_link_opens_nothing_when_its_version_was_overwritten_in_place(cast):
    story = cast.handed_in()
    link = asked(cast, story)
    revision = story.revisions.get(pk=link.revision_id)
    revision.content["short"] = "Lời khác."
    revision.save()

    refuses("has been changed", actions.decide_by_link, link, approved=True, by=link, at=timezone.now())


def test_expired_revoked_and_forged_links_say_so_and_decide_nothing(cast, client):
    story = cast.handed_in()
    expired = asked(cast, story, at=timezone.now() - timedelta(hours=25))
    page = client.get(address(expired))
    assert (page.status_code, "không còn dùng được" in page.content.decode()) == (410, True)
    refuses("no longer open", actions.decide_by_link, expired, approved=True, by=expired, at=timezone.now())

    replaced = asked(cast, story)
    revoked = asked(cast, story)
    assert client.get(address(replaced)).status_code == 410
    refuses("Only those", actions.revoke_link, revoked, by=cast.writer, at=timezone.now())
    client.force_login(cast.approver)
    assert address(revoked) in client.get(reverse("newsroom:story", args=[story.pk])).content.decode()
    client.post(reverse("newsroom:revoke_link", args=[revoked.pk]))
    client.logout()
    assert client.get(address(revoked)).status_code == 410
    forged = re.sub(r".$", lambda end: "A" if end.group() != "A" else "B", links.token(revoked))
    assert client.get(reverse("newsroom_public:decide", args=[forged])).status_code == 404
    assert not ledger.history(story.ref).filter(kind="newsroom.story-approved").exists()


def test_asking_by_a_link_is_for_those_who_could_decide_themselves(cast, client):
    story = cast.handed_in()

    refuses("Somebody else", asked, cast, story, by=cast.writer)
    refuses("name and the post", asked, cast, story, post=" ")
    refuses("fourteen days", asked, cast, story, hours=337)
    client.force_login(cast.approver)
    client.post(reverse("newsroom:ask_by_link", args=[story.pk]), {"name": "A", "post": "B", "hours": "0"})
    assert not ApprovalLink.objects.exists()
    client.post(reverse("newsroom:ask_by_link", args=[story.pk]), {"name": "A", "post": "B", "hours": "4"})
    assert ApprovalLink.objects.count() == 1


def test_a_link_dies_with_the_right_of_the_one_who_made_it(cast):
    story = cast.handed_in()
    link = asked(cast, story)
    cast.approver.grants.all().delete()

    refuses("Somebody else", actions.decide_by_link, link, approved=True, by=link, at=timezone.now())
