"""What runs later: reactions, and the sweep for those a crash left undone."""

from django.utils import timezone
from django_tasks import task

from . import actions, queries


@task()
def settle(entry_id: int) -> int:
    return actions.settle(entry_id, at=timezone.now())


@task()
def sweep(limit: int = 1000) -> int:
    """Settle what was forgotten, oldest first, at most `limit` facts a run."""
    now = timezone.now()
    entry_ids = queries.forgotten(now=now).values_list("entry_id", flat=True)[:limit]
    return sum(actions.settle(entry_id, at=now) for entry_id in dict.fromkeys(entry_ids))
