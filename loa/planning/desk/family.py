"""A plan among other plans: units' own plans below it, the one that continues it, two of them compared."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from loa.base.errors import Refused
from loa.people.models import Unit
from loa.people.policies import can, scope
from loa.people.queries import node
from loa.people.roles import Ability
from loa.people.screens import DeskRequest, desk_screen

from .. import actions, comparing, floors, queries
from ..forms import ContinueForm, DraftForm, PeriodForm
from ..models import PeriodKind, Plan
from .plans import plan_asked


@desk_screen(Ability.SEE_FIGURES)
def units(request: DeskRequest, code: str) -> HttpResponse:
    """Who has a plan of its own below this one, who drafts one, who has none yet."""
    found = plan_asked(code)
    on = request.scope.on
    managing = scope(request.user, Ability.MANAGE_PLAN, on=on)
    page = queries.own_plans(found, request.scope, managing, on=on, after=request.GET.get("after", ""))
    context = {
        "page_title": _("Units' own plans"),
        "page_subtitle": found.title,
        "plan": found,
        "rows": page.rows,
        "after": page.after,
        "counts": page.counts,
    }
    return render(request, "planning/own_plans.html", context)


@desk_screen(Ability.MANAGE_PLAN)
def draft(request: DeskRequest, code: str, unit_id: int) -> HttpResponse:
    """A unit's own plan: what it sets itself for each target and year, never less than the plan above."""
    above, on = plan_asked(code), request.scope.on
    if not request.scope.covers(unit_id):
        raise Http404
    try:
        unit = node(unit_id, on=on)
        floor = floors.floors(above, unit_id, on=on)
    except Unit.DoesNotExist:
        raise Http404 from None
    known = queries.own_plan(above, unit_id)
    form = DraftForm(request.POST or None, above=above, floor=floor, known=known, on=on, label=unit.label)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.draft_plan(
                queries.unit(unit_id), under=above, title=form.cleaned_data["title"], wanted=form.wanted,
                by=request.user, at=timezone.now(),
            )  # fmt: skip
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("The draft is kept. It counts once a decision adopts it."))
            return redirect("planning:plan", made.code)
    context = {"page_title": _("Own plan of the unit"), "page_subtitle": unit.name, "plan": above, "form": form}
    return render(request, "planning/draft.html", context)


@desk_screen(Ability.MANAGE_PLAN)
def adopt(request: DeskRequest, code: str) -> HttpResponse:
    found = _managed(request, code)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        actions.adopt_plan(found, decision=request.POST.get("decision", ""), by=request.user, at=timezone.now())
        messages.success(request, _("The plan is in force."))
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect("planning:plan", found.code)


@desk_screen(Ability.SEE_FIGURES)
def compare(request: DeskRequest, code: str) -> HttpResponse:
    """This plan and another one."""
    one, other = plan_asked(code), _other(request)
    context: dict[str, Any] = {
        "page_title": _("Two plans compared"),
        "page_subtitle": one.title,
        "plan": one,
        "others": queries.plans().exclude(pk=one.pk),
        "comparison": comparing.compare(one, other) if other else None,
    }
    return render(request, "planning/compare.html", context)


@desk_screen(Ability.MANAGE_PLAN)
def continuing(request: DeskRequest, code: str) -> HttpResponse:
    """Say that another plan continues this one, after seeing what that means."""
    found = _managed(request, code)
    others = [
        one for one in queries.plans().filter(parent=None).exclude(pk=found.pk) if request.scope.covers(one.issuer_id)
    ]
    form = ContinueForm(request.POST or None, plans=others)
    into = next((one for one in others if one.code == request.GET.get("bang", "")), None)
    if request.method == "POST" and form.is_valid():
        into = next(one for one in others if one.code == form.cleaned_data["into"])
        if "sure" in request.POST:
            try:
                actions.continue_plan(
                    found, into=into, decision=form.cleaned_data["decision"], by=request.user, at=timezone.now()
                )
            except Refused as reason:
                form.add_error(None, str(reason))
            else:
                messages.success(request, _("The plan has been continued; what was counted under it stays as it was."))
                return redirect("planning:plan", found.code)
    context: dict[str, Any] = {
        "page_title": _("Continue this plan by another"),
        "page_subtitle": found.title,
        "plan": found,
        "form": form,
        "into": into,
        "comparison": comparing.compare(found, into) if into else None,
        "open_tasks": queries.tasks_of_plan(found).to_do().count() if into else 0,
        "below": queries.plans().filter(parent=found).count() if into else 0,
    }
    return render(request, "planning/continue.html", context)


def _other(request: DeskRequest) -> Plan | None:
    code = request.GET.get("voi", "")
    return plan_asked(code) if code else None


def _managed(request: DeskRequest, code: str) -> Plan:
    found = plan_asked(code)
    if not request.scope.covers(found.issuer_id):
        raise Http404
    return found


@desk_screen(Ability.SEE_FIGURES)
def settings(request: DeskRequest, code: str) -> HttpResponse:
    """Whom the plan speaks of, and when its reports are due."""
    return _settings(request, plan_asked(code))


@desk_screen(Ability.MANAGE_PLAN)
def confirm_period(request: DeskRequest, pk: int) -> HttpResponse:
    try:
        kind = queries.period_kind(pk)
    except PeriodKind.DoesNotExist:
        raise Http404 from None
    if not request.scope.covers(kind.plan.issuer_id):
        raise Http404
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form = PeriodForm(request.POST)
    if not form.is_valid():
        return _settings(request, kind.plan, wrong={kind.pk: form}, status=422)
    try:
        actions.confirm_period(kind, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("The days of this report are confirmed."))
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect("planning:settings", kind.plan.code)


def _settings(
    request: DeskRequest, plan: Plan, *, wrong: Mapping[int, PeriodForm] | None = None, status: int = 200
) -> HttpResponse:
    on, forms = request.scope.on, wrong or {}
    context = {
        "page_title": _("Levels and reports"),
        "page_subtitle": plan.title,
        "plan": plan,
        "levels": queries.levels_with_numbers(plan, on=on),
        "kinds": [
            (kind, forms.get(kind.pk) or PeriodForm(initial={"due_days": kind.due_days, "source": kind.due_source}))
            for kind in queries.period_kinds(plan)
        ],
        "manages": can(request.user, Ability.MANAGE_PLAN, plan.issuer_id, on=on),
    }
    return render(request, "planning/settings.html", context, status=status)
