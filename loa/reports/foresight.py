"""Who owes which report to whom when units change (people/consequences.py)."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.base.dates import short_date
from loa.people.consequences import Concern, Watch
from loa.people.policies import units_on
from loa.people.queries import nodes
from loa.planning import queries as planning

from . import queries

TERMS = 3
"""The next reports that are looked at."""


def owed(concern: Concern) -> Mapping[str, str]:
    """The next reports that the units concerned owe, and to whom."""
    plan = planning.plan_on(min(concern.on, concern.today))
    coming = [term for term in queries.terms_of(plan) if term.due_on >= concern.on][:TERMS]
    said: dict[str, str] = {}
    for term in coming:
        owing = list(queries.owing(term).filter(pk__in=concern.units).order_by("code").values_list("pk", flat=True))
        receivers = _receivers(owing, on=term.period.last)
        named = {"report": term.name, "day": short_date(term.due_on)}
        for name, receiver in receivers:
            said[_("%(report)s, due on %(day)s") % named + f" · {name}"] = receiver
    return said


def _receivers(units: list[int], *, on: date) -> list[tuple[str, str]]:
    """Each unit, and the sentence that says to which one above it reports: two queries."""
    owing = nodes(units, on=on)
    above = {node.unit_id: units_on(node.path)[:-1] for node in owing}
    names = {node.unit_id: node.name for node in nodes({line[-1] for line in above.values() if line}, on=on)}
    return [
        (
            f"{node.name} ({node.code})",
            _("to %(unit)s") % {"unit": names[line[-1]]} if (line := above[node.unit_id]) else _("to nobody above"),
        )
        for node in owing
    ]


WATCHES = (
    Watch(
        key="reports",
        heading=gettext_lazy("Reports owed"),
        unchanged=gettext_lazy("Everybody owes the same reports to the same units."),
        look=owed,
        gone=gettext_lazy("no longer owed"),
    ),
)
