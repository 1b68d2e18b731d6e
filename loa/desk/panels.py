"""What waits for somebody today. Modules answer; loa/config/wiring.py brings their answers here with `register`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from loa.people.policies import Viewer, scope
from loa.people.roles import Ability


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
    """Errands of one kind, asked for only when the account has `ability` somewhere."""

    key: str
    heading: str | Promise
    ability: Ability
    ask: Ask


_panels: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    """Show `panel` on the home screen, after those registered before it."""
    _panels[panel.key] = panel


def errands(account: Viewer, *, on: date) -> list[tuple[Panel, Sequence[Errand]]]:
    """What waits for `account`, panel by panel; panels with nothing in them are left out."""
    asked = [(panel, panel.ask(account, on)) for panel in _panels.values() if scope(account, panel.ability, on=on)]
    return [(panel, waiting) for panel, waiting in asked if waiting]
