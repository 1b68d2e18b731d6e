"""Clips and sounds in the back office: put in, watched while they are made ready, described."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loa.base.dates import today
from loa.base.errors import Refused
from loa.people.roles import Ability
from loa.people.screens import DeskRequest, desk_screen

from .. import actions, consent, queries
from ..forms import ClipForm, NewClipForm
from ..models import Clip
from .stories import attempt

DESCRIBED = ("title", "credit", "licence", "shown", "consent_proof", "consent_until")


@desk_screen(Ability.WRITE_STORIES)
def clips(request: DeskRequest) -> HttpResponse:
    """The clips and sounds of the account's units, and the form for one more."""
    form = NewClipForm(request.POST or None, request.FILES or None, reach=request.scope)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_clip(by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(
                request, _("Received. It is being made ready for phones; you can go on working meanwhile.")
            )
            return redirect("newsroom:clip", made.pk)
    before, on = request.GET.get("after", ""), today(timezone.now())
    page = queries.clips(request.scope, before=int(before) if before.isdecimal() else 0)
    context = {
        "page_title": _("Clips and sounds"),
        "form": form,
        "clips": [(clip, consent.objection(clip.rights, on=on)) for clip in page.clips],
        "after": page.after,
    }
    return render(request, "newsroom/clips.html", context, status=422 if form.errors else 200)


@desk_screen(Ability.WRITE_STORIES)
def clip(request: DeskRequest, pk: int) -> HttpResponse:
    """One clip: how far it is, how it looks, what is known of it."""
    shown, on = _seen(request, pk), today(timezone.now())
    kept = {name: getattr(shown, name) for name in DESCRIBED}
    form = ClipForm(request.POST or None, request.FILES or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        if attempt(request, lambda: actions.describe_clip(shown, by=request.user, at=timezone.now(), **typed)):
            messages.success(request, _("Kept."))
            return redirect("newsroom:clip", pk)
    context = {
        "page_title": shown.title,
        "clip": shown,
        "form": form,
        "objection": consent.objection(shown.rights, on=on),
        "stories": queries.stories_with_clip(pk, on=on),
    }
    return render(request, "newsroom/clip.html", context)


@desk_screen(Ability.WRITE_STORIES)
@require_POST
def try_clip_again(request: DeskRequest, pk: int) -> HttpResponse:
    shown = _seen(request, pk)
    if attempt(request, lambda: actions.try_clip_again(shown, by=request.user, at=timezone.now())):
        messages.success(request, _("It is being tried again."))
    return redirect("newsroom:clip", pk)


def _seen(request: DeskRequest, pk: int) -> Clip:
    try:
        found = queries.clip(pk)
    except Clip.DoesNotExist as missing:
        raise Http404 from missing
    if not request.scope.covers(found.unit_id):
        raise Http404
    return found
