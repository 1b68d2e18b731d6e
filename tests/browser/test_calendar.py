"""The editorial calendar in a real browser: moved by keyboard, by drag, and without JavaScript."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from .conftest import Open, Site
from .test_desk import OFFICER, assert_fine

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
CALENDAR = "/quan-tri/toa-soan/lich/"


@pytest.fixture(autouse=True)
def planned(site: Site) -> None:
    site.loa("shell", "-c", "from tests.browser import cast; cast.plan()")


def day_of(page: Page) -> date:
    found = page.locator("[data-day]", has=page.get_by_role("link", name="Tin giữa tuần"))
    return date.fromisoformat(found.get_attribute("data-day") or "")


def moved(page: Page) -> None:
    expect(page.locator(".messages")).to_contain_text("Đã dời “Tin giữa tuần”")


def test_a_product_is_moved_by_keyboard_then_by_drag_and_the_screen_fits(signed_in: Open):
    page = signed_in(OFFICER, CALENDAR)
    assert_fine(page)
    before = day_of(page)

    page.get_by_role("link", name="Tin giữa tuần").focus()
    page.keyboard.press("Shift+ArrowRight")
    moved(page)
    assert day_of(page) == before + timedelta(days=1)
    expect(page.get_by_role("link", name="Tin giữa tuần")).to_be_focused()

    with page.expect_navigation():
        page.locator(".plan", has_text="Tin giữa tuần").drag_to(page.locator(f"[data-day='{before}']"))
    moved(page)
    assert day_of(page) == before


def test_without_javascript_a_product_is_moved_on_a_phone_by_its_small_form(signed_in: Open):
    page = signed_in(OFFICER, CALENDAR, phone=True, javascript=False)
    before = day_of(page)
    to = before + timedelta(days=1 if before.weekday() < 6 else -1)
    plan = page.locator(".plan", has_text="Tin giữa tuần")

    plan.get_by_text(re.compile("^Dời$")).first.click()
    plan.locator("input[name=to]").fill(to.isoformat())
    plan.get_by_role("button", name="Dời").click()

    moved(page)
    assert day_of(page) == to
