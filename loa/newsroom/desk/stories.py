"""The review desk, and each story's own screen."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loa.base.dates import today
from loa.base.errors import Refused
from loa.people.policies import scope
from loa.people.roles import Ability
from loa.people.screens import DeskRequest, desk_screen

from .. import actions, policies, queries
from ..forms import (
    AnswerForm,
    CorrectionForm,
    KeepValueForm,
    LanguageForm,
    LinkForm,
    PassageForm,
    PlacementForm,
    RemarkForm,
    TemplateNameForm,
    WithdrawalForm,
)
from ..models import Placement, Story
from .approval import links_shown


@desk_screen(Ability.APPROVE_STORIES)
def review(request: DeskRequest) -> HttpResponse:
    """What waits for this account's decision."""
    now = timezone.now()
    items = queries.awaiting(request.user, on=today(now))
    former = queries.stating_former([item.story.pk for item in items])
    waiting = [(item, item.light(now), former.get(item.story.pk, "")) for item in items]
    return render(request, "newsroom/review.html", {"page_title": _("Waiting for approval"), "waiting": waiting})


@desk_screen(Ability.SEE_FIGURES)
def story(request: DeskRequest, pk: int) -> HttpResponse:
    """A story with its text, where it appeared, what happened to it, and what may be done with it now."""
    on = today(timezone.now())
    shown = seen(request, pk)
    may = {name: getattr(policies, f"can_{name}")(request.user, shown, on=on) for name in _VERBS}
    reads = policies.can_read(request.user, shown, on=on)
    latest = shown.get_latest_revision_as_object() if reads else shown
    facts = queries.uses_of_story(shown, on=on) if reads else []
    context = {
        "page_title": shown.title,
        "story": shown,
        "latest": latest,
        "state": Story.State(shown.state),
        "may": may,
        "placements": queries.placements(shown),
        "sections": queries.shown_by(shown, on=on, limit=5),
        "happenings": queries.happenings(shown),
        "remark": queries.last_remark(shown),
        "edit_url": reverse("newsroom_story:edit", args=[pk]),
        "remark_form": RemarkForm(),
        "correction_form": CorrectionForm(initial={"note": wrong_told(facts)}),
        "withdrawal_form": WithdrawalForm(),
        "template_form": TemplateNameForm(),
        "links": links_shown(shown, request.user, at=timezone.now()) if reads else [],
        "remarks": queries.remarks(shown, latest) if reads else [],
        "passage_form": PassageForm(),
        "answer_form": AnswerForm(),
        "counted_with": queries.counted_with(shown),
        "language_form": LanguageForm(),
        "link_form": LinkForm(initial={"hours": 48}),
        "lacking": queries.lacking(latest, binding=True) if may["write"] and not shown.live else [],
        "advised": queries.lacking(latest, binding=False) if may["write"] else [],
        "placement_form": PlacementForm(initial={"placed_on": on}),
        "facts": facts,
        "may_decide": _may_decide(request, facts),
        "keep_form": KeepValueForm(auto_id=False),
    }
    return render(request, "newsroom/story.html", context)


def wrong_told(facts: list[queries.Using]) -> str:
    """What was wrong with the facts of a story, as whoever corrected them put it."""
    return " ".join(row.now.note for row in facts if row.use.wrong)


def _may_decide(request: DeskRequest, facts: list[queries.Using]) -> set[int]:
    """The uses that the account may leave as they are."""
    reaches = (
        scope(request.user, one, on=request.scope.on) for one in (Ability.WRITE_STORIES, Ability.APPROVE_STORIES)
    )
    return queries.open_to_decide(facts, *reaches)


_VERBS = ("write", "tell_again", "approve", "publish", "correct", "withdraw", "place", "remark", "kill", "join")


@desk_screen(Ability.APPROVE_STORIES)
@require_POST
def approve(request: DeskRequest, pk: int) -> HttpResponse:
    return do(request, pk, actions.approve, _("Approved. Thank you for reading it."), next_="newsroom:review")


@desk_screen(Ability.APPROVE_STORIES)
@require_POST
def send_back(request: DeskRequest, pk: int) -> HttpResponse:
    form = RemarkForm(request.POST)
    return do(request, pk, actions.return_with_remark, _("Returned to its writer."), form, next_="newsroom:review")


@desk_screen(Ability.APPROVE_STORIES)
@require_POST
def publish(request: DeskRequest, pk: int) -> HttpResponse:
    return do(request, pk, actions.publish, _("Published."))


@desk_screen(Ability.APPROVE_STORIES)
@require_POST
def correct(request: DeskRequest, pk: int) -> HttpResponse:
    return do(request, pk, actions.correct, _("Corrected; readers see what was wrong."), CorrectionForm(request.POST))


@desk_screen(Ability.APPROVE_STORIES)
@require_POST
def withdraw(request: DeskRequest, pk: int) -> HttpResponse:
    return do(request, pk, actions.withdraw, _("Withdrawn; readers see why."), WithdrawalForm(request.POST))


@desk_screen(Ability.PUBLISH_STORIES)
@require_POST
def kill(request: DeskRequest, pk: int) -> HttpResponse:
    return do(request, pk, actions.kill, _("The text is gone from every version."), WithdrawalForm(request.POST))


@desk_screen(Ability.WRITE_STORIES)
@require_POST
def translate(request: DeskRequest, pk: int) -> HttpResponse:
    """Begin an edition in another language, and go on writing it."""
    found, form = seen(request, pk), LanguageForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Please choose a language."))
        return redirect("newsroom:story", pk)
    try:
        made = actions.begin_translation(found, by=request.user, at=timezone.now(), **form.cleaned_data)
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("newsroom:story", pk)
    return redirect("newsroom_story:edit", made.pk)


@desk_screen(Ability.SEE_FIGURES)
@require_POST
def place(request: DeskRequest, pk: int) -> HttpResponse:
    return do(request, pk, actions.place, _("Written down."), PlacementForm(request.POST, request.FILES))


@desk_screen(Ability.SEE_FIGURES)
@require_POST
def end_placement(request: DeskRequest, pk: int) -> HttpResponse:
    placement = _placement(pk)
    found = seen(request, placement.story_id)
    mistaken = "mistaken" in request.POST
    attempt(request, lambda: actions.remove_placement(placement, mistaken=mistaken, by=request.user, at=timezone.now()))
    return redirect("newsroom:story", found.pk)


def do(
    request: DeskRequest,
    pk: int,
    action: Callable[..., Any],
    thanks: str,
    form: Form | None = None,
    next_: str = "",
) -> HttpResponse:
    """Call one action with what was typed, and say what came of it."""
    found = seen(request, pk)
    if form is not None and not form.is_valid():
        for problems in form.errors.values():
            messages.error(request, " ".join(str(problem) for problem in problems))
        return redirect("newsroom:story", pk)
    typed = form.cleaned_data if form is not None else {}
    done = attempt(request, lambda: action(found, by=request.user, at=timezone.now(), **typed))
    if done:
        messages.success(request, thanks)
    return redirect(next_) if next_ and done else redirect("newsroom:story", pk)


def attempt(request: DeskRequest, action: Callable[[], Any]) -> bool:
    try:
        action()
    except Refused as reason:
        messages.error(request, str(reason))
        return False
    return True


def seen(request: DeskRequest, pk: int) -> Story:
    """The story, if the account may see it: what is out within its scope, drafts only where it writes or judges."""
    on = today(timezone.now())
    try:
        found = queries.for_desk(pk, on=on)
    except Story.DoesNotExist as missing:
        raise Http404 from missing
    if policies.can_read(request.user, found, on=on):
        return found
    if not request.scope.covers(found.unit_id) or found.published_on is None:
        raise Http404
    return found


def _placement(pk: int) -> Placement:
    try:
        return queries.placement(pk)
    except Placement.DoesNotExist as missing:
        raise Http404 from missing
