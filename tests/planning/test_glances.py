"""One glance on a telephone, one sheet of paper, what changed this week, and tiles."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from loa.ledger.facts import SYSTEM
from loa.planning import actions
from loa.planning.protocol import Page, Row
from loa.planning.scorecard import State, scorecard
from loa.planning.scorecard.week import changes
from tests import make
from tests.planning import plans

pytestmark = pytest.mark.django_db
NOW = date(2026, 6, 30)


@pytest.fixture
def root():
    return make.unit(code="ROOT", name="Liên đoàn Mẫu", kind_code="province")


@pytest.fixture
def upper(root):
    return make.unit(parent=root, name="Công đoàn Phường Mẫu", flags=("upper_level",), kind_code="commune")


class Dated(plans.Arrivals):
    """Arrivals whose evidence is newest first."""

    def evidence(self, ask, *, after="", limit=50):
        rows = [
            Row(ref="x:1", label="Tin mới", on=NOW, url="/tin/"),
            Row(ref="x:2", label="Tin cũ", on=date(2026, 1, 2)),
        ]
        return Page(rows=rows)


@pytest.fixture
def plan(root, upper):
    loaded = plans.load_with(
        root,
        plans.indicator("T1", "tests.joined", values={"province": 85, "upper": 85}),
        plans.indicator("T8", "tests.arrivals", unit="count", values={"upper": 60}),
        plans.indicator("T9", "contests.closed", unit="count", values={"province": 2}),
    )
    with plans.registered(plans.Joined(), Dated(), growing=("tests.joined",)):
        yield loaded


def sign_in(client, role, unit):
    account = make.account(role=role, unit=unit)
    client.force_login(account)
    return account


def text(client, name, *args, **query) -> str:
    answer = client.get(reverse(f"planning:{name}", args=args), {"ngay": "2026-06-30"} | query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_chair_sees_figures_and_what_to_do_with_a_button_each(client, plan, root, upper):
    plans.people(upper, 60, joined=20, on=date(2026, 1, 10))
    sign_in(client, "chair", upper)
    actions.open_task("Treo bảng tin tháng này", unit=upper, due_on=make.DAY, by=SYSTEM, at=make.NOON)
    actions.open_task("Việc của năm sau", unit=upper, due_on=date(2199, 1, 1), by=SYSTEM, at=make.NOON)

    page = text(client, "glance")

    assert "Công đoàn Phường Mẫu" in page
    assert "Treo bảng tin tháng này" in page
    assert "Việc của năm sau" not in page
    assert page.count('class="glance-figure"') == 2
    assert reverse("planning:closing", args=[upper.pk, "T8"]) in page
    assert "Thiếu 40" in page


def test_without_a_plan_the_glance_says_so(client, root):
    sign_in(client, "chair", root)

    assert "loa plan load" in text(client, "glance")


def test_the_sheet_holds_every_target_and_what_is_in_doubt(client, plan, root, upper):
    plans.people(upper, 60, joined=20, on=date(2026, 1, 10))
    sign_in(client, "leader", root)

    page = text(client, "sheet", upper.pk).split('<article class="sheet">')[1]

    assert "Công đoàn Phường Mẫu" in page
    assert "33,3 %" in page
    assert "20 trên 60" in page
    assert "Chưa đo được: T9" in " ".join(text(client, "sheet", root.pk).split())
    assert "Chưa đúng nhịp: T1" in page


def test_the_week_tells_figures_facts_and_who_came_forward_or_fell_behind(client, plan, root, upper):
    other = make.unit(parent=root, name="Công đoàn Xã Mẫu", flags=("upper_level",))
    plans.people(upper, 70, joined=61, on=NOW)
    plans.people(other, 70, joined=29, on=date(2026, 6, 20))
    sign_in(client, "leader", root)

    page = text(client, "week", root.pk)

    told = page.split("T8</span>")[1].split("</section>")[0]
    assert "+61" in told
    assert "tiến lên" in told
    assert "Tin mới" in told
    assert "Tin cũ" not in told


def test_changes_of_fewer_than_five_people_are_not_told(plan, root, upper):
    other = make.unit(parent=root, name="Công đoàn Xã Mẫu", flags=("upper_level",))
    plans.people(upper, 60, joined=20, on=date(2026, 1, 10))
    plans.people(other, 60, joined=20, on=date(2026, 1, 10))
    plans.people(upper, 3, joined=3, on=NOW)
    plans.people(other, 30, joined=30, on=NOW)

    found = {
        unit.pk: changes(
            scorecard(unit.pk, on=NOW - timedelta(days=7), structure=NOW, only="T1"),
            scorecard(unit.pk, on=NOW, only="T1"),
        )[0]
        for unit in (root, upper, other)
    }

    whole = found[root.pk].whole
    assert whole
    assert whole.change_text == "+14,4 %"
    assert found[root.pk].parts == ()
    assert (found[upper.pk].whole, found[other.pk].whole) == (None, None)


def test_a_new_year_is_not_compared_with_the_old_one(client, plan, root):
    sign_in(client, "leader", root)

    assert "Một năm mới" in text(client, "week", root.pk, ngay="2026-01-03")


def test_tiles_show_each_unit_by_its_state_with_a_table_beneath(client, plan, root, upper):
    plans.people(upper, 70, joined=65, on=date(2026, 1, 10))
    make.unit(parent=root, name="Công đoàn Xã Mẫu", flags=("upper_level",))
    sign_in(client, "leader", root)

    page = text(client, "tiles", root.pk, ct="T8")
    met = text(client, "tiles", root.pk, ct="T8", tt="met")

    assert page.count('class="tile"') == 2
    assert f'data-state="{State.MET.value}"' in page
    assert '<table class="children">' in page
    assert met.count('class="tile"') == 1
    assert client.get(reverse("planning:tiles", args=[root.pk]), {"ct": "T77"}).status_code == 404


@pytest.mark.parametrize("name", ["sheet", "week", "tiles"])
def test_nobody_sees_those_of_others(client, plan, root, upper, name):
    sign_in(client, "chair", upper)

    assert client.get(reverse(f"planning:{name}", args=[root.pk])).status_code == 404


@pytest.mark.parametrize("name", ["sheet", "week", "tiles", "glance"])
@pytest.mark.parametrize("how_many", [1, 3])
def test_each_costs_the_same_however_many_units(client, plan, root, name, how_many, django_assert_max_num_queries):
    for number in range(how_many):
        plans.people(make.unit(parent=root, name=f"Công đoàn {number}", flags=("upper_level",)), 20, joined=10)
    sign_in(client, "leader", root)
    args = [] if name == "glance" else [root.pk]
    client.get(reverse(f"planning:{name}", args=args))

    with django_assert_max_num_queries(46):
        client.get(reverse(f"planning:{name}", args=args))
