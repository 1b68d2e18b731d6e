"""Imports: what a file would change, row by row, before and after it does."""

from itertools import zip_longest
from typing import ClassVar

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models

from loa.base.fields import KeyField

from .units import Unit


def private() -> Storage:
    return storages["private"]


class ImportRun(models.Model):
    """One file on its way into the registry: read, previewed, applied. A run that was killed is taken up again."""

    class State(models.TextChoices):
        READING = "reading"
        PREVIEW = "preview"
        APPLYING = "applying"
        DONE = "done"
        FAILED = "failed"

    what = KeyField(max_length=10)
    """`units`, `people` or `decisions`."""
    file_name = models.CharField(max_length=250)
    file = models.FileField(storage=private, upload_to="imports/", null=True)
    """Null for a file of the administrator's own, and once the run is over: the registry holds what was in it."""
    head = models.JSONField(default=list)
    """The line of headers, to be handed back above rejected lines."""
    fingerprint = KeyField(max_length=64)
    """SHA-256 of the file."""
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    """The subtree within which the importer may write; null for the administrator."""
    state = models.CharField(max_length=10, choices=State.choices)
    seen = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    skipped = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)
    as_of = models.DateField()
    """The day the list describes: what it says holds from then on."""
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.what} {self.file_name}"

    @property
    def ref(self) -> str:
        return f"people.import:{self.pk}"

    @property
    def held_back(self) -> bool:
        """Decisions are taken over as a whole: not while one line is wrong."""
        return self.what == "decisions" and self.rejected > 0


class ImportRow(models.Model):
    """A line worth showing: each one that is not taken over, to be handed back with the reason beside it, and the
    first few of every other outcome, until the run is applied."""

    class Outcome(models.TextChoices):
        ADDED = "added"
        CHANGED = "changed"
        SKIPPED = "skipped"
        REJECTED = "rejected"

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    """As the spreadsheet counts, from 1."""
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    cells = models.JSONField()
    """As written in the file, from column A on."""
    reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["run", "outcome", "number"], name="people_import_row_once")
        ]

    def __str__(self) -> str:
        return f"{self.run_id}:{self.number}"

    @property
    def named(self) -> list[tuple[str, str]]:
        """Each cell with what stands at the head of its column."""
        head = [str(name or "") for name in self.run.head]
        cells = ["" if cell is None else str(cell) for cell in self.cells]
        return list(zip_longest(head, cells, fillvalue=""))
