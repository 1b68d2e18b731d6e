"""News of one's own unit, told on a telephone: one short form, and what has become of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from loa.base.errors import Refused
from loa.people.roles import Ability
from loa.people.screens import DeskRequest, desk_screen

from .. import actions, policies, queries
from ..forms import NewsForm
from ..models import Story


@desk_screen(Ability.TELL_NEWS)
def news(request: DeskRequest) -> HttpResponse:
    """The form, and below it what one told before."""
    form = NewsForm(request.POST or None, request.FILES or None, reach=request.scope)
    if request.method == "POST" and form.is_valid():
        typed: dict[str, Any] = dict(form.cleaned_data)
        unit = typed.pop("unit")
        try:
            actions.tell_news(actions.News(**typed), unit=unit, by=request.user, at=timezone.now())
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Thank you! It waits for approval; you see here and on your home how it goes."))
            return redirect("newsroom:news")
    return _form(request, form, told=_told(request))


@desk_screen(Ability.TELL_NEWS)
def news_again(request: DeskRequest, pk: int) -> HttpResponse:
    """What came back with a remark, or is a draft still: changed and handed in again."""
    told = _own(request, pk)
    latest = told.get_latest_revision_as_object()
    form = NewsForm(request.POST or None, request.FILES or None, initial={"title": latest.title, "text": latest.short})
    if request.method == "POST" and form.is_valid():
        try:
            actions.tell_again(told, actions.News(**form.cleaned_data), by=request.user, at=timezone.now())
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Handed in again. Thank you!"))
            return redirect("newsroom:news")
    return _form(request, form, again=latest, remark=queries.last_remark(told))


def _form(request: DeskRequest, form: NewsForm, **more: Any) -> HttpResponse:
    title = _("Change your news") if "again" in more else _("Tell news of your unit")
    lost = bool(form.errors and request.FILES)
    context = {"page_title": title, "form": form, "lost": lost} | more
    return render(request, "newsroom/news.html", context, status=422 if form.errors else 200)


def _told(request: DeskRequest) -> queries.ToldPage:
    before = request.GET.get("after", "")
    return queries.news_told(request.user, before=int(before) if before.isdecimal() and len(before) < 19 else 0)


def _own(request: DeskRequest, pk: int) -> Story:
    try:
        told: Story = queries.own_news(pk, request.user)
    except Story.DoesNotExist as missing:
        raise Http404 from missing
    if not policies.can_tell_again(request.user, told, on=request.scope.on):
        raise Http404
    return told
