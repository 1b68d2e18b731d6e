"""Every table that can be taken away, for every role, about the things of another unit: nothing comes out."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from loa.people.models import Export
from loa.people.roles import ROLES
from loa.people.tables import tables
from tests import make
from tests.desk.test_every_url import MARKER, keys_of_others, things_of
from tests.people.test_exports import opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    province = make.unit(name="Liên đoàn tỉnh")
    own, foreign = make.unit(parent=province), make.unit(parent=province, name=f"Công đoàn {MARKER}")
    return own, foreign, things_of(foreign)


def tells(answer) -> bool:
    """Whether a workbook, or a page, says anything of the other unit."""
    if not answer.streaming:
        return MARKER in answer.content.decode(errors="replace").casefold()
    book = opened(b"".join(answer.streaming_content))
    texts = [str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row]
    return any(MARKER in text.casefold() for text in texts)


@pytest.mark.parametrize("role", [*ROLES, "stranger", "anonymous"])
def test_no_table_tells_of_another_unit(world, role):
    own, foreign, things = world
    client = Client()
    if role != "anonymous":
        client.force_login(make.account(role="" if role == "stranger" else role, unit=own))
    words = [{}, {"q": MARKER}, {"unit": foreign.code}]
    keys = keys_of_others(things, own)
    words += [{"unit": key, "report": key, "code": "T8", "target": "T8", "pk": key} for key in keys]

    told, wrong = [], []
    for table in tables():
        for said in words:
            answer = client.post(reverse("people:table-take", args=[table.key]), said, follow=True)
            if answer.status_code >= 500:
                wrong.append(f"{table.key} {said}")
            elif tells(answer):
                told.append(f"{table.key} {said}")
            Export.objects.all().delete()

    assert not told + wrong, json.dumps({"told": told, "wrong": wrong}, indent=1)
    assert {"people.people", "people.units", "planning.card", "planning.children"} <= {one.key for one in tables()}
