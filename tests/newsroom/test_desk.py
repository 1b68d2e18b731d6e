"""Stories in the back office, as writers, approvers and the province use it."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from loa.ledger import queries as ledger
from loa.newsroom.models import Story
from tests import make
from tests import make_news as news

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return make.unit()


@pytest.fixture
def union(province):
    return make.unit(parent=province, name="Công đoàn Khu kinh tế")


def typed(unit, **changes):
    """What the browser sends for a new story."""
    counters = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    empty = {f"{child}-{name}": "0" for child in ("credits", "photos") for name in counters}
    return {
        **empty,
        "title": "Lương tối thiểu vùng tăng từ tháng 7",
        "slug": "",
        "unit": unit.pk,
        "kind": "policy",
        "product_type": news.product_type().pk,
        "summary": "",
        "short": "Từ tháng 7, lương tối thiểu tăng.",
        "deep": "null",
        "language": "vi",
        "on_site": "on",
        "go_live_at": "",
        "expire_at": "",
        **changes,
    }


def test_a_story_walks_from_its_writer_through_unit_and_province_to_the_public(client, province, union):
    writer = make.account(role="writer", unit=union)
    approver = make.account(role="approver", unit=union)
    chief = make.account(role="approver", unit=province)

    client.force_login(writer)
    page = client.get(reverse("newsroom_story:add"))
    assert "Công đoàn Khu kinh tế" in page.content.decode()
    client.post(reverse("newsroom_story:add"), typed(union, **{"action-submit": "1"}))
    story = Story.objects.get()
    assert (story.author, story.live, story.slug) == (writer, False, "luong-toi-thieu-vung-tang-tu-thang-7")
    assert client.post(reverse("newsroom:approve", args=[story.pk])).status_code == 403

    client.force_login(approver)
    assert story.title in client.get(reverse("newsroom:review")).content.decode()
    client.post(reverse("newsroom:approve", args=[story.pk]))
    assert story.title not in client.get(reverse("newsroom:review")).content.decode()

    client.force_login(chief)
    assert story.title in client.get(reverse("newsroom:review")).content.decode()
    client.post(reverse("newsroom:approve", args=[story.pk]))

    story.refresh_from_db()
    assert story.live
    assert [entry.kind for entry in ledger.history(story.ref)][::-1] == [
        "newsroom.story-submitted",
        "newsroom.story-approved",
        "newsroom.story-approved",
        "newsroom.story-published",
        "newsroom.story-placed",
    ]


def handed_in(client, union, writer=None, **changes):
    client.force_login(writer or make.account(role="writer", unit=union))
    client.post(reverse("newsroom_story:add"), typed(union, **{"action-submit": "1"}, **changes))
    return Story.objects.latest("pk")


def test_an_approver_decides_in_the_editor_too_and_each_decision_is_one_fact(client, province, union):
    story = handed_in(client, union)
    client.force_login(make.account(role="approver", unit=union))
    edit = reverse("newsroom_story:edit", args=[story.pk])
    assert client.get(edit).status_code == 200

    client.post(
        edit,
        typed(
            union,
            slug=story.slug,
            title="Lương tối thiểu vùng",
            **{"action-workflow-action": "1", "workflow-action-name": "approve"},
        ),
    )

    client.force_login(make.account(role="approver", unit=province))
    client.post(reverse("newsroom:approve", args=[story.pk]))
    story.refresh_from_db()
    assert (story.live, story.title) == (True, "Lương tối thiểu vùng")
    assert ledger.history(story.ref).filter(kind="newsroom.story-approved").count() == 2


def test_a_returned_story_shows_the_remark_to_its_writer(client, province, union):
    writer = make.account(role="writer", unit=union)
    story = handed_in(client, union, writer)
    client.force_login(make.account(role="approver", unit=union))
    state = story.current_workflow_task_state
    dialog = reverse("newsroom_story:workflow_action", args=[story.pk, "reject", state.pk])

    client.post(dialog, {"comment": "Ghi rõ ngày áp dụng."})

    client.force_login(writer)
    assert "Ghi rõ ngày áp dụng." in client.get(reverse("newsroom:story", args=[story.pk])).content.decode()
    client.post(
        reverse("newsroom_story:edit", args=[story.pk]), typed(union, slug=story.slug, **{"action-submit": "1"})
    )
    facts = [entry.kind.removeprefix("newsroom.story-") for entry in ledger.history(story.ref)]
    assert facts == ["submitted", "returned", "submitted"]


def test_while_a_story_waits_its_writer_cannot_change_it(client, union):
    writer = make.account(role="writer", unit=union)
    story = handed_in(client, union, writer)

    client.post(reverse("newsroom_story:edit", args=[story.pk]), typed(union, slug=story.slug, title="Khác"))

    story.refresh_from_db()
    assert story.get_latest_revision_as_object().title == "Lương tối thiểu vùng tăng từ tháng 7"


def test_the_editor_publishes_only_for_those_who_could_take_the_last_step(client, province, union):
    story = handed_in(client, union)
    edit = reverse("newsroom_story:edit", args=[story.pk])
    for role, unit, out in [("approver", union, False), ("approver", province, True)]:
        client.force_login(make.account(role=role, unit=unit))
        client.post(edit, typed(union, slug=story.slug, **{"action-publish": "1"}))
        story.refresh_from_db()
        assert story.live is out
    assert ledger.history(story.ref).filter(kind="newsroom.story-published").count() == 1


def test_a_story_cannot_be_written_for_a_unit_of_others_nor_given_away(client, union):
    writer, other = make.account(role="writer", unit=union), make.unit()
    client.force_login(writer)

    client.post(reverse("newsroom_story:add"), typed(other))
    assert not Story.objects.exists()
    client.post(reverse("newsroom_story:add"), typed(union))
    story = Story.objects.get()
    client.post(reverse("newsroom_story:edit", args=[story.pk]), typed(make.unit(parent=union), slug=story.slug))
    story.refresh_from_db()
    assert story.unit == union


def test_an_unfinished_draft_is_kept_but_not_handed_in(client, union):
    client.force_login(make.account(role="writer", unit=union))

    client.post(reverse("newsroom_story:add"), typed(union, short="", **{"action-submit": "1"}))

    story = Story.objects.get()
    assert not story.workflow_in_progress
    assert list(ledger.history(story.ref)) == []


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_costs_the_same_however_many_stories(client, union, django_assert_num_queries, how_many):
    for _ in range(how_many):
        news.story(unit=union)
    client.force_login(make.account(role="writer", unit=union))
    client.get(reverse("newsroom_story:list"))

    with django_assert_num_queries(11):
        page = client.get(reverse("newsroom_story:list"))

    assert page.content.decode().count("Công đoàn Khu kinh tế") == how_many


def test_the_list_is_searched_without_marks_and_filtered_by_state(client, union):
    found = news.story(unit=union, title="Hướng dẫn tính lương")
    draft = news.story(unit=union, title="Hội thao", published_at=None)
    client.force_login(make.account(role="writer", unit=union))

    searched = client.get(reverse("newsroom_story:list"), {"q": "huong dan"}).content.decode()
    drafts = client.get(reverse("newsroom_story:list"), {"state": "draft"}).content.decode()

    assert (found.title in searched, draft.title in searched) == (True, False)
    assert (found.title in drafts, draft.title in drafts) == (False, True)


def test_a_storys_screen_shows_where_it_appeared_and_takes_one_more_place(client, union):
    story = news.story(unit=union)
    client.force_login(make.account(role="writer", unit=union))
    here = reverse("newsroom:story", args=[story.pk])
    link = {"channel": news.channel("fanpage").pk, "placed_on": "2026-03-02", "url": "https://vi-du.example/bai"}

    client.post(reverse("newsroom:place", args=[story.pk]), link)
    client.post(reverse("newsroom:place", args=[story.pk]), link | {"url": ""})
    picture = SimpleUploadedFile("bang-tin.jpg", news.jpeg(), "image/jpeg")
    board = {"channel": news.channel("bang-tin").pk, "placed_on": "2026-03-02", "picture": picture}
    client.post(reverse("newsroom:place", args=[story.pk]), board)

    assert "https://vi-du.example/bai" in client.get(here).content.decode()
    linked, shown = story.placements.order_by("pk")
    assert (linked.url, shown.photo is not None) == ("https://vi-du.example/bai", True)
    client.post(reverse("newsroom:end_placement", args=[linked.pk]), {"mistaken": "on"})
    linked.refresh_from_db()
    assert linked.mistaken


def test_correcting_and_withdrawing_from_the_screen(client, province, union):
    story = news.story(unit=union)
    client.force_login(make.account(role="approver", unit=province))

    client.post(reverse("newsroom:withdraw", args=[story.pk]), {"reason": ""})
    story.refresh_from_db()
    assert story.live
    client.get(reverse("newsroom_story:unpublish", args=[story.pk]))
    client.post(reverse("newsroom_story:unpublish", args=[story.pk]))
    story.refresh_from_db()
    assert story.live
    client.post(reverse("newsroom:correct", args=[story.pk]), {"note": "Sửa tên."})
    client.post(reverse("newsroom:withdraw", args=[story.pk]), {"reason": "Bị thay thế."})
    story.refresh_from_db()
    assert (story.correction_note, story.withdrawal_reason, story.live) == ("Sửa tên.", "Bị thay thế.", False)


def test_screens_of_other_units_and_of_drafts_are_closed(client, union):
    elsewhere, draft = news.story(), news.story(unit=union, published_at=None)
    placement = news.placement(elsewhere, by=make.account())
    client.force_login(make.account(role="writer", unit=union))

    assert client.get(reverse("newsroom:story", args=[elsewhere.pk])).status_code == 404
    assert client.post(reverse("newsroom:place", args=[elsewhere.pk])).status_code == 404
    assert client.post(reverse("newsroom:end_placement", args=[placement.pk])).status_code == 404
    assert client.get(reverse("newsroom_story:edit", args=[elsewhere.pk])).status_code == 404
    client.force_login(make.account(role="auditor", unit=union))
    assert client.get(reverse("newsroom:story", args=[draft.pk])).status_code == 404
    assert client.get(reverse("newsroom:story", args=[news.story(unit=union).pk])).status_code == 200
    assert client.get(reverse("newsroom:review")).status_code == 403


def test_an_auditor_reads_what_is_out_and_not_the_next_draft(client, union):
    story = handed_in(client, union)
    story.refresh_from_db()
    client.force_login(make.superuser())
    client.post(reverse("newsroom:publish", args=[story.pk]))
    story = Story.objects.get()
    assert story.live
    story.short = "Bản nháp chưa duyệt."
    story.save_revision()

    client.force_login(make.account(role="auditor", unit=union))

    assert "chưa duyệt" not in client.get(reverse("newsroom:story", args=[story.pk])).content.decode()


def test_the_preview_shows_the_text(client, union):
    story = handed_in(client, union)
    client.force_login(make.account(role="approver", unit=union))
    client.post(reverse("newsroom_story:preview_on_edit", args=[story.pk]), typed(union, slug=story.slug))

    page = client.get(reverse("newsroom_story:preview_on_edit", args=[story.pk]))

    assert "Từ tháng 7, lương tối thiểu tăng." in page.content.decode()


def test_a_story_can_be_scheduled_from_the_editor(client, province, union):
    when = timezone.localtime(timezone.now() + timedelta(days=2)).strftime("%Y-%m-%d %H:%M")
    story = handed_in(client, union, go_live_at=when)
    for unit in (union, province):
        client.force_login(make.account(role="approver", unit=unit))
        client.post(reverse("newsroom:approve", args=[story.pk]))

    story.refresh_from_db()
    assert (story.live, story.scheduled_revision is not None) == (False, True)
    assert not ledger.history(story.ref).filter(kind="newsroom.story-published").exists()
