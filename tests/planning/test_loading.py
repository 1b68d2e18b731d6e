from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from loa.base.errors import Refused
from loa.base.periods import FOREVER
from loa.ledger import queries as ledger
from loa.ledger.facts import SYSTEM
from loa.planning import actions, planfile, queries
from loa.planning.models import CalendarEvent, Plan, Target, TargetValue, Task
from tests import make
from tests.planning import plans

pytestmark = pytest.mark.django_db


def changed(said: planfile.PlanFile, code: str, value: int) -> planfile.PlanFile:
    """The same file with another figure in every year of one target."""
    return replace(
        said,
        indicators=tuple(
            replace(one, targets=tuple(replace(target, value=Decimal(value)) for target in one.targets))
            if one.id == code
            else one
            for one in said.indicators
        ),
    )


def test_the_plan_is_taken_over_whole():
    said = plans.planfile_of(make.unit(code="LDLD"))

    outcome = actions.load_plan(said, by=SYSTEM, at=make.NOON)

    plan = outcome.plan
    assert (plan.code, plan.issuer.code, plan.first.year, plan.last.year) == ("binh-dinh-2023-2028", "LDLD", 2024, 2028)
    assert [target.code for target in queries.targets(plan)] == [one.id for one in said.indicators]
    assert TargetValue.objects.count() == sum(len(one.targets) for one in said.indicators)
    assert Task.objects.count() == len(said.tasks)
    assert CalendarEvent.objects.count() == len(said.calendar)
    assert [theme.code for theme in queries.clauses("theme")] == [f"N2.{number}" for number in range(1, 9)]
    [entry] = ledger.history(plan.ref)
    assert (entry.kind, entry.actor, entry.data["added"]) == ("planning.plan-loaded", "system", outcome.added)


def test_the_same_file_again_changes_nothing():
    said = plans.planfile_of(make.unit())
    first = actions.load_plan(said, by=SYSTEM, at=make.NOON)

    again = actions.load_plan(said, by=SYSTEM, at=make.NOON + timedelta(days=400))

    assert (again.added, again.changed, again.removed) == (0, 0, 0)
    assert again.unchanged == first.added
    assert ledger.history(first.plan.ref).count() == 1


def test_another_wording_follows_the_file_and_keeps_what_was_done():
    said = plans.planfile_of(make.unit())
    plan = actions.load_plan(said, by=SYSTEM, at=make.NOON).plan
    task = actions.finish(Task.objects.earliest("pk"), proof="Đã ban hành.", by=SYSTEM, at=make.NOON)
    reworded = replace(said, tasks=(replace(said.tasks[0], short="Tên khác"), *said.tasks[1:]))

    outcome = actions.load_plan(reworded, by=SYSTEM, at=make.NOON)

    task.refresh_from_db()
    assert (task.title, task.state, task.proof) == ("Tên khác", "done", "Đã ban hành.")
    assert (outcome.plan, outcome.added, outcome.changed) == (plan, 0, 2)  # the task, and the plan's fingerprint


def test_a_day_the_file_no_longer_names_leaves_the_calendar():
    said = plans.planfile_of(make.unit())
    plan = actions.load_plan(said, by=SYSTEM, at=make.NOON).plan

    outcome = actions.load_plan(replace(said, calendar=said.calendar[1:]), by=SYSTEM, at=make.NOON)

    assert outcome.removed == 1
    assert not plan.events.filter(code=said.calendar[0].id).exists()


def test_a_changed_promise_is_refused_and_nothing_happens():
    said = plans.planfile_of(make.unit())
    plan = actions.load_plan(said, by=SYSTEM, at=make.NOON).plan

    with pytest.raises(Refused, match=r"T8, upper, 2024: 60 .* 50"):
        actions.load_plan(changed(said, "T8", 50), by=SYSTEM, at=make.NOON)

    assert set(TargetValue.objects.filter(target__code="T8").values_list("value", flat=True)) == {60}
    assert ledger.history(plan.ref).count() == 1


def test_a_target_that_disappeared_is_refused():
    said = plans.planfile_of(make.unit())
    actions.load_plan(said, by=SYSTEM, at=make.NOON)

    with pytest.raises(Refused, match="T1"):
        actions.load_plan(replace(said, indicators=said.indicators[1:]), by=SYSTEM, at=make.NOON)

    assert Target.objects.filter(code="T1").exists()


@pytest.mark.parametrize("figure", [60, 72])
def test_after_rebasing_the_old_file_and_the_new_one_both_load(figure):
    said = plans.planfile_of(make.unit())
    actions.load_plan(said, by=SYSTEM, at=make.NOON)
    target = Target.objects.get(code="T8")
    for year in range(2024, 2029):
        actions.rebase(target, year, Decimal(72), decision="Số 5, ngày 1/3/2026", by=SYSTEM, at=make.NOON)

    actions.load_plan(changed(said, "T8", figure), by=SYSTEM, at=make.NOON)

    in_force = TargetValue.objects.filter(target=target, valid_to=FOREVER)
    assert set(in_force.values_list("value", flat=True)) == {72}


def test_a_plan_of_an_unknown_unit_is_refused():
    said = replace(plans.planfile_of(make.unit()), issuer_code="NOBODY")

    with pytest.raises(Refused, match="NOBODY"):
        actions.load_plan(said, by=SYSTEM, at=make.NOON)

    assert not Plan.objects.exists()


def test_a_plan_keeps_its_issuer():
    said = plans.planfile_of(make.unit())
    actions.load_plan(said, by=SYSTEM, at=make.NOON)

    with pytest.raises(Refused):
        actions.load_plan(replace(said, issuer_code=make.unit().code), by=SYSTEM, at=make.NOON)


@pytest.mark.parametrize(("role", "may"), [("planner", True), ("administrator", True), ("officer", False)])
def test_planners_load_the_plans_of_their_unit(role, may):
    issuer = make.unit()
    account = make.account(role=role, unit=issuer)

    if may:
        actions.load_plan(plans.planfile_of(issuer), by=account, at=make.NOON)
    else:
        with pytest.raises(Refused):
            actions.load_plan(plans.planfile_of(issuer), by=account, at=make.NOON)

    assert Plan.objects.exists() is may
