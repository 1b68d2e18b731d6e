from datetime import date
from decimal import Decimal

import pytest

from loa.base.errors import Refused
from loa.base.periods import FOREVER, Period
from loa.ledger import queries as ledger
from loa.ledger.facts import SYSTEM
from loa.ledger.models import Entry
from loa.people.models import UnitPlace
from loa.planning import actions, queries
from loa.planning.models import CalendarEvent, PeriodKind, Plan, Target
from tests import make
from tests.planning import plans

pytestmark = pytest.mark.django_db
DECISION = "Quyết định số 12/QĐ-LĐLĐ ngày 01/3/2026 (minh họa)"


def in_force(target: Target, day: date) -> dict[int, Decimal]:
    return {row.year: row.value for row in queries.values(target.plan, on=day)[target.pk]}


def test_rebasing_keeps_what_was_owed_before():
    plan = plans.load(make.unit())
    target = plan.targets.get(code="T8")

    [new] = actions.rebase(target, 2026, Decimal(72), decision=DECISION, by=SYSTEM, at=make.NOON)

    assert in_force(target, date(2026, 3, 1))[2026] == 60
    assert in_force(target, date(2026, 3, 2)) == {2024: 60, 2025: 60, 2026: 72, 2027: 60, 2028: 60}
    old = target.values.get(year=2026, decision="")
    assert (old.valid_from, old.valid_to) == (date(2024, 1, 1), date(2026, 3, 2))
    assert (new.valid_from, new.valid_to, new.recorded_at) == (date(2026, 3, 2), FOREVER, make.NOON)
    [entry] = ledger.history(target.ref)
    assert entry.data == {
        "level": "upper",
        "year": 2026,
        "before": "60.0000",
        "after": "72",
        "decision": DECISION,
        "valid_from": "2026-03-02",
    }


def test_rebasing_twice_on_one_day_keeps_both_rows():
    target = plans.load(make.unit()).targets.get(code="T8")

    for value in (72, 80):
        actions.rebase(target, 2026, Decimal(value), decision=DECISION, by=SYSTEM, at=make.NOON)

    assert in_force(target, make.DAY)[2026] == 80
    assert target.values.filter(year=2026).count() == 3


def test_a_target_of_several_levels_is_rebased_at_one_or_at_all():
    target = plans.load(make.unit()).targets.get(code="T1")

    one = actions.rebase(target, 2026, Decimal(80), decision=DECISION, level="upper", by=SYSTEM, at=make.NOON)
    every = actions.rebase(target, 2026, Decimal(70), decision=DECISION, by=SYSTEM, at=make.NOON)

    assert [row.level.code for row in one] == ["upper"]
    assert [row.level.code for row in every] == ["province", "upper", "grassroots"]


@pytest.mark.parametrize(
    ("code", "year", "value", "decision"),
    [
        ("T8", 2026, Decimal(72), "  "),
        ("T8", 2026, Decimal(60), DECISION),
        ("T8", 2026, Decimal(-1), DECISION),
        ("T8", 2031, Decimal(72), DECISION),
        ("T1", 2026, Decimal(101), DECISION),
        ("T12", 2026, Decimal(5), DECISION),
    ],
)
def test_rebasing_is_refused(code, year, value, decision):
    target = plans.load(make.unit()).targets.get(code=code)
    before = Entry.objects.count()

    with pytest.raises(Refused):
        actions.rebase(target, year, value, decision=decision, by=SYSTEM, at=make.NOON)

    assert Entry.objects.count() == before


def test_rebasing_before_a_later_decision_is_refused():
    target = plans.load(make.unit()).targets.get(code="T8")
    actions.rebase(target, 2026, Decimal(72), decision=DECISION, by=SYSTEM, at=make.NOON)

    with pytest.raises(Refused):
        actions.rebase(
            target, 2026, Decimal(50), decision=DECISION, valid_from=date(2026, 1, 1), by=SYSTEM, at=make.NOON
        )


def test_only_planners_of_the_issuer_rebase():
    issuer = make.unit()
    target = plans.load(issuer).targets.get(code="T8")
    elsewhere = make.account(role="planner", unit=make.unit(parent=issuer))

    with pytest.raises(Refused):
        actions.rebase(target, 2026, Decimal(72), decision=DECISION, by=elsewhere, at=make.NOON)

    here = make.account(role="planner", unit=issuer)
    assert actions.rebase(target, 2026, Decimal(72), decision=DECISION, by=here, at=make.NOON)


def another(issuer) -> Plan:
    return Plan.objects.create(
        code="next",
        issuer=issuer,
        title="Kế hoạch tiếp theo",
        first=date(2025, 7, 1),
        last=date(2030, 12, 31),
        loaded_at=make.NOON,
    )


def test_a_plan_is_continued_by_another():
    issuer = make.unit()
    old, new = plans.load(issuer), another(make.unit())

    actions.continue_plan(old, into=new, decision=DECISION, by=SYSTEM, at=make.NOON)

    old.refresh_from_db()
    assert (old.state, old.continued_by) == ("continued", new)
    assert queries.newest_plan() == new
    assert queries.plan_on(date(2025, 3, 1)) == old
    assert queries.plan_on(date(2026, 3, 1)) == new
    assert ledger.history(old.ref)[0].data == {"into": new.ref, "decision": DECISION}


def test_a_plan_is_continued_once_and_never_by_itself():
    issuer = make.unit()
    old, new = plans.load(issuer), another(issuer)

    for into, decision in ((old, DECISION), (new, " ")):
        with pytest.raises(Refused):
            actions.continue_plan(old, into=into, decision=decision, by=SYSTEM, at=make.NOON)
    actions.continue_plan(old, into=new, decision=DECISION, by=SYSTEM, at=make.NOON)
    for plan, into in ((old, new), (new, Plan.objects.get(pk=old.pk))):
        with pytest.raises(Refused):
            actions.continue_plan(plan, into=into, decision=DECISION, by=SYSTEM, at=make.NOON)


def test_strangers_continue_nothing():
    issuer = make.unit()
    old, new = plans.load(issuer), another(issuer)

    with pytest.raises(Refused):
        actions.continue_plan(
            old, into=new, decision=DECISION, by=make.account(role="officer", unit=issuer), at=make.NOON
        )


def test_the_root_of_a_plan_is_the_heir_of_its_issuer():
    old, heir = make.unit(), make.unit(since=date(2025, 7, 1))
    plan = plans.load(old)
    place = UnitPlace.objects.get(unit=old)
    place.valid_to = date(2025, 7, 1)
    place.save(update_fields=["valid_to"])
    UnitPlace.objects.create(unit=old, path=heir.segment, living=False, valid_from=date(2025, 7, 1))

    assert queries.root_unit(plan, on=date(2025, 6, 30)) == old.pk
    assert queries.root_unit(plan, on=date(2025, 7, 1)) == heir.pk


def test_the_levels_of_the_plan_are_units_of_the_day():
    root = make.unit(kind_code="province", flags=("upper_level",))
    upper = make.unit(parent=root, kind_code="district", flags=("upper_level",))
    low = [make.unit(parent=upper) for _ in range(2)]
    plan = plans.load(root)
    level = {level.code: level.pk for level in plan.levels.all()}

    found = queries.levels_within(plan, root.segment, on=make.DAY)

    assert found.own(root.segment) == {level["province"]}, "a unit belongs to the first level that means it"
    assert found.own(root.segment + upper.segment) == {level["upper"]}
    assert dict(found.within(root.segment)) == {level["province"]: 1, level["upper"]: 1, level["grassroots"]: 2}
    assert dict(found.within(root.segment + upper.segment)) == {level["upper"]: 1, level["grassroots"]: 2}
    assert set(queries.units_of([plan.levels.get(code="grassroots")], plan=plan, on=make.DAY)) == set(low)
    assert list(queries.units_of([plan.levels.get(code="upper")], plan=plan, on=make.DAY)) == [upper]


def test_who_owes_as_the_issuer_does_not_owe_as_an_upper_level_union_too():
    root = make.unit(kind_code="province", flags=("upper_level",))
    upper = make.unit(parent=root, flags=("upper_level",))
    plans.load(root)

    assert list(queries.owing(PeriodKind.objects.get(code="half-year"), on=make.DAY)) == [upper]
    assert list(queries.owing(PeriodKind.objects.get(code="province-half-year"), on=make.DAY)) == [root]


def test_reports_run_from_cut_off_to_cut_off():
    plans.load(make.unit())
    half, year, *_others = queries.period_kinds()

    assert half.of(2026) == Period(first=date(2025, 12, 1), last=date(2026, 5, 31))
    assert year.of(2026) == Period(first=date(2025, 12, 1), last=date(2026, 11, 30))
    assert half.due_on(2026) == date(2026, 6, 10)


def test_units_of_a_reports_levels_owe_it():
    root = make.unit()
    upper = make.unit(parent=root, flags=("upper_level",))
    make.unit(parent=upper, flags=("grassroots",))
    plans.load(root)

    assert list(queries.owing(PeriodKind.objects.get(code="half-year"), on=make.DAY)) == [upper]


@pytest.mark.parametrize(
    ("code", "year", "first", "last"),
    [
        ("union-day", 2026, date(2026, 7, 28), date(2026, 7, 28)),
        ("gender-month", 2026, date(2026, 11, 15), date(2026, 12, 15)),
        ("tet", 2025, date(2025, 1, 29), date(2025, 1, 31)),
        ("tet", 2030, date(2030, 2, 2), date(2030, 2, 4)),  # 3 February where the moon is reckoned at UTC+8
        ("hung-kings", 2026, date(2026, 4, 26), date(2026, 4, 26)),
        ("tet-sum-vay", 2026, date(2026, 1, 19), date(2026, 2, 16)),
    ],
)
def test_days_return_by_the_sun_and_by_the_moon(code, year, first, last):
    plan = plans.load(make.unit())

    assert plan.events.get(code=code).occurrences(year) == [Period(first=first, last=last)]


def test_a_single_day_comes_once():
    unit = make.unit()
    event = CalendarEvent.objects.create(unit=unit, name="Đại hội", on=date(2027, 5, 5))

    assert event.occurrences(2026) == []
    assert event.occurrences(2027) == [Period(first=date(2027, 5, 5), last=date(2027, 5, 5))]


def test_the_last_day_of_the_lunar_year_is_its_29th_when_there_is_no_30th():
    event = CalendarEvent(name="Giao thừa", first_month=12, first_day=30, last_month=12, last_day=30, lunar=True)

    assert event.occurrences(2025) == [Period(first=date(2025, 1, 28), last=date(2025, 1, 28))]


def test_the_calendar_of_a_year_is_in_order():
    days = [occasion.period for occasion in queries.calendar(plans.load(make.unit()), 2026)]

    assert days == sorted(days)
    assert {period.first.year for period in days} == {2026}
