"""A lower unit's own plan below that of its federation: drafted on screen, then adopted by a decision."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.numbers import number
from loa.ledger import actions as ledger
from loa.ledger.facts import Actor
from loa.people.models import Unit

from .. import floors, policies
from ..events import PlanAdopted, PlanDrafted
from ..models import Level, Plan, Target, TargetValue

OWN = "own"
"""The one level of a plan drafted on screen: the unit that issues it."""

Wanted = Mapping[tuple[str, int], Decimal]
"""By the code of a target of the plan above and the year: what the unit sets itself."""


@transaction.atomic
def draft_plan(unit: Unit, *, under: Plan, title: str, wanted: Wanted, by: Actor, at: datetime) -> Plan:
    """Make the unit's draft below `under`, or write it anew; nothing counts before it is adopted."""
    on = today(at)
    if not policies.can_manage_plan(by, unit.pk, on=on):
        raise Refused(_("You may not make a plan for this unit."))
    if not title.strip():
        raise Refused(_("Please give the plan a title."))
    if not wanted:
        raise Refused(_("Please set a figure for at least one target."))
    floor = floors.floors(under, unit.pk, on=on)
    known = {target.code: target for target in under.targets.all()}
    _refuse_lower(wanted, floor, known)
    plan = Plan.objects.select_for_update().filter(parent=under, issuer=unit).first()
    if plan is not None and plan.state != Plan.State.DRAFT:
        raise Refused(_("This plan has been adopted; its figures change by a decision only."))
    plan = _written(plan, unit, under, title.strip(), at=at)
    _write_values(plan, known, wanted, at=at)
    fact = PlanDrafted(subject=plan.ref, unit_id=unit.pk, under=under.ref, targets=len({code for code, _y in wanted}))
    ledger.record(fact, by=by, at=at)
    return plan


@transaction.atomic
def adopt_plan(plan: Plan, *, decision: str, by: Actor, at: datetime) -> Plan:
    """From now on the draft is the unit's plan, by a decision with its number, issuer and day."""
    plan = Plan.objects.select_for_update().get(pk=plan.pk)
    if not policies.can_manage_plan(by, plan.issuer_id, on=today(at)):
        raise Refused(_("You may not adopt this plan."))
    if plan.state != Plan.State.DRAFT:
        raise Refused(_("This plan is in force already."))
    if not decision.strip():
        raise Refused(_("Please name the decision, with its issuer and its day."))
    plan.state, plan.decision, plan.adopted_on = Plan.State.IN_FORCE, decision.strip(), today(at)
    plan.save(update_fields=["state", "decision", "adopted_on"])
    ledger.record(PlanAdopted(subject=plan.ref, unit_id=plan.issuer_id, decision=plan.decision), by=by, at=at)
    return plan


def _refuse_lower(wanted: Wanted, floor: floors.Floors, known: Mapping[str, Target]) -> None:
    wrong = []
    for (code, year), value in wanted.items():
        if code not in known:
            raise Refused(_("The plan above has no target %(target)s.") % {"target": code})
        if value < 0 or (known[code].percent and value > 100):
            raise Refused(_("A percentage lies between 0 and 100, a number is 0 or more."))
        least = floor.get((known[code].measure, year))
        if least is not None and value < least:
            told = {"target": code, "year": year, "least": number(least), "value": number(value)}
            wrong.append(_("%(target)s, %(year)d: at least %(least)s, not %(value)s") % told)
    if wrong:
        raise Refused(
            _("A unit's own plan may ask for more than the plan above, not for less:") + " " + "; ".join(wrong)
        )


def _written(plan: Plan | None, unit: Unit, under: Plan, title: str, *, at: datetime) -> Plan:
    if plan is None:
        first = max(under.first, date(today(at).year, 1, 1))
        plan = Plan.objects.create(
            code=f"{under.code}-{unit.code}".lower()[:80],
            issuer=unit,
            parent=under,
            title=title,
            first=first,
            last=under.last,
            state=Plan.State.DRAFT,
            loaded_at=at,
        )
        Level.objects.create(plan=plan, code=OWN, position=0, name=_("The unit itself"), root=True)
    else:
        plan.title = title
        plan.save(update_fields=["title"])
        TargetValue.objects.filter(target__plan=plan).delete()
        plan.targets.all().delete()
    return plan


def _write_values(plan: Plan, known: Mapping[str, Target], wanted: Wanted, *, at: datetime) -> None:
    level = plan.levels.get(code=OWN)
    for code in dict.fromkeys(code for code, _year in wanted):
        target = Target.objects.get(pk=known[code].pk)
        target.pk, target.plan, target._state.adding = None, plan, True
        target.save(force_insert=True)
        TargetValue.objects.bulk_create(
            TargetValue(target=target, level=level, year=year, value=value, valid_from=plan.first, recorded_at=at)
            for (of, year), value in wanted.items()
            if of == code
        )
