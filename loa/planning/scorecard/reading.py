"""One figure beside what is owed: its state, its pace and its small picture. Values only; no database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from loa.base.numbers import number
from loa.base.periods import Period
from loa.people.queries import Node

NEAR = Decimal("0.8")
"""The share of what is owed from which on a figure or a forecast is at risk, and below which it is behind."""


class State(StrEnum):
    MET = "met"
    ON_TRACK = "on-track"
    AT_RISK = "at-risk"
    BEHIND = "behind"
    FOLLOWED = "followed"
    """There is a figure, and nothing to reach this year."""
    EMPTY = "empty"
    """Measured, but so far there is nothing to divide by."""
    NOT_MEASURED = "not-measured"
    WITHHELD = "withheld"
    NOT_HERE = "not-here"
    """The target is not set for units of this level."""


@dataclass(frozen=True, kw_only=True)
class Goal:
    """What is owed in a year; `units` says of how many units together."""

    year: int
    value: Decimal
    proposed: bool
    units: int = 1


@dataclass(frozen=True, kw_only=True)
class Meter:
    """A picture of a hundred steps: how far it is filled, where the goal stands, how far the forecast reaches."""

    filled: int
    mark: int | None
    forecast: int | None


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The figure of one unit for one target; `numerator` is None when it is not measured, withheld or not set here."""

    unit: Node
    state: State
    percent: bool
    period: Period
    numerator: int | None = None
    denominator: int | None = None
    goal: Goal | None = None
    forecast: Decimal | None = None
    own: bool = False
    """Only the unit itself, beside its children."""

    @property
    def value(self) -> Decimal | None:
        return worth(self.numerator, self.denominator, percent=self.percent)

    @property
    def gap(self) -> Decimal:
        """How much of what is owed is missing, from 0 to 1: lists are sorted by it, the worst first."""
        if self.value is None or self.goal is None or not self.goal.value:
            return Decimal(-1)
        return max(Decimal(0), 1 - self.value / self.goal.value)

    @cached_property
    def meter(self) -> Meter | None:
        if self.value is None:
            return None
        goal = self.goal.value if self.goal else None
        ahead = None if self.state == State.MET else self.forecast
        scale = Decimal(100) if self.percent else max(self.value, goal or Decimal(0), ahead or Decimal(0))

        def steps(value: Decimal | None) -> int | None:
            return None if value is None or not scale else min(100, int(value * 100 / scale))

        return Meter(filled=steps(self.value) or 0, mark=steps(goal), forecast=steps(ahead))

    @property
    def opens(self) -> bool:
        """Whether there is a figure to open to its evidence."""
        return self.numerator is not None

    # --- in words

    @property
    def kind(self) -> str:
        """How the state looks: good, warn, bad, or none of them."""
        return LOOKS[self.state][0]

    @property
    def shape(self) -> str:
        """A sign beside the words of the state, for those who tell no colours apart."""
        return LOOKS[self.state][1]

    @property
    def state_text(self) -> str:
        return STATE_TEXTS[self.state]()

    @property
    def value_text(self) -> str:
        """The figure as people read it, or why there is none."""
        return self.state_text if self.value is None else figure_text(self.value, percent=self.percent)

    @property
    def parts_text(self) -> str:
        """What the figure is made of, such as "1.234 trên 5.678"."""
        if not self.percent or self.numerator is None or self.denominator is None:
            return ""
        parts = {"numerator": number(self.numerator), "denominator": number(self.denominator)}
        return _("%(numerator)s of %(denominator)s") % parts

    @property
    def goal_text(self) -> str:
        if self.goal is None:
            return ""
        wanted = {"goal": figure_text(self.goal.value, percent=self.percent), "year": self.goal.year}
        if self.goal.proposed:
            return _("%(year)d: at least %(goal)s (proposed; the plan names no figure)") % wanted
        return _("%(year)d: at least %(goal)s") % wanted

    @property
    def owed_text(self) -> str:
        """What is owed, as a bare figure."""
        return figure_text(self.goal.value, percent=self.percent) if self.goal else ""

    @property
    def pace_text(self) -> str:
        """ "với nhịp này, đến 31/12 đạt 43/60"; empty where a pace means nothing."""
        if self.forecast is None or self.goal is None or self.state == State.MET:
            return ""
        reached = {
            "day": f"{self.period.last:%d/%m}",
            "forecast": figure_text(self.forecast, percent=self.percent),
            "goal": figure_text(self.goal.value, percent=self.percent),
        }
        if self.percent:
            return _("at this pace, %(forecast)s by %(day)s, where %(goal)s are due") % reached
        return _("at this pace, %(forecast)s/%(goal)s by %(day)s") % reached

    @property
    def picture_text(self) -> str:
        """The picture for those who do not see it."""
        return "; ".join(text for text in (self.value_text, self.goal_text, self.pace_text, self.state_text) if text)


def figure_text(value: Decimal, *, percent: bool) -> str:
    return f"{number(value, 1 if value % 1 else 0)} %" if percent else number(value)


LOOKS = {
    State.MET: ("good", "✓"),
    State.ON_TRACK: ("good", "↗"),
    State.AT_RISK: ("warn", "△"),
    State.BEHIND: ("bad", "▼"),
    State.FOLLOWED: ("", "·"),
    State.EMPTY: ("", "○"),
    State.NOT_MEASURED: ("", "○"),
    State.WITHHELD: ("", "⊘"),
    State.NOT_HERE: ("", "–"),
}

STATE_TEXTS = {
    State.MET: lambda: _("met"),
    State.ON_TRACK: lambda: _("on track"),
    State.AT_RISK: lambda: _("at risk"),
    State.BEHIND: lambda: _("behind"),
    State.FOLLOWED: lambda: _("followed, nothing due this year"),
    State.EMPTY: lambda: _("nothing to count yet"),
    State.NOT_MEASURED: lambda: _("not yet measured"),
    State.WITHHELD: lambda: _("withheld: fewer than five people could be told apart"),
    State.NOT_HERE: lambda: _("not set for this level"),
}


class States:
    """Each state with its sign and its words, for lists to choose from; in the language of whoever looks."""

    def __iter__(self) -> Iterator[tuple[State, str, str]]:
        return ((state, LOOKS[state][1], STATE_TEXTS[state]()) for state in State)


STATES = States()


def worth(numerator: int | None, denominator: int | None, *, percent: bool) -> Decimal | None:
    """The figure itself: a count, or a percentage with what it is made of; None when there is none."""
    if numerator is None or (percent and not denominator):
        return None
    return Decimal(numerator) * 100 / Decimal(denominator or 1) if percent else Decimal(numerator)


def forecast(value: Decimal | None, *, percent: bool, period: Period, on: date) -> Decimal | None:
    """What the figure comes to by the end of the period at the pace of the days that have passed."""
    elapsed = period.elapsed(on)
    if value is None or not 0 < elapsed < period.days:
        return None
    at_end = value * period.days / elapsed
    return min(at_end, Decimal(100)) if percent else at_end.to_integral_value(ROUND_FLOOR)


def judge(value: Decimal | None, goal: Goal | None, expected: Decimal | None) -> State:
    """The state of a measured figure: by itself once it is met, else by its forecast where there is one."""
    if value is None:
        return State.EMPTY
    if goal is None:
        return State.FOLLOWED
    if value >= goal.value:
        return State.MET
    if expected is not None and expected >= goal.value:
        return State.ON_TRACK
    near = expected if expected is not None else value
    return State.AT_RISK if near >= NEAR * goal.value else State.BEHIND
