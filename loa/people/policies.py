"""Who may do what, on which unit's things: one mechanism for every module.

A right is a role held on a unit (by a grant, or by a post held) and reaches the unit's subtree as it is today;
what ended units left behind is within reach of whoever holds the role over their heirs. All else is denied.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from .models import Account, Duty, Grant, UnitPlace
from .models.units import beyond
from .roles import Ability, with_ability

Viewer = Account | AnonymousUser
Things = TypeVar("Things", bound=QuerySet[Any])


@dataclass(frozen=True, kw_only=True)
class Scope:
    """The parts of the tree on which somebody has one ability: paths as of `on`, or everything."""

    on: date
    paths: tuple[str, ...] = ()
    everything: bool = False

    def __bool__(self) -> bool:
        return self.everything or bool(self.paths)

    def covers_path(self, path: str) -> bool:
        return self.everything or any(path.startswith(own) for own in self.paths)

    def covers(self, unit_id: int | None) -> bool:
        """Whether this unit stands within the scope today. Things of no unit belong to nobody but superusers."""
        if self.everything:
            return True
        return unit_id is not None and self.places().filter(unit_id=unit_id).exists()

    def places(self) -> QuerySet[UnitPlace]:
        """The places within the scope, ended units' included."""
        places = UnitPlace.objects.on(self.on)
        return places if self.everything else places.filter(_under_any(self.paths))

    def narrow(self, things: Things, *, unit: str = "unit") -> Things:
        """Only those `things` whose unit (the foreign key named `unit`, or "pk" for units) is within the scope."""
        if self.everything:
            return things
        return things.filter(Exists(self.places().filter(unit_id=OuterRef(unit if unit == "pk" else f"{unit}_id"))))


def _under_any(paths: Iterable[str]) -> Q:
    reach = Q(pk__in=[])
    for path in paths:
        reach |= Q(path__gte=path, path__lt=beyond(path))
    return reach


def scope(account: Viewer, ability: Ability, *, on: date) -> Scope:
    """Where `account` has `ability` on the day `on`: two queries, whatever the number of roles."""
    if not isinstance(account, Account) or not account.is_active:
        return Scope(on=on)
    if account.is_superuser:
        return Scope(on=on, everything=True)
    roles = with_ability(ability)
    granted = Grant.objects.on(on).filter(account=account, role__in=roles).values("unit_id")
    held = Duty.objects.filter(
        person_id=account.person_id, post__role__in=roles, started_on__lte=on, ended_on__gt=on
    ).values("unit_id")
    places = UnitPlace.objects.on(on).filter(Q(unit_id__in=granted) | Q(unit_id__in=held))
    return Scope(on=on, paths=_outermost(places.values_list("path", flat=True)))


def _outermost(paths: Iterable[str]) -> tuple[str, ...]:
    """Drop paths that lie below another one."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return tuple(kept)


def can(account: Viewer, ability: Ability, unit_id: int | None, *, on: date) -> bool:
    """Whether `account` may do this on things of this unit."""
    return scope(account, ability, on=on).covers(unit_id)


def is_staff(account: Viewer, *, on: date) -> bool:
    """Whether the back office opens at all: for anyone with at least one ability somewhere."""
    return any(scope(account, ability, on=on) for ability in Ability)
