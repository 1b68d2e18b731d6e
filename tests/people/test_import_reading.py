"""Files nobody vouches for: what is in them, and one clear sentence when they cannot be read."""

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override

from loa.people.spreadsheets import BadFile, sheets
from tests.people import lists

CONTENT_TYPES = "[Content_Types].xml"
BOOK = '<workbook xmlns:r="r"><sheets><sheet name="A" r:id="rId1"/></sheets></workbook>'
RELATIONS = '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'


def read(path: Path) -> list[tuple[int, list[Any]]]:
    return [line for sheet in sheets(path) for line in sheet.lines]


def bare(path: Path, sheet: str | bytes, **more: str) -> Path:
    """A workbook written by hand, with the least there must be."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(CONTENT_TYPES, "<Types/>")
        archive.writestr("xl/workbook.xml", BOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, text in more.items():
            archive.writestr(name.replace("__", "/"), text)
    return path


def test_a_workbook_gives_numbered_lines_with_days_numbers_and_texts(tmp_path):
    path = lists.workbook(
        tmp_path / "a.xlsx", [["Họ tên", "Sinh", "Số"], [], ["Lê An", date(1990, 2, 28), 905123456], [None, None, 1.5]]
    )
    assert read(path) == [
        (1, ["Họ tên", "Sinh", "Số"]),
        (3, ["Lê An", date(1990, 2, 28), 905123456]),
        (4, [None, None, 1.5]),
    ]


def test_cells_without_places_prefixes_inline_texts_and_readings_are_understood(tmp_path):
    sheet = (
        '<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c t="inlineStr"><x:is>'
        "<x:t>Lê </x:t><x:rPh><x:t>no</x:t></x:rPh>"
        "<x:t>An_x000D_</x:t></x:is></x:c><x:c><x:v>5</x:v></x:c>"
        '<x:c t="e"><x:v>#N/A</x:v></x:c><x:c t="b"><x:v>1</x:v></x:c>'
        "</x:row></x:sheetData></x:worksheet>"
    )
    assert read(bare(tmp_path / "a.xlsx", sheet)) == [(1, ["Lê An\r", 5, None, True])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_csv_of_any_encoding_and_separator(tmp_path, encoding, separator):
    rows = [["Họ tên", "Đơn vị"], ["Đặng Thị Hoà", "Quy Nhơn"], ["Lê, An; B", "x"]]
    quoted = "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows)
    (tmp_path / "a.csv").write_bytes(quoted.encode(encoding))
    assert read(tmp_path / "a.csv") == list(enumerate(rows, start=1))


def test_csv_in_windows_1258_is_vietnamese(tmp_path):
    # That code page writes most tone marks after their letter; ơ, ư, â, ê, ô and đ are letters of their own.
    (tmp_path / "a.csv").write_bytes("tên;đơn vi\u0323\nLê Hoa\u0300;1".encode("cp1258"))
    assert read(tmp_path / "a.csv") == [(1, ["tên", "đơn vi\u0323"]), (2, ["Lê Hoa\u0300", "1"])]


def _encrypted(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))


def _cut(path: Path) -> None:
    whole = lists.workbook(path, [["Họ tên"], *([f"Lê An {n}"] for n in range(500))]).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def _damaged(path: Path) -> None:
    bare(path, "<worksheet><sheetData><row><c><v>1</v>")


def _bomb(path: Path) -> None:
    bare(path, b"<worksheet><sheetData>" + b" " * 40_000_000)


def _macro(path: Path) -> None:
    bare(path, "<worksheet/>", **{"xl__vbaProject.bin": "x"})


def _blanks(path: Path) -> None:
    bare(path, '<worksheet><dimension ref="A1:XFD1048576"/><sheetData>' + "<row/>" * 6_000_000)


def _entities(path: Path) -> None:
    bare(
        path,
        '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>'
        "<worksheet><sheetData><row><c><v>&c;</v></c></row></sheetData></worksheet>",
    )


def _wide(path: Path) -> None:
    bare(path, '<worksheet><sheetData><row><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>')


def _long(path: Path) -> None:
    bare(
        path,
        '<worksheet><sheetData><row r="1048577"><c><v>1</v></c></row>'
        '<row r="99999999"><c><v>1</v></c></row></sheetData></worksheet>',
    )


def _fat(path: Path) -> None:
    bare(path, f'<worksheet><sheetData><row><c t="str"><v>{"a" * 40_000}</v></c></row></sheetData></worksheet>')


HOSTILE: list[tuple[Callable[[Path], Any], str]] = [
    (lambda path: path.write_bytes(b""), "The file is empty."),
    (lambda path: path.write_bytes(b"%PDF-1.7"), "not a list Loa can read"),
    (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), "old format .xls"),
    (_encrypted, "protected by a password"),
    (_cut, "damaged or was cut short"),
    (_damaged, "damaged or was cut short"),
    (_entities, "damaged or was cut short"),
    (_bomb, "unpacks to far more"),
    (_blanks, "unpacks to far more"),
    (_macro, "holds macros"),
    (_wide, "more than 200 columns"),
    (_long, "more than 1000000 lines"),
    (_fat, "far too much text"),
    (lambda path: path.write_bytes(b"a;b\n1;\0\n"), "not a list Loa can read"),
    (lambda path: path.write_bytes(b"a" * 3_000_000), "a line that does not end"),
    (lambda path: path.write_bytes(b'a;b\n"' + b"x;\n" * 200_000), "damaged and cannot be read"),
    (lambda path: zipfile.ZipFile(path, "w").writestr("a.txt", "x"), "not a list Loa can read"),
]


@pytest.mark.parametrize(("make_file", "sentence"), HOSTILE)
def test_a_hostile_or_broken_file_gets_one_clear_sentence(tmp_path, make_file, sentence):
    make_file(tmp_path / "a.xlsx")
    with override("en"), pytest.raises(BadFile, match=sentence) as refusal:
        read(tmp_path / "a.xlsx")
    assert str(refusal.value).strip()
    assert "\n" not in str(refusal.value)


def test_a_million_blank_lines_are_read_past_in_little_memory(tmp_path):
    # 250,000 formatted blank lines below the list, as Excel leaves them; they compress 60 to 1, which is no bomb.
    blanks = "".join(f'<row r="{n}" s="{n % 97}"><c r="A{n}" s="{n % 89}"/></row>' for n in range(2, 250_000))
    sheet = '<worksheet><sheetData><row r="1"><c t="str"><v>tên</v></c></row>' + blanks + "</sheetData></worksheet>"
    assert read(bare(tmp_path / "a.xlsx", sheet)) == [(1, ["tên"])]
