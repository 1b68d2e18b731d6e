"""Interim and final reviews (sơ kết, tổng kết): the plan over its years, from accepted reports and counts."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from loa.base.errors import Refused
from loa.ledger.facts import SYSTEM
from loa.ledger.models import Entry
from loa.people.actions import units
from loa.people.models import Unit
from loa.people.policies import Scope
from loa.people.tables import Asked
from loa.planning import actions as planning
from loa.planning import planfile
from loa.planning.models import PeriodKind, Task
from loa.reports import actions, composing, files, formfile, queries, records
from loa.reports.document import Table
from loa.reports.figures import ReportFigure
from loa.reports.models import EvidenceRow, Report
from loa.reports.tables import TABLES
from tests import make, make_reports
from tests.planning import plans

pytestmark = pytest.mark.django_db

YEAR_END = datetime(2025, 12, 5, 3, 0, tzinfo=UTC)
REVIEWED = datetime(2026, 6, 3, 3, 0, tzinfo=UTC)
TERM = "2026-interim-review"
CAUSES = {"causes": "Cơ sở mới, người làm truyền thông còn thiếu."}
WHY = {"T4": "Năm sau có thêm kênh.", "T8": "Năm sau có thêm người viết.", "T14": "Hạn nộp được nhắc sớm hơn."}


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.STORAGES = make_reports.storages_at(settings.STORAGES, tmp_path)


@pytest.fixture
def cast():
    """Two stories in 2024, three in 2025, one in 2026; the province writes its own reports, too."""
    made = make_reports.cast(stories=0)
    for on in ("2024-03-01", "2024-10-01", "2025-02-01", "2025-03-01", "2025-11-30", "2025-12-01"):
        make_reports.published(made.district, on=date.fromisoformat(on))
    made.writer = make.account(role="officer", unit=made.province, name="Võ Thị Tổng Hợp")
    return made


def term(code: str = TERM, *, on: date = date(2026, 6, 3)):
    return make_reports.term(code, on=on)


def yearly(cast, *, number: str = "9/BC-LĐLĐ") -> Report:
    """The province's report of 2025, accepted."""
    of, at = term("2025-province-year", on=date(2025, 12, 5)), YEAR_END
    report = actions.prefill(cast.province.pk, term=of, by=cast.writer, at=at)
    report = actions.write(report, texts=make_reports.TEXTS, by=cast.writer, at=at)
    cover = make_reports.cover(number=number, issued_on=date(2025, 12, 4))
    return actions.accept(actions.submit(report, cover=cover, by=cast.writer, at=at), by=cast.chief, at=at)


def draft(cast, *, at: datetime = REVIEWED) -> Report:
    report = actions.prefill(cast.province.pk, term=term(), by=cast.writer, at=at)
    return actions.write(report, texts=CAUSES, reasons=WHY, by=cast.writer, at=at)


def submitted(cast) -> Report:
    return actions.submit(draft(cast), cover=make_reports.cover(), by=cast.writer, at=REVIEWED)


def accepted(cast) -> Report:
    return actions.accept(submitted(cast), by=cast.chief, at=REVIEWED)


def figure(report: Report, target: str) -> ReportFigure:
    return ReportFigure.read(next(one for one in report.figures if one["target"] == target))


def tables(blocks: Iterable[object]) -> list[Table]:
    return [block for block in blocks if isinstance(block, Table)]


# --- when it is owed


def test_a_review_is_owed_once_and_reaches_back_to_the_first_day_of_the_plan(cast):
    found = [one for one in queries.terms_of(cast.plan) if one.review]

    assert [(one.code, one.period.first, one.period.last, one.due_on) for one in found] == [
        ("2026-interim-review", date(2024, 1, 1), date(2026, 5, 31), date(2026, 7, 15)),
        ("2028-final-review", date(2024, 1, 1), date(2028, 11, 30), date(2029, 1, 29)),
    ]
    assert found[0].name.endswith("2024–2026")
    assert list(queries.owing(found[0])) == [cast.province]


def test_the_years_of_a_review_are_those_of_the_yearly_report(cast):
    years = figure(draft(cast), "T4").years

    assert [(one.year, one.first, one.last) for one in years] == [
        (2024, "2023-12-01", "2024-11-30"),
        (2025, "2024-12-01", "2025-11-30"),
        (2026, "2025-12-01", "2026-05-31"),
    ]


def test_the_officer_finds_the_review_beside_the_periodic_reports(client, cast):
    client.force_login(cast.writer)

    page = client.get(reverse("reports:reports")).content.decode()

    assert f"?term={TERM}" in page
    assert "15/07/2026" in page
    owed = queries.own_owed(cast.writer, on=date(2026, 6, 3))
    assert [one.term.code for one in owed] == ["2026-province-half-year", TERM]


# --- figures


def test_products_are_added_up_over_the_years_and_people_are_not(cast):
    report = draft(cast)

    items, reach = figure(report, "T8"), figure(report, "T1")
    assert ([one.numerator for one in items.years], items.numerator) == ([2, 3, 1], 6)
    assert (items.added, reach.adds) == (True, "people")
    assert reach.numerator == reach.years[-1].numerator


def test_a_year_speaks_from_its_accepted_report_whatever_was_counted_since(cast):
    of_2025 = yearly(cast)
    make_reports.published(cast.district, on=date(2025, 4, 1))

    years = figure(draft(cast), "T8").years

    assert [(one.numerator, one.report) for one in years] == [(2, ""), (3, of_2025.ref), (1, "")]
    assert years[1].fingerprint == of_2025.fingerprint


def test_a_correction_of_that_report_is_in_and_said(cast):
    of_2025 = yearly(cast)
    made = actions.correct(
        of_2025, place="T8", typed={"value": "7"}, reason="Sót bốn tin.", proof="Biên bản", by=cast.writer, at=REVIEWED
    )
    actions.accept_correction(made, by=cast.chief, at=REVIEWED)

    items = figure(draft(cast), "T8")

    assert (items.years[1].numerator, items.years[1].corrected, items.numerator) == (7, True, 10)
    assert items.years[1].source_text.endswith("đính chính")


def test_a_report_that_waits_for_an_answer_does_not_speak_yet(cast):
    of, at = term("2025-province-year", on=date(2025, 12, 5)), YEAR_END
    report = actions.write(
        actions.prefill(cast.province.pk, term=of, by=cast.writer, at=at),
        texts=make_reports.TEXTS,
        by=cast.writer,
        at=at,
    )
    actions.submit(report, cover=make_reports.cover(issued_on=date(2025, 12, 4)), by=cast.writer, at=at)

    assert [one.report for one in figure(draft(cast), "T8").years] == ["", "", ""]


def test_a_federation_that_took_over_answers_for_the_years_before_it(cast):
    july = date(2025, 7, 1)
    heir = make.unit(name="Liên đoàn Lao động tỉnh Mới", since=july)
    units.merge([cast.province], into=heir, on=july, decision="QĐ 12/QĐ-TLĐ", by=SYSTEM, at=make.NOON)
    writer = make.account(role="officer", unit=heir)

    report = actions.prefill(heir.pk, term=term(), by=writer, at=REVIEWED)

    assert [one.numerator for one in figure(report, "T8").years] == [2, 3, 1]


# --- words


def test_passages_are_drafted_from_figures_tasks_and_accepted_reports(cast):
    yearly(cast)
    task = Task.objects.filter(plan=cast.plan).order_by("pk").first()
    assert task is not None
    task = planning.take(task, by=cast.chief, at=YEAR_END)
    planning.finish(task, by=cast.chief, at=YEAR_END, proof="Quyết định 12.")

    report = draft(cast)

    assert "Báo cáo năm của tỉnh 2025" in (report.text("situation") or "")
    assert task.title in (report.text("way") or "")
    assert "Cộng các năm: 6" in (report.text("way") or "")
    waiting = Task.objects.filter(plan=cast.plan, state=Task.State.OPEN).order_by("pk")[0]
    assert waiting.title in (report.text("shortfalls") or "")
    assert "2 (2024) → 3 (2025)" in (report.text("lessons") or "")


def test_a_year_far_from_the_year_before_owes_a_sentence(cast):
    for _ in range(4):
        make_reports.published(cast.district, on=date(2025, 6, 1))
    report = actions.prefill(cast.province.pk, term=term(), by=cast.writer, at=REVIEWED)
    report = actions.write(report, texts=CAUSES, reasons=WHY | {"T8": ""}, by=cast.writer, at=REVIEWED)

    with pytest.raises(Refused, match="2024: 2; 2025: 7"):
        actions.submit(report, cover=make_reports.cover(), by=cast.writer, at=REVIEWED)

    report = actions.write(report, reasons=WHY, by=cast.writer, at=REVIEWED)
    assert actions.submit(report, cover=make_reports.cover(), by=cast.writer, at=REVIEWED).state == "submitted"


# --- from draft to acceptance


def test_a_review_is_handed_in_returned_and_accepted_like_any_report(cast):
    first = submitted(cast)
    returned = actions.return_with_remarks(
        first, remarks="", notes={"T8": "Vì sao năm 2024 ít?"}, by=cast.chief, at=REVIEWED
    )
    actions.write(returned, answers={"T8": "Mới có một trang."}, by=cast.writer, at=REVIEWED)
    again = actions.submit(returned, cover=make_reports.cover(), by=cast.writer, at=REVIEWED)

    report = actions.accept(again, by=cast.chief, at=REVIEWED)

    assert report.state == Report.State.ACCEPTED
    assert queries.intact(report)


def test_it_can_not_be_handed_in_before_its_last_day_has_passed(cast):
    at = datetime(2026, 5, 20, 3, 0, tzinfo=UTC)
    report = actions.prefill(cast.province.pk, term=term(), by=cast.writer, at=at)
    before = Entry.objects.count()

    with pytest.raises(Refused, match="31/05/2026"):
        actions.submit(report, cover=make_reports.cover(), by=cast.writer, at=at)

    assert Entry.objects.count() == before
    assert figure(report, "T8").years[-1].last == "2026-05-20"


def test_the_evidence_of_a_sum_is_the_accepted_report_and_the_rows_of_the_other_years(cast):
    of_2025 = yearly(cast)

    report = accepted(cast)

    rows = list(EvidenceRow.objects.filter(report=report, target="T8").order_by("position"))
    assert [(row.ref.partition(":")[0], row.counts) for row in rows] == [
        ("newsroom.story", 1),
        ("newsroom.story", 1),
        ("reports.report", 3),
        ("newsroom.story", 1),
    ]
    assert rows[2].cells == [f"sha256:{of_2025.fingerprint}"]
    assert sum(row.counts for row in rows) == figure(report, "T8").numerator


@pytest.mark.parametrize("limit", [1, 2, 50])
def test_evidence_of_a_draft_is_paged_across_the_years(cast, limit):
    yearly(cast)
    report = draft(cast)

    refs, after = [], ""
    while True:
        page = queries.rows(report, "T8", after=after, limit=limit)
        refs += [row.ref for row in page.rows]
        if not (after := page.after):
            break

    assert len(refs) == len(set(refs)) == 4


def test_a_changed_year_breaks_the_fingerprint(cast):
    report = accepted(cast)
    exported = json.loads(files.record(report))
    assert records.problems(exported) == []

    stored = next(one for one in exported["report"]["figures"] if one["target"] == "T8")
    stored["years"][0]["numerator"] += 1

    assert records.problems(exported) != []


def test_verify_and_show_know_reviews(cast, tmp_path):
    report = accepted(cast)
    told, written = StringIO(), tmp_path / "so-ket.json"

    call_command("report", "verify", unit=cast.province.code, period=TERM, stdout=told)
    call_command("report", "export", unit=cast.province.code, period=TERM, out=written, stdout=told)
    call_command("report", "show", unit=cast.province.code, period=TERM, stdout=told)

    assert "     2025 3 / " in told.getvalue()
    assert records.problems(json.loads(written.read_bytes())) == []
    assert report.fingerprint in told.getvalue()


def test_then_and_now_tells_what_was_corrected_and_what_nothing_explains(cast):
    of_2025 = yearly(cast)
    report = accepted(cast)
    make_reports.published(cast.district, on=date(2024, 5, 1))
    make_reports.published(cast.district, on=date(2025, 5, 1))
    made = actions.correct(
        of_2025, place="T8", typed={"value": "4"}, reason="Sót một tin.", proof="Biên bản", by=cast.writer, at=REVIEWED
    )
    actions.accept_correction(made, by=cast.chief, at=REVIEWED)

    [replay] = queries.replays(report, today=date(2026, 6, 10), only="T8")

    assert (replay.then_text, replay.now_text) == ("6", "8")
    assert {(one.why.value, one.then, one.now) for one in replay.differences} == {
        ("corrected", 3, 4),
        ("unexplained", 0, 1),  # it came straight into the table, past every action
    }


# --- corrected

SAID = {"reason": "Ghi nhầm.", "proof": "Biên bản số 3"}


def corrected(cast, report: Report, place: str, value: str):
    made = actions.correct(report, place=place, typed={"value": value}, **SAID, by=cast.writer, at=REVIEWED)
    return actions.accept_correction(made, by=cast.chief, at=REVIEWED)


def test_the_figure_of_one_year_is_corrected_and_the_total_follows(client, cast):
    yearly(cast)
    report = accepted(cast)

    made = corrected(cast, report, "T8.2024", "4")

    assert (made.label.endswith("(2024)"), made.old_text, made.new_text) == (True, "2", "4")
    assert queries.corrected(report)["T8"] == {"numerator": 8, "denominator": None}
    assert figure(Report.objects.get(pk=report.pk), "T8").numerator == 6
    client.force_login(cast.chief)
    page = client.get(reverse("reports:report", args=[report.pk])).content.decode()
    assert "Cả các năm cộng lại, sau đính chính:</strong> <ins>8</ins>" in page
    [replay] = queries.replays(report, today=date(2026, 6, 10), only="T8")
    assert replay.corrected == {"numerator": 8, "denominator": None}


def test_a_year_from_an_accepted_report_says_what_that_report_says(cast):
    of_2025 = yearly(cast)
    report = accepted(cast)
    given = {"place": "T8.2025", "typed": {"value": "5"}, **SAID, "by": cast.writer, "at": REVIEWED}

    with pytest.raises(Refused, match="Xin đính chính ở báo cáo ấy trước"):
        actions.correct(report, **given)
    with pytest.raises(Refused):
        actions.correct(report, **given | {"place": "T8"})

    corrected(cast, of_2025, "T8", "5")
    assert actions.correct(report, **given).new == {"numerator": 5, "denominator": None}


# --- the document


def test_the_document_shows_the_years_what_was_added_and_where_each_year_comes_from(cast):
    yearly(cast)
    document = composing.document_of(accepted(cast), [])

    assert document.subject.startswith("Báo cáo sơ kết thực hiện kế hoạch 2024–2026")
    [table] = [one for one in tables(document.body) if one.caption.startswith("Kết quả từng năm")]
    row = next(row for row in table.rows if row[1].startswith("Sáu mươi"))
    assert list(row[2:6]) == ["2*", "3", "1*", "6"]
    [annex] = tables(document.appendices[0].blocks)
    assert any("sha256" in cell for row in annex.rows for cell in row)
    assert files.docx(Report.objects.get(kind="interim-review")).startswith(b"PK")


def test_the_screen_shows_every_year_and_the_evidence_opens(client, cast):
    yearly(cast)
    report = draft(cast)
    client.force_login(cast.writer)

    page = client.get(reverse("reports:report", args=[report.pk])).content.decode()
    rows = client.get(reverse("reports:evidence", args=[report.pk, "T8"])).content.decode()

    assert "theo “Báo cáo năm của tỉnh 2025” đã chấp nhận" in page
    assert "đếm khi lập báo cáo này" in page
    assert "Cộng được qua các năm" in page
    assert "Báo cáo năm của tỉnh 2025" in rows


# --- plan and form as data


def test_a_plan_names_a_review_by_its_last_day_alone(cast):
    kind = PeriodKind.objects.get(plan=cast.plan, code="interim-review")

    assert kind.reviewed_to == date(2026, 5, 31)
    assert [year for year in range(2024, 2029) if kind.owed_in(year)] == [2026]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("reviewed_to: 2026-05-31, first: 12-01, last: 05-31", "first cùng với last, hoặc reviewed_to"),
        ("reviewed_to: 2030-05-31", "một ngày nằm trong thời gian của kế hoạch"),
        ("first: 12-01", "first cùng với last, hoặc reviewed_to"),
    ],
)
def test_a_plan_with_a_wrong_review_is_told_where(said, words):
    text = plans.SOURCE.read_text(encoding="utf-8").replace("reviewed_to: 2026-05-31", said)

    with pytest.raises(planfile.BadPlan, match=words):
        planfile.read(text)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("    reviews: province-year\n", "", "phải nêu loại báo cáo năm"),
        ("reviews: province-year", "reviews: province-half-year", "phải nêu loại báo cáo năm"),
        ("    gathers: half-year\n", "    reviews: year\n", "không thể nhìn lại các năm"),
    ],
)
def test_a_form_and_its_kind_of_report_agree_on_being_a_review(cast, old, new, words):
    text = make_reports.FORMS.read_text(encoding="utf-8")
    assert old in text
    changed = text.replace(old, new).replace("valid_from: 2024-01-01", "valid_from: 2026-01-01")
    before = Unit.objects.count(), Entry.objects.count()

    with pytest.raises(Refused, match=words):
        actions.load_forms(formfile.read(changed), by=cast.chief, at=make.NOON)

    assert (Unit.objects.count(), Entry.objects.count()) == before


def test_forms_from_before_there_were_reviews_keep_their_fingerprint(cast):
    form = formfile.read(make_reports.FORMS.read_text(encoding="utf-8")).forms[0]

    assert "reviews" not in form.stored()
    assert formfile.Form.read(form.stored()) == form


def test_the_workbook_of_the_figures_tells_the_years_and_their_sum_where_there_is_one(client, cast):
    yearly(cast)
    report = draft(cast)
    [table] = [one for one in TABLES if one.key == "reports.figures"]

    taken = table.sheet(Asked(words={"report": str(report.pk)}, scope=Scope(on=REVIEWED.date(), everything=True)))
    rows = list(taken.rows)

    assert {len(row) for row in rows} == {len(taken.columns)}
    stories, reached = ([row for row in rows if row[0] == target] for target in ("T8", "T1"))
    assert [row[2] for row in stories] == ["2024", "2025", "2026", "Cộng các năm"]
    assert stories[-1][3] == sum(year.numerator or 0 for year in figure(report, "T8").years)
    assert [row[3] for row in stories[:-1]] == [year.numerator for year in figure(report, "T8").years]
    assert stories[1][-1] == figure(report, "T8").years[1].source_text
    assert "Cộng các năm" not in {row[2] for row in reached}
    client.force_login(cast.writer)
    page = client.get(reverse("reports:report", args=[report.pk])).content.decode()
    assert reverse("people:table-take", args=["reports.figures"]) in page
