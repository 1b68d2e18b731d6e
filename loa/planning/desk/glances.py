"""A unit at a glance: on a telephone for whoever answers for it, and on one sheet of paper for a meeting."""

from datetime import timedelta
from itertools import islice

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from loa.people.models import Unit
from loa.people.policies import scope
from loa.people.queries import unit_of
from loa.people.roles import Ability
from loa.people.screens import DeskRequest, desk_screen

from .. import queries
from ..scorecard import Line, Scorecard, State
from ..scorecard.closing import missing_of
from ..scorecard.warnings import ahead_of, warnings
from .asked import card_asked, context_of, not_yet

MOST_FIGURES = 5
MOST_TASKS = 4
ON_PAPER = 8
THIS_WEEK = timedelta(days=7)
URGENCY = (State.BEHIND, State.AT_RISK, State.ON_TRACK, State.MET, State.FOLLOWED)


@desk_screen(Ability.SEE_FIGURES)
def glance(request: DeskRequest) -> HttpResponse:
    """The highest unit the account answers for: a few figures, what to do this week, one button each."""
    paths = request.scope.paths
    plan = queries.newest_plan()
    if plan is None:
        return render(request, "planning/no_plan.html", {"page_title": _("At a glance")})
    own = unit_of(paths[0]) if paths else queries.root_unit(plan, on=request.scope.on)
    card = card_asked(request, own)
    does = scope(request.user, Ability.DO_TASKS, on=request.scope.on)
    waiting = queries.tasks_for(request.user, does).due_by(request.scope.on + THIS_WEEK)
    context = context_of(request, card) | {
        "page_title": card.unit.label,
        "figures": [(line, missing_of(line)) for line in _most_urgent(card)],
        "waiting": [(task, task.late(request.scope.on)) for task in waiting[:MOST_TASKS]],
    }
    return render(request, "planning/glance.html", context)


@desk_screen(Ability.SEE_FIGURES)
def sheet(request: DeskRequest, unit_id: int) -> HttpResponse:
    """A unit on one sheet of A4."""
    try:
        card = card_asked(request, unit_id)
    except Unit.DoesNotExist:
        return not_yet(request, unit_id)
    context = context_of(request, card) | {
        "page_title": _("On one sheet"),
        "page_subtitle": card.unit.label,
        "lines": [(line, ahead_of(line, line.reading)) for line in card.measured],
        "doubts": list(islice(warnings(card), ON_PAPER)),
        "tasks": queries.tasks_of_unit(card.unit.unit_id)[:ON_PAPER],
        "unmeasured": ", ".join(line.target.code for line in card.unmeasured),
    }
    return render(request, "planning/sheet.html", context)


def _most_urgent(card: Scorecard) -> list[Line]:
    """The lines with a figure, those furthest from their goal first."""
    shown = [line for line in card.measured if line.opens and line.reading.state in URGENCY]
    return sorted(shown, key=lambda line: (URGENCY.index(line.reading.state), -line.reading.gap))[:MOST_FIGURES]
