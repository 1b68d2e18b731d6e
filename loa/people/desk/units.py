"""Units: the tree of any day, and everything about one unit."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from loa.base.dates import parse_day
from loa.base.periods import FOREVER

from .. import queries
from ..dossiers import Dossier, dossier
from ..models import Unit
from ..policies import can
from ..roles import Ability
from ..screens import DeskRequest, desk_screen
from .reorganising import VERBS


@desk_screen(Ability.SEE_FIGURES)
@require_GET
def units(request: DeskRequest) -> HttpResponse:
    """The units the account looks after, or those found by some words."""
    on, words = _day(request), request.GET.get("q", "").strip()
    if words:
        found = queries.search_units(words, on=on, scope=request.scope)
    elif request.scope.everything:
        found = queries.roots(on=on)
    else:
        found = queries.nodes([queries.unit_of(path) for path in request.scope.paths], on=on)
    answer = {"page_title": _("Units"), "header_icon": "site", "found": found, "words": words, **_on(request)}
    return render(request, "people/units.html", answer)


@desk_screen(Ability.SEE_FIGURES)
@require_GET
def unit(request: DeskRequest, pk: int) -> HttpResponse:
    if not request.scope.covers(pk):
        raise Http404
    try:
        shown = dossier(pk, on=_day(request))
    except Unit.DoesNotExist:
        return render(request, "people/unit_not_yet.html", {"page_title": _("Units"), "pk": pk, **_on(request)})
    manageable = shown.node.living and can(request.user, Ability.MANAGE_UNITS, pk, on=request.scope.on)
    answer = {
        "page_title": shown.node.name,
        "page_subtitle": shown.node.kind,
        "header_icon": "site",
        "shown": shown,
        "steps": _steps(request, shown),
        "verbs": {slug: verb.label for slug, verb in VERBS.items()} if manageable else {},
        **_on(request),
    }
    return render(request, "people/unit.html", answer)


def _day(request: DeskRequest) -> date:
    return parse_day(request.GET.get("ngay", "")) or request.scope.on


def _on(request: DeskRequest) -> dict[str, Any]:
    """The day shown, and what keeps it in links."""
    on, now = _day(request), request.scope.on
    return {"on": on, "forever": FOREVER, "query": "" if on == now else f"?ngay={on.isoformat()}"}


def _steps(request: DeskRequest, shown: Dossier) -> list[tuple[str, str]]:
    return [
        (reverse("people:unit", args=[node.unit_id]) + _on(request)["query"], node.label)
        for node in shown.above
        if request.scope.covers_path(node.path)
    ]
