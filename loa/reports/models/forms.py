"""Report forms, as loaded."""

from functools import cached_property
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from loa.base.fields import KeyField

from ..formfile import Form


class FormVersion(models.Model):
    """One version of a form for one of a plan's kinds of report; once a report was written on it, it never changes."""

    plan = models.ForeignKey("planning.Plan", on_delete=models.PROTECT, related_name="report_forms")
    kind = KeyField(max_length=40)
    """Code of the plan's kind of report."""
    code = KeyField(max_length=40)
    position = models.PositiveSmallIntegerField()
    """Of several forms for one kind of report, a unit fills the first that is meant for it."""
    name = models.CharField(max_length=160)
    valid_from = models.DateField()
    """Holds for reports that fall due from this day on, until a newer version does."""
    measured = models.BooleanField(default=True)
    content = models.JSONField()
    """The form as plain values (see formfile)."""
    fingerprint = KeyField(max_length=64)
    """SHA-256 of the content."""
    loaded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("report form")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "kind", "code", "valid_from"], name="reports_form_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        return f"reports.form:{self.pk}"

    @cached_property
    def form(self) -> Form:
        return Form.read(self.content)
