"""A report from its first figure to the day nothing can change it: every action, every refusal."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from loa.base.errors import Refused
from loa.ledger.models import Entry
from loa.reports import actions, composing, counting, files, queries
from loa.reports.models import EvidenceRow, Report
from tests import make, make_reports
from tests.make_reports import AFTER, TEXTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_reports.cast()


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.STORAGES = make_reports.storages_at(settings.STORAGES, tmp_path)


def refuses(action, *args, **kwargs) -> str:
    """The sentence of a refusal that recorded nothing and changed nothing."""
    before = (Entry.objects.count(), list(Report.objects.order_by("pk").values()), EvidenceRow.objects.count())
    with pytest.raises(Refused) as refusal:
        action(*args, **kwargs)
    assert (Entry.objects.count(), list(Report.objects.order_by("pk").values()), EvidenceRow.objects.count()) == before
    return str(refusal.value)


def figure(report, target):
    return next(figure for figure in report.figures if figure["target"] == target)


# --- prefill


def test_a_draft_is_filled_with_figures_of_its_period_and_with_sentences(cast):
    make_reports.published(cast.district, on=date(2025, 11, 30))
    make_reports.published(cast.district, on=date(2025, 12, 1))
    make_reports.published(cast.district, on=date(2026, 5, 31))
    make_reports.published(cast.district, on=date(2026, 6, 1))

    report = actions.prefill(cast.district.pk, term=make_reports.term(), by=cast.writer, at=AFTER)

    assert (report.first, report.last, report.due_on) == (date(2025, 12, 1), date(2026, 5, 31), date(2026, 6, 10))
    assert (report.unit_name, report.parent_name) == ("Liên đoàn Lao động huyện Mẫu", "Liên đoàn Lao động tỉnh Mẫu")
    items = figure(report, "T8")
    assert (items["numerator"], items["goal"], items["goal_year"], items["standing"]) == (4, "60", 2026, "under-way")
    assert items["as_of"] == "2026-05-31"
    assert figure(report, "T2a")["standing"] == "not-measured"
    assert "Sáu mươi thông tin mỗi năm" in (report.text("results") or "")
    assert [entry.kind for entry in Entry.objects.filter(subject=report.ref)] == ["reports.report-drafted"]


def test_filling_again_updates_figures_and_keeps_what_people_wrote(cast):
    report = make_reports.draft(cast)
    report = actions.write(report, texts={"results": "Chúng tôi tự viết."}, by=cast.writer, at=AFTER)
    make_reports.published(cast.district)

    again = actions.prefill(cast.district.pk, term=make_reports.term(), by=cast.writer, at=AFTER)

    assert again.pk == report.pk
    assert figure(again, "T8")["numerator"] == 3
    assert again.text("results") == "Chúng tôi tự viết."
    assert again.text("directions") == TEXTS["directions"]


def test_a_sentence_nobody_touched_follows_the_figures(cast):
    before = actions.prefill(cast.district.pk, term=make_reports.term(), by=cast.writer, at=AFTER)
    make_reports.published(cast.district)

    after = actions.prefill(cast.district.pk, term=make_reports.term(), by=cast.writer, at=AFTER)

    assert before.text("results") != after.text("results")


def test_prefill_is_refused_to_strangers_and_readers(cast):
    neighbour = make_reports.upper(cast.province)
    for other in (make.account(role="officer", unit=neighbour), make.account(role="auditor", unit=cast.province)):
        assert refuses(actions.prefill, cast.district.pk, term=make_reports.term(), by=other, at=AFTER)


def test_prefill_is_refused_for_a_unit_that_owes_nothing(cast):
    officer = make.account(role="officer", unit=cast.province)

    assert refuses(actions.prefill, cast.province.pk, term=make_reports.term(), by=officer, at=AFTER)


def test_prefill_is_refused_before_the_period_begins_and_after_handing_in(cast):
    term = make_reports.term()
    early = datetime(2025, 11, 30, 16, 59, tzinfo=UTC)  # 23:59 on 30 November in Hà Nội
    assert refuses(actions.prefill, cast.district.pk, term=term, by=cast.writer, at=early)
    first_minute = early + timedelta(minutes=1)
    assert actions.prefill(cast.district.pk, term=term, by=cast.writer, at=first_minute).as_of == date(2025, 12, 1)

    make_reports.submitted(cast)
    assert refuses(actions.prefill, cast.district.pk, term=term, by=cast.writer, at=AFTER)


# --- write


def test_writing_records_which_sections_changed_and_nothing_when_none_did(cast):
    report = make_reports.draft(cast)
    entries = Entry.objects.filter(subject=report.ref, kind="reports.report-written")

    actions.write(report, texts=TEXTS | {"proposals": "  Đề nghị\r\n\r\n\r\nhỗ trợ. "}, by=cast.writer, at=AFTER)
    actions.write(report, texts=TEXTS, by=cast.writer, at=AFTER)

    report.refresh_from_db()
    assert report.text("proposals") == "Đề nghị\n\nhỗ trợ."
    assert [entry.data for entry in entries.order_by("id")] == [
        {"sections": ["directions"]},
        {"sections": ["proposals"]},
    ]


def test_writing_is_refused_to_strangers_for_unknown_sections_for_endless_texts_and_after_handing_in(cast):
    report = make_reports.draft(cast)
    stranger = make.account(role="officer", unit=make_reports.upper(cast.province))
    assert refuses(actions.write, report, texts=TEXTS, by=stranger, at=AFTER)
    assert refuses(actions.write, report, texts={"nonsense": "x"}, by=cast.writer, at=AFTER)
    assert refuses(actions.write, report, texts={"results": "x" * 20_001}, by=cast.writer, at=AFTER)

    actions.submit(report, cover=make_reports.cover(), by=cast.writer, at=AFTER)
    assert refuses(actions.write, report, texts=TEXTS, by=cast.writer, at=AFTER)


# --- submit


def test_handing_in_freezes_figures_rows_names_and_fingerprint(cast):
    report = make_reports.submitted(cast)

    rows = EvidenceRow.objects.filter(report=report, target="T8").order_by("position")
    assert {row.ref for row in rows} == {story.ref for story in cast.stories}
    assert [row.position for row in rows] == [0, 1]
    assert sum(row.counts for row in rows) == figure(report, "T8")["numerator"] == figure(report, "T8")["rows"] == 2
    assert (report.state, report.received_on, report.frozen_at) == ("submitted", make_reports.ON, AFTER)
    assert queries.intact(report)
    entry = Entry.objects.get(subject=report.ref, kind="reports.report-submitted")
    assert entry.evidence == [f"sha256:{report.fingerprint}"]
    assert entry.data["rows"] == EvidenceRow.objects.filter(report=report).count()


def test_a_report_can_be_handed_in_from_the_first_minute_after_the_cut_off_in_hanoi(cast):
    last_minute = datetime(2026, 5, 31, 16, 59, tzinfo=UTC)  # 23:59 on 31 May
    report = make_reports.draft(cast, at=last_minute)
    cover = make_reports.cover(issued_on=date(2026, 6, 1))

    assert refuses(actions.submit, report, cover=cover, by=cast.writer, at=last_minute)

    done = actions.submit(report, cover=cover, by=cast.writer, at=last_minute + timedelta(minutes=1))
    assert done.received_on == date(2026, 6, 1)


def test_figures_that_changed_since_they_were_read_are_not_handed_in(cast):
    report = make_reports.draft(cast)
    make_reports.published(cast.district)

    assert refuses(actions.submit, report, cover=make_reports.cover(), by=cast.writer, at=AFTER)


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": ""},
        {"number": "mười hai"},
        {"place": ""},
        {"signer": ""},
        {"issued_on": None},
        {"issued_on": date(2026, 5, 31)},
        {"issued_on": date(2026, 6, 4)},
    ],
    ids=str,
)
def test_handing_in_is_refused_with_an_unfinished_cover(cast, wrong):
    report = make_reports.draft(cast)

    assert refuses(actions.submit, report, cover=make_reports.cover(**wrong), by=cast.writer, at=AFTER)


def test_handing_in_is_refused_with_an_empty_section_to_strangers_and_twice(cast):
    report = actions.prefill(cast.district.pk, term=make_reports.term(), by=cast.writer, at=AFTER)
    assert "Phương hướng" in refuses(actions.submit, report, cover=make_reports.cover(), by=cast.writer, at=AFTER)
    assert refuses(actions.submit, make_reports.draft(cast), cover=make_reports.cover(), by=cast.chief, at=AFTER)

    report = make_reports.submitted(cast)
    assert refuses(actions.submit, report, cover=make_reports.cover(), by=cast.writer, at=AFTER)


# --- return


def test_a_returned_report_is_open_again_and_had_arrived(cast):
    report = make_reports.submitted(cast)
    handed_in = report.fingerprint

    report = actions.return_with_remarks(report, remarks="Bổ sung số liệu.", by=cast.chief, at=AFTER)

    assert (report.state, report.remarks, report.fingerprint) == ("returned", "Bổ sung số liệu.", "")
    assert report.received_on == make_reports.ON
    assert not report.rows.exists()
    assert Entry.objects.get(kind="reports.report-returned").evidence == [f"sha256:{handed_in}"]
    later = AFTER + timedelta(days=20)
    assert "Bổ sung số liệu." in refuses(
        actions.submit, report, cover=make_reports.cover(number="15/BC-LĐLĐ"), by=cast.writer, at=later
    )
    actions.write(report, answers={"": "Đã bổ sung."}, by=cast.writer, at=later)
    again = actions.submit(report, cover=make_reports.cover(number="15/BC-LĐLĐ"), by=cast.writer, at=later)
    assert (again.received_on, again.late) == (make_reports.ON, False)


def test_returning_is_refused_without_remarks_to_strangers_and_of_a_draft(cast):
    report = make_reports.draft(cast)
    assert refuses(actions.return_with_remarks, report, remarks="x", by=cast.chief, at=AFTER)
    report = actions.submit(report, cover=make_reports.cover(), by=cast.writer, at=AFTER)
    assert refuses(actions.return_with_remarks, report, remarks="  ", by=cast.chief, at=AFTER)
    assert refuses(actions.return_with_remarks, report, remarks="x", by=cast.writer, at=AFTER)


# --- accept


def test_acceptance_freezes_and_its_document_is_there_at_once(cast):
    report = make_reports.accepted(cast)

    assert (report.state, report.accepted_at) == ("accepted", AFTER)
    assert composing.fingerprint_in(files.docx(report)) == report.fingerprint
    assert Entry.objects.get(kind="reports.report-accepted").evidence == [f"sha256:{report.fingerprint}"]


def test_nobody_accepts_what_they_wrote_nor_from_beside_or_below(cast):
    report = make_reports.submitted(cast)
    own_leader = make.account(role="leader", unit=cast.district)
    neighbour = make.account(role="leader", unit=make_reports.upper(cast.province))
    reader = make.account(role="officer", unit=cast.province)
    for other in (cast.writer, own_leader, neighbour, reader):
        assert refuses(actions.accept, report, by=other, at=AFTER)

    both = make.account(role="administrator", unit=cast.province)
    actions.return_with_remarks(report, remarks="Sửa lại.", by=cast.chief, at=AFTER)
    actions.write(report, texts={"proposals": "Không."}, answers={"": "Đã sửa."}, by=both, at=AFTER)
    report = actions.submit(report, cover=make_reports.cover(), by=cast.writer, at=AFTER)
    assert refuses(actions.accept, report, by=both, at=AFTER)


def test_what_was_tampered_with_is_not_accepted(cast):
    report = make_reports.submitted(cast)
    figures = [{**one, "numerator": 99} if one["target"] == "T8" else one for one in report.figures]
    Report.objects.filter(pk=report.pk).update(figures=figures)

    assert refuses(actions.accept, report, by=cast.chief, at=AFTER)


def test_accepting_is_refused_before_handing_in_and_after_acceptance(cast):
    assert refuses(actions.accept, make_reports.draft(cast), by=cast.chief, at=AFTER)
    report = make_reports.accepted(cast)
    assert refuses(actions.accept, report, by=cast.chief, at=AFTER)
    assert refuses(actions.return_with_remarks, report, remarks="x", by=cast.chief, at=AFTER)


# --- after acceptance


def attempts(report):
    row = report.rows.order_by("pk").first()
    yield "UPDATE reports_report SET kind_name = 'x' WHERE id = %s", [report.pk]
    yield "UPDATE reports_report SET state = 'submitted' WHERE id = %s", [report.pk]
    yield "DELETE FROM reports_report WHERE id = %s", [report.pk]
    yield "UPDATE reports_evidencerow SET counts = 5 WHERE id = %s", [row.pk]
    yield "DELETE FROM reports_evidencerow WHERE id = %s", [row.pk]
    insert = (
        "INSERT INTO reports_evidencerow (report_id, target, position, ref, label, url, unit, counts, cells) "
        "VALUES (%s, 'T8', 99, 'x', 'x', '', '', 1, '[]')"
    )
    yield insert, [report.pk]


def test_the_database_refuses_to_change_an_accepted_report_by_raw_sql(cast):
    report = make_reports.accepted(cast)
    for sql, parameters in attempts(report):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, parameters)

    assert queries.intact(Report.objects.get(pk=report.pk))


def test_the_database_refuses_to_change_an_accepted_report_through_django(cast):
    report = make_reports.accepted(cast)
    report.narrative = []
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        report.save(update_fields=["narrative"])
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        report.rows.all().delete()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        EvidenceRow.objects.filter(report=report).update(label="x")


def test_a_report_that_is_still_open_can_be_changed_in_the_database(cast):
    report = make_reports.submitted(cast)

    assert Report.objects.filter(pk=report.pk).update(kind_name="x") == 1


def test_later_stories_do_not_change_an_accepted_report(cast):
    report = make_reports.accepted(cast)
    figures, rows = report.figures, list(queries.rows(report, "T8").rows)

    make_reports.published(cast.district)

    report.refresh_from_db()
    assert report.figures == figures
    assert list(queries.rows(report, "T8").rows) == rows


def test_the_fingerprint_tells_a_flipped_figure_a_changed_row_and_another_signature(cast):
    report = make_reports.submitted(cast)
    assert queries.intact(report)

    flipped = [{**one, "numerator": (one["numerator"] or 0) + 1} for one in report.figures]
    for field, value in (("figures", flipped), ("cover", report.cover | {"signer": "Ai Đó"}), ("unit_name", "Khác")):
        changed = Report.objects.select_related("unit").get(pk=report.pk)
        setattr(changed, field, value)
        assert not queries.intact(changed)
    report.rows.filter(position=0).update(counts=7)
    assert not queries.intact(report)


def test_evidence_beyond_the_limit_is_cut_and_said_so(cast, monkeypatch):
    monkeypatch.setattr(counting, "ROWS_KEPT", 1)

    report = make_reports.submitted(cast)

    assert (figure(report, "T8")["rows"], figure(report, "T8")["rows_complete"]) == (1, False)
    assert queries.intact(report)
