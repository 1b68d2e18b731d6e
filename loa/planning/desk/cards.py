"""The card of a unit, one target of it, and the rows behind a figure."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from loa.base.dates import parse_day, today
from loa.people.models import Unit
from loa.people.queries import ancestors, days_of_change, unit_of
from loa.people.roles import Ability
from loa.people.screens import DeskRequest, desk_screen
from loa.people.turnover import Turnover, turnover

from .. import queries
from ..models import Plan
from ..scorecard import Line, Reading, Scorecard, past, scorecard
from ..scorecard import predecessors as count_predecessors

RESTATED = "hom-nay"
CHOSEN = "ngay"
KEPT = ("ngay", "co-cau", "ngay-co-cau")
"""What says by which day and structure a figure is shown, and goes along with every link."""


@desk_screen(Ability.SEE_FIGURES)
def start(request: DeskRequest) -> HttpResponse:
    """The card of the whole plan, or of the highest unit the account may see."""
    plan = queries.newest_plan()
    if plan is None:
        return render(request, "planning/no_plan.html", {"page_title": _("Scorecard")})
    root = queries.root_unit(plan, on=request.scope.on)
    if not request.scope.covers(root):
        root = unit_of(request.scope.paths[0])
    return redirect("planning:unit", root)


@desk_screen(Ability.SEE_FIGURES)
def unit(request: DeskRequest, unit_id: int) -> HttpResponse:
    try:
        card = _card(request, unit_id)
    except Unit.DoesNotExist:
        return _not_yet(request, unit_id)
    return render(request, "planning/card.html", _context(request, card) | {"page_title": card.unit.name})


@desk_screen(Ability.SEE_FIGURES)
def target(request: DeskRequest, unit_id: int, code: str) -> HttpResponse:
    """One target: its figure, what it means, its path, and every child, the worst first."""
    try:
        card, line = _line(request, unit_id, code)
    except Unit.DoesNotExist:
        return _not_yet(request, unit_id)
    by_name = request.GET.get("xep") == "ten"
    context = _context(request, card) | {
        "page_title": f"{line.target.code}. {line.target.short}",
        "page_subtitle": card.unit.label,
        "line": line,
        "by_name": by_name,
        "rows": line.children if by_name else _worst_first(line),
        "ended_units": count_predecessors(card),
        "turnover": _turnover(line),
    }
    return render(request, "planning/target.html", context)


@desk_screen(Ability.SEE_FIGURES)
def evidence(request: DeskRequest, unit_id: int, code: str) -> HttpResponse:
    """The rows behind the numerator."""
    return _rows(request, unit_id, code, missing=False)


@desk_screen(Ability.SEE_FIGURES)
def gap(request: DeskRequest, unit_id: int, code: str) -> HttpResponse:
    """Who or what is missing."""
    return _rows(request, unit_id, code, missing=True)


@desk_screen(Ability.SEE_FIGURES)
def predecessors(request: DeskRequest, unit_id: int, code: str) -> HttpResponse:
    """What the units that ended into this one had reached, each on its last day."""
    try:
        card, line = _line(request, unit_id, code)
    except Unit.DoesNotExist:
        return _not_yet(request, unit_id)
    after = request.GET.get("after", "")
    found, following = past(card, code, after=int(after) if after.isdecimal() else 0)
    context = _context(request, card) | {
        "page_title": _("Units that ended into this one"),
        "page_subtitle": f"{line.target.code}. {line.target.short}",
        "line": line,
        "found": found,
        "after": following or "",
    }
    return render(request, "planning/past.html", context)


def _rows(request: DeskRequest, unit_id: int, code: str, *, missing: bool) -> HttpResponse:
    try:
        card, line = _line(request, unit_id, code)
    except Unit.DoesNotExist:
        return _not_yet(request, unit_id)
    if line.measure is None or not line.opens:
        raise Http404
    ask = line.measure.gap if missing else line.measure.evidence
    context = _context(request, card) | {
        "page_title": _("What is missing") if missing else _("Evidence"),
        "page_subtitle": f"{line.target.code}. {line.target.short}",
        "line": line,
        "page": ask(line.ask, after=request.GET.get("after", "")),
        "missing": missing,
    }
    return render(request, "planning/rows.html", context)


def _turnover(line: Line) -> Turnover | None:
    """Beside a figure about people: who left the count by moving, and who by the end of a unit."""
    if line.measure is None or not line.measure.counts_people or not line.opens:
        return None
    return turnover(line.ask.path, structure=line.ask.structure, period=line.ask.counted)


def _worst_first(line: Line) -> list[Reading]:
    return sorted(line.children, key=lambda row: row.gap, reverse=True)


def _line(request: DeskRequest, unit_id: int, code: str) -> tuple[Scorecard, Line]:
    card = _card(request, unit_id, only=code)
    line = card.line(code)
    if line is None:
        raise Http404
    return card, line


def _card(request: DeskRequest, unit_id: int, *, only: str = "") -> Scorecard:
    if not request.scope.covers(unit_id):
        raise Http404
    on = _day(request)
    try:
        return scorecard(unit_id, on=on, structure=_structure(request, on), only=only)
    except Plan.DoesNotExist:
        raise Http404 from None


def _day(request: DeskRequest) -> date:
    """The day asked for, never one to come."""
    now = today(timezone.now())
    return min(parse_day(request.GET.get("ngay", "")) or now, now)


def _structure(request: DeskRequest, on: date) -> date:
    """The day whose units are used: that of the figures, today, or one that is chosen, to come even, if decided."""
    chosen = request.GET.get("co-cau", "")
    if chosen == RESTATED:
        return today(timezone.now())
    return parse_day(request.GET.get("ngay-co-cau", "") if chosen == CHOSEN else chosen) or on


def _not_yet(request: DeskRequest, unit_id: int) -> HttpResponse:
    on = _day(request)
    restated = f"{reverse('planning:unit', args=[unit_id])}?{urlencode({'ngay': on.isoformat(), 'co-cau': RESTATED})}"
    context = {"page_title": _("Scorecard"), "on": on, "restated": restated}
    return render(request, "planning/not_yet.html", context)


def _context(request: DeskRequest, card: Scorecard) -> dict[str, Any]:
    above = queries.open_to(request.scope, ancestors(card.unit.path, on=card.structure))
    kept = {key: request.GET[key] for key in KEPT if request.GET.get(key)}
    query = f"?{urlencode(kept)}" if kept else ""
    steps = [(reverse("planning:unit", args=[node.unit_id]) + query, node.label) for node in above]
    return {
        "card": card,
        "query": query,
        "steps": steps,
        "own_step": (reverse("planning:unit", args=[card.unit.unit_id]) + query, card.unit.label),
        "today": today(timezone.now()),
        "restated": card.structure != card.on,
        "chosen": request.GET.get("co-cau", ""),
        "days_of_change": days_of_change(),
    }
