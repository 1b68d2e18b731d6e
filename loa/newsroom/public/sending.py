"""What a worker meets who sends something in: one form for a telephone, and a page by which to follow it."""

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from loa.base.dates import today
from loa.base.errors import Refused
from loa.ledger.facts import SYSTEM
from loa.people.models import Account

from .. import actions, queries, sendings
from ..forms import ContributionForm
from ..models import Contribution


@never_cache
def contribute(request: Any) -> HttpResponse:
    """GET shows the form; POST keeps what was sent and leads to the page by which it is followed."""
    limits = queries.limits(on=today(timezone.now()))
    if request.method != "POST":
        return _form(
            request, ContributionForm(limits=limits, initial={"workplace": request.GET.get("don-vi", "")[:160]})
        )
    form = ContributionForm(request.POST, request.FILES, limits=limits)
    if not form.is_valid():
        return _form(request, form, status=422)
    if not ratelimit.consume(request, action="contribute"):
        form.add_error(None, _("That was a little too often. Please wait a moment and try again."))
        return _form(request, form, status=429)
    try:
        sent = _sent(request, dict(form.cleaned_data))
    except Refused as reason:
        form.add_error(None, str(reason))
        return _form(request, form, status=422)
    messages.success(request, _("Thank you! We have received it."))
    return redirect("contributions:follow", sendings.token(sent))


def _sent(request: Any, typed: dict[str, Any]) -> Contribution:
    at = timezone.now()
    unit = queries.addressee(typed["workplace"], on=today(at))
    by = request.user if isinstance(request.user, Account) else None
    return actions.contribute(**typed, unit=unit, by=by, at=at)


def _form(request: Any, form: ContributionForm, *, status: int = 200) -> HttpResponse:
    again = request.method == "POST" and bool(request.FILES)
    return render(request, "newsroom/contribute.html", {"form": form, "again": again}, status=status)


@never_cache
def follow(request: Any, token: str) -> HttpResponse:
    """Where it stands; whoever has the address may see it, so it says nothing about anybody."""
    sent = _found(token)
    context = {"sent": sent, "token": token, "out": queries.is_out(sent, at=timezone.now())}
    response = render(request, "newsroom/contribution_followed.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
@require_POST
def take_back(request: Any, token: str) -> HttpResponse:
    """Whoever sent it may have it erased at any time; a story that was made of it is asked for by its correction."""
    sent = _found(token)
    by = sent.account or SYSTEM
    actions.erase_contribution(sent, reason="asked", by=by, at=timezone.now())
    messages.success(request, _("What you sent in has been erased."))
    return redirect("contributions:follow", token)


@never_cache
@require_POST
def fall_silent(request: Any, token: str) -> HttpResponse:
    """Whoever agreed to be heard may say otherwise at any time, also when the story is out."""
    sent = _found(token)
    actions.fall_silent(sent, by=sent.account or SYSTEM, at=timezone.now())
    messages.success(request, _("Nobody hears your voice on the union's pages any more."))
    return redirect("contributions:follow", token)


def _found(token: str) -> Contribution:
    sent = sendings.read(token)
    if sent is None:
        raise Http404
    return sent
