from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.base.lunar import Lunar, to_lunar, to_solar

NEW_YEARS = [
    date(1985, 1, 21),  # a month before the calendars of UTC+8
    date(2007, 2, 17),  # a day before them
    date(2023, 1, 22),
    date(2024, 2, 10),
    date(2025, 1, 29),
    date(2026, 2, 17),
    date(2027, 2, 6),
    date(2028, 1, 26),
    date(2030, 2, 2),  # a day before them
]


@pytest.mark.parametrize("day", NEW_YEARS)
def test_new_year(day):
    assert to_solar(1, 1, day.year) == day
    assert to_lunar(day) == Lunar(day=1, month=1, year=day.year)


def test_day_of_the_ancestors():
    """Giỗ Tổ Hùng Vương, 10/3."""
    assert [to_solar(10, 3, year) for year in (2024, 2025, 2026)] == [
        date(2024, 4, 18),
        date(2025, 4, 7),
        date(2026, 4, 26),
    ]


def test_leap_months():
    assert (to_solar(1, 2, 2023), to_solar(1, 2, 2023, leap=True)) == (date(2023, 2, 20), date(2023, 3, 22))
    assert (to_solar(1, 6, 2025), to_solar(1, 6, 2025, leap=True)) == (date(2025, 6, 25), date(2025, 7, 25))
    assert to_lunar(date(2025, 8, 1)) == Lunar(day=8, month=6, year=2025, leap=True)


def test_the_last_days_of_a_lunar_year_lie_in_the_next_solar_one():
    assert to_lunar(date(2026, 2, 16)) == Lunar(day=29, month=12, year=2025)
    assert to_solar(23, 12, 2025) == date(2026, 2, 10)  # ông Công, ông Táo


@pytest.mark.parametrize(
    "lunar", [(1, 2, 2024, True), (30, 12, 2025, False), (0, 1, 2026, False), (1, 13, 2026, False)]
)
def test_days_that_do_not_exist_are_refused(lunar):
    with pytest.raises(ValueError, match="the lunar calendar has no"):
        to_solar(*lunar)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_there_and_back_again(day):
    lunar = to_lunar(day)
    assert to_solar(lunar.day, lunar.month, lunar.year, lunar.leap) == day
    assert 1 <= lunar.day <= 30
    assert 1 <= lunar.month <= 12


@given(st.integers(1900, 2100))
def test_new_year_falls_between_20_january_and_21_february(year):
    assert date(year, 1, 20) <= to_solar(1, 1, year) <= date(year, 2, 21)
