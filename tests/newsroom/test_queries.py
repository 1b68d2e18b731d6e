"""What the public may ask of the newsroom."""

from datetime import timedelta

import pytest

from loa.base.dates import today
from loa.newsroom import queries
from loa.newsroom.models import Story
from loa.newsroom.words import Asked, Sieve
from tests import make
from tests import make_news as news
from tests.make import DAY, NOON

pytestmark = pytest.mark.django_db


def slugs(stories):
    return [story.slug for story in stories]


def test_the_front_page_shows_only_what_is_out_newest_first():
    old = news.story(published_at=NOON - timedelta(days=2))
    new = news.story(published_at=NOON)
    news.story(published_at=None)
    news.story(published_at=NOON + timedelta(seconds=1))
    news.story(withdrawn_at=NOON, withdrawal_reason="Sai số liệu.")

    page = queries.front_page(at=NOON)

    assert (page.stories, page.after) == ([new, old], "")


def test_pages_follow_each_other_without_a_gap_or_a_repeat_even_within_one_instant():
    made = [news.story(published_at=NOON) for _ in range(5)]

    seen: list[Story] = []
    after = ""
    for _ in range(3):
        page = queries.front_page(at=NOON, after=after, limit=2)
        seen, after = [*seen, *page.stories], page.after

    assert seen == sorted(made, key=lambda story: -story.pk)
    assert after == ""


@pytest.mark.parametrize("cursor", ["", "x", "1", "1.", ".1", "²³.1", "1" * 40 + ".1", "1." + "9" * 40, "-1.-1"])
def test_a_cursor_that_we_never_wrote_is_the_first_page(cursor):
    story = news.story()

    assert queries.front_page(at=NOON, after=cursor).stories == [story]


@pytest.mark.parametrize("how_many", [1, 3])
def test_a_list_costs_the_same_however_many_stories(django_assert_num_queries, how_many):
    for _ in range(how_many):
        news.story(photo=news.photo(), themes=("phap-luat-quyen-loi",))

    with django_assert_num_queries(2):
        page = queries.by_theme("phap-luat-quyen-loi", at=NOON)

    assert [story.unit_name for story in page.stories] == [f"Công đoàn {story.unit.code}" for story in page.stories]
    assert len(page.stories) == how_many


def test_a_story_is_found_by_its_address_and_a_withdrawn_one_with_its_reason():
    out = news.story(themes=("su-kien-trong-nam",))
    back = news.story(withdrawn_at=NOON, withdrawal_reason="Sai số liệu.")

    assert queries.published(out.slug, at=NOON) == out
    assert queries.withdrawn(back.slug).withdrawal_reason == "Sai số liệu."
    with pytest.raises(Story.DoesNotExist):
        queries.published(back.slug, at=NOON)
    with pytest.raises(Story.DoesNotExist):
        queries.withdrawn(out.slug)


def test_a_unit_shows_its_whole_subtree_and_nothing_else():
    province = make.unit()
    district = make.unit(parent=province)
    grassroots = make.unit(parent=district)
    here, below = news.story(unit=district), news.story(unit=grassroots)
    news.story(unit=province)

    assert queries.by_unit(district.pk, on=DAY, at=NOON).stories == [below, here]
    assert queries.by_unit(0, on=DAY, at=NOON).stories == []


@pytest.mark.parametrize(
    "asked", ["huong dan luong", "hướng dẫn lương", "HƯỚNG  DẪN", "lương tối thiểu", "vùng (mới)!"]
)
def test_search_finds_words_with_and_without_their_marks(asked):
    found = news.story(title="Hướng dẫn tính lương tối thiểu vùng mới")
    news.story(title="Hội thao công nhân")

    assert news.search(asked, at=NOON) == [found]


def test_search_looks_into_all_text_and_puts_the_exact_title_first():
    text = news.story(title="Bản tin tháng 3", deep="<p>Mức <b>hướng</b> dẫn</p>", published_at=NOON)
    folded = news.story(title="Huong dan viet tin", published_at=NOON - timedelta(days=1))
    exact = news.story(title="Hướng dẫn viết đơn", published_at=NOON - timedelta(days=2))

    assert news.search("hướng dẫn", at=NOON) == [exact, folded, text]


@pytest.mark.parametrize("asked", ["", "   ", "()", '"', "OR", "NOT a", "a" * 5000, "%_", "'; --", "\x00"])
def test_search_takes_whatever_people_type(asked):
    assert news.search(asked, at=NOON) == []


def test_search_hides_what_is_not_out():
    news.story(title="Lương", published_at=None)
    news.story(title="Lương", withdrawn_at=NOON, withdrawal_reason="Sai.")

    assert news.search("luong", at=NOON) == []


def test_what_is_published_elsewhere_alone_is_neither_found_nor_counted():
    shown = news.story(title="Lương tối thiểu")
    elsewhere = news.story(title="Lương tối thiểu trên tạp chí", on_site=False)

    found = queries.find(Asked.read("luong toi thieu"), Sieve(), at=NOON, on=today(NOON))

    assert (found.stories, found.total) == ([shown], 1)
    assert queries.beginning_with(Asked.read("luong toi"), at=NOON) == [shown]
    assert elsewhere.words is not None


@pytest.mark.parametrize("how_many", [1, 3])
def test_search_costs_the_same_however_many_hits(django_assert_max_num_queries, how_many):
    for _ in range(how_many):
        news.story(title="Lương tối thiểu")

    with django_assert_max_num_queries(5):
        assert len(news.search("luong", at=NOON)) == how_many


def test_related_stories_share_the_topic_first_and_then_themes():
    story = news.story(themes=("phap-luat-quyen-loi", "su-kien-trong-nam"))
    far = news.story()
    one = news.story(themes=("su-kien-trong-nam",))
    two = news.story(themes=("phap-luat-quyen-loi", "su-kien-trong-nam"))
    news.story(kind=Story.Kind.POLITICAL)

    among = queries.newest(kind=story.kind, at=NOON)
    assert queries.nearest(story, among) == [two.pk, one.pk, far.pk]


def test_the_sitemap_names_every_story_that_is_out():
    out = news.story()
    news.story(published_at=None)

    assert list(queries.sitemap_rows(at=NOON)) == [(out.slug, NOON)]
