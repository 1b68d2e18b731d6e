"""Decisions about units on their way, and what each one changed, row by row."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from loa.base.fields import KeyField

from .units import Unit, UnitEvent


class EventTrace(models.Model):
    """What one event changed: each row as it was before and after (people/actions/tracing.py).

    With it an event can be taken back exactly, and the tree be shown as it was known before the event was recorded.
    """

    event = models.OneToOneField(UnitEvent, on_delete=models.PROTECT, related_name="trace")
    rows = models.JSONField()
    units = models.ManyToManyField(Unit, related_name="+")
    """Those it names."""
    founded = models.JSONField()
    """The keys of those it founded."""
    fates = models.JSONField()
    """Key of each unit that ended → what became of its members, and the key of the unit they went to."""

    def __str__(self) -> str:
        return str(self.event_id)


class DraftDecision(models.Model):
    """A decision being prepared: saved at every step, carried out as one event, or set aside."""

    class State(models.TextChoices):
        OPEN = "open"
        DONE = "done"
        DROPPED = "dropped"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    """The part of the tree it is prepared for; null for the administrator of everything."""
    number = models.CharField(max_length=60, blank=True)
    issuer = models.CharField(max_length=110, blank=True)
    decided_on = models.DateField(null=True)
    effective_on = models.DateField(null=True)
    note = models.TextField(blank=True)
    steps = models.JSONField(default=list)
    """What it decides (people/steps.py)."""
    corrects = models.ForeignKey(UnitEvent, on_delete=models.PROTECT, null=True, related_name="+")
    """The event it is to put right."""
    state = KeyField(max_length=7, choices=State.choices, default=State.OPEN)
    event = models.ForeignKey(UnitEvent, on_delete=models.PROTECT, null=True, related_name="+")
    """What it became."""
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="people_draft_done_iff_event",
                condition=Q(state="done", event__isnull=False) | (~Q(state="done") & Q(event__isnull=True)),
            )
        ]

    def __str__(self) -> str:
        return self.decision or str(self.pk)

    @property
    def decision(self) -> str:
        """Number and issuer together; a number alone identifies nothing (DOMAIN.md 1.1)."""
        return ", ".join(part for part in (self.number, self.issuer) if part)
