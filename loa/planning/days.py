"""By which day, and by whose structure, a figure is asked for: read from the words of an address."""

from collections.abc import Mapping
from datetime import date

from loa.base.dates import parse_day

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
