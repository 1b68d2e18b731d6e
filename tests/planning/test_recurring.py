"""Tasks that people open, hand to one another, and that return."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from loa.base.errors import Refused
from loa.ledger.facts import SYSTEM
from loa.ledger.models import Entry
from loa.planning import actions
from loa.planning.models import Task
from loa.planning.recurring import CADENCES, later, next_due
from tests import make


@pytest.mark.parametrize(
    ("due", "cadence", "on", "last", "following"),
    [
        (date(2026, 3, 15), "monthly", date(2026, 3, 10), None, date(2026, 4, 15)),
        (date(2026, 1, 31), "monthly", date(2026, 1, 31), None, date(2026, 2, 28)),
        (date(2026, 3, 15), "quarterly", date(2026, 12, 1), None, date(2026, 12, 15)),
        (date(2026, 3, 15), "yearly", date(2026, 3, 10), date(2026, 12, 31), None),
        (date(2028, 12, 31), "yearly", date(2026, 3, 10), date(2028, 12, 31), date(2027, 12, 31)),
        (date(2028, 12, 31), "half_yearly", date(2026, 3, 10), date(2028, 12, 31), date(2026, 12, 31)),
        (date(2028, 12, 31), "yearly", date(2028, 3, 10), date(2028, 12, 31), None),
        (date(2026, 3, 15), "term", date(2026, 3, 10), None, None),
        (None, "monthly", date(2026, 3, 10), None, None),
    ],
)
def test_when_a_task_is_due_again(due, cadence, on, last, following):
    assert next_due(due, cadence, on=on, last=last) == following


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.sampled_from(list(CADENCES)),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)
def test_the_next_day_is_always_ahead(due, cadence, on):
    following = next_due(due, cadence, on=on)

    assert following
    assert following > on
    assert following > due
    assert later(later(due, 12), -12).month == due.month


@pytest.mark.django_db
def test_a_finished_task_that_returns_is_opened_again_for_the_same_owner():
    unit = make.unit()
    officer = make.account(role="officer", unit=unit)
    task = actions.open_task(
        "Treo bảng tin", unit=unit, owner=officer, due_on=date(2026, 3, 31), cadence="monthly", by=officer, at=make.NOON
    )

    actions.finish(task, proof="Đã treo.", by=officer, at=make.NOON)
    actions.drop(Task.objects.to_do().get(), reason="Bảng tin đã bỏ.", by=officer, at=make.NOON)

    following = Task.objects.get(subject=task.ref)
    assert (following.due_on, following.owner, following.state) == (date(2026, 4, 30), officer, "dropped")
    assert Task.objects.count() == 2


@pytest.mark.django_db
def test_a_task_is_handed_to_somebody_of_the_unit_only():
    unit = make.unit()
    officer, other = make.account(role="officer", unit=unit), make.account(role="writer", unit=unit)
    stranger = make.account(role="officer", unit=make.unit())
    task = actions.open_task("Treo bảng tin", unit=unit, by=SYSTEM, at=make.NOON)

    actions.assign(task, owner=other, by=officer, at=make.NOON)
    before = Entry.objects.count()
    with pytest.raises(Refused, match="không làm việc"):
        actions.assign(task, owner=stranger, by=other, at=make.NOON)
    with pytest.raises(Refused, match="người khác"):
        actions.assign(task, owner=officer, by=officer, at=make.NOON)

    task.refresh_from_db()
    assert (task.owner, task.state, Entry.objects.count()) == (other, "doing", before)


@pytest.mark.django_db
def test_a_task_is_opened_assigned_and_found_on_screen(client):
    unit = make.unit(code="QN-1", name="Công đoàn Mẫu")
    officer = make.account(role="officer", unit=unit)
    other = make.account(role="writer", unit=unit, name="Người viết Mẫu")
    client.force_login(officer)
    url = reverse("planning:open-task")

    nowhere = client.post(url, {"title": "Việc", "unit": "KHONG-CO"})
    dateless = client.post(url, {"title": "Việc", "unit": "QN-1", "cadence": "monthly"})
    client.post(url, {"title": "Treo bảng tin", "unit": "QN-1", "cadence": "monthly", "due_on": "2020-01-31"})
    task = Task.objects.get()
    client.post(reverse("planning:assign", args=[task.pk]), {"assign-owner": str(other.pk)})
    wrong = client.post(reverse("planning:assign", args=[task.pk]), {"assign-owner": "999999"})

    task.refresh_from_db()
    assert "Không có đơn vị nào mang mã này" in nowhere.content.decode()
    assert "cần ngày đầu tiên" in dateless.content.decode()
    assert (task.owner, task.cadence, wrong.status_code) == (other, "monthly", 422)

    def listed(**query) -> bool:
        return "Treo bảng tin" in client.get(reverse("planning:tasks"), query).content.decode()

    assert listed(ai="tat-ca")
    assert listed(ai="tat-ca", tre="1")
    assert listed(ai="tat-ca", tim="qn-1")
    assert not listed()
    assert not listed(ai="toi")
    assert not listed(ai="tat-ca", tim="xyz")


@pytest.mark.django_db
def test_a_task_of_another_unit_is_not_opened(client):
    other = make.unit(code="KHAC")
    client.force_login(make.account(role="officer", unit=make.unit()))

    page = client.post(reverse("planning:open-task"), {"title": "Việc", "unit": other.code})

    assert "chưa được giao quyền mở việc" in page.content.decode()
    assert Task.objects.count() == 0
