"""A signed-in person's own corner, and what they say at the end of a story."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from loa.audience.actions import Said
from loa.audience.actions import say as say_about
from loa.base.dates import today
from loa.base.errors import Refused
from loa.newsroom import queries as newsroom
from loa.people.actions import consents

from .. import queries
from ..asking import Asking
from ..forms import ConsentForm, SayForm
from .reading import found

if TYPE_CHECKING:
    from loa.audience.models import Topic
    from loa.people.models import Account


class MemberRequest(HttpRequest):
    """A request of somebody who has signed in (for annotations)."""

    user: "Account"


THANKS = {
    Said.READ: gettext_lazy("Thank you! We noted that you have read this."),
    Said.UNDERSTOOD: gettext_lazy("Thank you! We noted that you have read and understood this."),
    Said.UNCLEAR: gettext_lazy("Thank you for saying so. Below you see whom to ask."),
}


PART = "X-Loa-Part"
"""Sent by the page's own script, which puts the answer into a page that is the same for everybody."""


@never_cache
def say(request: Any, slug: str) -> HttpResponse:
    """POST says it; GET shows what one has said, as a page or as the part that a script puts into the story."""
    part = PART in request.headers
    if not request.user.is_authenticated:
        return HttpResponse(status=204) if part else redirect_to_login(request.get_full_path())
    story = found(newsroom.published, slug, at=timezone.now())
    if story.topic is None:
        raise Http404
    if request.method == "POST":
        _say(request, story.topic)
        return redirect("portal:say", slug)
    question = queries.question(story, request.user.person_id, on=today(timezone.now()))
    template = "portal/_question.html" if part else "portal/answer.html"
    return render(request, template, {"story": story, "question": question})


def _say(request: MemberRequest, topic: "Topic") -> None:
    form = SayForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    try:
        say_about(topic, form.cleaned_data["said"], by=request.user, at=timezone.now())
        messages.success(request, str(THANKS[form.cleaned_data["said"]]))
    except Refused as reason:
        messages.error(request, str(reason))


@never_cache
@login_required
@require_safe
def me(request: MemberRequest) -> HttpResponse:
    corner = queries.corner(request.user, at=timezone.now())
    return render(request, "portal/me.html", {"corner": corner})


@login_required
@require_POST
def consent(request: MemberRequest) -> HttpResponse:
    form = ConsentForm(request.POST)
    if not form.is_valid() or request.user.person is None:
        raise BadRequest
    channel, purpose = form.cleaned_data["channel"], form.cleaned_data["purpose"]
    asking = Asking(channel=channel, purpose=purpose, agreed=False)
    if form.cleaned_data["agree"] == "yes":
        proof = asking.proof
        consents.give(request.user.person, channel, purpose, proof=proof, by=request.user, at=timezone.now())
        messages.success(request, _("We noted that you agree. You can take it back here at any time."))
    else:
        consents.withdraw(request.user.person, channel, purpose, by=request.user, at=timezone.now())
        messages.success(request, _("We noted that you no longer agree."))
    return redirect(reverse("portal:me") + "#dong-y")
