"""Stories that may be one product: suggested here, decided by a person."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loa.base.errors import Refused
from loa.people.roles import Ability
from loa.people.screens import DeskRequest, desk_screen

from .. import actions, queries
from ..forms import JoinForm, ReasonForm
from .stories import do, seen


@desk_screen(Ability.PUBLISH_STORIES)
def alike(request: DeskRequest) -> HttpResponse:
    """Pairs that nobody has decided about, the newest first."""
    before = request.GET.get("after", "")
    pairs, after = queries.suggestions(request.scope, before=int(before) if before.isdecimal() else 0)
    context = {"page_title": _("Perhaps the same"), "pairs": pairs, "after": after or "", "form": JoinForm()}
    return render(request, "newsroom/alike.html", context)


@desk_screen(Ability.PUBLISH_STORIES)
@require_POST
def join(request: DeskRequest) -> HttpResponse:
    return _decide(
        request, lambda later, earlier, **told: actions.join(later, to=earlier, **told), _("Counted as one.")
    )


@desk_screen(Ability.PUBLISH_STORIES)
@require_POST
def keep_apart(request: DeskRequest) -> HttpResponse:
    return _decide(
        request, lambda later, earlier, **told: actions.keep_apart(later, other=earlier, **told), _("They stay two.")
    )


def _decide(request: DeskRequest, action: Callable[..., Any], thanks: str) -> HttpResponse:
    form = JoinForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please say in a few words why; whoever checks the figures will ask."))
        return redirect("newsroom:alike")
    later, earlier = (seen(request, form.cleaned_data[name]) for name in ("later", "earlier"))
    try:
        action(later, earlier, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, thanks)
    return redirect("newsroom:alike")


@desk_screen(Ability.PUBLISH_STORIES)
@require_POST
def part(request: DeskRequest, pk: int) -> HttpResponse:
    return do(request, pk, actions.part, _("Counted by itself again."), ReasonForm(request.POST))
