"""After acceptance: corrections with numbers of their own, records that anybody can verify, then and now."""

import json
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from loa.base.errors import Refused
from loa.ledger.facts import SYSTEM
from loa.ledger.models import Entry
from loa.newsroom import actions as newsroom
from loa.planning.differences import Why
from loa.reports import actions, composing, files, queries, records
from loa.reports.document import Paragraph
from loa.reports.models import Correction, Printing, Remark, Report
from tests import make, make_reports
from tests.make_reports import AFTER

pytestmark = pytest.mark.django_db

LATER = AFTER + timedelta(days=30)
SAID: dict[str, Any] = {"typed": {"value": "5"}, "reason": "Đếm sót ba tin.", "proof": "Biên bản số 3"}


@pytest.fixture
def cast():
    return make_reports.cast()


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.STORAGES = make_reports.storages_at(settings.STORAGES, tmp_path)


def refuses(action, *args, **kwargs) -> str:
    before = (Entry.objects.count(), list(Correction.objects.order_by("pk").values()))
    with pytest.raises(Refused) as refusal:
        action(*args, **kwargs)
    assert (Entry.objects.count(), list(Correction.objects.order_by("pk").values())) == before
    return str(refusal.value)


def corrected(cast, *, place="T8", **given) -> Correction:
    report = make_reports.accepted(cast)
    return actions.correct(report, place=place, **{**SAID, **given}, by=cast.writer, at=LATER)


# --- corrections


def test_a_correction_has_a_number_and_leaves_the_record_as_it_was(cast):
    correction = corrected(cast)
    report = Report.objects.get(pk=correction.report_id)
    before = (report.figures, report.fingerprint)

    actions.accept_correction(correction, by=cast.chief, at=LATER)

    report.refresh_from_db()
    correction.refresh_from_db()
    assert (report.figures, report.fingerprint) == before
    assert (correction.number_text, correction.state, correction.old["numerator"], correction.new["numerator"]) == (
        "01/ĐC-2026",
        "accepted",
        2,
        5,
    )
    assert queries.corrected(report) == {"T8": {"numerator": 5, "denominator": None}}
    kinds = list(Entry.objects.filter(subject=report.ref).order_by("-pk").values_list("kind", flat=True)[:2])
    assert kinds == ["reports.correction-accepted", "reports.correction-submitted"]


def test_a_second_correction_starts_from_the_first_and_has_the_next_number(cast):
    first = actions.accept_correction(corrected(cast), by=cast.chief, at=LATER)

    second = actions.correct(first.report, place="T8", **SAID | {"typed": {"value": "4"}}, by=cast.writer, at=LATER)

    assert (second.number_text, second.old["numerator"], second.new["numerator"]) == ("02/ĐC-2026", 5, 4)


def test_a_returned_correction_keeps_its_number(cast):
    correction = corrected(cast)
    actions.return_correction(correction, remarks="Thiếu căn cứ.", by=cast.chief, at=LATER)
    again = actions.correct(correction.report, place="T8", **SAID | {"typed": {"value": "3"}}, by=cast.writer, at=LATER)

    assert (again.pk, again.number_text, again.state, again.new["numerator"]) == (
        correction.pk,
        "01/ĐC-2026",
        "submitted",
        3,
    )


def test_what_is_refused_to_correct(cast):
    report = make_reports.submitted(cast)
    assert refuses(actions.correct, report, place="T8", **SAID, by=cast.writer, at=LATER)
    report = actions.accept(report, by=cast.chief, at=AFTER)
    stranger = make.account(role="officer", unit=make_reports.upper(cast.province))
    wrong: list[dict[str, Any]] = [
        {"place": "T99"},
        {"typed": {"value": "nhiều"}},
        {"typed": {"value": "2"}},
        {"reason": ""},
        {"proof": " "},
    ]
    for given in wrong:
        assert refuses(actions.correct, report, **{"place": "T8", **SAID, **given}, by=cast.writer, at=LATER)
    assert refuses(actions.correct, report, place="T8", **SAID, by=stranger, at=LATER)
    actions.correct(report, place="T8", **SAID, by=cast.writer, at=LATER)
    assert "01/ĐC-2026" in refuses(actions.correct, report, place="T8", **SAID, by=cast.writer, at=LATER)


def test_the_checks_of_the_form_hold_between_corrected_figures_too(cast):
    report = actions.write(
        make_reports.draft(cast), entries={"meetings": "4", "attendants": "90", "women": "40"}, by=cast.writer, at=AFTER
    )
    report = actions.submit(report, cover=make_reports.cover(), by=cast.writer, at=AFTER)
    report = actions.accept(report, by=cast.chief, at=AFTER)

    def given(place: str, value: str) -> dict[str, Any]:
        return {"place": place, **SAID, "typed": {"value": value}, "by": cast.writer, "at": LATER}

    assert "nữ" in refuses(actions.correct, report, **given("women", "95"))
    assert "nữ" in refuses(actions.correct, report, **given("attendants", "30"))
    women = actions.correct(report, **given("women", "80"))
    attendants = actions.correct(report, **given("attendants", "70"))  # each would do by itself
    actions.accept_correction(women, by=cast.chief, at=LATER)
    assert "nữ" in refuses(actions.accept_correction, attendants, by=cast.chief, at=LATER)


def test_nobody_judges_a_correction_they_or_their_unit_made(cast):
    correction = corrected(cast)
    both = make.account(role="administrator", unit=cast.province)
    for other in (cast.writer, make.account(role="leader", unit=cast.district)):
        assert refuses(actions.accept_correction, correction, by=other, at=LATER)
    actions.return_correction(correction, remarks="Thiếu.", by=both, at=LATER)
    actions.correct(correction.report, place="T8", **SAID, by=both, at=LATER)
    assert refuses(actions.accept_correction, correction, by=both, at=LATER)
    assert actions.accept_correction(correction, by=cast.chief, at=LATER).state == "accepted"
    assert refuses(actions.accept_correction, correction, by=cast.chief, at=LATER)


def test_the_database_refuses_to_change_an_accepted_correction(cast):
    correction = actions.accept_correction(corrected(cast), by=cast.chief, at=LATER)
    for change in ({"new": {"numerator": 9}}, {"state": "returned", "accepted_at": None}):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Correction.objects.filter(pk=correction.pk).update(**change)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        correction.delete()
    copy = Correction.objects.get(pk=correction.pk)
    copy.pk, copy.number = None, 2
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        copy.save(force_insert=True)


def test_postgresql_refuses_to_empty_the_tables_while_an_accepted_report_exists(cast):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite knows no TRUNCATE")
    make_reports.accepted(cast)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or PostgreSQL refuses for the keys that still wait
    for table in ("reports_report", "reports_evidencerow", "reports_correction", "reports_remark"):
        with (
            pytest.raises(DatabaseError, match="never changed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"TRUNCATE {table} CASCADE")


def test_superusers_get_nothing_past_acceptance_through_the_screens(client, cast):
    report = make_reports.accepted(cast)
    before = Report.objects.filter(pk=report.pk).values().get()
    client.force_login(make.superuser())

    for name in ("write", "submit", "give_back", "accept"):
        answer = client.post(
            reverse(f"reports:{name}", args=[report.pk]), {"directions": "x", "remarks": "x", "meetings": "3"}
        )
        assert answer.status_code == 422
    client.post(reverse("reports:prefill"), {"term": make_reports.term().code, "unit": report.unit_id})

    assert Report.objects.filter(pk=report.pk).values().get() == before


# --- passages

RIGHT = "Sáu tháng cuối năm, đơn vị tiếp tục bám sát kế hoạch số 12."
PASSAGE: dict[str, Any] = {"place": "directions", "typed": {"text": RIGHT}}


def test_a_passage_is_corrected_under_a_number_and_the_accepted_text_stays(cast):
    correction = corrected(cast, **PASSAGE)
    report = Report.objects.get(pk=correction.report_id)
    before = (report.narrative, report.fingerprint)

    actions.accept_correction(correction, by=cast.chief, at=LATER)

    report.refresh_from_db()
    assert (report.narrative, report.fingerprint) == before
    assert (correction.number_text, correction.label, correction.old_text, correction.new_text) == (
        "01/ĐC-2026",
        "Phương hướng",
        make_reports.TEXTS["directions"],
        RIGHT,
    )
    assert queries.corrected(report) == {"directions": {"text": RIGHT}}
    assert queries.broken_corrections(report) == []
    again = actions.correct(report, **PASSAGE | SAID | {"typed": {"text": "Khác."}}, by=cast.writer, at=LATER)
    assert (again.number_text, again.old_text) == ("02/ĐC-2026", RIGHT)


def test_what_is_refused_to_correct_in_a_passage(cast):
    report = make_reports.accepted(cast)
    for text in ("", make_reports.TEXTS["directions"], "x" * 20_001):
        given = SAID | PASSAGE | {"typed": {"text": text}}
        assert refuses(actions.correct, report, **given, by=cast.writer, at=LATER)
    for given in ({"place": "nowhere"}, {"reason": ""}, {"proof": ""}):
        assert refuses(actions.correct, report, **{**SAID, **PASSAGE, **given}, by=cast.writer, at=LATER)
    stranger = make.account(role="officer", unit=make_reports.upper(cast.province))
    assert refuses(actions.correct, report, **SAID | PASSAGE, by=stranger, at=LATER)


def test_a_corrected_passage_does_not_stand_in_the_way_of_the_next_report(cast):
    actions.accept_correction(corrected(cast, **PASSAGE), by=cast.chief, at=LATER)
    later = datetime(2027, 6, 3, 3, 0, tzinfo=UTC)
    term = make_reports.term("2027-half-year", on=date(2027, 6, 3))

    report = actions.prefill(cast.district.pk, term=term, by=cast.writer, at=later)

    assert "directions" not in report.before["entries"]


def test_a_passage_is_put_right_on_a_page_of_its_own_and_both_texts_are_shown(client, cast):
    report = make_reports.accepted(cast)
    page = reverse("reports:passage", args=[report.pk, "directions"])
    client.force_login(cast.writer)
    assert page in client.get(reverse("reports:report", args=[report.pk])).content.decode()
    assert make_reports.TEXTS["directions"] in client.get(page).content.decode()
    hand_in = reverse("reports:correct_passage", args=[report.pk, "directions"])
    kept = client.post(hand_in, {"text": RIGHT, "reason": "", "proof": "Kế hoạch 12"})
    assert (kept.status_code, RIGHT in kept.content.decode()) == (422, True)
    same = {"text": make_reports.TEXTS["directions"], "reason": "Sai.", "proof": "Kế hoạch 12"}
    assert client.post(hand_in, same).status_code == 422
    assert Correction.objects.count() == 0

    done = client.post(hand_in, same | {"text": RIGHT})

    assert done.headers["Location"] == reverse("reports:report", args=[report.pk]) + "#place-directions"
    [correction] = Correction.objects.all()
    for account in (cast.writer, cast.chief):
        client.force_login(account)
        told = client.get(reverse("reports:report", args=[report.pk])).content.decode()
        assert told.count(f"<ins>{RIGHT}</ins>") == 2
        assert told.count(make_reports.TEXTS["directions"]) == 3
        assert "Lê Thị Soạn" in told.partition("01/ĐC-2026</strong> ·")[2].partition("</ol>")[0]
    client.post(reverse("reports:return_correction", args=[correction.pk]), {"remarks": "Nêu số kế hoạch."})
    client.force_login(cast.writer)
    again = client.get(page).content.decode()
    assert "Nêu số kế hoạch." in again
    assert f"{RIGHT}</textarea>" in again


@pytest.mark.parametrize("place", ["meetings", "T8", "nowhere"])
def test_only_passages_of_accepted_reports_have_that_page(client, cast, place):
    report = make_reports.submitted(cast)
    client.force_login(cast.writer)
    assert client.get(reverse("reports:passage", args=[report.pk, "directions"])).status_code == 404
    actions.accept(report, by=cast.chief, at=AFTER)
    for name in ("passage", "correct_passage"):
        address = reverse(f"reports:{name}", args=[report.pk, place])
        assert (client.get if name == "passage" else client.post)(address).status_code == 404


def test_the_document_names_corrections_at_its_head_and_tells_them_at_its_end(cast, tmp_path):
    report = make_reports.accepted(cast)
    bare = files.docx(report)
    assert files.docx_as_accepted(report) == bare
    for given in (PASSAGE, {"place": "T8"}):
        made = actions.correct(report, **{**SAID, **given}, by=cast.writer, at=LATER)
        actions.accept_correction(made, by=cast.chief, at=LATER)

    told = files.docx(report)

    assert files.docx_as_accepted(report) == bare != told
    [note, *others] = [one.text for one in composing.document_of(report, [], queries.accepted_corrections(report)).body
                       if isinstance(one, Paragraph)]  # fmt: skip
    assert "01/ĐC-2026 ngày 03/07/2026; 02/ĐC-2026" in note
    assert make_reports.TEXTS["directions"] in others
    assert f"Nay đính chính là: {RIGHT}" in others
    assert "Báo cáo đã ghi: 2" in others
    for name, content, complete in (("a.docx", bare, False), ("b.docx", told, True)):
        file, out = tmp_path / name, StringIO()
        file.write_bytes(content)
        call_command("report", "verify", str(file), stdout=out)
        assert RIGHT in out.getvalue()
        assert ("chưa thể hiện đủ" in out.getvalue()) is not complete
        record = tmp_path / "record.json"
        record.write_bytes(files.record(report))
        call_command("report", "verify", str(file), "--record", str(record), stdout=out)


def test_a_correction_has_the_files_made_anew_and_both_stay_known(client, cast):
    report = make_reports.accepted(cast)
    first = actions.ask_for_print(report, at=LATER, sort=Printing.Sort.DOCX)
    first = actions.print_report(first, by=SYSTEM, at=LATER)
    correction = actions.correct(report, **SAID | PASSAGE, by=cast.writer, at=LATER)
    actions.accept_correction(correction, by=cast.chief, at=LATER)

    assert queries.printing(report, sort=Printing.Sort.DOCX) is None
    second = actions.ask_for_print(report, at=LATER, sort=Printing.Sort.DOCX)
    assert (second.pk != first.pk, second.corrections) == (True, 1)
    second = actions.print_report(second, by=SYSTEM, at=LATER)

    assert [queries.printed(report, one.fingerprint) for one in (first, second)] == [True, True]
    kept = {sha256(file(report)).hexdigest() for file in (files.docx_as_accepted, files.docx)}
    assert kept == {first.fingerprint, second.fingerprint}
    client.force_login(cast.writer)
    page = client.get(reverse("reports:report", args=[report.pk])).content.decode()
    assert page.count("lập tệp văn bản") == 2
    for name, file in (("document", files.docx), ("document_as_accepted", files.docx_as_accepted)):
        assert client.get(reverse(f"reports:{name}", args=[report.pk])).content == file(report)


# --- numbers, steps, remarks, entries


def test_a_document_number_is_used_once_a_year_however_it_is_written(cast):
    make_reports.accepted(cast)
    late = datetime(2026, 12, 5, 3, 0, tzinfo=UTC)
    term = make_reports.term("2026-year", on=date(2026, 12, 5))
    year = actions.prefill(cast.district.pk, term=term, by=cast.writer, at=late)
    year = actions.write(year, texts=make_reports.TEXTS, by=cast.writer, at=late)
    again = make_reports.cover(number="012/BC-LĐLĐ", issued_on=date(2026, 12, 4))

    with pytest.raises(Refused, match="12/BC-LĐLĐ"):
        actions.submit(year, cover=again, by=cast.writer, at=late)

    other = make_reports.cover(number="34/BC-LĐLĐ", issued_on=date(2026, 12, 4))
    assert actions.submit(year, cover=other, by=cast.writer, at=late).state == "submitted"


def test_remarks_stand_at_their_places_and_are_answered_there(cast):
    report = make_reports.submitted(cast)
    actions.return_with_remarks(
        report, remarks="", notes={"T8": "Kiểm tra lại.", "directions": "Nêu rõ hơn."}, by=cast.chief, at=AFTER
    )

    report = actions.write(report, answers={"T8": "Đã kiểm tra."}, by=cast.writer, at=AFTER)

    assert [(one.place, one.answer) for one in queries.open_remarks(report)] == [
        ("T8", "Đã kiểm tra."),
        ("directions", ""),
    ]
    with pytest.raises(Refused, match="Nêu rõ hơn"):
        actions.submit(report, cover=make_reports.cover(), by=cast.writer, at=AFTER)
    assert Remark.objects.filter(report=report).count() == 2


def test_all_that_is_wrong_is_said_at_once_and_nothing_typed_is_lost(cast):
    report = make_reports.draft(cast)
    given = {"meetings": "ba", "attendants": "2", "women": "5"}
    report = actions.write(report, entries=given, by=cast.writer, at=AFTER)

    with pytest.raises(Refused) as refusal:
        actions.submit(report, cover=make_reports.cover(), by=cast.writer, at=AFTER)

    assert "số nguyên" in str(refusal.value)
    assert "Số lượt nữ không thể nhiều hơn" in str(refusal.value)
    assert report.entries == given
    fixed = actions.write(report, entries={"meetings": "3", "attendants": "1.250"}, by=cast.writer, at=AFTER)
    assert fixed.entries == {"meetings": "3", "attendants": "1250", "women": "5"}


def test_a_figure_far_from_last_periods_owes_a_sentence(cast):
    first = make_reports.draft(cast)
    first = actions.write(first, entries={"meetings": "10", "attendants": "300"}, by=cast.writer, at=AFTER)
    first = actions.submit(first, cover=make_reports.cover(), by=cast.writer, at=AFTER)
    actions.accept(first, by=cast.chief, at=AFTER)
    next_year = datetime(2027, 6, 3, 3, 0, tzinfo=UTC)
    term = make_reports.term("2027-half-year", on=date(2027, 6, 3))
    report = actions.prefill(cast.district.pk, term=term, by=cast.writer, at=next_year)
    report = actions.write(
        report,
        texts=make_reports.TEXTS,
        entries={"meetings": "16", "attendants": "320"},
        reasons={"T8": "Nhân sự thay đổi."},
        by=cast.writer,
        at=next_year,
    )
    cover = make_reports.cover(issued_on=date(2027, 6, 2))

    with pytest.raises(Refused, match="Kỳ trước là 10 "):
        actions.submit(report, cover=cover, by=cast.writer, at=next_year)

    report = actions.write(report, reasons={"meetings": "Thêm sáu buổi Tết."}, by=cast.writer, at=next_year)
    assert actions.submit(report, cover=cover, by=cast.writer, at=next_year).before["entries"]["meetings"] == "10"


# --- the sum


def test_the_provinces_report_adds_up_what_was_accepted_with_corrections_and_its_own(cast):
    unit = actions.write(
        make_reports.draft(cast), entries={"meetings": "10", "attendants": "300"}, by=cast.writer, at=AFTER
    )
    unit = actions.submit(unit, cover=make_reports.cover(), by=cast.writer, at=AFTER)
    unit = actions.accept(unit, by=cast.chief, at=AFTER)
    made = actions.correct(unit, place="meetings", **SAID | {"typed": {"value": "12"}}, by=cast.writer, at=AFTER)
    actions.accept_correction(made, by=cast.chief, at=AFTER)
    make_reports.upper(cast.province)  # owes a report, too, and has sent none
    officer = make.account(role="officer", unit=cast.province)
    term = make_reports.term("2026-province-half-year")

    report = actions.prefill(cast.province.pk, term=term, by=officer, at=AFTER)
    report = actions.write(
        report, texts=make_reports.TEXTS, entries={"meetings": "3", "attendants": "90"}, by=officer, at=AFTER
    )
    report = actions.submit(report, cover=make_reports.cover(), by=officer, at=AFTER)

    assert report.sums["meetings"] == {"sum": "12", "reports": 1}
    assert report.sums["T8"]["sum"] == "2"
    complete = report.sums["*"]
    assert (complete["due"], complete["received"], complete["on_time"], complete["accepted"]) == (2, 1, 1, 1)
    [row] = queries.rows(report, "meetings.sum").rows
    assert (row.ref, row.counts, row.unit) == (unit.ref, 12, "Liên đoàn Lao động huyện Mẫu")
    assert actions.accept(report, by=cast.chief, at=AFTER).state == "accepted"


# --- records


def test_a_record_is_verified_without_the_database(cast, tmp_path, django_assert_num_queries):
    report = actions.accept_correction(corrected(cast), by=cast.chief, at=LATER).report
    record, document = tmp_path / "record.json", tmp_path / "report.docx"
    record.write_bytes(files.record(report))
    document.write_bytes(files.docx(report))
    out = StringIO()

    with django_assert_num_queries(0):
        call_command("report", "verify", str(record), stdout=out)
        call_command("report", "verify", str(document), "--record", str(record), stdout=out)

    assert report.fingerprint in out.getvalue()
    assert "01/ĐC-2026" in out.getvalue()


@pytest.mark.parametrize(
    "tamper",
    [
        lambda values: values["report"]["figures"][0].update(numerator=99),
        lambda values: values["report"]["entries"].update(meetings="99"),
        lambda values: values["rows"].pop(),
        lambda values: values["form"].update(name="Khác"),
        lambda values: values["corrections"][0]["new"].update(numerator=99),
        lambda values: values.pop("rows"),
    ],
)
def test_a_record_that_was_touched_is_told(cast, tmp_path, tamper):
    report = actions.accept_correction(corrected(cast), by=cast.chief, at=LATER).report
    values = json.loads(files.record(report))
    assert records.problems(values) == []
    tamper(values)
    file = tmp_path / "record.json"
    file.write_text(json.dumps(values), encoding="utf-8")

    with pytest.raises(CommandError):
        call_command("report", "verify", str(file))


def test_a_corrected_entry_is_shown_beside_what_was_typed_for_both_sides(client, cast):
    report = make_reports.draft(cast)
    actions.write(report, entries={"meetings": "30", "attendants": "400"}, by=cast.writer, at=AFTER)
    actions.submit(report, cover=make_reports.cover(), by=cast.writer, at=AFTER)
    report = actions.accept(report, by=cast.chief, at=AFTER)
    correction = actions.correct(
        report, place="meetings", **SAID | {"typed": {"value": "28"}}, by=cast.writer, at=LATER
    )

    for account in (cast.writer, cast.chief):
        client.force_login(account)
        page = client.get(reverse("reports:report", args=[report.pk])).content.decode()
        assert page.count("30 → <ins>28</ins>") == 2
    assert (correction.old_text, correction.new_text) == ("30", "28")


# --- then and now


def test_each_difference_between_then_and_now_is_explained(cast):
    report = make_reports.accepted(cast)
    late = make_reports.published(cast.district, on=date(2026, 5, 20))
    newsroom.withdraw(cast.stories[0], reason="Sai.", by=make.account(role="approver", unit=cast.province), at=LATER)

    [replay] = queries.replays(report, today=timezone.localdate(), only="T8")

    by_ref = {one.row.ref: one for one in replay.differences}
    assert by_ref[late.ref].why == Why.UNEXPLAINED  # it came straight into the table, past every action
    assert not replay.exact
    assert (str(replay.then), str(replay.now)) == ("2", "3")  # taken back in July, the story counted until 31 May


def test_nothing_changed_means_no_difference(cast):
    report = make_reports.accepted(cast)

    [replay] = queries.replays(report, today=date(2026, 6, 30), only="T8")

    assert (replay.same, replay.exact, replay.then_text, replay.today_text) == (True, True, "2", "2")


def test_then_and_now_is_shown_and_printed(client, cast):
    report = make_reports.accepted(cast)
    client.force_login(cast.chief)

    page = client.get(reverse("reports:replay", args=[report.pk])).content.decode()
    assert "Từ đó đến nay không có gì thay đổi." in page
    out = StringIO()
    call_command("report", "recompute", "--unit", cast.district.code, "--period", "2026-half-year", stdout=out)
    assert "lúc nộp 2; nay 2" in out.getvalue()
