"""By which day, by whose structure and through which sieve figures are asked for: read from the words of an address."""

from collections.abc import Mapping
from datetime import date

from loa.base.dates import parse_day

from .scorecard import Sieve, State
from .scorecard.board import FIRST

RESTATED = "hom-nay"
CHOSEN = "ngay"
KEPT = ("ngay", "co-cau", "ngay-co-cau")
"""What says by which day and structure a figure is shown, and goes along with every link."""


def day_asked(words: Mapping[str, str], *, now: date) -> date:
    """The day asked for, never one to come."""
    return min(parse_day(words.get("ngay", "")) or now, now)


def structure_asked(words: Mapping[str, str], *, on: date, now: date) -> date:
    """The day whose units are used: that of the figures, today, or one that is chosen, to come even, if decided."""
    chosen = words.get("co-cau", "")
    if chosen == RESTATED:
        return now
    return parse_day(words.get("ngay-co-cau", "") if chosen == CHOSEN else chosen) or on


def sieve_of(words: Mapping[str, str]) -> Sieve:
    """What was typed and chosen; what means nothing sifts nothing."""
    wanted = words.get("tinh-trang", "")
    return Sieve(
        words=words.get("tim", ""),
        kind=words.get("loai", ""),
        state=State(wanted) if wanted in set(State) else None,
        by=words.get("xep", FIRST) or FIRST,
    )
