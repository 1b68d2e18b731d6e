"""What may be done to a plan once it is loaded: continue it by another, re-base a figure."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.numbers import number
from loa.base.periods import FOREVER
from loa.ledger import actions as ledger
from loa.ledger.facts import Actor

from .. import floors, policies
from ..events import PeriodConfirmed, PlanContinued, TargetRebased
from ..models import PeriodKind, Plan, Target, TargetValue


@transaction.atomic
def continue_plan(plan: Plan, *, into: Plan, decision: str, by: Actor, at: datetime) -> None:
    """Say that from now on `into` stands for `plan`, as when the federation that issued it became part of another."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if not all(policies.can_manage_plan(by, one.issuer_id, on=today(at)) for one in (plan, into)):
        raise Refused(_("You may not continue this plan."))
    if Plan.State.DRAFT in {plan.state, into.state} or into.parent_id is not None:
        raise Refused(_("A plan is continued by one that is in force and stands below no other."))
    if plan.state == Plan.State.CONTINUED:
        raise Refused(_("This plan has already been continued by another one."))
    if plan.pk in _chain(into):
        raise Refused(_("A plan can not continue itself."))
    if not decision.strip():
        raise Refused(_("Please name the decision, with its issuer and its day."))
    plan.state = Plan.State.CONTINUED
    plan.continued_by = into
    plan.save(update_fields=["state", "continued_by"])
    fact = PlanContinued(subject=plan.ref, unit_id=plan.issuer_id, into=into.ref, decision=decision.strip())
    ledger.record(fact, by=by, at=at)


def _chain(plan: Plan) -> set[int]:
    """The plan and those that continue it, one after another."""
    keys = set()
    following: Plan | None = plan
    while following is not None:
        keys.add(following.pk)
        following = following.continued_by
    return keys


@transaction.atomic
def rebase(
    target: Target,
    year: int,
    value: Decimal,
    *,
    decision: str,
    by: Actor,
    at: datetime,
    level: str = "",
    valid_from: date | None = None,
) -> list[TargetValue]:
    """Change what is owed in `year`, by `decision`, from `valid_from` (the day of `at`) on; at one `level`, or at all.

    The old figure stays with its dates: a scorecard of an earlier day still measures against it.
    """
    since = valid_from or today(at)
    if not policies.can_manage_plan(by, target.plan.issuer_id, on=today(at)):
        raise Refused(_("You may not change the targets of this plan."))
    if not decision.strip():
        raise Refused(_("Please name the decision, with its issuer and its day."))
    if value < 0 or (target.percent and value > 100):
        raise Refused(_("A percentage lies between 0 and 100, a number is 0 or more."))
    rows = target.values.select_for_update().filter(year=year, valid_to=FOREVER)
    if level:
        rows = rows.filter(level__code=level)
    old = list(rows.order_by("level__position"))
    if not old:
        raise Refused(_("The plan has no figure of %(target)s for %(year)d.") % {"target": target.code, "year": year})
    _refuse_below_parent(target, year, value, on=today(at))
    if all(row.value == value for row in old):
        raise Refused(_("This is the figure already in force."))
    if any(row.valid_from > since for row in old):
        raise Refused(_("A later decision on this figure has already been recorded."))
    return [_replace(row, value, decision=decision.strip(), since=since, by=by, at=at) for row in old]


def _refuse_below_parent(target: Target, year: int, value: Decimal, *, on: date) -> None:
    """A unit's own plan may ask for more than the plan above, not for less."""
    if target.plan.parent is None:
        return
    least = floors.floors(target.plan.parent, target.plan.issuer_id, on=on).get((target.measure, year))
    if least is not None and value < least:
        raise Refused(_("The plan above asks for at least %(least)s.") % {"least": number(least)})


@transaction.atomic
def confirm_period(kind: PeriodKind, *, due_days: int, source: str, by: Actor, at: datetime) -> PeriodKind:
    """Say how many days a report has after its cut-off, and where that is written; the file no longer does."""
    kind = PeriodKind.objects.select_for_update(of=("self",)).select_related("plan").get(pk=kind.pk)
    if not policies.can_manage_plan(by, kind.plan.issuer_id, on=today(at)):
        raise Refused(_("You may not change the reports of this plan."))
    if not source.strip():
        raise Refused(_("Please say where these days are written."))
    if not 0 <= due_days <= 120:
        raise Refused(_("A report has between 0 and 120 days."))
    fact = PeriodConfirmed(
        subject=kind.ref, unit_id=kind.plan.issuer_id, before=kind.due_days, after=due_days, source=source.strip()
    )
    kind.due_days, kind.due_verified, kind.due_source = due_days, True, source.strip()
    kind.save(update_fields=["due_days", "due_verified", "due_source"])
    ledger.record(fact, by=by, at=at)
    return kind


def _replace(old: TargetValue, value: Decimal, *, decision: str, since: date, by: Actor, at: datetime) -> TargetValue:
    old.valid_to = since
    old.save(update_fields=["valid_to"])
    new = TargetValue.objects.create(
        target_id=old.target_id,
        level_id=old.level_id,
        year=old.year,
        value=value,
        decision=decision,
        valid_from=since,
        recorded_at=at,
    )
    fact = TargetRebased(
        subject=old.target.ref,
        unit_id=old.target.plan.issuer_id,
        level=old.level.code,
        year=old.year,
        before=old.value,
        after=value,
        decision=decision,
        valid_from=since,
    )
    ledger.record(fact, by=by, at=at)
    return new
