"""The plan itself: targets, objectives, tasks, the calendar, and how a target is re-based."""

from datetime import date
from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from loa.base.errors import Refused
from loa.people.policies import can, scope
from loa.people.roles import Ability
from loa.people.screens import DeskRequest, desk_screen

from .. import actions, floors, queries
from ..forms import RebaseForm
from ..models import Plan, Target


@desk_screen(Ability.SEE_FIGURES)
def plan(request: DeskRequest, code: str = "") -> HttpResponse:
    if not code and queries.newest_plan() is None:
        return render(request, "planning/no_plan.html", {"page_title": _("Plan")})
    found = plan_asked(code)
    values = queries.values(found, on=request.scope.on)
    above = _owed_above(found, on=request.scope.on)
    context = {
        "page_title": found.title,
        "plan": found,
        "plans": queries.plans(),
        "years": range(found.first.year, found.last.year + 1),
        "targets": [
            (target, values.get(target.pk, []), above.get(target.measure, {})) for target in queries.targets(found)
        ],
        "objectives": queries.clauses("objective", plan=found),
        "themes": queries.clauses("theme", plan=found),
        "tasks": queries.tasks_of_plan(found),
        "year": max(found.first.year, min(request.scope.on.year, found.last.year)),
        "does_tasks": bool(scope(request.user, Ability.DO_TASKS, on=request.scope.on)),
        "manages": can(request.user, Ability.MANAGE_PLAN, found.issuer_id, on=request.scope.on),
    }
    return render(request, "planning/plan.html", context)


@desk_screen(Ability.SEE_FIGURES)
def calendar(request: DeskRequest, code: str, year: int) -> HttpResponse:
    found = plan_asked(code)
    if not 1900 < year < 2100:
        raise Http404
    context = {
        "page_title": _("Calendar of %(year)d") % {"year": year},
        "page_subtitle": found.title,
        "plan": found,
        "year": year,
        "occasions": queries.calendar(found, year),
    }
    return render(request, "planning/calendar.html", context)


@desk_screen(Ability.MANAGE_PLAN)
def rebase(request: DeskRequest, pk: int) -> HttpResponse:
    target = _target(request, pk)
    form = RebaseForm(request.POST or None, target=target)
    if request.method == "POST" and form.is_valid():
        try:
            actions.rebase(target, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("The target has been re-based; the old figure stays with its dates."))
            return redirect("planning:plan", target.plan.code)
    context = {
        "page_title": _("Re-base %(target)s") % {"target": target},
        "target": target,
        "form": form,
        "history": queries.value_history(target),
    }
    return render(request, "planning/rebase.html", context)


def _owed_above(plan: Plan, *, on: date) -> dict[str, dict[int, Decimal]]:
    """Beside a unit's own plan: what the plan above asks of it, by measure and year."""
    found: dict[str, dict[int, Decimal]] = {}
    if plan.parent is not None:
        for (measure, year), value in floors.floors(plan.parent, plan.issuer_id, on=on).items():
            found.setdefault(measure, {})[year] = value
    return found


def plan_asked(code: str = "") -> Plan:
    """The plan with this code, the newest without one."""
    try:
        found = queries.plan_with_code(code) if code else queries.newest_plan()
    except Plan.DoesNotExist:
        found = None
    if found is None:
        raise Http404
    return found


def _target(request: DeskRequest, pk: int) -> Target:
    try:
        target = queries.target(pk)
    except Target.DoesNotExist:
        raise Http404 from None
    if not request.scope.covers(target.plan.issuer_id):
        raise Http404
    return target
