"""`loa report`: what it prints, what it writes, what it refuses."""

from io import BytesIO, StringIO
from zipfile import ZipFile

import docx
import pytest
from django.core.management import CommandError, call_command

from loa.reports import actions, files, queries
from tests import make_reports

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_reports.cast()


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.STORAGES = make_reports.storages_at(settings.STORAGES, tmp_path)


def run(*arguments) -> str:
    out = StringIO()
    call_command("report", *[str(argument) for argument in arguments], stdout=out)
    return out.getvalue()


def texts(content: bytes) -> list[str]:
    word = docx.Document(BytesIO(content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return [paragraph.text for paragraph in word.paragraphs] + cells


def stored(report) -> bytes:
    return files.docx(report)


def test_list_and_show(cast):
    report = make_reports.submitted(cast)

    assert f"{cast.district.code:<12} submitted" in run("list", "--period", "2026-H1")
    shown = run("show", "--unit", cast.district.code, "--period", "2026-half-year")

    assert "T8   2 / 60  Sáu mươi thông tin mỗi năm" in shown
    assert report.fingerprint in shown


def test_the_document_opens_and_holds_figures_evidence_and_fingerprint(cast, tmp_path):
    report = make_reports.accepted(cast)
    out = tmp_path / "bao-cao.docx"

    run("docx", "--unit", cast.district.code, "--period", "2026-H1", "--out", out)

    assert out.read_bytes() == stored(report)
    said = texts(out.read_bytes())
    assert "Mã kiểm chứng: " + report.fingerprint in said
    for words in (
        "HUYỆN MẪU",
        "Số: 12/BC-LĐLĐ",
        "Mẫu, ngày 02 tháng 6 năm 2026",
        "I. Tình hình chung",
        "Sáu mươi thông tin mỗi năm",
        "60 (năm 2026)",
        "đang thực hiện",
        "BẰNG CHỨNG CỦA CÁC CHỈ TIÊU",
        cast.stories[0].ref,
        "Người Ký Mẫu",
    ):
        assert any(words in text for text in said), words


def test_a_draft_is_marked_and_an_accepted_report_is_not(cast):
    draft = ZipFile(BytesIO(files.docx(make_reports.submitted(cast))))
    headers = [name for name in draft.namelist() if "header" in name]
    assert any("BẢN NHÁP" in draft.read(name).decode() for name in headers)

    handed_in = queries.report_of(cast.district.pk, make_reports.term())
    assert handed_in is not None
    report = actions.accept(handed_in, by=cast.chief, at=make_reports.AFTER)

    accepted = ZipFile(BytesIO(stored(report)))
    assert not any("BẢN NHÁP" in accepted.read(name).decode() for name in headers)
    assert any("minh họa" in accepted.read(name).decode() for name in headers)


def test_verify_tells_the_stored_document_from_every_other(cast, tmp_path):
    report = make_reports.accepted(cast)
    good, touched, alien = (tmp_path / name for name in ("good.docx", "touched.docx", "alien.docx"))
    good.write_bytes(stored(report))
    word = docx.Document(BytesIO(stored(report)))
    word.paragraphs[-1].text += "."
    word.save(str(touched))
    alien.write_bytes(b"PK\x03\x04 not a document")

    assert report.fingerprint in run("verify", good)
    assert report.fingerprint in run("verify", "--unit", cast.district.code, "--period", "2026-H1")
    for file, words in (
        (touched, "không giống văn bản đã lưu"),
        (alien, "không phải văn bản"),
        (tmp_path / "no", "Không đọc được"),
    ):
        with pytest.raises(CommandError, match=words) as error:
            run("verify", file)
        assert error.value.returncode != 0


def test_verify_detects_a_flipped_figure(cast):
    report = make_reports.submitted(cast)
    report.figures[0]["numerator"] = 99
    report.save(update_fields=["figures"])

    with pytest.raises(CommandError, match="không còn khớp"):
        run("verify", "--unit", cast.district.code, "--period", "2026-H1")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["show", "--unit", "KHONG-CO", "--period", "2026-H1"], "Không có đơn vị"),
        (["show", "--unit", "{unit}", "--period", "1999-H1"], "Không có báo cáo"),
        (["show", "--unit", "{unit}", "--period", "2026-H1"], "chưa lập"),
        (["verify"], "Xin cho biết"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[0],
)
def test_bad_input_gets_one_clear_sentence(cast, arguments, words):
    with pytest.raises(CommandError, match=words):
        run(*[argument.format(unit=cast.district.code) for argument in arguments])
