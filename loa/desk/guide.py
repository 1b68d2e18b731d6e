"""The guide inside the back office."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from loa.ui import guide
from loa.ui.public import guide_picture


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every page, and what is found in them."""
    base, words = reverse("desk:guide"), request.GET.get("q", "").strip()
    context = {
        "page_title": _("Guide"),
        "header_icon": "help",
        "page": guide.page(guide.INDEX, base=base),
        "base": base,
        "words": words,
        "hits": guide.search(words, base=base),
    }
    return render(request, "desk/guide.html", context)


@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    base = reverse("desk:guide")
    found = guide.page(name, base=base)
    if found is None:
        raise Http404
    context = {"page_title": found.title, "header_icon": "help", "page": found, "base": base}
    return render(request, "desk/guide.html", context)


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    return guide_picture(request, name)
