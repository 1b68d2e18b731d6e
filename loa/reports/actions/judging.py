"""Accepting a report, or giving it back."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from loa.base.errors import Refused
from loa.base.text import clean_lines
from loa.ledger.actions import record

from .. import checking, queries
from ..events import ReportAccepted, ReportAgreed, ReportReturned
from ..models import Remark, Report
from .checks import to_judge

if TYPE_CHECKING:
    from loa.people.models import Account


@transaction.atomic
def return_with_remarks(
    report: Report, *, remarks: str, by: "Account", at: datetime, notes: Mapping[str, str] | None = None
) -> Report:
    """Give it back to be improved; it had arrived all the same.

    `remarks` speak of the whole, `notes` of single figures and passages, by their place.
    """
    report = to_judge(report, by=by, at=at)
    said = {place: clean_lines(text) for place, text in {**(notes or {}), "": remarks}.items()}
    said = {place: text for place, text in said.items() if text}
    if not said:
        raise Refused(_("Please say what should be improved, so that the unit knows what to do."))
    if said.keys() - {""} - set(checking.places(report, queries.form_of(report))):
        raise Refused(_("This report has no such figure."))
    returned = report.fingerprint
    report.rows.all().delete()
    report.state, report.remarks, report.fingerprint, report.frozen_at = (
        Report.State.RETURNED,
        said.get("", ""),
        "",
        None,
    )
    report.judge_id, report.step = None, 0
    report.save(update_fields=["state", "remarks", "fingerprint", "frozen_at", "judge", "step"])
    _keep_remarks(report, said, by=by, at=at)
    fact = ReportReturned(subject=report.ref, unit_id=report.unit_id, places=tuple(sorted(said)))
    record(fact, by=by, at=at, evidence=[f"sha256:{returned}"])
    return report


def _keep_remarks(report: Report, said: Mapping[str, str], *, by: "Account", at: datetime) -> None:
    count = (report.notes.aggregate(last=Max("round"))["last"] or 0) + 1
    Remark.objects.bulk_create(
        Remark(report=report, round=count, place=place, text=text, by=by.ref, at=at) for place, text in said.items()
    )


@transaction.atomic
def accept(report: Report, *, by: "Account", at: datetime) -> Report:
    """Agree to it as it is. The last level that the form names takes it for good: nothing changes after this.

    Its files are made afterwards from what was frozen (printing.py), which always gives the same document.
    """
    report = to_judge(report, by=by, at=at)
    if not queries.intact(report):
        raise Refused(
            _("What is stored no longer matches what was handed in, so it can not be accepted. Please return it.")
        )
    judges = queries.judges(report, steps=queries.form_of(report).steps)
    if report.step + 1 < len(judges):
        return _agree(report, judges[report.step + 1], by=by, at=at)
    report.state, report.accepted_at = Report.State.ACCEPTED, at
    report.save(update_fields=["state", "accepted_at"])
    fact = ReportAccepted(subject=report.ref, unit_id=report.unit_id)
    record(fact, by=by, at=at, evidence=[f"sha256:{report.fingerprint}"])
    return report


def _agree(report: Report, above: int, *, by: "Account", at: datetime) -> Report:
    """The first of two levels agrees; now it waits for the level above."""
    report.step, report.judge_id = report.step + 1, above
    report.save(update_fields=["step", "judge"])
    fact = ReportAgreed(subject=report.ref, unit_id=report.unit_id, step=report.step)
    record(fact, by=by, at=at, evidence=[f"sha256:{report.fingerprint}"])
    return report
