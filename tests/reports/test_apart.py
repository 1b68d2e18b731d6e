"""Why the accepted reports below do not add up to what is counted over the whole subtree."""

from datetime import date

import pytest
from django.urls import reverse

from loa.people.policies import Scope
from loa.people.tables import Asked
from loa.reports import actions, queries
from loa.reports.models import Report
from loa.reports.tables import TABLES
from tests import make, make_reports
from tests.make_reports import AFTER

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.STORAGES = make_reports.storages_at(settings.STORAGES, tmp_path)


@pytest.fixture
def cast():
    """The district's report is accepted with two stories; a third came later, a fourth elsewhere, a fifth above."""
    made = make_reports.cast()
    make_reports.accepted(made)
    silent = make_reports.upper(made.province, name="Công đoàn Chưa Gửi")
    for unit in (made.district, silent, made.province):
        make_reports.published(unit, on=date(2026, 5, 20))
    return made


def provincial(cast) -> Report:
    officer = make.account(role="officer", unit=cast.province)
    term = make_reports.term("2026-province-half-year")
    return actions.prefill(cast.province.pk, term=term, by=officer, at=AFTER)


def test_every_difference_is_told_by_unit_and_the_rows_add_up_to_both_sums(cast):
    found = queries.apart(provincial(cast), "T4")

    assert found is not None
    assert (found.said, found.counted, found.difference) == (2, 5, 3)
    assert {(row.unit, row.said_shown, row.counted, row.why.value) for row in found.rows} == {
        ("Liên đoàn Lao động huyện Mẫu", 2, 3, "changed"),
        ("Công đoàn Chưa Gửi", None, 1, "not-accepted"),
        ("Liên đoàn Lao động tỉnh Mẫu", None, 1, "own"),
    }
    assert (sum(row.said for row in found.rows), sum(row.counted or 0 for row in found.rows)) == (2, 5)


def test_units_for_which_the_target_is_not_set_stand_in_one_row(cast):
    for _ in range(2):
        make_reports.published(make.unit(parent=cast.province), on=date(2026, 5, 21))

    found = queries.apart(provincial(cast), "T4")

    assert found is not None
    [row] = [row for row in found.rows if row.why.value == "no-target"]
    assert (row.unit, row.counted) == ("2 đơn vị không có số riêng", 2)
    assert sum(row.counted or 0 for row in found.rows) == found.counted == 7


def test_a_report_that_adds_nothing_up_and_an_unknown_target_have_no_such_page(client, cast):
    report = provincial(cast)
    client.force_login(cast.chief)

    assert queries.apart(Report.objects.get(unit=cast.district), "T4") is None
    assert client.get(reverse("reports:apart", args=[report.pk, "T99"])).status_code == 404


def test_the_page_is_reached_from_the_report_and_pages(client, cast):
    report = provincial(cast)
    client.force_login(cast.chief)
    where = reverse("reports:apart", args=[report.pk, "T4"])

    assert where in client.get(reverse("reports:report", args=[report.pk])).content.decode()
    page = client.get(where).content.decode()
    assert "chưa được chấp nhận" in page
    assert reverse("reports:replay", args=[Report.objects.get(unit=cast.district).pk]) in page
    found = queries.apart(report, "T4")
    assert found is not None
    rows, after = found.page(limit=2)
    assert (len(rows), after) == (2, "2")
    assert (len(found.page(after=after, limit=2)[0]), found.page(after=after, limit=2)[1]) == (1, "")


@pytest.mark.parametrize("more", [0, 2])
def test_it_costs_the_same_however_many_units(cast, more, django_assert_num_queries):
    for _ in range(more):
        make_reports.upper(cast.province)
    report = provincial(cast)

    with django_assert_num_queries(27):
        queries.apart(report, "T4")


def test_the_workbook_says_what_the_page_says(cast):
    report = provincial(cast)
    words = {"report": str(report.pk), "target": "T4"}
    [apart] = [one for one in TABLES if one.key == "reports.apart"]

    taken = apart.sheet(Asked(words=words, scope=Scope(on=make_reports.ON, everything=True)))

    cells = {(row[1], row[2], row[3], row[4]) for row in taken.rows}
    assert ("Liên đoàn Lao động huyện Mẫu", 2, 3, 1) in cells
    with pytest.raises(LookupError):
        apart.sheet(Asked(words=words | {"target": "T99"}, scope=Scope(on=make_reports.ON, everything=True)))
