"""Finding people in the register, by the price of one page however many people there are.

Somebody stands in the scope of whoever looks after the unit they belong to, or belonged to last.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q, QuerySet

from loa.base import phones
from loa.base.text import clean, fold

from .models import Duty, Membership, Person, UnitPlace, UnitVersion
from .policies import Scope

PAGE = 50
FEW = 2_000
"""Up to so many people are looked up by their keys; in a larger scope the list of names is walked instead, which
meets one of the scope soon enough. Each way alone is slow for the other: a unit of twenty among a million, or all."""
_MARK = "-"


class Presence(StrEnum):
    HERE = "here"
    LEFT = "left"
    ALL = "all"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Whom to list. `path`: only in this subtree; `after`: the key of the last row shown before."""

    words: str = ""
    path: str = ""
    standing: str = ""
    presence: Presence = Presence.HERE
    after: str = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    person: Person
    membership: Membership | None
    unit: str


def people(scope: Scope, wanted: Wanted, *, size: int = PAGE) -> tuple[list[Row], str]:
    """Some people by given name, and where the next page begins ("" at the end): a fixed number of queries."""
    if wanted.path:
        scope = replace(scope, paths=(wanted.path,), everything=False)
    members = _members(scope, wanted)
    found = _within(scope, members).exclude(folded="")
    found = _after(_matching(found, wanted.words), wanted.after)
    shown = list(found.order_by("name_key", "pk")[: size + 1])
    rows = _rows(shown[:size], members)
    return rows, f"{shown[size - 1].name_key}{_MARK}{shown[size - 1].pk}" if len(shown) > size else ""


def person(scope: Scope, pk: int) -> Person:
    """Raises Person.DoesNotExist outside the scope."""
    found = Person.objects.select_related("education", "field", "working_time", "rest_time", "area")
    if not scope.everything:
        found = found.filter(Exists(_reach(scope, _latest()).filter(person=OuterRef("pk"))))
    return found.get(pk=pk)


def duty(scope: Scope, pk: int) -> Duty:
    """Raises Duty.DoesNotExist outside the scope."""
    return scope.narrow(Duty.objects.select_related("person", "post")).get(pk=pk)


def path_within(scope: Scope, unit_id: int) -> str | None:
    """Where the unit stands today, if that is within the scope."""
    return scope.places().filter(unit_id=unit_id).values_list("path", flat=True).first()


def alike(scope: Scope, *, after: str, size: int = 500) -> tuple[list[list[Row]], str]:
    """People who may be one person: the same folded name, and the same birth or phone number.

    Looks at the next `size` people of the scope and compares each with everybody in it, so that a page costs the same
    in a register of any size. Each group stands where its first person stands in the list.
    """
    wanted = Wanted(after=after)
    rows, following = people(scope, wanted, size=size)
    members = _members(scope, wanted)
    namesakes = _within(scope, members).filter(folded__in={row.person.folded for row in rows}).exclude(folded="")
    known: dict[str, list[Person]] = {}
    for one in namesakes.order_by("name_key", "pk"):
        known.setdefault(one.folded, []).append(one)
    groups = [[row.person, *_like(row.person, known[row.person.folded])] for row in rows]
    several = [group for group in groups if len(group) > 1 and group[0] == min(group, key=_place)]
    shown = {row.person.pk: row for row in _rows([one for group in several for one in group], members)}
    return [[shown[one.pk] for one in group] for group in several], following


def _like(one: Person, namesakes: list[Person]) -> list[Person]:
    return [other for other in namesakes if other != one and _same(one, other)]


def _same(one: Person, other: Person) -> bool:
    same_birth = one.birth_year and (one.birth_year, one.born_on) == (other.birth_year, other.born_on)
    return bool(same_birth or (one.phone and one.phone == other.phone))


def _place(one: Person) -> tuple[str, int]:
    return one.name_key, one.pk


def _latest() -> QuerySet[Membership]:
    later = Membership.objects.filter(person=OuterRef("person"), started_on__gt=OuterRef("started_on"))
    return Membership.objects.filter(~Exists(later))


def _members(scope: Scope, wanted: Wanted) -> QuerySet[Membership]:
    """The one membership by which each person stands in the register, of those wanted, within the scope."""
    members: QuerySet[Membership] = Membership.objects.on(scope.on)
    if wanted.presence != Presence.HERE:
        members = _latest()
    if wanted.presence == Presence.LEFT:
        members = members.filter(ended_on__lte=scope.on)
    return members.filter(standing=wanted.standing) if wanted.standing else members


def _reach(scope: Scope, members: QuerySet[Membership]) -> QuerySet[Membership]:
    return members if scope.everything else scope.narrow(members)


def _within(scope: Scope, members: QuerySet[Membership]) -> QuerySet[Person]:
    if not scope.everything:
        # Driven by the units of the scope, while `narrow` looks at the unit of each membership.
        units = scope.places().values("unit_id")
        few = list(members.filter(unit__in=units).values_list("person_id", flat=True)[: FEW + 1])
        if len(few) <= FEW:
            return Person.objects.filter(pk__in=few)
    return Person.objects.filter(Exists(_reach(scope, members).filter(person=OuterRef("pk"))))


def _matching(found: QuerySet[Person], words: str) -> QuerySet[Person]:
    """By a member code or a phone number in any writing, else by a part of the name without its marks."""
    words = clean(words)
    if not words:
        return found
    if any(character.isdigit() for character in words):
        number = phones.normalise(words)
        named = Q(member_code=words.upper()) | (Q(phone=number) if number else Q(pk__in=[]))
        return found.filter(pk__in=Person.objects.filter(named).values("pk"))
    return found.filter(folded__contains=fold(words))


def _after(found: QuerySet[Person], after: str) -> QuerySet[Person]:
    name_key, _mark, pk = after.rpartition(_MARK)
    if not pk.isdecimal():
        return found
    # The first condition repeats what the second says, in a form that begins the walk of the index there.
    return found.filter(name_key__gte=name_key).filter(Q(name_key__gt=name_key) | Q(pk__gt=int(pk)))


def _rows(shown: list[Person], members: QuerySet[Membership]) -> list[Row]:
    """With the unit each belongs to, or belonged to last, under its last name: two queries."""
    theirs = {one.person_id: one for one in members.filter(person__in=shown)}
    names = unit_names({one.unit_id for one in theirs.values()})
    return [
        Row(person=one, membership=mine, unit=names.get(mine.unit_id, "") if mine else "")
        for one in shown
        for mine in [theirs.get(one.pk)]
    ]


def unit_names(unit_ids: set[int]) -> dict[int, str]:
    """Units by their latest names: one query."""
    versions = UnitVersion.objects.filter(unit_id__in=unit_ids).order_by("valid_from")
    return {one.unit_id: one.label for one in versions.only("unit_id", "name", "short_name")}


def units_within(scope: Scope, unit_ids: set[int]) -> set[int]:
    """Those of the units that stand within the scope today."""
    places: QuerySet[UnitPlace] = scope.places().filter(unit_id__in=unit_ids)
    return set(places.values_list("unit_id", flat=True))
