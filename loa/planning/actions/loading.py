"""A plan's file taken over into the database: all of it or nothing, and a second time without any change.

What was promised is not changed by a file. A file whose figures differ from those of the plan, or which no longer
names a target, is refused with every difference; `rebase` changes a figure, with its decision. Wordings, the calendar
and the days of reports follow the file; tasks keep what has been done about them.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.numbers import number
from loa.base.periods import FOREVER
from loa.ledger import actions as ledger
from loa.ledger.facts import Actor
from loa.people.models import Unit

from .. import floors, policies
from ..events import PlanLoaded
from ..models import CalendarEvent, Clause, Level, PeriodKind, Plan, Target, TargetValue, Task
from ..planfile import PlanFile

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a load did, in rows."""

    plan: Plan
    added: int
    changed: int
    unchanged: int
    removed: int = 0


@dataclass
class _Tally:
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0

    def keep(self, model: type[Row], key: dict[str, Any], fields: dict[str, Any], *, new: dict[str, Any]) -> Row:
        """The row with this key, made (with `new` besides) or brought to these fields."""
        row = model._default_manager.filter(**key).first()
        if row is None:
            self.added += 1
            return model._default_manager.create(**key, **fields, **new)
        differing = [name for name, value in fields.items() if getattr(row, name) != value]
        if differing:
            self.changed += 1
            for name in differing:
                setattr(row, name, fields[name])
            row.save(update_fields=differing)
        else:
            self.unchanged += 1
        return row


@transaction.atomic
def load_plan(planfile: PlanFile, *, by: Actor, at: datetime) -> Outcome:
    """Make or update the plan that `planfile` describes; Refused when a promise would change."""
    issuer = Unit.objects.filter(code=planfile.issuer_code).first()
    if issuer is None:
        raise Refused(
            _("No unit has the code %(code)s, which the plan names as its issuer. Please import the units first.")
            % {"code": planfile.issuer_code}
        )
    if not policies.can_manage_plan(by, issuer.pk, on=today(at)):
        raise Refused(_("You may not load a plan of this unit."))
    _refuse_changed_promises(planfile, issuer)
    tally = _Tally()
    plan = _plan(planfile, issuer, tally, at=at)
    levels = _levels(planfile, plan, tally)
    _clauses(planfile, plan, tally)
    _targets(planfile, plan, levels, tally, at=at)
    _refuse_below_parent(plan, on=today(at))
    _tasks(planfile, plan, levels, tally, at=at)
    _calendar(planfile, plan, tally)
    _period_kinds(planfile, plan, levels, tally)
    if tally.added or tally.changed or tally.removed:
        fact = PlanLoaded(
            subject=plan.ref,
            unit_id=issuer.pk,
            fingerprint=plan.fingerprint,
            added=tally.added,
            changed=tally.changed,
            removed=tally.removed,
        )
        ledger.record(fact, by=by, at=at)
    return Outcome(plan=plan, **asdict(tally))


def fingerprint(planfile: PlanFile) -> str:
    """Of what the file says, whatever its comments and layout."""
    return hashlib.sha256(repr(planfile).encode()).hexdigest()


def _refuse_changed_promises(planfile: PlanFile, issuer: Unit) -> None:
    plan = Plan.objects.filter(code=planfile.id).first()
    if plan is None:
        return
    if plan.issuer_id != issuer.pk:
        raise Refused(_("The plan %(code)s belongs to another unit.") % {"code": plan.code})
    differences = sorted(_differences(planfile, plan))
    if differences:
        raise Refused(
            _("The file changes what the plan has promised. Please re-base these targets with a decision instead:")
            + "\n"
            + "\n".join(differences)
        )


def _differences(planfile: PlanFile, plan: Plan) -> Iterable[str]:
    named = {indicator.id: indicator for indicator in planfile.indicators}
    for code in plan.targets.values_list("code", flat=True):
        if code not in named:
            yield _("%(target)s: no longer in the file") % {"target": code}
    known: dict[tuple[str, str, int], list[TargetValue]] = {}
    for row in TargetValue.objects.filter(target__plan=plan).select_related("target", "level"):
        known.setdefault((row.target.code, row.level.code, row.year), []).append(row)
    for (code, level, year), rows in known.items():
        if code not in named:
            continue
        said = named[code].target(level, year)
        accepted = {row.value for row in rows if not row.decision or row.valid_to == FOREVER}
        if said is None or said.value not in accepted:
            yield _("%(target)s, %(level)s, %(year)d: %(known)s in the plan, %(said)s in the file") % {
                "target": code,
                "level": level,
                "year": year,
                "known": number(next(row.value for row in rows if row.valid_to == FOREVER)),
                "said": number(said.value) if said else _("nothing"),
            }


def _plan(planfile: PlanFile, issuer: Unit, tally: _Tally, *, at: datetime) -> Plan:
    fields = {
        "title": planfile.title,
        "number": planfile.number or "",
        "issued_on": planfile.issued_on,
        "note": planfile.note,
        "first": planfile.period.first,
        "last": planfile.period.last,
        "fingerprint": fingerprint(planfile),
    }
    new: dict[str, Any] = {"issuer": issuer, "loaded_at": at}
    if planfile.parent:
        new |= {"parent": _parent(planfile, issuer), "state": Plan.State.DRAFT}
    return tally.keep(Plan, {"code": planfile.id}, fields, new=new)


def _parent(planfile: PlanFile, issuer: Unit) -> Plan:
    found = Plan.objects.filter(code=planfile.parent, parent__isnull=True).first()
    if found is None:
        raise Refused(_("There is no plan %(code)s above. Please load it first.") % {"code": planfile.parent})
    if Plan.objects.filter(parent=found, issuer=issuer).exclude(code=planfile.id).exists():
        raise Refused(_("This unit has a plan of its own already."))
    return found


def _refuse_below_parent(plan: Plan, *, on: date) -> None:
    """A lower unit's own plan may ask for more than the plan above, not for less: of itself, and of each level."""
    if plan.parent is None:
        return
    least = floors.floors(plan.parent, plan.issuer_id, on=on)
    above = TargetValue.objects.in_force().filter(target__plan=plan.parent).select_related("target", "level")
    same = {
        (row.target.measure, row.level.flag, row.level.kind, row.year): row.value for row in above if not row.level.root
    }
    lower = []
    for row in TargetValue.objects.in_force().filter(target__plan=plan).select_related("target", "level"):
        own = row.target.measure, row.level.flag, row.level.kind, row.year
        asked = least.get((row.target.measure, row.year)) if row.level.root else same.get(own)
        if asked is not None and row.value < asked:
            told = {"target": row.target.code, "year": row.year, "least": number(asked), "value": number(row.value)}
            lower.append(_("%(target)s, %(year)d: at least %(least)s, not %(value)s") % told)
    if lower:
        raise Refused(
            _("A unit's own plan may ask for more than the plan above, not for less:") + " " + "; ".join(lower)
        )


def _levels(planfile: PlanFile, plan: Plan, tally: _Tally) -> dict[str, Level]:
    return {
        level.id: tally.keep(
            Level,
            {"plan": plan, "code": level.id},
            {"position": position, "name": level.name, "root": level.root, "flag": level.flag, "kind": level.kind},
            new={},
        )
        for position, level in enumerate(planfile.levels)
    }


def _clauses(planfile: PlanFile, plan: Plan, tally: _Tally) -> None:
    group = Clause.Group
    rows = [
        *((group.OBJECTIVE, part.id, part.short, part.wording) for part in planfile.objectives),
        *((group.CONTENT, part.id, part.short, part.wording) for part in planfile.content),
        *((group.KIND, part.id, part.name, "") for part in planfile.kinds),
        *((group.THEME, part.id, part.short, part.wording) for part in planfile.themes),
        *((group.SEGMENT, part.id, part.name, "") for part in planfile.segments),
    ]
    for position, (of, code, short, wording) in enumerate(rows):
        fields = {"group": of, "position": position, "short": short, "wording": wording}
        tally.keep(Clause, {"plan": plan, "code": code}, fields, new={})


def _targets(planfile: PlanFile, plan: Plan, levels: dict[str, Level], tally: _Tally, *, at: datetime) -> None:
    for position, said in enumerate(planfile.indicators):
        fields = {
            "position": position,
            "short": said.short,
            "wording": said.wording,
            "definition": said.definition,
            "measure": said.measure,
            "figure": said.unit,
            "cadence": said.cadence,
            "comparison": said.comparison,
            "aggregation": list(said.aggregation),
            "source": said.source,
        }
        target = tally.keep(Target, {"plan": plan, "code": said.id}, fields, new={})
        for value in said.targets:
            key = {"target": target, "level": levels[value.level], "year": value.year, "decision": ""}
            new = {"value": value.value, "valid_from": plan.first, "recorded_at": at}
            tally.keep(TargetValue, key, {"proposed": value.proposed}, new=new)


def _tasks(planfile: PlanFile, plan: Plan, levels: dict[str, Level], tally: _Tally, *, at: datetime) -> None:
    for said in planfile.tasks:
        fields = {
            "title": said.short,
            "wording": said.wording,
            "answers": f"{said.role} ({', '.join(levels[code].name for code in said.levels)})",
            "cadence": said.cadence,
            "due_on": None if said.cadence == "ongoing" else plan.last,
        }
        key = {"plan": plan, "clause": said.id, "subject": ""}
        tally.keep(Task, key, fields, new={"unit_id": plan.issuer_id, "opened_at": at})


def _calendar(planfile: PlanFile, plan: Plan, tally: _Tally) -> None:
    for said in planfile.calendar:
        fields = {
            "name": said.name,
            "first_month": said.first.month,
            "first_day": said.first.day,
            "last_month": said.last.month,
            "last_day": said.last.day,
            "lunar": said.lunar,
            "verified": said.verified,
            "note": said.note,
        }
        tally.keep(CalendarEvent, {"plan": plan, "code": said.id}, fields, new={"unit_id": plan.issuer_id})
    gone = plan.events.exclude(code="").exclude(code__in=[said.id for said in planfile.calendar])
    tally.removed += gone.delete()[0]


def _period_kinds(planfile: PlanFile, plan: Plan, levels: dict[str, Level], tally: _Tally) -> None:
    for position, said in enumerate(planfile.reports):
        fields = {
            "position": position,
            "name": said.name,
            "first_month": said.first.month,
            "first_day": said.first.day,
            "last_month": said.last.month,
            "last_day": said.last.day,
            "reviewed_to": said.reviewed_to,
        }
        if not PeriodKind.objects.filter(plan=plan, code=said.id).exclude(due_source="").exists():
            fields |= {"due_days": said.due_days, "due_verified": said.due_verified}
        kind = tally.keep(PeriodKind, {"plan": plan, "code": said.id}, fields, new={})
        kind.levels.set([levels[code] for code in said.levels])
