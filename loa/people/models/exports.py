"""Workbooks on their way out: who asked for which table, how far it is, and the file until it is forgotten."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from loa.base.fields import KeyField

from .imports import private


class Export(models.Model):
    """One table taken as a workbook. It belongs to whoever asked; a run that was killed is taken up again."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DONE = "done"
        FAILED = "failed"

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exports")
    table = KeyField(max_length=60)
    """Key of a registered table."""
    asked = models.JSONField(default=dict)
    """The words of the screen's address; forgotten with the file."""
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    seen = models.PositiveIntegerField(default=0)
    """Rows written so far."""
    title = models.CharField(max_length=250, blank=True)
    file = models.FileField(storage=private, upload_to="exports/", blank=True)
    fingerprint = KeyField(max_length=64, blank=True)
    """SHA-256 of the file."""
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="people_export_ended_unless_waiting",
                condition=Q(state="waiting", ended_at__isnull=True) | (~Q(state="waiting") & Q(ended_at__isnull=False)),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "asked_at"], name="people_export_by_age")]

    def __str__(self) -> str:
        return f"{self.table}:{self.pk}"

    @property
    def ref(self) -> str:
        return f"people.export:{self.pk}"
