"""Corrections of accepted reports: the record stays as it was, and readers see both."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from loa.base.fields import KeyField
from loa.base.numbers import number

from .reports import Report


class Correction(models.Model):
    """One figure or passage of an accepted report put right, under a number of its own (số đính chính)."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("handed in")
        RETURNED = "returned", _("returned")
        ACCEPTED = "accepted", _("accepted")

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="corrections")
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    """Counted from 1 for each unit and year."""
    place = KeyField(max_length=40)
    """Code of the target, of one of its years in a review, of the entry or of the passage (see corrigible.py)."""
    label = models.CharField(max_length=200)
    old = models.JSONField()
    new = models.JSONField()
    """`numerator` and `denominator` of a target, `value` of an entry, `text` of a passage."""
    reason = models.TextField()
    proof = models.TextField()
    """What shows it: a link, the number of a document."""
    state = models.CharField(max_length=9, choices=State.choices, default=State.SUBMITTED)
    remarks = models.TextField(blank=True)
    step = models.PositiveSmallIntegerField(default=0)
    judge = models.ForeignKey("people.Unit", on_delete=models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    fingerprint = KeyField(max_length=64)
    """SHA-256 of what it says and of the fingerprint of the report it corrects."""

    class Meta:
        verbose_name = _("correction")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "year", "number"], name="reports_correction_number"),
            models.UniqueConstraint(
                fields=["report", "place"], condition=~Q(state="accepted"), name="reports_correction_one_open"
            ),
            models.CheckConstraint(
                name="reports_correction_accepted_iff_dated",
                condition=Q(state="accepted", accepted_at__isnull=False)
                | (~Q(state="accepted") & Q(accepted_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.number_text

    @property
    def ref(self) -> str:
        return f"reports.correction:{self.pk}"

    @property
    def number_text(self) -> str:
        return f"{self.number:02}/ĐC-{self.year}"

    @property
    def of_passage(self) -> bool:
        return "text" in self.new

    @property
    def old_text(self) -> str:
        return said_in(self.old)

    @property
    def new_text(self) -> str:
        return said_in(self.new)


def said_in(figure: Mapping[str, Any]) -> str:
    """As people read it: what was typed, or "2/5" of a share."""
    for typed in ("value", "text"):
        if typed in figure:
            return str(figure[typed])
    whole = figure["denominator"]
    return number(figure["numerator"]) + (f"/{number(whole)}" if whole is not None else "")
