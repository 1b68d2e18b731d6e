"""Writing a report."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.text import clean_lines
from loa.ledger.actions import record

from .. import counting, narrative, queries
from ..events import ReportDrafted, ReportWritten
from ..models import Report
from ..terms import Term
from .checks import check_writer, locked, put_names, to_write

if TYPE_CHECKING:
    from loa.people.models import Account


@transaction.atomic
def prefill(unit_id: int, *, term: Term, by: "Account", at: datetime) -> Report:
    """The report of this unit with its figures and, where nobody has written yet, proposed sentences.

    Done again, it brings the figures of a draft up to date and leaves alone what people wrote.
    """
    on = today(at)
    check_writer(by, unit_id, on=on)
    if on < term.period.first:
        raise Refused(_("The period of this report has not begun yet."))
    as_of = min(on, term.period.last)
    if not queries.owes(unit_id, term) or not queries.existed(unit_id, on=as_of):
        raise Refused(_("This unit does not owe this report."))
    report = locked(_begun(unit_id, term=term, on=on, as_of=as_of))
    if not report.open:
        raise Refused(_("This report has been handed in already, so its figures no longer change."))
    put_names(report, on=on)
    with override(settings.LANGUAGE_CODE):
        figures = [counting.figure(line) for line in counting.lines(unit_id, term=term, as_of=as_of)]
        proposal = narrative.proposed(figures, unit=report.unit_name, plan=term.kind.plan.title, period=term.period)
        report.narrative = narrative.merged(report.narrative, proposal)
    report.figures, report.as_of = [figure.stored() for figure in figures], as_of
    report.save(update_fields=["narrative", "figures", "as_of", "unit_name", "parent", "parent_name"])
    fact = ReportDrafted(
        subject=report.ref, unit_id=unit_id, report_kind=report.kind, last=report.last, as_of=report.as_of
    )
    record(fact, by=by, at=at)
    return report


@transaction.atomic
def write(report: Report, *, texts: Mapping[str, str], by: "Account", at: datetime) -> Report:
    """Put these texts (by code of section) into the report."""
    report = to_write(report, by=by, at=at)
    wanted = {code: clean_lines(text) for code, text in texts.items()}
    if any(report.text(code) is None for code in wanted):
        raise Refused(_("This report has no such section."))
    if any(len(text) > narrative.LONGEST for text in wanted.values()):
        raise Refused(_("A section may have at most %(longest)s characters.") % {"longest": narrative.LONGEST})
    changed = tuple(code for code, text in wanted.items() if report.text(code) != text)
    if changed:
        report.narrative = [
            {**section, "text": wanted.get(section["code"], section["text"])} for section in report.narrative
        ]
        report.save(update_fields=["narrative"])
        record(ReportWritten(subject=report.ref, unit_id=report.unit_id, sections=changed), by=by, at=at)
    return report


def _begun(unit_id: int, *, term: Term, on: date, as_of: date) -> Report:
    heading = queries.heading(unit_id, on=min(on, term.due_on))
    return Report.objects.get_or_create(
        unit_id=unit_id,
        kind=term.kind.code,
        first=term.period.first,
        defaults={
            "kind_name": term.kind.name,
            "last": term.period.last,
            "due_on": term.due_on,
            "as_of": as_of,
            "unit_name": heading.unit_name,
            "parent_id": heading.parent_id,
            "parent_name": heading.parent_name,
            "cover": queries.latest_cover(unit_id).stored(),
        },
    )[0]
