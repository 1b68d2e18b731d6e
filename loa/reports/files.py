"""The document of a report as a file, and what a file says about its report."""

from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.core.files.storage import storages
from django.utils.translation import override

from loa.base.text import slug

from . import composing, document, queries, records
from .document import printing
from .models import Printing, Report

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx(report: Report) -> bytes:
    """As kept; before a worker has made it, made now: what is frozen always gives the same document, byte for byte.

    Before the report is accepted, as it reads now, marked as a draft.
    """
    if report.document:  # accepted before workers made the files
        with storages["private"].open(report.document) as file:
            return bytes(file.read())
    kept = queries.printing(report, sort=Printing.Sort.DOCX)
    if kept is not None and kept.final and kept.state == kept.State.DONE:
        with kept.file.open("rb") as file:
            return bytes(file.read())
    with override(settings.LANGUAGE_CODE):
        return document.write(composing.document_of(report, queries.frozen_rows(report)))


def record(report: Report) -> bytes:
    """The self-contained record (see records.py)."""
    rows, corrections = list(queries.frozen_rows(report)), list(queries.corrections(report))
    document_print = sha256(docx(report)).hexdigest() if report.state == Report.State.ACCEPTED else ""
    return records.written(records.record(report, rows, corrections, document_print=document_print))


def name(report: Report, ending: str = "docx") -> str:
    """A name that any computer can write: "bao-cao-6-thang-2026-ldld-huyen.docx"."""
    return f"{slug(f'{report.name} {report.unit.code}')}.{ending}"


def pdf(report: Report) -> bytes:
    """As stored, where there is a final one; else as it reads now. Raises document.printing.Unprintable."""
    kept = queries.printing(report)
    if kept is not None and kept.final and kept.state == kept.State.DONE:
        with kept.file.open("rb") as file:
            return bytes(file.read())
    with override(settings.LANGUAGE_CODE):
        return printing.write(composing.document_of(report, queries.frozen_rows(report)))


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What a file was found to be: `same` byte for byte what was stored, `intact` whether the record still holds."""

    report: Report | None
    same: bool = False
    intact: bool = False

    @property
    def good(self) -> bool:
        return self.report is not None and self.same and self.intact


def check(file: bytes) -> Checked:
    """Whether this .docx or PDF is the document of an accepted report, unchanged, and its record unchanged, too."""
    report = queries.report_with(composing.fingerprint_in(file))
    if report is None or report.state != Report.State.ACCEPTED:
        return Checked(report=None)
    same = file == docx(report) or queries.printed(report, sha256(file).hexdigest())
    return Checked(report=report, same=same, intact=queries.intact(report))
