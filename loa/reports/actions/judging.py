"""Accepting a report, or giving it back."""

from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from loa.base.errors import Refused
from loa.base.text import clean_lines
from loa.ledger.actions import record

from .. import composing, document, queries
from ..events import ReportAccepted, ReportReturned
from ..models import Report
from .checks import to_judge

if TYPE_CHECKING:
    from loa.people.models import Account


@transaction.atomic
def return_with_remarks(report: Report, *, remarks: str, by: "Account", at: datetime) -> Report:
    """Give it back to be improved; it had arrived all the same."""
    report = to_judge(report, by=by, at=at)
    remarks = clean_lines(remarks)
    if not remarks:
        raise Refused(_("Please say what should be improved, so that the unit knows what to do."))
    returned = report.fingerprint
    report.rows.all().delete()
    report.state, report.remarks, report.fingerprint, report.frozen_at = Report.State.RETURNED, remarks, "", None
    report.save(update_fields=["state", "remarks", "fingerprint", "frozen_at"])
    fact = ReportReturned(subject=report.ref, unit_id=report.unit_id)
    record(fact, by=by, at=at, evidence=[f"sha256:{returned}"])
    return report


@transaction.atomic
def accept(report: Report, *, by: "Account", at: datetime) -> Report:
    """Take it as it is, for good: the document is written and stored, and nothing changes after this."""
    report = to_judge(report, by=by, at=at)
    if not queries.intact(report):
        raise Refused(
            _("What is stored no longer matches what was handed in, so it can not be accepted. Please return it.")
        )
    report.state, report.accepted_at = Report.State.ACCEPTED, at
    with override(settings.LANGUAGE_CODE):
        written = document.write(composing.document_of(report, queries.frozen_rows(report)))
    report.document = _store(f"reports/{report.fingerprint}.docx", written)
    report.document_hash = sha256(written).hexdigest()
    report.save(update_fields=["state", "accepted_at", "document", "document_hash"])
    fact = ReportAccepted(subject=report.ref, unit_id=report.unit_id)
    record(fact, by=by, at=at, evidence=[f"sha256:{report.fingerprint}", f"sha256:{report.document_hash}"])
    return report


def _store(name: str, content: bytes) -> str:
    """Named by its fingerprint, so that a second try after a crash finds the same document in its place."""
    storage = storages["private"]
    if storage.exists(name):
        storage.delete(name)
    return storage.save(name, ContentFile(content))
