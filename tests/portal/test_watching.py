"""Every change of what the public may read makes a new printing, and nothing else does."""

import re
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from loa.audience.models import Topic
from loa.newsroom.models import (
    Channel,
    Event,
    FactUse,
    FactVersion,
    Offer,
    ProductType,
    SharedFact,
    SharedStory,
    Story,
    StoryCredit,
    Theme,
)
from loa.people.models import UnitVersion
from loa.portal import watching
from loa.portal.models import Printing
from loa.portal.watching import HARMLESS, WATCHED, Watched
from tests import make
from tests import make_news as news

pytestmark = pytest.mark.django_db


def number():
    connection.check_constraints()  # PostgreSQL counts when a transaction ends
    return Printing.objects.get().number


def turned(change):
    """Whether `change` made a new printing. PostgreSQL counts a transaction once, and a test is one."""
    before = number()
    Printing.objects.update(made_by=0)
    change()
    return number() > before


@pytest.fixture
def story():
    unit = make.unit(code="CS-1")
    topic = Topic.objects.create(year=timezone.now().year, slug="luong", name="Lương", bit=0)
    made = news.story(
        unit=unit, slug="bai", topic=topic, themes=("phap-luat-quyen-loi",), photo=news.photo(),
        published_at=timezone.now() - timedelta(hours=1),
    )  # fmt: skip
    person = make.person(unit=unit, name="Tác Giả Mẫu")
    StoryCredit.objects.create(story=made, person=person, share=100)
    news.placement(made)
    taker, editor = make.unit(code="CS-3"), make.account()
    offer = Offer.objects.create(story=made, unit=taker, reach="unit", offered_by=editor, offered_at=make.NOON)
    SharedStory.objects.create(unit=taker, story=made, offer=offer, state="shown", since=make.NOON)
    return made


def test_whatever_is_shown_of_a_story_turns_the_page(story):
    credit, placement, photo = story.credits.get(), story.placements.get(), story.photo

    changes = {
        "title": lambda: Story.objects.update(title="Khác"),
        "expiry": lambda: Story.objects.update(expire_at=timezone.now()),
        "credit": lambda: StoryCredit.objects.filter(pk=credit.pk).update(name="Bút danh"),
        "person": lambda: type(credit.person).objects.filter(pk=credit.person_id).update(full_name="Tên Mới"),
        "placement": lambda: type(placement).objects.filter(pk=placement.pk).update(url="https://vi-du.example/moi"),
        "photo": lambda: type(photo).objects.filter(pk=photo.pk).update(credit="Người chụp"),
        "theme": lambda: Theme.objects.update(name="Tên mới"),
        "type": lambda: ProductType.objects.update(name="Tên mới"),
        "channel": lambda: Channel.objects.update(name="Tên mới"),
        "topic": lambda: Topic.objects.update(name="Tên mới"),
        "unit": lambda: UnitVersion.objects.update(phone="+84905000111"),
        "themes": lambda: Story.themes.through.objects.all().delete(),
    }

    assert {name for name, change in changes.items() if not turned(change)} == set()


def test_a_public_event_turns_the_page_and_one_for_staff_does_not(story):
    planner = make.account()
    said = {"unit": story.unit, "name": "Hội thao", "planned_by": planner, "changed_at": timezone.now()}
    day = {"first_on": make.DAY, "last_on": make.DAY}

    assert not turned(lambda: Event.objects.create(**said, **day))
    assert not turned(lambda: Event.objects.update(venue="Sân vận động"))
    assert turned(lambda: Event.objects.update(public=True))
    assert turned(lambda: Event.objects.update(venue="Nhà thi đấu"))
    assert turned(lambda: Event.objects.update(public=False))


def test_a_unit_s_section_turns_with_what_it_shows_of_others(story):
    editor, unit = make.account(), make.unit(code="CS-2")
    offer = Offer.objects.create(story=story, unit=unit, reach="unit", offered_by=editor, offered_at=make.NOON)
    answer = {"unit": unit, "story": story, "offer": offer, "since": make.NOON}

    assert not turned(lambda: SharedStory.objects.create(state="declined", **answer))
    assert turned(lambda: SharedStory.objects.update(state="shown"))
    assert not turned(lambda: SharedStory.objects.update(proposed_heading="Chờ", proposed_by=editor))
    assert turned(lambda: SharedStory.objects.update(heading="Riêng", worded_at=make.NOON))
    assert turned(
        lambda: SharedStory.objects.update(
            state="ended", heading="", worded_at=None, proposed_heading="", proposed_by=None
        )
    )


def test_the_source_of_a_fact_turns_the_page_when_readers_see_it(story):
    editor = make.account()
    fact = SharedFact.objects.create(unit=story.unit, name="Lương", folded_name="luong")
    told = {"value": "1 đồng", "source": "Luật", "valid_from": make.DAY, "why": "first", "recorded_by": editor}
    version = FactVersion.objects.create(fact=fact, recorded_at=make.NOON, **told)

    assert not turned(lambda: FactUse.objects.create(story=story, fact=fact, version=version, chosen_at=make.NOON))
    assert not turned(lambda: FactUse.objects.update(owing=version))
    assert turned(lambda: FactUse.objects.update(shown=version))
    assert turned(lambda: FactUse.objects.all().delete())


def test_before_tables_are_rebuilt_every_trigger_goes_whatever_version_put_it_there(story):
    """On PostgreSQL a trigger left behind under an old number would speak of another table's columns."""
    with connection.cursor() as cursor:
        former = Watched(model="newsroom.Theme")
        for statement in watching._statements(999, former, Theme, "UPDATE"):
            cursor.execute(statement)
    try:
        watching.remove()
        assert not turned(lambda: Theme.objects.update(name="Tên mới"))
    finally:
        watching.install(apps)
    assert turned(lambda: Theme.objects.update(name="Tên khác"))


def test_what_nobody_sees_turns_nothing(story):
    draft = news.story(unit=story.unit, published_at=None)

    changes = {
        "draft": lambda: Story.objects.filter(pk=draft.pk).update(title="Nháp"),
        "new draft": lambda: news.story(unit=story.unit, published_at=None, themes=("phap-luat-quyen-loi",)),
        "credit of a draft": lambda: StoryCredit.objects.create(story=draft, name="Ai đó", share=100),
        "newer version of a story that is out": lambda: Story.objects.update(has_unpublished_changes=True),
        "same again": lambda: Story.objects.filter(pk=story.pk).update(title=story.title),
        "person": lambda: make.person(unit=story.unit),
    }

    assert {name for name, change in changes.items() if turned(change)} == set()


ADDRESSES = [
    "/", "/tin/bai/", "/chu-de/phap-luat-quyen-loi/", "/can-biet/{year}/luong/", "/don-vi/CS-1/", "/tim/?q=tin",
    "/rss.xml", "/chu-de/phap-luat-quyen-loi/rss.xml", "/don-vi/CS-1/rss.xml", "/robots.txt", "/kenh-chinh-thuc/",
    "/don-vi/CS-3/", "/don-vi/CS-3/tin/bai/",
    "/hoi-dap/", "/tu-dien/", "/en/", "/tim/goi-y/?q=tin",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_whatever_a_page_reads_is_watched(client, story, address):
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address.format(year=timezone.now().year))

    read = {name for query in queries for name in re.findall(r'(?:FROM|JOIN) "?([a-z_0-9]+)"?', query["sql"])}
    watched = {apps.get_model(one.model)._meta.db_table for one in WATCHED}
    assert answer.status_code == 200
    assert read - watched - HARMLESS == set()
