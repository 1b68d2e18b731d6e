"""Recurring jobs: whichever worker comes first takes the turn, the others find it taken."""

from datetime import datetime, timedelta

from .models import Turn


def take(name: str, *, every: timedelta, now: datetime) -> bool:
    """Whether it is this caller's turn to start the job `name`, which is due once `every` so often."""
    taken = Turn.objects.filter(name=name, started_at__lte=now - every).update(started_at=now)
    if taken:
        return True
    _turn, created = Turn.objects.get_or_create(name=name, defaults={"started_at": now})
    return created
