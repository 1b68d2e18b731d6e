"""The menu of the back office, in the order of the work.

A screen that begins a piece of work gets an `Entry`: where it stands in ENTRIES is where it stands in the menu.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from loa.people.policies import Viewer, scope_of_any
from loa.people.roles import Ability


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry: shown to whoever has one of `abilities` somewhere.

    Entries of one `group` stand together in ENTRIES, under its heading. `start` says in a sentence what one can begin
    there; entries that have it are offered on the home screen.
    """

    name: str
    label: str | Promise
    address: str
    icon: str
    abilities: frozenset[Ability] = field(default_factory=lambda: frozenset(Ability))
    group: str = ""
    start: str | Promise = ""
    root: bool = False
    """Only for whoever has the ability on a whole federation, from its root down."""


GROUPS: dict[str, tuple[str | Promise, str]] = {
    "stories": (_("Stories"), "doc-full"),
    "plan": (_("Plan"), "order"),
    "registry": (_("Units and people"), "group"),
}
"""Name of a group → its label and its icon. A group of which only one entry is shown is that entry."""

ENTRIES = (
    Entry(name="today", label=_("Today's work"), address="wagtailadmin_home", icon="home"),
    Entry(
        name="review",
        label=_("Waiting for approval"),
        address="newsroom:review",
        icon="check",
        abilities=frozenset({Ability.APPROVE_STORIES}),
        group="stories",
        start=_("Read what your units want to publish, approve it or return it with a remark."),
    ),
    Entry(
        name="stories",
        label=_("All stories"),
        address="newsroom_story:list",
        icon="doc-full",
        abilities=frozenset({Ability.WRITE_STORIES, Ability.APPROVE_STORIES}),
        group="stories",
    ),
    Entry(
        name="write",
        label=_("Write a story"),
        address="newsroom_story:add",
        icon="edit",
        abilities=frozenset({Ability.WRITE_STORIES}),
        group="stories",
        start=_("A few sentences and a picture are enough for a piece of news."),
    ),
    Entry(
        name="news",
        label=_("Tell news of your unit"),
        address="newsroom:news",
        icon="edit",
        abilities=frozenset({Ability.TELL_NEWS}),
        group="stories",
        start=_("A few sentences and a picture from your telephone; somebody reads it and publishes it."),
    ),
    Entry(
        name="calendar",
        label=_("Editorial calendar"),
        address="newsroom:calendar",
        icon="calendar-alt",
        abilities=frozenset({Ability.SEE_FIGURES}),
        group="stories",
        start=_("See what happens and what is made of it; whoever writes stories plans it here, and moves it."),
    ),
    Entry(
        name="shared",
        label=_("Stories shared with us"),
        address="newsroom:shared",
        icon="download",
        abilities=frozenset({Ability.WRITE_STORIES}),
        group="stories",
        start=_("Show what units above and below share with yours, under a heading of your own."),
    ),
    Entry(
        name="requests",
        label=_("Requests for material"),
        address="newsroom:requests",
        icon="mail",
        abilities=frozenset({Ability.DO_TASKS}),
        group="stories",
        start=_("Ask another unit for facts or a text by a day, and answer what others ask of yours."),
    ),
    Entry(
        name="facts",
        label=_("Shared facts"),
        address="newsroom:facts",
        icon="pilcrow",
        abilities=frozenset({Ability.WRITE_STORIES}),
        group="stories",
        start=_("Write a figure down once with its source; when it changes, see every story and place that says it."),
    ),
    Entry(
        name="contributions",
        label=_("Sent in by workers"),
        address="newsroom:contributions",
        icon="download",
        abilities=frozenset({Ability.WRITE_STORIES}),
        group="stories",
        start=_("Read what workers have sent in, make it into a story or answer kindly."),
    ),
    Entry(
        name="clips",
        label=_("Clips and sounds"),
        address="newsroom:clips",
        icon="media",
        abilities=frozenset({Ability.WRITE_STORIES}),
        group="stories",
    ),
    Entry(
        name="photos",
        label=_("Pictures"),
        address="newsroom:photos",
        icon="image",
        abilities=frozenset({Ability.WRITE_STORIES}),
        group="stories",
    ),
    Entry(
        name="official-channels",
        label=_("Official channels"),
        address="portal_desk:channels",
        icon="site",
        abilities=frozenset({Ability.APPROVE_STORIES}),
        group="stories",
    ),
    Entry(
        name="front-page",
        label=_("First page"),
        address="portal_desk:front",
        icon="home",
        abilities=frozenset({Ability.MANAGE_NEWSROOM}),
        group="stories",
    ),
    Entry(
        name="scorecard",
        label=_("Scorecard"),
        address="planning:scorecard",
        icon="order",
        abilities=frozenset({Ability.SEE_FIGURES}),
        group="plan",
        start=_("See how far your unit has come with every target."),
    ),
    Entry(
        name="glance",
        label=_("At a glance"),
        address="planning:glance",
        icon="mobile-alt",
        abilities=frozenset({Ability.SEE_FIGURES}),
        group="plan",
    ),
    Entry(
        name="tasks",
        label=_("Tasks of the plan"),
        address="planning:tasks",
        icon="tasks",
        abilities=frozenset({Ability.DO_TASKS}),
        group="plan",
    ),
    Entry(
        name="plan",
        label=_("What the plan says"),
        address="planning:newest",
        icon="doc-full-inverse",
        abilities=frozenset({Ability.SEE_FIGURES}),
        group="plan",
    ),
    Entry(
        name="reports",
        label=_("Reports"),
        address="reports:reports",
        icon="form",
        abilities=frozenset({Ability.WRITE_REPORTS, Ability.ACCEPT_REPORTS}),
        start=_("The figures are filled in already; you add the words."),
    ),
    Entry(
        name="units",
        label=_("Units"),
        address="people:units",
        icon="site",
        abilities=frozenset({Ability.SEE_FIGURES}),
        group="registry",
    ),
    Entry(
        name="people",
        label=_("People"),
        address="people:people",
        icon="group",
        abilities=frozenset({Ability.SEE_PEOPLE}),
        group="registry",
        start=_("Find somebody of your unit, write down who came and who left."),
    ),
    Entry(
        name="imports",
        label=_("Import lists"),
        address="people:imports",
        icon="upload",
        abilities=frozenset({Ability.IMPORT}),
        group="registry",
        start=_("Take over a list from a spreadsheet; you see everything before it is written."),
    ),
    Entry(
        name="accounts",
        label=_("Accounts and roles"),
        address="people:accounts",
        icon="key",
        abilities=frozenset({Ability.SEE_PEOPLE}),
    ),
    Entry(
        name="look",
        label=_("Name and look"),
        address="desk:look",
        icon="view",
        abilities=frozenset({Ability.MANAGE_ACCOUNTS}),
        root=True,
    ),
    Entry(name="guide", label=_("Guide"), address="desk:guide", icon="help"),
)


def entries(account: Viewer, *, on: date) -> list[tuple[Entry, str]]:
    """The entries that are open to `account`, of those whose screens are installed, each with its address."""
    shown = []
    for entry in ENTRIES:
        own = scope_of_any(account, entry.abilities, on=on)
        if not own or (entry.root and not own.reaches_root):
            continue
        try:
            shown.append((entry, reverse(entry.address)))
        except NoReverseMatch:
            continue
    return shown


def links(account: Viewer, *, on: date) -> list[MenuItem]:
    """The entries as plain links, one after the other: the menu where there is no JavaScript."""
    return [_item(entry, url) for entry, url in entries(account, on=on)]


def items(account: Viewer, *, here: str, on: date) -> list[MenuItem]:
    """The entries as Wagtail's menu draws them on the page `here`, those of a group under its heading."""
    drawn: list[MenuItem] = []
    for group, members in groupby(entries(account, on=on), key=lambda one: one[0].group):
        found = [_item(entry, _told_apart(url, here)) for entry, url in members]
        drawn += found if not group or len(found) == 1 else [_under(group, found)]
    for order, item in enumerate(drawn):
        item.order = order
    return drawn


@dataclass(frozen=True, kw_only=True)
class Start:
    """Something to begin with, on the home screen."""

    label: str | Promise
    url: str
    start: str | Promise


def starts(account: Viewer, *, on: date) -> list[Start]:
    open_to = entries(account, on=on)
    return [Start(label=entry.label, url=url, start=entry.start) for entry, url in open_to if entry.start]


def _item(entry: Entry, url: str) -> MenuItem:
    return MenuItem(entry.label, url, name=entry.name, icon_name=entry.icon)


def _under(group: str, found: Iterable[MenuItem]) -> MenuItem:
    label, icon = GROUPS[group]
    inner = list(found)
    for order, item in enumerate(inner):
        item.order = order
    return SubmenuMenuItem(label, Menu(items=inner), name=f"group-{group}", icon_name=icon)


def _told_apart(url: str, here: str) -> str:
    """Wagtail marks the entry whose address the page's begins with; every page's begins with that of the home."""
    return f"{url}?" if url == reverse("wagtailadmin_home") != here else url
