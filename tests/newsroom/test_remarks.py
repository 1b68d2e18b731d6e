"""Remarks on passages: found again when the text moves, answered, settled by the one who made them."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from loa.base.errors import Refused
from loa.ledger import queries as ledger
from loa.ledger.models import Entry
from loa.newsroom import actions, queries
from loa.newsroom.models import Remark, Story
from loa.newsroom.passages import Passage, locate, pick
from tests import make
from tests import make_news as news
from tests.make import NOON

TEXT = "Từ ngày 1/7, lương tối thiểu vùng tăng. Người lao động hỏi công đoàn cơ sở. Lương tối thiểu vùng có bốn mức."


def test_a_passage_is_picked_with_what_stands_around_it():
    assert pick("Một  hai\nba bốn năm", "hai ba") == Passage(quote="hai ba", before="Một ", after=" bốn năm")
    assert pick(TEXT, "không có") is None
    assert pick(TEXT, "  ") is None


@given(before=st.text(max_size=60), after=st.text(max_size=60))
def test_a_passage_follows_its_text_wherever_it_moves(before, after):
    passage = pick(TEXT, "Người lao động hỏi công đoàn cơ sở.")
    assert passage is not None

    found = locate(f"{before}\n{TEXT}\n{after}", passage)

    assert found is not None
    assert (found.words, found.exact) == (passage.quote, True)


def test_of_equal_passages_the_one_in_the_same_surroundings_is_meant():
    second = Passage(quote="Lương", before="công đoàn cơ sở. ", after=" tối thiểu vùng có bốn mức.")
    text = "Lương tháng. " + TEXT

    found = locate(text, second)

    assert found is not None
    assert (found.words, found.after, found.exact) == ("Lương", " tối thiểu vùng có bốn mức.", True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TEXT.replace("lương tối thiểu vùng tăng", "lương vùng tăng 7,2%"), "lương vùng tăng 7,2%"),
        ("Đoạn mới. Hôm nay lương tối thiểu tăng thêm ở mọi nơi.", "nay lương tối thiểu tăng"),
    ],
)
def test_a_changed_passage_is_still_shown_as_changed(text, words):
    passage = pick(TEXT, "lương tối thiểu vùng tăng")
    assert passage is not None

    found = locate(text, passage)

    assert found is not None
    assert (found.words, found.exact) == (words, False)


def test_a_passage_whose_words_are_gone_is_not_invented():
    passage = pick(TEXT, "Người lao động hỏi công đoàn cơ sở.")
    assert passage is not None

    assert locate("Hội thao của phường diễn ra chiều nay, mời bà con tới xem.", passage) is None
    assert locate("", passage) is None


pytestmark = pytest.mark.django_db


class Cast:
    def __init__(self) -> None:
        self.unit = make.unit(parent=make.unit())
        self.writer = make.account(role="writer", unit=self.unit)
        self.approver = make.account(role="approver", unit=self.unit)
        self.stranger = make.account(role="approver", unit=make.unit())
        self.story = Story(
            unit=self.unit, product_type=news.product_type(), title="Lương", kind=Story.Kind.IMAGE, short=TEXT,
            deep="<p>Mức <b>lương</b> mới.</p>",
        )  # fmt: skip
        actions.draft(self.story, by=self.writer, at=NOON)

    def remark(self, **changes: Any) -> Remark:
        fields: dict[str, Any] = {
            "edition": "short",
            "quote": "bốn mức",
            "text": "Nêu rõ bốn mức.",
            "by": self.approver,
        } | changes
        return actions.make_remark(self.story, at=NOON, **fields)


@pytest.fixture
def cast() -> Cast:
    return Cast()


def refuses(words, action, *args, **kwargs):
    facts, rows = Entry.objects.count(), list(Remark.objects.values())
    with translation.override("en"), pytest.raises(Refused, match=words):
        action(*args, **kwargs)
    assert (Entry.objects.count(), list(Remark.objects.values())) == (facts, rows)


def test_a_remark_is_answered_and_settled_by_the_one_who_made_it(cast):
    remark = cast.remark()

    actions.answer_remark(remark, text="Đã thêm.", by=cast.writer, at=NOON)
    refuses("says when it is settled", actions.resolve_remark, remark, by=cast.writer, at=NOON)
    actions.resolve_remark(remark, by=cast.approver, at=NOON)

    [shown] = queries.remarks(cast.story, cast.story)
    assert [answer.text for answer in shown.answers] == ["Đã thêm."]
    assert (shown.remark.resolved_by, shown.found and shown.found.exact) == (cast.approver, True)
    refuses("settled already", actions.resolve_remark, remark, by=cast.approver, at=NOON)
    actions.answer_remark(remark, text="Còn thiếu một mức.", by=cast.approver, at=NOON)
    remark.refresh_from_db()
    assert remark.resolved_at is None
    kinds = [entry.kind for entry in ledger.history(cast.story.ref)][::-1]
    assert kinds == [f"newsroom.remark-{what}" for what in ("made", "answered", "resolved", "answered")]
    assert all("thiếu" not in str(entry.data) for entry in ledger.history(cast.story.ref))


def test_a_remark_is_refused_for_each_good_reason(cast):
    refuses("do not stand there", cast.remark, quote="năm mức")
    refuses("do not stand there", cast.remark, edition="nowhere")
    refuses("want to say", cast.remark, text=" ")
    refuses("Only those", cast.remark, by=cast.stranger)
    remark = cast.remark()
    refuses("Only those", actions.answer_remark, remark, text="Không", by=cast.stranger, at=NOON)
    refuses("your answer", actions.answer_remark, remark, text="", by=cast.writer, at=NOON)


def test_the_screen_takes_a_remark_without_scripts_and_shows_where_it_stands_now(client, cast):
    client.force_login(cast.approver)
    here = reverse("newsroom:story", args=[cast.story.pk])
    typed = {"edition": "deep", "quote": "Mức lương\nmới.", "text": "Ghi số tiền."}

    client.post(reverse("newsroom:make_remark", args=[cast.story.pk]), typed)
    remark = Remark.objects.get()
    assert "<mark>Mức lương mới.</mark>" in client.get(here).content.decode()
    cast.story.deep = "<p>Hôm nay trời đẹp.</p>"
    actions.draft(cast.story, by=cast.writer, at=NOON)
    assert "<del>Mức lương mới.</del>" in client.get(here).content.decode()
    client.force_login(cast.writer)
    client.post(reverse("newsroom:answer_remark", args=[remark.pk]), {"text": "Đã viết lại."})
    client.force_login(cast.approver)
    client.post(reverse("newsroom:resolve_remark", args=[remark.pk]))
    remark.refresh_from_db()
    assert remark.resolved_at is not None

    client.force_login(cast.stranger)
    for name in ("answer_remark", "resolve_remark"):
        assert client.post(reverse(f"newsroom:{name}", args=[remark.pk])).status_code == 404
    client.force_login(make.account(role="auditor", unit=cast.unit))
    assert client.post(reverse("newsroom:make_remark", args=[cast.story.pk]), typed).status_code == 404


@pytest.mark.parametrize("how_many", [1, 3])
def test_remarks_cost_the_same_however_many(cast, django_assert_num_queries, how_many):
    for _ in range(how_many):
        actions.answer_remark(cast.remark(), text="Vâng.", by=cast.writer, at=NOON)

    with django_assert_num_queries(2):
        assert len(queries.remarks(cast.story, cast.story)) == how_many
