"""What stands before every view of a scoped viewset, and what narrows the lists inside it."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin.utils import unquote
from django.db.models import Model, QuerySet
from django.forms import ModelChoiceField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.chooser import BaseChooseView, ChosenMultipleViewMixin
from wagtail.admin.views.generic.ordering import ReorderView
from wagtail.admin.views.generic.workflow import (
    BaseWorkflowFormView,
    ConfirmWorkflowCancellation,
    PreviewRevisionForTask,
)
from wagtail.models import TaskState, WorkflowState

from ..models import Unit
from ..screens import refused
from .policy import OneObject, ScopedPolicy

View = Callable[..., HttpResponse]
_WORKFLOW = (BaseWorkflowFormView, ConfirmWorkflowCancellation, PreviewRevisionForTask)
_LISTS: tuple[Any, ...] = (IndexView, ReorderView, BaseChooseView, ChosenMultipleViewMixin)


def actions_of(view_class: type) -> tuple[str, ...]:
    """The actions of which a view needs at least one on its object (or, without an object, anywhere).

    A view that demands nothing by itself is a chooser, a history or a preview: seeing is enough.
    """
    if issubclass(view_class, _WORKFLOW):
        return ("change",)
    required = getattr(view_class, "permission_required", None)
    return (required,) if isinstance(required, str) else ("view",)


def guarded(view: View, *, policy: ScopedPolicy, actions: tuple[str, ...]) -> View:
    """`view`, reached only with the right to it: 403 without it anywhere, 404 on an object outside its reach.

    It runs before Wagtail's own code looks anything up, takes the key of the object from the address, and makes sure
    that the other keys in the address belong to that object.
    """

    def guard(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not policy.user_has_any_permission(request.user, actions):
            return refused(request)
        # A copy is a new thing: seeing the original is enough.
        needed = ["view"] if actions == ("add",) else actions
        if "pk" in kwargs:
            found = policy.instances_user_has_any_permission_for(request.user, needed)
            instance = get_object_or_404(found, pk=_key(kwargs["pk"]))
            _check_belongings(instance, kwargs)
            request.guarded = instance  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    guard.guarded_by = policy  # type: ignore[attr-defined]
    # Wagtail asks a view whether it needs what its class says.
    vars(guard).update({name: value for name, value in vars(view).items() if name not in vars(guard)})
    return guard


def _key(raw: object) -> str:
    """The key in an address; Wagtail's one pattern of any text must not reach the database as a number."""
    key = unquote(str(raw))
    if not key.isascii() or not key.replace("-", "").isalnum():
        raise Http404
    return key


def _check_belongings(instance: Model, keys: dict[str, Any]) -> None:
    """Wagtail looks states of a workflow up by key alone: those of another object are not found here."""
    states = WorkflowState.objects.for_instance(instance)
    if "workflow_state_id" in keys:
        get_object_or_404(states, pk=keys["workflow_state_id"])
    if "task_state_id" in keys:
        get_object_or_404(TaskState, pk=keys["task_state_id"], workflow_state__in=states)


class Guarded:
    """Put before a view class: its lists, choices and questions are narrowed to what the account may reach."""

    request: HttpRequest
    scoped_policy: ScopedPolicy

    @cached_property
    def permission_policy(self) -> Any:
        if isinstance(self, _LISTS):
            return self.scoped_policy
        return OneObject(self.scoped_policy, getattr(self.request, "guarded", None))

    def get_base_queryset(self) -> QuerySet[Any]:
        return self._narrowed(super().get_base_queryset())  # type: ignore[misc]

    def get_queryset(self) -> QuerySet[Any]:
        things: QuerySet[Any] = super().get_queryset()  # type: ignore[misc]
        return self._narrowed(things) if isinstance(self, ReorderView) else things

    def get_object_list(self) -> QuerySet[Any]:
        return self._narrowed(super().get_object_list())  # type: ignore[misc]

    def get_objects(self, pks: list[str]) -> QuerySet[Any]:
        return self._narrowed(super().get_objects([pk for pk in pks if pk.isdigit()]))  # type: ignore[misc]

    def get_form(self, *args: Any, **kwargs: Any) -> Any:
        """Things are given only to units where one may change things."""
        form = super().get_form(*args, **kwargs)  # type: ignore[misc]
        field = getattr(form, "fields", {}).get(self.scoped_policy.unit)
        if isinstance(field, ModelChoiceField) and field.queryset is not None:
            units: QuerySet[Unit] = field.queryset
            field.queryset = self.scoped_policy.scope(self.request.user, ["change"]).narrow(units, unit="pk")
        return form

    def _narrowed(self, things: QuerySet[Any]) -> QuerySet[Any]:
        if things.model is not self.scoped_policy.model or not isinstance(self, _LISTS):
            return things
        within: QuerySet[Any] = self.scoped_policy.narrowed(things, self.request.user, ["view"])
        return within
