"""Asking units politely for the reports they owe, on the days that their form names."""

from datetime import date, datetime

from django.db import transaction

from loa.ledger.actions import record
from loa.ledger.facts import Actor

from .. import queries
from ..events import ReportReminded
from ..models import Reminder
from ..terms import Term

LONGEST = 60
"""Days after the due day beyond which nobody is reminded any more."""


def remind(*, on: date, by: Actor, at: datetime) -> int:
    """Remind every unit whose report has not come and whose turn it is; returns how many were reminded now.

    Each unit has a transaction of its own and a row that says it was done, so that a run that was killed goes on
    where it stopped, and one that is started twice reminds nobody twice. A day that was missed is made up for by the
    latest reminder due.
    """
    done = 0
    for term in queries.terms_on(on):
        if (on - term.due_on).days > LONGEST:
            continue
        for unit_id, days in queries.to_remind(term, on=on):
            done += _remind(unit_id, term, days, by=by, at=at)
    return done


@transaction.atomic
def _remind(unit_id: int, term: Term, days: int, *, by: Actor, at: datetime) -> bool:
    key = {"unit_id": unit_id, "kind": term.kind.code, "first": term.period.first, "days": days}
    _reminder, new = Reminder.objects.get_or_create(**key, defaults={"sent_at": at})
    if new:
        fact = ReportReminded(
            subject=queries.due_ref(unit_id, term),
            unit_id=unit_id,
            report_kind=term.kind.code,
            first=term.period.first,
            due_on=term.due_on,
            days=days,
        )
        record(fact, by=by, at=at)
    return new
