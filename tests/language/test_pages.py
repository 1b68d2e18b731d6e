"""Pages that no plain address leads to: what went wrong, and what a link opens. Read as the crawl reads pages."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from loa.people.actions import accounts
from tests import make
from tests.language.reading import texts_of_page
from tests.language.vietnamese import foreign

pytestmark = pytest.mark.django_db
RESET = "/tai-khoan/password/reset/"


def read(answer) -> list[str]:
    texts = texts_of_page(answer.content.decode())
    assert len(texts) >= 3
    return [text for text in texts if foreign(text)]


def test_a_form_that_stood_open_too_long():
    answer = Client(enforce_csrf_checks=True).post("/tai-khoan/login/", {"login": "x", "password": "x"})

    assert answer.status_code == 403
    assert read(answer) == []


def test_somebody_who_tries_too_often(client):
    for _ in range(40):
        answer = client.post(RESET, {"email": "ai-do@vi-du.example"})
        if answer.status_code == 429:
            break

    assert answer.status_code == 429
    assert read(answer) == []


@pytest.mark.parametrize("where", ["/", "/quan-tri/"])
def test_an_address_that_leads_nowhere(client, where):
    client.force_login(make.superuser(name="Quản trị"))

    answer = client.get(f"{where}khong-co-trang-nay/")

    assert answer.status_code == 404
    assert read(answer) == []


def test_something_of_ours_that_breaks():
    broken = Client(raise_request_exception=False)
    broken.force_login(make.superuser(name="Quản trị"))

    answer = broken.get(reverse("wagtailadmin_error_test"))

    assert answer.status_code == 500
    assert read(answer) == []


def test_an_invitation(client):
    unit = make.unit(name="Công đoàn mẫu")
    account = make.account(person=make.person(unit=unit, name="Trần Thị Mẫu"), name="Trần Thị Mẫu")
    chair = make.account(role="chair", unit=unit, name="Lê Văn Mẫu")
    token = accounts.invite(account, by=chair, at=timezone.now())
    address = reverse("people_public:invitation", args=[token])

    opened, refused = client.get(address), client.post(address, {"password1": "12345678", "password2": "1"})

    assert (opened.status_code, refused.status_code) == (200, 200)
    assert read(opened) == read(refused) == []
