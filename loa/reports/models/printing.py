"""Reports as files: made by a worker, kept for good once the report is accepted."""

from typing import ClassVar

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q

from loa.base.fields import KeyField

from .reports import Report


def private() -> Storage:
    return storages["private"]


class Printing(models.Model):
    """One report as a file: a final one of an accepted report, anew with each correction, or the latest of a draft."""

    class Sort(models.TextChoices):
        DOCX = "docx"
        PDF = "pdf"

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        FAILED = "failed"

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="printings")
    sort = models.CharField(max_length=4, choices=Sort.choices, default=Sort.PDF)
    final = models.BooleanField()
    corrections = models.PositiveSmallIntegerField(default=0)
    """How many accepted corrections it shows, the earliest first."""
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    page = models.PositiveIntegerField(default=0)
    """The page that is being laid out."""
    message = models.TextField(blank=True)
    """Why it failed."""
    file = models.FileField(storage=private, upload_to="reports/", blank=True, max_length=120)
    fingerprint = KeyField(max_length=64, blank=True)
    """SHA-256 of the file."""
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "final", "sort", "corrections"], name="reports_printing_once"),
            models.CheckConstraint(
                name="reports_printing_ended_unless_waiting",
                condition=Q(state="waiting", ended_at__isnull=True) | (~Q(state="waiting") & Q(ended_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}.{self.sort}"
