"""What changed lately, and a picture of all units directly below as tiles."""

from collections import Counter
from datetime import date, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from loa.people.models import Unit
from loa.people.roles import Ability
from loa.people.screens import DeskRequest, desk_screen

from .. import queries
from ..scorecard import STATES, Line, Scorecard, State, scorecard
from ..scorecard.week import changes
from .asked import card_asked, context_of, not_yet

SPANS = (7, 30)


@desk_screen(Ability.SEE_FIGURES)
def week(request: DeskRequest, unit_id: int) -> HttpResponse:
    """Figures then and now, what moved them, who came forward, who fell behind."""
    try:
        now = card_asked(request, unit_id)
    except Unit.DoesNotExist:
        return not_yet(request, unit_id)
    wanted = request.GET.get("qua", "")
    span = int(wanted) if wanted.isdecimal() and int(wanted) in SPANS else SPANS[0]
    since = now.on - timedelta(days=span)
    headings = {7: _("What changed this week"), 30: _("What changed in 30 days")}
    same_year = since.year == now.on.year
    found = changes(_card_of(now, unit_id, since), now) if same_year else []
    context = context_of(request, now) | {
        "page_title": headings[span],
        "page_subtitle": now.unit.label,
        "since": since,
        "span": span,
        "spans": SPANS,
        "same_year": same_year,
        "moved": [one for one in found if one.moved],
        "quiet": [one for one in found if not one.moved],
        "decisions": queries.rebased(now.plan, after=since, until=now.on),
    }
    return render(request, "planning/week.html", context)


def _card_of(now: Scorecard, unit_id: int, on: date) -> Scorecard:
    return scorecard(unit_id, on=on, structure=now.structure, plan=now.plan)


@desk_screen(Ability.SEE_FIGURES)
def tiles(request: DeskRequest, unit_id: int) -> HttpResponse:
    """One tile for each unit directly below, by its state for one target."""
    try:
        card = card_asked(request, unit_id)
    except Unit.DoesNotExist:
        return not_yet(request, unit_id)
    line = _chosen(card, request.GET.get("ct", ""))
    wanted = request.GET.get("tt", "")
    rows = [row for row in line.children if not row.own] if line else []
    shown = [row for row in rows if (row.state.value == wanted if wanted else row.state != State.NOT_HERE)]
    by_name = request.GET.get("xep") == "ten"
    tally = Counter(row.state.value for row in rows)
    context = context_of(request, card) | {
        "page_title": _("Tile picture"),
        "page_subtitle": card.unit.label,
        "line": line,
        "lines": card.measured,
        "wanted": wanted,
        "tally": [(state, shape, words, tally[state]) for state, shape, words in STATES if tally[state]],
        "tiles": shown,
        "by_name": by_name,
        "rows": shown if by_name else sorted(shown, key=lambda row: row.gap, reverse=True),
    }
    return render(request, "planning/tiles.html", context)


def _chosen(card: Scorecard, code: str) -> Line | None:
    """The target asked for, or the first that has a figure."""
    if code:
        line = card.line(code)
        if line is None:
            raise Http404
        return line
    return next(iter(card.measured), None)
