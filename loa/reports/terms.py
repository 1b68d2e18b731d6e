"""A report as it falls due: one kind of report in one year, with its cut-off and its due day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from loa.base.periods import Period

if TYPE_CHECKING:
    from loa.planning.models import PeriodKind


@dataclass(frozen=True, kw_only=True)
class Term:
    """`year` is the one in which the period ends: union reports begin on 1 December of the year before."""

    kind: "PeriodKind"
    year: int

    @property
    def code(self) -> str:
        """As addresses and commands name it: "2026-half-year"."""
        return f"{self.year}-{self.kind.code}"

    @property
    def half(self) -> str:
        """The half of the year in which the cut-off stands: "2026-H1". Short for `code` in commands."""
        return f"{self.year}-H{1 if self.period.last.month <= 6 else 2}"

    @property
    def name(self) -> str:
        return f"{self.kind.name} {self.year}"

    @property
    def period(self) -> Period:
        return self.kind.of(self.year)

    @property
    def due_on(self) -> date:
        return self.kind.due_on(self.year)


def terms(kinds: Iterable["PeriodKind"], *, first: int, last: int) -> list[Term]:
    """The reports of these kinds over these years, by due day."""
    found = (Term(kind=kind, year=year) for kind in kinds for year in range(first, last + 1))
    return sorted(found, key=lambda term: (term.due_on, term.kind.position))


def due_within(found: Iterable[Term], period: Period) -> Iterator[Term]:
    return (term for term in found if period.holds(term.due_on))


def named(found: Iterable[Term], code: str) -> Term | None:
    return next((term for term in found if code in {term.code, term.half}), None)


def nearest(found: Iterable[Term], day: date) -> Term | None:
    """The one whose due day is nearest: what people work on these days."""
    return min(found, key=lambda term: abs((term.due_on - day).days), default=None)
