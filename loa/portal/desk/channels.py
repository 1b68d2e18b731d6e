"""The list of official channels, as staff keep it."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loa.base.dates import today
from loa.people.screens import DeskRequest, desk_screen

from .. import actions, queries
from ..forms import ChannelForm
from ..models import OfficialChannel
from ..policies import VERIFYING
from .trying import tried


@desk_screen(VERIFYING)
def channels(request: DeskRequest) -> HttpResponse:
    """The channels of the account's units, and a form for one more."""
    form = ChannelForm(request.POST or None, scope=request.scope)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        if tried(request, lambda: actions.verify_channel(**typed, by=request.user, at=timezone.now()), _("Listed.")):
            return redirect("portal_desk:channels")
    context = {
        "page_title": _("Official channels"),
        "listed": queries.official_channels(on=today(timezone.now()), within=request.scope),
        "form": form,
    }
    return render(request, "portal/desk/channels.html", context)


@desk_screen(VERIFYING)
@require_POST
def check_again(request: DeskRequest, pk: int) -> HttpResponse:
    return _do(request, pk, actions.check_channel_again, _("We noted that you looked today."))


@desk_screen(VERIFYING)
@require_POST
def end(request: DeskRequest, pk: int) -> HttpResponse:
    return _do(request, pk, actions.end_channel, _("Taken off the list."))


def _do(request: DeskRequest, pk: int, action: Callable[..., None], thanks: str) -> HttpResponse:
    try:
        channel = queries.official_channel(pk)
    except OfficialChannel.DoesNotExist as missing:
        raise Http404 from missing
    if not request.scope.covers(channel.unit_id):
        raise Http404
    tried(request, lambda: action(channel, by=request.user, at=timezone.now()), thanks)
    return redirect("portal_desk:channels")
