"""Tables taken away as workbooks: what is in them, who gets them, what is recorded, and what a crash leaves."""

import tracemalloc
from datetime import date, timedelta
from io import BytesIO
from tempfile import TemporaryFile

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from loa.ledger.models import Entry
from loa.people import sheets, tables, workbooks
from loa.people.actions import exports
from loa.people.desk import exports as screens
from loa.people.models import Export
from loa.people.policies import Scope
from loa.people.tables import Asked, Column, Sheet, Sort
from tests import make

pytestmark = pytest.mark.django_db
State = Export.State


def opened(content: bytes) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(BytesIO(content))


def grid(content: bytes) -> list[list[object]]:
    """The first sheet from its headings on."""
    return [list(row) for row in opened(content).get_sheet_by_index(0).to_python()[3:]]


def a_sheet(rows, **fields) -> Sheet:
    given = {"title": "Bảng thử", "unit": "Đơn vị thử", "unit_id": None, "on": date(2026, 3, 2)} | fields
    columns = [
        Column(title="Tên"),
        Column(title="Số", sort=Sort.NUMBER),
        Column(title="Tỷ lệ", sort=Sort.SHARE),
        Column(title="Ngày", sort=Sort.DAY),
    ]
    return Sheet(columns=columns, rows=iter(rows), **given)


def written(sheet: Sheet) -> bytes:
    file = BytesIO()
    workbooks.write(sheet, file)
    return file.getvalue()


def taken(client, table, **words):
    return client.post(reverse("people:table-take", args=[table]), words, follow=True)


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_days_numbers_and_shares_are_true_ones_and_text_stays_text():
    content = written(a_sheet([["=1+1", 1234, 0.625, date(2026, 2, 5)], ["https://vi-du.example/", None, None, None]]))

    assert grid(content) == [
        ["Tên", "Số", "Tỷ lệ", "Ngày"],
        ["=1+1", 1234.0, 0.625, date(2026, 2, 5)],
        ["https://vi-du.example/", "", "", ""],
    ]


def test_it_says_what_it_is_of_when_and_what_the_figures_mean():
    content = written(a_sheet([["a", 1, None, None]], notes=[("Ý nghĩa", "Đếm từng tin.")], synthetic=True))

    first, notes = (opened(content).get_sheet_by_index(number).to_python() for number in (0, 1))
    assert [first[0][0], first[1][0]] == ["Bảng thử", "Đơn vị thử · số liệu ngày 02/03/2026 · số liệu minh họa"]
    assert ["Ý nghĩa", "Đếm từng tin."] in notes
    assert ["Số dòng", "1"] in [[str(cell) for cell in row] for row in notes]


def test_what_does_not_fit_one_sheet_goes_on_to_the_next(monkeypatch):
    monkeypatch.setattr(workbooks, "ROWS_OF_A_SHEET", 2)

    content = written(a_sheet([[str(number), number, None, None] for number in range(5)]))

    assert opened(content).sheet_names == ["Bảng", "Bảng 2", "Bảng 3", "Nguồn và ý nghĩa"]


def test_a_workbook_is_made_in_constant_memory():
    def rows(count):
        return ([f"Dòng {number}", number, 0.5, date(2026, 3, 2)] for number in range(count))

    written(a_sheet(rows(10)))
    peaks = []
    for count in (1_000, 8_000):
        tracemalloc.start()
        with TemporaryFile() as file:
            workbooks.write(a_sheet(rows(count)), file)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] < peaks[0] + 1_000_000


def test_the_register_is_taken_as_it_is_looked_at_and_that_is_recorded(client):
    unit, other = make.unit(), make.unit()
    make.person(unit=unit, name="Lê Thị Ánh", born_on=date(1990, 2, 5), birth_year=1990, phone="+84905777000")
    make.person(unit=unit, name="Trần Văn Bình", standing="worker")
    make.person(unit=other, name="Người Khác")
    keeper = make.account(role="registrar", unit=unit)
    client.force_login(keeper)

    answer = taken(client, "people.people", q="", standing="member")

    rows = grid(body(answer))
    assert [row[0] for row in rows[1:]] == ["Lê Thị Ánh"]
    assert rows[1][1] == date(1990, 2, 5)
    [export] = Export.objects.all()
    [entry] = Entry.objects.filter(kind="people.table-exported")
    assert (entry.subject, entry.actor, entry.unit_id) == (export.ref, keeper.ref, unit.pk)
    assert entry.data == {"table": "people.people", "rows": 1}
    assert entry.evidence == [f"sha256:{export.fingerprint}"]


def test_a_table_of_units_is_no_fact_and_holds_the_subtree_of_its_day(client):
    province = make.unit(name="Liên đoàn tỉnh")
    below = make.unit(parent=province, name="Công đoàn A")
    make.unit(name="Ngoài phạm vi")
    client.force_login(make.account(role="auditor", unit=province))

    rows = grid(body(taken(client, "people.units")))

    assert [row[:2] for row in rows[1:]] == [[province.code, "Liên đoàn tỉnh"], [below.code, "Công đoàn A"]]
    assert rows[2][3] == province.code
    assert not Entry.objects.filter(kind="people.table-exported").exists()


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("people.people", {}),
        ("people.people", {"unit": "KHONG-CO"}),
        ("khong.co", {}),
        ("planning.children", {"unit": "x", "code": "T8"}),
    ],
)
def test_what_is_not_theirs_or_not_there_does_not_exist(client, table, words):
    client.force_login(make.account(role="auditor", unit=make.unit()))

    assert taken(client, table, **words).status_code == 404
    assert not Export.objects.exists()


def test_a_long_table_is_made_by_a_worker_with_progress(client, monkeypatch):
    unit = make.unit()
    for number in range(4):
        make.person(unit=unit, name=f"Nguyễn Văn {number}")
    client.force_login(make.account(role="registrar", unit=unit))
    monkeypatch.setattr(screens, "SMALL", 3)

    page = taken(client, "people.people")

    export = Export.objects.get()
    assert page.redirect_chain[-1][0] == reverse("people:export", args=[export.pk])
    assert export.state == State.DONE or "data-again" in page.content.decode()
    exports.make(export, at=timezone.now())
    export.refresh_from_db()
    assert (export.state, export.seen) == ("done", 4)
    ready = client.get(reverse("people:export", args=[export.pk])).content.decode()
    assert "4 dòng" in ready
    assert len(grid(body(client.get(reverse("people:export-file", args=[export.pk]))))) == 5
    assert Entry.objects.filter(kind="people.table-exported").count() == 1


def test_made_twice_it_is_done_once_and_a_waiting_one_is_taken_up_again():
    unit = make.unit()
    make.person(unit=unit)
    keeper = make.account(role="registrar", unit=unit)
    now = timezone.now()
    export = exports.ask("people.people", words={}, by=keeper, at=now)
    assert exports.forgotten(at=now) == []
    assert exports.forgotten(at=now + timedelta(minutes=11)) == [export.pk]

    again = Export.objects.select_related("account").get(pk=export.pk)
    exports.make(export, at=now)
    exports.make(again, at=now)

    assert Entry.objects.filter(kind="people.table-exported").count() == 1
    assert exports.forgotten(at=now + timedelta(minutes=11)) == []


def test_rights_lost_meanwhile_close_the_file_and_files_are_forgotten(client):
    unit = make.unit()
    keeper = make.account(role="registrar", unit=unit)
    client.force_login(keeper)
    body(taken(client, "people.people"))
    export = Export.objects.get()
    address = reverse("people:export-file", args=[export.pk])
    assert grid(body(client.get(address)))

    client.force_login(make.account(role="registrar", unit=unit))
    assert client.get(address).status_code == 404  # somebody else's
    keeper.grants.all().delete()
    make.account(role="auditor", unit=unit)
    client.force_login(keeper)
    assert client.get(address).status_code in {403, 404}

    stored, storage = export.file.name, export.file.storage
    assert exports.forget(at=timezone.now()) == 0
    assert exports.forget(at=timezone.now() + timedelta(days=4)) == 1
    assert not storage.exists(str(stored))


def test_only_so_many_wait_at_once(client):
    keeper = make.account(role="registrar", unit=make.unit())
    for _ in range(exports.MOST_WAITING):
        exports.ask("people.people", words={}, by=keeper, at=timezone.now())
    client.force_login(keeper)

    answer = taken(client, "people.people", back=reverse("people:people"))

    assert answer.redirect_chain[-1][0] == reverse("people:people")
    assert "xin chờ" in answer.content.decode()
    assert Export.objects.count() == exports.MOST_WAITING


@pytest.mark.parametrize("more", [0, 2])
def test_a_page_of_people_costs_the_same_however_many(django_assert_num_queries, more):
    unit = make.unit()
    for _ in range(1 + more):
        make.person(unit=unit)
    asked = Asked(scope=Scope(on=make.DAY, everything=True))

    with django_assert_num_queries(3):
        rows = list(sheets.PeopleTable().sheet(asked).rows)

    assert len(rows) == 1 + more


def test_two_tables_never_claim_one_key():
    class Another:
        key = "people.people"

    with pytest.raises(ValueError, match=r"two tables claim the key people\.people"):
        tables.register(Another())  # type: ignore[arg-type]


def test_the_button_carries_what_the_page_was_asked(client):
    unit = make.unit()
    make.person(unit=unit, name="Lê Thị Ánh")
    client.force_login(make.account(role="registrar", unit=unit))

    page = client.get(reverse("people:people"), {"q": "anh", "after": "x"}).content.decode()

    assert "Tải bảng này (.xlsx)" in page
    assert '<input type="hidden" name="q" value="anh">' in page
    assert 'name="after"' not in page.partition('class="take"')[2].partition("</form>")[0]
