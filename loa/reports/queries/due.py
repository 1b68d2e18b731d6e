"""Which reports the plan asks for, and who owes them."""

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from loa.planning import queries as planning

from ..models import Report
from ..terms import Term, named, nearest, terms

if TYPE_CHECKING:
    from loa.people.models import Unit
    from loa.planning.models import Plan


def terms_of(plan: "Plan | None") -> list[Term]:
    """Every report the plan asks for, by due day."""
    if plan is None:
        return []
    return terms(list(planning.period_kinds(plan)), first=plan.first.year, last=plan.last.year)


def terms_on(on: date) -> list[Term]:
    """The reports that the plan of the day asks for, as far as their period has begun."""
    return [term for term in terms_of(planning.plan_on(on)) if term.period.first <= on]


def term_named(code: str, *, on: date) -> Term | None:
    """By code ("2026-half-year") or by the half of the year of its cut-off ("2026-H1")."""
    return named(terms_on(on), code)


def current_term(on: date) -> Term | None:
    return nearest(terms_on(on), on)


def term_of(report: Report) -> Term | None:
    return next(
        (term for term in terms_of(planning.plan_on(report.last)) if _fits(term, report)),
        None,
    )


def _fits(term: Term, report: Report) -> bool:
    return term.kind.code == report.kind and term.year == report.year


def owing(term: Term) -> "QuerySet[Unit]":
    """The units that owe this report: alive, and on a level that reports, at the cut-off and on the due day."""
    at_cut_off = planning.owing(term.kind, on=term.period.last)
    return planning.owing(term.kind, on=term.due_on).filter(pk__in=at_cut_off.values("pk"))


def owes(unit_id: int, term: Term) -> bool:
    return owing(term).filter(pk=unit_id).exists()
