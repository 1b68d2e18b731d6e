"""What waits for somebody today. Modules answer; loa/config/errands.py brings their answers here with `register`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loa.people.policies import Viewer, scope
from loa.people.roles import Ability


class Section(StrEnum):
    """Where on the home screen a panel stands, from the top down."""

    DECIDE = "decide"
    DO = "do"
    STAND = "stand"
    SENT = "sent"
    NEWS = "news"


HEADINGS = {
    Section.DECIDE: _("Waiting for your decision"),
    Section.DO: _("To do"),
    Section.STAND: _("Where we stand"),
    Section.SENT: _("Handed in by you"),
    Section.NEWS: _("What is new"),
}
SHOWN = 10
"""Errands of a panel at most; the whole list is one link away."""
WAITING = frozenset({Section.DECIDE, Section.DO})
"""Errands of these sections have to be done; those due by the end of the week lead the screen."""


@dataclass(frozen=True, kw_only=True)
class Errand:
    """One thing to do: what, where to do it, and by when."""

    title: str
    url: str
    due: date | None = None
    note: str = ""


Ask = Callable[[Viewer, date], Sequence[Errand]]


@dataclass(frozen=True, kw_only=True)
class Panel:
    """Errands of one kind, asked for only when the account has `ability` somewhere.

    `ask` costs the same number of queries however many errands it finds. `more` is the address of the whole list.
    """

    key: str
    heading: str | Promise
    ability: Ability
    ask: Ask
    section: Section = Section.DO
    more: str = ""


_panels: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    """Show `panel` on the home screen, within its section after those registered before it."""
    _panels[panel.key] = panel


Answer = tuple[Panel, Sequence[Errand]]


def errands(account: Viewer, *, on: date) -> list[Answer]:
    """What waits for `account`, panel by panel; panels with nothing in them are left out."""
    asked = [(panel, panel.ask(account, on)) for panel in _panels.values() if scope(account, panel.ability, on=on)]
    return [(panel, waiting) for panel, waiting in asked if waiting]


class Urgency(StrEnum):
    """How near a deadline is."""

    LATE = "late"
    TODAY = "today"
    WEEK = "week"


URGENT = {
    Urgency.LATE: _("Overdue"),
    Urgency.TODAY: _("Today"),
    Urgency.WEEK: _("This week"),
}


@dataclass(frozen=True, kw_only=True)
class Deadlines:
    """What is due by the end of the week and equally near, the nearest first, each with the panel it comes from."""

    urgency: Urgency
    heading: str | Promise
    errands: tuple[tuple[Panel, Errand], ...]


@dataclass(frozen=True, kw_only=True)
class Block:
    """One section of the screen with its panels."""

    section: Section
    heading: str | Promise
    panels: tuple[Answer, ...]


@dataclass(frozen=True, kw_only=True)
class Home:
    """The home screen of one account on one day."""

    deadlines: tuple[Deadlines, ...] = ()
    blocks: tuple[Block, ...] = ()

    @property
    def idle(self) -> bool:
        """Whether nothing at all has to be done."""
        return not self.deadlines and not any(block.section in WAITING for block in self.blocks)


def home(account: Viewer, *, on: date) -> Home:
    """What waits for `account`: deadlines until Sunday first, then the sections in their order."""
    answers = errands(account, on=on)
    urgent = [
        (panel, errand)
        for panel, found in answers
        if panel.section in WAITING
        for errand in found
        if urgency(errand, on=on)
    ]
    rest = [
        (panel, [one for one in found if panel.section not in WAITING or not urgency(one, on=on)])
        for panel, found in answers
    ]
    blocks = [
        Block(
            section=section,
            heading=heading,
            panels=tuple((panel, left) for panel, left in rest if panel.section == section and left),
        )
        for section, heading in HEADINGS.items()
    ]
    return Home(
        deadlines=tuple(
            Deadlines(urgency=near, heading=heading, errands=tuple(_by_due(urgent, near, on=on)))
            for near, heading in URGENT.items()
            if any(urgency(errand, on=on) == near for _panel, errand in urgent)
        ),
        blocks=tuple(block for block in blocks if block.panels),
    )


def urgency(errand: Errand, *, on: date) -> Urgency | None:
    """None for what is due later than this week (it ends on Sunday), or not at all."""
    if errand.due is None or errand.due > on + timedelta(days=6 - on.weekday()):
        return None
    if errand.due < on:
        return Urgency.LATE
    return Urgency.TODAY if errand.due == on else Urgency.WEEK


def _by_due(urgent: Sequence[tuple[Panel, Errand]], near: Urgency, *, on: date) -> list[tuple[Panel, Errand]]:
    found = [(panel, errand) for panel, errand in urgent if urgency(errand, on=on) == near]
    return sorted(found, key=lambda one: one[1].due or on)
