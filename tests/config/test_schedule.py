"""Recurring jobs start once, whoever looks at the clock."""

from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from loa.base import turns
from loa.config import schedule
from loa.people.actions import imports
from loa.people.models import ImportRow, ImportRun
from tests.make import DAY, NOON

pytestmark = pytest.mark.django_db


def test_a_turn_is_taken_once_until_it_is_due_again():
    every = timedelta(minutes=5)

    first = turns.take("sweep", every=every, now=NOON)
    second = turns.take("sweep", every=every, now=NOON + timedelta(minutes=4))
    third = turns.take("sweep", every=every, now=NOON + timedelta(minutes=5))

    assert (first, second, third) == (True, False, True)


def test_jobs_that_are_due_are_queued_once():
    assert schedule.start_due() == [job.name for job in schedule.JOBS]
    assert schedule.start_due() == []

    assert sorted(DBTaskResult.objects.values_list("task_path", flat=True)) == sorted(
        job.task.module_path for job in schedule.JOBS
    )


def test_rejected_rows_are_forgotten_after_thirty_days_and_their_counts_stay():
    run = ImportRun.objects.create(
        what="people",
        file_name="danh-sach.xlsx",
        state=ImportRun.State.DONE,
        as_of=DAY,
        rejected=1,
        started_at=NOON,
        ended_at=NOON,
    )
    ImportRow.objects.create(
        run=run, number=7, outcome=ImportRow.Outcome.REJECTED, cells=["Lê An"], reason="Thiếu ngày sinh."
    )

    soon = imports.forget_rows(at=NOON + timedelta(days=29))
    later = imports.forget_rows(at=NOON + timedelta(days=31))

    assert (soon, later, ImportRow.objects.count()) == (0, 1, 0)
    assert ImportRun.objects.get().rejected == 1
