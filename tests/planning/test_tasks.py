from datetime import timedelta

import pytest

from loa.base.errors import Refused
from loa.ledger import queries as ledger
from loa.ledger.facts import SYSTEM
from loa.ledger.models import Entry
from loa.people.policies import scope
from loa.people.roles import Ability
from loa.planning import actions, queries
from loa.planning.models import Task
from tests import make

pytestmark = pytest.mark.django_db


def a_task(unit=None, **fields):
    return actions.open_task("Gửi báo cáo", unit=unit or make.unit(), by=SYSTEM, at=make.NOON, **fields)


def test_a_task_is_opened_once_for_a_thing():
    unit = make.unit()

    first = a_task(unit, subject="newsroom.story:7", clause="V2.2")
    again = a_task(unit, subject="newsroom.story:7", clause="V2.2")

    assert again == first
    assert Task.objects.count() == 1
    [entry] = ledger.history(first.ref)
    assert (entry.kind, entry.data) == ("planning.task-opened", {"about": "newsroom.story:7"})


def test_a_closed_task_can_be_called_for_again():
    unit = make.unit()
    first = a_task(unit, subject="newsroom.story:7")
    actions.finish(first, proof="Đã gửi.", by=SYSTEM, at=make.NOON)

    assert a_task(unit, subject="newsroom.story:7") != first


def test_from_open_to_done():
    unit = make.unit()
    officer = make.account(role="officer", unit=unit)
    task = a_task(unit)

    actions.take(task, by=officer, at=make.NOON)
    actions.advance(task, progress=40, by=officer, at=make.NOON)
    done = actions.finish(task, proof="Đã gửi.", link="https://vi-du.example/bao-cao", by=officer, at=make.NOON)

    assert (done.state, done.owner, done.progress, done.ended_at) == ("done", officer, 100, make.NOON)
    entries = list(ledger.history(task.ref))
    assert [entry.kind for entry in entries] == [
        "planning.task-finished",
        "planning.task-advanced",
        "planning.task-taken",
        "planning.task-opened",
    ]
    assert entries[0].evidence == ["https://vi-du.example/bao-cao"]


def test_a_dropped_task_says_why():
    task = actions.drop(a_task(), reason="Không còn phù hợp.", by=SYSTEM, at=make.NOON)

    assert (task.state, task.proof, task.ended_at) == ("dropped", "Không còn phù hợp.", make.NOON)


@pytest.mark.parametrize(
    "act",
    [
        lambda task, by: actions.finish(task, proof=" ", by=by, at=make.NOON),
        lambda task, by: actions.drop(task, reason=" ", by=by, at=make.NOON),
        lambda task, by: actions.advance(task, progress=101, by=by, at=make.NOON),
    ],
)
def test_incomplete_words_are_refused(act):
    task = a_task()
    before = Entry.objects.count()

    with pytest.raises(Refused):
        act(task, SYSTEM)

    assert Entry.objects.count() == before


ACTS = [
    lambda task, by: actions.take(task, by=by, at=make.NOON),
    lambda task, by: actions.advance(task, progress=10, by=by, at=make.NOON),
    lambda task, by: actions.finish(task, proof="Xong.", by=by, at=make.NOON),
    lambda task, by: actions.drop(task, reason="Thôi.", by=by, at=make.NOON),
]


@pytest.mark.parametrize("act", ACTS)
def test_a_closed_task_stays_closed(act):
    unit = make.unit()
    task = actions.finish(a_task(unit), proof="Đã gửi.", by=SYSTEM, at=make.NOON)

    with pytest.raises(Refused):
        act(task, make.account(role="officer", unit=unit))


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", ["officer", "leader"])
def test_strangers_and_readers_touch_nothing(act, role):
    unit = make.unit()
    task = a_task(unit)
    stranger = make.account(role=role, unit=make.unit() if role == "officer" else unit)

    with pytest.raises(Refused):
        act(task, stranger)

    task.refresh_from_db()
    assert task.state == "open"


def test_a_taken_task_is_its_owners_unless_a_planner_steps_in():
    unit = make.unit()
    task = actions.take(a_task(unit), by=make.account(role="officer", unit=unit), at=make.NOON)

    with pytest.raises(Refused):
        actions.take(task, by=make.account(role="officer", unit=unit), at=make.NOON)

    planner = make.account(role="planner", unit=unit)
    assert actions.take(task, by=planner, at=make.NOON).owner == planner


def test_strangers_open_no_task():
    unit = make.unit()

    with pytest.raises(Refused):
        actions.open_task("Việc", unit=unit, by=make.account(role="officer", unit=make.unit()), at=make.NOON)

    assert not Task.objects.exists()


def test_my_tasks_come_first_then_those_nobody_has_taken():
    unit = make.unit()
    me, other = (make.account(role="officer", unit=unit) for _ in range(2))
    later = a_task(unit, due_on=make.DAY + timedelta(days=9))
    sooner = a_task(unit, due_on=make.DAY)
    whenever = a_task(unit)
    mine = a_task(unit, owner=me, due_on=make.DAY + timedelta(days=30))
    a_task(unit, owner=other)
    a_task(make.unit())
    actions.finish(a_task(unit), proof="Xong.", by=SYSTEM, at=make.NOON)

    found = queries.tasks_for(me, scope(me, Ability.DO_TASKS, on=make.DAY))

    assert list(found) == [mine, sooner, later, whenever]
