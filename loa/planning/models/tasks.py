"""Things to do: those of a plan, and those that facts call for."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from loa.base.fields import KeyField
from loa.people.models import Unit

from .plans import Plan


class TaskQuerySet(models.QuerySet["Task"]):
    def to_do(self) -> Self:
        return self.filter(state__in=[Task.State.OPEN, Task.State.DOING])

    def due_by(self, day: date) -> Self:
        return self.filter(due_on__lte=day)


class Task(models.Model):
    """Something that a unit has to do; whoever takes it answers for it, and closes it with a proof."""

    class State(models.TextChoices):
        OPEN = "open"
        DOING = "doing"
        DONE = "done"
        DROPPED = "dropped"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="tasks")
    clause = KeyField(max_length=40, blank=True)
    title = models.CharField(max_length=200)
    wording = models.TextField(blank=True)
    answers = models.CharField(max_length=200, blank=True)
    """Who answers for it in the plan's words, such as "Ban Tuyên giáo - Nữ công"."""
    cadence = KeyField(max_length=12, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="tasks")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="tasks")
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    progress = models.PositiveSmallIntegerField(default=0)
    """0 to 100, as its owner judges it."""
    proof = models.TextField(blank=True)
    """What shows that it was done; for a dropped task, why."""
    link = models.URLField(max_length=500, blank=True)
    subject = KeyField(max_length=80, blank=True)
    """What it is about, such as "newsroom.story:42"; the same thing calls for a task once at a time."""
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="planning_task_progress", condition=Q(progress__lte=100)),
            models.CheckConstraint(
                name="planning_task_ended_iff_dated",
                condition=Q(state__in=["done", "dropped"], ended_at__isnull=False)
                | Q(state__in=["open", "doing"], ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="planning_task_ended_with_words",
                condition=Q(state__in=["open", "doing"]) | ~Q(proof="") | ~Q(link=""),
            ),
            models.CheckConstraint(
                name="planning_task_doing_has_owner", condition=~Q(state="doing") | Q(owner__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["subject", "clause"],
                condition=~Q(subject="") & Q(state__in=["open", "doing"]),
                name="planning_task_one_open_per_subject",
            ),
            models.UniqueConstraint(
                fields=["plan", "clause"], condition=Q(subject=""), name="planning_task_one_per_clause"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "state"], name="planning_task_unit"),
            models.Index(fields=["owner", "state"], name="planning_task_owner"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> str:
        return f"planning.task:{self.pk}"

    @property
    def ended(self) -> bool:
        return self.ended_at is not None

    def late(self, on: date) -> bool:
        return not self.ended and self.due_on is not None and self.due_on < on
