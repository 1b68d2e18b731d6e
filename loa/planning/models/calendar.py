"""The yearly calendar: days that return by the sun or by the moon, and single days."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from loa.base import lunar
from loa.base.fields import KeyField
from loa.base.periods import Period
from loa.people.models import Unit

from .plans import Plan


class CalendarEvent(models.Model):
    """A day or season that a plan or a unit keeps: on one date (`on`), or every year by the sun or the moon."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="events")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="calendar_events")
    code = KeyField(max_length=40, blank=True)
    name = models.CharField(max_length=200)
    on = models.DateField(null=True)
    first_month = models.PositiveSmallIntegerField(null=True)
    first_day = models.PositiveSmallIntegerField(null=True)
    last_month = models.PositiveSmallIntegerField(null=True)
    last_day = models.PositiveSmallIntegerField(null=True)
    lunar = models.BooleanField(default=False)
    verified = models.BooleanField(default=False)
    """A source for its date was seen."""
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "code"], condition=~Q(code=""), name="planning_event_once"),
            models.CheckConstraint(
                name="planning_event_one_way_to_date",
                condition=Q(on__isnull=False, first_month__isnull=True, lunar=False)
                | Q(
                    on__isnull=True,
                    first_month__isnull=False,
                    first_day__isnull=False,
                    last_month__isnull=False,
                    last_day__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def occurrences(self, year: int) -> list[Period]:
        """When it begins in the solar `year`: once as a rule; a lunar day may come twice in a year, or not at all.

        Lunar days are those of the ordinary month, not of a leap one; day 30 of a month of 29 days is its last.
        """
        if self.on is not None:
            return [Period(first=self.on, last=self.on)] if self.on.year == year else []
        first = (self.first_month or 1, self.first_day or 1)
        last = (self.last_month or first[0], self.last_day or first[1])
        later = 0 if first <= last else 1
        if not self.lunar:
            return [Period(first=date(year, *first), last=date(year + later, *last))]
        found = [
            Period(
                first=lunar.day_in(begun, month=first[0], day=first[1]),
                last=lunar.day_in(begun + later, month=last[0], day=last[1]),
            )
            for begun in (year - 1, year)
        ]
        return [period for period in found if period.first.year == year]
