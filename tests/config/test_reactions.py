"""What follows from facts across modules."""

import pytest

from loa.ledger import actions as ledger
from loa.ledger.models import Reaction
from loa.newsroom import actions as newsroom
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
