"""Pages that are the same for everybody, so that proxies and telephones may keep them for a minute."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

View = TypeVar("View", bound=Callable[..., HttpResponse])


def for_everyone(view: View) -> View:
    """GET only, compressed, and public when the visitor brought no cookie and is given none.

    Whoever brings one may be signed in or have a message waiting: their page is theirs alone.
    """

    @wraps(view)
    def shown(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        if request.COOKIES or response.cookies:
            patch_cache_control(response, private=True, no_cache=True)
        else:
            patch_cache_control(response, public=True, max_age=60)
        return response

    return require_safe(gzip_page(shown))  # type: ignore[return-value]
