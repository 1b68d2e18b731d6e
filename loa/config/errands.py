"""What waits on the home screen of the back office: each module's answer, as errands."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.desk import panels
from loa.desk.panels import Errand
from loa.newsroom import queries as newsroom
from loa.people.policies import scope
from loa.people.roles import Ability
from loa.planning import queries as planning
from loa.reports import queries as owing

SHOWN = 10


def tasks(account: Any, on: date) -> list[Errand]:
    found = planning.tasks_for(account, scope(account, Ability.DO_TASKS, on=on))[:SHOWN]
    return [Errand(title=task.title, url=reverse("planning:task", args=[task.pk]), due=task.due_on) for task in found]


def stories(account: Any, on: date) -> list[Errand]:
    """Those that wait for this account's decision."""
    return [
        Errand(title=one.story.title, url=reverse("newsroom:story", args=[one.story.pk]), note=one.unit_name)
        for one in newsroom.awaiting(account, on=on, limit=SHOWN)
    ]


def reports(account: Any, on: date) -> list[Errand]:
    """Those that the account's units owe for the term that runs now."""
    term = owing.current_term(on)
    if term is None:
        return []
    rows = owing.owed(term, scope(account, Ability.WRITE_REPORTS, on=on), on=on, limit=SHOWN).rows
    url = reverse("reports:reports")
    return [Errand(title=one.unit, url=url, due=term.due_on, note=one.state_text) for one in rows if not one.received]


def connect() -> None:
    panels.register(panels.Panel(key="tasks", heading=_("Tasks"), ability=Ability.DO_TASKS, ask=tasks))
    panels.register(
        panels.Panel(key="stories", heading=_("Stories to decide"), ability=Ability.APPROVE_STORIES, ask=stories)
    )
    panels.register(
        panels.Panel(key="reports", heading=_("Reports to hand in"), ability=Ability.WRITE_REPORTS, ask=reports)
    )
