"""Pages shown from memory: never an old one, and never one person's page to another."""

import gzip
import io
import sys
import threading
from contextlib import contextmanager
from datetime import timedelta
from email.utils import formatdate, parsedate_to_datetime
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from loa.audience.models import Topic
from loa.config.wsgi import secure
from loa.newsroom import actions
from loa.newsroom.models import Story
from loa.portal.caching import HINT
from loa.portal.models import Printing
from loa.portal.pagecache import LOOK_EVERY, TRUST_FOR, PageCache
from loa.portal.printing import Present, present
from tests import make
from tests import make_news as news


class Clock:
    """Seconds that pass when told to."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@contextmanager
def kept_connection():
    """A server looks after its connection around a request; here that is the test's own, with a transaction open."""
    quieted = [signal for signal in (request_started, request_finished) if signal.disconnect(close_old_connections)]
    try:
        yield
    finally:
        for signal in quieted:
            signal.connect(close_old_connections)


class Visitor:
    """Asks a WSGI application as a server would."""

    def __init__(self, cache):
        self.cache = cache

    def get(self, address, *, method="GET", host="testserver", **headers):
        path, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": headers.pop("scheme", "http"),
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "HTTP_HOST": host,
        } | {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        told: dict[str, Any] = {}

        def start_response(status, given, exc_info=None):
            told.update(status=int(status[:3]), headers=dict(given))

        with kept_connection():
            answer = self.cache(environ, start_response)
            body = b"".join(answer)
            if close := getattr(answer, "close", None):
                close()
        return SimpleNamespace(body=body, text=body.decode(errors="replace"), **told)


def now():
    return timezone.now()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def cache(clock):
    return PageCache(WSGIHandler(), look=lambda known: present(known, at=now()), secure=secure, clock=clock)


@pytest.fixture
def visitor(cache):
    return Visitor(cache)


def out(**fields):
    return news.story(published_at=now() - timedelta(hours=1), **fields)


def seen(answer):
    return answer.headers.get("X-Loa-Cache")


def commit():
    """PostgreSQL counts when a transaction ends, and each transaction once; a test is one."""
    connection.check_constraints()
    Printing.objects.update(made_by=0)


def cookie_of(client):
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


@pytest.mark.django_db
def test_the_second_visitor_gets_the_same_bytes_without_django(visitor, django_assert_num_queries):
    story = out(short="Lương tăng.")
    first = visitor.get(f"/tin/{story.slug}/")

    with django_assert_num_queries(0):
        second = visitor.get(f"/tin/{story.slug}/")

    assert (first.status, second.status, first.body) == (200, 200, second.body)
    assert (seen(first), seen(second)) == ("miss", "hit")
    assert "Content-Security-Policy" in second.headers


@pytest.mark.django_db
def test_pages_are_packed_once_and_unpacked_for_those_who_cannot(visitor):
    out(title="Tin chung")

    plain = visitor.get("/")
    packed = visitor.get("/", accept_encoding="br, gzip")

    assert (packed.headers["Content-Encoding"], packed.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) == int(packed.headers["Content-Length"]) < len(plain.body)


@pytest.mark.django_db
def test_head_tells_the_length_and_sends_nothing(visitor):
    whole = visitor.get("/")

    head = visitor.get("/", method="HEAD")

    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == str(len(whole.body))


@pytest.mark.django_db
def test_who_has_the_page_already_is_told_so_and_gets_nothing(visitor):
    tag = visitor.get("/").headers["ETag"]

    assert [
        visitor.get("/", if_none_match=asked).status
        for asked in (tag, f'"x", {tag}', "*", tag.removeprefix("W/"), '"x"')
    ] == [304, 304, 304, 200, 200]
    again = visitor.get("/", if_none_match=tag)
    assert (again.body, again.headers["ETag"], again.headers["Vary"]) == (b"", tag, "Accept-Encoding")


@pytest.mark.django_db
def test_the_date_is_a_validator_too_and_the_tag_goes_before_it(visitor, clock):
    Printing.objects.update(made_at=now() - timedelta(days=3))
    dated = visitor.get("/").headers["Last-Modified"]
    earlier = formatdate(parsedate_to_datetime(dated).timestamp() - 1, usegmt=True)

    assert visitor.get("/", if_modified_since=dated).status == 304
    assert visitor.get("/", if_modified_since=earlier).status == 200
    assert visitor.get("/", if_modified_since="no date").status == 200
    assert visitor.get("/", if_modified_since=dated, if_none_match='"another"').status == 200


@pytest.mark.django_db
def test_before_the_second_of_a_change_is_over_no_date_is_told(visitor):
    Printing.objects.update(made_at=now() + timedelta(seconds=30))

    assert "Last-Modified" not in visitor.get("/").headers


@pytest.fixture
def published():
    """A story that went the whole way, its unit's approver, and its address."""
    unit = make.unit()
    writer, approver = make.account(role="writer", unit=unit), make.account(role="approver", unit=unit)
    story = news.story(unit=unit, published_at=None, title="Lương tối thiểu", short="Dòng đầu.", author=writer)
    actions.draft(story, by=writer, at=now())
    actions.publish(story, by=approver, at=now() - timedelta(minutes=1))
    story.refresh_from_db()
    return SimpleNamespace(story=story, approver=approver, address=f"/tin/{story.slug}/")


@pytest.mark.django_db
def test_publishing_correcting_and_withdrawing_show_at_once_in_every_process(clock, published):
    caches = [
        Visitor(PageCache(WSGIHandler(), look=lambda known: present(known, at=now()), secure=secure, clock=clock))
        for _ in range(3)
    ]

    def everywhere(address):
        commit()
        clock.now += LOOK_EVERY
        return [visitor.get(address) for visitor in caches]

    before = everywhere(published.address)
    assert {answer.status for answer in before} == {200}
    actions.correct(published.story, note="Đã sửa ngày áp dụng.", by=published.approver, at=now())
    corrected = everywhere(published.address)
    assert ["Đã sửa ngày áp dụng." in answer.text for answer in corrected] == [True] * 3
    assert {answer.headers["ETag"] for answer in corrected}.isdisjoint({answer.headers["ETag"] for answer in before})
    assert ["Lương tối thiểu" in answer.text for answer in everywhere("/")] == [True] * 3

    actions.withdraw(published.story, reason="Số liệu sai.", by=published.approver, at=now())

    assert [answer.status for answer in everywhere(published.address)] == [410] * 3
    assert ["Lương tối thiểu" in answer.text for answer in everywhere("/")] == [False] * 3
    assert ["Lương tối thiểu" in answer.text for answer in everywhere("/rss.xml")] == [False] * 3


@pytest.mark.django_db
def test_a_page_that_was_being_made_while_something_changed_is_not_kept(clock):
    story = out(title="Cũ", slug="bai")
    cache = PageCache(WSGIHandler(), look=lambda known: present(known, at=now()), secure=secure, clock=clock)
    django = cache.application

    def slow(environ, start_response):
        cache.application = django
        answer = django(environ, start_response)
        Story.objects.filter(pk=story.pk).update(title="Mới")
        commit()
        clock.now += LOOK_EVERY
        Visitor(cache).get("/khong-co/")  # somebody else comes by and sees the change
        return answer

    cache.application = slow
    Visitor(cache).get("/tin/bai/")

    assert "Mới" in Visitor(cache).get("/tin/bai/").text


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["first_published_at", "expire_at"])
def test_what_comes_or_goes_by_the_clock_is_not_shown_late_or_longer(clock, field):
    at = now()
    turn = at + timedelta(minutes=10)
    if field == "first_published_at":
        news.story(published_at=turn)
    else:
        news.story(published_at=at - timedelta(days=1), expire_at=turn)
    before, after = present(None, at=at), present(None, at=turn)
    assert before
    assert after

    assert (before.until, after.since) == (turn, turn)
    assert present(before, at=turn - timedelta(seconds=1)) is before
    assert present(before, at=turn) == after
    assert Story.objects.public(turn - timedelta(seconds=1)).exists() is (field == "expire_at")
    assert Story.objects.public(turn).exists() is (field == "first_published_at")


@pytest.mark.django_db
def test_midnight_in_hanoi_turns_the_page():
    from_one_day = present(None, at=now())
    assert from_one_day

    assert from_one_day.until - from_one_day.since <= timedelta(days=1)
    assert present(from_one_day, at=from_one_day.until) is not from_one_day


@pytest.fixture
def signed_in():
    """A browser in which somebody with a telling name has signed in."""
    unit = make.unit(name="Công đoàn Hoa Sen")
    client = Client()
    client.force_login(make.account(name="Nguyễn Bí Mật", person=make.person(unit=unit, name="Nguyễn Bí Mật")))
    return client


@pytest.mark.django_db
def test_what_a_signed_in_person_makes_is_kept_for_nobody_and_says_nothing_about_them(visitor, cache, signed_in):
    topic = Topic.objects.create(year=now().year, slug="luong", name="Lương", bit=0)
    story = out(topic=topic, slug="bai")
    signed_in.post(f"/tin/{story.slug}/tra-loi/", {"said": "unclear"})

    theirs = visitor.get("/tin/bai/", cookie=cookie_of(signed_in))
    other = visitor.get("/tin/bai/")

    assert (seen(theirs), seen(other)) == ("miss", "miss")
    assert theirs.body == other.body
    assert "Bí Mật" not in theirs.text
    assert "Bạn đã trả lời" not in theirs.text
    assert "Set-Cookie" not in theirs.headers
    assert visitor.get("/tin/bai/", cookie=cookie_of(signed_in)).body == other.body


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/toi/", "/tin/bai/tra-loi/", "/tai-khoan/login/"])
def test_personal_addresses_are_never_kept(visitor, signed_in, address):
    out(topic=Topic.objects.create(year=now().year, slug="luong", name="Lương", bit=0), slug="bai")

    theirs = visitor.get(address, cookie=cookie_of(signed_in))
    stranger = visitor.get(address)

    assert (seen(theirs), seen(stranger)) == (None, None)
    assert "Bí Mật" not in stranger.text
    assert theirs.status == 200 or "no-cache" in theirs.headers.get("Cache-Control", "")


@pytest.mark.django_db
def test_a_request_with_a_password_in_its_head_goes_past_the_memory(visitor):
    visitor.get("/")

    assert seen(visitor.get("/", authorization="Basic eDp5")) is None
    assert seen(visitor.get("/")) == "hit"


@pytest.mark.django_db
def test_messages_waiting_for_somebody_are_neither_shown_to_others_nor_used_up(visitor, signed_in):
    topic = Topic.objects.create(year=now().year, slug="luong", name="Lương", bit=0)
    story = out(topic=topic, slug="bai")
    signed_in.post(f"/tin/{story.slug}/tra-loi/", {"said": "read"})
    thanks = "Cảm ơn bạn!"

    public = [visitor.get(address, cookie=cookie_of(signed_in)) for address in ("/tin/bai/", "/")]

    assert [thanks in answer.text for answer in public] == [False, False]
    assert [answer.headers.get("Set-Cookie") for answer in public] == [None, None]
    assert thanks in signed_in.get("/tin/bai/tra-loi/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/tin/bai/", "/tim/?q=tin", "/don-vi/CS-1/"])
def test_pages_for_everybody_hold_no_token_and_no_form_that_would_need_one(visitor, address):
    out(unit=make.unit(code="CS-1"), slug="bai", topic=Topic.objects.create(year=now().year, slug="l", name="L", bit=0))

    page = visitor.get(address)

    assert "csrfmiddlewaretoken" not in page.text
    assert 'method="post"' not in page.text


@pytest.mark.django_db
@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver:80@evil.example", ""])
def test_a_false_name_of_the_server_gets_nothing_and_leaves_nothing_behind(visitor, host):
    visitor.get("/rss.xml")

    assert visitor.get("/rss.xml", host=host).status == 400
    assert "evil" not in visitor.get("/rss.xml").text


@pytest.mark.django_db
def test_forwarded_names_and_addresses_change_nothing(visitor):
    plain = visitor.get("/rss.xml")

    forged = visitor.get("/rss.xml", x_forwarded_host="evil.example", x_original_url="/toi/", x_forwarded_proto="https")

    assert forged.body == plain.body


@pytest.mark.django_db
def test_what_others_append_to_an_address_makes_no_other_page_and_stands_in_none(visitor):
    for number in range(15):
        news.story(title=f"Tin {number}", published_at=now() - timedelta(hours=number + 1))
    first = visitor.get("/?fbclid=xau-xa&utm_source=xau-xa")

    second = visitor.get("/?gclid=xau-xa")

    assert (first.body, seen(second)) == (second.body, "hit")
    assert "xau-xa" not in first.text
    assert "after=" in first.text


@pytest.mark.django_db
def test_what_a_page_understands_makes_another_page(visitor):
    out(title="Lương tối thiểu")
    out(title="Ngày hội văn hoá")

    found = [visitor.get(f"/tim/?q={quote(asked)}&x=1").text for asked in ("lương", "ngày hội", "lương")]

    assert ["tối thiểu" in page for page in found] == [True, False, True]
    assert ["văn hoá" in page for page in found] == [False, True, False]


@pytest.mark.django_db
@given(query=st.text(max_size=60))
def test_whatever_is_asked_is_answered_as_django_answers_it(query):
    """The memory may save work; it never answers differently."""
    cache = Visitor(PageCache(WSGIHandler(), look=lambda known: present(known, at=now()), secure=secure, clock=Clock()))
    address = "/tim/?" + quote(query, safe="&=;%+")

    answers = {cache.get(address).body, cache.get(address).body, Visitor(WSGIHandler()).get(address).body}

    assert len(answers) == 1


@pytest.mark.django_db
def test_languages_and_other_wishes_do_not_change_the_page(visitor):
    vietnamese = visitor.get("/")

    assert visitor.get("/", accept_language="en", user_agent="x", accept="text/plain").body == vietnamese.body


@pytest.mark.django_db
def test_nothing_but_get_and_head_is_answered_from_memory(visitor):
    visitor.get("/")

    answers = [visitor.get("/", method=method) for method in ("POST", "PUT", "DELETE")]

    assert [(answer.status, seen(answer)) for answer in answers] == [(403, None)] * 3


@pytest.mark.django_db
def test_memory_is_bounded_and_forgets_what_nobody_asked_for_longest(clock):
    cache = PageCache(
        WSGIHandler(), look=lambda known: present(known, at=now()), secure=secure, clock=clock, room=60_000
    )
    visitor = Visitor(cache)
    for number in range(12):
        visitor.get(f"/tim/?q=t{number}")
        visitor.get("/")

    assert cache._size <= 60_000
    assert seen(visitor.get("/")) == "hit"
    assert seen(visitor.get("/tim/?q=t0")) == "miss"


@pytest.mark.django_db
def test_an_old_page_is_made_anew_by_one_while_others_still_get_it(clock, cache, visitor):
    visitor.get("/")
    clock.now += 301
    django, seen_by_others = cache.application, []

    def slow(environ, start_response):
        seen_by_others.append(seen(visitor.get("/")))
        return django(environ, start_response)

    cache.application = slow
    assert seen(visitor.get("/")) == "miss"

    assert seen_by_others == ["hit"]
    assert seen(visitor.get("/")) == "hit"


@pytest.mark.django_db
def test_the_hint_comes_and_goes_with_the_session(client):
    account = make.account(email="a@vi-du.example")
    account.set_password("loa noi cho moi nguoi nghe")
    account.save()
    client.post("/tai-khoan/login/", {"login": account.email, "password": "loa noi cho moi nguoi nghe"})
    hint = client.cookies[HINT]
    assert (hint.value, hint["httponly"], hint["samesite"]) == ("1", "", "Lax")
    assert hint["max-age"] == client.cookies["sessionid"]["max-age"]

    client.post("/tai-khoan/logout/")

    assert client.cookies[HINT].value == ""


HERE = Present(number=1, since=timezone.now() - timedelta(days=1), until=timezone.now() + timedelta(days=1))


class Stub:
    """A slow application that is the same for everybody and counts how often it is asked."""

    def __init__(self, hold=None):
        self.asked, self.hold = 0, hold

    def __call__(self, environ, start_response):
        self.asked += 1
        if self.hold:
            self.hold.wait(5)
        start_response("200 OK", [("X-Loa-Page", ""), ("Content-Type", "text/html")])
        return [b"x" * 1000]


def test_while_the_database_is_silent_pages_go_on_being_shown_for_a_minute(clock):
    answers = {"down": False}

    def look(known):
        if answers["down"]:
            raise OSError
        return HERE

    visitor = Visitor(PageCache(Stub(), look=look, secure=secure, clock=clock))
    visitor.get("/")
    answers["down"] = True

    clock.now += TRUST_FOR / 2
    assert seen(visitor.get("/")) == "hit"
    clock.now += TRUST_FOR
    assert seen(visitor.get("/")) == "miss"


def test_after_a_change_a_page_is_made_once_however_many_ask(clock):
    state = {"present": HERE}
    hold = threading.Event()
    stub = Stub()
    cache = PageCache(stub, look=lambda known: state["present"], secure=secure, clock=clock)
    Visitor(cache).get("/")
    state["present"] = Present(number=2, since=HERE.since, until=HERE.until)
    clock.now += LOOK_EVERY
    stub.hold = hold
    answers = []
    crowd = [threading.Thread(target=lambda: answers.append(Visitor(cache).get("/"))) for _ in range(8)]
    for one in crowd:
        one.start()
    hold.set()
    for one in crowd:
        one.join()

    assert stub.asked == 2
    assert sorted(seen(answer) for answer in answers) == ["hit"] * 7 + ["miss"]
    assert len({answer.body for answer in answers}) == 1
