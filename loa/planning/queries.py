"""What can be asked of plans, their levels on a day, tasks and the calendar."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    Count,
    F,
    Q,
    QuerySet,
    SmallIntegerField,
    Value,
    When,
)

from loa.base.periods import Period
from loa.people.models import Account, Unit, UnitFlag, UnitKind, UnitPlace, UnitVersion
from loa.people.models.units import SEGMENT
from loa.people.policies import Scope, accounts_with, units_on
from loa.people.queries import Node, by_child, unit_of
from loa.people.roles import Ability

from .models import CalendarEvent, Clause, Level, PeriodKind, Plan, Target, TargetValue, Task
from .models.tasks import TaskQuerySet
from .standing import key_of


def plans() -> QuerySet[Plan]:
    """Newest first."""
    return Plan.objects.select_related("issuer", "continued_by", "parent").order_by("-first", "-pk")


def newest_plan() -> Plan | None:
    return plans().filter(continued_by__isnull=True, parent__isnull=True).first()


def plan_with_code(code: str) -> Plan:
    """Raises Plan.DoesNotExist."""
    return plans().get(code=code)


def plan_on(day: date) -> Plan | None:
    """The plan to measure by on `day`: the newest whose period holds it, else the newest of all."""
    return plans().filter(first__lte=day, last__gte=day, parent__isnull=True).first() or newest_plan()


def root_unit(plan: Plan, *, on: date) -> int:
    """The unit that answers for the whole plan on `on`: its issuer, or whoever took over from it.

    Raises Unit.DoesNotExist when the issuer did not exist yet.
    """
    place = UnitPlace.objects.on(on).filter(unit_id=plan.issuer_id).first()
    if place is None:
        raise Unit.DoesNotExist
    return unit_of(place.path)


def targets(plan: Plan) -> list[Target]:
    return list(plan.targets.order_by("position"))


def unit(pk: int) -> Unit:
    """Raises Unit.DoesNotExist."""
    return Unit.objects.get(pk=pk)


def own_plan(above: Plan, unit_id: int) -> Plan | None:
    """The unit's own plan below `above`."""
    return plans().filter(parent=above, issuer_id=unit_id).first()


@dataclass(frozen=True, kw_only=True)
class OwnPlan:
    unit_id: int
    name: str
    plan: Plan | None
    manages: bool
    """Whether whoever looks may make it."""


@dataclass(frozen=True, kw_only=True)
class OwnPlans:
    rows: Sequence[OwnPlan] = ()
    after: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)


def own_plans(above: Plan, seeing: Scope, managing: Scope, *, on: date, after: str = "", limit: int = 100) -> OwnPlans:
    """The units of the first level below the issuer, by name, with their own plans below `above`: paged by key."""
    level = above.levels.filter(root=False).order_by("position").first()
    if level is None:
        return OwnPlans()
    units = seeing.narrow(UnitVersion.objects.on(on).filter(unit__in=units_of([level], plan=above, on=on).values("pk")))
    below = Plan.objects.filter(parent=above, issuer__in=units.values("unit_id"))
    counts = {
        "all": units.count(),
        "have": below.exclude(state=Plan.State.DRAFT).count(),
        "drafts": below.filter(state=Plan.State.DRAFT).count(),
    }
    if (seen := key_of(after)) and (last := units.filter(unit_id=seen).values_list("name_key", flat=True).first()):
        units = units.filter(Q(name_key__gt=last) | Q(name_key=last, unit_id__gt=seen))
    page = list(units.order_by("name_key", "unit_id")[: limit + 1])
    found = {plan.issuer_id: plan for plan in below.filter(issuer__in=[version.unit_id for version in page])}
    mine = set(
        managing.narrow(Unit.objects.filter(pk__in=[version.unit_id for version in page]), unit="pk").values_list(
            "pk", flat=True
        )
    )
    rows = [
        OwnPlan(unit_id=one.unit_id, name=one.name, plan=found.get(one.unit_id), manages=one.unit_id in mine)
        for one in page[:limit]
    ]
    return OwnPlans(rows=rows, after=str(rows[-1].unit_id) if len(page) > limit else "", counts=counts)


def levels_with_numbers(plan: Plan, *, on: date) -> list[tuple[Level, str, int]]:
    """Each level, the name of its flag or kind, and how many units it means on `on`: one query for all numbers."""
    numbers = dict(_meant_by(plan, on=on).order_by().values_list("level").annotate(Count("pk")))
    names = {("flag", code): name for code, name in UnitFlag.objects.values_list("code", "name")}
    names |= {("kind", code): name for code, name in UnitKind.objects.values_list("code", "name")}
    found = plan.levels.order_by("position")
    return [
        (level, names.get(("flag", level.flag)) or names.get(("kind", level.kind), ""), numbers.get(level.pk, 0))
        for level in found
    ]


def period_kind(pk: int) -> PeriodKind:
    """Raises PeriodKind.DoesNotExist."""
    return PeriodKind.objects.select_related("plan").get(pk=pk)


def askable(task: Task, *, on: date, limit: int = 50) -> list[tuple[int, str]]:
    """Keys and names of those who may be asked to answer for the task: whoever does tasks in its unit."""
    place = UnitPlace.objects.on(on).filter(unit_id=task.unit_id).values_list("path", flat=True).first()
    if place is None:
        return []
    return [(one.pk, str(one)) for one in accounts_with({Ability.DO_TASKS}, on=on, path=place).order_by("name")[:limit]]


def account(pk: int) -> Account:
    """Raises Account.DoesNotExist."""
    return Account.objects.get(pk=pk)


def tasks_within(account: Account, scope: Scope, *, whose: str, late: bool, words: str, on: date) -> QuerySet[Task]:
    """Open tasks in the scope: one's own (`toi`), those of nobody (`chua-ai`), or all (`tat-ca`), by due date."""
    found = scope.narrow(Task.objects.to_do()).select_related("unit", "plan", "owner")
    if whose == "toi":
        found = found.filter(owner=account)
    elif whose == "chua-ai":
        found = found.filter(owner__isnull=True)
    if late:
        found = found.filter(due_on__lt=on)
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(unit__code__icontains=word))
    return found.order_by(F("due_on").asc(nulls_last=True), "pk")


def target(pk: int) -> Target:
    """Raises Target.DoesNotExist."""
    return Target.objects.select_related("plan").get(pk=pk)


def values(plan: Plan, *, on: date) -> dict[int, list[TargetValue]]:
    """By target: what was owed, as the plan and the decisions stood on `on` (a plan not yet begun: as it begins)."""
    found: dict[int, list[TargetValue]] = defaultdict(list)
    rows = TargetValue.objects.on(max(on, plan.first)).filter(target__plan=plan)
    for row in rows.order_by("year", "level__position"):
        found[row.target_id].append(row)
    return found


def rebased(plan: Plan, *, after: date, until: date) -> QuerySet[TargetValue]:
    """The figures that decisions changed in the days after one day up to another."""
    rows = TargetValue.objects.filter(target__plan=plan, valid_from__gt=after, valid_from__lte=until)
    return rows.exclude(decision="").select_related("target", "level").order_by("valid_from", "pk")


def value_history(target: Target) -> QuerySet[TargetValue]:
    """Every figure ever owed, with the decisions that changed it."""
    return target.values.select_related("level").order_by("year", "level__position", "valid_from", "pk")


def clauses(group: str, *, plan: Plan | None = None) -> QuerySet[Clause]:
    """What the plan (the newest, unless one is given) says under `group`, one of `Clause.Group`."""
    plan = plan or newest_plan()
    return Clause.objects.filter(plan=plan, group=group).order_by("position") if plan else Clause.objects.none()


# --- levels


@dataclass(frozen=True, kw_only=True)
class Levels:
    """Which levels of a plan the unit asked about and its children have, and how many units of each stand below."""

    of: Mapping[str, set[int]]
    """Path of the unit or of a child → keys of its own levels."""
    below: Mapping[str, Mapping[int, int]]
    """Path of the unit or of a child → key of a level → units in its subtree, itself included; not of single units."""

    def own(self, path: str) -> set[int]:
        return self.of.get(path, set())

    def within(self, path: str) -> Mapping[int, int]:
        return self.below.get(path) or dict.fromkeys(self.own(path), 1)

    def alike(self, path: str) -> frozenset[int] | str:
        """The same for places where the same is owed: units with nothing below them differ by their levels alone."""
        return path if path in self.below else frozenset(self.own(path))


def levels_within(plan: Plan, path: str, *, on: date) -> Levels:
    """Which units below `path` the plan's levels mean on `on`, in one query over the units (two small ones besides).

    A unit belongs to the first level that means it.
    """
    rows = (
        by_child(_meant_by(plan, on=on), path, on=on)
        .annotate(itself=Case(When(place__path=F("child"), then=True), default=False, output_field=BooleanField()))
        .values("child", "level", "itself")
        .annotate(units=Count("pk"))
        .order_by()
    )
    of: dict[str, set[int]] = defaultdict(set)
    below: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        if row["itself"]:
            of[row["child"]].add(row["level"])
        for place in {path, row["child"]}:
            below[place][row["level"]] += row["units"]
    return Levels(of=of, below=below)


def levels_of_all(plan: Plan, path: str, *, on: date) -> Levels:
    """The same for every unit of the subtree, for those that are shown beside one another whatever their place."""
    rows = by_child(_meant_by(plan, on=on), path, on=on, every=True).values_list("child", "level").order_by()
    of: dict[str, set[int]] = defaultdict(set)
    beside = Counter[tuple[str, int]]()
    for place, level in rows:
        of[place].add(level)
        beside[place[:-SEGMENT], level] += 1
    below: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for (place, level), units in beside.items():
        for end in range(len(path), len(place) + 1, SEGMENT):
            below[place[:end]][level] += units
    for place, within in below.items():
        for level in of.get(place, ()):
            within[level] += 1
    return Levels(of=of, below=below)


def _meant_by(plan: Plan, *, on: date) -> QuerySet[Any]:
    """The units alive on `on` that the levels of `plan` mean, each with its `level`."""
    root = UnitPlace.objects.on(on).filter(unit_id=plan.issuer_id).values_list("path", flat=True).first()
    levels = sorted(plan.levels.all(), key=lambda level: level.position)
    return _meant(levels, root_id=unit_of(root) if root else 0, on=on)


def _meant(levels: Sequence[Level], *, root_id: int, on: date) -> QuerySet[UnitVersion]:
    """The units alive on `on` that one of the levels means, each with the key of the first such `level`."""
    # Asked once for all units, not once for each: PostgreSQL hashes such a list even before it knows its tables' sizes.
    flagged = UnitVersion.flags.through.objects.order_by()
    whens = []
    for level in levels:
        if level.root:
            means = Q(unit_id=root_id)
        elif level.flag:
            means = Q(pk__in=flagged.filter(unitflag__code=level.flag).values("unitversion_id"))
        else:
            means = Q(kind__code=level.kind)
        whens.append(When(means, then=Value(level.pk)))
    which = Case(*whens, default=None, output_field=BigIntegerField(null=True))
    return UnitVersion.objects.on(on).annotate(level=which).filter(level__isnull=False)


def units_of(levels: Sequence[Level], *, plan: Plan, on: date) -> QuerySet[Unit]:
    """The units alive on `on` that belong to one of these levels: to the first of the plan's that means them."""
    meant = _meant_by(plan, on=on).filter(level__in=[level.pk for level in levels])
    return Unit.objects.filter(pk__in=meant.values("unit_id"))


def open_to(scope: Scope, nodes: Sequence[Node]) -> list[Node]:
    """Those of `nodes` that the scope covers."""
    covered = set(scope.places().filter(unit_id__in=[node.unit_id for node in nodes]).values_list("unit_id", flat=True))
    return [node for node in nodes if node.unit_id in covered]


def nearest_code(code: str) -> str:
    """The code of a unit that looks most like this one, or ""."""
    found = get_close_matches(code.upper(), Unit.objects.values_list("code", flat=True), n=1)
    return found[0] if found else ""


# --- reports that a plan asks for


def period_kinds(plan: Plan | None = None) -> QuerySet[PeriodKind]:
    """The reports that the plan (the newest, unless one is given) asks for each year."""
    plan = plan or newest_plan()
    found = PeriodKind.objects.select_related("plan").prefetch_related("levels", "plan__levels").order_by("position")
    return found.filter(plan=plan) if plan else found.none()


def owing(kind: PeriodKind, *, on: date) -> QuerySet[Unit]:
    """The units that owe this report on `on`."""
    return units_of(list(kind.levels.all()), plan=kind.plan, on=on)


# --- tasks and calendar


def tasks_of_plan(plan: Plan) -> TaskQuerySet:
    return Task.objects.filter(plan=plan, subject="").select_related("owner").order_by("pk")


def tasks_for(account: Account, scope: Scope) -> TaskQuerySet:
    """What `account` has taken, and what nobody has taken yet in the units of its `scope`: own first, by due date."""
    within = scope.narrow(Task.objects.to_do()).filter(Q(owner=account) | Q(owner__isnull=True))
    mine = Case(When(owner=account, then=0), default=1, output_field=SmallIntegerField())
    found = within.select_related("unit", "plan", "owner").annotate(mine=mine)
    return found.order_by("mine", F("due_on").asc(nulls_last=True), "pk")


def tasks_of_unit(unit_id: int) -> QuerySet[Task]:
    """What is still to be done in the unit itself, by due date."""
    return Task.objects.to_do().filter(unit_id=unit_id).order_by(F("due_on").asc(nulls_last=True), "pk")


def open_tasks(scope: Scope) -> QuerySet[Task]:
    """All that is to do in the units of the scope, whoever has taken it, by due date."""
    found = scope.narrow(Task.objects.to_do()).select_related("unit", "owner")
    return found.order_by(F("due_on").asc(nulls_last=True), "pk")


def tasks_about(subjects: Iterable[str]) -> dict[str, Task]:
    """What is still to be done about each of these things, what is due first: one query."""
    found = Task.objects.to_do().filter(subject__in=list(subjects)).select_related("owner")
    found = found.order_by(F("due_on").desc(nulls_first=True), "-pk")
    return {task.subject: task for task in found}


def task(pk: int, scope: Scope) -> Task:
    """Raises Task.DoesNotExist, also for tasks outside the scope."""
    return scope.narrow(Task.objects.select_related("unit", "plan", "owner")).get(pk=pk)


@dataclass(frozen=True, kw_only=True)
class Occasion:
    event: CalendarEvent
    period: Period


def calendar(plan: Plan, year: int) -> list[Occasion]:
    """The plan's days that begin in `year`, in order."""
    found = [
        Occasion(event=event, period=period)
        for event in plan.events.order_by("pk")
        for period in event.occurrences(year)
    ]
    return sorted(found, key=lambda occasion: occasion.period)


def occasions(scope: Scope, period: Period) -> list[Occasion]:
    """What plans and units keep on days of the period, in order: those of the scope, and those of the units above it.

    Of plans only those that run then; one query.
    """
    found = CalendarEvent.objects.filter(
        Q(plan__isnull=True) | Q(plan__first__lte=period.last, plan__last__gte=period.first)
    )
    if not scope.everything:
        above = {unit_id for path in scope.paths for unit_id in units_on(path)}
        found = found.filter(Q(unit_id__in=above) | Q(unit_id__in=scope.places().values("unit_id")))
    years = range(period.first.year - 1, period.last.year + 1)
    kept = [
        Occasion(event=event, period=time)
        for event in found.order_by("pk")
        for year in years
        for time in event.occurrences(year)
        if time.first <= period.last and time.last >= period.first
    ]
    return sorted(kept, key=lambda occasion: occasion.period)
