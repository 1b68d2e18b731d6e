"""The pages that everybody may read."""

import gzip
import io
import json
import re
import unicodedata
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from loa.audience.models import Topic
from loa.base.dates import short_date
from loa.base.dates import today as to_day
from loa.newsroom import actions
from loa.newsroom.actions import Said
from loa.newsroom.models import Event, StoryCredit, Theme
from loa.people.models import Account, Succession, UnitEvent, UnitPlace, UnitVersion
from tests import make
from tests import make_news as news

pytestmark = pytest.mark.django_db

nfd = partial(unicodedata.normalize, "NFD")
THEME = "phap-luat-quyen-loi"


def now():
    return timezone.now()


def topic(**fields):
    return Topic.objects.create(
        **{"year": now().year, "slug": "luong-toi-thieu", "name": "Lương tối thiểu", "bit": 0} | fields
    )


def out(**fields):
    """A story that everybody can read now."""
    return news.story(published_at=now() - timedelta(hours=1), **fields)


def text(response):
    return response.content.decode()


def test_an_empty_site_says_kindly_that_there_is_nothing_yet(client):
    Theme.objects.all().delete()

    page = client.get("/")

    assert page.status_code == 200
    assert "Chưa có tin nào. Tin đầu tiên sẽ hiện ở đây ngay khi được đăng." in text(page)
    assert "Các chủ đề của năm đang được lựa chọn." in text(page)


def test_home_shows_the_newest_first_and_the_topics_of_this_year_only(client):
    topic()
    topic(year=now().year - 1, slug="cu", name="Chuyện năm ngoái")
    news.story(title="Tin cũ", published_at=now() - timedelta(days=1))
    out(title="Tin mới")

    page = text(client.get("/"))

    assert page.index("Tin mới") < page.index("Tin cũ")
    assert (page.count("Lương tối thiểu"), page.count("Chuyện năm ngoái")) == (1, 0)


def test_home_pages_on_by_key_and_ends(client):
    for number in range(15):
        news.story(title=f"Tin thứ {number:02}", published_at=now() - timedelta(hours=number + 1))

    first = client.get("/")
    second = client.get("/", {"after": first.context["front"].after})

    front, older = first.context["front"], second.context["page"]
    shown = [story.title for story in [front.lead, *front.latest, *older.stories]]
    assert shown == [f"Tin thứ {number:02}" for number in range(15)]
    assert ("Xem thêm" in text(first), "Xem thêm" in text(second)) == (True, False)


def test_a_story_shows_its_short_edition_first_then_the_deep_one(client):
    story = out(title="Tăng lương", short="Lương tăng từ tháng này.", deep="<p>Cách tính như sau.</p>")

    page = text(client.get(f"/tin/{story.slug}/"))

    assert page.index("Lương tăng từ tháng này.") < page.index("Đọc sâu hơn") < page.index("Cách tính như sau.")


def test_a_story_names_its_authors_its_unit_of_that_day_its_correction_and_where_else_it_stands(client):
    unit = make.unit(name="Công đoàn Hoa Sen")
    story = out(unit=unit, corrected_at=now(), correction_note="Đã sửa ngày áp dụng.")
    StoryCredit.objects.create(story=story, name="Tổ tin Hoa Sen", share=100)
    news.placement(story, url="https://vi-du.example/fanpage/1")

    page = text(client.get(f"/tin/{story.slug}/"))

    for expected in ("Công đoàn Hoa Sen", "Đã sửa ngày áp dụng.", "Tổ tin Hoa Sen", "https://vi-du.example/fanpage/1"):
        assert expected in page


def test_a_story_that_was_taken_back_says_why_and_shows_no_text(client):
    story = news.story(title="Bị gỡ", short="Chữ sai.", withdrawn_at=now(), withdrawal_reason="Số liệu chưa đúng.")

    page = client.get(f"/tin/{story.slug}/")

    assert page.status_code == 410
    assert "Số liệu chưa đúng." in text(page)
    assert "Chữ sai." not in text(page)


@pytest.mark.parametrize(
    "address",
    [
        "/tin/khong-co/",
        "/chu-de/khong-co/",
        "/chu-de/khong-co/rss.xml",
        "/can-biet/2026/khong-co/",
        "/can-biet/99999999999999999999/khong-co/",
        "/don-vi/KHONG-CO/",
        "/don-vi/KHONG-CO/rss.xml",
        "/khong-co/",
    ],
)
def test_wrong_addresses_get_the_page_that_says_so(client, address):
    page = client.get(address)

    assert page.status_code == 404
    assert "Không có trang này" in text(page)


def test_a_draft_and_a_story_of_tomorrow_do_not_exist_for_the_public(client):
    draft = news.story(published_at=None)
    tomorrow = news.story(published_at=now() + timedelta(days=1))

    assert [client.get(f"/tin/{story.slug}/").status_code for story in (draft, tomorrow)] == [404, 404]


def test_theme_and_topic_pages_show_their_own_stories_only(client):
    mine = out(title="Thuộc về đây", themes=(THEME,), topic=topic())
    out(title="Ở nơi khác")

    for address in (f"/chu-de/{THEME}/", f"/can-biet/{mine.topic.year}/{mine.topic.slug}/"):
        page = text(client.get(address))
        assert ("Thuộc về đây" in page, "Ở nơi khác" in page) == (True, False)


def test_a_unit_shows_its_contact_its_parent_and_its_stories(client):
    parent = make.unit(name="Công đoàn phường")
    unit = make.unit(parent=parent, code="CS-1", name="Công đoàn Hoa Sen", phone="+84905123456")
    out(unit=unit, title="Tin của Hoa Sen")

    page = text(client.get("/don-vi/CS-1/"))

    for expected in ("Công đoàn Hoa Sen", "0905 123 456", "Công đoàn phường", "Tin của Hoa Sen"):
        assert expected in page


def test_an_ended_unit_says_who_took_over_and_the_heir_shows_its_stories(client):
    heir, old = make.unit(code="MOI", name="Công đoàn mới"), make.unit(code="CU", name="Công đoàn cũ")
    out(unit=old, title="Tin của đơn vị cũ")
    day = timezone.localdate() - timedelta(days=30)
    _merge(old, heir, on=day)

    ended, living = text(client.get("/don-vi/CU/")), text(client.get("/don-vi/MOI/"))

    assert f"Đơn vị này kết thúc hoạt động từ ngày {day:%d/%m/%Y}" in ended
    assert '<a href="/don-vi/MOI/">Công đoàn mới</a>' in ended
    assert '<a href="/don-vi/CU/">Công đoàn cũ</a>' in living
    assert "Tin của đơn vị cũ" in living


def _merge(old, heir, *, on):
    """Straight into the tables: what the event leaves behind."""
    event = UnitEvent.objects.create(kind="merge", decision="01/QĐ-LĐLĐ", effective_on=on, recorded_at=now())
    Succession.objects.create(event=event, predecessor=old, successor=heir, heir=True)
    UnitVersion.objects.filter(unit=old).update(valid_to=on)
    UnitPlace.objects.filter(unit=old).update(valid_to=on)
    UnitPlace.objects.create(unit=old, path=UnitPlace.objects.get(unit=heir).path, living=False, valid_from=on)


@pytest.mark.parametrize("asked", ["huong dan luong", "hướng dẫn lương", "HƯỚNG DẪN LƯƠNG", nfd("hướng dẫn lương")])
def test_search_finds_with_and_without_marks_and_shows_where(client, asked):
    out(title="Hướng dẫn lương tối thiểu")
    out(title="Ngày hội văn hoá")

    page = text(client.get("/tim/", {"q": asked}))

    assert "<mark>Hướng dẫn lương</mark> tối thiểu" in page
    assert "Ngày hội văn hoá" not in page


def test_search_that_finds_nothing_says_what_to_try_and_escapes_what_was_asked(client):
    page = text(client.get("/tim/", {"q": "<b>gì đó</b>"}))

    assert "Không tìm thấy gì về “&lt;b&gt;gì đó&lt;/b&gt;”." in page
    assert "<b>gì đó" not in page


@pytest.mark.parametrize("asked", ["", "   ", "%", "'", '"', "*", "a" * 5000, "\x00", "-", "OR AND"])
def test_search_survives_whatever_is_typed(client, asked):
    assert client.get("/tim/", {"q": asked}).status_code == 200


def test_a_story_names_the_sources_of_its_facts_as_it_was_published(client):
    unit = make.unit()
    chief, writer = make.account(role="planner", unit=unit), make.account(role="officer", unit=unit)
    told = {"source": "Nghị định 1, Điều 3", "source_url": "https://vi-du.example/nghi-dinh-1"}
    said = Said(value="3.860.000 đồng", valid_from=make.DAY, **told)
    fact = actions.record_fact("Lương tối thiểu", said, unit=unit, by=chief, at=make.NOON)
    story = out(unit=unit, author=writer, slug="luong", short="Mức 3,86 triệu đồng.")
    actions.use_facts(story, chosen=[fact.pk], by=writer, at=make.NOON)
    assert "Nghị định 1" not in text(client.get("/tin/luong/"))

    actions.correct(story, note="Thêm nguồn.", by=chief, at=make.NOON)
    first = fact.versions.get()
    said = Said(value="4.140.000 đồng", source="Nghị định 2", valid_from=make.DAY + timedelta(days=9))
    actions.change_fact(fact, said, note="Tăng.", seen=first.pk, by=chief, at=make.NOON)

    page = text(client.get("/tin/luong/"))
    assert 'Lương tối thiểu: <a href="https://vi-du.example/nghi-dinh-1" rel="noopener">Nghị định 1, Điều 3</a>' in page
    assert "Nghị định 2" not in page


ADDRESSES = ["/", f"/chu-de/{THEME}/", "/don-vi/CS-1/", "/tim/?q=tin", "/rss.xml", "/sitemap.xml"]


@pytest.mark.parametrize("address", [*ADDRESSES, "/tin/dau-tien/"])
def test_pages_cost_the_same_number_of_queries_for_1_and_for_3_stories(client, django_assert_num_queries, address):
    unit = make.unit(code="CS-1")
    shared = topic()

    def add(slug):
        story = out(unit=unit, title=f"Tin {slug}", slug=slug, themes=(THEME,), topic=shared, photo=news.photo())
        StoryCredit.objects.create(story=story, name="Tổ tin", share=100)
        news.placement(story)

    add("dau-tien")
    add("thu-hai")
    list(client.get(address))  # the first visit makes the pictures
    price = _price(client, address)
    add("thu-ba")
    add("thu-tu")
    list(client.get(address))

    with django_assert_num_queries(price):
        list(client.get(address))


def _price(client, address):
    with CaptureQueriesContext(connection) as queries:
        list(client.get(address))
    return len(queries)


@pytest.mark.parametrize("address", ["/", "/tin/dau-tien/", "/tim/?q=tin"])
def test_two_visitors_get_the_same_bytes_and_anybody_between_may_keep_them(client, address):
    out(title="Tin chung", slug="dau-tien", topic=topic())

    first, second = client.get(address), type(client)().get(address)

    assert first.content == second.content
    assert (first["Cache-Control"], first["Vary"]) == (
        "public, max-age=0, stale-while-revalidate=30",
        "Accept-Encoding",
    )
    assert not first.cookies


def test_a_signed_in_person_gets_the_page_that_everybody_gets(client):
    out(title="Tin chung", slug="dau-tien", topic=topic())
    client.force_login(make.account(person=make.person(unit=make.unit())))

    assert client.get("/tin/dau-tien/").content == type(client)().get("/tin/dau-tien/").content


def test_the_first_view_of_a_story_weighs_less_than_50_kb_without_its_picture(client):
    words = "<p>Người lao động đọc kỹ phiếu lương và hỏi công đoàn khi có điều chưa rõ.</p>"
    story = out(title="Bài dài", short="Một dòng.\n" * 6, deep=words * 60, topic=topic())

    page = client.get(f"/tin/{story.slug}/")

    assets = [str(finders.find(name)) for name in set(re.findall(r'/static/([^"]+)"', text(page)))]
    assert len(assets) >= 4
    weight = len(gzip.compress(page.content)) + sum([len(gzip.compress(Path(path).read_bytes())) for path in assets])
    assert weight < 50_000


def test_no_page_asks_anything_of_another_host(client):
    story = out(title="Bài", photo=news.photo(), topic=topic(), themes=(THEME,))
    for address in ("/", f"/tin/{story.slug}/", "/tim/?q=bai", "/tai-khoan/login/", "/khong-co/"):
        page = re.sub(
            r'<(?:link rel="canonical"|meta property|script type="application/ld)[^\n]*', "", text(client.get(address))
        )
        assert "://" not in page
        assert 'src="//' not in page


def test_feeds_hold_whole_addresses_and_the_newest_stories(client, settings):
    unit = make.unit(code="CS-1")
    story = out(unit=unit, title="Tin & bài", themes=(THEME,))

    for address in ("/rss.xml", f"/chu-de/{THEME}/rss.xml", "/don-vi/CS-1/rss.xml"):
        feed = client.get(address)
        assert feed["Content-Type"] == "application/rss+xml; charset=utf-8"
        assert f"<link>{settings.BASE_URL}/tin/{story.slug}/</link>" in text(feed)
        assert "<title>Tin &amp; bài</title>" in text(feed)


def test_feeds_tell_that_a_story_was_corrected(client):
    at = now()
    out(title="Bài", summary="Tóm tắt.", corrected_at=at, correction_note="Số cũ đã sai.")

    told = text(client.get("/rss.xml"))

    assert f"Đính chính ngày {short_date(to_day(at))}: Số cũ đã sai. Tóm tắt." in told


def test_the_sitemap_streams_every_public_story_and_event(client, settings):
    today = now().date()
    story = out()
    news.story(published_at=None)
    said = {"unit": story.unit, "planned_by": make.account(), "changed_at": now(), "first_on": today, "last_on": today}
    event, _secret = (Event.objects.create(name="Hội thao", public=public, **said) for public in (True, False))

    answer = client.get("/sitemap.xml")

    assert answer.streaming
    body = answer.getvalue().decode()
    assert body.count("<url>") == 3
    assert f"<loc>{settings.BASE_URL}/tin/{story.slug}/</loc>" in body
    assert f"<loc>{settings.BASE_URL}/su-kien/{event.pk}/</loc>" in body


def test_robots_stay_out_of_what_is_not_public(client):
    page = text(client.get("/robots.txt"))

    assert [line for line in page.splitlines() if line.startswith("Disallow")] == [
        "Disallow: /quan-tri/",
        "Disallow: /tai-khoan/",
        "Disallow: /tim/",
        "Disallow: /toi/",
    ]


def test_posting_to_a_page_that_only_shows_is_refused(client):
    assert client.post("/").status_code == 405
    assert Account.objects.count() == 0


def test_a_story_tells_other_programs_what_it_is(client, settings):
    unit = make.unit(name="Công đoàn Hoa Sen")
    story = out(
        unit=unit, title="Lương </script><b>", summary="Tóm tắt & hơn", corrected_at=now(), correction_note="Sửa."
    )

    page = text(client.get(f"/tin/{story.slug}/"))

    [told] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    article = json.loads(told)
    assert (article["@type"], article["headline"], article["correction"]) == ("NewsArticle", story.title, "Sửa.")
    assert article["publisher"]["name"] == "Công đoàn Hoa Sen"
    assert f'<meta property="og:url" content="{settings.BASE_URL}/tin/{story.slug}/">' in page


def test_the_picture_of_a_passed_on_link_is_drawn_with_the_title(client):
    story = out(title="Nghiêng ngả đổ vỡ: " + "lương tối thiểu vùng " * 7)

    answer = client.get(f"/tin/{story.slug}/anh.png")

    drawn = Image.open(io.BytesIO(answer.content))
    assert (answer["Content-Type"], drawn.size) == ("image/png", (1200, 630))
    assert len(drawn.convert("RGB").getcolors(1 << 16) or []) > 3
    assert len(answer.content) < 60_000


def test_a_telephone_may_keep_the_site(client, settings):
    manifest = client.get("/manifest.webmanifest")
    worker = client.get("/ngoai-tuyen.js")

    assert (manifest.json()["lang"], manifest.json()["start_url"]) == ("vi", "/")
    assert worker["Content-Type"] == "text/javascript; charset=utf-8"
    assert "serviceWorker" in Path(str(finders.find("portal/offline.js"))).read_text()
    assert "Bạn đang không có mạng" in text(client.get("/ngoai-tuyen/"))
