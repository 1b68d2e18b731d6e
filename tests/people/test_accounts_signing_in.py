"""Signing in with a phone number or an address, the second step, and what slows down guessing."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.urls import reverse

from tests import make

pytestmark = pytest.mark.django_db
PASSWORD = "con đường nhỏ ven biển"
LOGIN = "/tai-khoan/login/"


@pytest.fixture(autouse=True)
def nobody_has_tried_yet():
    cache.clear()


def sign_in(client, login: str, password: str = PASSWORD):
    return client.post(LOGIN, {"login": login, "password": password})


def signed_in(client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("written", ["0905123456", "0905 123 456", "+84905123456", "84 905.123.456", " 0905-123-456 "])
def test_a_phone_number_signs_in_however_it_is_written(client, written):
    make.account(phone="+84905123456", email=None, password=PASSWORD)

    sign_in(client, written)

    assert signed_in(client)


@pytest.mark.parametrize("written", ["a@vi-du.example", "A@Vi-Du.Example"])
def test_an_address_signs_in(client, written):
    make.account(email="a@vi-du.example", password=PASSWORD)

    sign_in(client, written)

    assert signed_in(client)


def test_staff_come_to_their_desk_and_workers_to_the_front_page(client):
    make.account(email="w@vi-du.example", password=PASSWORD)
    make.account(email="s@vi-du.example", password=PASSWORD, role="chair", unit=make.unit())

    worker = sign_in(client, "w@vi-du.example")
    client.post("/tai-khoan/logout/")
    staff = sign_in(client, "s@vi-du.example")

    assert (worker.status_code, worker["Location"]) == (302, "/")
    assert (staff.status_code, staff["Location"]) == (302, "/quan-tri/")


@pytest.mark.parametrize("login", ["0905123456", "0905999999", "a@vi-du.example", "nobody@vi-du.example", "tôi"])
def test_a_wrong_password_gets_one_sentence_that_is_the_same_for_the_known_and_the_unknown(client, login):
    make.account(phone="+84905123456", email="a@vi-du.example", password=PASSWORD)

    page = sign_in(client, login, "sai mật khẩu")

    assert not signed_in(client)
    [error] = page.context["form"].non_field_errors()
    assert str(page.context["form"].errors.as_data().keys()) == "dict_keys(['__all__'])"
    assert error in page.content.decode().replace("&#x27;", "'")


def test_guessing_is_slowed_for_one_number_however_written_and_for_nobody_else(client):
    make.account(phone="+84905123456", email=None, password=PASSWORD)
    make.account(phone="+84905123457", email=None, password=PASSWORD)
    for written in ["0905123456", "+84905123456", "0905 123 456", "0905.123.456", "84905123456"]:
        sign_in(client, written, "sai mật khẩu")

    sign_in(client, "0905123456")
    assert not signed_in(client)
    sign_in(client, "0905123457")
    assert signed_in(client)


def test_signing_in_rightly_is_never_counted(client):
    make.account(email="a@vi-du.example", password=PASSWORD)

    for _ in range(8):
        sign_in(client, "a@vi-du.example")
        assert signed_in(client)
        client.post("/tai-khoan/logout/")


def test_guessing_from_one_place_is_slowed_over_all_accounts(client):
    make.account(email="a@vi-du.example", password=PASSWORD)
    for number in range(30):
        sign_in(client, f"x{number}@vi-du.example", "sai mật khẩu")

    sign_in(client, "a@vi-du.example")

    assert not signed_in(client)


def test_a_closed_account_does_not_sign_in(client):
    make.account(email="a@vi-du.example", password=PASSWORD, is_active=False)

    sign_in(client, "a@vi-du.example")

    assert not signed_in(client)


def test_nobody_signs_up(client):
    data = {"email": "x@vi-du.example", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/tai-khoan/signup/", data)

    assert not signed_in(client)
    assert client.get("/tai-khoan/signup/").templates[0].name == "account/signup_closed.html"


def code(secret: str):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_the_second_step_is_asked_for_when_it_is_on(client):
    account = make.account(email="a@vi-du.example", password=PASSWORD)
    secret = generate_totp_secret()
    TOTP.activate(account, secret)

    page = sign_in(client, "a@vi-du.example")
    assert page["Location"].startswith(reverse("mfa_authenticate"))
    assert not signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert not signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert signed_in(client)


def test_the_second_step_is_turned_on_with_ones_password_and_brings_recovery_codes(client):
    account = make.account(phone="+84905123456", email=None, password=PASSWORD)
    sign_in(client, "0905123456")

    assert client.get(reverse("mfa_activate_totp")).status_code == 302
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    client.post(reverse("mfa_activate_totp"), {"code": code(page.context["form"].secret)})

    assert get_adapter().is_mfa_enabled(account)
    codes = client.get(reverse("mfa_view_recovery_codes"))
    assert codes.context["unused_codes"]


@pytest.mark.parametrize(
    "name",
    [
        "account_change_password",
        "mfa_index",
        "mfa_activate_totp",
        "account_logout",
        "account_email",
        "account_reauthenticate",
    ],
)
def test_every_page_of_ones_own_account_speaks_vietnamese_in_our_frame(client, name):
    make.account(email="a@vi-du.example", password=PASSWORD)
    sign_in(client, "a@vi-du.example")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    page = client.get(reverse(name))

    assert page.status_code == 200
    assert "ui/page.html" in {template.name for template in page.templates}


def test_the_password_is_changed_after_the_old_one_is_typed_again(client):
    account = make.account(email="a@vi-du.example", password=PASSWORD)
    sign_in(client, "a@vi-du.example")
    new = "một mật khẩu khác hẳn"

    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})

    account.refresh_from_db()
    assert account.check_password(new)


def test_an_invited_worker_sets_a_password_and_signs_in(client):
    unit = make.unit()
    account = make.account(phone="+84905123456", email=None, person=make.person(unit=unit))
    client.force_login(make.account(role="chair", unit=unit))
    sheet = client.post(reverse("people:account-invite", args=[account.pk]), follow=True)
    link = sheet.context["link"].removeprefix("http://localhost:8000")
    again = client.get(reverse("people:account-invitation", args=[account.pk]))
    client.logout()

    first = client.get(link)
    done = client.post(link, {"password": PASSWORD, "again": PASSWORD})
    used = client.get(link)
    sign_in(client, "0905123456")

    assert again.status_code == 302
    assert (first.status_code, done.status_code, used.status_code) == (200, 302, 410)
    assert signed_in(client)
