"""The home screen and the menu show what one may do, and nothing else."""

from dataclasses import replace

import pytest
from django.urls import reverse
from wagtail.admin.menu import admin_menu

from loa.config import errands
from loa.desk import menu, panels
from loa.people.roles import ROLES, Ability
from loa.planning.models import Task
from tests import make, make_reports
from tests.make import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_panels():
    kept = dict(panels._panels)
    panels._panels.clear()
    yield
    panels._panels.clear()
    panels._panels.update(kept)


def test_errands_are_asked_for_only_with_their_ability_and_empty_panels_are_left_out(no_panels):
    errand = panels.Errand(title="Duyệt tin", url="/quan-tri/", due=DAY)
    approving = panels.Panel(
        key="approve", heading="Chờ duyệt", ability=Ability.APPROVE_STORIES, ask=lambda account, on: [errand]
    )
    panels.register(approving)
    panels.register(replace(approving, key="none", ask=lambda account, on: []))
    unit = make.unit()

    assert panels.errands(make.account(role="leader", unit=unit), on=DAY) == [(approving, [errand])]
    assert panels.errands(make.account(role="writer", unit=unit), on=DAY) == []


def test_the_home_screen_shows_what_waits(client, no_panels):
    errand = panels.Errand(title="Báo cáo quý đang nợ", url="/quan-tri/", note="Công đoàn mẫu")
    panels.register(
        panels.Panel(key="x", heading="Báo cáo", ability=Ability.SEE_FIGURES, ask=lambda account, on: [errand])
    )
    client.force_login(make.account(role="chair", unit=make.unit()))

    page = client.get("/quan-tri/").content.decode()

    assert "Báo cáo quý đang nợ" in page
    assert "Công đoàn mẫu" in page


@pytest.mark.parametrize("role", ROLES)
def test_every_entry_of_the_menu_opens_for_whoever_sees_it(client, role):
    viewer = make.account(role=role, unit=make.unit())
    client.force_login(viewer)

    urls = [item.url for item in menu.items(viewer, on=DAY)]

    assert urls[0] == reverse("wagtailadmin_home")
    assert {url: client.get(url).status_code for url in urls} == dict.fromkeys(urls, 200)


def test_wagtails_own_entries_are_for_superusers(rf):
    request = rf.get("/quan-tri/")
    request.user = make.account(role="administrator", unit=make.unit())
    staff = {item.name for item in admin_menu.menu_items_for_request(request)}
    request.user = make.superuser()
    root = {item.name for item in admin_menu.menu_items_for_request(request)}

    assert staff <= {entry.name for entry in menu.ENTRIES}
    assert {"settings", "images"} <= root


def test_tasks_stories_and_reports_wait_on_the_home_screen_of_whoever_owes_them(client):
    unit = make.unit()
    task = Task.objects.create(unit=unit, title="Treo áp phích an toàn lao động", opened_at=make.NOON)
    client.force_login(make.account(role="planner", unit=unit))
    mine = client.get("/quan-tri/").content.decode()
    client.force_login(make.account(role="planner", unit=make.unit()))
    theirs = client.get("/quan-tri/").content.decode()

    assert task.title in mine
    assert task.title not in theirs


def test_a_report_owed_for_the_term_that_runs_waits_for_whoever_writes_it():
    cast = make_reports.cast()

    waiting = errands.reports(cast.writer, make_reports.ON)

    assert [(one.url, one.due) for one in waiting] == [(reverse("reports:reports"), make_reports.term().due_on)]
    assert errands.reports(make.account(), make_reports.ON) == []
