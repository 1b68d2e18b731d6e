"""The home screen and the menu show what one may do, and nothing else."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone
from wagtail.admin.menu import admin_menu

from loa.base.dates import today
from loa.desk import menu, panels
from loa.desk.errands import duties, telling
from loa.desk.panels import Section
from loa.ledger import actions as ledger
from loa.newsroom import actions as newsroom
from loa.people.models import ImportRun
from loa.people.roles import ROLES, Ability
from loa.planning.models import Task
from loa.reports import actions as reports
from loa.reports.events import ReportWritten
from loa.reports.models import Report
from tests import make, make_reports
from tests import make_news as news
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


def waits(name, section, *dues):
    """A panel with an errand for each of these days."""
    found = [panels.Errand(title=f"{name} {number}", url="/quan-tri/", due=due) for number, due in enumerate(dues)]
    return panels.Panel(
        key=name, heading=name, ability=Ability.SEE_FIGURES, ask=lambda account, on: found, section=section
    )


def test_deadlines_of_the_week_lead_and_what_has_time_follows_by_section(no_panels):
    monday = DAY
    for panel in (
        waits("news", Section.NEWS, None, monday),
        waits("do", Section.DO, monday + timedelta(days=7), monday + timedelta(days=6), monday),
        waits("decide", Section.DECIDE, None, monday - timedelta(days=1), monday),
    ):
        panels.register(panel)

    home = panels.home(make.account(role="chair", unit=make.unit()), on=monday)

    assert [(group.urgency, [errand.title for _panel, errand in group.errands]) for group in home.deadlines] == [
        ("late", ["decide 1"]),
        ("today", ["do 2", "decide 2"]),
        ("week", ["do 1"]),
    ]
    assert [
        (block.section, [[one.title for one in left] for _panel, left in block.panels]) for block in home.blocks
    ] == [
        ("decide", [["decide 0"]]),
        ("do", [["do 0"]]),
        ("news", [["news 0", "news 1"]]),
    ]
    assert not home.idle


def test_what_is_new_is_nothing_to_do(no_panels):
    panels.register(waits("news", Section.NEWS, None))

    assert panels.home(make.account(role="chair", unit=make.unit()), on=DAY).idle


@pytest.mark.parametrize("role", ROLES)
def test_on_the_first_day_everybody_is_told_what_to_begin_with(client, role):
    client.force_login(make.account(role=role, unit=make.unit()))

    page = client.get("/quan-tri/").content.decode()

    assert "Hôm nay không có việc nào chờ bạn" in page
    assert "Bảng chỉ tiêu</a>" in page


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

    urls = [item.url for item in menu.links(viewer, on=DAY)]

    assert urls[0] == reverse("wagtailadmin_home")
    assert {url: client.get(url).status_code for url in urls} == dict.fromkeys(urls, 200)


def test_wagtails_own_entries_are_for_superusers(rf):
    request = rf.get("/quan-tri/")
    request.user = make.account(role="administrator", unit=make.unit())
    staff = {item.name for item in admin_menu.menu_items_for_request(request)}
    request.user = make.superuser()
    [*_ours, engine_room] = admin_menu.menu_items_for_request(request)
    root = {item.name for item in engine_room.menu.menu_items_for_request(request)}

    assert staff <= {entry.name for entry in menu.ENTRIES} | {f"group-{name}" for name in menu.GROUPS}
    assert {"settings", "images"} <= root
    assert "explorer" not in root


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

    waiting = duties.reports(cast.writer, make_reports.ON)

    where = f"{reverse('reports:reports')}?term=2026-half-year#{cast.district.pk}"
    assert [(one.url, one.due) for one in waiting] == [(where, make_reports.term().due_on)]
    assert duties.reports(make.account(), make_reports.ON) == []


def test_a_returned_report_is_owed_again_and_one_handed_in_is_followed():
    cast = make_reports.cast()
    report = make_reports.submitted(cast)

    assert duties.reports(cast.writer, make_reports.ON) == []
    [sent] = duties.sent_reports(cast.writer, make_reports.ON)
    assert (sent.url, sent.note) == (reverse("reports:report", args=[report.pk]), "đã nộp, chờ ý kiến")
    [waiting] = duties.reports_to_judge(cast.chief, make_reports.ON)
    assert waiting.url == sent.url

    reports.return_with_remarks(report, remarks="Thiếu phần phương hướng.", by=cast.chief, at=make_reports.AFTER)

    assert duties.sent_reports(cast.writer, make_reports.ON) == []
    assert duties.reports_to_judge(cast.chief, make_reports.ON) == []
    assert [one.url for one in duties.reports(cast.writer, make_reports.ON)] == [sent.url]


def test_nobody_is_asked_to_judge_a_report_they_wrote():
    cast = make_reports.cast()
    make_reports.submitted(cast)
    both = make.account(role="administrator", unit=cast.province)
    report = Report.objects.get()
    ledger.record(ReportWritten(subject=report.ref, sections=()), by=both, at=make_reports.AFTER)

    assert duties.reports_to_judge(both, make_reports.ON) == []


def test_a_writer_follows_a_story_from_hand_to_hand_and_gets_it_back_with_the_remark():
    unit = make.unit()
    writer, approver = make.account(role="writer", unit=unit), make.account(role="approver", unit=unit)
    story = news.story(unit=unit, published_at=None, author=writer, title="Khám sức khỏe", short="Thứ bảy.")
    story.save_revision(user=writer)
    newsroom.submit(story, by=writer, at=make.NOON)

    [sent] = telling.sent_stories(writer, DAY)
    assert (sent.title, sent.url) == ("Khám sức khỏe", reverse("newsroom:story", args=[story.pk]))
    [waiting] = telling.stories(approver, DAY)
    assert waiting.url == sent.url

    newsroom.return_with_remark(story, remark="Cho biết địa điểm.", by=approver, at=make.NOON)

    assert telling.sent_stories(writer, DAY) == []
    [back] = telling.returned_stories(writer, DAY)
    assert (back.note, back.url) == ("Cho biết địa điểm.", reverse("newsroom_story:edit", args=[story.pk]))


def test_what_the_units_above_published_lately_is_news():
    province = make.unit()
    mill, other = make.unit(parent=province), make.unit(parent=province)
    now = timezone.now()
    fresh = news.story(unit=province, published_at=now - timedelta(hours=1))
    news.story(unit=other, published_at=now - timedelta(hours=1))
    news.story(unit=province, published_at=now - timedelta(days=8))

    found = telling.fresh_stories(make.account(role="chair", unit=mill), today(now))

    assert [one.title for one in found] == [fresh.title]


def test_a_role_that_ends_soon_is_shown_to_whoever_looks_after_accounts():
    unit = make.unit()
    admin, officer = make.account(role="administrator", unit=unit), make.account(role="officer", unit=unit)
    assert duties.roles_ending(admin, DAY) == []
    officer.grants.update(ended_on=DAY + timedelta(days=9))

    [ending] = duties.roles_ending(admin, DAY)

    assert (ending.title, ending.url) == (str(officer), reverse("people:account", args=[officer.pk]))


def test_a_list_that_was_read_waits_for_whoever_imports():
    unit = make.unit()
    run = ImportRun.objects.create(
        what="people", file_name="Danh sách tháng 3.xlsx", unit=unit, state="preview", as_of=DAY, started_at=make.NOON
    )

    [waiting] = duties.lists_read(make.account(role="registrar", unit=unit), DAY)

    assert (waiting.title, waiting.url) == (run.file_name, reverse("people:import", args=[run.pk]))


def test_whoever_accepts_reports_sees_the_targets_that_are_behind():
    cast = make_reports.cast()

    slow = duties.headway(cast.chief, make_reports.ON)

    assert slow
    assert all(one.url.startswith(f"/quan-tri/ke-hoach/don-vi/{cast.province.pk}/") for one in slow)


def test_the_home_screen_costs_the_same_however_much_waits(client):
    unit = make.unit()
    planner, writer = make.account(role="administrator", unit=unit), make.account(role="writer", unit=unit)
    client.force_login(planner)

    def cost(times: int) -> int:
        for _ in range(times):
            story = news.story(unit=unit, published_at=None, author=writer, short="Một câu.")
            story.save_revision(user=writer)
            newsroom.submit(story, by=writer, at=make.NOON)
            news.story(unit=unit, published_at=timezone.now())
            Task.objects.create(unit=unit, title="Việc cần làm ngay", opened_at=make.NOON)
            make.account(role="officer", unit=unit).grants.update(ended_on=today(timezone.now()) + timedelta(days=3))
        client.get("/quan-tri/")
        with CaptureQueriesContext(connection) as asked:
            page = client.get("/quan-tri/").content.decode()
        assert page.count("Việc cần làm ngay") == Task.objects.count()
        return len(asked)

    assert cost(1) == cost(2)


def test_a_group_of_the_menu_with_one_entry_is_that_entry(rf):
    request = rf.get("/quan-tri/")
    request.user = make.account(role="auditor", unit=make.unit())
    shown = {item.name: item for item in admin_menu.menu_items_for_request(request)}

    assert {"units", "group-plan"} <= set(shown)
    assert "group-registry" not in shown
    assert shown["group-plan"].is_shown(request)


def test_only_the_home_screen_itself_is_marked_as_the_home_screen():
    viewer, home = make.account(role="writer", unit=make.unit()), reverse("wagtailadmin_home")

    assert menu.items(viewer, here=home, on=DAY)[0].url == home
    assert not "/quan-tri/tin-bai/".startswith(menu.items(viewer, here="/quan-tri/tin-bai/", on=DAY)[0].url)


def test_every_screen_that_needs_no_key_stands_in_the_menu_or_behind_it(client):
    """Behind: linked from another that is. The rest are reached through the thing they show."""
    viewer = make.account(role="administrator", unit=make_reports.cast().province)
    client.force_login(viewer)
    screens = {
        reverse(f"{':'.join((*spaces, entry.name))}")
        for spaces, entry in own_screens(get_resolver())
        if not entry.pattern.converters
    }
    opened = {url for url in screens if client.get(url).status_code == 200}
    linked, asked = {item.url for item in menu.links(viewer, on=DAY)}, set[str]()
    crossed = screens | linked
    while waiting := (linked & crossed) - asked:
        asked |= waiting
        for url in waiting:
            linked |= set(re.findall(r'href="([^"?#]+)', client.get(url, follow=True).content.decode()))

    assert opened - linked == set()
    assert len(opened) > 8


def own_screens(resolver, spaces=()):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from own_screens(entry, inner)
        elif hasattr(entry.callback, "ability"):
            yield spaces, entry


def test_no_entry_leads_to_help_on_other_machines(client):
    client.force_login(make.superuser())

    page = client.get(reverse("wagtailadmin_home")).content.decode()

    assert "wagtail.org" not in page
