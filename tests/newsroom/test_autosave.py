"""What saves itself while somebody types: Wagtail's autosave, with our actions, rights and refusals."""

import pytest
from django.urls import reverse

from loa.ledger import queries as ledger
from loa.newsroom import actions
from loa.newsroom.models import Story
from tests import make
from tests import make_news as news
from tests.make import NOON
from tests.newsroom.test_desk import typed

pytestmark = pytest.mark.django_db
BY_ITSELF = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def union():
    return make.unit(parent=make.unit())


@pytest.fixture
def story(union):
    writer = make.account(role="writer", unit=union)
    made = Story(unit=union, product_type=news.product_type(), title="Một tin", kind="image", short="Một câu.")
    actions.draft(made, by=writer, at=NOON)
    made.refresh_from_db()
    return made


def saved(client, story, **changes):
    told = {"loaded_revision_id": story.latest_revision_id} | changes
    address = reverse("newsroom_story:edit", args=[story.pk])
    return client.post(address, typed(story.unit, slug=story.slug, **told), **BY_ITSELF)


def loaded_at(story):
    return story.latest_revision.created_at.isoformat()


def test_a_draft_saves_itself_clean_and_leaves_no_fact(client, story):
    client.force_login(story.author)

    answer = saved(client, story, title="  Tin   khác ", loaded_revision_created_at=loaded_at(story))

    assert (answer.status_code, answer.json()["success"]) == (200, True)
    story.refresh_from_db()
    assert story.get_latest_revision_as_object().title == "Tin khác"
    assert list(ledger.history(story.ref)) == []


def test_a_second_tab_does_not_overwrite_what_the_first_has_saved(client, story):
    client.force_login(story.author)
    before = {"loaded_revision_id": story.latest_revision_id, "loaded_revision_created_at": loaded_at(story)}
    saved(client, story, title="Từ thẻ thứ nhất", **before)

    answer = saved(client, story, title="Từ thẻ thứ hai", **before)

    assert (answer.status_code, answer.json()["error_code"]) == (400, "invalid_revision")
    story.refresh_from_db()
    assert story.get_latest_revision_as_object().title == "Từ thẻ thứ nhất"


def test_a_refusal_is_told_to_the_page_and_nothing_is_saved(client, story, union):
    actions.publish(story, by=make.superuser(), at=NOON)
    actions.withdraw(story, reason="Sai.", by=make.account(role="approver", unit=union), at=NOON)
    story.refresh_from_db()
    client.force_login(story.author)
    revisions = story.revisions.count()

    answer = saved(client, story, title="Sống lại", loaded_revision_created_at=loaded_at(story))

    assert (answer.status_code, answer.json()["error_code"]) == (400, "refused")
    assert "đã gỡ" in answer.json()["error_message"]
    assert story.revisions.count() == revisions


def test_strangers_save_nothing_by_themselves(client, story):
    client.force_login(make.account(role="writer", unit=make.unit()))

    assert saved(client, story, title="Khác").status_code == 404
    assert story.revisions.count() == 1
