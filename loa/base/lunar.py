"""The Vietnamese lunar calendar, reckoned for UTC+7.

The method is the one published by Hồ Ngọc Đức ("Computing the Vietnamese lunar calendar",
informatik.uni-leipzig.de/~duc/amlich/calrules_en.html), with the series of Jean Meeus, "Astronomical Algorithms".
Its rules: a month begins on the local day of a new moon; the winter solstice falls in month 11; when 13 months lie
between two months 11, the first one without a principal term of the sun is the leap month.
Calendars reckoned for UTC+8 differ in some years (Tết of 1985, 2007 and 2030). Printed Vietnamese calendars use
UTC+7 only since 1968, so earlier days can differ from what was printed then.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from math import floor, radians, sin

_HOURS_EAST = 7
_ORDINAL_TO_JULIAN = 1_721_425
_FIRST_NEW_MOON = 2_415_021.076998695  # number 0 of the series: 1 January 1900
_MONTH_DAYS = 29.530588853


@dataclass(frozen=True, kw_only=True)
class Lunar:
    """A day of the lunar calendar; `leap` marks the second of two months with the same number."""

    day: int
    month: int
    year: int
    leap: bool = False


@dataclass(frozen=True, kw_only=True)
class _Month:
    first: date
    days: int
    number: int
    year: int
    leap: bool


def to_solar(day: int, month: int, year: int, leap: bool = False) -> date:
    """The solar day of a lunar one. ValueError when the year has no such month or the month no such day."""
    for candidate in _months(year if month >= 11 else year - 1):
        if (candidate.number, candidate.leap) == (
            month,
            leap,
        ) and 1 <= day <= candidate.days:
            return candidate.first + timedelta(days=day - 1)
    raise ValueError(f"the lunar calendar has no day {day} of {'leap ' if leap else ''}month {month} in {year}")


def day_in(year: int, *, month: int, day: int) -> date:
    """The solar day of a lunar day that returns: in the ordinary month; day 30 of a month of 29 days is its last."""
    try:
        return to_solar(day, month, year)
    except ValueError:
        return to_solar(day - 1, month, year)


def to_lunar(day: date) -> Lunar:
    """The lunar day of a solar one."""
    months = _months(day.year)
    if day < months[0].first:
        months = _months(day.year - 1)
    month = next(month for month in reversed(months) if month.first <= day)
    return Lunar(
        day=(day - month.first).days + 1,
        month=month.number,
        year=month.year,
        leap=month.leap,
    )


@lru_cache(maxsize=512)
def _months(year: int) -> tuple[_Month, ...]:
    """The 12 or 13 months from month 11 of lunar `year` to the last one before month 11 of the next."""
    first, last = _month_eleven(year), _month_eleven(year + 1)
    starts = [_new_moon_day(number) for number in range(first, last + 1)]
    leap = _leap_index(starts) if len(starts) > 13 else len(starts)
    months = []
    for index, (start, end) in enumerate(pairwise(starts)):
        since_eleven = index if index < leap else index - 1
        months.append(
            _Month(
                first=_date(start),
                days=end - start,
                number=(since_eleven + 10) % 12 + 1,
                year=year if since_eleven < 2 else year + 1,
                leap=index == leap,
            )
        )
    return tuple(months)


def _month_eleven(year: int) -> int:
    """The number of the new moon that opens month 11: the last one whose day is not after the winter solstice."""
    number = floor((_julian(date(year, 12, 31)) - floor(_FIRST_NEW_MOON)) / _MONTH_DAYS)
    return number - 1 if _sun_sector(_new_moon_day(number)) >= 9 else number


def _leap_index(starts: list[int]) -> int:
    """The first month after month 11 in which the sun enters no new sector of 30 degrees."""
    sectors = [_sun_sector(start) for start in starts]
    return next(index for index in range(1, len(sectors) - 1) if sectors[index] == sectors[index + 1])


def _new_moon_day(number: int) -> int:
    """The local day of new moon `number` since 1900."""
    return floor(_new_moon(number) + 0.5 + _HOURS_EAST / 24)


def _new_moon(k: int) -> float:
    """The instant of new moon `k` in Julian days of universal time (Meeus, the terms above 0.0003 days)."""
    t = k / 1236.85
    mean = 2_415_020.75933 + 29.53058868 * k + 0.0001178 * t**2 - 0.000000155 * t**3
    mean += 0.00033 * _sin(166.56 + 132.87 * t - 0.009173 * t**2)
    sun = 359.2242 + 29.10535608 * k - 0.0000333 * t**2 - 0.00000347 * t**3
    moon = 306.0253 + 385.81691806 * k + 0.0107306 * t**2 + 0.00001236 * t**3
    node = 21.2964 + 390.67050646 * k - 0.0016528 * t**2 - 0.00000239 * t**3
    true = (0.1734 - 0.000393 * t) * _sin(sun) + 0.0021 * _sin(2 * sun)
    true += -0.4068 * _sin(moon) + 0.0161 * _sin(2 * moon) - 0.0004 * _sin(3 * moon) + 0.0104 * _sin(2 * node)
    true += -0.0051 * _sin(sun + moon) - 0.0074 * _sin(sun - moon) + 0.0005 * _sin(2 * moon + sun)
    true += 0.0004 * _sin(2 * node + sun) - 0.0004 * _sin(2 * node - sun)
    true += -0.0006 * _sin(2 * node + moon) + 0.0010 * _sin(2 * node - moon)
    terrestrial_ahead = -0.000278 + 0.000265 * t + 0.000262 * t**2
    return mean + true - terrestrial_ahead


def _sun_sector(day: int) -> int:
    """In which twelfth of the ecliptic (0 from the March equinox, 9 from the winter solstice) the day begins."""
    t = (day - 0.5 - _HOURS_EAST / 24 - 2_451_545) / 36_525
    anomaly = 357.52910 + 35_999.05030 * t - 0.0001559 * t**2 - 0.00000048 * t**3
    mean = 280.46645 + 36_000.76983 * t + 0.0003032 * t**2
    true = mean + (1.914600 - 0.004817 * t - 0.000014 * t**2) * _sin(anomaly)
    true += (0.019993 - 0.000101 * t) * _sin(2 * anomaly) + 0.000290 * _sin(3 * anomaly)
    apparent = true - 0.00569 - 0.00478 * _sin(125.04 - 1934.136 * t)
    return floor(apparent % 360 / 30)


def _sin(degrees: float) -> float:
    return sin(radians(degrees))


def _julian(day: date) -> int:
    return day.toordinal() + _ORDINAL_TO_JULIAN


def _date(julian: int) -> date:
    return date.fromordinal(julian - _ORDINAL_TO_JULIAN)
