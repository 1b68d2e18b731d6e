"""Vietnamese numbers in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.base.numerals import in_digits, spelled
from loa.newsroom.stating import canonical


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("bốn triệu một trăm bốn mươi nghìn đồng", "4 triệu 140 nghìn đồng"),
        ("Năm triệu đồng", "5 triệu đồng"),
        ("hai triệu rưỡi", "2 triệu rưỡi"),
        ("4 triệu một trăm bốn mươi nghìn", "4 triệu 140 nghìn"),
        ("mười hai ngày, hai mươi mốt suất, một trăm linh năm người", "12 ngày, 21 suất, 105 người"),
        ("mười ngày", "10 ngày"),
        ("hai nghìn không trăm hai mươi sáu", "2026"),
        ("một nghìn hai trăm", "1200"),
        ("ba trăm lẻ năm tỷ", "305 tỷ"),
        ("mười lăm phần trăm", "15 phần trăm"),
    ],
)
def test_numbers_in_words_become_digits(text, read):
    assert in_digits(text) == read


@pytest.mark.parametrize(
    "text",
    [
        "mỗi năm, năm nay, năm 2026", "một tháng", "hai bên", "phần trăm", "một trong ba người", "lương tháng tư",
        "nhà máy hàng nghìn người", "nam trieu", "sáu tháng", "chín muồi",
    ],
)  # fmt: skip
def test_what_is_no_number_stays(text):
    assert in_digits(text) == text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("mỗi năm một triệu đồng", "mỗi năm 1 triệu đồng"),
        ("năm hai nghìn không trăm hai mươi sáu", "năm 2026"),
        ("trong năm mười triệu", "trong năm 10 triệu"),
    ],
)
def test_a_year_before_a_number_is_no_part_of_it(text, read):
    assert in_digits(text) == read


@given(st.integers(min_value=10, max_value=10**12 - 1))
def test_what_is_spelled_is_read_as_the_same_number(number):
    assert canonical(spelled(number)) == str(number)


@pytest.mark.parametrize("number", [0, -1, 10**12])
def test_what_has_no_words_here_is_refused(number):
    with pytest.raises(ValueError, match=str(number)):
        spelled(number)
