"""How a figure may stand at the end of its period, and how sure that is. Pure values; no database.

The days that have passed say how much comes in a day, and how little they say is said too: the rate is only known as
well as so many events tell it (a gamma distribution), so what is still to come follows a negative binomial one. Work
comes in bursts (a campaign, a batch of stories), and however many events were seen, the pace itself may change: it is
never taken to be known better than sixteen events would tell it, to a quarter of itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import ceil, erf, sqrt

from django.utils.translation import gettext as _

from loa.base.numbers import number

from .reading import Reading, State, figure_text, worth

SOONEST = 30
"""Days of a period that must have passed before its pace is worth a word."""
LEAST_GOAL = 5
"""What is owed as single things (one magazine a year) is done when it is planned, not at a pace."""
BURST = 2.0
"""How many events come together, as a rule."""
STEADIEST = 16
RANGE = 0.1
"""What lies below and above the range that is told: it holds eight of ten outcomes."""
LARGE = 150


class Sure(StrEnum):
    """How sure it is that what is owed will be reached."""

    CERTAIN = "certain"
    LIKELY = "likely"
    OPEN = "open"
    UNLIKELY = "unlikely"
    LOST = "lost"


class Reason(StrEnum):
    """Why no forecast is given."""

    MOVES = "moves"
    EARLY = "early"
    SINGLE = "single"
    OVER = "over"
    NOTHING = "nothing"


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """A range of eight in ten outcomes, with the chance to reach what is owed; or the reason why there is none.

    Figures are numerators: of a share, how many of `of`.
    """

    expected: int = 0
    low: int = 0
    high: int = 0
    chance: float = 0.0
    of: int | None = None
    reason: Reason | None = None

    @property
    def sure(self) -> Sure:
        steps = ((0.9, Sure.CERTAIN), (0.7, Sure.LIKELY), (0.3, Sure.OPEN), (0.1, Sure.UNLIKELY))
        return next((sure for least, sure in steps if self.chance >= least), Sure.LOST)

    @property
    def text(self) -> str:
        return REASON_TEXTS[self.reason]() if self.reason else SURE_TEXTS[self.sure]()

    @property
    def range_text(self) -> str:
        """From where to where, as people read it."""
        if self.reason:
            return ""
        return _("from %(low)s to %(high)s") % {"low": self.shown(self.low), "high": self.shown(self.high)}

    def shown(self, count: int) -> str:
        value = worth(count, self.of, percent=self.of is not None)
        return number(count) if value is None or self.of is None else figure_text(round(value, 1), percent=True)


SURE_TEXTS = {
    Sure.CERTAIN: lambda: _("almost certain to be met"),
    Sure.LIKELY: lambda: _("likely to be met"),
    Sure.OPEN: lambda: _("may be met or missed"),
    Sure.UNLIKELY: lambda: _("likely to be missed"),
    Sure.LOST: lambda: _("almost certain to be missed"),
}

REASON_TEXTS = {
    Reason.MOVES: lambda: _("no forecast: this share can rise and fall"),
    Reason.EARLY: lambda: _("no forecast: too few days have passed"),
    Reason.SINGLE: lambda: _("no forecast: so few things are done when they are planned, not at a pace"),
    Reason.OVER: lambda: _("no forecast: the period is over"),
    Reason.NOTHING: lambda: _("no forecast: nothing is owed, or there is no figure"),
}


def outlook(reading: Reading, *, grows: bool, on: date) -> Outlook:
    """Where a figure is going; `grows` says of a share that it only grows within its period, as counts always do."""
    elapsed, days = reading.period.elapsed(on), reading.period.days
    if reading.numerator is None or reading.goal is None:
        return Outlook(reason=Reason.NOTHING)
    if not (grows or not reading.percent):
        return Outlook(reason=Reason.MOVES)
    if elapsed >= days:
        return Outlook(reason=Reason.OVER)
    if elapsed < SOONEST:
        return Outlook(reason=Reason.EARLY)
    most = reading.denominator if reading.percent else None
    owed = reading.goal.value * (most or 0) / 100 if reading.percent else reading.goal.value
    if owed < LEAST_GOAL and reading.state != State.MET:
        return Outlook(reason=Reason.SINGLE)
    return _of(reading.numerator, ceil(owed), most, elapsed / days)


def _of(count: int, owed: int, most: int | None, passed: float) -> Outlook:
    seen = count / BURST + 0.5  # and a half: even where nothing was seen something may come
    ahead = Ahead(mean=seen * (1 - passed) / passed, known=min(seen, STEADIEST))
    top = most if most is not None else 10**12

    def by_end(events: int) -> int:
        return min(top, count + round(events * BURST))

    missing = owed - count
    chance = 1.0 if missing <= 0 else 0.0 if owed > top else 1 - ahead.at_most(ceil(missing / BURST) - 1)
    return Outlook(
        expected=min(top, count + round(ahead.mean * BURST)),
        low=by_end(ahead.quantile(RANGE)),
        high=by_end(ahead.quantile(1 - RANGE)),
        chance=chance,
        of=most,
    )


@dataclass(frozen=True, kw_only=True)
class Ahead:
    """How many events are still to come: a negative binomial, for large numbers a normal distribution."""

    mean: float
    known: float
    """By how many events the pace is known."""

    @property
    def deviation(self) -> float:
        return sqrt(self.mean + self.mean**2 / self.known)

    def at_most(self, events: int) -> float:
        """The probability of so many or fewer."""
        if events < 0:
            return 0.0
        if self.mean > LARGE:
            return 0.5 * (1 + erf((events + 0.5 - self.mean) / (self.deviation * sqrt(2))))
        return min(1.0, sum(self._each(events)))

    def quantile(self, share: float) -> int:
        """The fewest events that are not exceeded with this probability."""
        if self.mean > LARGE:
            return max(0, round(self.mean + (-1.2816 if share < 0.5 else 1.2816) * self.deviation))
        together = 0.0
        for events, each in enumerate(self._each(LARGE * 20)):
            together += each
            if together >= share:
                return events
        return LARGE * 20

    def _each(self, most: int) -> Iterator[float]:
        """The probabilities of 0, 1, 2, … events."""
        come = self.mean / (self.known + self.mean)
        each = (1 - come) ** self.known
        yield each
        for events in range(most):
            each *= (events + self.known) / (events + 1) * come
            yield each
