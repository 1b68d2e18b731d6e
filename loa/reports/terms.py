"""A report as it falls due: one kind of report in one year, with its cut-off and its due day."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from loa.base.periods import Period

if TYPE_CHECKING:
    from loa.planning.models import PeriodKind

    from .models import FormVersion


@dataclass(frozen=True, kw_only=True)
class Term:
    """`year` is the one in which the period ends: union reports begin on 1 December of the year before."""

    kind: "PeriodKind"
    year: int
    forms: "tuple[FormVersion, ...]" = ()
    """Those in force on the due day; a unit fills the first that is meant for it."""

    @property
    def code(self) -> str:
        """As addresses and commands name it: "2026-half-year"."""
        return f"{self.year}-{self.kind.code}"

    @property
    def half(self) -> str:
        """The half of the year in which the cut-off stands: "2026-H1". Short for `code`; none of a review."""
        return "" if self.review else f"{self.year}-H{1 if self.period.last.month <= 6 else 2}"

    @property
    def name(self) -> str:
        return f"{self.kind.name} {self.period.span}"

    @property
    def review(self) -> bool:
        """Whether it is owed once and looks back to the plan's first day."""
        return self.kind.review

    @property
    def period(self) -> Period:
        return self.kind.of(self.year)

    @property
    def due_on(self) -> date:
        return self.kind.due_on(self.year)

    @property
    def measured(self) -> bool:
        """Whether it counts as a report that has to be on time."""
        return any(form.measured for form in self.forms)


def years_of(review: Term, kind: "PeriodKind", *, until: date) -> list[tuple[int, Period]]:
    """The years of a review as the yearly reports of `kind` divide them, as far as they have begun by `until`.

    The last one ends with the review. The first begins where its report begins, be it before the plan.
    """
    found = []
    for number in range(review.period.first.year, review.year + 1):
        whole = kind.of(number)
        last = review.period.last if number == review.year else whole.last
        if whole.first <= min(until, last):
            found.append((number, Period(first=whole.first, last=last)))
    return found


def terms(kinds: Iterable["PeriodKind"], *, forms: Sequence["FormVersion"] = (), first: int, last: int) -> list[Term]:
    """The reports of these kinds over these years, by due day; a report without a form is asked of nobody."""
    years = range(first, last + 1)
    found = (Term(kind=kind, year=year) for kind in kinds for year in years if kind.owed_in(year))
    asked = (replace(term, forms=_in_force(forms, term)) for term in found)
    return sorted((term for term in asked if term.forms), key=lambda term: (term.due_on, term.kind.position))


def _in_force(forms: Sequence["FormVersion"], term: Term) -> "tuple[FormVersion, ...]":
    """The newest version of each form that holds on the due day, in the order in which units look for theirs."""
    newest: dict[str, FormVersion] = {}
    for form in sorted(forms, key=lambda one: one.valid_from):
        if form.kind == term.kind.code and form.valid_from <= term.due_on:
            newest[form.code] = form
    return tuple(sorted(newest.values(), key=lambda one: one.position))


def due_within(found: Iterable[Term], period: Period) -> Iterator[Term]:
    return (term for term in found if period.holds(term.due_on))


def named(found: Iterable[Term], code: str) -> Term | None:
    """By its code; by the half of the year, the first that the plan names."""
    known = sorted(found, key=lambda term: term.kind.position)
    return next((term for term in known if term.code == code), None) or next(
        (term for term in known if term.half == code), None
    )


def by_nearness(found: Iterable[Term], day: date) -> list[Term]:
    """The one whose due day is nearest first."""
    return sorted(found, key=lambda term: abs((term.due_on - day).days))


def nearest(found: Iterable[Term], day: date) -> Term | None:
    """The one whose due day is nearest: what people work on these days."""
    return next(iter(by_nearness(found, day)), None)
