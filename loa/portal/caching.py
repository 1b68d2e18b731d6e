"""Pages that are the same for everybody, so that they may be kept: here, in proxies, on telephones."""

import copy
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

View = TypeVar("View", bound=Callable[..., HttpResponse])

MARK = "X-Loa-Page"
"""The header by which a view tells the page cache that this is for everybody, and which parameters it understands."""
HINT = "loa_toi"
"""The cookie that tells the page's own script (and no server) that somebody may be signed in."""
AGAIN_WITHIN = 30
"""Seconds in which a telephone may show the page it has while it asks whether there is a newer one."""


class _NoMessages:
    """What is waiting for somebody waits on: a page for everybody neither shows nor uses it up."""

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0


def for_everyone(view: View | None = None, *, knows: tuple[str, ...] = ()) -> Any:
    """GET only, and the same for everybody: the view sees who nobody is, and of the query only what it `knows`.

    What one person may see (an answer, a message, a name) is fetched apart, from an address that is kept nowhere.
    """
    if view is None:
        return lambda given: for_everyone(given, knows=knows)

    @wraps(view)
    def shown(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(nobody_s(request, knows), *args, **kwargs)
        response[MARK] = " ".join(knows)
        patch_cache_control(response, public=True, max_age=0, stale_while_revalidate=AGAIN_WITHIN)
        response["Vary"] = "Accept-Encoding"
        response["X-Accel-Expires"] = "1"
        return response

    return require_safe(shown)


def nobody_s(request: HttpRequest, knows: tuple[str, ...]) -> HttpRequest:
    """The same request from somebody unknown, with no more in its query than `knows` names."""
    bare: Any = copy.copy(request)
    bare.user, bare.COOKIES, bare._messages = AnonymousUser(), {}, _NoMessages()
    bare.META = {key: value for key, value in request.META.items() if key not in {"HTTP_COOKIE", "CSRF_COOKIE"}}
    vars(bare).pop("session", None)  # whoever asks for it makes a mistake, and a loud one
    bare.GET = QueryDict(mutable=True)
    for name in sorted(knows):
        if value := request.GET.get(name):
            bare.GET[name] = value
    nobodys: HttpRequest = bare
    return nobodys


class Hint:
    """Sets and deletes `HINT` together with the session's cookie: outermost, so that it sees what sign-in has set."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = response.cookies.get("sessionid")
        if session is None:
            return response
        if session.value:
            age, secure = session["max-age"] or None, bool(session["secure"])
            response.set_cookie(HINT, "1", max_age=age, secure=secure, samesite="Lax")
        else:
            response.delete_cookie(HINT, samesite="Lax")
        return response
