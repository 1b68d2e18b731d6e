"""Reports, and the rows of evidence frozen with them."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from loa.base.fields import KeyField
from loa.base.periods import Period

from .forms import FormVersion


class ReportQuerySet(models.QuerySet["Report"]):
    def received(self) -> Self:
        """Those that were ever handed in; one that was returned had arrived all the same."""
        return self.filter(received_on__isnull=False)


class Report(models.Model):
    """What one unit answers for over one period (DOMAIN.md 3.3). Once accepted, the database refuses any change."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being written")
        SUBMITTED = "submitted", _("handed in")
        RETURNED = "returned", _("returned")
        ACCEPTED = "accepted", _("accepted")

    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="reports")
    parent = models.ForeignKey("people.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    """To whom it reported on the day of the report."""
    unit_name = models.CharField(max_length=250)
    parent_name = models.CharField(max_length=250, blank=True)
    kind = KeyField(max_length=40)
    """Code of the plan's kind of report."""
    kind_name = models.CharField(max_length=120)
    first = models.DateField()
    last = models.DateField()
    """The cut-off: the last day the report speaks of."""
    due_on = models.DateField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    narrative = models.JSONField(default=list)
    """Sections in order: code, title, text, and `drafted`, what Loa proposed (see narrative.py)."""
    form = models.ForeignKey(FormVersion, on_delete=models.PROTECT, null=True, related_name="reports")
    """The version of the form it is written on; it stays with the report, whatever is loaded later."""
    figures = models.JSONField(default=list)
    """One entry for each target (see figures.py)."""
    entries = models.JSONField(default=dict)
    """What the officer typed, by id of the form's entry, as plain text: "12", "12.5", "true", "2026-05-30"."""
    reasons = models.JSONField(default=dict)
    """Why a figure differs so much from last period's, by code of the target or id of the entry."""
    before = models.JSONField(default=dict)
    """What the last period's report said (see comparing.py)."""
    sums = models.JSONField(default=dict)
    """What the accepted reports below add up to, and how many came (see summing.py)."""
    as_of = models.DateField()
    """The last day that the figures know of: when they were true. `frozen_at` is when they were recorded."""
    cover = models.JSONField(default=dict)
    """Number, place, signature and recipients (see cover.py)."""
    remarks = models.TextField(blank=True)
    """Why it was returned last."""
    received_on = models.DateField(null=True)
    """The day it was first handed in."""
    frozen_at = models.DateTimeField(null=True)
    fingerprint = KeyField(max_length=64, blank=True)
    """SHA-256 of all that was handed in (see fingerprint.py)."""
    format = models.PositiveSmallIntegerField(default=1)
    """Of the fingerprint."""
    document_number = KeyField(max_length=40, blank=True)
    document_year = models.PositiveSmallIntegerField(null=True)
    """Number and year of the document as handed in, in one spelling: a unit uses each number once a year."""
    step = models.PositiveSmallIntegerField(default=0)
    """How many levels above have agreed to what was handed in."""
    judge = models.ForeignKey("people.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    """The unit whose turn it is to accept or return it."""
    accepted_at = models.DateTimeField(null=True)
    document = KeyField(max_length=120, blank=True)
    """Name of the .docx in private storage, of reports accepted before files were made by a worker (Printing)."""
    document_hash = KeyField(max_length=64, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "kind", "first"], name="reports_report_once"),
            models.UniqueConstraint(
                fields=["unit", "document_year", "document_number"],
                condition=~Q(document_number=""),
                name="reports_report_number_once",
            ),
            models.CheckConstraint(
                name="reports_report_dates", condition=Q(first__lte=F("last"), last__lte=F("due_on"))
            ),
            models.CheckConstraint(
                name="reports_report_frozen_iff_handed_in",
                condition=(Q(state__in=["submitted", "accepted"], frozen_at__isnull=False) & ~Q(fingerprint=""))
                | Q(state__in=["draft", "returned"], frozen_at__isnull=True, fingerprint=""),
            ),
            models.CheckConstraint(
                name="reports_report_received_unless_draft",
                condition=Q(state="draft", received_on__isnull=True)
                | (~Q(state="draft") & Q(received_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="reports_report_dated_iff_accepted",
                condition=Q(state="accepted", accepted_at__isnull=False)
                | (~Q(state="accepted") & Q(accepted_at__isnull=True, document="", document_hash="")),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["fingerprint"], name="reports_report_fingerprint")]

    def __str__(self) -> str:
        return f"{self.name} · {self.unit_name}"

    @property
    def ref(self) -> str:
        return f"reports.report:{self.pk}"

    @property
    def name(self) -> str:
        """Such as "Báo cáo năm 2026"; of a review, with all its years."""
        return f"{self.kind_name} {Period(first=self.first, last=self.last).span}"

    @property
    def year(self) -> int:
        return self.last.year

    @property
    def period(self) -> Period:
        return Period(first=self.first, last=self.last)

    @property
    def open(self) -> bool:
        """Whether it can still be written."""
        return self.state in {self.State.DRAFT, self.State.RETURNED}

    @property
    def late(self) -> bool:
        return self.received_on is not None and self.received_on > self.due_on

    def text(self, code: str) -> str | None:
        """What a section says; None when there is no such section."""
        return next((section["text"] for section in self.narrative if section["code"] == code), None)


class EvidenceRow(models.Model):
    """One row behind a figure, as it read when the report was handed in."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="rows")
    target = KeyField(max_length=40)
    position = models.PositiveIntegerField()
    ref = KeyField(max_length=80)
    label = models.TextField()
    url = models.CharField(max_length=500, blank=True)
    on = models.DateField(null=True)
    unit = models.CharField(max_length=250, blank=True)
    counts = models.IntegerField()
    cells = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "target", "position"], name="reports_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.ref}"


class Remark(models.Model):
    """What the level above wants improved, at a figure, at a passage, or of the whole; and what the unit answered."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="notes")
    round = models.PositiveSmallIntegerField()
    """Counted from 1: the how-manieth return."""
    place = KeyField(max_length=40, blank=True)
    """Code of the target, id of the entry or of the passage; empty for the whole."""
    text = models.TextField()
    by = KeyField(max_length=80)
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = KeyField(max_length=80, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "round", "place"], name="reports_remark_once"),
            models.CheckConstraint(
                name="reports_remark_answered_iff_dated",
                condition=Q(answer="", answered_by="", answered_at__isnull=True)
                | (~Q(answer="") & ~Q(answered_by="") & Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.text}"
