from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from loa.base.fields import KeyField


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, *subjects: str) -> Self:
        return self.filter(subject__in=subjects)

    def newest_first(self) -> Self:
        return self.order_by("-id")


class Entry(models.Model):
    """One fact, as recorded. Written by `ledger.actions.record` and by nothing else; never changed, never deleted.

    `at` is when it was true, `recorded_at` when we learned of it: both are kept, so that a late entry shows.
    """

    kind = KeyField(max_length=80)
    subject = KeyField(max_length=80)
    unit_id = models.BigIntegerField(null=True)
    actor = KeyField(max_length=80)
    data = models.JSONField(default=dict)
    evidence = models.JSONField(default=list)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        indexes: ClassVar = [
            models.Index(fields=["subject", "id"], name="ledger_entry_subject"),
            models.Index(fields=["kind", "at"], name="ledger_entry_kind"),
            models.Index(fields=["unit_id", "id"], name="ledger_entry_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class Reaction(models.Model):
    """A consequence a fact calls for. The row is the truth of what remains to be done; the queue only says when."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="reactions")
    name = KeyField(max_length=120)
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "name"], name="ledger_reaction_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=Q(done_at__isnull=True), name="ledger_reaction_open"),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.entry_id}"
