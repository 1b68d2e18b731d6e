"""A report as the administrative document it must be (NĐ 30/2020; decision numbers and forms: DOMAIN.md 3.2)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from io import BytesIO
from itertools import groupby, islice
from typing import Any, cast
from zipfile import BadZipFile

import docx
from django.conf import settings
from django.utils.translation import gettext as _
from docx.opc.exceptions import PackageNotFoundError

from loa.base.dates import short_date
from loa.base.numbers import NOTHING, number

from . import corrected, queries, years
from .cover import Cover
from .document import (
    Block,
    Bullets,
    Document,
    Heading,
    LandscapeSection,
    PageBreak,
    Paragraph,
    Picture,
    Profile,
    Signature,
    SignatureForm,
    Table,
    charts,
    printing,
    profile,
)
from .document.wording import capacity_lines
from .entries import shown as entry_text
from .figures import ReportFigure
from .formfile.parts import Annex, Entry, Figures, Form, Item, Listing, Passage, Section
from .models import Correction, EvidenceRow, Report

ANNEX_ROWS = 500
"""Rows of one figure that are printed; the others stay with the record, and the annex says how many."""
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
BLANK = "……"
Frozen = Mapping[str, Sequence[EvidenceRow]]
"""Target, or table of the form → rows."""


def document_of(report: Report, rows: Iterable[EvidenceRow], corrections: Sequence[Correction] = ()) -> Document:
    """The document of `report`, in the order of its form; `rows` is what was frozen with it, in order, read once.

    What was accepted stands as it was; accepted `corrections` are named at its head and told at its end.
    """
    cover, form = Cover.read(report.cover), queries.form_of(report)
    figures = [ReportFigure.read(stored) for stored in report.figures]
    frozen = {target: list(islice(group, ANNEX_ROWS)) for target, group in groupby(rows, key=lambda row: row.target)}
    return Document(
        profile=cover.layout or settings.LAYOUT,
        parent_organisation=report.parent_name,
        organisation=report.unit_name,
        number=cover.number,
        symbol=cover.symbol,
        place=cover.place or BLANK,
        issued_on=cover.issued_on,
        subject=_("%(name)s on communication work") % {"name": report.name},
        addressees=[report.parent_name] if report.parent_name else (),
        recipients=cover.recipients,
        blocks=[
            *corrected.note(corrections),
            *_text(report, form, figures, frozen, cover),
            *corrected.section(corrections),
            *_annexes(form, figures, frozen),
        ],
        signature=signature(cover),
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


def _text(report: Report, form: Form, figures: Sequence[ReportFigure], frozen: Frozen, cover: Cover) -> Iterator[Block]:
    for numeral, section in zip(ROMAN, form.sections, strict=False):
        yield Heading(1, f"{numeral}. {section.title}")
        for sort, group in groupby(section.items, key=type):
            items: list[Any] = list(group)
            if sort is Entry:
                yield _entries(report, items)
                continue
            for item in items:
                yield from _item(report, section, item, figures, frozen, cover)


def _item(
    report: Report, section: Section, item: Item, figures: Sequence[ReportFigure], frozen: Frozen, cover: Cover
) -> Iterator[Block]:
    match item:
        case Passage():
            if item.title != section.title:
                yield Heading(3, item.title)
            yield Paragraph((report.text(item.id) or "").strip() or _("Nothing to add."))
        case Figures():
            chosen = [one for one in figures if not item.targets or one.target in item.targets]
            if chart := _chart(chosen, cover):
                yield chart
            if any(one.years for one in chosen):
                yield from years.results(report, chosen)
            elif chosen:
                yield _results(report, chosen)
        case Listing():
            if found := frozen.get(item.id):
                yield _listing(item, found)


def _entries(report: Report, entries: Sequence[Entry]) -> Table:
    """What the officer typed; beside it, in a report that gathers, what the accepted reports below add up to."""
    gathers = any(entry.gathered for entry in entries)
    rows = []
    for index, entry in enumerate(entries, start=1):
        value = entry_text(entry, report.entries.get(entry.id, "")) or NOTHING
        gathered = report.sums.get(entry.id) if entry.gathered else None
        below = _("%(sum)s (%(reports)s reports)") % _sum(gathered) if gathered else ""
        rows.append([str(index), entry.label, value, *([below] if gathers else [])])
    header = [
        _("row no."),
        _("What was asked"),
        _("Typed figure"),
        *([_("Sum of the accepted reports")] if gathers else []),
    ]
    return Table(header=header, rows=rows, widths=[1, 8, 4, *([4] if gathers else [])], numeric=[0])


def _sum(gathered: Mapping[str, Any]) -> dict[str, str]:
    return {"sum": number(Decimal(gathered["sum"])), "reports": number(gathered["reports"])}


def _listing(item: Listing, rows: Sequence[EvidenceRow]) -> Table:
    return Table(
        header=[_("row no."), _("What"), _("Unit"), _("Day")],
        rows=[
            [str(index), " · ".join([row.label, *row.cells]), row.unit, short_date(row.on) if row.on else ""]
            for index, row in enumerate(rows, start=1)
        ],
        widths=[1, 8, 5, 2.5],
        numeric=[0],
        caption=item.title,
    )


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


def _chart(figures: Sequence[ReportFigure], cover: Cover) -> Picture | None:
    """How far each figure (in a review, its last year) has come towards what is owed; the table has the same."""
    found = [(figure.short, figure.latest or figure) for figure in figures]
    owed = [(short, one) for short, one in found if one.value is not None and one.goal and Decimal(one.goal)]
    bars = [
        charts.Bar(
            label=short,
            part=float((one.value or 0) / Decimal(one.goal or 1)),
            text=f"{one.value_text} / {one.goal_text}",
        )
        for short, one in owed
    ]
    said = "; ".join(f"{bar.label}: {bar.text}" for bar in bars)
    return charts.bars(
        bars,
        mark=_("level to strive for"),
        description=_("Chart of results beside the levels to strive for. %(figures)s.") % {"figures": said},
        width=layout(cover).text_width,
    )


def _goal(figure: ReportFigure) -> str:
    if figure.goal is None:
        return figure.goal_text
    said = {"goal": figure.goal_text, "year": figure.goal_year}
    return _("%(goal)s (%(year)s, proposed)") % said if figure.proposed else _("%(goal)s (%(year)s)") % said


def _annexes(form: Form, figures: Sequence[ReportFigure], frozen: Frozen) -> Iterator[LandscapeSection]:
    """Those the form asks for; all evidence in one where it asks for none. An annex with nothing in it is left out."""
    everything = Annex(id="", title=_("Evidence of the figures"), evidence=tuple(one.target for one in figures))
    yield from years.annex(figures)
    for annex in form.annexes or (() if form.reviews else (everything,)):
        blocks: list[Heading | Paragraph | Bullets | Table | Picture | PageBreak] = []
        for figure in figures:
            if figure.target in annex.evidence and (rows := frozen.get(figure.target)):
                blocks.append(_evidence(rows, figure))
                if figure.rows > ANNEX_ROWS:
                    more = {"more": number(figure.rows - ANNEX_ROWS)}
                    blocks.append(Paragraph(_("%(more)s more rows are kept with the record of this report.") % more))
        printed = [one for one in form.listings if one.id in annex.listings and frozen.get(one.id)]
        blocks += [_listing(one, frozen[one.id]) for one in printed]
        if blocks:
            yield LandscapeSection(annex.title, blocks)


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
    """The fingerprint that a .docx or a PDF carries; "" for a file that carries none or is no such document."""
    if file.startswith(b"%PDF-"):
        return printing.fingerprint_in(file)
    try:
        return docx.Document(BytesIO(file)).core_properties.identifier or ""
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, OSError):
        return ""
