"""On which days an event falls that returns every year, by the sun or by the moon. Pure values."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from loa.base import lunar
from loa.base.periods import Period

SUN, MOON = "sun", "moon"


def occurrences(own: Period, repeats: str, *, within: Period) -> list[Period]:
    """The times of an event, first held on `own`, that touch `within`; each lasts as long as the first."""
    lasting = own.last - own.first
    found = (Period(first=day, last=day + lasting) for day in _first_days(own.first, repeats, within, lasting))
    return [one for one in found if one.first >= own.first and one.first <= within.last and one.last >= within.first]


def next_occurrence(own: Period, repeats: str, *, on: date) -> Period | None:
    """The one that is under way on `on` or comes next; None when all is over."""
    coming = occurrences(own, repeats, within=Period(first=on, last=max(on, own.first) + timedelta(days=400)))
    return coming[0] if coming else None


def nearest(times: Sequence[Period], day: date) -> Period:
    """To which of the times something belongs that is due on `day`: the one whose first day is nearest."""
    return min(times, key=lambda one: abs(one.first - day))


def _first_days(first: date, repeats: str, within: Period, lasting: timedelta) -> Iterator[date]:
    years = range((within.first - lasting).year - 1, within.last.year + 1)
    if repeats == SUN:
        yield from (_same_day(first, year) for year in years)
    elif repeats == MOON:
        said = lunar.to_lunar(first)
        yield from (lunar.day_in(year, month=said.month, day=said.day) for year in years)
    else:
        yield first


def _same_day(day: date, year: int) -> date:
    """29 February is the 28th where there is none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
