"""Units' own plans, plans that continue plans, plans compared, and the days of reports."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from loa.base.errors import Refused
from loa.ledger.facts import SYSTEM
from loa.ledger.models import Entry
from loa.planning import actions, floors, queries
from loa.planning.comparing import compare
from loa.planning.models import Plan, Target
from loa.planning.planfile import Level
from loa.planning.scorecard import scorecard
from tests import make
from tests.planning import plans

pytestmark = pytest.mark.django_db


@pytest.fixture
def root():
    return make.unit(code="ROOT", name="Liên đoàn Mẫu")


@pytest.fixture
def upper(root):
    return make.unit(code="QN", parent=root, name="Công đoàn Phường Mẫu", flags=("upper_level",))


@pytest.fixture
def plan(root, upper):
    return plans.load_with(
        root,
        plans.indicator("T1", "tests.joined", values={"province": 85, "upper": 85}),
        plans.indicator("T8", "tests.arrivals", unit="count", values={"upper": 60}),
        plans.indicator("T10", "tests.magazines", unit="count", values={"province": 1}),
    )


def draft(upper, plan, **values) -> Plan:
    wanted = {(code, 2026): Decimal(value) for code, value in values.items()}
    return actions.draft_plan(upper, under=plan, title="Kế hoạch của phường", wanted=wanted, by=SYSTEM, at=make.NOON)


def test_the_floor_is_what_the_plan_above_asks_of_the_unit(plan, root, upper):
    assert floors.floors(plan, upper.pk, on=make.DAY)["tests.arrivals", 2026] == 60
    assert ("tests.magazines", 2026) not in floors.floors(plan, upper.pk, on=make.DAY)


def test_a_units_own_plan_is_drafted_written_anew_adopted_and_measured(plan, root, upper):
    first = draft(upper, plan, T1=90, T8=72)
    again = draft(upper, plan, T8=80)
    assert queries.newest_plan() == plan
    assert queries.plan_on(make.DAY) == plan

    adopted = actions.adopt_plan(again, decision="Số 3 (minh họa)", by=SYSTEM, at=make.NOON)

    assert (first.pk, again.pk) == (adopted.pk, adopted.pk)
    assert (adopted.state, adopted.decision, adopted.adopted_on) == ("in-force", "Số 3 (minh họa)", make.DAY)
    assert list(adopted.targets.values_list("code", flat=True)) == ["T8"]
    plans.people(upper, 70, joined=65)
    with plans.registered(plans.Joined(), plans.Arrivals()):
        [own] = scorecard(upper.pk, on=make.DAY, plan=adopted).lines
        above = scorecard(upper.pk, on=make.DAY).line("T8")
    assert above
    assert [int(one.reading.goal.value) for one in (own, above) if one.reading.goal] == [80, 60]
    assert queries.plan_on(make.DAY) == plan
    kinds = list(Entry.objects.filter(subject=adopted.ref).order_by("id").values_list("kind", flat=True))
    assert kinds == ["planning.plan-drafted", "planning.plan-drafted", "planning.plan-adopted"]


@pytest.mark.parametrize(
    ("values", "said"),
    [({"T8": 59}, "ít nhất 60"), ({"T1": 101}, "Tỉ lệ"), ({"T77": 5}, "T77"), ({}, "ít nhất một chỉ tiêu")],
)
def test_a_draft_that_asks_for_less_or_for_nonsense_is_refused(plan, upper, values, said):
    before = Entry.objects.count()

    with pytest.raises(Refused, match=said):
        draft(upper, plan, **values)

    assert (Plan.objects.count(), Entry.objects.count()) == (1, before)


def test_an_adopted_plan_is_no_draft_any_more(plan, upper):
    made = actions.adopt_plan(draft(upper, plan, T8=72), decision="Số 3", by=SYSTEM, at=make.NOON)

    with pytest.raises(Refused, match="theo quyết định"):
        draft(upper, plan, T8=90)
    with pytest.raises(Refused, match="đã có hiệu lực"):
        actions.adopt_plan(made, decision="Số 4", by=SYSTEM, at=make.NOON)
    with pytest.raises(Refused, match="ít nhất 60"):
        actions.rebase(made.targets.get(), 2026, Decimal(50), decision="Số 5", by=SYSTEM, at=make.NOON)
    actions.rebase(made.targets.get(), 2026, Decimal(66), decision="Số 6", by=SYSTEM, at=make.NOON)


def test_only_planners_of_the_unit_draft_and_adopt(plan, root, upper):
    stranger = make.account(role="planner", unit=make.unit(parent=root))
    made = draft(upper, plan, T8=72)

    for act in (
        lambda: actions.draft_plan(
            upper, under=plan, title="x", wanted={("T8", 2026): Decimal(70)}, by=stranger, at=make.NOON
        ),
        lambda: actions.adopt_plan(made, decision="Số 3", by=stranger, at=make.NOON),
    ):
        with pytest.raises(Refused):
            act()
    with pytest.raises(Refused, match="quyết định"):
        actions.adopt_plan(made, decision=" ", by=SYSTEM, at=make.NOON)


def own_file(upper, value: int):
    said = plans.indicator("P8", "tests.arrivals", unit="count", values={"own": value})
    own = Level(id="own", name="Công đoàn phường", root=True, flag="", kind="")
    return replace(
        plans.planfile_of(upper), id="ke-hoach-phuong", parent="binh-dinh-2023-2028", indicators=(said,), levels=(own,),
        tasks=(), calendar=(), reports=(), content=(), kinds=(), themes=(), segments=(), objectives=(),
    )  # fmt: skip


def test_a_units_own_plan_comes_from_a_file_as_a_draft(plan, upper):
    with pytest.raises(Refused, match="ít nhất 60"):
        actions.load_plan(own_file(upper, 59), by=SYSTEM, at=make.NOON)

    made = actions.load_plan(own_file(upper, 65), by=SYSTEM, at=make.NOON).plan

    assert (made.state, made.parent) == ("draft", plan)
    with pytest.raises(Refused, match="đã có kế hoạch"):
        actions.load_plan(replace(own_file(upper, 65), id="ke-hoach-khac"), by=SYSTEM, at=make.NOON)


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_of_own_plans_costs_the_same(client, plan, root, upper, how_many, django_assert_max_num_queries):
    for number in range(how_many):
        draft(make.unit(parent=root, name=f"Công đoàn {number}", flags=("upper_level",)), plan, T8=72)
    client.force_login(make.account(role="planner", unit=root))
    url = reverse("planning:own-plans", args=[plan.code])
    client.get(url)

    with django_assert_max_num_queries(30):
        page = client.get(url).content.decode()

    assert f"{how_many} đơn vị đang dự thảo" in page
    assert "chưa có" in page


def test_a_planner_drafts_and_adopts_on_screen(client, plan, root, upper):
    client.force_login(make.account(role="planner", unit=upper))
    url = reverse("planning:draft", args=[plan.code, upper.pk])
    assert "ít nhất 60" in client.get(url).content.decode()
    key = f"v-{Target.objects.get(plan=plan, code='T8').pk}-2028"

    refused = client.post(url, {"title": "Kế hoạch phường", key: "50"})
    done = client.post(url, {"title": "Kế hoạch phường", key: "75"})
    made = Plan.objects.get(parent=plan)
    client.post(reverse("planning:adopt", args=[made.code]), {"decision": "Số 3/QĐ (minh họa)"})

    assert "ít nhất 60" in refused.content.decode()
    assert done.status_code == 302
    made.refresh_from_db()
    assert made.state == "in-force"
    page = client.get(reverse("planning:plan", args=[made.code])).content.decode()
    assert "Kế hoạch cấp trên yêu cầu" in page


@pytest.mark.parametrize("name", ["draft", "adopt", "continue"])
def test_others_neither_draft_nor_adopt_nor_continue(client, plan, root, upper, name):
    client.force_login(make.account(role="planner", unit=make.unit(parent=root)))
    args = [plan.code, upper.pk] if name == "draft" else [plan.code]

    assert client.post(reverse(f"planning:{name}", args=args)).status_code == 404


# Compared and continued.


def other_plan(root) -> Plan:
    said = replace(
        plans.planfile_of(root),
        id="ke-hoach-sau",
        title="Kế hoạch sau",
        indicators=(
            plans.indicator("C1", "tests.joined", values={"province": 90, "upper": 85}),
            plans.indicator("C2", "tests.surveys", unit="count", values={"province": 2}),
        ),
        period=replace(plans.planfile_of(root).period, first=date(2024, 1, 1)),
    )
    return actions.load_plan(said, by=SYSTEM, at=make.NOON).plan


def test_two_plans_are_compared_by_what_they_measure(plan, root):
    found = compare(plan, other_plan(root))

    [pair] = found.same
    assert (pair.one.code, pair.other.code) == ("T1", "C1")
    assert {(row.level, row.one, row.other) for row in pair.differences} == {("Cấp tỉnh", Decimal(85), Decimal(90))}
    assert [target.code for target in found.dropped] == ["T8", "T10"]
    assert [target.code for target in found.new] == ["C2"]


def test_a_plan_is_continued_after_seeing_what_it_means(client, plan, root):
    into = other_plan(root)
    client.force_login(make.account(role="planner", unit=root))
    url = reverse("planning:continue", args=[plan.code])

    preview = client.post(url, {"into": into.code, "decision": "Số 9 (minh họa)"})
    plan.refresh_from_db()
    still = plan.state
    done = client.post(url, {"into": into.code, "decision": "Số 9 (minh họa)", "sure": "1"})

    plan.refresh_from_db()
    assert "Kế hoạch sau" in preview.content.decode()
    assert (still, done.status_code, plan.continued_by) == ("in-force", 302, into)
    assert into.title in client.get(reverse("planning:compare", args=[plan.code]), {"voi": into.code}).content.decode()


def test_a_plan_is_not_continued_by_a_units_own_one(plan, upper):
    with pytest.raises(Refused, match="không nằm dưới"):
        actions.continue_plan(plan, into=draft(upper, plan, T8=72), decision="Số 9", by=SYSTEM, at=make.NOON)


# The days of reports.


def test_the_days_of_a_report_are_confirmed_and_stay_when_the_file_comes_again(client, root):
    plans.load(root)
    kind = queries.period_kinds().get(code="year")
    client.force_login(make.account(role="planner", unit=root))
    url = reverse("planning:confirm-period", args=[kind.pk])

    wrong = client.post(url, {"due_days": "x", "source": ""})
    client.post(url, {"due_days": "15", "source": "Công văn số 7 (minh họa)"})
    plans.load(root)

    kind.refresh_from_db()
    assert wrong.status_code == 422
    assert (kind.due_days, kind.due_verified, kind.due_source) == (15, True, "Công văn số 7 (minh họa)")
    page = client.get(reverse("planning:settings", args=[kind.plan.code])).content.decode()
    assert "Công văn số 7" in page
    assert "Công đoàn cơ sở" in page


@pytest.mark.parametrize(("due_days", "source", "by"), [(500, "Số 7", None), (5, " ", None), (5, "Số 7", "officer")])
def test_nonsense_about_days_is_refused_and_records_nothing(root, due_days, source, by):
    plans.load(root)
    kind, before = queries.period_kinds().get(code="year"), Entry.objects.count()
    actor = make.account(role=by, unit=root) if by else SYSTEM

    with pytest.raises(Refused):
        actions.confirm_period(kind, by=actor, at=make.NOON, due_days=due_days, source=source)

    assert Entry.objects.count() == before
