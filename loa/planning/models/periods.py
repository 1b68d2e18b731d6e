"""The reports a plan asks for each year, and their cut-off days."""

from datetime import date, timedelta
from typing import ClassVar

from django.db import models

from loa.base.fields import KeyField
from loa.base.periods import Period

from .plans import Level, Plan


class PeriodKind(models.Model):
    """A report that every unit of `levels` owes each year, such as the half-year: from a cut-off to a cut-off.

    A review (sơ kết, tổng kết) is owed once and looks back to the plan's first day (plan clauses O1, O3).
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="period_kinds")
    code = KeyField(max_length=40)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    first_month = models.PositiveSmallIntegerField()
    first_day = models.PositiveSmallIntegerField()
    last_month = models.PositiveSmallIntegerField()
    last_day = models.PositiveSmallIntegerField()
    reviewed_to = models.DateField(null=True)
    """Of a review: the last day it speaks of; months and days above are then those of its first and last day."""
    due_days = models.PositiveSmallIntegerField()
    """Days allowed after the cut-off."""
    due_verified = models.BooleanField(default=False)
    """Whether a source names those days; otherwise they are a setting to confirm."""
    due_source = models.CharField(max_length=200, blank=True)
    """Where it is written, once somebody has confirmed those days on screen."""
    levels = models.ManyToManyField(Level, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "code"], name="planning_period_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> str:
        return f"planning.period:{self.pk}"

    @property
    def review(self) -> bool:
        return self.reviewed_to is not None

    def owed_in(self, year: int) -> bool:
        """Every year, or that of a review's last day."""
        return self.reviewed_to is None or self.reviewed_to.year == year

    def of(self, year: int) -> Period:
        """The days it covers: those up to its cut-off in `year`, begun the year before if need be; all of a review."""
        if self.reviewed_to is not None:
            return Period(first=self.plan.first, last=self.reviewed_to)
        first, last = (self.first_month, self.first_day), (self.last_month, self.last_day)
        begun = year if first <= last else year - 1
        return Period(first=date(begun, *first), last=date(year, *last))

    def due_on(self, year: int) -> date:
        """The last day on which the report of `year` is on time."""
        return self.of(year).last + timedelta(days=self.due_days)
