"""Documents as PDF: the lines of the .docx, tagged, with embedded letters; set by a worker, verified by their bytes."""

import os
import shutil
import subprocess
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path

import docx
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse
from docx.oxml.ns import qn
from PIL import Image

from loa.config import reactions
from loa.ledger.facts import SYSTEM
from loa.ledger.models import Entry
from loa.reports import actions, composing, document, files, queries
from loa.reports.actions import printing as print_actions
from loa.reports.document import Heading, LandscapeSection, Paragraph, Picture, Table, charts, faces, printing, write
from loa.reports.models import Printing
from tests import make_reports
from tests.reports.test_document import APPENDIX, REPORT, RESULTS

pytestmark = pytest.mark.skipif(faces.family() is None, reason="no font with Vietnamese letters (fonts-liberation2)")
poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is not installed")

EVERY_LETTER = (
    "Đỗ Ằng Ẵng Ặng Ấy Ẩy Ẫy Ậy Ếch Ềnh Ểnh Ễnh Ệnh Ốp Ồ Ổ Ỗ Ộ Ớt Ờ Ở Ỡ Ợ Ứng Ừ Ử Ữ Ự Ỳ Ỷ Ỹ Ỵ " + faces.VIETNAMESE
)
CHART = charts.bars(
    [charts.Bar(label="Tin, bài", part=0.5, text="30 / 60"), charts.Bar(label="Hội thi", part=1.5, text="3 / 2")],
    mark="mức phấn đấu",
    description="Biểu đồ: tin, bài 30 trên 60.",
    width=165,
)
assert CHART is not None
LONG = replace(
    REPORT,
    organisation="Công đoàn cơ sở Công ty trách nhiệm hữu hạn một thành viên Chế biến thủy sản Miền Trung Duyên Hải",
    blocks=[
        *REPORT.blocks,
        Paragraph(EVERY_LETTER),
        CHART,
        RESULTS,
        LandscapeSection(
            "Bằng chứng",
            [Table(header=["TT", "Bằng chứng"], rows=[[str(n), f"Tin số {n}"] for n in range(1, 301)], widths=[1, 9])],
        ),
        APPENDIX,
    ],
    synthetic=True,
    fingerprint="9f2c41d7" * 8,
)


def texts_of(pdf: bytes, folder: Path) -> list[str]:
    """The text of each page."""
    (folder / "read.pdf").write_bytes(pdf)
    subprocess.run(["pdftotext", "-layout", "read.pdf"], cwd=folder, check=True)
    return (folder / "read.txt").read_text(encoding="utf-8").split("\f")[:-1]


def words_of(pages: list[str]) -> set[str]:
    """All words but page numbers, whatever a program takes for columns, however often a table repeats its head."""
    return {word for page in pages for word in page.split() if not word.isdecimal()}


@pytest.fixture(scope="module")
def long_pdf() -> bytes:
    return printing.write(LONG)


@poppler
def test_the_pdf_reads_like_the_pages_libreoffice_makes_of_the_docx(long_pdf: bytes, tmp_path: Path) -> None:
    pages = texts_of(long_pdf, tmp_path)
    if shutil.which("soffice"):
        (tmp_path / "same.docx").write_bytes(write(LONG))
        office = ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"]
        subprocess.run([*office, "--convert-to", "pdf", "same.docx"], cwd=tmp_path, check=True, capture_output=True)
        theirs = texts_of((tmp_path / "same.pdf").read_bytes(), tmp_path)
        assert words_of(pages) == words_of(theirs)

    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in pages[0]
    assert "Số: 05/BC-LĐLĐ" in pages[0]
    everything = " ".join(" ".join(pages).split())
    assert EVERY_LETTER in everything
    rows = [page for page in pages if "Tin số" in page]
    assert len(rows) > 3
    assert all("Bằng chứng" in page for page in rows)  # the head of the table, on every page


@poppler
def test_pages_are_numbered_but_the_first_and_appendices_count_their_own(long_pdf: bytes, tmp_path: Path) -> None:
    tops = [page.split()[0] for page in texts_of(long_pdf, tmp_path)]

    first_appendix = next(n for n, page in enumerate(texts_of(long_pdf, tmp_path)) if "Phụ lục I\n" in page)
    assert tops[0] == "Số"  # the mark; no number
    assert tops[1] == "2"
    assert tops[first_appendix : first_appendix + 3] == ["Số", "2", "3"]
    assert tops[-1] == "Số"


@pytest.mark.skipif(not shutil.which("pdfinfo"), reason="pdfinfo (poppler-utils) is not installed")
def test_it_is_tagged_carries_its_letters_and_says_what_it_is(long_pdf: bytes, tmp_path: Path) -> None:
    (tmp_path / "it.pdf").write_bytes(long_pdf)
    info = subprocess.run(["pdfinfo", "it.pdf"], cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    fonts = subprocess.run(["pdffonts", "it.pdf"], cwd=tmp_path, check=True, capture_output=True, text=True).stdout

    assert "Tagged:          yes" in info
    assert "Title:           BÁO CÁO: Kết quả công tác truyền thông" in info
    assert "595.276 x 841.89" in info
    assert all(" yes yes yes " in line for line in fonts.splitlines()[2:])
    assert printing.fingerprint_in(long_pdf) == LONG.fingerprint
    assert printing.fingerprint_in(b"%PDF-1.7 nothing") == printing.fingerprint_in(b"PK") == ""
    assert printing.write(replace(REPORT, blocks=[])) == printing.write(replace(REPORT, blocks=[]))


def test_a_listener_hears_which_page_is_set() -> None:
    heard: list[int] = []
    printing.write(replace(REPORT, blocks=[Paragraph("một\n" * 120)]), tell=heard.append)

    assert max(heard) > 1


def test_half_a_picture_stays_unreadable_after_printing(long_pdf: bytes) -> None:
    whole = BytesIO()
    Image.new("RGB", (600, 600)).save(whole, "PNG")

    with Image.open(BytesIO(whole.getvalue()[:200])) as half, pytest.raises(OSError, match="truncated"):
        half.load()


def test_without_letters_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faces, "family", lambda: None)

    with pytest.raises(printing.Unprintable, match="apt install fonts-liberation2"):
        printing.write(REPORT)
    assert charts.bars([charts.Bar(label="a", part=1, text="1")], mark="m", description="d", width=100) is None


def test_a_picture_has_words_for_those_who_do_not_see_it_and_no_colours() -> None:
    assert isinstance(CHART, Picture)
    word = docx.Document(BytesIO(write(replace(REPORT, blocks=[CHART]))))

    [described] = list(word.element.body.iter(qn("wp:docPr")))
    assert described.get("descr") == "Biểu đồ: tin, bài 30 trên 60."
    assert round(word.inline_shapes[0].width.mm) == 165
    drawn = Image.open(BytesIO(CHART.image))
    assert drawn.mode == "L"
    assert len(drawn.getcolors(256) or ()) > 2


def test_what_is_reached_is_dark_and_what_is_not_is_light() -> None:
    def middle(part: float) -> float:
        made = charts.bars([charts.Bar(label="a", part=part, text="")], mark="", description="", width=100)
        assert made is not None
        drawn = Image.open(BytesIO(made.image))
        across = drawn.width * 0.36 + drawn.width * 0.40 * part / 2
        box = (round(across) - 30, round(drawn.height * 0.68) - 8, round(across) + 30, round(drawn.height * 0.68) + 8)
        return float(drawn.crop(box).resize((1, 1), Image.Resampling.BOX).getpixel((0, 0)))  # type: ignore[arg-type]

    assert middle(1.0) < 90 < 130 < middle(0.6)


# --- reports


@pytest.fixture
def cast(db, settings, tmp_path):
    settings.STORAGES = make_reports.storages_at(settings.STORAGES, tmp_path)
    return make_reports.cast()


def run(*arguments) -> str:
    out = StringIO()
    call_command("report", *[str(argument) for argument in arguments], stdout=out)
    return out.getvalue()


def printed(report, sort: Printing.Sort = Printing.Sort.PDF) -> Printing:
    asked = actions.ask_for_print(report, at=make_reports.AFTER, sort=sort)
    return actions.print_report(asked, by=SYSTEM, at=make_reports.AFTER)


def test_the_document_follows_the_form_with_a_chart_above_the_table(cast):
    document = composing.document_of(make_reports.submitted(cast), [])
    kinds = [type(block).__name__ for block in document.body]

    at = kinds.index("Picture")
    assert kinds[at + 1] == "Table"
    picture = document.body[at]
    assert isinstance(picture, Picture)
    assert "Sáu mươi thông tin mỗi năm: 2 / 60" in picture.description
    titles = [block.text for block in document.body if isinstance(block, Heading) and block.level == 1]
    assert titles[:3] == [
        *("I. Tình hình chung", "II. Kết quả thực hiện kế hoạch truyền thông", "III. Số liệu đơn vị tự ghi"),
    ]
    typed = [block for block in document.body if isinstance(block, Table) and "Số liệu" in block.header]
    assert len(typed) == 1


def test_an_accepted_report_is_printed_once_and_its_pdf_verifies(cast, tmp_path):
    report = make_reports.accepted(cast)

    kept = printed(report)
    again = printed(report)

    assert (kept.state, again.pk, again.fingerprint) == ("done", kept.pk, kept.fingerprint)
    [entry] = Entry.objects.filter(kind="reports.report-printed")
    assert entry.evidence == [f"sha256:{report.fingerprint}", f"sha256:{kept.fingerprint}"]
    good, touched = tmp_path / "good.pdf", tmp_path / "touched.pdf"
    good.write_bytes(files.pdf(report))
    touched.write_bytes(files.pdf(report) + b"\n")
    assert report.fingerprint in run("verify", good)
    with pytest.raises(CommandError, match="không giống văn bản đã lưu"):
        run("verify", touched)


def test_a_draft_is_printed_anew_and_proves_nothing(cast, client):
    report = make_reports.submitted(cast)
    client.force_login(cast.writer)

    client.post(reverse("reports:print", args=[report.pk]))
    first = printed(report)
    page = client.get(reverse("reports:printing", args=[report.pk])).content.decode()
    file = b"".join(client.get(reverse("reports:pdf", args=[report.pk])).streaming_content)

    assert "Mở bản PDF" in page
    assert file.startswith(b"%PDF-")
    assert first.final is False
    assert not Entry.objects.filter(kind="reports.report-printed").exists()
    assert not files.check(file).good


def test_what_is_missing_on_the_machine_is_said_on_the_screen(cast, client, monkeypatch):
    report = make_reports.submitted(cast)
    monkeypatch.setattr(faces, "family", lambda: None)
    client.force_login(cast.writer)

    assert printed(report).state == "failed"

    page = client.get(reverse("reports:printing", args=[report.pk])).content.decode()
    assert "apt install fonts-liberation2" in page
    assert files.docx(report).startswith(b"PK")
    assert os.fspath(files.name(report, "pdf")).endswith(".pdf")
    assert queries.printing(report) is not None


# --- the document is made after the acceptance


def test_the_document_is_there_before_and_after_a_worker_kept_it(cast, client, tmp_path):
    report = make_reports.accepted(cast)
    assert not Printing.objects.exists()
    client.force_login(cast.chief)
    address = reverse("reports:document", args=[report.pk])

    before = client.get(address).content
    (tmp_path / "early.docx").write_bytes(before)
    assert report.fingerprint in run("verify", tmp_path / "early.docx")
    kept = printed(report, Printing.Sort.DOCX)

    assert (kept.state, kept.fingerprint) == ("done", sha256(before).hexdigest())
    assert client.get(address).content == before
    [entry] = Entry.objects.filter(kind="reports.report-printed")
    assert entry.evidence == [f"sha256:{report.fingerprint}", f"sha256:{kept.fingerprint}"]
    assert report.fingerprint in run("verify", tmp_path / "early.docx")


@pytest.mark.parametrize("dies", ["while writing", "before it is kept"])
def test_a_worker_that_is_killed_loses_and_doubles_nothing(cast, dies, monkeypatch):
    report = make_reports.accepted(cast)
    asked = actions.ask_for_print(report, at=make_reports.AFTER, sort=Printing.Sort.DOCX)

    class Killed(BaseException):
        pass

    def kill(*_args, **_fields):
        raise Killed

    with monkeypatch.context() as power:
        power.setattr(*((document, "write", kill) if dies == "while writing" else (print_actions, "record", kill)))
        with pytest.raises(Killed):
            actions.print_report(asked, by=SYSTEM, at=make_reports.AFTER)
    left = Printing.objects.get(pk=asked.pk)
    assert (left.state, left.fingerprint) == ("waiting", "")
    assert files.docx(report).startswith(b"PK")

    late = make_reports.AFTER + print_actions.FORGOTTEN + timedelta(minutes=1)
    assert actions.unprinted(at=late) == [asked.pk]
    done = actions.print_report(left, by=SYSTEM, at=late)
    assert done.fingerprint == sha256(files.docx(report)).hexdigest()
    assert actions.print_report(left, by=SYSTEM, at=late).ended_at == late
    assert Entry.objects.filter(kind="reports.report-printed").count() == 1


def test_both_files_of_whatever_was_accepted_are_asked_for_once(cast):
    report = make_reports.accepted(cast)
    entry = Entry.objects.get(kind="reports.report-accepted")

    for _ in range(2):
        reactions.print_for_good(entry)

    asked = Printing.objects.filter(report=report, final=True)
    assert sorted(asked.values_list("sort", "state")) == [("docx", "waiting"), ("pdf", "waiting")]
