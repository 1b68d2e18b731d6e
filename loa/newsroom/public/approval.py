"""What somebody meets who was asked to approve a story by a link: that version, and two buttons."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from loa.base.errors import Refused

from .. import actions, links
from ..forms import DecisionForm
from ..models import ApprovalLink


@never_cache
def decide(request: HttpRequest, token: str) -> HttpResponse:
    """The exact version the link was made for; used, expired and taken-back links say so kindly."""
    link = links.read(token)
    if link is None:
        raise Http404
    if request.method == "POST":
        return _decide(request, link, token)
    return _page(request, link)


def _decide(request: HttpRequest, link: ApprovalLink, token: str) -> HttpResponse:
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, link, form=form)
    try:
        approved = request.POST.get("decision") == ApprovalLink.Decision.APPROVED
        actions.decide_by_link(link, approved=approved, by=link, at=timezone.now(), **form.cleaned_data)
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect("newsroom_public:decide", token)


def _page(request: HttpRequest, link: ApprovalLink, *, form: DecisionForm | None = None) -> HttpResponse:
    state = link.state(timezone.now())
    changed = state == ApprovalLink.State.OPEN and not actions.still_shows(link, link.story)
    context = {"link": link, "state": state, "changed": changed, "form": form or DecisionForm()}
    opened = state == ApprovalLink.State.OPEN and not changed
    if opened:
        context["story"] = link.version
    response = render(
        request,
        "newsroom/link.html",
        context,
        status=200 if opened or state == ApprovalLink.State.USED else 410,
    )
    response["X-Robots-Tag"] = "noindex"
    return response
