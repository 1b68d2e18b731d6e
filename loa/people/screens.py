"""The way into a screen of the back office: signed in, with the ability it asks for, looking at their own part."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from loa.base.dates import today

from .models import Account
from .policies import Scope, scope, scope_of_any
from .roles import Ability

Screen = TypeVar("Screen", bound=Callable[..., HttpResponseBase])


class DeskRequest(HttpRequest):
    """What a view decorated with `desk_screen` is given (for annotations)."""

    user: Account
    scope: Scope
    """Where the account has the screen's ability today; the view narrows everything it shows with it."""


def refused(request: HttpRequest) -> HttpResponse:
    """The page that says, kindly and without a reason that would tell anything, that this door is not theirs."""
    return render(request, "people/refused.html", status=403)


def desk_screen(ability: Ability) -> Callable[[Screen], Screen]:
    """Let in only accounts that have `ability` somewhere today; sets `request.scope`.

    The view keeps the ability as an attribute, by which the door of the back office knows it for one of ours.
    """

    def decorate(view: Screen) -> Screen:
        @wraps(view)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            request.scope = scope(request.user, ability, on=today(timezone.now()))
            return view(request, *args, **kwargs) if request.scope else refused(request)

        guarded.ability = ability  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def staff_screen(view: Screen) -> Screen:
    """Let in whoever has any ability somewhere today; what they may see there, the view decides by what is asked."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        request.scope = scope_of_any(request.user, Ability, on=today(timezone.now()))
        return view(request, *args, **kwargs) if request.scope else refused(request)

    guarded.ability = None  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]
