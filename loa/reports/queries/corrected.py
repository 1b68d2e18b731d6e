"""Corrections of accepted reports, and remarks on those that were returned."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Max, QuerySet

from loa.people.policies import Scope

from .. import corrigible, fingerprint
from ..models import Correction, Remark, Report


def corrected(report: Report) -> dict[str, Any]:
    """The newest accepted value of each place that was corrected, and of a review's figure the years of which were."""
    return corrected_all([report]).get(report.pk, {})


def corrected_all(reports: Iterable[Report]) -> dict[int, dict[str, Any]]:
    """The same for many reports; one query."""
    of = {report.pk: report for report in reports}
    found: dict[int, dict[str, Any]] = {}
    for correction in _accepted(Correction.objects.filter(report__in=list(of))):
        found.setdefault(correction.report_id, {})[correction.place] = correction.new
    return {pk: corrigible.folded(of[pk], said) for pk, said in found.items()}


def accepted_corrections(report: Report) -> list[Correction]:
    """In the order in which they were accepted."""
    return list(_accepted(report.corrections.select_related("judge")))


def _accepted(corrections: QuerySet[Correction]) -> QuerySet[Correction]:
    return corrections.filter(state=Correction.State.ACCEPTED).order_by("accepted_at", "pk")


def returned_correction(report: Report, place: str) -> Correction | None:
    """One that came back with remarks and can be handed in again."""
    return report.corrections.filter(place=place, state=Correction.State.RETURNED).first()


def corrections(report: Report) -> QuerySet[Correction]:
    """All of them, the newest first."""
    return report.corrections.select_related("judge").order_by("-pk")


def correction(pk: int, scope: Scope) -> Correction:
    """Raises Correction.DoesNotExist, also outside the scope."""
    return scope.narrow(Correction.objects.select_related("report__unit", "report__form")).get(pk=pk)


def remarks(report: Report) -> list[Remark]:
    """All remarks ever made, the newest round first, of the whole before its places."""
    return list(report.notes.order_by("-round", "place"))


def open_remarks(report: Report) -> list[Remark]:
    """Those of the last return, as long as the report has not been handed in again."""
    if report.state != Report.State.RETURNED:
        return []
    last = report.notes.aggregate(last=Max("round"))["last"]
    return list(report.notes.filter(round=last).order_by("place"))


def broken_corrections(report: Report) -> list[Correction]:
    """Accepted corrections that no longer have the fingerprint they were handed in with."""
    accepted = report.corrections.filter(state=Correction.State.ACCEPTED).order_by("pk")
    return [one for one in accepted if one.fingerprint != fingerprint.correction(one, report=report.fingerprint)]
