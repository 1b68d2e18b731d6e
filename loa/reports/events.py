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
    places: tuple[str, ...] = ()
    """Codes of targets, ids of entries and passages; "" for the whole."""


@dataclass(frozen=True, kw_only=True)
class ReportAgreed(Fact):
    """The first of two levels has agreed. Its evidence is the fingerprint of what it agreed to."""

    kind = "reports.report-agreed"
    step: int


@dataclass(frozen=True, kw_only=True)
class ReportAccepted(Fact):
    """Its evidence is the fingerprint of what was accepted; of earlier ones that of the document's bytes, too."""

    kind = "reports.report-accepted"


@dataclass(frozen=True, kw_only=True)
class FormLoaded(Fact):
    """Its evidence is the fingerprint of the form."""

    kind = "reports.form-loaded"
    form: str
    report_kind: str
    valid_from: date


@dataclass(frozen=True, kw_only=True)
class CorrectionSubmitted(Fact):
    """The subject is the report; the evidence is the fingerprint of the correction."""

    kind = "reports.correction-submitted"
    correction: int
    number: str
    place: str


@dataclass(frozen=True, kw_only=True)
class CorrectionReturned(Fact):
    kind = "reports.correction-returned"
    correction: int
    number: str


@dataclass(frozen=True, kw_only=True)
class CorrectionAgreed(Fact):
    kind = "reports.correction-agreed"
    correction: int
    number: str
    step: int


@dataclass(frozen=True, kw_only=True)
class CorrectionAccepted(Fact):
    """The report reads with this correction from now on; its evidence are both fingerprints."""

    kind = "reports.correction-accepted"
    correction: int
    number: str
    place: str


@dataclass(frozen=True, kw_only=True)
class ReportReminded(Fact):
    """The subject is the report that a unit owes, begun or not: "reports.due:<unit>.<kind>.<first day>"."""

    kind = "reports.report-reminded"
    report_kind: str
    first: date
    due_on: date
    days: int
    """After the due day; negative before it."""


@dataclass(frozen=True, kw_only=True)
class ExtensionAsked(Fact):
    kind = "reports.extension-asked"
    report_kind: str
    first: date
    until: date


@dataclass(frozen=True, kw_only=True)
class ExtensionDecided(Fact):
    kind = "reports.extension-decided"
    report_kind: str
    first: date
    granted: bool


@dataclass(frozen=True, kw_only=True)
class ReportPrinted(Fact):
    """A file of an accepted report was made; its evidence is the fingerprints of the record and of the file."""

    kind = "reports.report-printed"
