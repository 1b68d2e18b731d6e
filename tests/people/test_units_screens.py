"""What officers see of units, and how they take decisions about them."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override

from loa.ledger.facts import SYSTEM
from loa.people.actions import units as actions
from loa.people.models import Enterprise, EnterpriseUnit
from tests import make
from tests.make import LONG_AGO, NOON

pytestmark = pytest.mark.django_db

JULY = date(2025, 7, 1)
SIGNED: dict[str, Any] = {"decision": "QĐ 12/QĐ-LĐLĐ Gia Lai", "on": JULY, "by": SYSTEM, "at": NOON}


@pytest.fixture(autouse=True)
def in_english():
    """The texts under test are message ids; the catalogue has its own check."""
    with override("en"):
        yield


@pytest.fixture
def province():
    return make.unit(code="T", kind_code="province", name="LĐLĐ tỉnh Mẫu")


@pytest.fixture
def district(province):
    return make.unit(parent=province, code="H", kind_code="district", name="LĐLĐ huyện Mẫu")


@pytest.fixture
def commune(province):
    return make.unit(parent=province, code="X", kind_code="commune", name="CĐ xã Mẫu")


@pytest.fixture
def factory(district):
    return make.unit(parent=district, code="N", name="CĐCS Nhà máy Mẫu")


@pytest.fixture
def manager(client, province):
    account = make.account(role="administrator", unit=province)
    client.force_login(account)
    return account


@pytest.fixture
def auditor(client, province):
    account = make.account(role="auditor", unit=province)
    client.force_login(account)
    return account


def shown(client, address, **query):
    response = client.get(address, query, headers={"accept-language": "en"})
    assert response.status_code == 200
    return response.content.decode()


def unit_page(unit):
    return reverse("people:unit", args=[unit.pk])


def test_officers_find_their_own_units_and_those_below(client, auditor, province, district, factory):
    make.unit(name="LĐLĐ tỉnh khác")

    start = shown(client, reverse("people:units"))
    assert "LĐLĐ tỉnh Mẫu" in start
    assert "khác" not in start
    found = shown(client, reverse("people:units"), q="nha may")
    assert "CĐCS Nhà máy Mẫu" in found
    assert "LĐLĐ huyện Mẫu" not in found
    assert "No unit of yours" in shown(client, reverse("people:units"), q="khac")


def test_whoever_sees_everything_begins_at_the_roots(client, province, district):
    client.force_login(make.superuser())

    page = shown(client, reverse("people:units"))
    assert "LĐLĐ tỉnh Mẫu" in page
    assert "LĐLĐ huyện Mẫu" not in page


def test_the_page_of_a_unit_shows_it_as_it_was_on_the_day(client, auditor, province, district, commune, factory):
    enterprise = Enterprise.objects.create(name="Nhà máy Mẫu", folded="nha may mau")
    EnterpriseUnit.objects.create(enterprise=enterprise, unit=factory, valid_from=LONG_AGO)
    actions.rename(factory, name="CĐCS Tên mới", short_name="", **SIGNED)
    actions.merge([district], into=commune, **SIGNED)

    page = shown(client, unit_page(factory))
    for text in (
        "CĐCS Tên mới",
        "CĐCS Nhà máy Mẫu",
        "QĐ 12/QĐ-LĐLĐ Gia Lai",
        "Nhà máy Mẫu",
        "Transferred",
        "CĐ xã Mẫu",
    ):
        assert text in page
    assert "LĐLĐ huyện Mẫu" in shown(client, unit_page(province), ngay="2025-06-30")
    after = shown(client, unit_page(province))
    assert "LĐLĐ huyện Mẫu" not in after
    heir = shown(client, unit_page(commune))
    assert "Took over from" in heir
    ended = shown(client, unit_page(district))
    assert "this unit had ended" in ended
    assert "there was no such unit" in shown(client, unit_page(factory), ngay="2019-01-01")


def test_what_is_outside_the_scope_is_not_found(client, auditor):
    other = make.unit()

    assert client.get(unit_page(other)).status_code == 404
    assert client.get(reverse("people:unit", args=[0])).status_code == 404


@pytest.mark.parametrize("how_many", [1, 3])
def test_screens_cost_the_same_however_much_they_show(
    how_many, client, manager, province, commune, django_assert_num_queries
):
    for number in range(how_many):
        child = make.unit(parent=commune, code=f"C{number}")
        make.unit(parent=child)
        old = make.unit(parent=province)
        actions.merge([old], into=commune, **SIGNED)
        enterprise = Enterprise.objects.create(name="Nhà máy", folded="nha may")
        EnterpriseUnit.objects.create(enterprise=enterprise, unit=commune, valid_from=LONG_AGO)
    client.get(unit_page(commune))

    with django_assert_num_queries(UNITS_COST):
        client.get(reverse("people:units"), {"q": "cong doan"})
    with django_assert_num_queries(UNIT_COST):
        client.get(unit_page(commune))


UNITS_COST, UNIT_COST = 8, 23
