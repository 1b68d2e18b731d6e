"""Who may write a report, and who may judge it."""

from datetime import date

from loa.ledger import queries as ledger
from loa.people.policies import Viewer, can, scope
from loa.people.roles import Ability

from .events import (
    CorrectionAgreed,
    CorrectionSubmitted,
    ExtensionAsked,
    ReportAgreed,
    ReportDrafted,
    ReportSubmitted,
    ReportWritten,
)
from .models import Correction, Extension, Report

WRITING = (ReportDrafted.kind, ReportWritten.kind, ReportSubmitted.kind, CorrectionSubmitted.kind)


def can_write(account: Viewer, unit_id: int, *, on: date) -> bool:
    """Whoever writes reports in the unit."""
    return can(account, Ability.WRITE_REPORTS, unit_id, on=on)


def can_judge(account: Viewer, report: Report, *, on: date) -> bool:
    """Accept or return it: somebody of the unit whose turn it is, who had no hand in it and did not agree before."""
    turn = report.judge_id or report.parent_id
    return _judges(account, turn, on=on) and _ref(account) not in authors(report) | agreed(report)


def can_judge_correction(account: Viewer, correction: Correction, *, on: date) -> bool:
    """On the same path as the report, and by nobody who wrote the report or one of its corrections."""
    had_a_hand = authors(correction.report) | agreed_to_correction(correction)
    return _judges(account, correction.judge_id, on=on) and _ref(account) not in had_a_hand


def can_decide_extension(account: Viewer, extension: Extension, parent_id: int | None, *, on: date) -> bool:
    """Whoever accepts reports at the level above, and did not ask for it."""
    asked = ledger.history(extension.ref).filter(kind=ExtensionAsked.kind).values_list("actor", flat=True)
    return _judges(account, parent_id or extension.unit_id, on=on) and _ref(account) not in set(asked)


def authors(report: Report) -> set[str]:
    """Everyone who prepared, wrote, handed in or corrected it, by the ledger."""
    return set(ledger.history(report.ref).filter(kind__in=WRITING).values_list("actor", flat=True))


def agreed(report: Report) -> set[str]:
    """Who agreed at an earlier step to what is handed in now."""
    if not report.step or report.frozen_at is None:
        return set()
    found = ledger.history(report.ref).filter(kind=ReportAgreed.kind, at__gte=report.frozen_at)
    return set(found.values_list("actor", flat=True))


def agreed_to_correction(correction: Correction) -> set[str]:
    if not correction.step:
        return set()
    found = ledger.history(correction.report.ref).filter(kind=CorrectionAgreed.kind, at__gte=correction.submitted_at)
    return {entry.actor for entry in found if entry.data["correction"] == correction.pk}


def _judges(account: Viewer, unit_id: int | None, *, on: date) -> bool:
    return scope(account, Ability.ACCEPT_REPORTS, on=on).covers(unit_id)


def _ref(account: Viewer) -> str:
    return str(getattr(account, "ref", ""))
