"""Taking over workbooks of decisions about units: all of it, or nothing."""

from datetime import date
from pathlib import Path

import pytest
from django.utils.translation import override

from loa.base.errors import Refused
from loa.ledger.facts import SYSTEM
from loa.ledger.models import Entry
from loa.people.actions import imports
from loa.people.models import (
    Area,
    AreaCoverage,
    ImportRow,
    ImportRun,
    Membership,
    Succession,
    Unit,
    UnitEvent,
    UnitVersion,
)
from tests import make
from tests.people import lists

pytestmark = pytest.mark.django_db

JULY = date(2025, 7, 1)
HEAD = [
    "STT", "Ngày hiệu lực", "Số quyết định", "Cơ quan ban hành", "Hình thức", "Mã đơn vị cũ", "Tên đơn vị cũ",
    "Mã đơn vị mới", "Tên đơn vị mới", "Loại đơn vị mới", "Mã đơn vị cấp trên mới", "Kế thừa", "Đoàn viên", "Tỷ lệ (%)",
    "Địa bàn",
]  # fmt: skip


def line(form, old="", new="", *, number="1/QĐ", on="01/07/2025", **more):
    names = {
        "issuer": "LĐLĐ tỉnh",
        "name": "",
        "kind": "",
        "parent": "",
        "heir": "",
        "members": "",
        "share": "",
        "area": "",
    }
    said = names | more
    return [
        "", on, number, said["issuer"], form, old, "", new, said["name"], said["kind"], said["parent"], said["heir"],
        said["members"], said["share"], said["area"],
    ]  # fmt: skip


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def tree():
    province = make.unit(code="T", kind_code="province", name="LĐLĐ tỉnh Mẫu")
    make.kind("commune")
    units = {"T": province}
    for code in ("H", "K"):
        units[code] = make.unit(parent=province, code=code, kind_code="district", name=f"LĐLĐ huyện {code}")
    for code in ("N1", "N2", "N3"):
        units[code] = make.unit(parent=units["H"], code=code, name=f"CĐCS {code}")
        make.person(unit=units[code])
    area = Area.objects.create(code="A", name="Xã Mẫu", name_key="xa mau", folded="xa mau")
    AreaCoverage.objects.create(unit=units["H"], area=area, valid_from=make.LONG_AGO)
    return units


def start(tmp_path, *rows, unit=None, by=SYSTEM) -> tuple[ImportRun, Path]:
    path = lists.people(tmp_path / "q.xlsx", *rows, head=HEAD)
    run = imports.start("decisions", path, name="q.xlsx", unit=unit, keep=False, by=by, at=make.NOON)
    return run, path


def take(tmp_path, *rows, **options) -> ImportRun:
    run, path = start(tmp_path, *rows, **options)
    imports.apply(run, path=path, by=options.get("by", SYSTEM), at=make.NOON)
    run.refresh_from_db()
    return run


def figures(run: ImportRun) -> tuple[int, int, int, int]:
    return run.added, run.changed, run.skipped, run.rejected


def reasons(run: ImportRun) -> list[tuple[int, str]]:
    rejected = run.rows.filter(outcome=ImportRow.Outcome.REJECTED).order_by("number")
    return list(rejected.values_list("number", "reason"))


COMMUNE = {"name": "CĐ xã Mẫu", "kind": "Công đoàn xã", "parent": "T"}
WHOLE = [
    line("Thành lập", "", "X", number="1/QĐ", **COMMUNE),
    line("Chuyển giao", "N1", "N1", number="2/QĐ", parent="X"),
    line("Chuyển giao", "N2", number="2/QĐ", parent="X"),
    line("Kết thúc hoạt động", "N3", "X", number="3/QĐ", members="kết thúc"),
    line("Giải thể", "H", "X", number="4/QĐ", heir="x", members="chuyển"),
    line("Giải thể", "H", "K", number="4/QĐ", members="chuyển"),
    line("Đổi tên", "K", number="5/QĐ", on="15/07/2025", name="LĐLĐ huyện Khác"),
    line("Đổi loại", "K", number="6/QĐ", on="2025-08-01", kind="Công đoàn xã"),
    line("Nhận địa bàn", "", "K", number="7/QĐ", on="2025-08-01", area="Xã Mẫu"),
    line("Chia tách", "N1", "S1", number="8/QĐ", on="01/09/2025", name="CĐCS S1", kind="grassroots", parent="X",
         heir="x"),
    line("Chia tách", "N1", "S2", number="8/QĐ", on="01/09/2025", name="CĐCS S2", kind="grassroots", parent="X",
         share="40"),
    line("Hợp nhất", "S1", "M", number="9/QĐ", on="01/10/2025", name="CĐCS M", kind="grassroots", parent="X"),
    line("Hợp nhất", "S2", "M", number="9/QĐ", on="01/10/2025"),
]  # fmt: skip


def test_a_whole_reorganisation_is_taken_over_decision_by_decision(tmp_path, tree):
    run = take(tmp_path, *WHOLE)

    assert figures(run) == (13, 0, 0, 0)
    events = UnitEvent.objects.order_by("effective_on", "pk").values_list("kind", "decision")
    assert [kind for kind, _decision in events] == [
        "establish", "transfer", "dissolve", "dissolve", "rename", "reclassify", "area", "reorganise", "reorganise",
    ]  # fmt: skip
    assert {decision.partition(", ")[2] for _kind, decision in events} == {"LĐLĐ tỉnh"}
    standing = UnitVersion.objects.on(date(2025, 10, 1))
    assert dict(standing.values_list("unit__code", "parent__code")) == {
        "T": None,
        "X": "T",
        "K": "T",
        "N2": "X",
        "M": "X",
    }
    assert dict(standing.values_list("unit__code", "name"))["K"] == "LĐLĐ huyện Khác"
    heirs = Succession.objects.filter(heir=True).values_list("predecessor__code", "successor__code")
    assert set(heirs) == {("N3", "X"), ("H", "X"), ("N1", "S1"), ("S1", "M"), ("S2", "M")}
    assert str(Succession.objects.get(successor__code="S2").share) == "40.00"
    assert Membership.objects.get(unit=tree["N3"]).ending == "unit-ended"
    assert Membership.objects.on(date(2025, 10, 1)).filter(unit__code="M").count() == 1
    assert AreaCoverage.objects.get(unit=tree["K"]).valid_from == date(2025, 8, 1)


def test_the_same_workbook_again_changes_nothing(tmp_path, tree):
    take(tmp_path, *WHOLE)
    entries, events = Entry.objects.count(), UnitEvent.objects.count()

    run = take(tmp_path, *WHOLE)

    assert figures(run) == (0, 0, 13, 0)
    assert (UnitEvent.objects.count(), Entry.objects.count()) == (events, entries + 1)


def test_a_preview_writes_nothing(tmp_path, tree):
    run, path = start(tmp_path, *WHOLE)

    counts = imports.preview(run, path=path, at=make.NOON)

    assert (counts.added, counts.rejected) == (13, 0)
    assert (UnitEvent.objects.count(), Entry.objects.count()) == (0, 0)
    assert not Unit.objects.filter(code="X").exists()


def test_one_wrong_line_keeps_all_back_and_says_why(tmp_path, tree):
    run = take(tmp_path, *WHOLE[:3], line("Chuyển giao", "N9", number="10/QĐ", parent="X"), *WHOLE[3:])

    assert run.state == "failed"
    assert "nothing was taken over" in run.message
    assert reasons(run) == [(5, "There is no unit with the code N9.")]
    assert (UnitEvent.objects.count(), Entry.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (line("Giải thể", "N1", number=""), "The number of the decision is missing."),
        (line("Chuyển giao", "N1", parent="K", on="31/02/2025"), "“31/02/2025” is not a day."),
        (line("Chuyển giao", "N1", parent="K", on=""), "The day in force is missing."),
        (line("Phong tặng", "N1"), "“Phong tặng” is nothing a decision does."),
        (line("", "N1"), "What the decision does is missing."),
        (line("Sáp nhập", "", "K"), "The code of the old unit is missing."),
        (line("Sáp nhập", "N1"), "The code of the new unit is missing."),
        (line("Thành lập", "", "X", kind="Công đoàn xã", parent="T"), "The name of the new unit is missing."),
        (line("Thành lập", "", "X", name="CĐ xã", parent="T"), "The kind of the new unit is missing."),
        (line("Thành lập", "", "X", name="CĐ", kind="Hội", parent="T"), "“Hội” is not a kind of unit"),
        (line("Chuyển giao", "N1"), "The code of the unit above is missing."),
        (line("Giải thể", "N1", "K"), "Please say of the members"),
        (line("Giải thể", "N1", "K", members="tuỳ"), "does not say whether members"),
        (line("Chia tách", "N1", "K", share="120"), "“120” is no share in per cent."),
        (line("Nhận địa bàn", "", "K", area="Xã Lạ"), "There is no area called “Xã Lạ”."),
        (line("Giải thể", "H", "K", members="chuyển"), "still stands under LĐLĐ huyện H"),
        (line("Sáp nhập", "N1", "ZZ"), "There is no unit with the code ZZ."),
        (line("Chuyển giao", "T", parent="N1"), "would come to stand below itself"),
    ],
)
def test_each_fault_is_said_in_its_line(tmp_path, tree, wrong, reason):
    run = take(tmp_path, wrong)

    [(number, said)] = reasons(run)
    assert number == 2
    assert reason in said
    assert not UnitEvent.objects.exists()


def test_a_known_decision_with_other_content_is_not_taken_twice(tmp_path, tree):
    take(tmp_path, line("Chuyển giao", "N1", parent="K"))

    run = take(tmp_path, line("Chuyển giao", "N1", parent="T"))

    [(_number, said)] = reasons(run)
    assert "is known with other content" in said


def test_nobody_imports_decisions_beyond_their_part(tmp_path, tree):
    manager = make.account(role="administrator", unit=tree["H"])

    run = take(tmp_path, line("Chuyển giao", "N1", parent="K"), unit=tree["H"], by=manager)

    [(_number, said)] = reasons(run)
    assert "“K” is outside the part you look after" in said
    registrar = make.account(role="registrar", unit=tree["T"])
    with pytest.raises(Refused, match="may not"):
        start(tmp_path, line("Chuyển giao", "N1", parent="K"), unit=tree["T"], by=registrar)
