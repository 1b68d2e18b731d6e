"""Where a figure is going: its way over the years, what will be missed, and the cheapest ways to close a gap."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from loa.people.models import Unit
from loa.people.roles import Ability
from loa.people.screens import DeskRequest, desk_screen

from ..scorecard.closing import closing as cheapest
from ..scorecard.course import Step
from ..scorecard.course import course as points_of
from ..scorecard.pictures import course_picture
from ..scorecard.warnings import ahead_of, warnings
from .asked import card_asked, context_of, line_asked, not_yet


@desk_screen(Ability.SEE_FIGURES)
def course(request: DeskRequest, unit_id: int, code: str) -> HttpResponse:
    """One target over the years of the plan, as a picture and as a table."""
    try:
        card, line = line_asked(request, unit_id, code)
    except Unit.DoesNotExist:
        return not_yet(request, unit_id)
    wanted = request.GET.get("buoc", "")
    step = Step(wanted) if wanted in set(Step) else Step.QUARTER
    points, ahead = points_of(card, line, step), ahead_of(line, line.reading)
    context = context_of(request, card) | {
        "page_title": _("The way to %(year)d") % {"year": card.plan.last.year},
        "page_subtitle": f"{line.target.code}. {line.target.short}",
        "line": line,
        "ahead": ahead,
        "points": points[::-1],
        "picture": course_picture(points, line.path, step, ahead, percent=line.target.percent),
        "step": step,
        "some_withheld": any(point.reading.state == "withheld" for point in points),
    }
    return render(request, "planning/course.html", context)


@desk_screen(Ability.SEE_FIGURES)
def closing(request: DeskRequest, unit_id: int, code: str) -> HttpResponse:
    """What would bring the figure to what is owed, with as little as possible."""
    try:
        card, line = line_asked(request, unit_id, code)
    except Unit.DoesNotExist:
        return not_yet(request, unit_id)
    context = context_of(request, card) | {
        "page_title": _("The cheapest ways to close the gap"),
        "page_subtitle": f"{line.target.code}. {line.target.short}",
        "line": line,
        "ahead": ahead_of(line, line.reading),
        "closing": cheapest(line),
    }
    return render(request, "planning/closing.html", context)


@desk_screen(Ability.SEE_FIGURES)
def warning(request: DeskRequest, unit_id: int) -> HttpResponse:
    """Which targets of which units will be missed at this pace."""
    try:
        card = card_asked(request, unit_id)
    except Unit.DoesNotExist:
        return not_yet(request, unit_id)
    context = context_of(request, card) | {
        "page_title": _("Early warning"),
        "page_subtitle": card.unit.label,
        "warnings": warnings(card),
    }
    return render(request, "planning/warning.html", context)
