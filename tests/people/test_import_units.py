"""Taking over lists of units."""

from datetime import date

import pytest
from django.utils.translation import override

from loa.ledger.facts import SYSTEM
from loa.people import queries
from loa.people.actions import imports
from loa.people.models import Enterprise, EnterpriseUnit, ImportRow, ImportRun, Unit, UnitEvent, UnitVersion
from tests import make
from tests.people import lists

pytestmark = pytest.mark.django_db

ON = date(2026, 3, 1)
HEAD = [*lists.UNIT_HEAD, "Doanh nghiệp", "Loại hình sở hữu", "Số lao động", "Địa bàn"]
PROVINCE = ["BD", "LĐLĐ tỉnh Bình Định", "LĐLĐ tỉnh"]
DISTRICT = ["QN", "LĐLĐ thành phố Quy Nhơn", "LĐLĐ cấp huyện", "BD", "01/01/1990", "12/QĐ-LĐLĐ"]
UNION = [
    "QN-1",
    "CĐCS Công ty Mẫu",
    "CĐCS",
    "QN",
    "02/01/1990",
    "13/QĐ-LĐLĐ",
    "Công ty Mẫu",
    "Tư nhân",
    120,
    "phường Mẫu",
]


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def take(tmp_path, *rows, unit=None, by=SYSTEM, on=ON) -> ImportRun:
    path = lists.people(tmp_path / "u.xlsx", *rows, head=HEAD)
    run = imports.start("units", path, name="u.xlsx", unit=unit, keep=False, as_of=on, by=by, at=make.NOON)
    imports.apply(run, path=path, by=by, at=make.NOON)
    run.refresh_from_db()
    return run


def figures(run: ImportRun) -> tuple[int, int, int, int]:
    return run.added, run.changed, run.skipped, run.rejected


def reasons(run: ImportRun) -> list[str]:
    return list(run.rows.filter(outcome=ImportRow.Outcome.REJECTED).order_by("number").values_list("reason", flat=True))


def test_children_may_come_before_their_parents(tmp_path):
    run = take(tmp_path, UNION, DISTRICT, PROVINCE)
    [root] = queries.roots(on=ON)
    [district] = queries.children(root.unit_id, on=ON)
    [union] = queries.children(district.unit_id, on=ON)
    assert figures(run) == (3, 0, 0, 0)
    assert (root.code, district.code, union.code, union.path) == ("BD", "QN", "QN-1", district.path + union.path[-6:])
    version = UnitVersion.objects.get(unit__code="QN")
    assert ([flag.code for flag in version.flags.all()], version.valid_from) == (["upper_level"], date(1990, 1, 1))
    assert sorted(UnitEvent.objects.values_list("decision", flat=True)) == ["", "12/QĐ-LĐLĐ", "13/QĐ-LĐLĐ"]
    employer = Enterprise.objects.get()
    assert (employer.name, employer.workforce, employer.ownership.name) == ("Công ty Mẫu", 120, "Tư nhân")  # type: ignore[union-attr]


def test_a_unit_without_a_day_is_as_old_as_the_oldest_below_it(tmp_path):
    take(tmp_path, PROVINCE, DISTRICT)
    assert set(UnitVersion.objects.values_list("valid_from", flat=True)) == {date(1990, 1, 1)}


def test_the_same_list_again_changes_nothing(tmp_path):
    take(tmp_path, UNION, DISTRICT, PROVINCE)
    assert figures(take(tmp_path, PROVINCE, DISTRICT, UNION)) == (0, 0, 3, 0)


def test_a_changed_employer_is_another_one_from_the_day_of_the_list(tmp_path):
    take(tmp_path, UNION, DISTRICT, PROVINCE, on=date(2025, 1, 1))
    more = [*UNION[:8], 150]
    assert figures(take(tmp_path, more)) == (0, 1, 0, 0)
    assert figures(take(tmp_path, more)) == (0, 0, 1, 0)
    assert list(EnterpriseUnit.objects.order_by("valid_from").values_list("enterprise__workforce", "valid_to")) == [
        (120, ON),
        (150, date(9999, 12, 31)),
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["QN", "LĐLĐ Quy Nhơn mới", "LĐLĐ cấp huyện", "BD"], "another name"),
        (["QN", DISTRICT[1], "Công đoàn ngành", "BD"], "another kind"),
        (["QN-1", UNION[1], "CĐCS", "BD"], "another unit above"),
    ],
)
def test_a_name_kind_or_place_changes_only_by_decision(tmp_path, line, said):
    take(tmp_path, UNION, DISTRICT, PROVINCE)
    run = take(tmp_path, line)
    assert figures(run) == (0, 0, 0, 1)
    assert said in reasons(run)[0]
    assert "needs a decision" in reasons(run)[0]


def test_an_unknown_parent_takes_its_whole_branch_with_it(tmp_path):
    run = take(tmp_path, PROVINCE, ["QN-1", "CĐCS Mẫu", "CĐCS", "QN"], ["QN", "LĐLĐ Quy Nhơn", "LĐLĐ huyện", "XX"])
    assert (figures(run), reasons(run)) == (
        (1, 0, 0, 2),
        ["The unit above, “QN” in line 4, was not taken over.", "There is no unit “XX” to stand under."],
    )


def test_units_in_a_circle_unknown_kinds_and_doubles_are_rejected(tmp_path):
    run = take(
        tmp_path,
        ["A", "Đơn vị A", "CĐCS", "B"],
        ["B", "Đơn vị B", "CĐCS", "A"],
        ["C", "Đơn vị C", "Hội"],
        PROVINCE,
        PROVINCE,
    )
    assert figures(run) == (1, 0, 0, 4)
    assert ["in a circle" in reasons(run)[0], "in a circle" in reasons(run)[1]] == [True, True]
    assert "“Hội” is not a kind of unit; the kinds are: Tổng Liên đoàn, LĐLĐ tỉnh" in reasons(run)[2]
    assert reasons(run)[3] == "This unit is in line 5 already."


def test_an_importer_founds_units_only_in_the_own_part(tmp_path):
    take(tmp_path, UNION, DISTRICT, PROVINCE)
    own = Unit.objects.get(code="QN")
    registrar = make.account(role="registrar", unit=own)
    rows = [["QN-2", "CĐCS Hai", "CĐCS", "QN"], ["BD-1", "CĐCS Ba", "CĐCS", "BD"], ["X", "CĐCS Bốn", "CĐCS"], PROVINCE]
    run = take(tmp_path, *rows, unit=own, by=registrar)
    assert figures(run) == (1, 0, 0, 3)


@pytest.mark.parametrize("how_many", [1, 60])
def test_many_units_cost_the_same_number_of_questions(tmp_path, django_assert_max_num_queries, how_many):
    rows = [[f"U{n}", f"CĐCS số {n}", "CĐCS", "BD", "01/01/2000", "1/QĐ"] for n in range(how_many)]
    with django_assert_max_num_queries(45):
        take(tmp_path, PROVINCE, *rows)
    assert Unit.objects.count() == how_many + 1
