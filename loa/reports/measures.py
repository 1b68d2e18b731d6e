"""What is counted in reports (target T14)."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.people.queries import by_child
from loa.planning import queries as planning
from loa.planning.protocol import Ask, Figure, Page, Row
from loa.planning.withholding import total

from . import queries
from .models import Report
from .terms import Term, due_within


class ReportsOnTime:
    """Reports that arrived by their due day, of all reports that fell due by the as-of date.

    Source: plan clause T14 (V.3). A report arrives when it is first handed in: one that is returned for more work was
    on time all the same. Units owe a report by `queries.owing`; who ended later is found under its heir.
    """

    key = "reports.on_time"
    version = 1
    name = gettext_lazy("Reports handed in on time")
    definition = gettext_lazy(
        "Reports that arrived on or before their due day, out of all reports that fell due in the period. "
        "A report arrives on the day it is first handed in."
    )
    counts_people = False
    adds_over_years = True
    knows_then = True

    def figures(self, ask: Ask) -> list[Figure] | None:
        terms = _due(ask)
        if not terms:
            return None
        first, *others = [_by_child(term, ask) for term in terms]
        counted: dict[str, list[Figure]] = {}
        for row in first.union(*others, all=True):
            part = Figure(path=row["child"], numerator=row["on_time"], denominator=row["due"])
            counted.setdefault(part.path, []).append(part)
        return [total(parts, path=path) for path, parts in counted.items()]

    def evidence(self, ask: Ask, *, after: str = "", limit: int = 50) -> Page:
        """The reports that arrived in time."""
        terms = _due(ask)
        if not terms:
            return Page()
        counted = Q(pk__in=[])
        for term in terms:
            counted |= _of(term) & Q(received_on__lte=term.due_on, unit__in=queries.owing(term).values("pk"))
        found = by_child(Report.objects.filter(counted), ask.path, on=ask.structure)
        if after.isdecimal():
            found = found.filter(pk__lt=int(after))
        page = list(found.order_by("-pk")[: limit + 1])
        rows = [_evidence_row(report) for report in page[:limit]]
        return Page(rows=rows, after=str(page[limit - 1].pk) if len(page) > limit else "")

    def gap(self, ask: Ask, *, after: str = "", limit: int = 50) -> Page:
        """The units whose report is missing or came late, the latest due day first."""
        terms = _due(ask)[::-1]
        start, _, last = after.partition(".")
        rows: list[tuple[str, Row]] = []
        for index, term in enumerate(terms):
            if start.isdecimal() and index < int(start):
                continue
            beyond = int(last) if last.isdecimal() and start == str(index) else 0
            units = _gap(term, ask).filter(pk__gt=beyond).order_by("pk")
            found = queries.owed_rows(units[: limit + 1 - len(rows)], term, on=ask.as_of)
            rows += [(f"{index}.{owed.unit_id}", _gap_row(owed)) for owed in found]
            if len(rows) > limit:
                break
        more = len(rows) > limit
        return Page(rows=[row for _key, row in rows[:limit]], after=rows[limit - 1][0] if more else "")


def _due(ask: Ask) -> list[Term]:
    """What fell due in the part of the period that has passed, by the plan of its last day."""
    found = due_within(queries.terms_of(planning.plan_on(ask.counted.last)), ask.counted)
    return [term for term in found if term.measured]


def _of(term: Term) -> Q:
    return Q(kind=term.kind.code, first=term.period.first)


def _arrived(term: Term) -> Exists:
    return Exists(Report.objects.filter(_of(term), unit=OuterRef("pk"), received_on__lte=term.due_on))


def _by_child(term: Term, ask: Ask) -> QuerySet[Any, Any]:
    units = by_child(queries.owing(term), ask.path, on=ask.structure, via="", every=ask.every)
    return (
        units.annotate(arrived=_arrived(term))
        .values("child")
        .annotate(due=Count("pk"), on_time=Count("pk", filter=Q(arrived=True)))
        .order_by()
    )


def _gap(term: Term, ask: Ask) -> QuerySet[Any]:
    units = by_child(queries.owing(term), ask.path, on=ask.structure, via="")
    missed: QuerySet[Any] = queries.with_report(units, term).annotate(arrived=_arrived(term)).filter(arrived=False)
    return missed


def _evidence_row(report: Report) -> Row:
    return Row(
        ref=report.ref,
        label=str(report),
        url=reverse("reports:report", args=[report.pk]),
        on=report.received_on,
        unit=report.unit_name,
    )


def _gap_row(owed: queries.Owed) -> Row:
    url = reverse("reports:report", args=[owed.report_id]) if owed.report_id else reverse("reports:reports")
    return Row(
        ref=f"people.unit:{owed.unit_id}",
        label=owed.unit,
        url=url,
        on=owed.term.due_on,
        unit=owed.unit,
        cells=(owed.term.name, _("came late") if owed.late else _("report missing")),
        adds=0,
    )
