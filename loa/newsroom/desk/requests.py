"""Requests for material: those of one's units, a new one, and one with what may be done about it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loa.base.errors import Refused
from loa.people.roles import Ability
from loa.people.screens import DeskRequest, desk_screen

from .. import actions, policies, queries
from ..forms import AnswerRequestForm, AskForm, WhyForm
from ..models import MaterialRequest


@desk_screen(Ability.DO_TASKS)
def requests(request: DeskRequest) -> HttpResponse:
    """What others need from us, and what we need from others: what waits first."""
    side, state = request.GET.get("ben", ""), request.GET.get("tinh-trang", queries.WAITING)
    page = queries.requests_within(request.scope, side=side, state=state, after=request.GET.get("after", ""))
    context = {
        "page_title": _("Requests for material"),
        "page": page,
        "rows": [(row, row.late(request.scope.on)) for row in page.rows],
        "side": side,
        "ended": state == queries.ENDED,
    }
    return render(request, "newsroom/requests.html", context)


@desk_screen(Ability.DO_TASKS)
def ask(request: DeskRequest) -> HttpResponse:
    own = queries.own_units(request.scope)
    form = AskForm(request.POST or None, reach=request.scope, initial={"asker": own[0] if own else None})
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        try:
            made = actions.ask_for_material(typed.pop("title"), by=request.user, at=timezone.now(), **typed)
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Your request is with them. You will see here when somebody takes it."))
            return redirect("newsroom:request", made.pk)
    context = {"page_title": _("Ask for material"), "form": form, "button": _("Send the request")}
    return render(request, "newsroom/plan_form.html", context, status=422 if form.errors else 200)


@desk_screen(Ability.DO_TASKS)
def one(request: DeskRequest, pk: int) -> HttpResponse:
    return _page(request, _request(request, pk))


@desk_screen(Ability.DO_TASKS)
@require_POST
def take(request: DeskRequest, pk: int) -> HttpResponse:
    return _do(request, pk, actions.take_request, said=_("You answer for it now."))


@desk_screen(Ability.DO_TASKS)
@require_POST
def answer(request: DeskRequest, pk: int) -> HttpResponse:
    form = AnswerRequestForm(request.POST, reach=request.scope)
    return _do(request, pk, actions.answer_request, form=form, said=_("Thank you: they have it now."))


@desk_screen(Ability.DO_TASKS)
@require_POST
def decline(request: DeskRequest, pk: int) -> HttpResponse:
    return _do(request, pk, actions.decline_request, form=WhyForm(request.POST, prefix="decline"), said=_("Declined."))


@desk_screen(Ability.DO_TASKS)
@require_POST
def withdraw(request: DeskRequest, pk: int) -> HttpResponse:
    form = WhyForm(request.POST, prefix="withdraw")
    return _do(request, pk, actions.withdraw_request, form=form, said=_("Taken back."))


def _do(
    request: DeskRequest, pk: int, act: Callable[..., MaterialRequest], *, said: str, form: forms.Form | None = None
) -> HttpResponse:
    """Call one action with what was typed; back to the request, with what was wrong if something was."""
    found = _request(request, pk)
    if form is not None and not form.is_valid():
        return _page(request, found, **{form.prefix or "answer": form})
    try:
        act(found, by=request.user, at=timezone.now(), **(form.cleaned_data if form else {}))
        messages.success(request, said)
    except Refused as reason:
        messages.error(request, str(reason))
        if form is not None:
            return _page(request, found, **{form.prefix or "answer": form})
    return redirect("newsroom:request", pk)


def _page(request: DeskRequest, found: Any, **forms_: forms.Form) -> HttpResponse:
    on = request.scope.on
    context: dict[str, Any] = {
        "page_title": found.title,
        "asked": found,
        "late": found.late(on),
        "may_answer": not found.ended and policies.can_answer(request.user, found, on=on),
        "may_withdraw": not found.ended and policies.can_take_back(request.user, found, on=on),
        "mine": found.owner_id == request.user.pk,
        "given": queries.given_with(found),
        "told": queries.told(found.ref),
    }
    if context["may_answer"]:
        context |= {"answer": AnswerRequestForm(reach=request.scope), "decline": WhyForm(prefix="decline")}
    if context["may_withdraw"]:
        context["withdraw"] = WhyForm(prefix="withdraw")
    return render(request, "newsroom/request.html", context | forms_, status=422 if forms_ else 200)


def _request(request: DeskRequest, pk: int) -> Any:
    try:
        return queries.material_request(pk, request.scope)
    except MaterialRequest.DoesNotExist:
        raise Http404 from None
