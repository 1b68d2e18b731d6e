"""Search: what it finds, what stands first, what it offers when it finds nothing."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.newsroom import queries, words
from loa.newsroom.actions.indexing import make_findable
from loa.newsroom.models import StoryWords
from loa.newsroom.nearness import nearest
from loa.newsroom.queries.finding import MOST
from loa.newsroom.wordbook import learn
from loa.newsroom.words import Asked, Sieve
from tests import make
from tests import make_news as news
from tests.make import DAY, NOON


def ago(days):
    return NOON - timedelta(days=days)


@pytest.mark.django_db
def test_the_best_stands_first_whatever_its_age():
    somewhere = news.story(title="Bản tin", short="Lương mới; mức tối thiểu của vùng.", published_at=NOON)
    folded_text = news.story(title="Bản tin", short="luong toi thieu vung", published_at=ago(1))
    exact_text = news.story(title="Bản tin", short="Nói về lương tối thiểu vùng.", published_at=ago(2))
    apart = news.story(title="Vùng nào có lương ở mức tối thiểu", published_at=ago(3))
    folded = news.story(title="Luong toi thieu vung", published_at=ago(4))
    exact = news.story(title="Lương tối thiểu vùng", published_at=ago(5))

    asked = "lương tối thiểu vùng"
    assert news.search(asked) == [exact, folded, apart, exact_text, folded_text, somewhere]
    assert news.search("luong toi thieu vung")[:2] == [folded, exact]


@pytest.mark.django_db
def test_the_best_is_found_among_more_hits_than_are_ranked():
    best = news.story(title="Lương tối thiểu vùng", published_at=ago(900))
    for number in range(MOST + 5):
        news.story(title=f"Bản tin {number}", short="Vùng có lương tối thiểu.", published_at=ago(number))

    found = queries.find(Asked.read("lương tối thiểu vùng"), Sieve(), at=NOON, on=DAY)

    assert (found.stories[0], found.total, found.many, found.following) == (best, MOST, True, 2)


@pytest.mark.django_db
def test_a_search_is_narrowed_by_theme_type_unit_year_and_questions():
    province = make.unit(kind_code="province")
    unit = make.unit(parent=province)
    wanted = news.story(
        unit=unit, title="Lương", type_code="hoi-dap", themes=("su-kien-trong-nam",), question="Vì sao?"
    )
    other = news.story(title="Lương", published_at=ago(800))
    theme, kind = news.theme("su-kien-trong-nam"), news.product_type("hoi-dap")

    sieves: list[dict] = [{"theme_id": theme.pk}, {"type_id": kind.pk}, {"unit_id": province.pk}, {"year": DAY.year}]
    sieves += [{"questions": True}, {"since": ago(30)}]
    assert [news.search("luong", **sieve) for sieve in sieves] == [[wanted]] * 6
    assert news.search("luong", questions=False) == [other]
    assert news.search("", questions=True) == [wanted]
    assert news.search("luong", unit_id=make.unit().pk) == []


@pytest.mark.django_db
def test_what_is_corrected_is_found_by_its_new_words_and_what_expires_not_at_all():
    story = news.story(title="Lương tối thiểu")
    story.title = "Tiền thưởng"
    story.save()
    make_findable([story])

    assert (news.search("luong"), news.search("thuong")) == ([], [story])
    type(story).objects.update(expire_at=NOON)
    assert news.search("thuong") == []


@pytest.mark.django_db
def test_pages_follow_one_another_and_end():
    made = [news.story(title="Lương", published_at=ago(number)) for number in range(45)]

    pages = [queries.find(Asked.read("luong"), Sieve(), at=NOON, on=DAY, page=page) for page in (1, 2, 3, 9)]

    assert [story for page in pages[:3] for story in page.stories] == made
    assert [page.following for page in pages] == [2, 3, None, None]
    assert pages[3].stories == pages[2].stories


@pytest.mark.django_db
@pytest.mark.parametrize("how_many", [1, 3])
def test_suggestions_begin_as_it_was_typed_and_cost_two_queries(django_assert_num_queries, how_many):
    for number in range(how_many):
        news.story(title=f"Lương tối thiểu {number}")
    news.story(title="Ngày hội")

    with django_assert_num_queries(2):
        found = queries.beginning_with(Asked.read("lương tố"), at=NOON)

    assert {story.title.rpartition(" ")[0] for story in found} == {"Lương tối thiểu"}
    assert len(found) == how_many


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("luong toi thieuu", "lương tối thiểu"),
        ("lươgn tối thiểu", "lương tối thiểu"),
        ("lương tối thểu", "lương tối thiểu"),
        ("bảo hiểm xả hooi", "bảo hiểm xã hội"),
        ("luong toi thieu", ""),
        ("zzzzzzzz", ""),
    ],
)
def test_a_wrong_word_is_put_right_from_what_the_union_writes(typed, meant):
    news.story(title="Lương tối thiểu vùng", short="Bảo hiểm xã hội đóng theo lương. Hồi xưa, khi hội họp.")

    assert queries.meant(Asked.read(typed), at=NOON) == meant


def test_the_neighbours_decide_between_equally_near_words():
    book = learn(["bảo hiểm xã hội", "hỏi đáp", "hỏi đáp", "hỏi đáp"])

    assert nearest(["xã", "hoii"], {"hoii"}, book) == "xã hội"
    assert nearest(["hoii", "đáp"], {"hoii"}, book) == "hỏi đáp"


def test_words_and_pairs_stand_without_marks_and_with_them():
    found = words.of_text(["Tiền lương", "Đoàn"])

    assert found == ["tien", "luong", "tien_luong", "m__tiền", "m__lương", "m__tiền_lương", "doan", "m__đoàn"]


@pytest.mark.django_db
@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_is_typed_is_found_by_itself(typed, other):
    asked = Asked.read(typed)
    rows = StoryWords.objects.filter(body__has=asked.bare, title__has=[*asked.exact, *asked.pairs])
    if asked:
        assert list(rows) == []
        assert set(asked.bare) <= set(words.of_text([typed, other]))


def test_a_sieve_that_narrows_nothing_is_none():
    assert (bool(Sieve()), bool(Sieve(year=2026)), bool(Sieve(questions=False))) == (False, True, True)
