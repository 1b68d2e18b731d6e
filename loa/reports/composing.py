"""A report as the administrative document it must be (NĐ 30/2020; decision numbers and forms: DOMAIN.md 3.2)."""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import groupby, islice
from typing import cast
from zipfile import BadZipFile

import docx
from django.conf import settings
from django.utils.translation import gettext as _
from docx.opc.exceptions import PackageNotFoundError

from loa.base.dates import short_date
from loa.base.numbers import number

from .cover import Cover
from .document import (
    Block,
    Bullets,
    Document,
    Heading,
    LandscapeSection,
    PageBreak,
    Paragraph,
    Profile,
    Signature,
    SignatureForm,
    Table,
    profile,
)
from .document.wording import capacity_lines
from .figures import ReportFigure
from .models import EvidenceRow, Report

ANNEX_ROWS = 500
"""Rows of one figure that are printed; the others stay with the record, and the annex says how many."""
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
RESULTS = "results"
BLANK = "……"


def document_of(report: Report, rows: Iterable[EvidenceRow]) -> Document:
    """The document of `report`; `rows` is its frozen evidence in order, empty while it is being written."""
    cover = Cover.read(report.cover)
    figures = [ReportFigure.read(stored) for stored in report.figures]
    return Document(
        profile=cover.layout or settings.LAYOUT,
        parent_organisation=report.parent_name,
        organisation=report.unit_name,
        number=cover.number,
        symbol=cover.symbol,
        place=cover.place or BLANK,
        issued_on=cover.issued_on,
        subject=_("%(name)s on communication work") % {"name": f"{report.kind_name} {report.year}"},
        blocks=[*_text(report, figures), *_annex(figures, rows)],
        signature=signature(cover),
        addressees=[report.parent_name] if report.parent_name else (),
        recipients=cover.recipients,
        archive=cover.archive,
        draft=report.state != Report.State.ACCEPTED,
        synthetic=report.unit.synthetic,
        fingerprint=report.fingerprint,
    )


def signature(cover: Cover) -> Signature:
    """Who signs, as the cover says; raises ValueError where no rule has such a way of signing."""
    form, authority = cover.form, cover.authority
    if form == "Q.":
        authority = ""
    elif not authority:
        form = ""
    return Signature(
        form=cast(SignatureForm, form),
        authority=authority,
        deputy_for=cover.deputy_for,
        post=cover.post,
        name=cover.signer,
    )


def signable(cover: Cover) -> bool:
    """Whether the rule of layout has a way of signing like that."""
    try:
        capacity_lines(signature(cover), layout(cover))
    except ValueError:
        return False
    return True


def layout(cover: Cover) -> Profile:
    """The rule of layout of the day of issue: the one the cover names, or the house's."""
    return profile(cover.layout or settings.LAYOUT, on=cover.issued_on)


def _text(report: Report, figures: Sequence[ReportFigure]) -> Iterator[Block]:
    for numeral, section in zip(ROMAN, report.narrative, strict=False):
        yield Heading(1, f"{numeral}. {section['title']}")
        if section["text"].strip():
            yield Paragraph(section["text"])
        elif section["code"] != RESULTS:
            yield Paragraph(_("Nothing to add."))
        if section["code"] == RESULTS and figures:
            yield _results(report, figures)


def _results(report: Report, figures: Sequence[ReportFigure]) -> Table:
    return Table(
        caption=_("Results by target (figures as of %(day)s)") % {"day": short_date(report.as_of)},
        header=[_("row no."), _("Target"), _("Result"), _("Made of"), _("Level to strive for"), _("State")],
        rows=[
            [
                str(index),
                figure.short,
                figure.value_text,
                figure.parts_text,
                _goal(figure),
                figure.standing_text,
            ]
            for index, figure in enumerate(figures, start=1)
        ],
        widths=[1, 5, 2, 3, 3, 3],
        numeric=[2],
    )


def _goal(figure: ReportFigure) -> str:
    if figure.goal is None:
        return figure.goal_text
    said = {"goal": figure.goal_text, "year": figure.goal_year}
    return _("%(goal)s (%(year)s, proposed)") % said if figure.proposed else _("%(goal)s (%(year)s)") % said


def _annex(figures: Sequence[ReportFigure], rows: Iterable[EvidenceRow]) -> Iterator[LandscapeSection]:
    """One annex with a table for each figure that has evidence; read once, in order, a bounded part kept."""
    named = {figure.target: figure for figure in figures}
    blocks: list[Heading | Paragraph | Bullets | Table | PageBreak] = []
    for target, group in groupby(rows, key=lambda row: row.target):
        if (figure := named.get(target)) is None:
            continue
        blocks.append(_evidence(list(islice(group, ANNEX_ROWS)), figure))
        if figure.rows > ANNEX_ROWS:
            more = {"more": number(figure.rows - ANNEX_ROWS)}
            blocks.append(Paragraph(_("%(more)s more rows are kept with the record of this report.") % more))
    if blocks:
        yield LandscapeSection(_("Evidence of the figures"), blocks)


def _evidence(rows: Sequence[EvidenceRow], figure: ReportFigure) -> Table:
    return Table(
        header=[_("row no."), _("Evidence"), _("Unit"), _("Day"), _("Counts"), _("Reference")],
        rows=[
            [
                str(row.position + 1),
                " · ".join([row.label, *row.cells]),
                row.unit,
                short_date(row.on) if row.on else "",
                number(row.counts),
                row.ref,
            ]
            for row in rows
        ],
        widths=[1, 9, 5, 2.5, 1.5, 4],
        numeric=[0, 4],
        caption=_("Evidence of “%(short)s” (%(rows)s rows)") % {"short": figure.short, "rows": number(figure.rows)},
    )


def fingerprint_in(file: bytes) -> str:
    """The fingerprint that a .docx carries; "" for a file that carries none or is no such document."""
    try:
        return docx.Document(BytesIO(file)).core_properties.identifier or ""
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, OSError):
        return ""
