"""Handing a report in: what it says is frozen, with the rows behind it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from loa.base.dates import short_date, today
from loa.base.errors import Refused
from loa.ledger.actions import record

from .. import composing, counting, fingerprint, narrative, queries
from ..cover import NUMBER, Cover
from ..events import ReportSubmitted
from ..figures import ReportFigure
from ..models import EvidenceRow, Report
from .checks import put_names, to_write

if TYPE_CHECKING:
    from loa.people.models import Account
    from loa.planning.protocol import Row
    from loa.planning.scorecard import Line

BATCH = 500


@transaction.atomic
def submit(report: Report, *, cover: Cover, by: "Account", at: datetime) -> Report:
    """Hand it in: figures, evidence, text and names are frozen and get their fingerprint."""
    report, on = to_write(report, by=by, at=at), today(at)
    if on <= report.last:
        raise Refused(
            _("This report covers the days up to %(last)s; it can be handed in from the day after.")
            % {"last": short_date(report.last)}
        )
    _check_complete(report, cover, on=on)
    put_names(report, on=on)
    rows = _freeze(report)
    report.cover = cover.stored()
    report.fingerprint = fingerprint.of(report, queries.frozen_rows(report), code=report.unit.code)
    report.state, report.frozen_at = Report.State.SUBMITTED, at
    report.received_on = report.received_on or on
    report.save(
        update_fields=[
            *("unit_name", "parent", "parent_name", "figures", "cover"),
            *("fingerprint", "state", "frozen_at", "received_on"),
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


def _check_complete(report: Report, cover: Cover, *, on: date) -> None:
    if blank := narrative.missing(report.narrative):
        raise Refused(_("Please write these sections first: %(sections)s.") % {"sections": "; ".join(blank)})
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


def _freeze(report: Report) -> int:
    """Keep every figure's evidence with the report; returns how many rows. Refuses figures that nobody has read."""
    term = queries.term_of(report)
    if term is None:
        raise Refused(_("The plan no longer asks for this report."))
    with override(settings.LANGUAGE_CODE):
        lines = counting.lines(report.unit_id, term=term, as_of=report.last)
        figures = [counting.figure(line) for line in lines]
        read = [replace(ReportFigure.read(stored), rows=0, rows_complete=True) for stored in report.figures]
        unchanged = figures == read
        kept = [_keep_rows(report, line, figure) for line, figure in zip(lines, figures, strict=True)]
    if not unchanged:
        raise Refused(
            _("The figures have changed since they were filled in. Please update them, read them, and hand in again.")
        )
    report.figures = [figure.stored() for figure in kept]
    return sum(figure.rows for figure in kept)


def _keep_rows(report: Report, line: "Line", figure: ReportFigure) -> ReportFigure:
    evidence = counting.evidence(line)
    count = 0
    while batch := list(islice(evidence, min(BATCH, counting.ROWS_KEPT - count))):
        EvidenceRow.objects.bulk_create(_rows(report, figure.target, batch, start=count))
        count += len(batch)
    return replace(figure, rows=count, rows_complete=next(evidence, None) is None)


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
