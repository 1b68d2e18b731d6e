"""A profile as the styles of a printed page."""

from collections.abc import Iterator

from . import wording
from .content import Document, Table
from .faces import Family
from .layout import Look, Profile

LINE = 1.149
"""A line of Times New Roman, single, in sizes of its letters: as word processors set it."""
ALIGNED = {"both": "justify"}
RULED = "0.6pt solid #000"


def sheet(document: Document, profile: Profile, family: Family) -> str:
    return "\n".join(
        [
            *_faces(family),
            *_pages(document, profile),
            *_looks(profile),
            *_parts(document, profile),
            *_tables(document),
        ]
    )


def _faces(family: Family) -> Iterator[str]:
    for style, file in family.files.items():
        weight, slant = ("bold" if "bold" in style else "normal"), ("italic" if "italic" in style else "normal")
        yield (
            f'@font-face {{ font-family: "Document"; src: url("{file.as_uri()}"); '
            f"font-weight: {weight}; font-style: {slant} }}"
        )


def _pages(document: Document, profile: Profile) -> Iterator[str]:
    margins = f"{profile.top}mm {profile.right}mm {profile.bottom}mm {profile.left}mm"
    number = profile.looks["Header"]
    yield f"""@page {{
  size: {profile.width}mm {profile.height}mm; margin: {margins};
  @top-center {{ content: counter(page); font: {number.size}pt "Document"; vertical-align: top;
    padding-top: {profile.to_page_number}mm }}
}}
@page :first {{ @top-center {{ content: none }} }}"""
    for number_of, _appendix in enumerate(document.appendices, start=1):
        yield f"""@page appendix{number_of} {{ size: {profile.height}mm {profile.width}mm; margin: {margins} }}
@page :nth(1 of appendix{number_of}) {{ counter-reset: page 1; @top-center {{ content: none }} }}
.appendix{number_of} {{ page: appendix{number_of}; break-before: page }}"""


def _looks(profile: Profile) -> Iterator[str]:
    yield 'html { font-family: "Document"; color: #000 } body, h1, h2, h3, h4, p, ul, figure { margin: 0; padding: 0 }'
    yield "h1, h2, h3, h4 { font-weight: inherit; font-size: inherit } p { orphans: 2; widows: 2 }"
    yield from (f".{key} {{ {_look(look)} }}" for key, look in profile.looks.items())


def _look(look: Look) -> str:
    said = [
        "display: block",
        f"font-size: {look.size:g}pt",
        f"font-weight: {'bold' if look.bold else 'normal'}",
        f"font-style: {'italic' if look.italic else 'normal'}",
        f"text-align: {ALIGNED.get(look.align, look.align)}",
        f"text-indent: {look.indent:g}mm",
        f"margin: {look.before:g}pt 0 {look.after:g}pt {look.left:g}mm",
        f"line-height: {look.line * LINE:g}",
    ]
    if look.with_next:
        said += ["break-after: avoid", "break-inside: avoid"]
    return "; ".join(said)


def _parts(document: Document, profile: Profile) -> Iterator[str]:
    """What stands beside what, and the rules below it: lines of their own, as the decree forbids underlining."""
    room = profile.signature_room * profile.looks["SignatureRoom"].size * LINE
    yield f"""
.mark {{ position: fixed; top: -{profile.top - profile.to_page_number - 5}mm; left: 0; right: 0 }}
.beside {{ display: flex; break-inside: avoid }}
.names {{ width: {profile.names_width}mm }} .nation {{ width: {profile.text_width - profile.names_width}mm }}
.rule {{ border-top: {RULED}; margin: 2pt auto 0 }}
.rule-issuer {{ width: {wording.issuer_rule(document, profile):.1f}mm }} .rule-motto {{ width: {profile.motto_rule}mm }}
.rule-subject {{ width: {wording.subject_rule(document, profile):.1f}mm; margin-bottom: 8pt }}
.end {{ break-inside: avoid; break-before: avoid }}
.recipients {{ width: {profile.recipients_width}mm }}
.signature {{ width: {profile.text_width - profile.recipients_width}mm }}
.both .signature {{ width: {profile.text_width / 2}mm }}
.room {{ height: {room:.0f}pt }}
.PageBreak {{ break-before: page }}
table {{ border-collapse: collapse; width: 100%; table-layout: fixed; margin-bottom: 8pt }}
caption.Caption {{ display: table-caption; caption-side: top }}
thead {{ display: table-header-group }} tr {{ break-inside: avoid }}
th, td {{ border: {RULED}; padding: 1pt 1.5mm; vertical-align: middle; overflow-wrap: anywhere }}
td.Cell, td.CellNumber, th.CellHead {{ display: table-cell; margin: 0 }}
figure img {{ width: 100% }}"""


def _tables(document: Document) -> Iterator[str]:
    """The widths of each table's columns."""
    blocks = [*document.body, *(block for appendix in document.appendices for block in appendix.blocks)]
    tables = [block for block in blocks if isinstance(block, Table)]
    for number, table in enumerate(tables, start=1):
        shares = table.widths or [1.0] * len(table.header)
        for position, share in enumerate(shares, start=1):
            yield f".t{number} col:nth-child({position}) {{ width: {100 * share / sum(shares):.2f}% }}"
