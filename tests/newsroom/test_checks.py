"""The check of a text: spelling by the rules of syllables, wrong tones by their neighbours, advice; it never blocks."""

import re
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation

from loa.newsroom import actions, advice, queries, terms
from loa.newsroom.counting import SYLLABLE
from loa.newsroom.models import Story, Term
from loa.newsroom.spelling import doubts
from loa.newsroom.syllables import is_syllable, reposition
from loa.newsroom.wordbook import Wordbook, learn
from tests import make
from tests import make_news as news
from tests.make import NOON

PLAN = Path(__file__).parents[2] / "plans/binh-dinh-2023-2028.yaml"
BOOK = learn([], terms=[*terms.PLAIN, *terms.ABBREVIATIONS.values()])

RIGHT = """hoà hòa thuỷ thủy quý giếng gì gìn giữa nghỉ ngờ khuyến nguyễn huỳnh rượu hươu ngoằn ngoèo quyết quốc quê kỷ
tuýt cuộc chiếc giết yêu yểm oán uống ướt ương khuya"""
WRONG = "tóan ngừơi qúy ngĩ kông đoanf chiêc bât nghã zui tiêt đươcj hòan"


@pytest.mark.parametrize("word", RIGHT.split())
def test_right_syllables_pass(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", WRONG.split())
def test_what_cannot_be_a_syllable_is_doubted(word):
    assert not is_syllable(word)


def test_a_misplaced_tone_is_put_where_it_belongs():
    assert [reposition(word) for word in ("tóan", "ngừơi", "qúy", "kông")] == ["toán", "người", "quý", ""]


def test_the_plan_itself_is_spelt_right_by_these_rules():
    written = [word for word in SYLLABLE.findall(_vietnamese(PLAN)) if re.fullmatch(r"[a-zà-ỹđ]+", word)]
    doubted = [word for word in written if not is_syllable(word) and not word.isascii()]

    assert len(written) > 900
    assert doubted == []


def _vietnamese(path: Path) -> str:
    return "\n".join(re.findall(r":\s+(.*[À-ỹ].*)", path.read_text(encoding="utf-8")))


def test_a_wrong_tone_is_doubted_by_its_neighbours_and_keeps_its_capital():
    found = doubts("Công đoan cơ sở nhắc: Bảo hiễm xã hội. Ngừơi lao động.", BOOK)

    assert [(doubt.words, doubt.instead, doubt.kind) for doubt in found] == [
        ("đoan", "đoàn", "context"), ("hiễm", "hiểm", "context"), ("Ngừơi", "Người", "context"),
    ]  # fmt: skip


def test_names_abbreviations_loans_and_other_pairs_are_left_alone():
    text = "Chị Hoan ở Kbang xem fanpage, clip của CĐCS; ký hợp đồng 1/7. Lao đồng? Một đoạn đường công cộng."

    assert [doubt.words for doubt in doubts(text, BOOK)] == ["đồng"]
    assert doubts("Công đoan", Wordbook()) == []


def test_what_is_written_in_two_ways_is_not_doubted():
    book = learn(["bàn tay", "bán tay"] * 5)

    assert doubts("bạn tay", book) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", []),
        ("Từ ngày 1/7, lương tối thiểu tăng 7,2%.", []),
        ("Căn cứ Kế hoạch số 5, công đoàn triển khai.", ["The first line begins like an official letter"]),
        ("Lương tăng.", ["The first line should be one sentence"]),
        ("Công đoàn tặng quà cho đoàn viên.", ["The first line names no day"]),
        ("Sáng 1/7 có tư vấn. " + "rất dài " * 14, ["This sentence has 28 syllables"]),
        ("Sáng 1/7 hỏi BHXH và CĐCS.", ["“BHXH” is not explained; write “bảo hiểm xã hội (BHXH)”", "“CĐCS” is not"]),
    ],
)
def test_advice_on_the_short_edition(text, said):
    with translation.override("en"):
        told = advice.on_short(text, known={"BHXH": "bảo hiểm xã hội"})

    assert [sentence[: len(start)] for sentence, start in zip(told, said, strict=True)] == said


def test_a_first_line_that_repeats_the_title_is_noted():
    with translation.override("en"):
        assert advice.on_short("Lương tăng từ 1/7.", title="Lương tăng từ 1/7") == [
            "The first line only repeats the title. Say what the title leaves open."
        ]


pytestmark = pytest.mark.django_db


@pytest.fixture
def writer():
    return make.account(role="writer", unit=make.unit())


def drafted(writer, **fields) -> Story:
    unit = writer.grants.get().unit
    story = Story(unit=unit, product_type=news.product_type(), title="Một tin", kind=Story.Kind.IMAGE, **fields)
    actions.draft(story, by=writer, at=NOON)
    return story


def test_the_check_of_a_story_works_without_scripts_and_changes_nothing(client, writer):
    story = drafted(writer, short="Sáng 1/7, công đoan tặng quà.\nHỏi BHXH.")
    client.force_login(writer)

    page = client.get(reverse("newsroom:check", args=[story.pk])).content.decode()

    assert "<mark>đoan</mark>" in page
    assert "Có phải là “đoàn”?" in page
    assert "bảo hiểm xã hội (BHXH)" in page
    story.refresh_from_db()
    assert story.revisions.count() == 1
    assert client.get(reverse("newsroom:check", args=[news.story(published_at=None).pk])).status_code == 404


def test_what_is_typed_is_checked_and_kept_nowhere(client, writer):
    client.force_login(writer)

    answer = client.post(reverse("newsroom:check_text"), {"short": "Ngừơi lao động."}).content.decode()

    assert "<mark>Ngừơi</mark>" in answer
    assert "<html" not in answer
    assert "Chưa có nội dung" in client.post(reverse("newsroom:check_text"), {"title": " "}).content.decode()
    assert not Story.objects.exists()


def test_words_the_union_does_not_say_are_named_with_what_it_says(writer):
    Term.objects.create(name="đoàn viên và người lao động", avoided="quần chúng công nhân")

    [edition] = queries.check({"deep": "Nhiều quần chúng công nhân đã tới."}).editions

    assert edition.advice == ["Thay cho “quần chúng công nhân”, công đoàn nói “đoàn viên và người lao động”."]


def test_the_wordbook_learns_from_what_is_published(writer):
    for _ in range(3):
        news.story(short="Cầu Thị Nại thông xe.")
    assert queries.check({"short": "Cầu Thị Nai hôm nay."}).learnt_from == 3


@pytest.mark.parametrize("how_many", [1, 3])
def test_a_check_costs_the_same_however_many_texts(writer, django_assert_num_queries, how_many):
    texts = dict(list({"short": "Một câu.", "deep": "Hai câu.", "summary": "Ba câu."}.items())[:how_many])
    queries.check(texts)

    with django_assert_num_queries(2):
        assert len(queries.check(texts).editions) == how_many
