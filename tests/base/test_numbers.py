from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.base.numbers import number, parse_number, percent


@pytest.mark.parametrize(
    ("value", "places", "written"),
    [
        (1234.5, None, "1.234,5"),
        (1234567, None, "1.234.567"),
        (-1234.5, 2, "-1.234,50"),
        (5.0, None, "5"),
        (0.1 + 0.2, 1, "0,3"),
        (2.5, 0, "3"),
        (Decimal("1E+3"), None, "1.000"),
        (Decimal("2530000"), 0, "2.530.000"),
        (0, None, "0"),
    ],
)
def test_numbers_are_written_with_points_and_a_comma(value, places, written):
    assert number(value, places) == written


@pytest.mark.parametrize(
    ("numerator", "denominator", "written"),
    [(853, 1000, "85,3 %"), (1, 3, "33,3 %"), (0, 5, "0,0 %"), (1, 0, "—"), (1, None, "—"), (None, 5, "—")],
)
def test_shares(numerator, denominator, written):
    assert percent(numerator, denominator) == written


def test_shares_with_other_places():
    assert (percent(2, 3, 0), percent(2, 3, 2)) == ("67 %", "66,67 %")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,5", "1234.5"),
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        ("12.5", "12.5"),
        ("12,5", "12.5"),
        ("1,234.5", "1234.5"),
        ("1,234,567", "1234567"),
        (" 85,3 % ", "85.3"),
        ("2 530 000", "2530000"),
        ("-3", "-3"),
    ],
)
def test_numbers_are_read(text, value):
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "abc", "1.2.3", "12,3,4", "1..2", "--3", "nan", "1e5"])
def test_what_is_no_number_is_none(text):
    assert parse_number(text) is None


@given(st.decimals(-(10**12), 10**12, places=2))
def test_what_is_written_is_read_back(value):
    assert parse_number(number(value, 2)) == value
