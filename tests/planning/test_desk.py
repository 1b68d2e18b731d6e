from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from loa.ledger.facts import SYSTEM
from loa.people.actions.units import dissolve, merge
from loa.people.moves import Members
from loa.planning import actions
from loa.planning.models import Target, Task
from tests import make
from tests.planning import plans

pytestmark = pytest.mark.django_db


@pytest.fixture
def root():
    return make.unit(code="ROOT", name="Liên đoàn Mẫu")


@pytest.fixture
def upper(root):
    unit = make.unit(parent=root, name="Công đoàn Phường Mẫu", flags=("upper_level",))
    plans.people(unit, 20, joined=10)
    return unit


@pytest.fixture
def plan(root, upper):
    loaded = plans.load_with(
        root,
        plans.indicator("T1", "tests.joined", values={"province": 85, "upper": 85}),
        plans.indicator(
            "T8", "tests.arrivals", unit="count", values={"upper": 60}, aggregation=("sum", "units_meeting")
        ),
        plans.indicator("T9", "contests.closed", unit="count", values={"province": 2}),
    )
    with plans.registered(plans.Joined(), plans.Arrivals()):
        yield loaded


def sign_in(client, role, unit):
    account = make.account(role=role, unit=unit)
    client.force_login(account)
    return account


def text(client, name, *args, **query) -> str:
    answer = client.get(reverse(f"planning:{name}", args=args), query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def rows_in(page: str) -> int:
    return page.split('<table class="rows">')[1].split("</table>")[0].count('<th scope="row">')


def test_the_way_in_leads_to_the_card_of_the_whole_plan_or_of_ones_own_unit(client, plan, root, upper):
    sign_in(client, "leader", root)
    assert client.get(reverse("planning:scorecard")).url == reverse("planning:unit", args=[root.pk])

    sign_in(client, "leader", upper)
    assert client.get(reverse("planning:scorecard")).url == reverse("planning:unit", args=[upper.pk])


def test_without_a_plan_the_way_in_says_so(client, root):
    sign_in(client, "leader", root)

    assert "loa plan load" in text(client, "scorecard")


def test_the_card_shows_figures_states_and_what_is_not_measured(client, plan, root):
    sign_in(client, "leader", root)

    page = text(client, "unit", root.pk, ngay="2026-03-02")

    assert "50 %" in page
    assert "10 trên 20" in page
    assert "Chưa đo được" in page.split("Chỉ tiêu T9")[0]
    assert "Công đoàn Phường Mẫu" in page
    assert "năm 2026: ít nhất 85 %" in page


def test_a_day_to_come_is_shown_as_today(client, plan, root):
    sign_in(client, "leader", root)

    assert 'value="2199' not in text(client, "unit", root.pk, ngay="2199-01-01")


def test_a_target_lists_the_units_below_the_worst_first_or_by_name(client, plan, root, upper):
    better = make.unit(parent=root, name="Công đoàn Xã Mẫu", flags=("upper_level",))
    plans.people(better, 20, joined=18)
    sign_in(client, "leader", root)

    worst_first = text(client, "target", root.pk, "T8", ngay="2026-03-02")
    by_name = text(client, "target", root.pk, "T8", ngay="2026-03-02", xep="ten")

    assert worst_first.index("Công đoàn Phường Mẫu") < worst_first.index("Công đoàn Xã Mẫu")
    assert by_name.index("Công đoàn Phường Mẫu") < by_name.index("Công đoàn Xã Mẫu")
    assert "0 trên 2 đơn vị đã đạt" in text(client, "unit", root.pk, ngay="2026-03-02")


def test_evidence_and_gap_open_row_by_row(client, plan, root, upper):
    plans.people(upper, 70, joined=60)
    sign_in(client, "leader", root)

    first = text(client, "evidence", root.pk, "T1", ngay="2026-03-02")
    after = first.split("after=")[1].split('"')[0].split("&")[0]
    second = text(client, "evidence", root.pk, "T1", ngay="2026-03-02", after=after)
    gap = text(client, "gap", root.pk, "T1", ngay="2026-03-02")

    assert [rows_in(page) for page in (first, second, gap)] == [50, 20, 20]


def test_a_withheld_figure_opens_to_nothing(client, plan, root):
    small = make.unit(parent=root, flags=("upper_level",))
    plans.people(small, 30, joined=2)
    sign_in(client, "leader", root)

    page = text(client, "unit", small.pk, ngay="2026-03-02")

    assert "không hiển thị" in page
    for name in ("evidence", "gap"):
        assert client.get(reverse(f"planning:{name}", args=[small.pk, "T1"]), {"ngay": "2026-03-02"}).status_code == 404


def test_what_is_not_measured_opens_to_nothing(client, plan, root):
    sign_in(client, "leader", root)

    assert client.get(reverse("planning:evidence", args=[root.pk, "T9"])).status_code == 404
    assert client.get(reverse("planning:target", args=[root.pk, "T77"])).status_code == 404


@pytest.mark.parametrize("name", ["unit", "target", "evidence", "gap"])
def test_nobody_sees_the_card_of_another_unit(client, plan, root, upper, name):
    sign_in(client, "chair", upper)

    args = [root.pk] if name == "unit" else [root.pk, "T1"]
    assert client.get(reverse(f"planning:{name}", args=args)).status_code == 404


def test_the_steps_above_are_only_those_one_may_open(client, plan, root, upper):
    sign_in(client, "chair", upper)

    page = text(client, "unit", upper.pk)

    assert reverse("planning:unit", args=[root.pk]) not in page


def test_a_unit_that_did_not_exist_yet_offers_the_structure_of_today(client, plan, root):
    young = make.unit(parent=root, since=make.DAY)
    sign_in(client, "leader", root)

    page = text(client, "unit", young.pk, ngay="2025-03-01")

    assert "01/03/2025" in page
    assert "co-cau=hom-nay" in page
    assert "Liên đoàn" in text(client, "unit", root.pk, ngay="2025-03-01", **{"co-cau": "hom-nay"})


@pytest.mark.parametrize("how_many", [1, 3])
@pytest.mark.parametrize("name", ["unit", "target"])
def test_a_card_costs_the_same_however_many_children(client, plan, root, name, how_many, django_assert_max_num_queries):
    for _ in range(how_many - 1):
        plans.people(make.unit(parent=root, flags=("upper_level",)), 20, joined=10)
    sign_in(client, "leader", root)
    args = [root.pk] if name == "unit" else [root.pk, "T1"]
    client.get(reverse(f"planning:{name}", args=args))

    with django_assert_max_num_queries(32):
        client.get(reverse(f"planning:{name}", args=args))


def test_the_plan_and_its_calendar_can_be_read(client, root):
    loaded = plans.load(root)
    sign_in(client, "auditor", root)

    page = text(client, "plan", loaded.code)
    year = text(client, "calendar", loaded.code, 2026)

    assert "Sáu mươi thông tin mỗi năm" in page
    assert "kế hoạch không nêu" in page
    assert reverse("planning:rebase", args=[loaded.targets.get(code="T8").pk]) not in page
    assert "17/02/2026" in year
    assert loaded.title in text(client, "newest")
    assert client.get(reverse("planning:plan", args=["khong-co"])).status_code == 404


def test_a_planner_rebases_a_target(client, root):
    loaded = plans.load(root)
    target = loaded.targets.get(code="T8")
    sign_in(client, "planner", root)
    url = reverse("planning:rebase", args=[target.pk])

    assert "IV.2" in text(client, "rebase", target.pk)
    refused = client.post(url, {"year": "2026", "level": "", "value": "60", "decision": "Số 5"})
    done = client.post(url, {"year": "2026", "level": "", "value": "72", "decision": "Số 5"})

    assert "đang áp dụng" in refused.content.decode()
    assert done.status_code == 302
    assert target.values.filter(value=72, decision="Số 5").count() == 1
    assert "Số 5" in text(client, "plan", loaded.code)


@pytest.mark.parametrize(("role", "status"), [("officer", 403), ("planner", 404)])
def test_nobody_else_rebases(client, root, role, status):
    plans.load(root)
    sign_in(client, role, make.unit(parent=root))

    assert client.get(reverse("planning:rebase", args=[Target.objects.get(code="T8").pk])).status_code == status


def test_my_tasks_from_open_to_done(client, root):
    task = actions.open_task("Gửi báo cáo", unit=root, due_on=make.DAY - timedelta(days=1), by=SYSTEM, at=make.NOON)
    officer = sign_in(client, "officer", root)
    assert "Gửi báo cáo" in text(client, "tasks")

    client.post(reverse("planning:take", args=[task.pk]))
    client.post(reverse("planning:advance", args=[task.pk]), {"advance-progress": "30"})
    refused = client.post(reverse("planning:finish", args=[task.pk]), {"finish-proof": " "}, follow=True)
    wrong = client.post(reverse("planning:finish", args=[task.pk]), {"finish-link": "không phải liên kết"})
    client.post(reverse("planning:finish", args=[task.pk]), {"finish-proof": "Đã gửi ngày 01/3."})

    task.refresh_from_db()
    assert (task.owner, task.state, task.proof) == (officer, "done", "Đã gửi ngày 01/3.")
    assert "vài lời hoặc một liên kết" in refused.content.decode()
    assert wrong.status_code == 422
    assert "Gửi báo cáo" not in text(client, "tasks")
    assert "Đã gửi ngày 01/3." in text(client, "task", task.pk)


def test_a_task_is_dropped_with_a_reason(client, root):
    task = actions.open_task("Gửi báo cáo", unit=root, by=SYSTEM, at=make.NOON)
    sign_in(client, "officer", root)

    client.post(reverse("planning:drop", args=[task.pk]), {"drop-reason": "Không còn phù hợp."})

    task.refresh_from_db()
    assert task.state == "dropped"


@pytest.mark.parametrize("name", ["take", "advance", "finish", "drop"])
def test_tasks_change_by_post_only(client, root, name):
    task = actions.open_task("Gửi báo cáo", unit=root, by=SYSTEM, at=make.NOON)
    sign_in(client, "officer", root)

    assert client.get(reverse(f"planning:{name}", args=[task.pk])).status_code == 405
    assert Task.objects.get().state == "open"


@pytest.mark.parametrize("name", ["task", "take", "advance", "finish", "drop"])
def test_tasks_of_another_unit_do_not_exist(client, root, name):
    task = actions.open_task("Gửi báo cáo", unit=root, by=SYSTEM, at=make.NOON)
    sign_in(client, "officer", make.unit(parent=root))

    ask = client.get if name == "task" else client.post
    assert ask(reverse(f"planning:{name}", args=[task.pk])).status_code == 404


JULY = date(2025, 7, 1)


@pytest.fixture
def merged(plan, root, upper):
    """A union that ended into `upper` on 1 July 2025; its members went along, those of another ended with it."""
    old, closed = (make.unit(parent=root, name=name, flags=("upper_level",)) for name in ("Cũ", "Giải thể"))
    plans.people(old, 8)
    plans.people(closed, 7)
    signed: dict[str, Any] = {"on": JULY, "decision": "QĐ 9", "by": SYSTEM, "at": make.NOON}
    merge([old], into=upper, **signed)
    dissolve(closed, heir=upper, members=Members.CLOSE, **signed)
    return old


def test_figures_are_restated_to_the_units_of_any_day(client, plan, root, upper, merged):
    sign_in(client, "leader", root)

    before = text(client, "unit", root.pk, ngay="2026-03-02", **{"co-cau": "ngay", "ngay-co-cau": "2025-06-30"})
    after = text(client, "unit", root.pk, ngay="2026-03-02")
    direct = text(client, "unit", root.pk, ngay="2026-03-02", **{"co-cau": "2025-06-30"})

    assert [">Giải thể<" in page for page in (before, after, direct)] == [True, False, True]
    assert "ngay-co-cau=2025-06-30" in before.replace("&amp;", "&")
    assert 'value="2025-07-01"' in before


def test_predecessors_are_listed_under_their_heir_each_on_its_last_day(client, plan, root, upper, merged):
    sign_in(client, "leader", root)

    page = text(client, "past", upper.pk, "T1", ngay="2026-03-02")

    assert page.count("30/06/2025") == 2
    assert page.index("Cũ") < page.index("Giải thể")
    assert f"{reverse('planning:target', args=[merged.pk, 'T1'])}?ngay=2025-06-30" in page
    assert "Không có đơn vị nào" in text(client, "past", root.pk, "T1", ngay="2026-03-02")


def test_people_transferred_and_people_ended_are_told_apart(client, plan, root, upper, merged):
    sign_in(client, "leader", root)

    shown = text(client, "target", root.pk, "T1", ngay="2025-12-31")

    assert "8 người trong cùng phạm vi này, 0 người ra ngoài phạm vi" in shown
    assert "kết thúc sinh hoạt cùng với đơn vị: 7 người" in shown
