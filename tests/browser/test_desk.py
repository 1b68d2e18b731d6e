"""Officers go through the back office on a laptop and on a phone: all fits, in Vietnamese, and axe finds nothing."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from loa.desk.menu import ENTRIES
from tests import make_news as news

from .conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

OFFICER = "nguoi-viet@vi-du.example"
CHAIR = "chu-tich@vi-du.example"
PLANNER = "tinh@vi-du.example"
ADMINISTRATOR = "quan-tri@vi-du.example"
"""Has every ability over the whole federation, and so every entry of the menu."""
ENGLISH = re.compile(r"\b(Save|Edit|More actions|Search|Filter|Publish|History|Wagtail)\b")
SCREENS = {
    OFFICER: ("/quan-tri/tin-bai/add/", "/quan-tri/ke-hoach/ban/", "/quan-tri/ke-hoach/viec/"),
    ADMINISTRATOR: (),
}
"""Screens of each, besides those of the menu."""
WAGTAILS_OWN = {
    # Draftail names its text area by a placeholder only; our label stands above it.
    ("aria-input-field-name", ".notranslate"),
    # The forms of Wagtail's snippets write their title as a paragraph of the header.
    ("page-has-heading-one", "html"),
}
"""What axe finds in Wagtail 8.0 itself: (rule, the selector it names)."""

CUT_OFF = """() => [...document.querySelectorAll(".nice-padding *, .w-header *")]
  .filter((one) => one.checkVisibility() && !one.closest(".scroll, thead, .w-sr-only, [aria-hidden=true]"))
  .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1)
  .map((one) => one.outerHTML.slice(0, 90))"""
"""What stands beyond the edge of the screen: Wagtail's frame cuts it off instead of scrolling."""


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['html'][:120]}"
        for one in found
        for node in one["nodes"]
        if (one["id"], node["target"][0]) not in WAGTAILS_OWN
    ]


AT_REST = """() => document.querySelector(".sidebar") !== null && document.getAnimations().every(
  (one) => one.playState === "finished" || one.effect.getTiming().iterations === Infinity)"""
"""The menu is drawn and nothing is being faded in, whose colours axe would take for too pale."""


def assert_fine(page: Page) -> None:
    page.wait_for_function(AT_REST)
    width = page.viewport_size["width"]  # type: ignore[index]
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
    assert page.evaluate(CUT_OFF) == [], page.url
    assert page.title().endswith("- Loa"), page.title()
    assert not (seen := ENGLISH.findall(page.locator("body").inner_text())), (page.url, seen)
    assert violations(page) == [], page.url


def menu_of(page: Page) -> list[str]:
    """The entries that are open to whoever looks, as the menu of plain links has them."""
    found: list[str] = page.locator("noscript").evaluate_all(
        """all => all.flatMap((one) => [...new DOMParser().parseFromString(one.textContent, "text/html")
             .querySelectorAll(".plain-menu a:not([href*=logout])")].map((link) => link.textContent.trim()))"""
    )
    return found


def choose(page: Page, label: str, *, phone: bool) -> None:
    """Follow an entry of the menu, which may stand in a group, and which a phone keeps behind a button."""
    if phone:
        page.locator(".sidebar-nav-toggle").click()
    menu, named = page.locator(".sidebar-main-menu"), re.compile(f"^{re.escape(label)}$")
    link = menu.locator("a.sidebar-menu-item__link").filter(has_text=named)
    expect(link).to_be_attached()
    group = menu.locator(".sidebar-sub-menu-item").filter(has=page.locator("a").filter(has_text=named))
    if group.count() and group.get_by_role("button").get_attribute("aria-expanded") == "false":
        group.get_by_role("button").click()
    with page.expect_navigation() as arriving:
        link.click()
    assert arriving.value.status == 200


@pytest.mark.parametrize("phone", [False, True], ids=["laptop", "phone"])
@pytest.mark.parametrize("login", [OFFICER, ADMINISTRATOR])
def test_every_screen_of_the_menu_fits_and_speaks_vietnamese(signed_in: Open, login: str, phone: bool):
    page = signed_in(login, "/quan-tri/", phone=phone)
    assert_fine(page)
    labels = menu_of(page)
    assert len(labels) == len(ENTRIES) if login == ADMINISTRATOR else len(labels) >= 4

    for label in labels:
        choose(page, label, phone=phone)
        assert_fine(page)
    for path in SCREENS[login]:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        assert_fine(page)


@pytest.mark.parametrize("phone", [False, True], ids=["laptop", "phone"])
def test_a_draft_is_kept_and_seen_again_in_vietnamese(signed_in: Open, phone: bool):
    page = signed_in(OFFICER, "/quan-tri/tin-bai/add/", phone=phone)
    page.locator("input[name=title]").fill("Giờ khám sức khỏe của tổ may")
    page.locator("select[name=unit]").select_option(label="LĐLĐ thành phố (minh họa)")
    page.locator("select[name=product_type]").select_option(label="Tin")
    page.locator("select[name=kind]").select_option("policy")
    page.get_by_role("button", name="Lưu bản nháp").click()
    page.wait_for_url("**/edit/**")

    expect(page.locator(".messages .success")).to_contain_text("đã được tạo")
    assert_fine(page)
    page.get_by_role("button", name="Thao tác khác").last.click()
    assert_fine(page)
    assert page.locator("a[href*='/delete/'], a[href*='/unpublish/']").count() == 0


@pytest.mark.parametrize("javascript", [True, False])
def test_a_chair_tells_news_on_a_phone(signed_in: Open, tmp_path: Path, javascript: bool):
    title = f"Bữa ăn nóng cho ca đêm {javascript}"
    picture = tmp_path / "anh.jpg"
    picture.write_bytes(news.jpeg())
    page = signed_in(CHAIR, "/quan-tri/toa-soan/tin-don-vi/", phone=True, javascript=javascript)
    page.get_by_label("Tiêu đề").fill(title)
    page.get_by_label("Có chuyện gì").fill("Từ tối nay, ca đêm có bữa ăn nóng. Bếp mở lúc 23 giờ.")
    page.get_by_label("Một tấm ảnh").set_input_files(picture)
    page.get_by_role("button", name="Gửi tin").click()

    expect(page.locator("main")).to_contain_text("trong ảnh nhận ra được ai")
    expect(page.get_by_label("Tiêu đề")).to_have_value(title)
    if javascript:
        assert_fine(page)
    page.get_by_label("Một tấm ảnh").set_input_files(picture)
    page.get_by_label("Không nhận ra ai").check()
    page.get_by_role("button", name="Gửi tin").click()
    expect(page.get_by_role("listitem").filter(has_text=title)).to_contain_text("chờ duyệt")
    page.goto("/quan-tri/")
    expect(page.locator("main")).to_contain_text(title)


def test_without_javascript_a_phone_shows_links_and_nothing_covers_the_page(signed_in: Open):
    page = signed_in(OFFICER, "/quan-tri/", phone=True, javascript=False)

    page.get_by_role("navigation").get_by_role("link", name="Tất cả tin, bài").click()

    assert page.url.endswith("/quan-tri/tin-bai/")
    assert page.locator("#wagtail-sidebar").is_hidden()
    heading = page.locator("h1").first
    assert heading.is_visible()
    page.get_by_role("link", name="Thêm tin, bài").click(trial=True)
