"""The screens of reports, walked through by the people who use them."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from loa.base.dates import today
from loa.reports import actions, queries
from loa.reports.models import Report
from tests import make, make_reports

pytestmark = pytest.mark.django_db

COVER = {
    "number": "12/BC-LĐLĐ",
    "place": "Mẫu",
    "authority": "Ban Thường vụ",
    "post": "Chủ tịch",
    "signer": "Người Ký Mẫu",
    "recipients": "Liên đoàn Lao động tỉnh Mẫu\nBan Tuyên giáo - Nữ công",
}


@pytest.fixture
def cast():
    return make_reports.cast()


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.STORAGES = make_reports.storages_at(settings.STORAGES, tmp_path)


def past_term():
    """A report whose period is over, whenever this test runs."""
    on = today(timezone.now())
    return [term for term in queries.terms_on(on) if term.measured and term.period.last < on][-1]


def enter(client, account):
    client.force_login(account)
    return client


def said(response) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def test_two_people_take_a_report_from_nothing_to_acceptance(client, cast):
    term = past_term()
    enter(client, cast.writer)
    listed = client.get(reverse("reports:reports"), {"term": term.code})
    assert "Lập báo cáo" in listed.content.decode()

    client.post(reverse("reports:prefill"), {"term": term.code, "unit": cast.district.pk})
    report = Report.objects.get()
    texts = {section["code"]: section["text"] or "Đang làm." for section in report.narrative}
    client.post(reverse("reports:write", args=[report.pk]), texts)
    cover = COVER | {"issued_on": today(timezone.now()).isoformat()}
    done = client.post(reverse("reports:submit", args=[report.pk]), cover, follow=True)
    assert "đã nộp, chờ ý kiến" in said(done)

    enter(client, cast.chief)
    page = client.get(reverse("reports:report", args=[report.pk])).content.decode()
    assert "Chấp nhận báo cáo" in page
    assert "Lê Thị Soạn" in page
    client.post(reverse("reports:give_back", args=[report.pk]), {"remarks": "Bổ sung kiến nghị."})
    assert (
        "Bổ sung kiến nghị."
        in enter(client, cast.writer).get(reverse("reports:report", args=[report.pk])).content.decode()
    )
    client.post(reverse("reports:write", args=[report.pk]), {"answer:": "Đã bổ sung ở mục V."})
    client.post(reverse("reports:submit", args=[report.pk]), cover)

    enter(client, cast.chief).post(reverse("reports:accept", args=[report.pk]))
    report.refresh_from_db()
    assert (report.state, report.cover["number"]) == ("accepted", "12/BC-LĐLĐ")
    file = client.get(reverse("reports:document", args=[report.pk]))
    assert file.content.startswith(b"PK")
    assert file["Content-Disposition"].startswith('attachment; filename="bao-cao-')
    final = client.get(reverse("reports:report", args=[report.pk])).content.decode()
    assert "<textarea" not in final
    assert "đã chấp nhận" in final


def test_other_units_reports_do_not_exist(client, cast):
    report = make_reports.submitted(cast)
    stranger = make.account(role="administrator", unit=make_reports.upper(cast.province))
    enter(client, stranger)
    shown = [("report", []), ("preview", []), ("document", []), ("evidence", ["T8"])]
    done = ["write", "submit", "give_back", "accept"]

    answers = [client.get(reverse(f"reports:{name}", args=[report.pk, *rest])).status_code for name, rest in shown]
    answers += [client.post(reverse(f"reports:{name}", args=[report.pk])).status_code for name in done]
    prefill = {"term": make_reports.term().code, "unit": cast.district.pk}
    answers.append(client.post(reverse("reports:prefill"), prefill).status_code)

    assert answers == [404] * 9
    assert cast.district.code not in client.get(reverse("reports:reports")).content.decode()


def test_readers_read_and_find_nothing_to_press(client, cast):
    report = make_reports.draft(cast)
    enter(client, make.account(role="auditor", unit=cast.province))

    page = client.get(reverse("reports:report", args=[report.pk])).content.decode()

    assert "<textarea" not in page
    assert "Cập nhật số liệu" not in page
    assert client.post(reverse("reports:write", args=[report.pk])).status_code == 403


def test_a_refusal_keeps_what_was_typed(client, cast):
    report = make_reports.draft(cast)
    enter(client, cast.writer)

    page = client.post(reverse("reports:submit", args=[report.pk]), COVER | {"issued_on": "2020-01-01"})

    assert page.status_code == 422
    assert "phải sau ngày kết thúc kỳ báo cáo" in said(page)
    assert "Người Ký Mẫu" in page.content.decode()
    report.refresh_from_db()
    assert report.state == "draft"


def test_evidence_is_read_live_first_and_frozen_afterwards(client, cast):
    report = make_reports.draft(cast)
    enter(client, cast.writer)
    address = reverse("reports:evidence", args=[report.pk, "T8"])
    live = client.get(address)
    assert [row.ref for row in live.context["rows"]] == [story.ref for story in cast.stories[::-1]]

    make_reports.submitted(cast)
    make_reports.published(cast.district)

    frozen = client.get(address)
    assert [row.ref for row in frozen.context["rows"]] == [row.ref for row in live.context["rows"]]
    assert client.get(reverse("reports:evidence", args=[report.pk, "T99"])).status_code == 404


def test_frozen_rows_page_by_key(cast):
    cast.stories += [make_reports.published(cast.district) for _ in range(3)]
    report = make_reports.submitted(cast)

    first = queries.rows(report, "T8", limit=3)
    second = queries.rows(report, "T8", limit=3, after=first.after)

    assert [row.ref for row in (*first.rows, *second.rows)] == [story.ref for story in cast.stories[::-1]]
    assert second.after == ""


def test_the_list_says_what_is_missing_first_and_pages_by_key(cast):
    term = make_reports.term()
    names = ["Đơn vị C", "Đơn vị A", "Đơn vị B", "Đơn vị Đ"]
    units = [make_reports.upper(cast.province, name=name) for name in names]
    make_reports.received(units[1], term, on=date(2026, 6, 9))
    scope = make_reports.scope_of(cast.chief)

    rows, after = [], ""
    while True:
        page = queries.owed(term, scope, on=date(2026, 6, 11), after=after, limit=2)
        rows += page.rows
        if not (after := page.after):
            break

    assert [(row.unit, row.overdue) for row in rows] == [
        ("Đơn vị B", True),
        ("Đơn vị C", True),
        ("Đơn vị Đ", True),
        ("Liên đoàn Lao động huyện Mẫu", True),
        ("Đơn vị A", False),
    ]
    assert queries.tally(term, scope) == queries.Tally(due=5, received=1, on_time=1, accepted=0)


def test_the_list_opens_with_the_nearest_report_that_somebody_within_sight_owes(cast):
    """Five days before, grassroots unions owe theirs; where there are none, that list would be empty."""
    on, scope = date(2026, 11, 26), make_reports.scope_of(cast.chief)
    terms = queries.terms_on(on)

    before = queries.worked_on(terms, scope, on=on)
    grassroots = make.unit(parent=cast.district)
    for _ in range(10):
        make.person(unit=grassroots)
    after = queries.worked_on(terms, scope, on=on)

    known = {term.code: term for term in terms}
    assert [before, after] == [known["2026-year"], known["2026-grassroots-year"]]
    assert queries.worked_on([], scope, on=on) is None


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_costs_the_same_however_many_units(client, cast, more, django_assert_num_queries):
    for _ in range(more):
        make_reports.upper(cast.province)
    asked = {"term": past_term().code}
    enter(client, cast.chief)
    client.get(reverse("reports:reports"), asked)

    with django_assert_num_queries(26):
        page = client.get(reverse("reports:reports"), asked)

    assert len(page.context["rows"]) == more + 1


@pytest.mark.parametrize("stories", [1, 3])
def test_evidence_costs_the_same_however_many_rows(client, stories, django_assert_num_queries):
    cast = make_reports.cast(stories=stories)
    report = make_reports.submitted(cast)
    enter(client, cast.chief)
    client.get(reverse("reports:reports"))

    with django_assert_num_queries(9):
        page = client.get(reverse("reports:evidence", args=[report.pk, "T8"]))

    assert len(page.context["rows"]) == stories


def test_the_preview_reads_like_the_document(client, cast):
    report = make_reports.submitted(cast)

    page = enter(client, cast.writer).get(reverse("reports:preview", args=[report.pk])).content.decode()

    for words in ("BẢN NHÁP", "12/BC-LĐLĐ", "TM. BAN THƯỜNG VỤ", "VI. Phương hướng", "Sáu mươi thông tin mỗi năm"):
        assert words in page


def test_the_one_minute_form_offers_no_document_and_the_long_one_does(client, cast):
    grassroots = make.unit(parent=cast.district)
    for _ in range(12):
        make.person(unit=grassroots)
    chair = make.account(role="chair", unit=grassroots)
    term = make_reports.term("2026-grassroots-half-year")
    brief = actions.prefill(grassroots.pk, term=term, by=chair, at=make_reports.AFTER)
    client.force_login(cast.chief)

    offered = {
        report.pk: reverse("reports:document", args=[report.pk])
        in client.get(reverse("reports:report", args=[report.pk])).content.decode()
        for report in (brief, make_reports.draft(cast))
    }

    assert list(offered.values()) == [False, True]
