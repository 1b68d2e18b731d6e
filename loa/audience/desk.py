"""What staff see of reach: topics of a unit, never people."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from loa.base.dates import parse_day, today
from loa.people.queries import node
from loa.people.roles import Ability
from loa.people.screens import desk_screen

from . import queries
from .measures import withheld_alone


@desk_screen(Ability.SEE_FIGURES)
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """The topics of the year in one unit: how many read, understood, still ask."""
    if not request.scope.covers(pk):  # type: ignore[attr-defined]
        raise Http404
    on = parse_day(request.GET.get("ngay", "")) or today(timezone.now())
    shown = node(pk, on=on)
    title = _("Reach in %(name)s") % {"name": shown.label}
    topics = queries.topics_of_unit(pk, on=on, hidden=withheld_alone(pk, on=on))
    context = {"page_title": title, "unit": shown, "on": on, "topics": topics}
    return render(request, "audience/unit.html", context)
