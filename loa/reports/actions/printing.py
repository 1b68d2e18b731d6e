"""A report as a file: asked for, made by a worker outside any transaction, kept with its fingerprint once accepted."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import override

from loa.ledger.actions import record

from .. import composing, document, queries
from ..document import printing as pdf
from ..events import ReportPrinted
from ..models import Printing, Report

if TYPE_CHECKING:
    from loa.ledger.facts import Actor

State = Printing.State
FORGOTTEN = timedelta(minutes=15)
"""How long one may wait before it is taken for forgotten by a crash."""


@transaction.atomic
def ask_for_print(report: Report, *, at: datetime, sort: Printing.Sort = Printing.Sort.PDF) -> Printing:
    """What is to be made. A final one is made once; one of a draft anew each time, as the draft has changed."""
    final = report.state == Report.State.ACCEPTED
    asked = {"report": report, "final": final, "sort": sort, "corrections": len(queries.accepted_corrections(report))}
    Printing.objects.get_or_create(**asked, defaults={"asked_at": at})
    found = Printing.objects.select_for_update().get(**asked)
    if found.state == State.WAITING or (final and found.state == State.DONE):
        return found
    found.state, found.page, found.message, found.asked_at, found.ended_at = State.WAITING, 0, "", at, None
    found.save(update_fields=["state", "page", "message", "asked_at", "ended_at"])
    return found


def print_report(asked: Printing, *, by: "Actor", at: datetime) -> Printing:
    """Write the file and keep it. Done twice, it is done once; what is missing on this machine is said."""
    if asked.state != State.WAITING:
        return asked
    try:
        with override(settings.LANGUAGE_CODE):
            written = _written(asked)
    except pdf.Unprintable as problem:
        return _end(asked, State.FAILED, message=str(problem), at=at)
    return _keep(asked, written, by=by, at=at)


def _written(asked: Printing) -> bytes:
    corrections = queries.accepted_corrections(asked.report)[: asked.corrections]
    composed = composing.document_of(asked.report, queries.frozen_rows(asked.report), corrections)
    if asked.sort == Printing.Sort.DOCX:
        return document.write(composed)
    return pdf.write(composed, tell=lambda page: _tell(asked, page))


def _tell(asked: Printing, page: int) -> None:
    if page % 5 == 0:
        Printing.objects.filter(pk=asked.pk, state=State.WAITING).update(page=page)


@transaction.atomic
def _keep(asked: Printing, written: bytes, *, by: "Actor", at: datetime) -> Printing:
    if not Printing.objects.select_for_update().filter(pk=asked.pk, state=State.WAITING).exists():
        return asked  # somebody else was quicker
    asked.fingerprint = sha256(written).hexdigest()
    asked.file.save(f"{asked.fingerprint}.{asked.sort}", ContentFile(written), save=False)
    _end(asked, State.DONE, message="", at=at)
    if asked.final:
        report = asked.report
        fact = ReportPrinted(subject=report.ref, unit_id=report.unit_id)
        record(fact, by=by, at=at, evidence=[f"sha256:{report.fingerprint}", f"sha256:{asked.fingerprint}"])
    return asked


def _end(asked: Printing, state: State, *, message: str, at: datetime) -> Printing:
    asked.state, asked.message, asked.ended_at = state, message, at
    asked.save(update_fields=["state", "message", "ended_at", "file", "fingerprint"])
    return asked


def unprinted(*, at: datetime) -> list[int]:
    """Those that a crash left waiting: a worker is asked again."""
    return list(Printing.objects.filter(state=State.WAITING, asked_at__lt=at - FORGOTTEN).values_list("pk", flat=True))
