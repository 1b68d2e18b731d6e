"""Events that return every year, by the sun or by the moon."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.base.lunar import to_lunar
from loa.base.periods import Period
from loa.newsroom.recurring import MOON, SUN, next_occurrence, occurrences


def days(first, last=None):
    return Period(first=first, last=last or first)


def firsts(own, repeats, within):
    return [one.first for one in occurrences(own, repeats, within=within)]


TWENTIES = days(date(2020, 1, 1), date(2029, 12, 31))


def test_what_happens_once_touches_only_its_days():
    own = days(date(2026, 7, 27), date(2026, 7, 29))

    assert occurrences(own, "", within=days(date(2026, 7, 29), date(2026, 8, 4))) == [own]
    assert occurrences(own, "", within=days(date(2026, 7, 30), date(2026, 8, 4))) == []


def test_a_solar_day_returns_and_never_before_the_first_time():
    assert firsts(days(date(2026, 7, 28)), SUN, TWENTIES) == [date(year, 7, 28) for year in range(2026, 2030)]


def test_the_29th_of_february_is_the_28th_where_there_is_none():
    assert firsts(days(date(2024, 2, 29)), SUN, TWENTIES) == [
        date(2024, 2, 29), date(2025, 2, 28), date(2026, 2, 28), date(2027, 2, 28), date(2028, 2, 29), date(2029, 2, 28)
    ]  # fmt: skip


def test_the_tenth_of_the_third_month_falls_each_year_on_its_own_solar_day():
    """Giỗ Tổ Hùng Vương."""
    assert firsts(days(date(2024, 4, 18)), MOON, TWENTIES) == [
        date(2024, 4, 18), date(2025, 4, 7), date(2026, 4, 26), date(2027, 4, 16), date(2028, 4, 4), date(2029, 4, 23),
    ]  # fmt: skip


def test_a_lunar_day_of_december_may_come_twice_in_a_solar_year_or_not_at_all():
    own = days(date(2024, 1, 10))  # 29/11
    by_year = [len(occurrences(own, MOON, within=days(date(y, 1, 1), date(y, 12, 31)))) for y in range(2024, 2044)]

    assert set(by_year) == {0, 1, 2}
    assert sum(by_year) == pytest.approx(20, abs=1)


def test_a_feast_of_several_days_is_found_over_the_new_year():
    own = days(date(2025, 12, 30), date(2026, 1, 2))

    assert occurrences(own, SUN, within=days(date(2027, 1, 1))) == [days(date(2026, 12, 30), date(2027, 1, 2))]
    assert next_occurrence(own, SUN, on=date(2027, 1, 2)) == days(date(2026, 12, 30), date(2027, 1, 2))
    assert next_occurrence(own, "", on=date(2026, 1, 3)) is None
    assert next_occurrence(own, "", on=date(2020, 1, 1)) == own


@given(st.dates(date(2000, 1, 1), date(2040, 12, 31)), st.sampled_from([SUN, MOON]), st.integers(0, 20))
def test_it_returns_once_in_every_year_with_the_same_length(first, repeats, lasting):
    own = days(first, first + timedelta(days=lasting))
    found = occurrences(own, repeats, within=days(first, first + timedelta(days=3660)))

    assert 10 <= len(found) <= 11
    assert {one.days for one in found} == {lasting + 1}
    assert found[0] == own or (to_lunar(first).leap and repeats == MOON)
