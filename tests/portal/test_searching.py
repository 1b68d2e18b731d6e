"""The search page: over everything public, sifted, helpful when nothing is found."""

from datetime import timedelta

import pytest
from django.utils import timezone

from loa.audience.models import Topic
from loa.newsroom import actions, queries
from loa.newsroom.actions import EventSaid
from loa.portal.models import OfficialChannel
from tests import make
from tests import make_news as news

pytestmark = pytest.mark.django_db


def now():
    return timezone.now()


def out(**fields):
    return news.story(published_at=fields.pop("at", now() - timedelta(hours=1)), **fields)


def text(response):
    return response.content.decode()


@pytest.fixture
def everything():
    """One of each kind of thing that has "Hoa Sen" in it."""
    unit = make.unit(code="HS", name="Công đoàn Hoa Sen", phone="+84905123456")
    Topic.objects.create(year=now().year, slug="hoa-sen", name="Quỹ Hoa Sen", bit=0)
    OfficialChannel.objects.create(
        unit=unit, kind="facebook", name="Trang Hoa Sen", address="https://vi-du.example/hoasen",
        key="vi-du.example/hoasen", since=now().date(), checked_on=now().date(),
    )  # fmt: skip
    out(unit=unit, title="Hoa Sen làm thêm giờ")
    out(title="Hỏi về Hoa Sen", question="Hoa Sen là gì?", type_code="hoi-dap")
    for name, public in (("Hội thao Hoa Sen", True), ("Họp kín Hoa Sen", False)):
        said = EventSaid(name=name, first_on=now().date() + timedelta(days=3), public=public)
        actions.plan_event(said, unit=unit, by=make.account(role="writer", unit=unit), at=now())
    return unit


def test_search_finds_every_kind_of_thing_and_each_kind_alone(client, everything):
    whole = text(client.get("/tim/", {"q": "hoa sen"}))

    marks = {
        "tin-bai": "làm thêm giờ", "hoi-dap": "Hỏi về", "don-vi": "0905 123 456", "chu-de": "Quỹ",
        "kenh": "Trang <mark>Hoa", "su-kien": "Hội thao",
    }  # fmt: skip
    assert [kind for kind, mark in marks.items() if mark not in whole] == []
    for kind, mark in marks.items():
        page = text(client.get("/tim/", {"q": "hoa sen", "loai": kind}))
        shown = {other for other, theirs in marks.items() if theirs in page}
        assert shown == ({kind, "hoi-dap"} if kind == "tin-bai" else {kind}), mark


def test_a_search_is_sifted_by_what_the_form_sends(client, everything):
    other = out(title="Hoa Sen ở nơi khác", at=now() - timedelta(days=500), themes=("su-kien-trong-nam",))
    year = timezone.localtime(other.first_published_at).year

    for sieve in ({"chu-de": "su-kien-trong-nam"}, {"thoi-gian": str(year)}):
        assert [hit.story for hit in client.get("/tim/", {"q": "hoa sen", **sieve}).context["results"].hits] == [other]
    for sieve in ({"don-vi": "HS"}, {"thoi-gian": "30"}, {"the-loai": "hoi-dap"}):
        assert other not in [
            hit.story for hit in client.get("/tim/", {"q": "hoa sen", **sieve}).context["results"].hits
        ]
    assert len(client.get("/tim/", {"chu-de": "su-kien-trong-nam"}).context["results"].hits) == 1


def test_a_search_that_finds_nothing_helps_on(client):
    out(title="Lương tối thiểu vùng")

    page = text(client.get("/tim/", {"q": "lương tối thểu", "thoi-gian": "30"}))
    beginning = text(client.get("/tim/", {"q": "lương tối thi"}))

    assert "Có phải bạn muốn tìm:" in page
    assert ">lương tối thiểu</strong>" in page
    assert "Tìm những từ này ở mọi nội dung" in page
    assert "Lương tối thiểu vùng" in beginning


def test_hits_never_bring_the_markup_of_a_text_to_life(client):
    out(title="<b onclick=x>Lương</b>", summary="Lương <script>alert(1)</script>")

    page = text(client.get("/tim/", {"q": "luong <script>"}))

    assert "<script>alert" not in page
    assert "<b onclick" not in page
    assert "&lt;b onclick=x&gt;<mark>Lương</mark>" in text(client.get("/tim/", {"q": "luong"}))


def test_suggestions_are_topics_units_and_titles_as_plain_values(client, everything):
    answer = client.get("/tim/goi-y/", {"q": "hoa se"})

    assert [place["href"] for place in answer.json()["places"]][:2] == [
        f"/can-biet/{now().year}/hoa-sen/",
        "/don-vi/HS/",
    ]
    assert "public" in answer["Cache-Control"]
    assert client.get("/tim/goi-y/", {"q": "h"}).json() == client.get("/tim/goi-y/").json() == {"places": []}


@pytest.mark.parametrize(
    "query",
    [
        {"q": "a", "loai": "khong-co"},
        {"q": "a", "trang": "99999999999"},
        {"q": "a", "thoi-gian": "99999"},
        {"q": "a", "thoi-gian": "٢٠٢٦"},
        {"q": "a", "don-vi": "\x00"},
        {"q": "a", "chu-de": "' OR 1=1"},
        {"loai": "don-vi"},
        {"q": "'&|!():*"},
    ],
)
def test_search_survives_any_address(client, query):
    assert client.get("/tim/", query).status_code == 200


@pytest.mark.parametrize("how_many", [1, 3])
def test_a_search_costs_the_same_however_many_hits(client, django_assert_num_queries, how_many):
    for number in range(how_many):
        unit = make.unit(name=f"Công đoàn Hoa Sen {number}")
        out(unit=unit, title=f"Hoa Sen {number}", photo=news.photo())
    client.get("/tim/", {"q": "hoa sen"})

    with django_assert_num_queries(14):
        client.get("/tim/", {"q": "hoa sen"})


def test_events_are_found_by_name_and_place_those_to_come_first_and_secret_ones_never(client, everything):
    planner, day = make.account(role="writer", unit=everything), now().date()

    def plan(name, ahead, **more):
        said = EventSaid(name=name, first_on=day + timedelta(days=ahead), public=True, **more)
        return actions.plan_event(said, unit=everything, by=planner, at=now())

    plan("Chạy bộ năm ngoái", -300, venue="Bờ hồ Hoa Sen")
    off = plan("Chạy bộ năm nay", 9, venue="Bờ hồ Hoa Sen")
    actions.cancel_event(off, reason="Mưa bão.", by=planner, at=now())

    names = [event.name for event in queries.events_named("bo ho", on=day, limit=5)]

    assert names == ["Chạy bộ năm nay", "Chạy bộ năm ngoái"]
    page = text(client.get("/tim/", {"q": "hoa sen", "loai": "su-kien"}))
    assert "Sự kiện đã hủy" in page
    assert "Họp kín" not in page
    offered = client.get("/tim/goi-y/", {"q": "hội thao"}).json()["places"]
    assert "Hội thao Hoa Sen" in {one["name"] for one in offered}
