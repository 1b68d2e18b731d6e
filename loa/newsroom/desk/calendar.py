"""The editorial calendar: a week or a month of everything planned and scheduled, and moving it to another day."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loa.base.dates import HANOI, parse_day, short_date, today
from loa.base.errors import Refused
from loa.base.periods import Period
from loa.people.policies import scope
from loa.people.roles import Ability
from loa.people.screens import DeskRequest, desk_screen

from .. import actions, queries
from ..forms import SieveForm
from ..models import Coverage, Event, Story

END_OF_WORK = time(17)
MONTH = "thang"
KEPT = ("xem", "ngay", "don-vi", "nhom", "the-loai")
"""The words of the address that say what is looked at."""


@desk_screen(Ability.SEE_FIGURES)
def calendar(request: DeskRequest) -> HttpResponse:
    """For whoever writes stories, of the units they write for; all others read it, of theirs."""
    writes = scope(request.user, Ability.WRITE_STORIES, on=request.scope.on)
    reach = writes or request.scope
    now, asked = timezone.now(), _kept(request.GET)
    day = _day(asked)
    shown = _period(day, month=asked.get("xem") == MONTH)
    form = SieveForm(request.GET, reach=reach)
    publishes = scope(request.user, Ability.PUBLISH_STORIES, on=request.scope.on)
    days = queries.editorial(reach, shown, sieve=form.sieve, publishes=publishes, reading=not writes, now=now)
    month = asked.get("xem") == MONTH
    context = {
        "page_title": _("Editorial calendar"),
        "page_subtitle": _heading(day, shown, month=month),
        "days": days,
        "month": month,
        "writes": bool(writes),
        "this_month": day.month,
        "today": today(now),
        "form": form,
        "asked": asked,
        "told": urlencode(asked),
        "before": urlencode(asked | {"ngay": _turn(day, -1, month=month).isoformat()}),
        "after": urlencode(asked | {"ngay": _turn(day, 1, month=month).isoformat()}),
        "as_week": urlencode({key: value for key, value in asked.items() if key != "xem"}),
        "as_month": urlencode(asked | {"xem": MONTH}),
        "sifted": form.sieve != queries.Sieve(),
        "unsifted": urlencode({key: value for key, value in asked.items() if key in ("xem", "ngay")}),
        "now": urlencode({key: value for key, value in asked.items() if key != "ngay"}),
    }
    return render(request, "newsroom/calendar.html", context)


def _kept(words: Mapping[str, str]) -> dict[str, str]:
    return {name: words[name] for name in KEPT if words.get(name)}


def _day(asked: Mapping[str, str]) -> date:
    day = parse_day(asked.get("ngay", "")) or today(timezone.now())
    return min(max(day, date(1901, 1, 1)), date(2099, 1, 1))


def _period(day: date, *, month: bool) -> Period:
    """The week of the day from Monday on, or all weeks of its month."""
    first, last = (day.replace(day=1), _turn(day, 1, month=True) - timedelta(days=1)) if month else (day, day)
    return Period(first=first - timedelta(days=first.weekday()), last=last + timedelta(days=6 - last.weekday()))


def _turn(day: date, way: int, *, month: bool) -> date:
    if not month:
        return day + timedelta(days=7 * way)
    number = day.year * 12 + day.month - 1 + way
    return date(number // 12, number % 12 + 1, 1)


def _heading(day: date, shown: Period, *, month: bool) -> str:
    if month:
        return _("Month %(month)d, %(year)d") % {"month": day.month, "year": day.year}
    return _("Week from %(first)s to %(last)s") % {"first": short_date(shown.first), "last": short_date(shown.last)}


@desk_screen(Ability.WRITE_STORIES)
@require_POST
def move(request: DeskRequest) -> HttpResponse:
    """Put one thing on another day; its hour stays. Back to where one looked, or to the new day if it lies outside."""
    what, to = request.POST.get("what", ""), parse_day(request.POST.get("to", ""))
    asked = _kept(request.POST)
    thing = _thing(request, what)
    if to is None:
        messages.error(request, _("Please choose the new day."))
        return _back(asked, what)
    try:
        _put(request, thing, to)
    except Refused as reason:
        messages.error(request, str(reason))
        return _back(asked, what)
    messages.success(request, _("“%(title)s” moved to %(day)s.") % {"title": thing, "day": short_date(to)})
    if not _period(_day(asked), month=asked.get("xem") == MONTH).holds(to):
        asked["ngay"] = to.isoformat()
    return _back(asked, what)


def _put(request: DeskRequest, thing: Any, to: date) -> None:
    by, at = request.user, timezone.now()
    if isinstance(thing, Event):
        actions.move_event(thing, to=to, by=by, at=at)
    elif isinstance(thing, Coverage):
        actions.move_coverage(thing, due_at=_same_hour(thing.due_at, to), by=by, at=at)
    else:
        actions.reschedule(thing, to=_same_hour(queries.appears_at(thing), to), by=by, at=at)


def _same_hour(moment: datetime | None, to: date) -> datetime:
    hour = moment.astimezone(HANOI).time() if moment else END_OF_WORK
    return datetime.combine(to, hour, tzinfo=HANOI)


def _thing(request: DeskRequest, what: str) -> Any:
    sort, _dash, key = what.partition("-")
    pk = int(key) if key.isascii() and key.isdigit() and len(key) < 19 else 0
    try:
        if sort == queries.Sort.EVENT:
            return queries.event(pk, request.scope)
        if sort == queries.Sort.COVERAGE:
            return queries.coverage(pk, request.scope)
        if sort == queries.Sort.STORY:
            return queries.story_of_key(pk, request.scope)
    except (Event.DoesNotExist, Coverage.DoesNotExist, Story.DoesNotExist):
        pass
    raise Http404


def _back(asked: Mapping[str, str], what: str) -> HttpResponse:
    return redirect(f"{reverse('newsroom:calendar')}?{urlencode(asked)}#{what}")
