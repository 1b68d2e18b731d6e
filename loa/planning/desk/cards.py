"""The card of a unit, one target of it, and the rows behind a figure."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from loa.base.dates import parse_day, today
from loa.people.models import Unit
from loa.people.queries import unit_of
from loa.people.roles import Ability
from loa.people.screens import DeskRequest, desk_screen
from loa.people.turnover import Turnover, turnover

from .. import queries
from ..scorecard import Line, Reading, Scorecard, past
from ..scorecard import predecessors as count_predecessors
from ..scorecard.known import can_be_known, known
from .asked import card_asked, context_of, line_asked, not_yet


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
        card = card_asked(request, unit_id)
    except Unit.DoesNotExist:
        return not_yet(request, unit_id)
    return render(request, "planning/card.html", context_of(request, card) | {"page_title": card.unit.name})


@desk_screen(Ability.SEE_FIGURES)
def target(request: DeskRequest, unit_id: int, code: str) -> HttpResponse:
    """One target: its figure, what it means, its path, and every child, the worst first."""
    try:
        card, line = line_asked(request, unit_id, code)
    except Unit.DoesNotExist:
        return not_yet(request, unit_id)
    by_name = request.GET.get("xep") == "ten"
    context = context_of(request, card) | {
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
        card, line = line_asked(request, unit_id, code)
    except Unit.DoesNotExist:
        return not_yet(request, unit_id)
    after = request.GET.get("after", "")
    found, following = past(card, code, after=int(after) if after.isdecimal() else 0)
    context = context_of(request, card) | {
        "page_title": _("Units that ended into this one"),
        "page_subtitle": f"{line.target.code}. {line.target.short}",
        "line": line,
        "found": found,
        "after": following or "",
    }
    return render(request, "planning/past.html", context)


def _rows(request: DeskRequest, unit_id: int, code: str, *, missing: bool) -> HttpResponse:
    try:
        card, line = line_asked(request, unit_id, code)
    except Unit.DoesNotExist:
        return not_yet(request, unit_id)
    if not line.opens:
        raise Http404
    ask = line.gap if missing else line.evidence
    context = context_of(request, card) | {
        "page_title": _("What is missing") if missing else _("Evidence"),
        "page_subtitle": f"{line.target.code}. {line.target.short}",
        "line": line,
        "page": ask(after=request.GET.get("after", "")),
        "missing": missing,
    }
    if not missing:
        context |= _known(request, card, line)
    return render(request, "planning/rows.html", context)


def _known(request: DeskRequest, card: Scorecard, line: Line) -> dict[str, Any]:
    """The same days as known on a day that was asked for."""
    day = parse_day(request.GET.get("biet", ""))
    found = known(line, on=card.on, day=day, today=today(timezone.now())) if day else None
    return {"askable": can_be_known(line), "asked_day": day, "known": found}


def _turnover(line: Line) -> Turnover | None:
    """Beside a figure about people: who left the count by moving, and who by the end of a unit."""
    if line.measure is None or not line.measure.counts_people or not line.opens:
        return None
    return turnover(line.ask.path, structure=line.ask.structure, period=line.ask.counted)


def _worst_first(line: Line) -> list[Reading]:
    return sorted(line.children, key=lambda row: row.gap, reverse=True)
