"""Who has an account, and with which roles: lists for those who look after accounts."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from loa.base import phones
from loa.base.text import fold

from .models import Account, Duty, Grant, Membership, Person, UnitVersion
from .policies import Scope
from .roles import NAMES

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Role:
    """A role that an account holds; `grant_id` is None when it comes with a post."""

    name: str
    unit: str
    until: date
    grant_id: int | None = None


def accounts(scope: Scope) -> QuerySet[Account]:
    """The open accounts of the people in `scope`, and those that hold a role there."""
    on = scope.on
    people = Membership.objects.on(on).filter(person=OuterRef("person"))
    granted = Grant.objects.on(on).filter(account=OuterRef("pk"))
    by_post = Duty.objects.filter(person=OuterRef("person"), started_on__lte=on, ended_on__gt=on)
    within = [Exists(scope.narrow(things)) for things in (people, granted, by_post)]
    open_ones = Account.objects.filter(is_active=True)
    return open_ones if scope.everything else open_ones.filter(within[0] | within[1] | within[2])


def page_of(found: QuerySet[Account], *, words: str, after: str) -> tuple[list[Account], str]:
    """Some accounts by given name, that match `words` (part of a name, in any spelling, of an address, or a phone
    number), and where the next page begins."""
    if phone := phones.normalise(words):
        found = found.filter(phone=phone)
    elif words:
        found = found.filter(
            Q(folded__contains=fold(words)) | Q(person__folded__contains=fold(words)) | Q(email__icontains=words)
        )
    pk, _dot, key = after.partition(".")
    if pk.isdecimal():
        found = found.filter(Q(name_key__gt=key) | Q(name_key=key, pk__gt=pk))
    rows = list(found.order_by("name_key", "pk")[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return rows[:PAGE], f"{last.pk}.{last.name_key}" if last else ""


def roles_of(shown: list[Account], *, on: date) -> dict[int, list[Role]]:
    """The roles of these accounts on `on`: three queries, however many accounts."""
    grants = list(Grant.objects.on(on).filter(account__in=shown).order_by("pk"))
    persons = {one.person_id: one.pk for one in shown if one.person_id}
    duties = list(
        Duty.objects.filter(person__in=persons, started_on__lte=on, ended_on__gt=on, post__role__in=NAMES)
        .select_related("post")
        .order_by("pk")
    )
    units = {one.unit_id for one in grants} | {one.unit_id for one in duties}
    names = {
        one.unit_id: one.label
        for one in UnitVersion.objects.on(on).filter(unit__in=units).only("unit_id", "short_name", "name")
    }
    roles: dict[int, list[Role]] = {one.pk: [] for one in shown}
    for one in grants:
        name = str(NAMES.get(one.role, one.role))
        roles[one.account_id].append(
            Role(name=name, unit=names.get(one.unit_id, ""), until=one.ended_on, grant_id=one.pk)
        )
    for duty in duties:
        roles[persons[duty.person_id]].append(
            Role(name=duty.post.name, unit=names.get(duty.unit_id, ""), until=duty.ended_on)
        )
    return roles


@dataclass(frozen=True, kw_only=True)
class Ending:
    """A role that somebody holds until a day not far away."""

    account_id: int
    holder: str
    role: str
    until: date


def ending(scope: Scope, *, until: date, limit: int) -> list[Ending]:
    """Roles within the scope that end by `until`, the first to end first: one query."""
    found = scope.narrow(Grant.objects.on(scope.on).filter(ended_on__lte=until, account__is_active=True))
    return [
        Ending(
            account_id=one.account_id,
            holder=str(one.account),
            role=str(NAMES.get(one.role, one.role)),
            until=one.ended_on,
        )
        for one in found.select_related("account").order_by("ended_on", "pk")[:limit]
    ]


def people_without_account(scope: Scope, *, words: str, limit: int = 20) -> list[Person]:
    """People of `scope` who could be given an account, by given name, that match `words`."""
    members = scope.narrow(Membership.objects.on(scope.on).filter(person=OuterRef("pk")))
    found = Person.objects.filter(Exists(members), account__isnull=True)
    if phone := phones.normalise(words):
        found = found.filter(phone=phone)
    else:
        found = found.filter(folded__contains=fold(words))
    return list(found.order_by("name_key", "pk")[:limit])


def account(scope: Scope, pk: int) -> Account:
    """Raises Account.DoesNotExist outside the scope."""
    return accounts(scope).get(pk=pk)


def person(scope: Scope, pk: int) -> Person:
    """Raises Person.DoesNotExist outside the scope."""
    members = scope.narrow(Membership.objects.on(scope.on).filter(person=OuterRef("pk")))
    return Person.objects.filter(Exists(members)).get(pk=pk)


def grant(scope: Scope, pk: int) -> Grant:
    """Raises Grant.DoesNotExist outside the scope."""
    return scope.narrow(Grant.objects.all()).get(pk=pk)
