from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.base.lunar import Lunar, day_in, to_lunar, to_solar

DAYS = """
2000-02-05 2001-01-24 2002-02-12 2003-02-01 2004-01-22 2005-02-09 2006-01-29 2007-02-17 2008-02-07
2009-01-26 2010-02-14 2011-02-03 2012-01-23 2013-02-10 2014-01-31 2015-02-19 2016-02-08 2017-01-28
2018-02-16 2019-02-05 2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10 2025-01-29 2026-02-17
2027-02-06 2028-01-26 2029-02-13 2030-02-02 2031-01-23 2032-02-11 2033-01-31 2034-02-19 2035-02-08
2036-01-28 2037-02-15 2038-02-04 2039-01-24 2040-02-12 2041-02-01 2042-01-22 2043-02-10 2044-01-30
2045-02-17 2046-02-06 2047-01-26 2048-02-14 2049-02-02 2050-01-23
"""
NEW_YEARS = [
    date(1985, 1, 21),  # a month before the calendars of UTC+8
    *(date.fromisoformat(day) for day in DAYS.split()),
]
"""As printed calendars have them; those of UTC+8 say a day later in 2007 and 2030."""


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


@given(st.integers(2000, 2100), st.integers(1, 12), st.integers(1, 30))
def test_a_day_that_returns_has_one_solar_day_each_year_and_never_leaves_its_month(year, month, day):
    said = to_lunar(day_in(year, month=month, day=day))

    assert (said.year, said.month, said.leap) == (year, month, False)
    assert said.day == day or (day, said.day) == (30, 29)
