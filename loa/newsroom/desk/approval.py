"""Who decides besides the approvers themselves: people asked by a link, and deputies."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loa.base.dates import today
from loa.base.errors import Refused
from loa.people.models import Account
from loa.people.roles import Ability
from loa.people.screens import DeskRequest, desk_screen

from .. import actions, policies, queries
from ..forms import DeputyForm, LinkForm
from ..links import token
from ..models import ApprovalLink, Deputy, Story


@dataclass(frozen=True, kw_only=True)
class LinkShown:
    """A link as its story's screen shows it; the address only to those who could decide themselves."""

    link: ApprovalLink
    state: str
    label: str
    address: str = ""


def links_shown(story: Story, account: Account, *, at: datetime) -> list[LinkShown]:
    may = policies.can_approve(account, story, on=today(at))
    return [_shown(link, may=may, at=at) for link in queries.links_of(story)]


def _shown(link: ApprovalLink, *, may: bool, at: datetime) -> LinkShown:
    state = link.state(at)
    address = reverse("newsroom_public:decide", args=[token(link)])
    opened = may and state == ApprovalLink.State.OPEN
    return LinkShown(
        link=link, state=state, label=str(ApprovalLink.State(state).label), address=address if opened else ""
    )


@desk_screen(Ability.APPROVE_STORIES)
@require_POST
def ask(request: DeskRequest, pk: int) -> HttpResponse:
    story, form = _story(request, pk), LinkForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(one) for problems in form.errors.values() for one in problems))
        return redirect("newsroom:story", pk)
    try:
        actions.ask_by_link(story, by=request.user, at=timezone.now(), **form.cleaned_data)
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("The link is ready. Hand it only to the person named."))
    return redirect("newsroom:story", pk)


@desk_screen(Ability.APPROVE_STORIES)
@require_POST
def revoke(request: DeskRequest, pk: int) -> HttpResponse:
    try:
        link = queries.link_by_key(pk)
    except ApprovalLink.DoesNotExist as missing:
        raise Http404 from missing
    story = _story(request, link.story_id)
    try:
        actions.revoke_link(link, by=request.user, at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect("newsroom:story", story.pk)


def _story(request: DeskRequest, pk: int) -> Story:
    on = today(timezone.now())
    try:
        found = queries.for_desk(pk, on=on)
    except Story.DoesNotExist as missing:
        raise Http404 from missing
    if not policies.can_read(request.user, found, on=on):
        raise Http404
    return found


@desk_screen(Ability.APPROVE_STORIES)
def deputies(request: DeskRequest) -> HttpResponse:
    """Who decides for whom, and the form for one's own deputy."""
    now = timezone.now()
    form = DeputyForm(request.POST or None, account=request.user, on=today(now))
    if request.method == "POST" and form.is_valid():
        try:
            actions.name_deputy(request.user, by=request.user, at=now, **form.cleaned_data)
        except Refused as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, _("Your deputy is named. Remember to tell them."))
            return redirect("newsroom:deputies")
    shown = queries.deputies_of(request.user, on=today(now))
    context = {"page_title": _("Deputies"), "deputies": shown, "form": form, "today": today(now)}
    return render(request, "newsroom/deputies.html", context)


@desk_screen(Ability.APPROVE_STORIES)
@require_POST
def end_deputy(request: DeskRequest, pk: int) -> HttpResponse:
    try:
        named = queries.deputies_of(request.user, on=today(timezone.now())).get(pk=pk)
    except Deputy.DoesNotExist as missing:
        raise Http404 from missing
    try:
        actions.end_deputy(named, by=request.user, at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect("newsroom:deputies")
