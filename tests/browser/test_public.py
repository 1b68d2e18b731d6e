"""The public site in a real browser: for every kind of page, nothing that keeps anybody out."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from .conftest import Open, Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

STORY = "/tin/chinh-sach-mau/"
PAGES = [
    "/",
    STORY,
    "/chu-de/phap-luat-quyen-loi/",
    "/can-biet/{year}/tien-luong-toi-thieu/",
    "/don-vi/QN/",
    "/tim/?q=chinh sach",
    "/tim/?q=khong co gi nhu the",
    "/tim/?q=thanh pho&loai=don-vi",
    "/tim/?q=chinh sach&thoi-gian=30",
    "/kenh-chinh-thuc/",
    "/kenh-chinh-thuc/?q=https://mot-trang-nao-do-rat-dai-va-la.vi-du.example/qua-tang/nhan-ngay",
    "/hoi-dap/",
    "/tu-dien/",
    "/en/",
    "/su-kien/",
    "/su-kien/thang/{year}/5/",
    "/su-kien/1/",
    "/tin/anh-mau/",
    "/tin/hoi-mau/",
    "/tin/english-sample/",
    "/gop-tin/",
    "/ngoai-tuyen/",
    "/tai-khoan/login/",
    "/khong-co-trang-nay/",
]


@pytest.fixture(scope="module", autouse=True)
def published(site: Site) -> None:
    site.loa("shell", "-c", "from tests.browser import cast; cast.publish()")


def address(path: str, site: Site) -> str:
    return path.format(year=site.year)


def check_axe(page: Page) -> None:
    found = Axe().run(page)
    assert [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]] == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_keeps_anybody_out_on_a_phone(visit: Open, site: Site, path: str):
    page = visit(address(path, site), phone=True)

    check_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.parametrize("path", ["/", STORY])
def test_nothing_keeps_anybody_out_in_the_dark_or_at_320_px(visit: Open, path: str):
    page = visit(path)
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 320, "height": 640})

    check_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_one_s_own_corner_is_open_to_everybody_too(signed_in: Open):
    page = signed_in("0905000123", "/toi/", phone=True)

    expect(page.locator("h1")).to_contain_text("Người lao động")
    check_axe(page)


def test_the_first_view_of_a_story_is_light(visit: Open, site: Site):
    page = visit("/khong-co-trang-nay/", phone=True)
    client = page.context.new_cdp_session(page)
    client.send("Network.enable")
    client.send("Network.setCacheDisabled", {"cacheDisabled": True})
    client.send("Network.setBypassServiceWorker", {"bypass": True})
    sizes: list[float] = []
    client.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))

    page.goto(STORY)
    page.wait_for_load_state("networkidle")

    assert 0 < sum(sizes) < 50_000


def test_a_story_is_reached_and_read_with_the_keyboard_alone(visit: Open):
    page = visit("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", "#main")
    page.keyboard.press("Enter")
    address = ""
    for _ in range(60):
        page.keyboard.press("Tab")
        address = page.locator(":focus").get_attribute("href") or ""
        if address.startswith("/tin/"):
            break
    page.keyboard.press("Enter")

    page.wait_for_url(f"**{address}")
    expect(page.locator("h1")).to_be_visible()
    assert address.startswith("/tin/")


def test_a_term_is_explained_by_the_keyboard_alone_and_put_away_again(visit: Open):
    page = visit("/tin/hoi-mau/", phone=True)
    term = page.locator("a.term")
    term.focus()
    page.keyboard.press("Enter")

    note = page.locator(".term-note")
    expect(note).to_contain_text("Mức tiền thấp nhất")
    check_axe(page)
    page.keyboard.press("Enter")
    expect(note).to_be_hidden()


def test_without_javascript_a_term_leads_to_its_words_and_back(visit: Open):
    page = visit("/tin/hoi-mau/", phone=True, javascript=False)
    page.locator("a.term").click()

    expect(page.locator("section.terms :target")).to_contain_text("Mức tiền thấp nhất")


@pytest.mark.parametrize("javascript", [True, False])
def test_what_a_worker_sends_in_wrongly_is_told_and_nothing_typed_is_lost(visit: Open, javascript: bool):
    page = visit("/gop-tin/", phone=True, javascript=javascript)
    page.locator("textarea").first.fill("Xưởng tôi vừa có quạt mới.")
    page.get_by_label("Ghi tên này").check()
    page.locator("main form button[type=submit]").first.click()

    expect(page.locator("form[data-sending] output" if javascript else "main [role=alert]")).not_to_be_empty()
    expect(page.locator("textarea").first).to_have_value("Xưởng tôi vừa có quạt mới.")
    if javascript:
        check_axe(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_what_a_worker_sent_in_is_taken_back_on_its_own_page(visit: Open, javascript: bool):
    page = visit("/gop-tin/", phone=True, javascript=javascript)
    page.locator("textarea").first.fill("Xưởng tôi có góc đọc sách.")
    page.locator("main form button[type=submit]").first.click()
    page.get_by_text("Rút lại tin đã gửi").click()
    page.get_by_role("button", name="Xóa tin tôi đã gửi").click()

    expect(page.locator("main")).to_contain_text("đã được trả lời và xóa đi")
    expect(page.locator("main")).not_to_contain_text("góc đọc sách")


def test_suggestions_are_chosen_with_the_keyboard_and_say_what_they_are(visit: Open):
    page = visit("/")
    box = page.get_by_role("combobox").first
    box.press_sequentially("chinh sa")
    option = page.get_by_role("option", name=re.compile("Chính sách mẫu"))
    expect(option).to_be_visible()
    check_axe(page)
    page.keyboard.press("ArrowUp")  # from the box to the last one: titles stand last
    expect(option).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")

    page.wait_for_url(f"**{STORY}")


def test_one_s_own_answer_comes_into_the_page_that_is_the_same_for_everybody(signed_in: Open):
    page = signed_in("0905000123", STORY, phone=True)
    page.get_by_role("button", name="Đã hiểu").click()

    expect(page.locator("#tra-loi")).to_contain_text("Bạn đã trả lời: đã đọc và đã hiểu.")
    expect(page).to_have_url(re.compile(STORY + "$"))
    check_axe(page)


def test_without_javascript_the_answer_is_a_page_of_its_own(signed_in: Open):
    page = signed_in("0905000123", STORY, phone=True, javascript=False)
    page.get_by_role("link", name="Đăng nhập để trả lời").click()
    page.get_by_role("button", name="Đã đọc").click()

    expect(page.locator("#tra-loi")).to_contain_text("Cảm ơn bạn!")
    expect(page.get_by_role("link", name="Quay lại bài")).to_be_visible()


def test_a_story_that_was_read_opens_without_a_line_and_others_say_why_not(visit: Open):
    page = visit(STORY, phone=True)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    page.reload()
    page.wait_for_function("caches.open('loa-pages-1').then((kept) => kept.match(location.pathname)).then(Boolean)")
    page.context.set_offline(True)

    page.reload()
    expect(page.locator("h1")).to_have_text("Chính sách mẫu")
    page.goto("/chu-de/phap-luat-quyen-loi/")
    expect(page.locator("h1")).to_have_text("Bạn đang không có mạng")


def test_larger_text_is_remembered(visit: Open):
    page = visit(STORY, phone=True)
    before = page.evaluate("parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)")
    page.get_by_role("button", name="Chữ lớn hơn").click()
    page.goto("/")
    page.goto(STORY)
    expect(page.locator("html")).to_have_attribute("data-size", "large")

    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)") > before


def test_a_wrong_password_gets_one_clear_sentence(visit: Open):
    page = visit("/tai-khoan/login/", phone=True, javascript=False)
    page.locator("input[name=login]").fill("0905 000 123")
    page.locator("input[name=password]").fill("khong phai mat khau nay")
    page.locator("main form button[type=submit]").first.click()

    expect(page.locator("main")).to_contain_text("chưa khớp")
