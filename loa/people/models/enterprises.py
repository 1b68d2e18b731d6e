"""Enterprises and public bodies in which grassroots unions work."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from loa.base.fields import KeyField
from loa.base.periods import FOREVER

from .registry import Term
from .units import Unit


class Enterprise(models.Model):
    """An employer. Targets speak of its ownership (non-state first, target T3c) and of its size."""

    name = models.CharField(max_length=250)
    folded = KeyField(max_length=300, db_index=True)
    ownership = models.ForeignKey(Term, on_delete=models.PROTECT, null=True, related_name="+")
    industry = models.ForeignKey(Term, on_delete=models.PROTECT, null=True, related_name="+")
    workforce = models.PositiveIntegerField(null=True)
    """Workers employed, members or not, as last reported."""
    synthetic = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class EnterpriseUnit(models.Model):
    """That a grassroots union works in an enterprise, from a day to a day."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="unit_links")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="enterprise_links")
    valid_from = models.DateField()
    valid_to = models.DateField(default=FOREVER)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="people_enterprise_dates", condition=Q(valid_from__lt=F("valid_to"))),
            models.UniqueConstraint(fields=["enterprise", "unit", "valid_from"], name="people_enterprise_once"),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} {self.unit_id}"
