"""What readers say at the end of a story, and what Loa keeps of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from loa.audience.models import ReachEntry, Topic
from loa.ledger.models import Entry
from tests import make
from tests import make_news as news

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return make.unit(name="Công đoàn Hoa Sen", phone="+84905123456")


@pytest.fixture
def story():
    year = timezone.now().year
    topic = Topic.objects.create(year=year, slug="luong-toi-thieu", name="Lương tối thiểu", bit=3)
    return news.story(slug="tang-luong", topic=topic, published_at=timezone.now() - timedelta(hours=1))


@pytest.fixture
def reader(client, unit):
    account = make.account(person=make.person(unit=unit))
    client.force_login(account)
    return account


def say(client, said, slug="tang-luong"):
    return client.post(f"/tin/{slug}/tra-loi/", {"said": said})


def register():
    return list(ReachEntry.objects.values_list("confirmed", "understood", "unclear", "delivered"))


def shown(client, **headers):
    """One's own answer, as a page; with `x_loa_part`, as the part that the page's script puts into the story."""
    return client.get("/tin/tang-luong/tra-loi/", headers=headers).content.decode()


def story_page(client):
    return client.get("/tin/tang-luong/").content.decode()


def test_saying_read_marks_one_row_of_the_register_and_writes_nothing_in_the_ledger(client, story, reader):
    answer = say(client, "read")

    assert (answer.status_code, answer["Location"]) == (302, "/tin/tang-luong/tra-loi/")
    assert register() == [(8, 0, 0, 0)]
    assert Entry.objects.count() == 0


def test_saying_it_twice_changes_nothing(client, story, reader):
    say(client, "read")
    say(client, "read")

    assert register() == [(8, 0, 0, 0)]


def test_understood_and_a_question_left_replace_each_other(client, story, reader):
    say(client, "unclear")
    assert register() == [(8, 0, 8, 0)]

    say(client, "understood")
    assert register() == [(8, 8, 0, 0)]


def test_thanks_and_the_own_answer_are_shown_afterwards(client, story, reader):
    say(client, "understood")

    page = shown(client)

    assert "Cảm ơn bạn! Công đoàn đã ghi nhận bạn đã đọc và đã hiểu." in page
    assert "Bạn đã trả lời: đã đọc và đã hiểu." in page


def test_who_has_a_question_is_told_whom_to_ask(client, story, reader):
    assert "0905 123 456" not in shown(client)

    say(client, "unclear")

    assert "0905 123 456" in shown(client)


def test_a_unit_without_a_telephone_points_to_the_union_above(client, story):
    above = make.unit(name="Công đoàn phường", phone="+842563822002")
    client.force_login(make.account(person=make.person(unit=make.unit(parent=above))))

    say(client, "unclear")

    assert "Công đoàn phường" in shown(client)
    assert "0256 382 2002" in shown(client) or "0256 3822 002" in shown(client)


def test_nobody_sees_what_somebody_else_said(client, story, reader, unit):
    say(client, "unclear")
    other = type(client)()
    other.force_login(make.account(person=make.person(unit=unit, name="Trần Văn Khác")))

    assert "Bạn đã trả lời" not in shown(other)
    assert "Còn thắc mắc</span>" not in other.get("/toi/").content.decode()
    assert "Bạn đã trả lời" not in shown(type(client)())


def test_the_story_itself_is_the_same_for_who_has_answered_and_for_who_has_not(client, story, reader):
    say(client, "unclear")

    assert story_page(client) == story_page(type(client)())
    assert 'data-own="/tin/tang-luong/tra-loi/"' in story_page(client)


def test_the_script_gets_the_part_without_the_page_around_it(client, story, reader):
    say(client, "understood")

    part = shown(client, x_loa_part="1")

    assert "Bạn đã trả lời: đã đọc và đã hiểu." in part
    assert "csrfmiddlewaretoken" in part
    assert "<html" not in part


def test_the_script_of_a_stranger_gets_nothing(client, story):
    answer = client.get("/tin/tang-luong/tra-loi/", headers={"x-loa-part": "1"})

    assert (answer.status_code, answer.content) == (204, b"")


def test_what_one_has_answered_is_kept_nowhere_on_the_way(client, story, reader):
    assert "no-store" in client.get("/tin/tang-luong/tra-loi/")["Cache-Control"]


def test_a_visitor_is_asked_kindly_to_sign_in_and_comes_back(client, story):
    page = story_page(client)

    assert "<form method=" not in page
    assert 'href="/tin/tang-luong/tra-loi/"' in page
    assert client.get("/tin/tang-luong/tra-loi/")["Location"] == "/tai-khoan/login/?next=/tin/tang-luong/tra-loi/"
    assert say(client, "read")["Location"] == "/tai-khoan/login/?next=/tin/tang-luong/tra-loi/"
    assert register() == []


def test_who_comes_back_from_signing_in_lands_at_the_question_and_has_said_nothing(client, story, reader):
    assert "Đã hiểu" in shown(client)
    assert register() == []


def test_an_account_without_a_person_is_told_so_and_not_counted(client, story):
    client.force_login(make.account())

    assert "chưa gắn với danh sách" in shown(client)
    say(client, "read")
    assert register() == []
    assert "chưa gắn với danh sách" in shown(client)


def test_a_topic_of_last_year_takes_no_answers(client, story, reader):
    Topic.objects.update(year=timezone.now().year - 1)

    assert "Chủ đề này đã khép lại" in shown(client)
    assert "Chủ đề này đã khép lại" in story_page(client)
    say(client, "read")
    assert register() == []


def test_a_story_without_a_topic_asks_nothing_and_takes_nothing(client, reader):
    news.story(slug="tang-luong", published_at=timezone.now() - timedelta(hours=1))

    assert 'id="tra-loi"' not in story_page(client)
    assert say(client, "read").status_code == 404


@pytest.mark.parametrize("said", ["", "liked", "READ", "1"])
def test_only_the_three_answers_exist(client, story, reader, said):
    assert say(client, said).status_code == 400
    assert register() == []


def test_without_the_token_of_the_form_nothing_is_said(story, reader, client):
    strict = type(client)(enforce_csrf_checks=True)
    strict.force_login(reader)

    answer = say(strict, "read")

    assert answer.status_code == 403
    assert "Bạn gửi lại giúp nhé" in answer.content.decode()
    assert register() == []
