"""Which reports the plan asks for, and who owes them."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from loa.people import queries as people
from loa.people.policies import Viewer, scope, units_on
from loa.people.roles import Ability
from loa.planning import queries as planning

from ..formfile import OwedBy
from ..models import FormVersion, Report
from ..terms import Term, by_nearness, named, nearest, terms

if TYPE_CHECKING:
    from loa.people.models import Unit
    from loa.planning.models import Plan


def terms_of(plan: "Plan | None") -> list[Term]:
    """Every report the plan asks for and has a form for, by due day."""
    if plan is None:
        return []
    forms = list(FormVersion.objects.filter(plan=plan))
    return terms(list(planning.period_kinds(plan)), forms=forms, first=plan.first.year, last=plan.last.year)


def terms_on(on: date) -> list[Term]:
    """The reports that the plan of the day asks for, as far as their period has begun."""
    return [term for term in terms_of(planning.plan_on(on)) if term.period.first <= on]


def term_named(code: str, *, on: date) -> Term | None:
    """By code ("2026-half-year") or by the half of the year of its cut-off ("2026-H1")."""
    return named(terms_on(on), code)


def term_at(kind: str, first: date) -> Term | None:
    """The report of this kind whose period begins on that day."""
    found = terms_of(planning.plan_on(first))
    return next((term for term in found if term.kind.code == kind and term.period.first == first), None)


def current_term(on: date) -> Term | None:
    """The report that people work on these days, of those that count as reports to the issuer of the plan."""
    found = terms_on(on)
    return nearest([term for term in found if term.measured] or found, on)


def term_of(report: Report) -> Term | None:
    return next(
        (term for term in terms_of(planning.plan_on(report.last)) if _fits(term, report)),
        None,
    )


def _fits(term: Term, report: Report) -> bool:
    return term.kind.code == report.kind and term.year == report.year


def owing(term: Term) -> "QuerySet[Unit]":
    """The units that owe this report: alive, and on a level that reports, at the cut-off and on the due day.

    Of these, the ones that a form is meant for on the due day.
    """
    at_cut_off = planning.owing(term.kind, on=term.period.last)
    level = planning.owing(term.kind, on=term.due_on).filter(pk__in=at_cut_off.values("pk"))
    meant = Q(pk__in=[])
    for form in term.forms:
        meant |= _meant(form.form.owed_by, on=term.due_on)
    return level.filter(meant)


def owes(unit_id: int, term: Term) -> bool:
    return owing(term).filter(pk=unit_id).exists()


def form_for(unit_id: int, term: Term) -> FormVersion | None:
    """The form on which this unit writes this report: the first that is meant for it."""
    level = planning.owing(term.kind, on=term.due_on).filter(pk=unit_id)
    return next((form for form in term.forms if level.filter(_meant(form.form.owed_by, on=term.due_on)).exists()), None)


def _meant(rule: OwedBy, *, on: date) -> Q:
    """Units of these kinds, with one of these flags, of this size on that day."""
    meant: Any = Q()
    if rule.kinds or rule.flags:
        meant &= Exists(people.versions_like(kinds=rule.kinds, flags=rule.flags, on=on).filter(unit=OuterRef("pk")))
    if rule.members_at_least is not None or rule.members_at_most is not None:
        sized = people.units_of_size(least=rule.members_at_least, most=rule.members_at_most, on=on)
        meant &= Q(pk__in=sized)
    return Q(meant) if meant else Q(pk__isnull=False)


def form_units(term: Term) -> "list[tuple[FormVersion, set[int]]]":
    """Each form with the keys of the units that fill it."""
    found, taken = [], set[int]()
    level = planning.owing(term.kind, on=term.due_on)
    for form in term.forms:
        units = set(level.filter(_meant(form.form.owed_by, on=term.due_on)).values_list("pk", flat=True)) - taken
        taken |= units
        found.append((form, units))
    return found


def own_terms(account: Viewer, *, on: date) -> list[tuple[Term, int]]:
    """What each unit that the account itself writes for owes these days: the report whose due day is nearest.

    Beside it every review whose period is over: it takes months to write, and comes once.
    """
    units = [units_on(path)[-1] for path in scope(account, Ability.WRITE_REPORTS, on=on).paths]
    asked = terms_on(on) if units else []
    found = by_nearness([term for term in asked if not term.review], on)
    over = [term for term in asked if term.review and term.period.last < on]
    reviews = [
        (term, pk)
        for term in over
        for pk in owing(term).filter(pk__in=units).order_by("pk").values_list("pk", flat=True)
    ]
    owed: dict[int, Term] = {}
    for term in found:
        rest = [unit_id for unit_id in units if unit_id not in owed]
        if not rest:
            break
        owed |= dict.fromkeys(owing(term).filter(pk__in=rest).values_list("pk", flat=True), term)
    regular = [(term, unit_id) for unit_id, term in owed.items()]
    return sorted([*regular, *reviews], key=lambda pair: (pair[0].due_on, pair[1]))


def form_versions() -> QuerySet[FormVersion]:
    """All forms that are loaded, by plan, kind of report and first day."""
    return FormVersion.objects.select_related("plan").order_by("plan", "kind", "position", "valid_from")
