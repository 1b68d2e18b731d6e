"""Events: a new one, one with what is planned for it, changed, called off."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from loa.base.dates import parse_day
from loa.base.errors import Refused
from loa.people.roles import Ability
from loa.people.screens import DeskRequest, desk_screen

from .. import actions, policies, queries
from ..forms import CoverageForm, EventForm, WhyForm
from ..models import Event


@desk_screen(Ability.WRITE_STORIES)
def new(request: DeskRequest) -> HttpResponse:
    own = queries.own_units(request.scope)
    first = {"unit": own[0] if own else None, "first_on": parse_day(request.GET.get("ngay", "")) or request.scope.on}
    form = EventForm(request.POST or None, reach=request.scope, initial=first)
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        unit = typed.pop("unit")
        try:
            made = actions.plan_event(actions.EventSaid(**typed), unit=unit, by=request.user, at=timezone.now())
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("The event is in the calendar. Now plan what you make of it."))
            return redirect("newsroom:event", made.pk)
    return _form(request, form, title=_("A new event"), button=_("Put it into the calendar"))


@desk_screen(Ability.WRITE_STORIES)
def change(request: DeskRequest, pk: int) -> HttpResponse:
    found = _event(request, pk)
    if not policies.can_plan(request.user, found.unit_id, on=request.scope.on):
        raise Http404
    form = EventForm(request.POST or None, reach=request.scope, event=found, initial=_as_typed(found))
    if request.method == "POST" and form.is_valid():
        said = actions.EventSaid(**form.cleaned_data)
        try:
            actions.change_event(found, said, by=request.user, at=timezone.now())
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            return redirect("newsroom:event", pk)
    return _form(request, form, title=_("Change the event"), button=_("Save the event"))


def _as_typed(found: Event) -> dict[str, Any]:
    names = ("name", "first_on", "begins_at", "ends_at", "repeats", "venue", "words", "theme", "public")
    last = found.last_on if found.last_on != found.first_on else None
    return {name: getattr(found, name) for name in names} | {"last_on": last}


def _form(request: DeskRequest, form: Any, *, title: str, button: str) -> HttpResponse:
    context = {"page_title": title, "form": form, "button": button}
    return render(request, "newsroom/plan_form.html", context, status=422 if form.errors else 200)


@desk_screen(Ability.WRITE_STORIES)
def event(request: DeskRequest, pk: int) -> HttpResponse:
    """When and where it is, and what is made of it; a product is planned right here."""
    found, on, now = _event(request, pk), request.scope.on, timezone.now()
    own = queries.own_units(request.scope)
    first = {"unit": found.unit_id if request.scope.covers(found.unit_id) else (own[0] if own else None)}
    context = {
        "page_title": found.name,
        "event": found,
        "next": found.next(on),
        "rows": [(planned, planned.late(now)) for planned in queries.of_event(found, request.scope)],
        "may_change": not found.cancelled_at and policies.can_plan(request.user, found.unit_id, on=on),
        "form": CoverageForm(reach=request.scope, initial=first | {"theme": found.theme}),
        "cancel": WhyForm(prefix="cancel"),
        "told": queries.told(found.ref),
        "repeating": queries.repeating(found, request.scope, on=on),
    }
    return render(request, "newsroom/event.html", context)


@desk_screen(Ability.WRITE_STORIES)
@require_POST
def repeat(request: DeskRequest, pk: int) -> HttpResponse:
    """What was planned for the last time, planned for the coming one."""
    found = _event(request, pk)
    try:
        made = actions.repeat_coverage(found, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        told = ngettext(
            "%(count)s product is planned for the coming time. Nobody has it yet.",
            "%(count)s products are planned for the coming time. Nobody has them yet.",
            len(made),
        )
        messages.success(request, told % {"count": len(made)})
    return redirect("newsroom:event", pk)


@desk_screen(Ability.WRITE_STORIES)
@require_POST
def cancel(request: DeskRequest, pk: int) -> HttpResponse:
    found, form = _event(request, pk), WhyForm(request.POST, prefix="cancel")
    try:
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        actions.cancel_event(found, reason=reason, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Called off; whoever looks it up is told so."))
    return redirect("newsroom:event", pk)


def _event(request: DeskRequest, pk: int) -> Any:
    try:
        return queries.event(pk, request.scope)
    except Event.DoesNotExist:
        raise Http404 from None
