"""What I have to do, and one task with what may be done about it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from loa.base.errors import Refused
from loa.ledger.queries import history
from loa.people.roles import Ability
from loa.people.screens import DeskRequest, desk_screen

from .. import actions, policies, queries
from ..forms import AdvanceForm, DropForm, FinishForm
from ..models import Task

MOST_SHOWN = 200


@desk_screen(Ability.DO_TASKS)
def tasks(request: DeskRequest) -> HttpResponse:
    """Mine first, then those nobody has taken yet; a list this long is cut, not paged: what is done leaves it."""
    found = list(queries.tasks_for(request.user, request.scope)[: MOST_SHOWN + 1])
    rows = [(task, task.late(request.scope.on)) for task in found[:MOST_SHOWN]]
    context = {"page_title": _("My tasks"), "rows": rows, "more": len(found) > MOST_SHOWN}
    return render(request, "planning/tasks.html", context)


@desk_screen(Ability.DO_TASKS)
def task(request: DeskRequest, pk: int) -> HttpResponse:
    found = _task(request, pk)
    return _page(request, found)


@desk_screen(Ability.DO_TASKS)
def take(request: DeskRequest, pk: int) -> HttpResponse:
    return _do(request, pk, actions.take, said=_("You answer for this task now."))


@desk_screen(Ability.DO_TASKS)
def advance(request: DeskRequest, pk: int) -> HttpResponse:
    return _do(request, pk, actions.advance, form=AdvanceForm(request.POST), said=_("Thank you: noted."))


@desk_screen(Ability.DO_TASKS)
def finish(request: DeskRequest, pk: int) -> HttpResponse:
    return _do(request, pk, actions.finish, form=FinishForm(request.POST), said=_("Well done: the task is closed."))


@desk_screen(Ability.DO_TASKS)
def drop(request: DeskRequest, pk: int) -> HttpResponse:
    return _do(request, pk, actions.drop, form=DropForm(request.POST), said=_("The task has been dropped."))


Form = AdvanceForm | FinishForm | DropForm


def _do(
    request: DeskRequest, pk: int, act: Callable[..., Task], *, said: str, form: Form | None = None
) -> HttpResponse:
    """Call one action with what was typed; back to the task, with what was wrong if something was."""
    found = _task(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if form is not None and not form.is_valid():
        return _page(request, found, **{form.prefix or "": form})
    try:
        act(found, by=request.user, at=timezone.now(), **(form.cleaned_data if form else {}))
        messages.success(request, said)
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect("planning:task", pk)


def _page(request: DeskRequest, task: Task, **forms: Form) -> HttpResponse:
    context: dict[str, Any] = {
        "page_title": task.title,
        "task": task,
        "may": not task.ended and policies.can_work_on(request.user, task, on=request.scope.on),
        "late": task.late(request.scope.on),
        "history": history(task.ref)[:20],
        "advance": AdvanceForm(initial={"progress": task.progress}),
        "finish": FinishForm(),
        "drop": DropForm(),
    }
    return render(request, "planning/task.html", context | forms, status=422 if forms else 200)


def _task(request: DeskRequest, pk: int) -> Task:
    try:
        return queries.task(pk, request.scope)
    except Task.DoesNotExist:
        raise Http404 from None
