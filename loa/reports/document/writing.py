"""Writes a document as the bytes of a .docx: head, text, end block, appendices, in the order of NĐ 30/2020."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol, assert_never

from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_BREAK
from docx.section import Section
from docx.shared import Mm
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from loa.base.dates import long_date
from loa.base.text import clean
from loa.reports.document import wordml
from loa.reports.document.content import (
    Block,
    Bullets,
    Document,
    Heading,
    LandscapeSection,
    PageBreak,
    Paragraph,
    Table,
)
from loa.reports.document.layout import LANGUAGE, MOTTO, NATION, PROFILES, Profile
from loa.reports.document.lines import broken, width_of

DRAFT = "BẢN NHÁP – chưa được chấp nhận"
SYNTHETIC = "Số liệu minh hoạ, không phải số liệu thật"
UNDATED = "ngày … tháng … năm …"
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
ENDS = " ;.,"
NOT_IN_XML = {0xFFFE: None, 0xFFFF: None}


class Container(Protocol):
    """Whatever takes paragraphs: the document, a cell, a header."""

    def add_paragraph(self, text: str = "") -> WordParagraph: ...


def write(document: Document) -> bytes:
    """The document as a .docx in its profile's layout. The same document always gives the same bytes."""
    profile = PROFILES[document.profile]
    word = wordml.blank(profile)
    _describe(word, document)
    _lay_out(word.sections[0], profile, marks=_marks(document))
    _write_head(word, document, profile)
    _write_blocks(word, document.body)
    _write_end(word, document, profile)
    for number, appendix in enumerate(document.appendices):
        _write_appendix(word, document, appendix, numeral=ROMAN[number] if len(document.appendices) > 1 else "")
    if document.fingerprint:
        _say(word, "Fingerprint", f"Mã kiểm chứng: {document.fingerprint}")
    return wordml.package(word)


def _describe(word: Word, document: Document) -> None:
    properties = word.core_properties
    properties.title = clean(f"{document.kind}: {document.subject}")
    properties.author = properties.last_modified_by = clean(document.organisation)
    properties.comments = ""
    properties.identifier = clean(document.fingerprint)
    properties.language = LANGUAGE
    wordml.date_properties(word, document.issued_on)


def _marks(document: Document) -> list[str]:
    return [DRAFT] * document.draft + [SYNTHETIC] * document.synthetic


# The page


def _lay_out(section: Section, profile: Profile, *, marks: Sequence[str]) -> None:
    """Paper, margins, and what stands in the top margin: marks on every page, the number on all but the first."""
    section.page_width, section.page_height = (Mm(side) for side in profile.page)
    section.top_margin, section.bottom_margin = Mm(profile.top), Mm(profile.bottom)
    section.left_margin, section.right_margin = Mm(profile.left), Mm(profile.right)
    section.header_distance = section.footer_distance = Mm(profile.to_page_number)
    section.gutter = Mm(0)
    section.different_first_page_header_footer = True
    for header in (section.first_page_header, section.header):
        header.is_linked_to_previous = False
        wordml.empty(header._element)
    _say(section.first_page_header, "Header")
    wordml.page_number(_say(section.header, "Header"))
    if marks:
        for header in (section.first_page_header, section.header):
            _say(header, "Mark", " – ".join(marks))


def _text_width(section: Section) -> float:
    """In millimetres."""
    page, left, right = (side or Mm(0) for side in (section.page_width, section.left_margin, section.right_margin))
    return float((page - left - right) / Mm(1))


# The head of page one


def _write_head(word: Word, document: Document, profile: Profile) -> None:
    """Who issues, nation and motto; number, place and date; kind and subject (NĐ 30/2020, Annex I, II.1-5)."""
    width = _text_width(word.sections[0])
    columns = (profile.names_width, width - profile.names_width)
    (names, nation), (number, place) = _columns(word, columns, rows=2)
    for line in broken(document.parent_organisation.upper(), columns[0], profile.looks["ParentOrganisation"].size):
        _say(names, "ParentOrganisation", line)
    for line in (issuer := broken(document.organisation.upper(), columns[0], profile.looks["Organisation"].size)):
        _say(names, "Organisation", line)
    _rule(names, columns[0], profile.short_rule * width_of(issuer[-1], profile.looks["Organisation"].size))
    _say(nation, "Nation", NATION)
    _say(nation, "Motto", MOTTO)
    _rule(nation, columns[1], profile.motto_rule)
    _say(number, "Number", f"Số: {document.number or _room_for_number(document)}")
    _say(place, "PlaceAndDate", f"{document.place}, {_date(document.issued_on)}")
    _say(word, "Kind", document.kind.upper())
    subject = _say(word, "Subject", document.subject)
    _rule(word, width, profile.short_rule * min(width, width_of(subject.text, profile.looks["Subject"].size)))
    _say(word, "Gap")


def _room_for_number(document: Document) -> str:
    return "\u00a0" * 6 + f"/{document.symbol}"


def _date(day: date | None) -> str:
    return long_date(day) if day else UNDATED


# The text


def _write_blocks(word: Word, blocks: Iterable[Block]) -> None:
    for block in blocks:
        match block:
            case Heading():
                _say(word, f"Heading{block.level}", block.text)
            case Paragraph():
                for line in filter(clean, block.text.splitlines()):
                    _say(word, "Body", line)
            case Bullets():
                for item in filter(clean, block.items):
                    _say(word, "Body", f"- {item}")
            case Table():
                _write_table(word, block)
            case PageBreak():
                _say(word, "Gap").add_run().add_break(WD_BREAK.PAGE)
            case LandscapeSection():
                raise ValueError("Appendices stand beside one another, after the text.")
            case _:
                assert_never(block)


def _write_table(word: Word, table: Table) -> None:
    if table.caption:
        _say(word, "Caption", table.caption)
    text_width = _text_width(word.sections[-1])
    shares = table.widths or [1.0] * len(table.header)
    widths = [text_width * share / sum(shares) for share in shares]
    styles = ["CellNumber" if column in table.numeric else "Cell" for column in range(len(widths))]
    made = word.add_table(rows=0, cols=len(widths))
    wordml.lock(made, widths, ruled=True)
    made._tbl.append(wordml.row([("CellHead", _text(name)) for name in table.header], widths, header=True))
    for cells in table.rows:
        texts = (_text(cell) for cell in cells)
        made._tbl.append(wordml.row(list(zip(styles, texts, strict=True)), widths))
    _say(word, "Gap")


# The end


def _write_end(word: Word, document: Document, profile: Profile) -> None:
    """Recipients on the left, signature on the right (II.7, II.9), never on a page without a line of the text."""
    if document.body and isinstance(document.body[-1], Paragraph | Bullets):
        word.paragraphs[-1].paragraph_format.keep_with_next = True
    columns = (profile.recipients_width, _text_width(word.sections[0]) - profile.recipients_width)
    [(recipients, signature)] = _columns(word, columns, rows=1)
    _say(recipients, "RecipientsTitle", "Nơi nhận:")
    for item in document.recipients:
        _say(recipients, "Recipients", f"- {item.rstrip(ENDS)};")
    _say(recipients, "Recipients", f"- {document.archive.rstrip(ENDS)}.")
    for line in document.signature.capacity:
        _say(signature, "Capacity", line.upper())
    for _ in range(profile.signature_room):
        _say(signature, "SignatureRoom")
    _say(signature, "Signer", document.signature.name)
    _say(word, "Gap")


def _write_appendix(word: Word, document: Document, appendix: LandscapeSection, *, numeral: str) -> None:
    """An appendix counts its own pages and says to which document it belongs (III.1)."""
    section = word.add_section()
    word.paragraphs[-1]._p.style = "Gap"  # the one python-docx adds to end the section before
    if section.orientation != WD_ORIENT.LANDSCAPE:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    wordml.count_pages_from_one(section._sectPr)
    _say(word, "AppendixLabel", f"Phụ lục {numeral}")
    _say(word, "AppendixTitle", appendix.title.upper())
    number = document.number or _room_for_number(document)
    source = f"{document.kind.capitalize()} số {number} {_date(document.issued_on)} của {document.organisation}"
    _say(word, "AppendixSource", f"(Kèm theo {source})")
    _write_blocks(word, appendix.blocks)


# Small parts


def _say(container: Container, style: str, text: str = "") -> WordParagraph:
    paragraph = container.add_paragraph(_text(text))
    paragraph._p.style = style
    return paragraph


def _text(text: str) -> str:
    """`text` as XML can carry it: NFC and one line. No-break spaces stay; they are room for a pen."""
    return "\u00a0".join(clean(part) for part in text.translate(NOT_IN_XML).split("\u00a0"))


def _columns(word: Word, widths: Sequence[float], *, rows: int) -> list[tuple[_Cell, _Cell]]:
    """Empty cells side by side, without rules."""
    table = word.add_table(rows=0, cols=len(widths))
    wordml.lock(table, widths, ruled=False)
    for _ in range(rows):
        table._tbl.append(wordml.row([("Gap", "")] * len(widths), widths, top=True))
    for cell in (cell for row in table.rows for cell in row.cells):
        wordml.empty(cell._tc)
    return [(row.cells[0], row.cells[1]) for row in table.rows]


def _rule(container: Container, column: float, length: float) -> None:
    """A thin centred line; both in millimetres. A line of its own, because the decree forbids underlining."""
    wordml.rule_above(_say(container, "Rule"), side=(column - length) / 2)
