"""What recurs: the one table of jobs that a worker starts by the clock. Each is safe to start twice."""

import logging
import threading
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.db import close_old_connections
from django.utils import timezone
from django_tasks import task

from loa.audience import actions as audience
from loa.base import turns
from loa.base.dates import today
from loa.ledger import tasks as ledger
from loa.ledger.facts import SYSTEM
from loa.newsroom import tasks as newsroom
from loa.people import tasks as people
from loa.people.actions import exports, imports
from loa.reports import actions as reports
from loa.reports import tasks as printing

logger = logging.getLogger(__name__)


@task()
def publish_scheduled() -> None:
    """Publish and take down what was scheduled for now (Wagtail's own command)."""
    call_command("publish_scheduled")


@task()
def count_reach() -> None:
    """Soon after a month has ended; every other time there is nothing to do."""
    now = timezone.now()
    audience.count_month(on=today(now), by=SYSTEM, at=now)


@task()
def remind_of_reports() -> None:
    """Every hour, so that a run that was killed is soon made up for; nobody is reminded twice."""
    now = timezone.now()
    reports.remind(on=today(now), by=SYSTEM, at=now)


@task()
def tidy() -> None:
    """Forget expired sessions, the results of tasks done long ago, rejected rows of old imports, and old exports."""
    imports.forget_rows(at=timezone.now())
    exports.forget(at=timezone.now())
    call_command("clearsessions")
    call_command("prune_db_task_results", verbosity=0)


@dataclass(frozen=True)
class Job:
    name: str
    every: timedelta
    task: Any


JOBS = [
    Job("publish-scheduled", timedelta(minutes=1), publish_scheduled),
    Job("sweep", timedelta(minutes=5), ledger.sweep),
    Job("count-reach", timedelta(minutes=10), count_reach),
    Job("exports", timedelta(minutes=10), people.take_up_exports),
    Job("remind-of-reports", timedelta(hours=1), remind_of_reports),
    Job("printings", timedelta(minutes=10), printing.take_up_printings),
    Job("photos", timedelta(minutes=1), newsroom.take_up_photos),
    Job("clips", timedelta(minutes=1), newsroom.take_up_clips),
    Job("consents", timedelta(hours=1), newsroom.watch_consents),
    Job("forget-contributions", timedelta(days=1), newsroom.forget_contributions),
    Job("tidy", timedelta(days=1), tidy),
]


def start_due() -> list[str]:
    """Enqueue every job whose turn it is; returns their names."""
    now = timezone.now()
    due = [job for job in JOBS if turns.take(job.name, every=job.every, now=now)]
    for job in due:
        job.task.enqueue()
    return [job.name for job in due]


def keep_time(stop: threading.Event, *, seconds: float = 15) -> None:
    """Look at the clock until told to stop; a failure (a busy database) is logged and tried again at the next look."""
    while not stop.is_set():
        try:
            start_due()
        except Exception:
            logger.exception("could not start the recurring jobs; trying again")
        finally:
            close_old_connections()
        stop.wait(seconds)
