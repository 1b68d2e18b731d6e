"""The calendar of events for everybody: what comes next, a month, one event, and a file to subscribe to."""

from datetime import date, timedelta
from itertools import groupby

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.base.periods import Period
from loa.newsroom import queries as newsroom
from loa.people import cards

from .. import happenings
from ..caching import for_everyone
from .reading import found

AHEAD = timedelta(days=366)
LISTED = 200
BEHIND, KNOWN = timedelta(days=31), timedelta(days=731)
"""How far back and ahead a subscribed calendar knows the events."""


@for_everyone(knows=("don-vi",))
def events(request: HttpRequest) -> HttpResponse:
    """What comes next, month by month."""
    on = today(timezone.now())
    card = _card(request, on)
    coming = newsroom.occurring(
        Period(first=on, last=on + AHEAD), on=on, unit_id=card.node.unit_id if card else None, limit=LISTED
    )
    months = [
        (first, list(times)) for first, times in groupby(coming, lambda one: max(one.period.first, on).replace(day=1))
    ]
    context = {"months": months, "today": on, "card": card}
    return render(request, "portal/events.html", context)


@for_everyone(knows=("don-vi",))
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The days of a month as a table, and the same events below one another on a telephone."""
    on = today(timezone.now())
    if not (1 <= month <= 12 and 1950 < year < 2090):
        raise Http404
    card = _card(request, on)
    shown = happenings.weeks(date(year, month, 1))
    unit_id = card.node.unit_id if card else None
    times = newsroom.occurring(shown.period, on=on, unit_id=unit_id)
    context = {"weeks": shown.filled(times), "month": shown, "today": on, "card": card}
    return render(request, "portal/events_month.html", context)


def _card(request: HttpRequest, on: date) -> cards.UnitCard | None:
    code = request.GET.get("don-vi", "")
    return found(cards.unit_card, code, on=on) if code else None


@for_everyone
def event(request: HttpRequest, pk: int) -> HttpResponse:
    on = today(timezone.now())
    shown = found(newsroom.public_event, pk, on=on)
    time = shown.next(on) or shown.days
    address = settings.BASE_URL + reverse("portal:event", args=[pk])
    context = {
        "event": shown,
        "period": time,
        "over": time.last < on,
        "later": shown.occurrences(Period(first=time.after, last=time.after + timedelta(days=1100)))[:3],
        "stories": newsroom.told_of(shown, at=timezone.now()),
        "told": happenings.told(shown, time, address=address),
    }
    return render(request, "portal/event.html", context)


@for_everyone
def feed(request: HttpRequest) -> HttpResponse:
    return _feed(settings.WAGTAIL_SITE_NAME, None)


@for_everyone
def unit_feed(request: HttpRequest, code: str) -> HttpResponse:
    node = found(cards.unit_card, code, on=today(timezone.now())).node
    return _feed(node.name, node.unit_id)


def _feed(name: str, unit_id: int | None) -> HttpResponse:
    on = today(timezone.now())
    times = newsroom.occurring(Period(first=on - BEHIND, last=on + KNOWN), on=on, unit_id=unit_id)
    title = _("Events: %(name)s") % {"name": name}
    file = happenings.ics(times, title=title, base=settings.BASE_URL)
    return HttpResponse(file, content_type="text/calendar; charset=utf-8")


@for_everyone
def event_file(request: HttpRequest, pk: int) -> HttpResponse:
    """One event to put into one's own calendar: its next time, or its last."""
    on = today(timezone.now())
    shown = found(newsroom.public_event, pk, on=on)
    time = newsroom.Occurrence(event=shown, period=shown.next(on) or shown.days)
    file = happenings.ics([time], title=shown.name, base=settings.BASE_URL)
    return HttpResponse(file, content_type="text/calendar; charset=utf-8")
