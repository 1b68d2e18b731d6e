"""What happened is written once, never changed, and what follows from it is done exactly once."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

import pytest
from django.db import DatabaseError, connection, transaction

from loa.ledger import actions, queries, tasks
from loa.ledger.facts import SYSTEM, Fact
from loa.ledger.models import Entry, Reaction
from loa.people.models import Unit
from tests import make
from tests.make import NOON


@dataclass(frozen=True, kw_only=True)
class BellRung(Fact):
    kind: ClassVar[str] = "test.bell-rung"
    times: int = 1
    on: date = date(2026, 3, 2)


RUNG: list[int] = []


def listen(entry: Entry) -> None:
    RUNG.append(entry.pk)


def listen_too(entry: Entry) -> None:
    make.unit(code=f"E{entry.pk}")
    if entry.data["times"] > 1:
        raise ValueError("too loud")


@pytest.fixture
def wired():
    actions.react(BellRung, listen)
    actions.react(BellRung, listen_too)
    RUNG.clear()
    yield
    actions._wiring[BellRung.kind].clear()


@pytest.mark.django_db
def test_a_fact_is_kept_whole_with_who_when_and_proof():
    someone = make.account()

    entry = actions.record(
        BellRung(subject="test.bell:1", unit_id=7, times=3), by=someone, at=NOON, evidence=["https://vi-du.example/1"]
    )

    [kept] = queries.history("test.bell:1")
    assert (kept.pk, kept.kind, kept.actor, kept.unit_id, kept.at) == (
        entry.pk, "test.bell-rung", someone.ref, 7, NOON,
    )  # fmt: skip
    assert (kept.data, kept.evidence) == ({"times": 3, "on": "2026-03-02"}, ["https://vi-du.example/1"])
    assert kept.recorded_at > NOON


@pytest.mark.django_db
def test_history_is_newest_first_and_of_the_thing_alone():
    first, _other, last = (
        actions.record(BellRung(subject=subject), by=SYSTEM, at=NOON)
        for subject in ("test.bell:1", "test.bell:2", "test.bell:1")
    )

    assert list(queries.history("test.bell:1")) == [last, first]


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["UPDATE ledger_entry SET actor = 'x'", "DELETE FROM ledger_entry"])
def test_the_database_itself_refuses_to_change_history(change):
    actions.record(BellRung(subject="test.bell:1"), by=SYSTEM, at=NOON)

    with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
        connection.cursor().execute(change)

    assert Entry.objects.count() == 1


@pytest.mark.django_db
def test_a_fact_whose_change_is_undone_never_happened(wired):
    with transaction.atomic():
        actions.record(BellRung(subject="test.bell:1"), by=SYSTEM, at=NOON)
        transaction.set_rollback(True)

    assert (Entry.objects.count(), Reaction.objects.count()) == (0, 0)


def test_a_fact_outside_a_transaction_is_a_mistake():
    with pytest.raises(RuntimeError, match="in the transaction of its change"):
        actions.record(BellRung(subject="test.bell:1"), by=SYSTEM, at=NOON)


@pytest.mark.django_db
def test_reactions_run_once_after_commit_however_often_they_are_asked_for(wired):
    entry = actions.record(BellRung(subject="test.bell:1"), by=SYSTEM, at=NOON)

    done = [actions.settle(entry.pk, at=NOON) for _ in range(3)]

    assert (done, RUNG) == ([2, 0, 0], [entry.pk])


@pytest.mark.django_db
def test_a_reaction_that_fails_leaves_nothing_and_does_not_hold_up_the_others(wired):
    entry = actions.record(BellRung(subject="test.bell:1", times=2), by=SYSTEM, at=NOON)

    assert actions.settle(entry.pk, at=NOON) == 1

    [failed] = Reaction.objects.filter(done_at=None)
    assert (failed.name.endswith("listen_too"), failed.attempts) == (True, 1)
    assert [entry.pk] == RUNG
    assert not Unit.objects.filter(code=f"E{entry.pk}").exists()


@pytest.mark.django_db
def test_the_sweep_finishes_what_a_crash_left_undone(wired):
    entry = actions.record(BellRung(subject="test.bell:1"), by=SYSTEM, at=NOON)
    soon, later = entry.recorded_at + timedelta(minutes=1), entry.recorded_at + timedelta(minutes=6)

    assert list(queries.forgotten(now=soon)) == []
    assert {reaction.entry_id for reaction in queries.forgotten(now=later)} == {entry.pk}
    assert tasks.sweep.call() == 0  # it is not old enough yet


@pytest.mark.django_db
def test_committing_a_fact_wakes_the_queue(wired, django_capture_on_commit_callbacks):
    woken: list[int] = []
    before = list(actions._wake)
    actions.wake_with(woken.append)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            entry = actions.record(BellRung(subject="test.bell:1"), by=SYSTEM, at=NOON)
    finally:
        actions._wake[:] = before

    assert woken == [entry.pk]
