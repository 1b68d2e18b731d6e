"""What only a browser shows in the back office (editors, pickers, choosers, panels, menus), read as the crawl reads."""

import pytest
from playwright.sync_api import Locator, Page

from tests.language.reading import HARD_WIRED, texts_of_page
from tests.language.vietnamese import foreign

from .conftest import Open, Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
EDITOR = "tinh@vi-du.example"
NEVER_SHOWN = {"Save Selected"}
"""A button of the calendar's library that Wagtail's settings leave out."""
QUICK = 5_000
"""Milliseconds in which a press of a button shows what it shows."""


class Ear:
    """Listens to a page at every step of a journey, and keeps what is not Vietnamese."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.found: dict[str, str] = {}
        self.heard: set[str] = set()

    def listen(self, where: str) -> None:
        texts = set(texts_of_page(self.page.content())) - HARD_WIRED - NEVER_SHOWN
        for text in texts - self.heard:
            if foreign(text):
                self.found.setdefault(text, where)
        self.heard |= texts

    def press(self, button: Locator, where: str, shows: str) -> None:
        """Press, wait for what must then be seen, and listen."""
        button.click()
        self.page.locator(shows).first.wait_for(timeout=QUICK)
        self.listen(where)

    def told(self) -> str:
        return "\n".join(f"{text[:100]}  ←  {where}" for text, where in sorted(self.found.items()))


def tooltips(ear: Ear, buttons: Locator, where: str) -> None:
    """Rest the mouse on each, as somebody does who wants to know what it is for."""
    for button in buttons.all():
        if button.is_visible():
            button.hover()
            ear.listen(where)


def write_with_the_toolbar(ear: Ear) -> None:
    page = ear.page
    editor = page.locator(".Draftail-Editor").last
    editor.locator(".public-DraftEditor-content").click()
    ear.listen("the editor, being written in")
    page.keyboard.type("Đoạn văn mẫu")
    page.keyboard.press("Control+a")
    page.locator(".Draftail-ToolbarButton").first.wait_for(timeout=QUICK)
    ear.listen("the editor with words chosen")
    tooltips(ear, page.locator(".Draftail-ToolbarButton"), "the toolbar of the editor")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("/")
    page.locator("[role=listbox]").first.wait_for(timeout=QUICK)
    ear.listen("the commands of the editor")
    page.keyboard.press("Escape")


def open_the_panels(ear: Ear) -> None:
    for toggle in ear.page.locator("[data-side-panel-toggle]").all():
        if toggle.is_visible():
            name = toggle.get_attribute("data-side-panel-toggle")
            ear.press(toggle, f"the panel {name}", f"[data-side-panel='{name}']:not([hidden])")


def pick_a_time(ear: Ear) -> None:
    """The dialog of the schedule, and the calendar in it."""
    page, toggle = ear.page, ear.page.locator("[data-side-panel-toggle=status]")
    if toggle.get_attribute("aria-expanded") != "true":
        toggle.click()
    ear.press(page.locator("[data-a11y-dialog-show=schedule-publishing-dialog]").first, "the schedule", "[role=dialog]")
    page.locator("input[name=go_live_at]").click()
    page.locator(".xdsoft_datetimepicker:visible").wait_for(timeout=QUICK)
    ear.listen("the calendar with hours")
    page.locator(".xdsoft_datetimepicker:visible .xdsoft_month").click()
    ear.listen("the months of the calendar")


def choose_a_photo(ear: Ear) -> None:
    page = ear.page
    ear.press(
        page.locator("[data-chooser-action-choose]:visible").first, "the chooser of photos", ".modal.in .tab-content"
    )
    for tab in page.locator(".modal [role=tab]").all():
        tab.click()
        ear.listen("a tab of the chooser of photos")
    page.locator(".modal [data-dismiss=modal]").first.click()
    page.locator(".modal").first.wait_for(state="hidden", timeout=QUICK)


def press_in_turn(ear: Ear, buttons: Locator, where: str, *, back: str = "") -> None:
    """Press each of them that can be seen, and go back to where the next one is."""
    for button in buttons.all():
        if not button.is_visible():
            continue
        button.click()
        ear.listen(where)
        if back:
            ear.page.locator(f"{back}:visible").click()
        else:
            ear.page.keyboard.press("Escape")


def test_the_editor_of_a_story_speaks_vietnamese(signed_in: Open):
    page = signed_in(EDITOR, "/quan-tri/tin-bai/add/")
    page.locator(".Draftail-Editor").first.wait_for()
    ear = Ear(page)
    ear.listen("a new story, with the list of keys that lies in every page")
    assert ear.page.locator("#keyboard-shortcuts-dialog").count() == 1

    for step in (write_with_the_toolbar, choose_a_photo, open_the_panels, pick_a_time):
        step(ear)

    assert {"Đậm\nCtrl + B", "Tải lên", "tháng 12"} <= ear.heard
    assert not ear.found, ear.told()


def test_lists_menus_and_filters_speak_vietnamese(signed_in: Open, site: Site):
    site.loa("shell", "-c", "from tests.browser import cast; cast.publish()")
    page = signed_in(EDITOR, "/quan-tri/tin-bai/")
    ear = Ear(page)
    ear.press(page.locator(".sidebar-footer__account"), "the account menu", ".sidebar-footer--open")
    for entry in page.locator(".sidebar-main-menu button.sidebar-menu-item__link").all():
        entry.click()
        ear.listen("an entry of the menu that opens")
    page.locator(".sidebar__collapse-toggle").click()
    tooltips(ear, page.locator(".sidebar-main-menu .sidebar-menu-item__link"), "the narrow menu")
    page.locator(".sidebar__collapse-toggle").click()

    press_in_turn(ear, page.locator("button[aria-label^='Thao tác']"), "more actions")
    page.locator("#filters-drilldown [data-w-dropdown-target=toggle]").click()
    press_in_turn(ear, page.locator(".w-drilldown__toggle"), "the choices of a filter", back=".w-drilldown__back")
    page.goto("/quan-tri/tin-bai/?kind=policy")
    ear.listen("a list that is filtered")
    ear.press(page.locator("[data-bulk-action-select-all-checkbox]:visible").first, "the bar for many", ".footer")

    assert "Sửa" in ear.heard
    assert any(text.startswith("Đã chọn") for text in ear.heard)
    assert not ear.found, ear.told()
