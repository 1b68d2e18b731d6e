"""Documents are read back as a word processor reads them: from the XML, and as pages where LibreOffice is present."""

import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from loa.base.text import clean
from loa.reports.document import (
    BadLayout,
    Bullets,
    Document,
    Heading,
    LandscapeSection,
    PageBreak,
    Paragraph,
    Signature,
    SignatureForm,
    Table,
    choices,
    profile,
    write,
)
from loa.reports.document.lines import broken
from loa.reports.document.wording import capacity_lines

RESULTS = Table(
    header=["TT", "Chỉ tiêu", "Kết quả"],
    rows=[["1", "Người lao động tiếp cận chính sách", "41.236"], ["2", "Tin, bài", "912"]],
    widths=[1, 6, 2],
    numeric=[2],
    caption="Bảng 1. Kết quả thực hiện các chỉ tiêu",
)
REPORT = Document(
    parent_organisation="Tổng Liên đoàn Lao động Việt Nam",
    organisation="Liên đoàn Lao động tỉnh Bình Định",
    number="5/BC-LĐLĐ",
    place="Bình Định",
    issued_on=date(2026, 2, 5),
    subject="Kết quả công tác truyền thông 6 tháng đầu năm 2026",
    blocks=[
        Heading(1, "I. KẾT QUẢ"),
        Paragraph("Sáu tháng đầu năm.\n\nSố liệu chốt đến 31/5."),
        RESULTS,
        Bullets(["Khối doanh nghiệp", "Khối hành chính"]),
    ],
    addressees=["Tổng Liên đoàn Lao động Việt Nam"],
    signature=Signature(form="TM.", authority="Ban Thường vụ", post="Phó Chủ tịch", name="Người Ký Mẫu"),
    recipients=["Tổng Liên đoàn Lao động Việt Nam", "Ban Thường vụ;"],
    archive="Lưu: VT, Ban TG-NC",
)
APPENDIX = LandscapeSection("Danh sách công đoàn cơ sở", [RESULTS])


def reopened(document: Document) -> Word:
    return docx.Document(BytesIO(write(document)))


def lines(document: Document) -> list[str]:
    """All the text, cell by cell, in the order of reading, without the empty lines."""
    word = reopened(document)
    texts = ("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in word.element.body.iter(qn("w:p")))
    return [text for text in texts if text]


def top_lines(document: Document, *, first_page: bool) -> list[str]:
    section = reopened(document).sections[0]
    header = section.first_page_header if first_page else section.header
    return [paragraph.text for paragraph in header.paragraphs if paragraph.text]


def mm(length: Length | None) -> float:
    """Millimetres, without the crumbs of rounding to twentieths of a point."""
    assert length is not None
    return round(float(length.mm), 1)


def styles(word: Word) -> dict[str, list[str]]:
    """For each style: its four typefaces, then its size, and the look of its letters."""
    found = {}
    for style in word.styles.element.iter(qn("w:style")):
        if (letters := style.find(qn("w:rPr"))) is not None:
            fonts, size = letters.find(qn("w:rFonts")), letters.find(qn("w:sz"))
            faces = [tag for tag in ("b", "i") if letters.find(qn(f"w:{tag}")) is not None]
            names = [fonts.get(qn(f"w:{kind}")) for kind in ("ascii", "hAnsi", "eastAsia", "cs")]
            found[style.get(qn("w:styleId"))] = [*names, str(int(size.get(qn("w:val"))) / 2), *faces]
    return found


def paragraphs_everywhere(word: Word) -> Iterator[BaseOxmlElement]:
    yield from word.element.body.iter(qn("w:p"))
    for header in (word.sections[0].first_page_header, word.sections[0].header):
        yield from header._element.iter(qn("w:p"))


@pytest.mark.parametrize("code", [code for code, _ in choices()])
def test_the_page_is_a4_with_the_margins_of_the_decree(code: str) -> None:
    section = reopened(replace(REPORT, profile=code)).sections[0]

    assert (mm(section.page_width), mm(section.page_height)) == (210, 297)
    assert 20 <= mm(section.top_margin) <= 25
    assert 20 <= mm(section.bottom_margin) <= 25
    assert 30 <= mm(section.left_margin) <= 35
    assert 15 <= mm(section.right_margin) <= 20


def test_every_letter_is_times_new_roman_by_its_style() -> None:
    word = reopened(replace(REPORT, draft=True, synthetic=True, fingerprint="9f2c", blocks=[*REPORT.blocks, APPENDIX]))
    known = styles(word)

    for paragraph in paragraphs_everywhere(word):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").get(qn("w:val"))
        assert known[style][:4] == ["Times New Roman"] * 4
        assert not [run for run in paragraph.iter(qn("w:r")) if run.find(qn("w:rPr")) is not None]
    assert {node.get(qn("w:val")) for node in word.styles.element.iter(qn("w:color"))} == {"000000"}
    assert {node.get(qn("w:val")) for node in word.styles.element.iter(qn("w:lang"))} == {"vi-VN"}


@pytest.mark.parametrize(
    ("style", "low", "high", "faces"),
    [
        ("Nation", 12, 13, ["b"]),
        ("Motto", 13, 14, ["b"]),
        ("ParentOrganisation", 12, 13, []),
        ("Organisation", 12, 13, ["b"]),
        ("Number", 13, 13, []),
        ("PlaceAndDate", 13, 14, ["i"]),
        ("Kind", 13, 14, ["b"]),
        ("Subject", 13, 14, ["b"]),
        ("Body", 13, 14, []),
        ("Heading1", 13, 14, ["b"]),
        ("RecipientsTitle", 12, 12, ["b", "i"]),
        ("Recipients", 11, 11, []),
        ("Capacity", 13, 14, ["b"]),
        ("Signer", 13, 14, ["b"]),
        ("AppendixLabel", 14, 14, ["b"]),
        ("AppendixTitle", 13, 14, ["b"]),
        ("AppendixSource", 13, 14, ["i"]),
        ("Header", 13, 14, []),
    ],
)
def test_sizes_and_faces_are_those_of_the_decree(style: str, low: float, high: float, faces: list[str]) -> None:
    _, _, _, _, size, *found = styles(reopened(REPORT))[style]

    assert low <= float(size) <= high
    assert found == faces


def test_running_text_is_justified_indented_and_spaced_within_the_decree() -> None:
    shape = reopened(REPORT).styles["Nội dung"].paragraph_format

    assert shape.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert 10 <= mm(shape.first_line_indent) <= 12.7
    assert shape.space_after == Pt(6)
    assert shape.line_spacing == 1.15


def test_the_page_number_is_centred_above_the_text_on_all_pages_but_the_first() -> None:
    section = reopened(REPORT).sections[0]

    fields = {
        name: [field.get(qn("w:instr")) for field in header._element.iter(qn("w:fldSimple"))]
        for name, header in (("first", section.first_page_header), ("others", section.header))
    }

    assert section.different_first_page_header_footer
    assert fields == {"first": [], "others": ["PAGE"]}
    assert section.header.paragraphs[0].style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert mm(section.header_distance) < mm(section.top_margin)


def test_the_parts_stand_in_the_order_of_the_decree() -> None:
    document = replace(REPORT, fingerprint="9f2c 41d7", blocks=[APPENDIX, *REPORT.blocks])

    assert lines(document) == [
        "TỔNG LIÊN ĐOÀN",
        "LAO ĐỘNG VIỆT NAM",
        "LIÊN ĐOÀN LAO ĐỘNG",
        "TỈNH BÌNH ĐỊNH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 05/BC-LĐLĐ",
        "Bình Định, ngày 05 tháng 02 năm 2026",
        "BÁO CÁO",
        "Kết quả công tác truyền thông 6 tháng đầu năm 2026",
        "Kính gửi: Tổng Liên đoàn Lao động Việt Nam",
        "I. KẾT QUẢ",
        "Sáu tháng đầu năm.",
        "Số liệu chốt đến 31/5.",
        "Bảng 1. Kết quả thực hiện các chỉ tiêu",
        *("TT", "Chỉ tiêu", "Kết quả"),
        *("1", "Người lao động tiếp cận chính sách", "41.236"),
        *("2", "Tin, bài", "912"),
        "- Khối doanh nghiệp",
        "- Khối hành chính",
        "Nơi nhận:",
        "- Như trên;",
        "- Ban Thường vụ;",
        "- Lưu: VT, Ban TG-NC.",
        "TM. BAN THƯỜNG VỤ",
        "PHÓ CHỦ TỊCH",
        "Người Ký Mẫu",
        "Phụ lục",
        "DANH SÁCH CÔNG ĐOÀN CƠ SỞ",
        "(Kèm theo Báo cáo số 05/BC-LĐLĐ ngày 05 tháng 02 năm 2026 của Liên đoàn Lao động tỉnh Bình Định)",
        "Bảng 1. Kết quả thực hiện các chỉ tiêu",
        *("TT", "Chỉ tiêu", "Kết quả"),
        *("1", "Người lao động tiếp cận chính sách", "41.236"),
        *("2", "Tin, bài", "912"),
        "Mã kiểm chứng: 9f2c 41d7",
    ]


def test_a_document_without_number_and_date_leaves_room_for_them() -> None:
    found = lines(replace(REPORT, number="", issued_on=None))

    assert "Số:\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0/BC-LĐLĐ" in found
    assert "Bình Định, ngày … tháng … năm …" in found


@pytest.mark.parametrize(
    ("form", "authority", "post", "capacity"),
    [
        ("TM.", "Ban Thường vụ", "Chủ tịch", ["TM. Ban Thường vụ", "Chủ tịch"]),
        ("KT.", "Chủ tịch", "Phó Chủ tịch", ["KT. Chủ tịch", "Phó Chủ tịch"]),
        ("TL.", "Ban Thường vụ", "Trưởng ban", ["TL. Ban Thường vụ", "Trưởng ban"]),
        ("TUQ.", "Chủ tịch", "Chánh Văn phòng", ["TUQ. Chủ tịch", "Chánh Văn phòng"]),
        ("Q.", "", "Chủ tịch", ["Q. Chủ tịch"]),
        ("", "", "Chủ tịch", ["Chủ tịch"]),
    ],
)
def test_the_signature_says_in_what_capacity(
    form: SignatureForm, authority: str, post: str, capacity: list[str]
) -> None:
    assert Signature(form=form, authority=authority, post=post).capacity == capacity


def test_a_deputy_signs_below_by_order_and_never_below_by_authorisation() -> None:
    rule = profile("nd30", on=None)
    by_order = Signature(form="TL.", authority="Chủ tịch", deputy_for="Trưởng ban", post="Phó Trưởng ban")
    collective = Signature(form="TM.", authority="Ban Thường vụ", deputy_for="Chủ tịch", post="Phó Chủ tịch")

    assert capacity_lines(by_order, rule) == ["TL. CHỦ TỊCH", "KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"]
    assert capacity_lines(collective, rule) == ["TM. BAN THƯỜNG VỤ", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    assert capacity_lines(replace(collective, deputy_for="", acting=True, post="Chủ tịch"), rule) == [
        *("TM. BAN THƯỜNG VỤ", "Q. CHỦ TỊCH"),
    ]
    with pytest.raises(ValueError, match=r"below TUQ\. nobody signs"):
        capacity_lines(replace(by_order, form="TUQ."), rule)
    with pytest.raises(ValueError, match=r"below TM\. nobody signs"):
        capacity_lines(collective, profile("union", on=None))
    with pytest.raises(ValueError, match="already says in whose place"):
        replace(by_order, form="KT.")


def test_two_who_sign_stand_side_by_side_above_the_recipients() -> None:
    second = Signature(post="Giám đốc", name="Bên Cùng Ký")
    word = reopened(replace(REPORT, second=second))

    beside = [
        [paragraph.text for paragraph in cell.paragraphs if paragraph.text] for cell in word.tables[-1].rows[0].cells
    ]

    assert beside == [["GIÁM ĐỐC", "Bên Cùng Ký"], ["TM. BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH", "Người Ký Mẫu"]]
    found = lines(replace(REPORT, second=second))
    assert found.index("Bên Cùng Ký") < found.index("Nơi nhận:")


def test_several_addressees_and_grounds_end_as_the_decree_has_it() -> None:
    found = lines(
        replace(REPORT, addressees=["Ban A", "Ban B."], grounds=["Căn cứ Luật Công đoàn;", "Căn cứ Kế hoạch"])
    )

    start = found.index("Kính gửi:")
    assert found[start : start + 5] == [
        *("Kính gửi:", "- Ban A;", "- Ban B."),
        *("Căn cứ Luật Công đoàn;", "Căn cứ Kế hoạch."),
    ]


def test_a_rule_of_layout_holds_from_its_day_and_a_house_may_add_its_own(tmp_path: Path, settings) -> None:
    newer = (
        "{code: union, name: Quy định mới, source: QĐ mẫu, valid_from: 2027-01-01, based_on: nd30, head: {motto: Mẫu}}"
    )
    (tmp_path / "moi.yaml").write_text(newer, encoding="utf-8")
    settings.LAYOUTS = str(tmp_path)

    assert [profile("union", on=day).motto for day in (date(2026, 12, 31), date(2027, 1, 1), None)] == [
        *("Độc lập - Tự do - Hạnh phúc", "Mẫu", "Mẫu"),
    ]
    assert profile("union", on=date(2020, 1, 1)).valid_from == date(2024, 5, 14)
    assert profile("union", on=None).looks == profile("nd30", on=None).looks
    assert "Mẫu" in lines(replace(REPORT, profile="union", issued_on=date(2027, 2, 1)))


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("- một", "begins with its code"),
        ("{code: x, based_on: y}", "not written down in full"),
        ("{code: x, based_on: nd30, name: X, source: X, valid_from: 2027-01-01, page: {trên: 3}}", "not known"),
        ("{code: x, based_on: nd30, name: X, source: X, valid_from: 2027-01-01, page: {left: 130}}", "leave no room"),
        ("{code: x, based_on: nd30, name: X, source: X, valid_from: 2027-01-01, looks: {Body: {dày: 1}}}", "dày"),
    ],
)
def test_a_bad_rule_of_layout_says_what_is_wrong(tmp_path: Path, settings, written: str, words: str) -> None:
    (tmp_path / "sai.yaml").write_text(written, encoding="utf-8")
    settings.LAYOUTS = str(tmp_path)

    with pytest.raises(BadLayout, match=words):
        choices()


def test_signing_for_nobody_is_a_mistake() -> None:
    with pytest.raises(ValueError, match=r"A signature TM\. must say for whom\."):
        Signature(form="TM.", post="Chủ tịch")


def test_there_is_room_to_sign_and_the_signature_never_stands_alone() -> None:
    word = reopened(REPORT)
    signature = word.tables[-1].rows[0].cells[1]

    assert [paragraph.text for paragraph in signature.paragraphs] == [
        *("TM. BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH", "", "", "", "", "Người Ký Mẫu"),
    ]
    [last_of_the_text] = [paragraph for paragraph in word.paragraphs if paragraph.text == "- Khối hành chính"]
    assert last_of_the_text.paragraph_format.keep_with_next


def test_a_table_repeats_its_header_keeps_its_rows_whole_and_lines_figures_up() -> None:
    table = reopened(REPORT).tables[1]
    rows = table._tbl.findall(qn("w:tr"))

    assert [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows] == [True, False, False]
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
    assert [cell.paragraphs[0].style.name for cell in table.rows[1].cells] == ["Ô chữ", "Ô chữ", "Ô số"]
    assert [mm(cell.width) for cell in table.rows[1].cells] == [18.3, 110, 36.7]


def test_a_table_with_a_ragged_row_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="must have the 3 columns of the header"):
        replace(RESULTS, rows=[["1"]])
    with pytest.raises(ValueError, match="must have the 3 columns of the header"):
        replace(RESULTS, widths=[1, 2])


def test_appendices_lie_sideways_are_numbered_and_count_their_own_pages() -> None:
    document = replace(REPORT, blocks=[*REPORT.blocks, PageBreak(), APPENDIX, APPENDIX])
    sections = list(reopened(document).sections)

    assert [(mm(section.page_width), mm(section.page_height)) for section in sections] == [
        *((210, 297), (297, 210), (297, 210)),
    ]
    starts = [section._sectPr.find(qn("w:pgNumType")) for section in sections]
    assert [start.get(qn("w:start")) if start is not None else None for start in starts] == [None, "1", "1"]
    assert [line for line in lines(document) if line.startswith("Phụ lục")] == ["Phụ lục I", "Phụ lục II"]


def test_drafts_and_demo_figures_say_so_on_every_page() -> None:
    marked = replace(REPORT, draft=True, synthetic=True)
    mark = "BẢN NHÁP – chưa được chấp nhận – Số liệu minh họa, không phải số liệu thật"

    assert top_lines(REPORT, first_page=True) == []
    assert top_lines(marked, first_page=True) == [mark]
    assert top_lines(marked, first_page=False)[-1] == mark


def test_decomposed_text_and_markup_come_out_as_plain_composed_text() -> None:
    organisation = unicodedata.normalize("NFD", "Công ty <Hoà & Thuý> \x07")

    [line] = [line for line in lines(replace(REPORT, organisation=organisation)) if "<" in line]

    assert line == "CÔNG TY <HOÀ & THUÝ>"


@settings(deadline=None, max_examples=50)
@given(text=st.text(max_size=60))
def test_whatever_people_type_the_document_can_be_written_and_read(text: str) -> None:
    found = lines(replace(REPORT, subject=f"A{text}"))[9]

    assert clean(found) == clean(f"A{text}".translate({0xFFFE: None, 0xFFFF: None}))


def test_empty_lines_and_points_leave_no_trace() -> None:
    assert lines(replace(REPORT, blocks=[Paragraph(" \n\n"), Bullets(["", " "])])) == lines(replace(REPORT, blocks=[]))


def test_the_same_document_is_always_the_same_file() -> None:
    written = write(REPORT)

    assert write(replace(REPORT)) == written
    assert {member.date_time for member in ZipFile(BytesIO(written)).infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert reopened(REPORT).core_properties.created.date() == date(2026, 2, 5)
    assert write(replace(REPORT, number="13/BC-LĐLĐ")) != written


def test_the_file_carries_nothing_that_the_document_does_not_use() -> None:
    assert sorted(ZipFile(BytesIO(write(replace(REPORT, issued_on=None)))).namelist()) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/header1.xml",
        "word/header2.xml",
        "word/settings.xml",
        "word/styles.xml",
        "word/theme/theme1.xml",
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("CÔNG ĐOÀN CƠ SỞ", ["CÔNG ĐOÀN CƠ SỞ"]),
        ("LIÊN ĐOÀN LAO ĐỘNG TỈNH BÌNH ĐỊNH", ["LIÊN ĐOÀN LAO ĐỘNG", "TỈNH BÌNH ĐỊNH"]),
        ("CÔNG ĐOÀN CƠ SỞ CÔNG TY TNHH MAY MẪU", ["CÔNG ĐOÀN CƠ SỞ", "CÔNG TY TNHH MAY MẪU"]),
        ("TỔNG LIÊN ĐOÀN LAO ĐỘNG VIỆT NAM", ["TỔNG LIÊN ĐOÀN", "LAO ĐỘNG VIỆT NAM"]),
        (
            "CÔNG ĐOÀN CƠ SỞ CÔNG TY TRÁCH NHIỆM HỮU HẠN MỘT THÀNH VIÊN CHẾ BIẾN THỦY SẢN MIỀN DUYÊN HẢI",
            ["CÔNG ĐOÀN CƠ SỞ", "CÔNG TY TRÁCH NHIỆM HỮU", "HẠN MỘT THÀNH VIÊN CHẾ BIẾN", "THỦY SẢN MIỀN DUYÊN HẢI"],
        ),
        ("", []),
    ],
)
def test_long_names_are_broken_where_they_are_read(name: str, expected: list[str]) -> None:
    assert broken(name, column=73, size=12) == expected


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice (libreoffice-writer-nogui) is not installed")
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed")
def test_the_pages_come_out_of_libreoffice_as_meant(tmp_path: Path) -> None:
    rows = [[str(number), "Người lao động tiếp cận chính sách", "41.236"] for number in range(60)]
    # The head, a table over the end of a page, the signature, a page turned sideways.
    long = replace(REPORT, blocks=[*REPORT.blocks, replace(RESULTS, rows=rows), APPENDIX], synthetic=True)
    (tmp_path / "report.docx").write_bytes(write(long))

    office = ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"]
    subprocess.run([*office, "--convert-to", "pdf", "report.docx"], cwd=tmp_path, check=True, capture_output=True)
    subprocess.run(["pdftotext", "-layout", "report.pdf"], cwd=tmp_path, check=True)
    first, second, *others, appendix, _ = (tmp_path / "report.txt").read_text(encoding="utf-8").split("\f")

    title = [line for line in first.splitlines() if "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in line]
    assert len(title) == 1  # in one line
    assert second.split()[0] == "2"
    assert "Chỉ tiêu" in second
    assert "TM. BAN THƯỜNG VỤ" in others[-1]
    assert appendix.split()[:2] == ["Số", "liệu"]  # the mark, and no page number
