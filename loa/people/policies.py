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

from .models import Account, Duty, Grant, Membership, UnitPlace
from .models.units import SEGMENT, beyond
from .paths import outermost
from .roles import ROLES, Ability, allowed, with_ability

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

    @property
    def reaches_root(self) -> bool:
        """Whether a whole federation is within it."""
        return self.everything or any(len(path) == SEGMENT for path in self.paths)

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


@dataclass(frozen=True, kw_only=True)
class Held:
    """A role somebody holds on a living unit, by a grant or by a post: `path` is that unit's place."""

    role: str
    path: str


def held(account: Viewer, *, on: date) -> tuple[Held, ...]:
    """The roles `account` holds on the day `on`: one query, none when they were remembered for this request.

    A role on a unit that has ended gives nothing: it does not follow the unit to its heir.
    """
    if not isinstance(account, Account) or not account.is_active:
        return ()
    remembered: dict[date, tuple[Held, ...]] = getattr(account, _REMEMBERED, {})
    return remembered[on] if on in remembered else _held(account, on)


def remember(account: Viewer, *, on: date) -> None:
    """Ask once for the roles of this account object, which must not outlive the request it was loaded for."""
    if isinstance(account, Account):
        setattr(account, _REMEMBERED, {on: _held(account, on)})


_REMEMBERED = "_roles_held"


def _held(account: Account, on: date) -> tuple[Held, ...]:
    there = {
        "started_on__lte": on,
        "ended_on__gt": on,
        "unit__places__valid_from__lte": on,
        "unit__places__valid_to__gt": on,
        "unit__places__living": True,
    }
    granted = Grant.objects.filter(account=account, **there).values_list("role", "unit__places__path")
    by_post = Duty.objects.filter(person__account=account, **there).values_list("post__role", "unit__places__path")
    return tuple(Held(role=role, path=path) for role, path in granted.union(by_post))


def scope(account: Viewer, ability: Ability, *, on: date) -> Scope:
    """Where `account` has `ability` on the day `on`: one query, whatever the number of roles."""
    return scope_of_any(account, {ability}, on=on)


def scope_of_any(account: Viewer, abilities: Iterable[Ability], *, on: date) -> Scope:
    """Where `account` has at least one of `abilities`."""
    if isinstance(account, Account) and account.is_active and account.is_superuser:
        return Scope(on=on, everything=True)
    wanted = frozenset(abilities)
    return Scope(on=on, paths=outermost(one.path for one in held(account, on=on) if allowed(one.role) & wanted))


def units_on(path: str) -> list[int]:
    """The keys of the units along a path, from the root down."""
    return [int(path[start : start + SEGMENT], 36) for start in range(0, len(path), SEGMENT)]


def can(account: Viewer, ability: Ability, unit_id: int | None, *, on: date) -> bool:
    """Whether `account` may do this on things of this unit."""
    return scope(account, ability, on=on).covers(unit_id)


def is_staff(account: Viewer, *, on: date) -> bool:
    """Whether the back office opens at all: for anyone with at least one ability somewhere. One query."""
    return bool(scope_of_any(account, Ability, on=on))


def accounts_with(abilities: Iterable[Ability], *, on: date, path: str | None = None) -> QuerySet[Account]:
    """The active accounts with one of `abilities` on `on`: somewhere, or on the unit placed at `path`."""
    roles = [role for ability in abilities for role in with_ability(ability)]
    then = {"started_on__lte": on, "ended_on__gt": on}
    if path is not None:
        # A step of a path is its unit's key, so that the path names the unit and all units above it.
        then["unit_id__in"] = units_on(path)  # type: ignore[assignment]
    granted = Grant.objects.filter(account=OuterRef("pk"), role__in=roles, **then)
    by_post = Duty.objects.filter(person__account=OuterRef("pk"), post__role__in=roles, **then)
    return Account.objects.filter(Exists(granted) | Exists(by_post), is_active=True)


MANAGING = frozenset({Ability.MANAGE_ACCOUNTS, Ability.SEE_PEOPLE})
"""What opens accounts for people of a unit: looking after accounts, or (as its chair) after the people themselves."""


def unit_of_person(person_id: int, *, on: date) -> int | None:
    """The unit the person belongs to on `on`."""
    return Membership.objects.on(on).filter(person_id=person_id).values_list("unit_id", flat=True).first()


def can_open_account(by: Viewer, person_id: int, *, on: date) -> bool:
    return scope_of_any(by, MANAGING, on=on).covers(unit_of_person(person_id, on=on))


def can_grant(by: Viewer, role: str, unit_id: int, *, on: date) -> bool:
    """Nobody gives a role that can do more than they can, on that very unit."""
    needed = allowed(role) | {Ability.MANAGE_ACCOUNTS}
    return role in ROLES and all(can(by, ability, unit_id, on=on) for ability in sorted(needed))


def can_manage_account(by: Viewer, account: Account, *, on: date) -> bool:
    """Whoever could open an account there may invite to it and close it, unless it holds more than they do.

    The link of an invitation takes an account over: without the second rule, a chair could become whichever officer
    is a member of the same unit.
    """
    if isinstance(by, Account) and by.is_active and by.is_superuser:
        return True
    return not account.is_superuser and _looks_after(by, account, on=on) and _holds_all_of(by, account, on=on)


def _looks_after(by: Viewer, account: Account, *, on: date) -> bool:
    if account.person_id is not None and can_open_account(by, account.person_id, on=on):
        return True
    managed = scope(by, Ability.MANAGE_ACCOUNTS, on=on)
    return any(managed.covers_path(one.path) for one in held(account, on=on))


def _holds_all_of(by: Viewer, account: Account, *, on: date) -> bool:
    own = held(by, on=on)
    return all(
        any(ability in allowed(mine.role) and one.path.startswith(mine.path) for mine in own)
        for one in _held(account, on)
        for ability in allowed(one.role)
    )
