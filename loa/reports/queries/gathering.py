"""The reports below that a report adds up: those accepted, with their corrections, and how complete they are."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from loa.base.numbers import number
from loa.people.policies import Scope
from loa.people.queries import node
from loa.planning import queries as planning
from loa.planning.protocol import Row

from .. import summing
from ..comparing import kept
from ..figures import ReportFigure
from ..formfile import Form
from ..models import Report
from ..terms import Term
from .corrected import corrected_all
from .due import terms_of
from .owed import Tally, owing_within, tally


def term_below(term: Term, form: Form) -> Term | None:
    """The reports that one on this form adds up: those of the kind it gathers whose period ends on the same day."""
    if not form.gathers:
        return None
    found = terms_of(planning.plan_on(term.period.last))
    return next((one for one in found if one.kind.code == form.gathers and one.period == term.period), None)


def scope_below(report: Report, *, on: date) -> Scope:
    """The unit's subtree on `on`."""
    return Scope(on=on, paths=(node(report.unit_id, on=on).path,))


def parts(report: Report, below: Term) -> list[summing.Part]:
    """What each accepted report below says, by key of its unit; two queries."""
    units = owing_within(below, scope_below(report, on=below.due_on))
    found = list(
        Report.objects.select_related("form")
        .filter(kind=below.kind.code, first=below.period.first, state=Report.State.ACCEPTED, unit__in=units)
        .exclude(pk=report.pk)
        .order_by("unit_id", "pk")
    )
    corrections = corrected_all(found)
    return [_part(one, corrections.get(one.pk, {})) for one in found]


def _part(report: Report, corrected: dict[str, Any]) -> summing.Part:
    said = kept(report, corrected)
    assert report.form is not None
    return summing.Part(
        ref=report.ref,
        report_id=report.pk,
        unit_id=report.unit_id,
        unit=report.unit_name,
        fingerprint=report.fingerprint,
        figures=said["figures"],
        entries=said["entries"],
        form=report.form.form,
    )


def gathered(report: Report, term: Term, form: Form, figures: Sequence[ReportFigure]) -> dict[str, Any]:
    """What `Report.sums` keeps; empty for a form that gathers nothing."""
    below = term_below(term, form)
    if below is None:
        return {}
    found = parts(report, below)
    complete = tally(below, scope_below(report, on=below.due_on))
    sums: dict[str, Any] = {entry.id: summing.entry_sum(found, entry) for entry in form.entries if entry.gathered}
    sums |= {
        figure.target: summing.figure_sum(found, figure.target) for figure in figures if figure.numerator is not None
    }
    return sums | {summing.COMPLETE: completeness(below, complete)}


def completeness(below: Term, found: Tally) -> dict[str, Any]:
    return {
        "kind": below.kind.code,
        "name": below.name,
        "due": found.due,
        "received": found.received,
        "on_time": found.on_time,
        "accepted": found.accepted,
    }


def gathered_rows(report: Report, term: Term, form: Form) -> dict[str, list[Row]]:
    """The reports behind each sum, one row each, under the place with `summing.SUM` behind it."""
    below = term_below(term, form)
    if below is None:
        return {}
    found = parts(report, below)
    rows = {
        entry.id + summing.SUM: [
            _row(part, value) for part in found if (value := summing.entry_value(part, entry.gathered)) is not None
        ]
        for entry in form.entries
        if entry.gathered
    }
    for target in {target for part in found for target in part.figures} & {one["target"] for one in report.figures}:
        given = [(part, part.figures.get(target)) for part in found]
        rows[target + summing.SUM] = [
            _row(part, Decimal(figure["numerator"]))
            for part, figure in given
            if figure is not None and figure["numerator"] is not None
        ]
    return rows


def _row(part: summing.Part, value: Decimal) -> Row:
    return Row(
        ref=part.ref,
        label=part.unit,
        url=reverse("reports:report", args=[part.report_id]),
        unit=part.unit,
        counts=int(value),
        cells=(number(value), f"sha256:{part.fingerprint}"),
    )
