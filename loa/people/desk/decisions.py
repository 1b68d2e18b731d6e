"""Decisions taken: the list of them, one of them, taking it back before its day, and putting it right after it."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from loa.base.errors import Refused

from .. import decisions as queries
from ..actions import preparing, revising
from ..models import UnitEvent
from ..policies import scope
from ..roles import Ability
from ..screens import DeskRequest, desk_screen
from ..wording import sentences


@desk_screen(Ability.SEE_FIGURES)
@require_GET
def decisions(request: DeskRequest) -> HttpResponse:
    """Those being prepared, for whoever may; those taken, the last recorded first."""
    managed = scope(request.user, Ability.MANAGE_UNITS, on=request.scope.on)
    after = request.GET.get("after", "")
    page, following = queries.page_of(queries.events(request.scope), before=int(after) if after.isdecimal() else 0)
    answer = {
        "page_title": _("Decisions about units"),
        "header_icon": "site",
        "drafts": list(queries.drafts(managed)[: queries.PAGE]) if managed else [],
        "manages": bool(managed),
        "events": page,
        "after": following or "",
        "today": request.scope.on,
    }
    return render(request, "people/decisions.html", answer)


@desk_screen(Ability.SEE_FIGURES)
@require_GET
def decision(request: DeskRequest, pk: int) -> HttpResponse:
    event = _event(request, pk)
    coming = event.effective_on > request.scope.on
    managed = scope(request.user, Ability.MANAGE_UNITS, on=request.scope.on)
    manages = bool(managed) and event.undone_at is None and queries.events(managed).filter(pk=event.pk).exists()
    answer = {
        "page_title": event.decision,
        "page_subtitle": event.get_kind_display(),
        "header_icon": "site",
        "event": event,
        "sentences": sentences(event.steps, on=event.effective_on),
        "passings": queries.passings(event),
        "correction": queries.corrected_by(event),
        "coming": coming,
        "undoable": manages and coming and hasattr(event, "trace"),
        "correctable": manages and bool(event.steps) and hasattr(event, "trace"),
    }
    return render(request, "people/decision.html", answer)


@desk_screen(Ability.MANAGE_UNITS)
@require_POST
def undo(request: DeskRequest, pk: int) -> HttpResponse:
    try:
        revising.undo(_event(request, pk), by=request.user, at=timezone.now())
        messages.success(request, _("The decision is taken back. All is as it was; the history keeps both."))
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect("people:decision", pk)


@desk_screen(Ability.MANAGE_UNITS)
@require_POST
def correct(request: DeskRequest, pk: int) -> HttpResponse:
    """A new decision is prepared, with all that this one says; carried out, it takes this one's place."""
    try:
        draft = preparing.start(
            unit=queries.top(request.scope), by=request.user, at=timezone.now(), corrects=_event(request, pk)
        )
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("people:decision", pk)
    return redirect("people:draft", draft.pk)


def _event(request: DeskRequest, pk: int) -> UnitEvent:
    try:
        return queries.event(pk, request.scope)
    except ObjectDoesNotExist:
        raise Http404 from None
