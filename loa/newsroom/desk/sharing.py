"""Shared stories: what is offered to one's units, one of it with what may be done, and who shows one's own."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loa.base.dates import short_date
from loa.base.errors import Refused
from loa.people.policies import scope, scope_of_any
from loa.people.roles import Ability
from loa.people.screens import DeskRequest, desk_screen

from .. import actions, policies, queries
from ..forms import DeclineOfferForm, OfferForm, SharedSieve, TakeForm, WordsForm
from ..models import Offer, SharedStory
from .stories import seen

JUDGING = frozenset({Ability.WRITE_STORIES, Ability.APPROVE_STORIES})


@desk_screen(Ability.WRITE_STORIES)
def shared(request: DeskRequest) -> HttpResponse:
    """What others share with one's units, the newest first."""
    sieve = SharedSieve(request.GET)
    typed = sieve.cleaned_data if sieve.is_valid() else {}
    page = queries.offers_to(
        request.scope,
        at=timezone.now(),
        answer=typed.get("answer") or queries.NEW,
        words=typed.get("q", ""),
        theme=typed["theme"].code if typed.get("theme") else "",
        after=request.GET.get("after", ""),
    )
    context = {"page_title": _("Stories shared with us"), "sieve": sieve, "page": page}
    return render(request, "newsroom/shared.html", context)


@desk_screen(Ability.SEE_FIGURES)
def offer(request: DeskRequest, pk: int) -> HttpResponse:
    return _page(request, _offered(request, pk))


@desk_screen(Ability.WRITE_STORIES)
@require_POST
def take(request: DeskRequest, pk: int) -> HttpResponse:
    found = _offered(request, pk)
    form = TakeForm(request.POST, prefix="take", offer=found.offer, reach=request.scope)
    return _do(request, found, actions.take_story, found.offer, form=form, said=_("Your section shows it now."))


@desk_screen(Ability.WRITE_STORIES)
@require_POST
def decline(request: DeskRequest, pk: int) -> HttpResponse:
    found = _offered(request, pk)
    form = DeclineOfferForm(request.POST, prefix="decline", offer=found.offer, reach=request.scope)
    said = _("Noted: your unit does not show it.")
    return _do(request, found, actions.decline_story, found.offer, form=form, said=said)


@desk_screen(Ability.WRITE_STORIES)
@require_POST
def word(request: DeskRequest, pk: int) -> HttpResponse:
    """Another heading, the same one stood by again, or none."""
    found, mine = _shared(request, pk)
    form = WordsForm(request.POST, prefix=f"words{pk}")
    return _do(request, found, actions.word_shared, mine, form=form, said=_("Written down."))


@desk_screen(Ability.APPROVE_STORIES)
@require_POST
def decide(request: DeskRequest, pk: int) -> HttpResponse:
    """Whether readers see the heading that was proposed; the form sends the words that were shown."""
    found, mine = _shared(request, pk)
    agree = "agree" in request.POST
    shown = actions.Words(heading=request.POST.get("heading", ""), lead=request.POST.get("lead", ""))
    said = _("Readers see it now.") if agree else _("The proposal was put aside.")
    return _do(request, found, partial(actions.decide_words, words=shown, agree=agree), mine, said=said)


@desk_screen(Ability.WRITE_STORIES)
@require_POST
def end_shared(request: DeskRequest, pk: int) -> HttpResponse:
    found, mine = _shared(request, pk)
    return _do(request, found, actions.end_shared, mine, said=_("Your section does not show it any more."))


@desk_screen(Ability.WRITE_STORIES)
def sharing(request: DeskRequest, pk: int) -> HttpResponse:
    """With whom a story of one's own is shared, who shows it, and the form to share it."""
    story = seen(request, pk)
    if not request.scope.covers(story.unit_id):
        raise Http404
    form = OfferForm(request.POST or None, story=story, reach=request.scope)
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        try:
            actions.offer_story(story, typed.pop("targets"), by=request.user, at=timezone.now(), **typed)
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Shared. You see here who shows it."))
            return redirect("newsroom:sharing", pk)
    on = request.scope.on
    context = {
        "page_title": _("Share: %(title)s") % {"title": story.title},
        "story": story,
        "form": form,
        "offers": queries.offers_of(story, on=on),
        "page": queries.shown_by(story, on=on, after=request.GET.get("after", "")),
    }
    return render(request, "newsroom/sharing.html", context, status=422 if form.errors else 200)


@desk_screen(Ability.WRITE_STORIES)
@require_POST
def end_offer(request: DeskRequest, pk: int) -> HttpResponse:
    try:
        found = queries.offer_of(pk)
    except Offer.DoesNotExist as missing:
        raise Http404 from missing
    if not request.scope.covers(found.story.unit_id):
        raise Http404
    try:
        actions.end_offer(found, by=request.user, at=timezone.now())
        messages.success(request, _("It is not shared there any more."))
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect("newsroom:sharing", found.story_id)


def _do(
    request: DeskRequest,
    found: queries.Offered,
    act: Callable[..., Any],
    thing: Offer | SharedStory,
    *,
    said: str,
    form: Form | None = None,
) -> HttpResponse:
    """Call one action with what was typed; back to the offer, with what was wrong if something was."""
    if form is not None and not form.is_valid():
        return _page(request, found, form)
    try:
        done = act(thing, by=request.user, at=timezone.now(), **(form.cleaned_data if form else {}))
        messages.success(request, said)
        _warn_of_former(request, done)
    except Refused as reason:
        messages.error(request, str(reason))
        if form is not None:
            return _page(request, found, form)
    return redirect("newsroom:offer", found.offer.pk)


def _warn_of_former(request: DeskRequest, done: SharedStory) -> None:
    """Own words may say a former value: whoever set them decides, and is told."""
    for former, now in queries.former_in(done) if done.worded_at else []:
        told = {"former": former, "fact": now.fact, "value": now.value, "day": short_date(now.valid_from)}
        messages.warning(
            request,
            _("Your words say “%(former)s”. “%(fact)s” is %(value)s from %(day)s on; please look at them again.")
            % told,
        )


@dataclass(frozen=True, kw_only=True)
class Mine:
    """What one of one's own units made of it, and what may be done about that."""

    shared: SharedStory
    words: Form | None
    """To change the heading, for who may."""
    may_agree: bool


def _page(request: DeskRequest, found: queries.Offered, wrong: Form | None = None) -> HttpResponse:
    on, story = request.scope.on, found.offer.story
    writing = scope(request.user, Ability.WRITE_STORIES, on=on)
    answered = {one.unit_id for one in found.answers if one.shown}
    free = [unit for unit in queries.taking_units(found.offer, writing) if unit.pk not in answered] if writing else []
    mine = [_mine(request, one, wrong) for one in found.answers]
    context: dict[str, Any] = {
        "page_title": story.title,
        "offer": found.offer,
        "story": story,
        "out": queries.is_public(story, at=timezone.now()),
        "mine": mine,
        "may_answer": bool(free) and found.offer.standing,
        "may_word": bool(free) and policies.can_word(request.user, free[0].pk, on=on),
    }
    if context["may_answer"]:
        context |= {
            "take": TakeForm(prefix="take", offer=found.offer, reach=writing),
            "decline": DeclineOfferForm(prefix="decline", offer=found.offer, reach=writing),
        }
    if wrong is not None and wrong.prefix in {"take", "decline"}:
        context[wrong.prefix] = wrong
    return render(request, "newsroom/offer.html", context, status=422 if wrong else 200)


def _mine(request: DeskRequest, one: SharedStory, wrong: Form | None) -> Mine:
    on, words = request.scope.on, None
    if one.shown and policies.can_take(request.user, one.unit_id, on=on):
        prefix = f"words{one.pk}"
        told = {"heading": one.proposed_heading or one.heading, "lead": one.proposed_lead or one.lead}
        words = wrong if wrong is not None and wrong.prefix == prefix else WordsForm(prefix=prefix, initial=told)
    may_agree = one.proposed_by_id not in {None, request.user.pk} and policies.can_agree_words(
        request.user, one.unit_id, on=on
    )
    return Mine(shared=one, words=words, may_agree=may_agree)


def _offered(request: DeskRequest, pk: int) -> queries.Offered:
    """An offer to a unit that the account writes or approves for."""
    judging = scope_of_any(request.user, JUDGING, on=request.scope.on)
    try:
        return queries.offered(pk, judging)
    except Offer.DoesNotExist as missing:
        raise Http404 from missing


def _shared(request: DeskRequest, pk: int) -> tuple[queries.Offered, SharedStory]:
    """What a unit of the account made of a story, with the offer it answered."""
    try:
        mine = queries.shared_story(pk, request.scope)
    except SharedStory.DoesNotExist as missing:
        raise Http404 from missing
    return _offered(request, mine.offer_id), mine
