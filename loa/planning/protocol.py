"""What a measure is. Modules implement it in their measures.py and register it; plans name it by key.

A measure answers, for a unit's subtree and a period: the figure with those of all children (one query), the evidence
rows behind the numerator, and the gap rows: who or what is missing. It never answers 0 when nothing is measured yet:
a key without a registered measure is "not yet measured".
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from loa.base.periods import Period

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One question: the subtree at `path`, over `period`, in the structure of the day `structure`, as of `as_of`.

    `structure` is the day whose tree is used: the last day of the period for "by the structure of its day", today
    for "restated to today". `as_of` is the last day that counts as known, never after today.
    """

    path: str
    period: Period
    structure: date
    as_of: date
    every: bool = False
    """Ask for each unit of the subtree by itself, without those below it, instead of for each child with its own."""
    unnamed: frozenset[int] = frozenset()
    """Units that rows must not name by themselves, since their figures about people are withheld."""
    recorded: bool = False
    """Count only what had been recorded by the end of `as_of`, not also what was recorded later of the days before;
    asked only of measures that know it (KnowsThen)."""

    @property
    def counted(self) -> Period:
        """The part of the period that has passed at `as_of`."""
        return self.period.until(self.as_of)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One number with what it is made of.

    `denominator` is None for a plain count. Measures give true figures and leave `withheld` alone: scorecards set it
    (withholding.py) on what concerns fewer than five people or would let somebody compute such a figure; numerator
    and denominator are then 0 and must not be shown.
    `notes` are figures that stand beside it without being mixed in (such as delivered and estimated reach).
    """

    path: str
    numerator: int
    denominator: int | None = None
    withheld: bool = False
    notes: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of evidence, or of a gap.

    `ref` names the thing ("newsroom.story:42"), `url` opens it where a screen exists, `counts` is what it adds to the
    numerator (evidence) or what is missing (gap), `cells` are extra texts for the table.
    """

    ref: str
    label: str
    url: str = ""
    on: date | None = None
    unit: str = ""
    counts: int = 1
    cells: tuple[str, ...] = ()
    adds: int | None = None
    """Of a gap's row: what it would add to the numerator if it were closed, 0 when it no longer can be; None where
    that depends on the target."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """Some rows, and the cursor after which the next ones begin ("" on the last page)."""

    rows: Sequence[Row] = field(default_factory=tuple)
    after: str = ""


class Measure(Protocol):
    key: str
    """Such as "newsroom.items": never changes; plans name it."""
    version: int
    """Of the definition; raised when what is counted changes."""

    @property
    def name(self) -> "str | StrPromise": ...

    @property
    def definition(self) -> "str | StrPromise":
        """One sentence a chair understands: what is counted, over what."""

    counts_people: bool
    """Then figures about fewer than five are withheld."""

    def figures(self, ask: Ask) -> list[Figure] | None:
        """One figure for each place at or directly below `ask.path` that has anything to count, in one query.

        With `ask.every`, one for each place in the whole subtree. Either way they add up to the figure of the whole;
        an empty list is an honest zero. None says that nothing had been measured by then: "not yet measured".
        """

    def evidence(self, ask: Ask, *, after: str = "", limit: int = 50) -> Page:
        """The rows behind the numerator, newest first, paged by key; their `counts` add up to the numerator."""

    def gap(self, ask: Ask, *, after: str = "", limit: int = 50) -> Page:
        """Who or what is missing."""


@runtime_checkable
class CountsOnDays(Protocol):
    """A measure of people who are counted from time to time; one that is not counts them on the as-of day."""

    def counted_on(self, ask: Ask) -> date | None:
        """The day of the count that answers; None before any."""


@runtime_checkable
class AddsOverYears(Protocol):
    """A measure of things that happen on one day each: its figures of several years may be added up.

    Those without this speak of people, whom each year counts under a key of its own, or of how things stood on a day.
    """

    adds_over_years: bool


@runtime_checkable
class KnowsThen(Protocol):
    """A measure that can tell what had been recorded by the end of a day (`Ask.recorded`), row by row.

    Measures of people cannot: they keep no day of what anybody did.
    """

    knows_then: bool
