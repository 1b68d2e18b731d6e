"""What happened to reports."""

from dataclasses import dataclass
from datetime import date

from loa.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ReportDrafted(Fact):
    kind = "reports.report-drafted"
    report_kind: str
    last: date
    as_of: date


@dataclass(frozen=True, kw_only=True)
class ReportWritten(Fact):
    kind = "reports.report-written"
    sections: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReportSubmitted(Fact):
    """Its evidence is the fingerprint of what was frozen."""

    kind = "reports.report-submitted"
    received_on: date
    due_on: date
    rows: int


@dataclass(frozen=True, kw_only=True)
class ReportReturned(Fact):
    """Its evidence is the fingerprint of what was given back."""

    kind = "reports.report-returned"


@dataclass(frozen=True, kw_only=True)
class ReportAccepted(Fact):
    """Its evidence is the fingerprint of what was accepted, and that of the document's bytes."""

    kind = "reports.report-accepted"
