"""Days as Vietnamese people write and read them; the local day is Hà Nội's (UTC+7, no summer time)."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from loa.base.text import fold

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")

_YEARS = range(1900, 2101)
_EXCEL_DAY_ZERO = date(1899, 12, 30)
_EXCEL_SERIALS = range(20_000, 60_001)  # 1954 to 2064: smaller numbers in a cell are years or counts
_TIME = r"(?:[t ]+\d{1,2}[:h]\d{0,2}(?:[:.]\d+)*(?: ?(?:am|pm|sa|ch))?)?"
_DAY_FIRST = re.compile(r"(?:ngay )?(\d{1,2}) ?([/.-]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{2})" + _TIME)
_YEAR_FIRST = re.compile(r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})" + _TIME)
_IN_WORDS = re.compile(r"(?:.*, ?)?(?:ngay )?(\d{1,2}) thang (\d{1,2}),? nam (\d{4})\.?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_YEAR_ONLY = re.compile(r"(?:nam )?(?:0{1,2}[/.-]){0,2}(\d{4})(?:\.0+)?|(?:0?[1-9]|1[0-2])[/.-](\d{4})")


def parse_day(value: object) -> date | None:
    """The day that a cell or a text names, day before month always; None when it names no possible day.

    Takes dates, instants (their day in Hà Nội), spreadsheet serial numbers, 05/02/2026, 5-2-2026, 5.2.26,
    2026-02-05, "ngày 05 tháng 02 năm 2026", each with or without a time. Years of two digits are read as Excel reads
    them: 00-29 are 2000-2029, 30-99 are 1930-1999.
    """
    day = _day(value)
    return day if day and day.year in _YEARS else None


def parse_birth(value: object) -> tuple[date | None, int | None]:
    """Day and year of a birth. Many registers know only the year (1985, 00/00/1985, 02/1985): then the day is None."""
    if day := parse_day(value):
        return day, day.year
    match = None if isinstance(value, date) else _YEAR_ONLY.fullmatch(fold(str(value)))
    year = int(match[1] or match[2]) if match else 0
    return None, year if year in _YEARS else None


def long_date(day: date) -> str:
    """The date line of an administrative document: "ngày 05 tháng 02 năm 2026", "ngày 05 tháng 3 năm 2026".

    NĐ 30/2020/NĐ-CP, appendix I, part II, section 4: days below 10 and months 1 and 2 are written with a zero before.
    """
    month = f"{day.month:02}" if day.month < 3 else f"{day.month}"
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def short_date(day: date) -> str:
    """05/02/2026."""
    return f"{day:%d/%m}/{day.year}"


def today(now: datetime) -> date:
    """The day it is in Hà Nội at the instant `now`."""
    return _aware(now).astimezone(HANOI).date()


def day_bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """The instants [start, end) of the days from `first` to `last`, both included."""
    return _midnight(first), _midnight(last + timedelta(days=1))


def _day(value: object) -> date | None:
    match value:
        case bool():
            return None
        case datetime():
            return today(value) if value.tzinfo else value.date()
        case date():
            return value
        case int() | float():
            return _from_serial(value)
        case str():
            return _from_text(fold(value))
    return None


def _from_serial(number: float) -> date | None:
    if not _EXCEL_SERIALS.start <= number < _EXCEL_SERIALS.stop:  # false for nan, too
        return None
    return _EXCEL_DAY_ZERO + timedelta(days=int(number))


def _from_text(text: str) -> date | None:
    if match := _DAY_FIRST.fullmatch(text):
        return _possible(int(match[1]), int(match[3]), _full_year(match[4]))
    if match := _YEAR_FIRST.fullmatch(text):
        return _possible(int(match[4]), int(match[3]), int(match[1]))
    if match := _IN_WORDS.fullmatch(text):
        return _possible(int(match[1]), int(match[2]), int(match[3]))
    if _SERIAL.fullmatch(text):
        return _from_serial(float(text))
    return _from_instant(text)


def _from_instant(text: str) -> date | None:
    """The local day of an ISO 8601 instant with its offset, as programs write it: 2026-02-04T18:00:00Z."""
    try:
        return _day(datetime.fromisoformat(text.upper())) if "t" in text else None
    except ValueError:
        return None


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year < 30 else 1900)


def _possible(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _aware(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("An instant needs its time zone.")
    return instant


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=HANOI)
