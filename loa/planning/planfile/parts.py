"""What a plan says, as values."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from loa.base.periods import Period

UNITS = ("percent", "count")
COMPARISONS = ("at_least",)
AGGREGATIONS = ("sum", "units_meeting")
"""How a parent's figure comes from its children: numerators and denominators added up, or the share that met theirs."""
CADENCES = ("half_yearly", "yearly", "term", "ongoing")
"""How often something is owed: `term` once, by the last day of the plan; `ongoing` has no date (tasks only)."""


class MonthDay(NamedTuple):
    """A day that returns every year. Never 29 February, which does not."""

    month: int
    day: int


@dataclass(frozen=True, kw_only=True)
class Basis:
    """A document the plan rests on. Numbers repeat over the years: number, issuer and date together name it."""

    title: str
    issuer: str
    number: str | None
    issued_on: date | None


@dataclass(frozen=True, kw_only=True)
class Level:
    """The units a target speaks of, on the day asked: the issuer itself, or those with a flag, or those of a kind."""

    id: str
    name: str
    root: bool
    flag: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Objective:
    id: str
    short: str
    wording: str


@dataclass(frozen=True, kw_only=True, order=True)
class Target:
    """What a unit of `level` should reach in `year`; `proposed` when the plan itself gives no such figure."""

    level: str
    year: int
    value: Decimal
    proposed: bool


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One target of the plan (chỉ tiêu). Without `targets` it is followed, but nothing is set to reach."""

    id: str
    short: str
    wording: str
    definition: str
    measure: str
    unit: str
    cadence: str
    comparison: str
    aggregation: tuple[str, ...]
    targets: tuple[Target, ...]
    source: str

    def target(self, level: str, year: int) -> Target | None:
        return next((target for target in self.targets if (target.level, target.year) == (level, year)), None)


@dataclass(frozen=True, kw_only=True)
class Content:
    """A clause of the plan about what to say."""

    id: str
    short: str
    wording: str
    modules: tuple[str, ...]
    source: str


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of communication, such as policy."""

    id: str
    clause: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Theme:
    id: str
    short: str
    wording: str


@dataclass(frozen=True, kw_only=True)
class Segment:
    """An attribute by which the audience is split, such as age."""

    id: str
    clause: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Task:
    """Something to do, and who answers for it: the holder of `role` in every unit of these levels."""

    id: str
    short: str
    wording: str
    levels: tuple[str, ...]
    role: str
    cadence: str
    modules: tuple[str, ...]
    source: str


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """A day or season that returns every year; `verified` when a source for its date was seen."""

    id: str
    name: str
    first: MonthDay
    last: MonthDay
    lunar: bool
    verified: bool
    note: str


@dataclass(frozen=True, kw_only=True)
class ReportPeriod:
    """A report every unit of `levels` owes each year; `due_verified` is False while the days allowed are a guess.

    With `reviewed_to` it is a review: owed once, from the plan's first day to that one.
    """

    id: str
    name: str
    first: MonthDay
    last: MonthDay
    due_days: int
    due_verified: bool
    levels: tuple[str, ...]
    reviewed_to: date | None = None

    def of(self, year: int) -> Period:
        """The days it covers: those up to its cut-off in `year`, begun the year before if need be."""
        begun = year if self.first <= self.last else year - 1
        return Period(first=date(begun, *self.first), last=date(year, *self.last))

    def due_on(self, year: int) -> date:
        """The last day on which the report of `year` is on time."""
        return self.of(year).last + timedelta(days=self.due_days)


@dataclass(frozen=True, kw_only=True)
class PlanFile:
    id: str
    title: str
    number: str | None
    issued_on: date | None
    note: str
    issuer_code: str
    issuer_name: str
    basis: tuple[Basis, ...]
    period: Period
    levels: tuple[Level, ...]
    objectives: tuple[Objective, ...]
    indicators: tuple[Indicator, ...]
    content: tuple[Content, ...]
    kinds: tuple[Kind, ...]
    themes: tuple[Theme, ...]
    segments: tuple[Segment, ...]
    tasks: tuple[Task, ...]
    calendar: tuple[Occasion, ...]
    reports: tuple[ReportPeriod, ...]
    parent: str = field(default="", repr=False)
    """Of a lower unit's own plan: the id of the plan above. It waits as a draft until a decision adopts it."""
