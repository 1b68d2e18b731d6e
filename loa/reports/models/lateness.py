"""Who was reminded of a report, and who may hand it in later."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loa.base.fields import KeyField


class Reminder(models.Model):
    """That a unit was reminded of a report, so that nobody is reminded twice for the same day."""

    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="+")
    kind = KeyField(max_length=40)
    first = models.DateField()
    days = models.SmallIntegerField()
    """After the due day; negative before it."""
    sent_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "kind", "first", "days"], name="reports_reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.days:+}"


class Extension(models.Model):
    """That a unit asked to hand a report in later, why, and what the level above said."""

    class State(models.TextChoices):
        ASKED = "asked", _("extension asked for")
        GRANTED = "granted", _("extension granted")
        REFUSED = "refused", _("extension refused")

    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="extensions")
    kind = KeyField(max_length=40)
    first = models.DateField()
    due_on = models.DateField()
    until = models.DateField()
    reason = models.TextField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.ASKED)
    decision = models.TextField(blank=True)
    """What the level above said."""
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "kind", "first"], condition=~Q(state="refused"), name="reports_extension_one_at_a_time"
            ),
            models.CheckConstraint(
                name="reports_extension_decided_iff_dated",
                condition=Q(state="asked", decided_at__isnull=True) | (~Q(state="asked") & Q(decided_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.until}"

    @property
    def ref(self) -> str:
        return f"reports.extension:{self.pk}"

    def covers(self, day: date) -> bool:
        return self.state == self.State.GRANTED and day <= self.until
