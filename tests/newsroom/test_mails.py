"""What Wagtail writes to authors by e-mail, in Vietnamese."""

import pytest
from django.core import mail

from loa.newsroom import actions
from tests import make
from tests import make_news as news
from tests.make import NOON

pytestmark = pytest.mark.django_db


def test_an_author_is_written_to_in_vietnamese_when_a_story_comes_back(django_capture_on_commit_callbacks):
    unit = make.unit()
    writer, approver = make.account(role="writer", unit=unit), make.account(role="planner", unit=unit)
    writer.email = "nguoi-viet@vi-du.example"
    writer.save()
    story = news.story(unit=unit, title="Bữa ăn ca", published_at=None, author=writer, short="Một dòng.")
    with django_capture_on_commit_callbacks(execute=True):
        actions.draft(story, by=writer, at=NOON)
        actions.submit(story, by=writer, at=NOON)
        actions.return_with_remark(story, remark="Xin ghi rõ ngày.", by=approver, at=NOON)

    [sent] = mail.outbox
    assert sent.to == ["nguoi-viet@vi-du.example"]
    assert sent.subject == "Tin, bài “Bữa ăn ca” đã được trả lại trong “Duyệt tin, bài”."
    assert "Lời nhận xét kèm theo: “Xin ghi rõ ngày.”" in sent.body
    assert "Bạn có thể sửa tin, bài ở đây:" in sent.body
