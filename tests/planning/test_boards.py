"""The screens that show many units at once."""

import pytest
from django.urls import reverse

from tests import make
from tests.planning import plans

pytestmark = pytest.mark.django_db


@pytest.fixture
def root():
    return make.unit(code="ROOT", name="Liên đoàn Mẫu", kind_code="province")


@pytest.fixture
def upper(root):
    unit = make.unit(parent=root, name="Công đoàn Phường Mẫu", flags=("upper_level",), kind_code="commune")
    plans.people(unit, 20, joined=10)
    return unit


@pytest.fixture
def plan(root, upper):
    loaded = plans.load_with(
        root,
        plans.indicator("T1", "tests.joined", values={"province": 85, "upper": 85, "grassroots": 85}),
        plans.indicator("T8", "tests.arrivals", unit="count", values={"upper": 60}),
        plans.indicator("T9", "contests.closed", unit="count", values={"province": 2}),
    )
    with plans.registered(plans.Joined(), plans.Arrivals()):
        yield loaded


def text(client, name, *args, **query) -> str:
    answer = client.get(reverse(f"planning:{name}", args=args), {"ngay": "2026-03-02"} | query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def sign_in(client, role, unit) -> None:
    client.force_login(make.account(role=role, unit=unit))


def body(page: str) -> str:
    return page.split("<tbody>")[1].split("</tbody>")[0]


def test_the_board_shows_every_unit_with_signs_and_figures(client, plan, root, upper):
    sign_in(client, "leader", root)

    page = text(client, "board", root.pk)

    assert "Công đoàn Phường Mẫu" in body(page)
    assert "▼</span> 50 %" in body(page)
    assert "Chưa đo được: T9 Chỉ tiêu T9" in " ".join(page.replace("\n", " ").split())
    assert body(page).count("chưa đo được") == 0
    assert body(text(client, "board", root.pk, cot="du")).count("chưa đo được") == 2


def test_the_board_says_when_nothing_is_left(client, plan, root):
    sign_in(client, "leader", root)

    page = text(client, "board", root.pk, tim="khong co don vi nay", loai="x", xep="T999", **{"tinh-trang": "đủ"})

    assert "Không có đơn vị nào như vậy" in page


def test_the_board_never_shows_a_small_figure(client, plan, root, upper):
    small = make.unit(parent=root, name="Công đoàn Nhỏ", kind_code="commune", flags=("upper_level",))
    plans.people(small, 30, joined=3)
    sign_in(client, "leader", root)

    by_name = body(text(client, "board", root.pk, loai="commune"))
    worst_first = body(text(client, "board", root.pk, loai="commune", xep="T1"))
    withheld = body(text(client, "board", root.pk, loai="commune", xep="T1", **{"tinh-trang": "withheld"}))

    for page in (by_name, worst_first, withheld):
        assert page.count("⊘") == 2
        assert "10 %" not in page


def test_nobody_sees_the_board_of_others(client, plan, root, upper):
    sign_in(client, "chair", upper)

    assert client.get(reverse("planning:board", args=[root.pk])).status_code == 404
    assert "Liên đoàn Mẫu" not in body(text(client, "board", upper.pk))


def test_a_day_before_the_unit_existed_says_so(client, plan, root, upper):
    sign_in(client, "leader", root)
    young = make.unit(parent=root, since=make.DAY)

    assert "chưa có đơn vị này" in text(client, "board", young.pk, ngay="2025-01-01")


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_board_costs_the_same_however_many_units(client, plan, root, how_many, django_assert_max_num_queries):
    for number in range(how_many):
        plans.people(make.unit(parent=root, name=f"Công đoàn {number}", kind_code="commune"), 20, joined=10)
    sign_in(client, "leader", root)
    client.get(reverse("planning:board", args=[root.pk]))

    with django_assert_max_num_queries(32):
        client.get(reverse("planning:board", args=[root.pk]))
