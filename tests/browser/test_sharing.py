"""A figure that stories share, and a story that units share: by keyboard, on every width, without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from .conftest import LAPTOP, PHONE, Open, Site
from .test_desk import OFFICER, PLANNER
from .test_public import check_axe
from .test_reports import fits, press, write

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
FACTS, SHARED, SECTION = "/quan-tri/toa-soan/du-kien/", "/quan-tri/toa-soan/chia-se/", "/don-vi/QN/"
REFUSED = 422
OLD, NEW = "3.860.000 đồng/tháng", "4.140.000 đồng/tháng"


def do(site: Site, call: str) -> str:
    """What a function of the cast gives, printed."""
    return site.loa("shell", "-c", f"from tests.browser import cast; print(cast.{call})").split()[-1]


def unfold(page: Page, label: str) -> None:
    summary = page.locator("summary", has_text=label)
    summary.focus()
    page.keyboard.press("Enter")


def test_a_fact_is_written_down_and_set_right_by_keyboard_and_every_story_that_says_it_is_named(
    signed_in: Open, site: Site
):
    do(site, "tell_wage('mức lương một')")
    do(site, "meet_about_wage()")
    page = signed_in(PLANNER, FACTS)
    fits(page)
    press(page, page.get_by_role("link", name="Ghi dữ kiện mới"))
    fits(page)
    write(page, "name", "Số ngày nghỉ mẫu")
    write(page, "value", "12")
    write(page, "source", "Nội quy mẫu, Điều 5")
    press(page, page.get_by_role("button", name="Ghi dữ kiện"), status=REFUSED)
    expect(page.get_by_text("Một con số nhỏ đứng riêng", exact=False).first).to_be_visible()
    assert page.locator("[name=source]").input_value() == "Nội quy mẫu, Điều 5"
    fits(page)
    write(page, "value", "12 ngày")
    press(page, page.get_by_role("button", name="Ghi dữ kiện"))
    expect(page.locator(".fact-value")).to_have_text("12 ngày")
    fits(page)

    page.goto(FACTS)
    press(page, page.get_by_role("link", name="mức lương một"))
    unfold(page, "Giá trị bị sai")
    fits(page)
    write(page, "correct-value", NEW)
    write(page, "correct-note", "Ghi nhầm vùng.")
    press(page, page.get_by_role("button", name=re.compile("Giá trị bị sai")))

    expect(page.locator(".messages")).to_contain_text(re.compile("chưa nói giá trị này"))
    marked = page.locator("[aria-labelledby=to-change]")
    expect(marked).to_contain_text("Bài của thành phố về mức lương một")
    expect(marked.locator("mark").first).to_have_text(OLD)
    expect(page.locator("[aria-labelledby=elsewhere]")).to_contain_text("Họp về lương")
    fits(page)


def test_without_scripts_a_writer_decides_on_a_telephone_that_a_story_stays(signed_in: Open, site: Site):
    do(site, "tell_wage('mức lương hai')")
    do(site, "raise_wage('mức lương hai')")
    page = signed_in(OFFICER, FACTS, phone=True, javascript=False)
    page.get_by_role("link", name="mức lương hai").click()
    row = page.locator("[aria-labelledby=to-change] li", has_text="Bài của thành phố")

    row.locator("summary").click()
    row.locator("[name=reason]").fill("Tin ấy nói mức của năm ngoái.")
    row.get_by_role("button").click()

    expect(page.locator(".messages")).to_contain_text("giữ nguyên")
    expect(page.locator("[aria-labelledby=in-order]")).to_contain_text("Tin ấy nói mức của năm ngoái.")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_story_is_shared_taken_under_an_own_heading_agreed_to_and_read(signed_in: Open, visit: Open, site: Site):
    number = do(site, "tell_wage('mức lương ba')")
    page = signed_in(PLANNER, f"/quan-tri/toa-soan/{number}/chia-se/")
    fits(page)
    page.locator("[name=whom]").select_option("chosen")
    press(page, page.get_by_role("button", name="Chia sẻ", exact=True), status=REFUSED)
    fits(page)
    box = page.get_by_label("LĐLĐ thành phố (minh họa)")
    box.focus()
    page.keyboard.press("Space")
    press(page, page.get_by_role("button", name="Chia sẻ", exact=True))
    expect(page.locator("[aria-labelledby=offers]")).to_contain_text("LĐLĐ thành phố (minh họa)")
    fits(page)

    taker = signed_in(OFFICER, SHARED)
    fits(taker)
    press(taker, taker.get_by_role("link", name="Bài của tỉnh về mức lương ba"))
    fits(taker)
    write(taker, "take-heading", f"Lương ở thành phố: {OLD}")
    press(taker, taker.get_by_role("button", name="Đăng trong mục của đơn vị"))
    expect(taker.locator("main")).to_contain_text("chờ người duyệt")
    fits(taker)

    judge = signed_in("duyet@vi-du.example", taker.url, phone=True, javascript=False)
    judge.get_by_role("button", name="Duyệt tiêu đề này").click()
    expect(judge.locator(".messages")).to_contain_text("Bạn đọc")
    assert judge.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    reader = visit(SECTION, phone=True)
    expect(reader.locator("main")).to_contain_text(f"Lương ở thành phố: {OLD}")
    for size in (PHONE, LAPTOP):
        reader.set_viewport_size(size)  # type: ignore[arg-type]
        check_axe(reader)
        assert reader.evaluate("document.documentElement.scrollWidth") <= size["width"]
    do(site, "raise_wage('mức lương ba', wrong=True)")
    reader.reload()
    expect(reader.locator("main")).to_contain_text("Bài của tỉnh về mức lương ba")
    expect(reader.locator("main")).not_to_contain_text("Lương ở thành phố")
    taker.reload()
    expect(taker.locator("main")).to_contain_text("tiêu đề gốc")
    fits(taker)
