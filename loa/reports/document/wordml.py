"""The few things of WordprocessingML that python-docx does not offer, and a package that is the same every time."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shape import InlineShape
from docx.table import Table
from docx.text.paragraph import Paragraph

from loa.reports.document.layout import Look, Profile

# What python-docx's own template carries along and an administrative document does not need.
UNUSED = ("customXml", "numbering", "stylesWithEffects", "webSettings", "fontTable", "thumbnail", "extended-properties")
NEEDED = ("Normal", "DefaultParagraphFont", "TableNormal", "NoList")
# Styles that word processors know by these names: the outline of the text is built on them.
BUILT_IN = ("heading 1", "heading 2", "heading 3", "caption", "header")


def element(tag: str, **attributes: str | float) -> BaseOxmlElement:
    """`element("w:jc", val="center")` is `<w:jc w:val="center"/>`."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def parent(tag: str, *children: BaseOxmlElement, **attributes: str | float) -> BaseOxmlElement:
    made = element(tag, **attributes)
    made.extend(children)
    return made


def twips(millimetres: float) -> int:
    return round(millimetres * 1440 / 25.4)


def blank(profile: Profile) -> Word:
    """An empty document with the styles of `profile` and no others."""
    word = docx.Document()
    for relationships in (word.part.rels, word.part.package.rels):
        for key in [key for key, found in relationships.items() if found.reltype.endswith(UNUSED)]:
            del relationships[key]
    styles = word.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in NEEDED:
            styles.remove(style)
    body = profile.looks["Body"].size
    new_defaults = parent("w:docDefaults", parent("w:rPrDefault", _letters(body, profile)), parent("w:pPrDefault"))
    styles.replace(styles.find(qn("w:docDefaults")), new_defaults)
    for key, look in profile.looks.items():
        styles.append(_style(key, look, profile))
    _speak(word, profile.language)
    return word


def _letters(size: float, profile: Profile, *faces: BaseOxmlElement) -> BaseOxmlElement:
    half_points, font = round(size * 2), profile.font
    return parent(
        "w:rPr",
        element("w:rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font),
        *faces,
        element("w:color", val="000000"),
        element("w:sz", val=half_points),
        element("w:szCs", val=half_points),
        element("w:lang", val=profile.language, eastAsia=profile.language, bidi=profile.language),
    )


def _style(key: str, look: Look, profile: Profile) -> BaseOxmlElement:
    faces = [element(tag) for tag in _faces(look)]
    shape = parent("w:pPr", *([element("w:keepNext"), element("w:keepLines")] if look.with_next else []))
    shape.append(element("w:widowControl"))
    shape.append(
        element(
            "w:spacing",
            before=round(look.before * 20),
            after=round(look.after * 20),
            line=round(look.line * 240),
            lineRule="auto",
        )
    )
    shape.append(element("w:ind", left=twips(look.left), firstLine=twips(look.indent)))
    shape.append(element("w:jc", val=look.align))
    if look.outline is not None:
        shape.append(element("w:outlineLvl", val=look.outline))
    custom = {} if look.name in BUILT_IN else {"customStyle": 1}
    return parent(
        "w:style",
        element("w:name", val=look.name),
        element("w:basedOn", val="Normal"),
        element("w:qFormat"),
        shape,
        _letters(look.size, profile, *faces),
        type="paragraph",
        styleId=key,
        **custom,
    )


def _faces(look: Look) -> list[str]:
    return ["w:b", "w:bCs"] * look.bold + ["w:i", "w:iCs"] * look.italic


def _speak(word: Word, language: str) -> None:
    """Proofing language and decimal comma, and no "compatibility mode" in today's Word."""
    settings = word.settings.element
    for tag in ("w:rsids", "w:proofState", "w:savePreviewPicture"):
        settings.remove(settings.find(qn(tag)))
    for tag, value in (("w:themeFontLang", language), ("w:decimalSymbol", ","), ("w:listSeparator", ";")):
        settings.find(qn(tag)).set(qn("w:val"), value)
    settings.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), language)
    compatibility = settings.find(f"{qn('w:compat')}/{qn('w:compatSetting')}")
    compatibility.set(qn("w:val"), "15")


def rule_above(paragraph: Paragraph, *, side: float) -> None:
    """Draw a thin rule along the upper edge of `paragraph`, `side` millimetres short at both ends."""
    shape = paragraph._p.get_or_add_pPr()
    line = element("w:top", val="single", sz=6, space=0, color="000000")
    shape.insert_element_before(parent("w:pBdr", line), "w:spacing", "w:ind", "w:jc")
    shape.insert_element_before(element("w:ind", left=twips(side), right=twips(side), firstLine=0), "w:jc")


def empty(container: BaseOxmlElement) -> None:
    """Take out the paragraph that every new cell and header is given."""
    for paragraph in container.findall(qn("w:p")):
        container.remove(paragraph)


def page_number(paragraph: Paragraph) -> None:
    """The number of the page the reader holds."""
    paragraph._p.append(parent("w:fldSimple", parent("w:r", _text("2")), instr="PAGE"))


def _text(text: str) -> BaseOxmlElement:
    made = element("w:t")
    made.text = text
    return made


def count_pages_from_one(section_properties: BaseOxmlElement) -> None:
    for old in section_properties.findall(qn("w:pgNumType")):
        section_properties.remove(old)
    after = section_properties.find(qn("w:pgMar"))
    after.addnext(element("w:pgNumType", start=1))


def lock(table: Table, widths: Sequence[float], *, ruled: bool) -> None:
    """Give `table` fixed column widths in millimetres, and rules or none."""
    properties = table._tbl.tblPr
    for child in list(properties):
        properties.remove(child)
    line = "single" if ruled else "nil"
    inner = 1.5 if ruled else 0
    properties.extend(
        [
            element("w:tblW", w=twips(sum(widths)), type="dxa"),
            element("w:jc", val="center"),
            parent(
                "w:tblBorders",
                *(
                    element(f"w:{side}", val=line, sz=4, space=0, color="000000")
                    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
                ),
            ),
            element("w:tblLayout", type="fixed"),
            parent(
                "w:tblCellMar",
                element("w:left", w=twips(inner), type="dxa"),
                element("w:right", w=twips(inner), type="dxa"),
            ),
        ]
    )
    for column, width in zip(table._tbl.tblGrid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(twips(width)))


def row(
    cells: Sequence[tuple[str, str]], widths: Sequence[float], *, header: bool = False, top: bool = False
) -> BaseOxmlElement:
    """A table row of (style, text) cells that stays on one page; a header row comes again on every page.

    Rows are built here because python-docx walks the whole table for each cell it finds.
    """
    made = parent("w:tr", parent("w:trPr", element("w:cantSplit"), *([element("w:tblHeader")] if header else [])))
    for (style, text), width in zip(cells, widths, strict=True):
        made.append(
            parent(
                "w:tc",
                parent(
                    "w:tcPr",
                    element("w:tcW", w=twips(width), type="dxa"),
                    element("w:vAlign", val="top" if top else "center"),
                ),
                _cell_line(style, text),
            )
        )
    return made


def _cell_line(style: str, line: str) -> BaseOxmlElement:
    text = _text(line)
    text.set(qn("xml:space"), "preserve")
    return parent("w:p", parent("w:pPr", element("w:pStyle", val=style)), parent("w:r", text))


def describe(drawn: InlineShape, text: str) -> None:
    """Words for those who do not see a picture."""
    properties = drawn._inline.docPr
    properties.set("descr", text)
    properties.set("title", text[:80])


def date_properties(word: Word, issued_on: date | None) -> None:
    """Date the package by the document itself: the clock would make every copy a different file."""
    if issued_on:
        at = datetime(issued_on.year, issued_on.month, issued_on.day, tzinfo=UTC)
        word.core_properties.created = word.core_properties.modified = at
        return
    properties = word.core_properties._element
    for tag in ("dcterms:created", "dcterms:modified"):
        properties.remove(properties.find(qn(tag)))


def package(word: Word) -> bytes:
    """The bytes of `word`, equal for equal content: members dated 1980, as Word itself does."""
    written, sealed = BytesIO(), BytesIO()
    word.save(written)
    with ZipFile(written) as before, ZipFile(sealed, "w") as after:
        for name in before.namelist():
            member = ZipInfo(name)  # 1 January 1980
            member.compress_type = ZIP_DEFLATED
            member.create_system = 3
            after.writestr(member, before.read(name), compresslevel=6)
    return sealed.getvalue()
