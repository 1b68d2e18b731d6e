"""Remarks on passages of a story."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from loa.base.errors import Refused
from loa.people.roles import Ability
from loa.people.screens import DeskRequest, desk_screen

from .. import actions, queries
from ..forms import AnswerForm, PassageForm
from ..models import Remark
from .stories import seen


@desk_screen(Ability.SEE_FIGURES)
@require_POST
def make(request: DeskRequest, pk: int) -> HttpResponse:
    story = seen(request, pk)
    return _do(request, pk, lambda typed: actions.make_remark(story, **typed), PassageForm(request.POST))


@desk_screen(Ability.SEE_FIGURES)
@require_POST
def answer(request: DeskRequest, pk: int) -> HttpResponse:
    remark = _remark(request, pk)
    return _do(request, remark.story_id, lambda typed: actions.answer_remark(remark, **typed), AnswerForm(request.POST))


@desk_screen(Ability.SEE_FIGURES)
@require_POST
def resolve(request: DeskRequest, pk: int) -> HttpResponse:
    remark = _remark(request, pk)
    return _do(request, remark.story_id, lambda typed: actions.resolve_remark(remark, **typed))


def _do(
    request: DeskRequest, story_pk: int, action: Callable[[dict[str, Any]], Any], form: Form | None = None
) -> HttpResponse:
    if form is not None and not form.is_valid():
        messages.error(request, " ".join(str(one) for problems in form.errors.values() for one in problems))
        return _back(story_pk)
    typed = form.cleaned_data if form else {}
    try:
        action(typed | {"by": request.user, "at": timezone.now()})
    except Refused as reason:
        messages.error(request, str(reason))
    return _back(story_pk)


def _back(story_pk: int) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('newsroom:story', args=[story_pk])}#remarks")


def _remark(request: DeskRequest, pk: int) -> Remark:
    try:
        found = queries.remark(pk)
    except Remark.DoesNotExist as missing:
        raise Http404 from missing
    seen(request, found.story_id)
    return found
