"""What waits of tasks, reports, lists, roles and figures."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from loa.base.dates import short_date, today
from loa.people import queries as people
from loa.people import rosters, runs
from loa.people.policies import Scope, scope, units_on
from loa.people.roles import Ability
from loa.planning import queries as planning
from loa.planning.scorecard import State, scorecard
from loa.reports import queries as owing

from ..panels import SHOWN, Errand

ROLES_END = timedelta(days=30)
"""How long before it ends a role is worth a look."""
HEADWAY = (State.BEHIND, State.AT_RISK)


def tasks(account: Any, on: date) -> list[Errand]:
    found = list(planning.tasks_for(account, scope(account, Ability.DO_TASKS, on=on))[:SHOWN])
    names = {node.unit_id: node.label for node in people.nodes({task.unit_id for task in found}, on=on)}
    return [
        Errand(
            title=task.title,
            url=reverse("planning:task", args=[task.pk]),
            due=task.due_on,
            note=names.get(task.unit_id, ""),
        )
        for task in found
    ]


def reports(account: Any, on: date) -> list[Errand]:
    """Those that the account's own units owe these days; units below have people of their own."""
    return [
        Errand(title=f"{one.term.name}, {one.unit}", url=_where(one), due=one.term.due_on, note=one.state_text)
        for one in owing.own_owed(account, on=on)
        if not one.received or one.returned
    ][:SHOWN]


def sent_reports(account: Any, on: date) -> list[Errand]:
    """Reports of the term that runs now which wait above, or were accepted there."""
    term = owing.current_term(on)
    if term is None:
        return []
    rows = owing.handed_in(term, scope(account, Ability.WRITE_REPORTS, on=on), on=on, limit=SHOWN)
    return [Errand(title=f"{term.name}, {one.unit}", url=_where(one), note=one.state_text) for one in rows]


def _where(one: owing.Owed) -> str:
    if one.report_id:
        return reverse("reports:report", args=[one.report_id])
    return f"{reverse('reports:reports')}?term={one.term.code}#{one.unit_id}"


def reports_to_judge(account: Any, on: date) -> list[Errand]:
    return [
        Errand(
            title=one.name,
            url=reverse("reports:report", args=[one.pk]),
            note=one.unit_name,
        )
        for one in owing.to_judge(account, scope(account, Ability.ACCEPT_REPORTS, on=on), limit=SHOWN)
    ]


def lists_read(account: Any, on: date) -> list[Errand]:
    """Imports whose preview nobody has agreed to yet."""
    return [
        Errand(
            title=run.file_name,
            url=reverse("people:import", args=[run.pk]),
            note=_("read on %(day)s, not taken over yet") % {"day": short_date(today(run.started_at))},
        )
        for run in runs.previewed(scope(account, Ability.IMPORT, on=on), limit=SHOWN)
    ]


def roles_ending(account: Any, on: date) -> list[Errand]:
    own = scope(account, Ability.MANAGE_ACCOUNTS, on=on)
    return [
        Errand(
            title=one.holder,
            url=reverse("people:account", args=[one.account_id]),
            note=_("“%(role)s” ends on %(day)s") % {"role": one.role, "day": short_date(one.until)},
        )
        for one in rosters.ending(own, until=on + ROLES_END, limit=SHOWN)
    ]


def headway(account: Any, on: date) -> list[Errand]:
    """The targets of the account's highest unit that are behind or at risk, the worst first."""
    unit_id = _highest(scope(account, Ability.ACCEPT_REPORTS, on=on))
    if unit_id is None or planning.plan_on(on) is None:
        return []
    card = scorecard(unit_id, on=on)
    slow = [line for line in card.lines if line.reading.state in HEADWAY]
    return [
        Errand(
            title=f"{line.target.code}. {line.target.short}",
            url=reverse("planning:target", args=[card.unit.unit_id, line.target.code]),
            note="; ".join(
                text for text in (line.reading.value_text, line.reading.goal_text, line.reading.state_text) if text
            ),
        )
        for line in sorted(slow, key=lambda line: -line.reading.gap)
    ]


def _highest(own: Scope) -> int | None:
    return units_on(own.paths[0])[-1] if own.paths else None
