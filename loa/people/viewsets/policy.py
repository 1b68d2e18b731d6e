"""Wagtail's question "may this account do that to this object?", answered by roles on the object's unit today."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from wagtail.permission_policies.base import BasePermissionPolicy

from loa.base.dates import today

from ..models import Account, UnitPlace
from ..policies import Scope, Viewer, accounts_with, scope_of_any
from ..roles import Ability

PLACE_PATH = "scope_path"
"""The annotation under which a list carries the place of each thing's unit, so that rows cost no query each."""


class ScopedPolicy(BasePermissionPolicy):
    """Rights on the things of one model, each of which belongs to a unit (`unit`: the foreign key, or a path to it).

    Whoever may publish may also change: approving is correcting, too. Nobody deletes unless `delete` names an
    ability. Wagtail's words that are not listed here are refused.
    """

    decided_by_roles = True

    def __init__(
        self,
        model: type[Model],
        *,
        see: Ability,
        change: Ability,
        publish: Ability | None = None,
        delete: Ability | None = None,
        unit: str = "unit",
    ) -> None:
        super().__init__(model)
        self.unit = unit
        changing = frozenset({change, publish} - {None})
        self.abilities: dict[str, frozenset[Any]] = {
            "view": frozenset({see}) | changing,
            "choose": frozenset({see}) | changing,
            "add": frozenset({change}),
            "change": changing,
            "lock": changing,
            "unlock": changing,
            "publish": frozenset({publish} - {None}),
            "delete": frozenset({delete} - {None}),
        }

    def scope(self, user: Viewer, actions: Iterable[str]) -> Scope:
        """Where `user` may do at least one of `actions` today."""
        on = today(timezone.now())
        abilities: frozenset[Ability] = frozenset().union(*(self.abilities.get(name, frozenset()) for name in actions))
        return scope_of_any(user, abilities, on=on) if abilities else Scope(on=on)

    def narrowed(self, things: QuerySet[Any], user: Viewer, actions: Iterable[str]) -> QuerySet[Any]:
        """`things` on which `user` may do one of `actions`, each with the place of its unit."""
        scope = self.scope(user, actions)
        if not scope:
            return things.none()
        place = UnitPlace.objects.on(scope.on).filter(unit_id=OuterRef(self._unit_id)).values("path")[:1]
        annotated: QuerySet[Any] = self.within(scope, things).annotate(**{PLACE_PATH: Subquery(place)})
        return annotated

    def within(self, scope: Scope, things: QuerySet[Any]) -> QuerySet[Any]:
        """The `things` of units within `scope`, which is not empty."""
        return scope.narrow(things, unit=self.unit)

    @property
    def _unit_id(self) -> str:
        return self.unit if self.unit == "pk" else f"{self.unit}_id"

    def unit_of(self, instance: Model) -> int | None:
        """The key of the unit that `instance` belongs to."""
        *steps, last = self._unit_id.split("__")
        thing: Any = instance
        try:
            for step in steps:
                thing = getattr(thing, step)
        except ObjectDoesNotExist:
            return None
        return getattr(thing, last, None)

    def user_has_permission(self, user: Viewer, action: str) -> bool:
        return bool(self.scope(user, [action]))

    def user_has_any_permission(self, user: Viewer, actions: Iterable[str]) -> bool:
        return bool(self.scope(user, actions))

    def user_has_permission_for_instance(self, user: Viewer, action: str, instance: Model) -> bool:
        scope = self.scope(user, [action])
        path = vars(instance).get(PLACE_PATH)
        return scope.covers_path(path) if scope and path else bool(scope) and scope.covers(self.unit_of(instance))

    def instances_user_has_any_permission_for(self, user: Viewer, actions: Iterable[str]) -> QuerySet[Any]:
        return self.narrowed(self.model._default_manager.all(), user, actions)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Account]:
        return self._users(actions, path=None)

    def users_with_any_permission_for_instance(self, actions: Iterable[str], instance: Model) -> QuerySet[Account]:
        unit_id = self.unit_of(instance)
        place = UnitPlace.objects.on(today(timezone.now())).filter(unit_id=unit_id).first() if unit_id else None
        return self._users(actions, path=place.path if place else "")

    def _users(self, actions: Iterable[str], *, path: str | None) -> QuerySet[Account]:
        abilities: frozenset[Ability] = frozenset().union(*(self.abilities.get(name, frozenset()) for name in actions))
        holders = accounts_with(abilities, on=today(timezone.now()), path=path)
        return Account.objects.filter(Q(pk__in=holders) | Q(is_superuser=True, is_active=True))


class OneObject:
    """A policy as seen from the screen of one object: what Wagtail asks of the model is asked of that object.

    Wagtail's editor decides by model whether "publish" is offered and done; without this, an approver of one unit
    could publish what they may only write in another.
    """

    def __init__(self, policy: ScopedPolicy, instance: Model | None) -> None:
        self.policy = policy
        self.instance = instance

    def __getattr__(self, name: str) -> Any:
        return getattr(self.policy, name)

    def user_has_permission(self, user: Viewer, action: str) -> bool:
        if self.instance is None:
            return action != "publish" and self.policy.user_has_permission(user, action)
        if action == "add":
            return self.policy.user_has_permission(user, action)
        return self.policy.user_has_permission_for_instance(user, action, self.instance)

    def user_has_any_permission(self, user: Viewer, actions: Iterable[str]) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)
