"""Showing where a search hit is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.portal.marking import around, marked, words_of


@pytest.mark.parametrize(
    ("text", "asked", "expected"),
    [
        ("Hướng dẫn lương", "huong luong", "<mark>Hướng</mark> dẫn <mark>lương</mark>"),
        ("Hướng dẫn lương", "dan luong", "Hướng <mark>dẫn lương</mark>"),
        ("Đoàn viên, đoàn kết", "đoàn", "<mark>Đoàn</mark> viên, <mark>đoàn</mark> kết"),
        ("hoà và hòa", "hoà", "<mark>hoà</mark> và <mark>hòa</mark>"),
        ("lương & <b>", "luong", "<mark>lương</mark> &amp; &lt;b&gt;"),
        ("không có gì", "", "không có gì"),
        ("", "gì", ""),
    ],
)
def test_words_that_were_asked_for_are_marked_with_or_without_marks(text, asked, expected):
    assert marked(text, words_of(asked)) == expected


def test_a_long_text_is_shown_around_the_first_word_asked_for():
    text = "mở đầu " * 60 + "tiền lương tháng này " + "kết thúc " * 60

    shown = around(text, words_of("luong"))

    assert "tiền lương tháng này" in shown
    assert (shown[:2], shown[-2:]) == ("… ", " …")
    assert len(shown) <= 230


@given(st.text(max_size=300), st.text(max_size=20))
def test_marking_never_lets_markup_through(text, asked):
    bare = marked(text, words_of(asked)).replace("<mark>", "").replace("</mark>", "")

    assert "<" not in bare
    assert ">" not in bare


@given(st.text(max_size=600), st.text(max_size=20))
def test_what_is_shown_around_is_never_much_longer_than_asked_for(text, asked):
    assert len(around(text, words_of(asked), length=100)) <= max(104, max(map(len, text.split()), default=0) + 4)
