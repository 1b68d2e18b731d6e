"""The document of a report as a file, and what a file says about its report."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.core.files.storage import storages
from django.utils.translation import override

from loa.base.text import slug

from . import composing, document, queries, records
from .document import printing
from .models import Correction, Printing, Report

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx(report: Report) -> bytes:
    """With the corrections accepted since; as kept, or before a worker has made it, made now.

    What is frozen always gives the same document, byte for byte. Before the report is accepted, it is as it reads now,
    marked as a draft.
    """
    corrections = queries.accepted_corrections(report)
    if not corrections:
        return docx_as_accepted(report)
    return _kept(queries.printing(report, sort=Printing.Sort.DOCX)) or _composed(report, corrections)


def docx_as_accepted(report: Report) -> bytes:
    """Without any correction."""
    if report.document:  # accepted before workers made the files
        with storages["private"].open(report.document) as file:
            return bytes(file.read())
    return _kept(queries.printing_bare(report, sort=Printing.Sort.DOCX)) or _composed(report, [])


def _kept(printing: Printing | None) -> bytes:
    """The bytes of a final file; none where it is not made yet."""
    if printing is None or not printing.final or printing.state != printing.State.DONE:
        return b""
    with printing.file.open("rb") as file:
        return bytes(file.read())


def _composed(report: Report, corrections: Sequence[Correction]) -> bytes:
    with override(settings.LANGUAGE_CODE):
        return document.write(composing.document_of(report, queries.frozen_rows(report), corrections))


def record(report: Report) -> bytes:
    """The self-contained record (see records.py)."""
    rows, corrections = list(queries.frozen_rows(report)), list(queries.corrections(report))
    prints = []
    if report.state == Report.State.ACCEPTED:
        prints = [sha256(file).hexdigest() for file in (docx_as_accepted(report), docx(report))]
    return records.written(records.record(report, rows, corrections, document_prints=prints))


def name(report: Report, ending: str = "docx") -> str:
    """A name that any computer can write: "bao-cao-6-thang-2026-ldld-huyen.docx"."""
    return f"{slug(f'{report.name} {report.unit.code}')}.{ending}"


def name_with_corrections(report: Report, ending: str = "docx") -> str:
    """The same of the file that shows the corrections."""
    return name(report, f"dinh-chinh.{ending}") if queries.accepted_corrections(report) else name(report, ending)


def pdf(report: Report) -> bytes:
    """As stored, where there is a final one; else as it reads now. Raises document.printing.Unprintable."""
    if kept := _kept(queries.printing(report)):
        return kept
    corrections = queries.accepted_corrections(report)
    with override(settings.LANGUAGE_CODE):
        return printing.write(composing.document_of(report, queries.frozen_rows(report), corrections))


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What a file was found to be: `same` byte for byte what was stored, `intact` whether the record still holds.

    `corrected` says whether it is the document that shows all corrections accepted so far.
    """

    report: Report | None
    same: bool = False
    intact: bool = False
    corrected: bool = True

    @property
    def good(self) -> bool:
        return self.report is not None and self.same and self.intact


def check(file: bytes) -> Checked:
    """Whether this .docx or PDF is the document of an accepted report, unchanged, and its record unchanged, too."""
    report = queries.report_with(composing.fingerprint_in(file))
    if report is None or report.state != Report.State.ACCEPTED:
        return Checked(report=None)
    print_of = sha256(file).hexdigest()
    newest = queries.printing(report)
    corrected = file == docx(report) or (newest is not None and newest.fingerprint == print_of)
    same = corrected or file == docx_as_accepted(report) or queries.printed(report, print_of)
    return Checked(report=report, same=same, intact=queries.intact(report), corrected=corrected)
