import unicodedata
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.base.dates import HANOI, day_bounds, long_date, parse_birth, parse_day, short_date, today

DAY = date(2026, 2, 5)
days = st.dates(date(1930, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    "cell",
    [
        DAY,
        datetime(2026, 2, 5, 23, 59),  # noqa: DTZ001 spreadsheets know no time zones
        datetime(2026, 2, 4, 17, 30, tzinfo=UTC),
        46058,
        46058.75,
        "46058",
        "05/02/2026",
        " 5/2/2026 ",
        "5-2-2026",
        "05.02.2026",
        "5.2.26",
        "05 / 02 / 2026",
        "05/02/2026 00:00:00",
        "05/02/2026 7:30 SA",
        "2026-02-05",
        "2026/02/05",
        "2026-02-05 00:00:00",
        "2026-02-05T00:00:00+07:00",
        "2026-02-04T18:00:00Z",
        "ngày 05 tháng 02 năm 2026",
        "Ngày 5 tháng 2 năm 2026.",
        "5 tháng 2, năm 2026",
        "Quy Nhơn, ngày 05 tháng 02 năm 2026",
        unicodedata.normalize("NFD", "ngày 05 tháng 02 năm 2026"),
        "ngày 5/2/2026",
    ],
)
def test_one_day_however_it_is_written(cell):
    assert parse_day(cell) == DAY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "5/2",
        "1985",
        "05/02/202",
        "5/2-2026",
        "31/02/2026",
        "29/02/2025",
        "05/13/2026",
        "2026-02-30",
        "05/02/1899",
        "05/02/2101",
        "05/02/2026 và 06/02/2026",
        "ngày … tháng … năm 2026",
    ],
)
def test_texts_that_name_no_possible_day(text):
    assert parse_day(text) is None


@pytest.mark.parametrize("cell", [None, True, 0, 1985, 19_999, 60_001, float("nan"), float("inf"), date(1899, 12, 31)])
def test_cells_that_name_no_possible_day(cell):
    assert parse_day(cell) is None


def test_years_of_two_digits_are_read_as_excel_reads_them():
    assert [parse_day(f"1/2/{year}") for year in ("00", "29", "30", "85")] == [
        date(2000, 2, 1),
        date(2029, 2, 1),
        date(1930, 2, 1),
        date(1985, 2, 1),
    ]


@pytest.mark.parametrize(
    ("cell", "birth"),
    [
        ("05/02/1985", (date(1985, 2, 5), 1985)),
        (date(1985, 2, 5), (date(1985, 2, 5), 1985)),
        (31083, (date(1985, 2, 5), 1985)),
        ("1985", (None, 1985)),
        (1985, (None, 1985)),
        (1985.0, (None, 1985)),
        ("năm 1985", (None, 1985)),
        ("00/00/1985", (None, 1985)),
        ("02/1985", (None, 1985)),
        ("31/02/1985", (None, None)),
        ("13/1985", (None, None)),
        ("1885", (None, None)),
        (None, (None, None)),
        ("", (None, None)),
    ],
)
def test_births_may_be_known_by_their_year(cell, birth):
    assert parse_birth(cell) == birth


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 1, 31), "ngày 31 tháng 01 năm 2026"),
        (date(2026, 3, 5), "ngày 05 tháng 3 năm 2026"),
        (date(2026, 10, 10), "ngày 10 tháng 10 năm 2026"),
    ],
)
def test_the_date_line_of_documents(day, written):
    assert long_date(day) == written


@given(days)
def test_what_is_written_is_read_back(day):
    assert [parse_day(text) for text in (long_date(day), short_date(day), day.isoformat())] == [day] * 3


def test_short_dates():
    assert short_date(DAY) == "05/02/2026"


def test_the_local_day_changes_at_five_in_the_afternoon_utc():
    midnight = datetime(2026, 2, 4, 17, tzinfo=UTC)
    assert (today(midnight - timedelta(seconds=1)), today(midnight)) == (date(2026, 2, 4), DAY)


def test_an_instant_without_a_time_zone_is_a_mistake():
    with pytest.raises(ValueError, match="time zone"):
        today(datetime(2026, 2, 5))  # noqa: DTZ001


def test_days_are_half_open_intervals_of_instants():
    start, end = day_bounds(DAY, DAY)
    assert (start, end) == (datetime(2026, 2, 4, 17, tzinfo=UTC), datetime(2026, 2, 5, 17, tzinfo=UTC))
    assert start.tzinfo is HANOI
