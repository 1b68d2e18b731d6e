"""Periods of days, as plans and reports use them."""

from dataclasses import dataclass
from datetime import date, timedelta

FOREVER = date(9999, 12, 31)
"""The end of what has not ended. A date and not NULL, so that one index answers "on that day"."""
LONG_YEAR = 366


@dataclass(frozen=True, kw_only=True, order=True)
class Period:
    """The days from `first` to `last`, both counted."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a period cannot end ({self.last}) before it begins ({self.first})")

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def span(self) -> str:
        """The year in which it ends; of more than a year, the first one, too: "2024–2026"."""
        return f"{self.first.year}–{self.last.year}" if self.days > LONG_YEAR else str(self.last.year)

    @property
    def after(self) -> date:
        """The first day that no longer belongs to the period."""
        return self.last + timedelta(days=1)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def elapsed(self, on: date) -> int:
        """How many of its days have passed at the end of `on`: 0 before it begins, all of them after it ended."""
        return max(0, min(self.days, (on - self.first).days + 1))

    def until(self, on: date) -> "Period":
        """The part of the period that has passed at the end of `on` (at least its first day)."""
        return Period(first=self.first, last=max(self.first, min(self.last, on)))


def year(number: int) -> Period:
    """A calendar year, which targets, budgets and royalties use (union reports use cut-offs of their own)."""
    return Period(first=date(number, 1, 1), last=date(number, 12, 31))
