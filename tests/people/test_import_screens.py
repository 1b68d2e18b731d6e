"""The screens of imports."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from loa.people.models import ImportRun, Person
from tests import make
from tests.people import lists

pytestmark = pytest.mark.django_db

HEAD = ["Mã đoàn viên", "Họ và tên", "Mã CĐCS"]


@pytest.fixture
def union():
    return make.unit(code="QN-01")


@pytest.fixture
def registrar(client, union, settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "private": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }
    account = make.account(role="registrar", unit=union)
    client.force_login(account)
    return account


def hand_in(client, *rows, name="ds.xlsx", **more):
    file = SimpleUploadedFile(name, lists.workbook_bytes(HEAD, *rows))
    return client.post(reverse("people:import-new"), {"what": "people", "file": file, "unit": "QN-01"} | more)


def test_a_list_is_handed_in_looked_at_taken_over_and_its_file_forgotten(client, registrar, union, tmp_path):
    answer = hand_in(client, ["M1", "Nguyễn Thị Mẫu", "QN-01"], ["M2", "=1+1", "QN-01"])
    run = ImportRun.objects.get()
    assert answer.url == reverse("people:import", args=[run.pk])
    assert (run.state, run.added, run.rejected, bool(run.file)) == ("preview", 1, 1, True)
    assert client.get(answer.url).status_code == 200
    assert Person.objects.count() == 0

    assert client.post(reverse("people:import-apply", args=[run.pk])).url == answer.url
    stored = Path(str(run.file.name)).name
    run.refresh_from_db()
    assert (run.state, Person.objects.get().full_name, run.started_by) == ("done", "Nguyễn Thị Mẫu", registrar)
    assert (bool(run.file), run.rows.count()) == (False, 1)
    assert not list(tmp_path.rglob(stored))
    assert client.get(answer.url).status_code == 200
    assert f'href="{answer.url}"' in client.get(reverse("people:imports")).text


def test_rejected_lines_come_back_as_text_with_their_reasons(client, registrar):
    hand_in(client, ["M2", "=1+1", "QN-01"], ["@x", "+84", "QN-01"])
    run = ImportRun.objects.get()
    book = client.get(reverse("people:import-rejects", args=[run.pk]))
    head, first, second = CalamineWorkbook.from_filelike(BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert (head[2:], first[0], first[2:], second[2:]) == (HEAD, 2, ["M2", "=1+1", "QN-01"], ["@x", "+84", "QN-01"])
    assert b"<f>" not in book.content


@pytest.mark.parametrize("name", ["ds.xlsx", "ds.csv"])
def test_a_file_that_is_no_list_is_refused_beside_the_field(client, registrar, name):
    file = SimpleUploadedFile(name, b"%PDF-1.7 x")
    answer = client.post(reverse("people:import-new"), {"what": "people", "file": file, "unit": "QN-01"})
    assert (answer.status_code, "file" in answer.context["form"].errors, ImportRun.objects.count()) == (200, True, 0)


def test_a_list_set_aside_writes_nothing(client, registrar):
    hand_in(client, ["M1", "Nguyễn Thị Mẫu", "QN-01"])
    run = ImportRun.objects.get()
    client.post(reverse("people:import-discard", args=[run.pk]))
    run.refresh_from_db()
    assert (run.state, bool(run.file), run.rows.count(), Person.objects.count()) == ("failed", False, 0, 0)


@pytest.mark.parametrize("name", ["import", "import-rejects"])
def test_a_run_of_another_unit_is_not_there(client, registrar, name):
    hand_in(client, ["M1", "Nguyễn Thị Mẫu", "QN-01"])
    client.force_login(make.account(role="registrar", unit=make.unit(code="QN-02")))
    assert client.get(reverse(f"people:{name}", args=[ImportRun.objects.get().pk])).status_code == 404


@pytest.mark.parametrize("name", ["imports", "import-new"])
def test_strangers_stay_outside(client, union, name):
    client.force_login(make.account(role="writer", unit=union))
    assert client.get(reverse(f"people:{name}")).status_code == 403


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_of_runs_costs_the_same_however_many(client, registrar, union, how_many, django_assert_num_queries):
    for _ in range(how_many):
        ImportRun.objects.create(
            what="people", file_name="a", unit=union, state="done", as_of=make.DAY, started_at=make.NOON
        )
    client.get(reverse("people:imports"))
    with django_assert_num_queries(8):
        page = client.get(reverse("people:imports"))
    assert page.text.count(">a</a>") == how_many
