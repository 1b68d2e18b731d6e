"""Areas (communes, wards, provinces) apart from units: a union may cover many of them, and they change too."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from loa.base.fields import KeyField
from loa.base.periods import FOREVER

from .units import Unit


class Area(models.Model):
    """An administrative area of its time; a commune that was redrawn is another area."""

    code = KeyField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    name_key = KeyField(max_length=250)
    folded = KeyField(max_length=160, db_index=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(default=FOREVER)

    def __str__(self) -> str:
        return self.name


class AreaCoverage(models.Model):
    """That a unit looks after an area, from a day to a day."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="coverages")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="coverages")
    valid_from = models.DateField()
    valid_to = models.DateField(default=FOREVER)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="people_coverage_dates", condition=Q(valid_from__lt=F("valid_to"))),
            models.UniqueConstraint(fields=["unit", "area", "valid_from"], name="people_coverage_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.area_id}"
