"""What `ui` shows to everybody: the colours this house has chosen, and the guide."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from . import guide, looks
from .colours import hsl, shades


@require_safe
def sheet(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """`key` changes with the look, so that browsers may keep the sheet for good."""
    try:
        look = looks.look_with_key(pk)
    except ObjectDoesNotExist:
        raise Http404 from None
    if not look.colour:
        raise Http404
    made = shades(look.colour)
    context = {"shades": made, "bar": hsl(made.dark_bar), "link": hsl(made.link), "dark_link": hsl(made.dark_link)}
    answer = render(request, "ui/look.css", context, content_type="text/css; charset=utf-8")
    patch_cache_control(answer, public=True, max_age=31_536_000, immutable=True)
    return answer


@require_safe
def guide_index(request: HttpRequest) -> HttpResponse:
    base, words = reverse("ui:guide"), request.GET.get("q", "").strip()
    context = {
        "page": guide.page(guide.INDEX, base=base),
        "base": base,
        "words": words,
        "hits": guide.search(words, base=base),
    }
    return render(request, "ui/guide_public.html", context)


@require_safe
def guide_page(request: HttpRequest, name: str) -> HttpResponse:
    base = reverse("ui:guide")
    found = guide.page(name, base=base)
    if found is None:
        raise Http404
    return render(request, "ui/guide_public.html", {"page": found, "base": base})


@require_safe
def guide_picture(request: HttpRequest, name: str) -> HttpResponseBase:
    path = guide.picture(name)
    if path is None:
        raise Http404
    answer = FileResponse(path.open("rb"))
    patch_cache_control(answer, public=True, max_age=3600)
    return answer
