"""What I have to do, and one task with what may be done about it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from loa.base.errors import Refused
from loa.ledger.queries import history
from loa.people.models import Unit
from loa.people.queries import nodes, unit_codes, unit_with_code
from loa.people.roles import Ability
from loa.people.screens import DeskRequest, desk_screen

from .. import actions, policies, queries
from ..forms import AdvanceForm, AssignForm, DropForm, FinishForm, OpenTaskForm
from ..models import Task

MOST_SHOWN = 200


@desk_screen(Ability.DO_TASKS)
def tasks(request: DeskRequest) -> HttpResponse:
    """Mine first, then those nobody has taken yet; a list this long is cut, not paged: what is done leaves it."""
    found = list(_sifted(request)[: MOST_SHOWN + 1])
    on, shown = request.scope.on, found[:MOST_SHOWN]
    names = {node.unit_id: node.label for node in nodes({task.unit_id for task in shown}, on=on)}
    rows = [(task, names.get(task.unit_id, task.unit), task.late(on)) for task in shown]
    context = {
        "page_title": _("My tasks"),
        "rows": rows,
        "more": len(found) > MOST_SHOWN,
        "whose": request.GET.get("ai", ""),
        "only_late": "tre" in request.GET,
        "words": request.GET.get("tim", ""),
    }
    return render(request, "planning/tasks.html", context)


def _sifted(request: DeskRequest) -> QuerySet[Task]:
    """One's own and the free ones, unless others are asked for."""
    whose, late, words = request.GET.get("ai", ""), "tre" in request.GET, request.GET.get("tim", "")
    if not (whose or late or words):
        return queries.tasks_for(request.user, request.scope)
    return queries.tasks_within(request.user, request.scope, whose=whose, late=late, words=words, on=request.scope.on)


@desk_screen(Ability.DO_TASKS)
def open_new(request: DeskRequest) -> HttpResponse:
    """Something to do that nobody's fact called for."""
    form = OpenTaskForm(request.POST or None, initial={"mine": True})
    if request.method == "POST" and form.is_valid():
        try:
            made = _opened(request, dict(form.cleaned_data))
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("The task is open."))
            return redirect("planning:task", made.pk)
    codes = unit_codes(request.scope, on=request.scope.on)
    return render(request, "planning/open_task.html", {"page_title": _("A new task"), "form": form, "codes": codes})


def _opened(request: DeskRequest, said: dict[str, Any]) -> Task:
    try:
        unit = unit_with_code(said.pop("unit").strip())
    except Unit.DoesNotExist:
        raise Refused(_("No unit has this code.")) from None
    owner = request.user if said.pop("mine") else None
    return actions.open_task(said.pop("title"), unit=unit, owner=owner, by=request.user, at=timezone.now(), **said)


@desk_screen(Ability.DO_TASKS)
def assign(request: DeskRequest, pk: int) -> HttpResponse:
    """Ask somebody of the unit to answer for it."""
    found = _task(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form = AssignForm(request.POST, people=queries.askable(found, on=request.scope.on))
    if not form.is_valid():
        return _page(request, found, assign=form)
    try:
        actions.assign(
            found, owner=queries.account(int(form.cleaned_data["owner"])), by=request.user, at=timezone.now()
        )
        messages.success(request, _("They answer for this task now."))
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect("planning:task", pk)


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


Form = AdvanceForm | FinishForm | DropForm | AssignForm


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
        "assign": AssignForm(people=queries.askable(task, on=request.scope.on)),
    }
    return render(request, "planning/task.html", context | forms, status=422 if forms else 200)


def _task(request: DeskRequest, pk: int) -> Task:
    try:
        return queries.task(pk, request.scope)
    except Task.DoesNotExist:
        raise Http404 from None
