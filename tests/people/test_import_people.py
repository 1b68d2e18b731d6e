"""Taking over lists of people."""

from datetime import date
from itertools import permutations
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loa.base.errors import Refused
from loa.base.periods import FOREVER
from loa.ledger.facts import SYSTEM
from loa.ledger.queries import history
from loa.people.actions import imports
from loa.people.actions.jobs import Counts
from loa.people.models import Duty, ImportRow, ImportRun, Membership, Person, Post, Term
from tests import make
from tests.people import lists

pytestmark = pytest.mark.django_db

ON = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def province():
    return make.unit(code="BD", kind_code="province", name="LĐLĐ tỉnh Bình Định")


@pytest.fixture
def union(province):
    return make.unit(code="QN-01", parent=province, name="CĐCS Công ty May Mẫu")


def take(tmp_path, *rows, head=lists.HEAD, unit=None, on: date | None = ON, by: Any = SYSTEM) -> ImportRun:
    path = lists.people(tmp_path / "a.xlsx", *rows, head=head)
    run = imports.start("people", path, name="a.xlsx", unit=unit, keep=False, as_of=on, by=by, at=make.NOON)
    imports.apply(run, path=path, by=by, at=make.NOON)
    run.refresh_from_db()
    return run


def figures(run: ImportRun) -> tuple[int, int, int, int]:
    return run.added, run.changed, run.skipped, run.rejected


def reasons(run: ImportRun) -> list[str]:
    return list(run.rows.filter(outcome=ImportRow.Outcome.REJECTED).order_by("number").values_list("reason", flat=True))


def row(
    code="M1", name="Nguyễn Thị Mẫu", born: Any = "05/02/1990", phone: Any = "0905123456", unit="QN-01", **more: Any
) -> list[Any]:
    return [
        1,
        code,
        name,
        born,
        phone,
        unit,
        more.get("standing"),
        more.get("joined"),
        more.get("left"),
        more.get("post"),
    ]


def test_a_person_is_taken_over_with_membership_post_and_words(tmp_path, union):
    head = [*lists.HEAD, "Trình độ", "Kênh thường xem", "Giới tính"]
    line = [
        *row(phone=905123456, standing="Đoàn viên", joined=date(2019, 5, 1), post="Chủ tịch CĐCS"),
        "Đại học",
        "Zalo, Loa; Zalo",
        "Nữ",
    ]
    run = take(tmp_path, line, head=head)

    person = Person.objects.get()
    membership = Membership.objects.get()
    duty = Duty.objects.get()
    assert figures(run) == (1, 0, 0, 0)
    assert (person.member_code, person.born_on, person.phone, person.gender) == (
        "M1",
        date(1990, 2, 5),
        "+84905123456",
        "f",
    )
    assert (person.education.name, sorted(habit.name for habit in person.habits.all())) == ("Đại học", ["Loa", "Zalo"])  # type: ignore[union-attr]
    assert (membership.unit, membership.standing, membership.started_on, membership.ended_on) == (
        union,
        "member",
        date(2020, 1, 1),
        FOREVER,
    )
    assert (duty.post.code, duty.unit, duty.started_on) == ("grassroots-chair", union, ON)
    [entry] = history(run.ref)
    assert (entry.kind, entry.actor, entry.data["added"]) == ("people.import-applied", "system", 1)


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_same_file_again_changes_nothing(tmp_path, union, how_many):
    rows = [
        row(
            code=code,
            name=name,
            born=born,
            phone=None,
            joined="1/6/2021",
            left=left,
            post="Tổ trưởng",
            standing=standing,
        )
        for code, name, born, left, standing in [
            ("M1", "NGUYỄN THỊ MẪU", "1990", None, "Đoàn viên"),
            (None, "Lê Văn Thử", None, None, "NLĐ"),
            (None, "Đặng Thuý Hoà", "02/03/1985", "01/01/2026", None),
        ][:how_many]
    ]
    first = take(tmp_path, *rows)
    before = _everything()
    again = take(tmp_path, *rows, on=date(2026, 3, 2))

    assert (figures(first), figures(again)) == ((how_many, 0, 0, 0), (0, 0, how_many, 0))
    assert _everything() == before


def _everything() -> list[Any]:
    people = Person.objects.order_by("pk").values_list(*[field.attname for field in Person._meta.concrete_fields])
    memberships = Membership.objects.order_by("pk").values_list(
        "person", "unit", "standing", "started_on", "ended_on", "ending"
    )
    return [*people, *memberships, *Duty.objects.order_by("pk").values_list(), *Term.objects.values_list()]


def test_an_empty_cell_says_nothing_and_a_filled_one_changes(tmp_path, union):
    take(tmp_path, row())
    run = take(tmp_path, row(phone=None, born=None, name="Nguyễn Thị Mẫu Mới"))
    person = Person.objects.get()
    assert (figures(run), person.full_name, person.phone, person.born_on) == (
        (0, 1, 0, 0),
        "Nguyễn Thị Mẫu Mới",
        "+84905123456",
        date(1990, 2, 5),
    )


def test_without_a_code_people_are_known_by_name_birth_and_unit_or_by_name_and_phone(tmp_path, union, province):
    other = make.unit(code="QN-02", parent=province)
    take(tmp_path, row(), row(code="M2", name="Lê An", phone="0905000001", born=None))
    run = take(
        tmp_path,
        row(code=None, name="nguyen thi mau", phone=None),
        row(code=None, name="Lê  An", phone="84905000001", born="01/02/1980", unit="QN-02"),
    )
    assert (figures(run), Person.objects.count()) == ((0, 2, 0, 0), 2)
    assert Membership.objects.get(person__member_code="M2", ended_on=FOREVER).unit == other


def test_a_new_unit_is_a_transfer_from_the_day_of_the_list(tmp_path, union, province):
    other = make.unit(code="QN-02", parent=province)
    take(tmp_path, row(post="Chủ tịch CĐCS"), on=date(2026, 1, 1))
    run = take(tmp_path, row(unit="QN-02"))
    spells = list(Membership.objects.order_by("started_on").values_list("unit", "started_on", "ended_on", "ending"))
    assert figures(run) == (0, 1, 0, 0)
    assert spells == [(union.pk, date(2026, 1, 1), ON, "transferred"), (other.pk, ON, FOREVER, "")]
    assert Duty.objects.get().ended_on == ON, "who leaves a unit leaves its posts and their rights"


def test_an_older_list_does_not_undo_what_is_known_since(tmp_path, union, province):
    make.unit(code="QN-02", parent=province)
    take(tmp_path, row(), on=date(2025, 1, 1))
    take(tmp_path, row(unit="QN-02"), on=date(2026, 1, 1))
    run = take(tmp_path, row(), on=date(2025, 1, 1))
    assert (figures(run), Membership.objects.count()) == ((0, 0, 1, 0), 2)


def test_leaving_and_coming_back(tmp_path, union):
    take(tmp_path, row(post="Chủ tịch CĐCS"), on=date(2025, 1, 1))
    left = take(tmp_path, row(left="15/06/2025"), on=date(2025, 7, 1))
    forgotten = take(tmp_path, row(), on=date(2025, 8, 1))
    back = take(tmp_path, row(joined="01/09/2025"), on=date(2025, 9, 1))
    spells = list(Membership.objects.order_by("started_on").values_list("started_on", "ended_on", "ending"))
    assert (figures(left), figures(forgotten), figures(back)) == ((0, 1, 0, 0), (0, 0, 0, 1), (0, 1, 0, 0))
    assert "has left this unit" in reasons(forgotten)[0]
    assert spells == [(date(2025, 1, 1), date(2025, 6, 15), "left"), (date(2025, 9, 1), FOREVER, "")]
    assert Duty.objects.get().ended_on == date(2025, 6, 15)


def test_a_worker_who_joins_is_a_member_from_then_on(tmp_path, union):
    take(tmp_path, row(standing="NLĐ"), on=date(2025, 1, 1))
    take(tmp_path, row(standing="Đoàn viên"))
    assert list(Membership.objects.order_by("pk").values_list("standing", "ended_on")) == [
        ("worker", ON),
        ("member", FOREVER),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (row(unit="XX-000"), "no unit with the code “XX-000”"),
        (row(unit="QN-1"), "The nearest is “CĐCS Công ty May Mẫu” (code QN-01)"),
        (row(unit=None), "The unit is missing"),
        (row(name=None), "The name is missing"),
        (row(name=12345), "is not the name of a person"),
        (row(name='=HYPERLINK("x")'), "is not the name of a person"),
        (row(name="Nguyễn " * 60), "longer than"),
        (row(born="31/02/1990"), "“31/02/1990” is not a day of birth"),
        (row(born="01/01/2090"), "lies in the future"),
        (row(phone="hỏi chị Tư"), "“hỏi chị Tư” is not a phone number"),
        (row(phone="0900123"), "is not a phone number"),
        (row(standing="Khách"), "neither a member nor a worker"),
        (row(joined="30/02/2020"), "“30/02/2020” is not a day"),
        (row(joined="01/06/2022", left="01/06/2019"), "is not after the day of joining"),
    ],
)
def test_a_line_with_a_fault_is_rejected_with_its_reason_and_kept_as_it_came(tmp_path, union, line, reason):
    run = take(tmp_path, line)
    kept = run.rows.get()
    assert (figures(run), Person.objects.count(), kept.number, kept.cells[4]) == ((0, 0, 0, 1), 0, 2, line[4])
    assert reason in kept.reason


def test_doubles_in_a_list_name_the_line_that_counts(tmp_path, union):
    twice = [row(), row(), row(code=None), row(code="M9", name="Lê An"), row(code=None, name="Lê An", born=None)]
    run = take(tmp_path, *twice)
    assert (figures(run), Person.objects.count()) == ((2, 0, 0, 3), 2)
    assert reasons(run) == [f"This person is in line {line} already." for line in (2, 2, 5)]


def test_a_code_of_someone_else_and_several_namesakes_are_rejected(tmp_path, union):
    take(
        tmp_path,
        row(),
        row(code="M2", name="Lê An", born=None, phone="0905000001"),
        row(code="M3", name="Lê An", born=None, phone="0905000001"),
    )
    run = take(
        tmp_path,
        row(name="Trần Văn Khác", born="01/01/1970"),
        row(code=None, name="Lê An", born=None, phone="0905000001"),
    )
    assert figures(run) == (0, 0, 0, 2)
    assert "belongs to someone else" in reasons(run)[0]
    assert "several people like this one" in reasons(run)[1]


def test_titles_say_the_day_sums_and_repeated_headers_are_no_people(tmp_path, union):
    title = [["DANH SÁCH"], ["Tính đến ngày 31/12/2025"]]
    rows = [*title, lists.HEAD, row(), lists.HEAD, [], row(code="M2", name="Lê An"), [None, "Tổng cộng:", 2]]
    path = lists.workbook(tmp_path / "a.xlsx", [["trang bìa"]], rows)
    run = imports.start("people", path, name="a", unit=None, keep=False, by=SYSTEM, at=make.NOON)
    assert imports.apply(run, path=path, by=SYSTEM, at=make.NOON) == Counts(added=2)
    assert run.as_of == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("head", "missing"),
    [
        (["Họ tên", "SĐT"], "lacks this column: “Mã CĐCS”"),
        (["SĐT", "CĐCS"], "lacks this column: “Họ và tên”"),
        (["a", "b"], "No line with column headers"),
    ],
)
def test_missing_columns_are_named(tmp_path, union, head, missing):
    with pytest.raises(Refused, match=missing):
        take(tmp_path, ["x", "y"], head=head)
    assert ImportRun.objects.count() == 0


def test_a_column_of_anything_is_no_list_of_choices(tmp_path, union):
    rows = [[*row(code=f"M{n}", name="Lê An", phone=None), f"trình độ {n}"] for n in range(400)]
    with pytest.raises(Refused, match=r"Trình độ.* too many different texts"):
        take(tmp_path, *rows, head=[*lists.HEAD, "Trình độ"])
    run = ImportRun.objects.get()
    assert (run.state, Person.objects.count(), "Trình độ" in run.message) == ("failed", 0, True)


def test_an_importer_writes_only_in_the_own_part(tmp_path, province, union):
    mine = make.unit(code="TP", parent=province, kind_code="district")
    make.unit(code="TP-01", parent=mine)
    registrar = make.account(role="registrar", unit=mine)
    take(tmp_path, row())
    rows = [row(unit="TP-01"), row(code="M2", name="Lê An"), row(code="M3", name="Lê Bình", unit="TP-01", phone=None)]
    run = take(tmp_path, *rows, unit=mine, by=registrar)
    assert figures(run) == (1, 0, 0, 2)
    assert ["outside the part" in reason for reason in reasons(run)] == [True, True]


@pytest.mark.parametrize(("role", "given"), [("registrar", 0), ("administrator", 1)])
def test_a_post_with_rights_comes_only_from_someone_who_gives_roles(tmp_path, union, role, given):
    importer = make.account(role=role, unit=union)
    run = take(tmp_path, row(post="Chủ tịch CĐCS"), row(code="M2", name="Lê An", phone=None), unit=union, by=importer)
    assert (figures(run), Duty.objects.count()) == ((1 + given, 0, 0, 1 - given), given)


@pytest.mark.parametrize("role", ["", "chair", "writer"])
def test_nobody_imports_without_the_right(tmp_path, union, role):
    stranger = make.account(role=role, unit=union)
    with pytest.raises(Refused, match="may not import"):
        take(tmp_path, row(), unit=union, by=stranger)
    assert (ImportRun.objects.count(), Person.objects.count()) == (0, 0)


def test_a_preview_counts_and_writes_nothing(tmp_path, union):
    path = lists.people(tmp_path / "a.xlsx", row(post="Trưởng ban mới"), row(code="M2", name=None))
    run = imports.start("people", path, name="a.xlsx", unit=None, keep=False, as_of=ON, by=SYSTEM, at=make.NOON)
    assert imports.preview(run, path=path, at=make.NOON) == Counts(added=1, rejected=1)
    assert (Person.objects.count(), Post.objects.filter(name="Trưởng ban mới").count(), run.state) == (0, 0, "preview")
    assert sorted(run.rows.values_list("outcome", "number")) == [("added", 2), ("rejected", 3)]


def test_applying_twice_is_refused_and_writes_one_fact(tmp_path, union):
    run = take(tmp_path, row())
    with pytest.raises(Refused, match="taken over already"):
        imports.apply(run, path=tmp_path / "a.xlsx", by=SYSTEM, at=make.NOON)
    assert len(history(run.ref)) == 1


LINES = [
    row(code="M1"), row(code=None), row(code="M2", name="Lê An", phone=None),
    row(code=None, name="Lê An", phone="0905000002"),
    row(code="M4", name="Lê An", born=None, phone="0905000002"), row(code=None, name="Trần Bình", born="1980"),
]  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.sampled_from(list(permutations(range(len(LINES))))))
def test_in_any_order_the_same_people_come_in_once(tmp_path, transactional_state, order):
    """Whatever the order, a second run adds nobody, and nobody is there under two codes."""
    with transactional_state():
        shuffled = [LINES[place] for place in order]
        first = take(tmp_path, *shuffled)
        again = take(tmp_path, *shuffled)
        codes = set(Person.objects.exclude(member_code=None).values_list("member_code", flat=True))
        assert codes == {"M1", "M2", "M4"}
        assert sum(figures(first)) == sum(figures(again)) == len(LINES)
        assert (again.added, Person.objects.count()) == (0, first.added)


@pytest.fixture
def transactional_state(union):
    """Undo each example of a property."""
    from contextlib import contextmanager

    from django.db import transaction

    @contextmanager
    def undone():
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    return undone
