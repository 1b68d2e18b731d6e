"""What a screen was asked for: which unit, as of which day, by the structure of which day."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.people.queries import Node, ancestors, days_of_change
from loa.people.screens import DeskRequest

from .. import days, queries
from ..days import KEPT, RESTATED
from ..models import Plan
from ..scorecard import Line, Scorecard, scorecard


def line_asked(request: DeskRequest, unit_id: int, code: str) -> tuple[Scorecard, Line]:
    card = card_asked(request, unit_id, only=code)
    line = card.line(code)
    if line is None:
        raise Http404
    return card, line


def card_asked(request: DeskRequest, unit_id: int, *, only: str = "") -> Scorecard:
    """Raises Http404 for a unit of others, Unit.DoesNotExist for one that did not exist yet (see `not_yet`)."""
    if not request.scope.covers(unit_id):
        raise Http404
    on = day_asked(request)
    try:
        return scorecard(unit_id, on=on, structure=structure_asked(request, on), only=only)
    except Plan.DoesNotExist:
        raise Http404 from None


def day_asked(request: DeskRequest) -> date:
    """The day asked for, never one to come."""
    return days.day_asked(request.GET, now=today(timezone.now()))


def structure_asked(request: DeskRequest, on: date) -> date:
    """The day whose units are used."""
    return days.structure_asked(request.GET, on=on, now=today(timezone.now()))


def not_yet(request: DeskRequest, unit_id: int) -> HttpResponse:
    on = day_asked(request)
    restated = f"{reverse('planning:unit', args=[unit_id])}?{urlencode({'ngay': on.isoformat(), 'co-cau': RESTATED})}"
    context = {"page_title": _("Scorecard"), "on": on, "restated": restated}
    return render(request, "planning/not_yet.html", context)


def context_of(request: DeskRequest, card: Scorecard) -> dict[str, Any]:
    return frame_of(request, card.unit, on=card.on, structure=card.structure) | {"card": card}


def frame_of(request: DeskRequest, unit: Node, *, on: date, structure: date) -> dict[str, Any]:
    """Where we are in the tree, and what links to other screens of the same day carry along."""
    above = queries.open_to(request.scope, ancestors(unit.path, on=structure))
    kept = {key: request.GET[key] for key in KEPT if request.GET.get(key)}
    query = f"?{urlencode(kept)}" if kept else ""
    steps = [(reverse("planning:unit", args=[node.unit_id]) + query, node.label) for node in above]
    return {
        "unit": unit,
        "on": on,
        "structure": structure,
        "kept": kept,
        "query": query,
        "steps": steps,
        "own_step": (reverse("planning:unit", args=[unit.unit_id]) + query, unit.label),
        "today": today(timezone.now()),
        "restated": structure != on,
        "chosen": request.GET.get("co-cau", ""),
        "days_of_change": days_of_change(),
    }
