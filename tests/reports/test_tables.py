"""The tables of plans and reports that can be taken away say what their screens say."""

from datetime import date

import pytest

from loa.ledger.models import Entry
from loa.people.policies import Scope
from loa.people.tables import Asked, Sheet, table
from tests import make_reports

pytestmark = pytest.mark.django_db
ON = date(2026, 6, 30)


@pytest.fixture
def cast():
    return make_reports.cast(stories=3)


def sheet(key: str, **words: object) -> Sheet:
    found = table(key)
    assert found is not None
    asked = Asked(words={name: str(word) for name, word in words.items()}, scope=Scope(on=ON, everything=True))
    return found.sheet(asked)


def rows(taken: Sheet) -> list[dict[str, object]]:
    titles = [column.title for column in taken.columns]
    return [dict(zip(titles, cells, strict=True)) for cells in taken.rows]


def test_the_card_has_numbers_where_there_are_some_and_the_reason_where_there_are_none(cast):
    by_target = {row["Chỉ tiêu"]: row for row in rows(sheet("planning.card", unit=cast.district.pk))}

    eight = by_target["T8"]
    assert (eight["Kết quả"], eight["Tử số"], eight["Mức phấn đấu"], eight["Năm của mức phấn đấu"]) == (
        3,
        3,
        60,
        "2026",
    )
    assert by_target["T12"]["Tử số"] is None
    assert "chưa đo được" in str(by_target["T12"]["Tình trạng"])


def test_children_and_board_show_the_same_figures(cast):
    children = {row["Mã"]: row for row in rows(sheet("planning.children", unit=cast.province.pk, code="T8"))}
    board = sheet("planning.board", unit=cast.province.pk)

    [title] = [column.title for column in board.columns if column.title.startswith("T8 ")]
    beside = {row["Mã"]: row[title] for row in rows(board)}
    assert children[cast.district.code]["Kết quả"] == beside[cast.district.code] == 3
    assert set(beside) == {cast.province.code, cast.district.code}
    sifted = sheet("planning.board", unit=cast.province.pk, tim="huyện")
    assert [row["Mã"] for row in rows(sifted)] == [cast.district.code]


def test_evidence_adds_up_to_the_figure_and_says_how_it_is_counted(cast):
    taken = sheet("planning.evidence", unit=cast.district.pk, code="T8", ngay="2026-06-30")

    counted = [row["Số đếm"] if "Số đếm" in row else list(row.values())[4] for row in rows(taken)]
    assert sum(counted) == 3  # type: ignore[arg-type]
    notes = dict(taken.notes)
    assert "newsroom" in notes["Cách đếm"]
    assert notes["Kế hoạch"]


def test_who_owes_a_report_and_the_evidence_frozen_with_it(cast):
    report = make_reports.submitted(cast)

    owed = {row["Mã"]: row for row in rows(sheet("reports.owed", term="2026-half-year"))}
    evidence = rows(sheet("reports.evidence", report=report.pk, target="T8"))

    assert owed[cast.district.code]["Ngày nhận"] == make_reports.ON
    assert [row["Mã tham chiếu"] for row in evidence] == [story.ref for story in cast.stories[::-1]]
    assert not Entry.objects.filter(kind="people.table-exported").exists()


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("planning.card", {"unit": 999_999}),
        ("planning.card", {}),
        ("planning.children", {"unit": "{district}", "code": "T99"}),
        ("planning.evidence", {"unit": "{district}", "code": "T12"}),
        ("planning.board", {"unit": "x"}),
        ("reports.owed", {"term": "1999-half-year"}),
        ("reports.evidence", {"report": 999_999, "target": "T8"}),
    ],
)
def test_what_is_not_there_is_not_found(cast, key, words):
    said = {name: str(word).replace("{district}", str(cast.district.pk)) for name, word in words.items()}

    with pytest.raises(LookupError):
        sheet(key, **said)


def test_a_table_of_tasks_lists_what_is_to_do(cast):
    taken = sheet("planning.tasks")

    assert taken.columns[0].title == "Việc cần làm"
    assert all(row["Việc cần làm"] for row in rows(taken))
