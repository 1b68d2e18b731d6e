"""What can be asked of the ledger."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from .models import Entry, Reaction

SETTLED_AFTER = timedelta(minutes=5)
"""How old an open reaction must be before the sweep takes it for forgotten."""


def history(*subjects: str) -> QuerySet[Entry]:
    """All that happened to these things, newest first."""
    return Entry.objects.about(*subjects).newest_first()


def forgotten(*, now: datetime) -> QuerySet[Reaction]:
    """Reactions that a crash, or a queue that lost its mind, left undone."""
    return Reaction.objects.filter(done_at__isnull=True, entry__recorded_at__lt=now - SETTLED_AFTER).order_by("id")
