"""Extensions, and who is to be reminded."""

from collections.abc import Iterator
from datetime import date

from loa.people.policies import Scope

from ..models import Extension, Reminder, Report
from ..terms import Term
from .due import form_units, owing


def extension_of(unit_id: int, *, kind: str, first: date) -> Extension | None:
    """The unit's extension for this report: the one that stands, else the last that was refused."""
    found = Extension.objects.filter(unit_id=unit_id, kind=kind, first=first).order_by("-pk")
    return found.exclude(state=Extension.State.REFUSED).first() or found.first()


def extension(pk: int, scope: Scope) -> Extension:
    """Raises Extension.DoesNotExist, also outside the scope."""
    return scope.narrow(Extension.objects.select_related("unit")).get(pk=pk)


def extensions_for(term: Term, unit_ids: list[int]) -> dict[int, Extension]:
    """The newest extension of each of these units for this report; one query."""
    found = Extension.objects.filter(unit__in=unit_ids, kind=term.kind.code, first=term.period.first)
    return {one.unit_id: one for one in found.order_by("pk")}


def extensions_to_decide(term: Term, scope: Scope) -> list[Extension]:
    """Those that wait for an answer within the scope."""
    asked = Extension.objects.filter(kind=term.kind.code, first=term.period.first, state=Extension.State.ASKED)
    return list(scope.narrow(asked).order_by("asked_at", "pk")[:50])


def due_ref(unit_id: int, term: Term) -> str:
    """Names the report that a unit owes, begun or not."""
    return f"reports.due:{unit_id}.{term.kind.code}.{term.period.first:%Y%m%d}"


def due_ref_of(report: Report) -> str:
    return f"reports.due:{report.unit_id}.{report.kind}.{report.first:%Y%m%d}"


def to_remind(term: Term, *, on: date) -> Iterator[tuple[int, int]]:
    """Units whose report has not come, each with the latest reminder that is due on `on` and was not sent.

    A unit with an extension is left in peace until its new day.
    """
    passed = (on - term.due_on).days
    if not any(day <= passed for form in term.forms for day in form.form.reminders):
        return
    of_report = {"kind": term.kind.code, "first": term.period.first}
    came = Report.objects.received().filter(**of_report).values("unit")
    resting = Extension.objects.filter(**of_report, state=Extension.State.GRANTED, until__gte=on).values("unit")
    missing = set(owing(term).exclude(pk__in=came).exclude(pk__in=resting).values_list("pk", flat=True))
    reminded = dict(Reminder.objects.filter(**of_report).order_by("days").values_list("unit", "days"))
    for form, unit_ids in form_units(term):
        due = max((day for day in form.form.reminders if day <= passed), default=None)
        for unit_id in sorted(unit_ids & missing):
            if due is not None and reminded.get(unit_id, due - 1) < due:
                yield unit_id, due
