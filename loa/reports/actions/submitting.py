"""Handing a report in: what it says is frozen, with the rows behind it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from loa.base.dates import short_date, today
from loa.base.errors import Refused
from loa.ledger.actions import record

from .. import checking, composing, counting, fingerprint, queries
from ..cover import NUMBER, Cover
from ..events import ReportSubmitted
from ..figures import ReportFigure
from ..formfile import Form
from ..models import EvidenceRow, Report
from .checks import put_names, to_write

if TYPE_CHECKING:
    from loa.people.models import Account
    from loa.planning.protocol import Row

BATCH = 500


@transaction.atomic
def submit(report: Report, *, cover: Cover, by: "Account", at: datetime) -> Report:
    """Hand it in: figures, entries, evidence, text and names are frozen and get their fingerprint."""
    report, on = to_write(report, by=by, at=at), today(at)
    if on <= report.last:
        raise Refused(
            _("This report covers the days up to %(last)s; it can be handed in from the day after.")
            % {"last": short_date(report.last)}
        )
    form = queries.form_of(report)
    _check_open(report, form, on=on)
    _check_complete(report, form)
    number = _checked_cover(report, form, cover, on=on)
    put_names(report, on=on)
    rows = _freeze(report, form)
    report.cover = cover.stored()
    report.document_number, report.document_year = number, cover.issued_on.year if number and cover.issued_on else None
    report.format = fingerprint.FORMAT
    report.fingerprint = fingerprint.of(report, queries.frozen_rows(report), code=report.unit.code)
    report.state, report.frozen_at, report.step = Report.State.SUBMITTED, at, 0
    report.received_on = report.received_on or on
    report.judge_id = queries.judges(report, steps=form.steps)[0]
    report.save(
        update_fields=[
            *("unit_name", "parent", "parent_name", "figures", "cover", "document_number", "document_year", "format"),
            *("fingerprint", "state", "frozen_at", "received_on", "step", "judge"),
        ]
    )
    fact = ReportSubmitted(
        subject=report.ref,
        unit_id=report.unit_id,
        received_on=report.received_on,
        due_on=report.due_on,
        rows=rows,
    )
    record(fact, by=by, at=at, evidence=[f"sha256:{report.fingerprint}"])
    return report


def _check_open(report: Report, form: Form, *, on: date) -> None:
    """Long after the due day a report is taken only with an extension; one that came in time and returned always is."""
    if form.closes_after is None or report.received_on is not None:
        return
    if on <= report.due_on + timedelta(days=form.closes_after):
        return
    extension = queries.extension_of(report.unit_id, kind=report.kind, first=report.first)
    if extension is None or not extension.covers(on):
        raise Refused(
            _("This period was closed %(days)d days after %(due)s. Please ask the level above for an extension.")
            % {"days": form.closes_after, "due": short_date(report.due_on)}
        )


def _check_complete(report: Report, form: Form) -> None:
    found = checking.faults(report, form)
    found += [
        checking.Fault(place=remark.place, text=_("Please answer the remark “%(text)s”.") % {"text": remark.text})
        for remark in queries.open_remarks(report)
        if not remark.answer
    ]
    if found:
        named = checking.labels(report, form)
        lines = [f"{named.get(fault.place, report.kind_name)}: {fault.text}" for fault in found]
        raise Refused(_("The report can not be handed in yet:") + "\n" + "\n".join(lines))


def _checked_cover(report: Report, form: Form, cover: Cover, *, on: date) -> str:
    """The number in one spelling; "" for a brief report, which has none."""
    if form.brief and not cover.number:
        return ""
    if not NUMBER.fullmatch(cover.number):
        raise Refused(_("Please give the number of the document as the clerk entered it, such as 12/BC-LĐLĐ."))
    if not (cover.place and cover.post and cover.signer):
        raise Refused(_("Please give the place, and the post and name of whoever signs."))
    if not composing.signable(cover):
        raise Refused(
            _("The rules of layout know no such way of signing; please look at form, on whose behalf, and deputy.")
        )
    if cover.issued_on is None or not report.last < cover.issued_on <= on:
        raise Refused(_("The document must be dated after the period has ended, and not later than today."))
    other = queries.report_numbered(report.unit_id, cover.number_key, year=cover.issued_on.year)
    if other is not None and other.pk != report.pk:
        raise Refused(
            _(
                "The number %(number)s was already given to “%(other)s” this year. "
                "Please ask the clerk for the right one."
            )
            % {"number": cover.number, "other": other.name}
        )
    return cover.number_key


def _freeze(report: Report, form: Form) -> int:
    """Keep all evidence with the report; returns how many rows. Refuses figures and sums that nobody has read."""
    term = queries.term_of(report)
    if term is None:
        raise Refused(_("The plan no longer asks for this report."))
    with override(settings.LANGUAGE_CODE):
        counted = queries.counted(report.unit_id, term=term, as_of=report.last, form=form)
        figures = [one.figure for one in counted]
        read = [replace(ReportFigure.read(stored), rows=0, rows_complete=True) for stored in report.figures]
        unchanged = figures == read and report.sums == queries.gathered(report, term, form, figures)
        kept = [_keep_rows(report, one) for one in counted]
        others = [
            *queries.listed_now(report, term, form).items(),
            *queries.gathered_rows(report, term, form).items(),
        ]
        for target, found in others:
            EvidenceRow.objects.bulk_create(_rows(report, target, found, start=0))
    if not unchanged:
        raise Refused(
            _("The figures have changed since they were filled in. Please update them, read them, and hand in again.")
        )
    report.figures = [figure.stored() for figure in kept]
    return sum(figure.rows for figure in kept) + sum(len(found) for _target, found in others)


def _keep_rows(report: Report, counted: queries.Counted) -> ReportFigure:
    evidence = counted.evidence()
    count = 0
    while batch := list(islice(evidence, min(BATCH, counting.ROWS_KEPT - count))):
        EvidenceRow.objects.bulk_create(_rows(report, counted.figure.target, batch, start=count))
        count += len(batch)
    return replace(counted.figure, rows=count, rows_complete=next(evidence, None) is None)


def _rows(report: Report, target: str, rows: Iterable["Row"], *, start: int) -> list[EvidenceRow]:
    return [
        EvidenceRow(
            report=report,
            target=target,
            position=position,
            ref=row.ref,
            label=row.label,
            url=row.url,
            on=row.on,
            unit=row.unit,
            counts=row.counts,
            cells=[str(cell) for cell in row.cells],
        )
        for position, row in enumerate(rows, start=start)
    ]
