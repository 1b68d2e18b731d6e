"""The menu of the back office, in the order of the work."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from loa.people.policies import Viewer, scope_of_any
from loa.people.roles import Ability


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry: shown to whoever has one of `abilities` somewhere."""

    name: str
    label: str | Promise
    address: str
    icon: str
    abilities: frozenset[Ability] = field(default_factory=lambda: frozenset(Ability))


ENTRIES = (
    Entry(name="today", label=_("Today"), address="wagtailadmin_home", icon="home"),
    Entry(
        name="plan",
        label=_("Plan"),
        address="planning:scorecard",
        icon="order",
        abilities=frozenset({Ability.SEE_FIGURES, Ability.MANAGE_PLAN}),
    ),
    Entry(
        name="stories",
        label=_("Stories"),
        address="newsroom_story:list",
        icon="doc-full",
        abilities=frozenset({Ability.WRITE_STORIES, Ability.APPROVE_STORIES}),
    ),
    Entry(
        name="units",
        label=_("Units"),
        address="people:units",
        icon="site",
        abilities=frozenset({Ability.SEE_FIGURES, Ability.MANAGE_UNITS}),
    ),
    Entry(
        name="people",
        label=_("People"),
        address="people:people",
        icon="group",
        abilities=frozenset({Ability.SEE_PEOPLE, Ability.IMPORT}),
    ),
    Entry(
        name="accounts",
        label=_("Accounts"),
        address="people:accounts",
        icon="key",
        abilities=frozenset({Ability.MANAGE_ACCOUNTS, Ability.SEE_PEOPLE}),
    ),
    Entry(
        name="reports",
        label=_("Reports"),
        address="reports:reports",
        icon="form",
        abilities=frozenset({Ability.WRITE_REPORTS, Ability.ACCEPT_REPORTS}),
    ),
)


def items(account: Viewer, *, on: date) -> Iterator[MenuItem]:
    """The entries that are open to `account`, of those whose screens are installed."""
    for order, entry in enumerate(ENTRIES):
        if not scope_of_any(account, entry.abilities, on=on):
            continue
        try:
            url = reverse(entry.address)
        except NoReverseMatch:
            continue
        yield MenuItem(entry.label, url, name=entry.name, icon_name=entry.icon, order=order)
