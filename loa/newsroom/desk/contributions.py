"""The inbox of what workers sent in: read, taken, made into a story, or answered kindly."""

from typing import Any

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

from .. import actions, queries
from ..forms import BeginForm, DeclineForm
from ..models import Contribution, ContributionFile
from .stories import attempt


@desk_screen(Ability.WRITE_STORIES)
def contributions(request: DeskRequest) -> HttpResponse:
    """What waits for an answer, the newest first; with `all`, what was answered as well."""
    before, everything = request.GET.get("after", ""), "all" in request.GET
    page = queries.contributions(request.scope, waiting=not everything, before=int(before) if before.isdecimal() else 0)
    context = {"page_title": _("Sent in"), "page": page, "after": page.after, "everything": everything}
    return render(request, "newsroom/contributions.html", context)


@desk_screen(Ability.WRITE_STORIES)
def contribution(request: DeskRequest, pk: int) -> HttpResponse:
    sent = _seen(request, pk)
    context = {
        "page_title": sent.beginning or _("Sent in"),
        "sent": sent,
        "unit": queries.owning_unit_names([sent], on=today(timezone.now())).get(sent.unit_id),
        "form": DeclineForm(),
        "begin": BeginForm(),
    }
    return render(request, "newsroom/contribution.html", context)


@desk_screen(Ability.WRITE_STORIES)
@require_POST
def take_contribution(request: DeskRequest, pk: int) -> HttpResponse:
    sent = _seen(request, pk)
    if attempt(request, lambda: actions.take(sent, by=request.user, at=timezone.now())):
        messages.success(request, _("It is yours now; the sender sees that it is being read."))
    return redirect("newsroom:contribution", pk)


@desk_screen(Ability.WRITE_STORIES)
@require_POST
def begin_from_contribution(request: DeskRequest, pk: int) -> HttpResponse:
    """A draft with its words and pictures, and with the voice where that was ticked; opened in the editor."""
    sent, form = _seen(request, pk), BeginForm(request.POST)
    try:
        heard = form.is_valid() and form.cleaned_data["heard"]
        story = actions.begin_from_contribution(sent, heard=heard, by=request.user, at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("newsroom:contribution", pk)
    messages.success(request, _("This is a draft now. Check the facts, then hand it in."))
    return redirect("newsroom_story:edit", story.pk)


@desk_screen(Ability.WRITE_STORIES)
@require_POST
def let_be_heard(request: DeskRequest, pk: int) -> HttpResponse:
    sent = _seen(request, pk)
    if attempt(request, lambda: actions.let_be_heard(sent, by=request.user, at=timezone.now())):
        messages.success(request, _("The draft of the story has the recording now; it is being made ready for phones."))
    return redirect("newsroom:contribution", pk)


@desk_screen(Ability.WRITE_STORIES)
@require_POST
def decline_contribution(request: DeskRequest, pk: int) -> HttpResponse:
    sent, form = _seen(request, pk), DeclineForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please tell the sender in a kind sentence why it is not used."))
        return redirect("newsroom:contribution", pk)
    told: dict[str, Any] = form.cleaned_data
    if attempt(request, lambda: actions.decline(sent, by=request.user, at=timezone.now(), **told)):
        messages.success(request, _("Answered; the sender reads your reason."))
        return redirect("newsroom:contributions")
    return redirect("newsroom:contribution", pk)


@desk_screen(Ability.WRITE_STORIES)
def contribution_file(request: DeskRequest, pk: int) -> HttpResponse:
    """A photo or recording that came with it; no address leads to it but this one."""
    try:
        row = queries.contribution_file(pk)
    except ContributionFile.DoesNotExist as missing:
        raise Http404 from missing
    if not request.scope.covers(row.contribution.unit_id):
        raise Http404
    with row.file.open("rb") as file:
        answer = HttpResponse(file.read(), content_type=row.type)
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox"
    return answer


def _seen(request: DeskRequest, pk: int) -> Contribution:
    try:
        sent = queries.contribution(pk)
    except Contribution.DoesNotExist as missing:
        raise Http404 from missing
    if not request.scope.covers(sent.unit_id):
        raise Http404
    return sent
