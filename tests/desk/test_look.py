"""The back office carries Loa's name and mark, speaks Vietnamese, and offers only what Loa does."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from wagtail.rich_text import features

from tests import make, make_news

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(client):
    account = make.account(role="writer", unit=make.unit())
    client.force_login(account)
    return account


def sidebar(page: str) -> str:
    """What Wagtail's script is given to draw the menu from."""
    found = re.search(r'<script id="wagtail-sidebar-props"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found
    return json.dumps(json.loads(found[1]))


@pytest.mark.parametrize("path", ["", "tin-bai/", "tin-bai/add/", "ke-hoach/viec/"])
def test_pages_carry_our_name_and_mark_and_not_wagtails(client, writer, settings, path):
    page = client.get(f"/quan-tri/{path}").content.decode()

    [title] = re.findall(r"<title>(.*?)</title>", page, re.DOTALL)
    assert title.strip().endswith(f"- {settings.WAGTAIL_SITE_NAME}")
    assert '<link rel="icon" href="/static/ui/loa.svg"' in page
    assert "favicon.ico" not in page
    assert "/static/ui/loa-white.svg" in page
    assert "/static/desk/wagtail.css" in page


def test_without_scripts_the_menu_is_a_list_of_links(client, writer):
    page = client.get("/quan-tri/").content.decode()

    plain = page[page.index('<nav class="plain-menu"') : page.index("</nav>")]
    assert f'href="{reverse("newsroom_story:list")}"' in plain
    assert f'href="{reverse("people:accounts")}"' not in plain
    assert "/static/desk/without-scripts.css" in page


def test_styles_of_our_screens_stand_outside_layers_where_wagtails_reset_cannot_undo_them():
    for name in ("ui/desk.css", "desk/wagtail.css", "desk/without-scripts.css"):
        rules = re.sub(r"/\*.*?\*/", "", Path(str(finders.find(name))).read_text(encoding="utf-8"), flags=re.DOTALL)
        assert "@layer" not in rules, name


def test_wagtails_words_are_vietnamese_in_templates_and_in_scripts(client, writer):
    form = client.get("/quan-tri/tin-bai/add/").content.decode()
    words = client.get(reverse("wagtailadmin_javascript_catalog")).content.decode()

    assert "Lưu bản nháp" in form
    assert not re.search(r"\b(Save draft|More actions|Set schedule|Keyboard shortcuts)\b", form)
    assert '"Collapse all": "G\\u1ea5p t\\u1ea5t c\\u1ea3"' in words


def test_the_search_box_finds_stories_for_those_who_write_them(client, writer):
    assert reverse("newsroom_story:list") in sidebar(client.get("/quan-tri/").content.decode())
    assert "wagtail.sidebar.SearchModule" in sidebar(client.get("/quan-tri/").content.decode())


def test_nobody_is_shown_a_search_box_that_would_refuse_them(client):
    client.force_login(make.account(role="administrator", unit=make.unit()))
    page = sidebar(client.get("/quan-tri/").content.decode())

    assert "/quan-tri/images/" not in page
    assert "/quan-tri/pages/search/" not in page


def test_the_link_button_opens_the_form_for_an_address():
    plugin = features.get_editor_plugin("draftail", "link")

    assert str(plugin.data["chooserUrls"]["pageChooser"]) == reverse("wagtailadmin_choose_page_external_link")


def test_a_published_story_is_neither_deleted_nor_unpublished_from_the_editor(client):
    unit = make.unit()
    story = make_news.story(unit=unit)
    client.force_login(make.account(role="approver", unit=unit))

    page = client.get(reverse("newsroom_story:edit", args=[story.pk])).content.decode()

    assert "Lưu bản nháp" in page or "Thay bản nháp hiện có" in page
    assert "/unpublish/" not in page
    assert "/delete/" not in page
