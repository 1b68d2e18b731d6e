"""What follows from facts across modules."""

from datetime import timedelta

import pytest

from loa.ledger import actions as ledger
from loa.ledger.models import Reaction
from loa.newsroom import actions as newsroom
from loa.newsroom import queries
from loa.newsroom.actions import Said
from loa.people.policies import scope
from loa.people.roles import Ability
from loa.planning.models import Task
from tests import make
from tests import make_news as news
from tests.make import DAY, NOON

pytestmark = pytest.mark.django_db


def settle_all() -> int:
    return sum(
        ledger.settle(pk, at=NOON) for pk in Reaction.objects.filter(done_at=None).values_list("entry_id", flat=True)
    )


def test_a_withdrawn_story_becomes_a_task_for_each_place_people_filled_by_hand():
    unit = make.unit()
    approver = make.account(role="approver", unit=unit)
    story = news.story(unit=unit, title="Lịch chi trả")
    board = news.placement(story, code="bang-tin", by=approver)
    news.placement(story, code="fanpage", by=approver, ended_on=DAY)

    newsroom.withdraw(story, reason="Sai ngày chi trả.", by=approver, at=NOON)
    assert settle_all() == 1
    assert settle_all() == 0

    [task] = Task.objects.all()
    assert (task.unit, task.subject) == (unit, f"newsroom.placement:{board.pk}")
    assert task.title == f"Sửa bài “Lịch chi trả” ở nơi đã đăng: {board.channel.name}"


def test_a_changed_fact_becomes_a_task_for_each_place_that_says_the_old_value():
    unit = make.unit()
    approver = make.account(role="approver", unit=unit)
    said = Said(value="3.860.000 đồng", source="Nghị định 1", valid_from=DAY)
    fact = newsroom.record_fact("Lương tối thiểu", said, unit=unit, by=approver, at=NOON)
    poster = news.story(unit=unit, title="Lương mới", media_text="Mức 3,86 triệu đồng.")
    board = news.placement(poster, code="bang-tin", by=approver)
    gone = news.placement(poster, code="loa", by=approver, ended_on=DAY)
    right = news.story(unit=unit, short="Từ 3.860.000 đồng lên 4.140.000 đồng.")
    news.placement(right, code="loa", by=approver)
    for story in (poster, right):
        newsroom.use_facts(story, chosen=[fact.pk], by=approver, at=NOON)

    first, day = fact.versions.get().pk, DAY + timedelta(days=30)
    said = Said(value="4.140.000 đồng", source="Nghị định 2", valid_from=day)
    second = newsroom.change_fact(fact, said, note="Tăng.", seen=first, by=approver, at=NOON)
    settle_all()
    newsroom.correct(poster, note="Sửa.", by=approver, at=NOON)
    settle_all()

    corrected, task = Task.objects.order_by("due_on")
    assert (corrected.subject, corrected.due_on) == (board.ref, DAY + timedelta(days=1))
    assert (task.unit, task.subject, task.due_on) == (unit, board.ref, day)
    assert task.title == f"Thay bài “Lương mới” ở nơi đã đăng: {board.channel.name}"
    assert "4.140.000 đồng, từ ngày 01/04/2026 (Nghị định 2)" in task.wording
    assert gone.ref != task.subject
    reach = scope(approver, Ability.WRITE_STORIES, on=DAY)
    [row] = queries.uses_of_fact(fact, reach, pending=True).rows
    assert [(place.placement, place.task) for place in row.places] == [(board, corrected)]
    assert row.use.owing == second
