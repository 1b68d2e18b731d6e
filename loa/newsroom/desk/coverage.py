"""Products to be made: ideas and those of events; each with who makes it, by when, and the story it becomes."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loa.base.errors import Refused
from loa.people.roles import Ability
from loa.people.screens import DeskRequest, desk_screen

from .. import actions, policies, queries
from ..forms import CoverageForm, DueForm, MakerForm, WhichStoryForm, WhyForm
from ..models import Coverage, Event


@desk_screen(Ability.WRITE_STORIES)
def ideas(request: DeskRequest) -> HttpResponse:
    """All that is to be made and is not out yet."""
    whose = request.GET.get("ai", "")
    page = queries.ideas(request.scope, request.user, whose=whose, after=request.GET.get("after", ""))
    now = timezone.now()
    context = {
        "page_title": _("Ideas and planned products"),
        "page": page,
        "rows": [(planned, planned.late(now)) for planned in page.rows],
        "whose": whose,
    }
    return render(request, "newsroom/ideas.html", context)


@desk_screen(Ability.WRITE_STORIES)
def new(request: DeskRequest) -> HttpResponse:
    """An idea, or (with `su-kien` in the address) a product for an event."""
    own = queries.own_units(request.scope)
    form = CoverageForm(request.POST or None, reach=request.scope, initial={"unit": own[0] if own else None})
    event = _event(request)
    if request.method == "POST" and form.is_valid():
        try:
            made = _planned(request, dict(form.cleaned_data), event)
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Planned."))
            return redirect("newsroom:event", event.pk) if event else redirect("newsroom:coverage", made.pk)
    title = _("Plan a product: %(event)s") % {"event": event.name} if event else _("A new idea")
    context = {"page_title": title, "form": form, "button": _("Plan it")}
    return render(request, "newsroom/plan_form.html", context, status=422 if form.errors else 200)


def _planned(request: DeskRequest, typed: dict[str, Any], event: Event | None) -> Coverage:
    owner = request.user if typed.pop("mine") else None
    return actions.plan_coverage(
        typed.pop("title"), event=event, owner=owner, by=request.user, at=timezone.now(), **typed
    )


def _event(request: DeskRequest) -> Any:
    asked = request.GET.get("su-kien", "")
    if not asked:
        return None
    try:
        return queries.event(int(asked) if asked.isdecimal() and len(asked) < 19 else 0, request.scope)
    except Event.DoesNotExist:
        raise Http404 from None


@desk_screen(Ability.WRITE_STORIES)
def coverage(request: DeskRequest, pk: int) -> HttpResponse:
    return _page(request, _coverage(request, pk))


@desk_screen(Ability.WRITE_STORIES)
@require_POST
def take(request: DeskRequest, pk: int) -> HttpResponse:
    def act(found: Coverage, **said: Any) -> Coverage:
        return actions.assign_coverage(found, owner=request.user, **said)

    return _do(request, pk, act, said=_("You make it."))


@desk_screen(Ability.WRITE_STORIES)
@require_POST
def assign(request: DeskRequest, pk: int) -> HttpResponse:
    found = _coverage(request, pk)
    form = MakerForm(request.POST, prefix="assign", people=queries.makers(found.unit_id, on=request.scope.on))
    if form.is_valid():
        form.cleaned_data["owner"] = queries.maker(int(form.cleaned_data["owner"]))
    return _do(request, pk, actions.assign_coverage, form=form, said=_("They find it among today's work."))


@desk_screen(Ability.WRITE_STORIES)
@require_POST
def due(request: DeskRequest, pk: int) -> HttpResponse:
    return _do(request, pk, actions.move_coverage, form=DueForm(request.POST, prefix="due"), said=_("Moved."))


@desk_screen(Ability.WRITE_STORIES)
@require_POST
def link(request: DeskRequest, pk: int) -> HttpResponse:
    form = WhichStoryForm(request.POST, prefix="link", reach=request.scope)
    return _do(request, pk, actions.link_coverage, form=form, said=_("Linked; its publication fulfils the plan."))


@desk_screen(Ability.WRITE_STORIES)
@require_POST
def drop(request: DeskRequest, pk: int) -> HttpResponse:
    return _do(request, pk, actions.drop_coverage, form=WhyForm(request.POST, prefix="drop"), said=_("Dropped."))


@desk_screen(Ability.WRITE_STORIES)
@require_POST
def begin(request: DeskRequest, pk: int) -> HttpResponse:
    """A draft with what is planned, and on to writing it."""
    found = _coverage(request, pk)
    try:
        story = actions.begin_coverage(found, by=request.user, at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("newsroom:coverage", pk)
    return redirect("newsroom_story:edit", story.pk)


def _do(
    request: DeskRequest, pk: int, act: Callable[..., Coverage], *, said: str, form: forms.Form | None = None
) -> HttpResponse:
    found = _coverage(request, pk)
    if form is not None and not form.is_valid():
        return _page(request, found, **{form.prefix or "": form})
    try:
        act(found, by=request.user, at=timezone.now(), **(form.cleaned_data if form else {}))
        messages.success(request, said)
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect("newsroom:coverage", pk)


def _page(request: DeskRequest, found: Any, **forms_: forms.Form) -> HttpResponse:
    on, now = request.scope.on, timezone.now()
    context: dict[str, Any] = {
        "page_title": found.title,
        "planned": found,
        "state": found.state,
        "late": found.late(now),
        "open": not found.ended,
        "mine": found.owner_id == request.user.pk,
        "edit_url": reverse("newsroom_story:edit", args=[found.story_id]) if found.story_id else "",
        "told": queries.told(found.ref),
    }
    if context["open"]:
        context |= {
            "due": DueForm(prefix="due", initial={"due_at": found.due_at}),
            "link": WhichStoryForm(prefix="link", reach=request.scope),
            "drop": WhyForm(prefix="drop"),
        }
        if policies.can_name_maker(request.user, found.unit_id, on=on):
            people = queries.makers(found.unit_id, on=on)
            context["assign"] = MakerForm(prefix="assign", people=people, initial={"owner": found.owner_id})
    return render(request, "newsroom/coverage.html", context | forms_, status=422 if forms_ else 200)


def _coverage(request: DeskRequest, pk: int) -> Any:
    try:
        return queries.coverage(pk, request.scope)
    except Coverage.DoesNotExist:
        raise Http404 from None
