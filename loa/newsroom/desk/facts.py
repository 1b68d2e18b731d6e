"""Facts that stories share: found, written down, changed or corrected once, and followed to all that use them."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from loa.base.errors import Refused
from loa.people.policies import scope
from loa.people.roles import Ability
from loa.people.screens import DeskRequest, desk_screen

from .. import actions, policies, queries
from ..forms import ChangeFactForm, CorrectFactForm, FactForm, KeepValueForm, RetireFactForm, numbers
from ..models import FactUse, SharedFact
from .stories import attempt, seen

SAID = ("value", "source", "source_url", "also")


@desk_screen(Ability.WRITE_STORIES)
def facts(request: DeskRequest) -> HttpResponse:
    """Those that the account's units may use, with how many stories do not say them yet."""
    asked = {
        name: request.GET.get(key, "") for name, key in (("words", "q"), ("state", "tinh-trang"), ("after", "after"))
    }
    theme = request.GET.get("nhom", "")
    page = queries.facts_within(request.scope, theme_id=int(theme) if theme.isdecimal() else None, **asked)
    context = {
        "page_title": _("Shared facts"),
        "page": page,
        "words": asked["words"],
        "state": asked["state"],
        "themes": queries.themes(),
        "theme": theme,
        "on": request.scope.on,
    }
    return render(request, "newsroom/facts.html", context)


@desk_screen(Ability.WRITE_STORIES)
def new(request: DeskRequest) -> HttpResponse:
    own = queries.own_units(request.scope)
    start = {"unit": own[0] if own else None, "valid_from": request.scope.on}
    form = FactForm(request.POST or None, reach=request.scope, initial=start)
    if request.method == "POST" and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("unit", "theme")}
        try:
            name = form.cleaned_data["name"]
            made = actions.record_fact(name, form.said, by=request.user, at=timezone.now(), **typed)
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Written down. Stories of the unit and of the units below it may use it now."))
            return redirect("newsroom:fact", made.pk)
    context = {"page_title": _("A new fact"), "form": form, "button": _("Write the fact down")}
    return render(request, "newsroom/plan_form.html", context, status=422 if form.errors else 200)


@desk_screen(Ability.WRITE_STORIES)
def fact(request: DeskRequest, pk: int) -> HttpResponse:
    """How it reads, who says it, who does not yet, and how it read before."""
    return _page(request, _fact(request, pk))


@desk_screen(Ability.WRITE_STORIES)
@require_POST
def change(request: DeskRequest, pk: int) -> HttpResponse:
    found = _fact(request, pk)
    form = ChangeFactForm(request.POST, prefix="change")
    return _do(
        request, found, "change", form, lambda typed, more: actions.change_fact(found, form.said, **typed, **more)
    )


@desk_screen(Ability.WRITE_STORIES)
@require_POST
def correct(request: DeskRequest, pk: int) -> HttpResponse:
    found = _fact(request, pk)
    form = CorrectFactForm(request.POST, prefix="correct", fact=found)
    return _do(
        request, found, "correct", form, lambda typed, more: actions.correct_fact(found, form.said, **typed, **more)
    )


@desk_screen(Ability.WRITE_STORIES)
@require_POST
def retire(request: DeskRequest, pk: int) -> HttpResponse:
    found = _fact(request, pk)
    form = RetireFactForm(request.POST, prefix="retire")
    return _do(request, found, "retire", form, lambda typed, more: actions.retire_fact(found, **typed, **more))


def _do(request: DeskRequest, found: Any, name: str, form: Any, act: Callable[..., Any]) -> HttpResponse:
    """Call one action with what was typed; back to the fact, with what was wrong if something was."""
    if not form.is_valid():
        return _page(request, found, **{name: form})
    typed = {key: value for key, value in form.cleaned_data.items() if key not in {*SAID, "valid_from"}}
    try:
        act(typed, {"by": request.user, "at": timezone.now()})
    except Refused as reason:
        form.add_error(None, str(reason))
        return _page(request, found, **{name: form})
    if name == "retire":
        messages.success(request, _("No new story will use it."))
    else:
        _tell_marked(request, found)
    return redirect("newsroom:fact", found.pk)


def _tell_marked(request: DeskRequest, found: SharedFact) -> None:
    marked = queries.number_pending(found)
    if not marked:
        messages.success(request, _("Kept. Every story that uses it says so already."))
        return
    told = ngettext(
        "Kept. One story does not say so yet; its author is told, its places become tasks.",
        "Kept. %(number)s stories do not say so yet; their authors are told, their places become tasks.",
        marked,
    )
    messages.success(request, told % {"number": marked})


@desk_screen(Ability.WRITE_STORIES)
@require_POST
def keep(request: DeskRequest, pk: int) -> HttpResponse:
    """A story stays as it is."""
    use = _use(pk)
    found = seen(request, use.story_id)
    form = KeepValueForm(request.POST)
    back = redirect("newsroom:story", found.pk) if "story" in request.POST else redirect("newsroom:fact", use.fact_id)
    if not form.is_valid():
        messages.error(request, _("Please say in a sentence why the story stays as it is."))
        return back
    typed = form.cleaned_data
    if attempt(request, lambda: actions.keep_former_value(use, by=request.user, at=timezone.now(), **typed)):
        messages.success(request, _("Decided: the story stays as it is."))
    return back


@desk_screen(Ability.WRITE_STORIES)
def choose(request: DeskRequest, pk: int) -> HttpResponse:
    """The facts that a story uses; works without scripts, and for what is out already."""
    story = seen(request, pk)
    if not policies.can_write(request.user, story, on=request.scope.on):
        raise Http404
    if request.method == "POST":
        changed = {
            "chosen": numbers(request.POST.getlist("facts")),
            "left_out": numbers(request.POST.getlist("left-out")),
        }
        attempt(request, lambda: actions.use_facts(story, by=request.user, at=timezone.now(), **changed))
        back = numbers(request.POST.getlist("back"))
        return redirect("newsroom:fact", back[0]) if back else redirect("newsroom:choose_facts", pk)
    words = request.GET.get("q", "")
    used = queries.uses_of_story(story, on=request.scope.on)
    taken = {row.use.fact_id for row in used}
    offered = queries.facts_to_choose([story.unit_id], words=words, on=request.scope.on)
    context = {
        "page_title": _("Facts of: %(title)s") % {"title": story.title},
        "story": story,
        "used": used,
        "offered": [one for one in offered if one.pk not in taken],
        "words": words,
    }
    return render(request, "newsroom/choose_facts.html", context)


@desk_screen(Ability.WRITE_STORIES)
def find(request: DeskRequest, unit: int) -> HttpResponse:
    """What is looked for in the editor: a fragment with facts for stories of this unit (0: of one's own units)."""
    if unit and not request.scope.covers(unit):
        raise Http404
    units = [unit] if unit else queries.own_units(request.scope)
    offered = queries.facts_to_choose(units, words=request.GET.get("q", ""), on=request.scope.on)
    return render(request, "newsroom/_facts_found.html", {"offered": offered})


def _page(request: DeskRequest, found: Any, **forms_: forms.Form) -> HttpResponse:
    on, after = request.scope.on, request.GET.get("after", "")
    pending = queries.uses_of_fact(found, request.scope, pending=True, after=request.GET.get("cho", ""))
    settled = queries.uses_of_fact(found, request.scope, pending=False, after=after)
    may_change = found.retired_at is None and policies.can_keep_fact(request.user, found.unit_id, on=on)
    history = queries.fact_history(found)
    approves = scope(request.user, Ability.APPROVE_STORIES, on=on)
    context: dict[str, Any] = {
        "page_title": found.name,
        "fact": found,
        "on": on,
        "coming": found.valid_from > on,
        "history": history,
        "pending": pending,
        "settled": settled,
        "may_decide": queries.open_to_decide(pending.rows, request.scope, approves),
        "keep_form": KeepValueForm(auto_id=False),
        "may_change": may_change,
        "unnoticed": queries.stating_unnoticed(found, request.scope) if len(history) > 1 else [],
        "elsewhere": queries.said_elsewhere(found, on=on, scope=request.scope) if len(history) > 1 else [],
        "may_whole_site": policies.can_manage_lists(request.user, on=on),
        "told": queries.told(found.ref),
    }
    if may_change:
        context |= _forms(found, history[0].pk)
    return render(request, "newsroom/fact.html", context | forms_, status=422 if forms_ else 200)


def _forms(found: Any, newest: int) -> dict[str, forms.Form]:
    said = {"seen": newest, "source": found.source, "source_url": found.source_url}
    wrong = said | {"value": found.value, "valid_from": found.valid_from, "version": found.now_id}
    return {
        "change": ChangeFactForm(prefix="change", initial={"seen": newest}),
        "correct": CorrectFactForm(prefix="correct", fact=found, initial=wrong),
        "retire": RetireFactForm(prefix="retire", initial={"seen": newest}),
    }


def _fact(request: DeskRequest, pk: int) -> Any:
    try:
        return queries.shared_fact(pk, request.scope)
    except SharedFact.DoesNotExist:
        raise Http404 from None


def _use(pk: int) -> FactUse:
    try:
        return queries.fact_use(pk)
    except FactUse.DoesNotExist:
        raise Http404 from None
