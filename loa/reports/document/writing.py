"""Writes a document as the bytes of a .docx: head, text, end block, appendices, in the order of NĐ 30/2020."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Protocol, assert_never

from docx.document import Document as Word
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_BREAK
from docx.section import Section
from docx.shared import Mm
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from loa.base.text import clean

from . import wording, wordml
from .content import (
    Block,
    Bullets,
    Document,
    Heading,
    LandscapeSection,
    PageBreak,
    Paragraph,
    Picture,
    Signature,
    Table,
)
from .layout import Profile
from .profiles import profile as layout_of
from .wording import plain


class Container(Protocol):
    """Whatever takes paragraphs: the document, a cell, a header."""

    def add_paragraph(self, text: str = "") -> WordParagraph: ...


def write(document: Document) -> bytes:
    """The document as a .docx in its profile's layout. The same document always gives the same bytes."""
    profile = layout_of(document.profile, on=document.issued_on)
    word = wordml.blank(profile)
    _describe(word, document, profile)
    _lay_out(word.sections[0], profile, marks=wording.marks(document))
    _write_head(word, document, profile)
    _write_blocks(word, document.body)
    _write_end(word, document, profile)
    for index, appendix in enumerate(document.appendices):
        _write_appendix(word, document, profile, appendix, label=wording.appendix_label(index, document, profile))
    if document.fingerprint:
        _say(word, "Fingerprint", wording.FINGERPRINT + document.fingerprint)
    return wordml.package(word)


def _describe(word: Word, document: Document, profile: Profile) -> None:
    properties = word.core_properties
    properties.title = wording.title(document)
    properties.author = properties.last_modified_by = clean(document.organisation)
    properties.comments = ""
    properties.identifier = clean(document.fingerprint)
    properties.language = profile.language
    wordml.date_properties(word, document.issued_on)


# The page


def _lay_out(section: Section, profile: Profile, *, marks: str) -> None:
    """Paper, margins, and what stands in the top margin: marks on every page, the number on all but the first."""
    section.page_width, section.page_height = (Mm(side) for side in (profile.width, profile.height))
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
            _say(header, "Mark", marks)


def _text_width(section: Section) -> float:
    """In millimetres."""
    page, left, right = (side or Mm(0) for side in (section.page_width, section.left_margin, section.right_margin))
    return float((page - left - right) / Mm(1))


# The head of page one


def _write_head(word: Word, document: Document, profile: Profile) -> None:
    """Who issues, nation and motto; number, place and date; kind and subject (NĐ 30/2020, Annex I, II.1-5)."""
    columns = (profile.names_width, profile.text_width - profile.names_width)
    (names, nation), (number, place) = _columns(word, columns, rows=2)
    for line in wording.parent_lines(document, profile):
        _say(names, "ParentOrganisation", line)
    for line in wording.issuer_lines(document, profile):
        _say(names, "Organisation", line)
    _rule(names, columns[0], wording.issuer_rule(document, profile))
    _say(nation, "Nation", profile.nation)
    _say(nation, "Motto", profile.motto)
    _rule(nation, columns[1], profile.motto_rule)
    _say(number, "Number", wording.number_line(document, profile))
    _say(place, "PlaceAndDate", wording.place_line(document, profile))
    _say(word, "Kind", document.kind.upper())
    _say(word, "Subject", document.subject)
    _rule(word, profile.text_width, wording.subject_rule(document, profile))
    _say(word, "Gap")
    _write_addressees(word, wording.addressees(document), profile)
    for ground in wording.grounds(document):
        _say(word, "Ground", ground)


def _write_addressees(word: Word, addressees: Sequence[str], profile: Profile) -> None:
    """One on the line of the words before it, several below it, each with a dash (II.9)."""
    if len(addressees) == 1:
        _say(word, "Addressee", f"{profile.addressees_label} {addressees[0].rstrip(wording.ENDS)}")
    elif addressees:
        _say(word, "Addressees", profile.addressees_label)
        for addressee in addressees:
            _say(word, "AddresseeItem", f"- {addressee}")
        _say(word, "Gap")


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
            case Picture():
                _draw(word, block)
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
    made._tbl.append(wordml.row([("CellHead", plain(name)) for name in table.header], widths, header=True))
    for cells in table.rows:
        texts = (plain(cell) for cell in cells)
        made._tbl.append(wordml.row(list(zip(styles, texts, strict=True)), widths))
    _say(word, "Gap")


def _draw(word: Word, picture: Picture) -> None:
    drawn = _say(word, "Picture").add_run().add_picture(BytesIO(picture.image), Mm(picture.width), Mm(picture.height))
    wordml.describe(drawn, plain(picture.description))


# The end


def _write_end(word: Word, document: Document, profile: Profile) -> None:
    """Recipients on the left, signature on the right (II.7, II.9), never on a page without a line of the text."""
    if document.body and isinstance(document.body[-1], Paragraph | Bullets):
        word.paragraphs[-1].paragraph_format.keep_with_next = True
    if document.second is not None:
        half = profile.text_width / 2
        [(second, first)] = _columns(word, (half, half), rows=1)
        _write_signature(second, document.second, profile)
        _write_signature(first, document.signature, profile)
        _say(word, "Gap")
        _write_recipients(word, document, profile)
    else:
        columns = (profile.recipients_width, profile.text_width - profile.recipients_width)
        [(recipients, signature)] = _columns(word, columns, rows=1)
        _write_recipients(recipients, document, profile)
        _write_signature(signature, document.signature, profile)
    _say(word, "Gap")


def _write_recipients(container: Container, document: Document, profile: Profile) -> None:
    _say(container, "RecipientsTitle", profile.recipients_label)
    for line in wording.recipient_lines(document, profile):
        _say(container, "Recipients", line)


def _write_signature(container: Container, signature: Signature, profile: Profile) -> None:
    for line in wording.capacity_lines(signature, profile):
        _say(container, "Capacity", line)
    for _ in range(profile.signature_room):
        _say(container, "SignatureRoom")
    _say(container, "Signer", signature.name)


def _write_appendix(
    word: Word, document: Document, profile: Profile, appendix: LandscapeSection, *, label: str
) -> None:
    """An appendix counts its own pages and says to which document it belongs (III.1)."""
    section = word.add_section()
    word.paragraphs[-1]._p.style = "Gap"  # the one python-docx adds to end the section before
    if section.orientation != WD_ORIENT.LANDSCAPE:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    wordml.count_pages_from_one(section._sectPr)
    _say(word, "AppendixLabel", label)
    _say(word, "AppendixTitle", wording.appendix_title(appendix))
    _say(word, "AppendixSource", wording.enclosed(document, profile))
    _write_blocks(word, appendix.blocks)


# Small parts


def _say(container: Container, style: str, text: str = "") -> WordParagraph:
    paragraph = container.add_paragraph(plain(text))
    paragraph._p.style = style
    return paragraph


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
