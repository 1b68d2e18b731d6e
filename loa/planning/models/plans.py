"""Plans, whom they bind, what they promise, and the figures promised for each year."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q

from loa.base.fields import KeyField
from loa.base.periods import FOREVER, Period
from loa.people.models import Unit


class Plan(models.Model):
    """A plan that a unit issued. What it says is loaded from a file; what became of it is elsewhere, counted."""

    class State(models.TextChoices):
        DRAFT = "draft"
        """A unit's own plan that no decision has adopted yet: nothing is measured by it."""
        IN_FORCE = "in-force"
        CONTINUED = "continued"

    code = KeyField(max_length=80, unique=True)
    issuer = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="plans")
    title = models.CharField(max_length=300)
    number = models.CharField(max_length=80, blank=True)
    issued_on = models.DateField(null=True)
    note = models.TextField(blank=True)
    first = models.DateField()
    last = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.IN_FORCE)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="below")
    """The plan above, of which this is a lower unit's own; it may ask for more, never for less."""
    decision = models.CharField(max_length=200, blank=True)
    """By which a unit's own plan was adopted."""
    adopted_on = models.DateField(null=True)
    continued_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="continues")
    fingerprint = KeyField(max_length=64)
    """SHA-256 of what was loaded, so that a report can say which text it was measured against."""
    loaded_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="planning_plan_dates", condition=Q(first__lte=F("last"))),
            models.CheckConstraint(
                name="planning_plan_continued_iff_heir",
                condition=Q(state="continued", continued_by__isnull=False)
                | (~Q(state="continued") & Q(continued_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="planning_plan_draft_has_parent", condition=~Q(state="draft") | Q(parent__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["parent", "issuer"], condition=Q(parent__isnull=False), name="planning_plan_one_below"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> str:
        return f"planning.plan:{self.pk}"

    @property
    def period(self) -> Period:
        return Period(first=self.first, last=self.last)


class Level(models.Model):
    """The units a plan speaks of, on the day asked: its issuer (`root`), those with a flag, or those of a kind."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="levels")
    code = KeyField(max_length=40)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    root = models.BooleanField(default=False)
    flag = KeyField(max_length=40, blank=True)
    kind = KeyField(max_length=40, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "code"], name="planning_level_once"),
            models.CheckConstraint(
                name="planning_level_one_rule",
                condition=Q(root=True, flag="", kind="")
                | (Q(root=False, kind="") & ~Q(flag=""))
                | (Q(root=False, flag="") & ~Q(kind="")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Clause(models.Model):
    """What the plan says beside figures and tasks: objectives, contents, kinds of communication, themes, segments."""

    class Group(models.TextChoices):
        OBJECTIVE = "objective"
        CONTENT = "content"
        KIND = "kind"
        THEME = "theme"
        SEGMENT = "segment"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="clauses")
    group = models.CharField(max_length=10, choices=Group.choices)
    code = KeyField(max_length=40)
    position = models.PositiveSmallIntegerField()
    short = models.CharField(max_length=160)
    wording = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "code"], name="planning_clause_once")]

    def __str__(self) -> str:
        return self.short


class Target(models.Model):
    """One target of a plan (chỉ tiêu): what is counted, and how often it is owed."""

    class Figure(models.TextChoices):
        PERCENT = "percent"
        COUNT = "count"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="targets")
    code = KeyField(max_length=40)
    position = models.PositiveSmallIntegerField()
    short = models.CharField(max_length=160)
    wording = models.TextField()
    definition = models.TextField()
    measure = KeyField(max_length=80)
    """The key of a measure (planning.registry); without one of that key the target is not yet measured."""
    figure = models.CharField(max_length=8, choices=Figure.choices)
    cadence = KeyField(max_length=12)
    comparison = KeyField(max_length=12)
    aggregation = models.JSONField(default=list)
    """`sum`, `units_meeting`: the first is the figure of a parent, the others stand beside it."""
    source = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "code"], name="planning_target_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.short}"

    @property
    def ref(self) -> str:
        return f"planning.target:{self.pk}"

    @property
    def percent(self) -> bool:
        return self.figure == self.Figure.PERCENT


class TargetValueQuerySet(models.QuerySet["TargetValue"]):
    def on(self, day: date) -> Self:
        """As the targets stood on `day`: a later decision does not change what was owed before it."""
        return self.filter(valid_from__lte=day, valid_to__gt=day)

    def in_force(self) -> Self:
        """Those that no later decision has replaced."""
        return self.filter(valid_to=FOREVER)


class TargetValue(models.Model):
    """What a unit of `level` should reach in `year`, in force from a day to a day.

    A decision that re-bases it ends this row and writes another: both times are kept.
    """

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="values")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="values")
    year = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=16, decimal_places=4)
    proposed = models.BooleanField(default=False)
    """The plan itself gives no such figure; screens say so."""
    decision = models.CharField(max_length=200, blank=True)
    """Which decision re-based it; empty for what the plan itself says."""
    valid_from = models.DateField()
    valid_to = models.DateField(default=FOREVER)
    """The first day on which it no longer holds; a row re-based on its own first day held on none."""
    recorded_at = models.DateTimeField()

    objects = TargetValueQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="planning_value_dates", condition=Q(valid_from__lte=F("valid_to"))),
            models.CheckConstraint(name="planning_value_not_negative", condition=Q(value__gte=0)),
            models.UniqueConstraint(
                fields=["target", "level", "year"], condition=Q(valid_to=FOREVER), name="planning_value_one_in_force"
            ),
            models.UniqueConstraint(
                fields=["target", "level", "year"], condition=Q(decision=""), name="planning_value_one_of_plan"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target_id} {self.year}: {self.value}"
