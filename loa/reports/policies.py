"""Who may write a report, and who may judge it."""

from datetime import date

from loa.ledger import queries as ledger
from loa.people.policies import Viewer, can, scope
from loa.people.roles import Ability

from .events import ReportDrafted, ReportSubmitted, ReportWritten
from .models import Report

WRITING = (ReportDrafted.kind, ReportWritten.kind, ReportSubmitted.kind)


def can_write(account: Viewer, unit_id: int, *, on: date) -> bool:
    """Whoever writes reports in the unit."""
    return can(account, Ability.WRITE_REPORTS, unit_id, on=on)


def can_judge(account: Viewer, report: Report, *, on: date) -> bool:
    """Accept or return it: somebody of the unit above, who had no hand in it."""
    above = scope(account, Ability.ACCEPT_REPORTS, on=on).covers(report.parent_id)
    return above and getattr(account, "ref", "") not in authors(report)


def authors(report: Report) -> set[str]:
    """Everyone who prepared, wrote or handed it in, by the ledger."""
    return set(ledger.history(report.ref).filter(kind__in=WRITING).values_list("actor", flat=True))
