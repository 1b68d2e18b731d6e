"""All units below one beside all targets: a table to sort and to sift."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from loa.people.models import Unit
from loa.people.roles import Ability
from loa.people.screens import DeskRequest, desk_screen

from .. import standing
from ..days import sieve_of
from ..models import Plan
from ..scorecard import STATES, Board, Sieve, board
from .asked import day_asked, frame_of, not_yet, structure_asked

SHOWN = (50, 100, 500)
"""How many units a page may hold; the first is what it holds unless more are asked for."""


@desk_screen(Ability.SEE_FIGURES)
def units(request: DeskRequest, unit_id: int) -> HttpResponse:
    try:
        found = board_asked(request, unit_id)
    except Unit.DoesNotExist:
        return not_yet(request, unit_id)
    context = frame_of(request, found.unit, on=found.on, structure=found.structure) | {
        "page_title": _("All units"),
        "page_subtitle": found.unit.label,
        "card": found,
        "board": found,
        "sieve": sieve_asked(request),
        "states": STATES,
        "kinds": standing.kinds(),
        "every_column": request.GET.get("cot") == "du",
        "sizes": SHOWN,
        "size": _size(request),
    }
    return render(request, "planning/board.html", context)


def board_asked(request: DeskRequest, unit_id: int) -> Board:
    """Raises Http404 for a unit of others, Unit.DoesNotExist for one that did not exist yet."""
    if not request.scope.covers(unit_id):
        raise Http404
    on = day_asked(request)
    try:
        return board(
            unit_id,
            on=on,
            structure=structure_asked(request, on),
            sieve=sieve_asked(request),
            after=request.GET.get("after", ""),
            limit=_size(request),
        )
    except Plan.DoesNotExist:
        raise Http404 from None


def sieve_asked(request: DeskRequest) -> Sieve:
    return sieve_of(request.GET)


def _size(request: DeskRequest) -> int:
    wanted = request.GET.get("so-dong", "")
    return int(wanted) if wanted.isdecimal() and int(wanted) in SHOWN else SHOWN[0]
