"""One's own corner: what one's unit has new, what one agreed to, what the register holds."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from loa.audience.models import Topic
from loa.ledger.models import Entry
from loa.people.models import Consent
from loa.planning.models import Task
from tests import make
from tests import make_news as news

pytestmark = pytest.mark.django_db

NEWS_BY_ZALO = {"channel": "zalo", "purpose": "news"}


@pytest.fixture
def unit():
    return make.unit(name="Công đoàn Hoa Sen")


@pytest.fixture
def reader(client, unit):
    account = make.account(person=make.person(unit=unit, name="Nguyễn Thị Ánh", phone="+84905111222", birth_year=1994))
    client.force_login(account)
    return account


def corner(client):
    return client.get("/toi/").content.decode()


def agree(client, agree="yes", **fields):
    return client.post("/toi/dong-y/", NEWS_BY_ZALO | {"agree": agree} | fields)


def test_strangers_are_asked_to_sign_in(client):
    assert client.get("/toi/")["Location"] == "/tai-khoan/login/?next=/toi/"
    assert agree(client)["Location"] == "/tai-khoan/login/?next=/toi/dong-y/"


def test_the_corner_shows_the_units_news_and_the_own_data_and_is_kept_nowhere(client, reader, unit):
    news.story(unit=unit, title="Tin của Hoa Sen", published_at=timezone.now() - timedelta(hours=1))
    news.story(title="Tin nơi khác", published_at=timezone.now() - timedelta(hours=1))

    page = corner(client)

    for expected in ("Công đoàn Hoa Sen", "Tin của Hoa Sen", "Nguyễn Thị Ánh", "0905 111 222", "1994"):
        assert expected in page
    assert "Tin nơi khác" not in page
    assert "no-store" in client.get("/toi/")["Cache-Control"]


def test_agreeing_keeps_the_words_that_were_shown_and_records_the_fact_once(client, reader):
    agree(client)
    agree(client)

    [consent] = Consent.objects.all()
    words = "Tôi đồng ý để công đoàn gửi cho tôi tin công đoàn và chính sách liên quan đến tôi qua Zalo."
    assert (consent.person, consent.channel, consent.purpose) == (reader.person, "zalo", "news")
    assert words in consent.proof
    assert words in corner(client)
    [entry] = Entry.objects.all()
    assert (entry.kind, entry.subject, entry.actor) == ("people.consent-given", reader.person.ref, reader.ref)
    assert entry.data == NEWS_BY_ZALO


def test_taking_back_dates_the_row_and_agreeing_again_makes_a_new_one(client, reader):
    agree(client)
    agree(client, "no")
    agree(client, "no")
    agree(client)

    assert [row.withdrawn_at is None for row in Consent.objects.order_by("pk")] == [False, True]
    assert list(Entry.objects.order_by("pk").values_list("kind", flat=True)) == [
        "people.consent-given",
        "people.consent-withdrawn",
        "people.consent-given",
    ]


@pytest.mark.parametrize("wrong", [{"channel": "drone"}, {"purpose": "all"}, {"agree": "maybe"}])
def test_only_what_was_asked_can_be_agreed_to(client, reader, wrong):
    assert agree(client, **wrong).status_code == 400
    assert Consent.objects.count() == 0


def test_an_account_without_a_person_is_told_what_to_do(client):
    client.force_login(make.account())

    assert "Xin nhờ chủ tịch công đoàn gắn giúp" in corner(client)
    assert agree(client).status_code == 400


def test_a_chair_sees_what_is_due_this_week_and_workers_do_not(client, reader, unit):
    day = timezone.localdate()
    for title, due_on in (("Nộp báo cáo", day), ("Việc còn lâu", day + timedelta(days=30))):
        Task.objects.create(title=title, unit=unit, due_on=due_on, clause=title, opened_at=timezone.now())
    assert "Việc tuần này" not in corner(client)

    client.force_login(make.account(role="chair", unit=unit, person=make.person(unit=unit)))

    page = corner(client)
    assert "Việc tuần này" in page
    assert ("Nộp báo cáo" in page, "Việc còn lâu" in page) == (True, False)


def test_the_corner_costs_the_same_for_1_and_for_3_of_everything(client, reader, unit):
    def add(number):
        news.story(unit=unit, published_at=timezone.now() - timedelta(hours=1))
        Topic.objects.create(year=timezone.now().year, slug=f"t{number}", name=f"Chủ đề {number}", bit=number)

    add(0)
    with CaptureQueriesContext(connection) as one:
        corner(client)
    add(1)
    add(2)
    with CaptureQueriesContext(connection) as three:
        page = corner(client)

    assert len(one) == len(three)
    assert page.count("Chưa đọc") == 3
