"""A report goes up, comes back with remarks, goes up again, is accepted and corrected: by keyboard, on every width."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from loa.base.dates import today

from .conftest import LAPTOP, PHONE, Open, Site
from .test_desk import OFFICER, PLANNER, assert_fine

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
REPORTS = "/quan-tri/bao-cao/"
REFUSED = 422


@pytest.fixture
def term(site: Site) -> str:
    """The code of the report that is owed."""
    return site.loa("shell", "-c", "from tests.browser import cast; print(cast.owe())").split()[-1]


def fits(page: Page) -> None:
    """On a laptop and on a phone."""
    for size in (PHONE, LAPTOP):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert_fine(page)


def press(page: Page, button: Locator, *, status: int = 200) -> None:
    """Go there by keyboard, and arrive at the next page."""
    button.focus()
    expect(button).to_be_focused()
    with page.expect_navigation() as arriving:
        page.keyboard.press("Enter")
    assert arriving.value.status == status


def write(page: Page, name: str, text: str) -> None:
    page.locator(f"[name='{name}']").focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(text)


def state(page: Page) -> Locator:
    return page.locator("#state + p")


def test_a_report_goes_up_comes_back_and_is_accepted(signed_in: Open, term: str):
    page = signed_in(OFFICER, f"{REPORTS}?term={term}")
    fits(page)
    press(page, page.get_by_role("button", name="Lập báo cáo").first)
    address = page.url
    fits(page)

    write(page, "meetings", "30")
    write(page, "attendants", "420")
    write(page, "directions", "Giữ nhịp mỗi tuần hai tin; thêm một buổi ở mỗi cơ sở.")
    write(page, "number", "15/BC-LĐLĐ")
    write(page, "place", "Quy Nhơn")
    page.locator("[name=issued_on]").fill(today(timezone.now()).isoformat())
    write(page, "signer", "Người Ký Mẫu")
    write(page, "recipients", "Liên đoàn Lao động tỉnh")
    press(page, page.get_by_role("button", name="Nộp báo cáo"), status=REFUSED)

    expect(page.locator(".messages")).to_contain_text(re.compile("."))
    expect(page.locator("#place-meetings .fault")).to_be_visible()
    assert page.locator("[name=meetings]").input_value() == "30"
    fits(page)
    write(page, "why:meetings", "Năm nay thêm các buổi đối thoại về lương.")
    press(page, page.get_by_role("button", name="Nộp báo cáo"))
    expect(state(page)).to_contain_text("đã nộp")
    fits(page)

    judge = signed_in(PLANNER, page.url)
    fits(judge)
    summary = judge.locator("#place-directions summary")
    summary.focus()
    judge.keyboard.press("Enter")
    write(judge, "remark:directions", "Nêu rõ ai làm, xong ngày nào.")
    fits(judge)
    press(judge, judge.get_by_role("button", name="Trả lại báo cáo"))
    expect(state(judge)).to_contain_text("trả lại")
    fits(judge)

    page.goto(address)
    expect(page.locator("#place-directions .remark")).to_contain_text("Nêu rõ ai làm")
    fits(page)
    write(page, "directions", "Giữ nhịp mỗi tuần hai tin, Ban Tuyên giáo làm, xong trước ngày 20 hằng tháng.")
    write(page, "answer:directions", "Đã nêu người làm và ngày xong.")
    press(page, page.get_by_role("button", name="Nộp báo cáo"))
    expect(state(page)).to_contain_text("đã nộp")

    judge.goto(address)
    expect(judge.locator("#place-directions")).to_contain_text("Đã nêu người làm")
    press(judge, judge.get_by_role("button", name="Chấp nhận báo cáo"))
    expect(state(judge)).to_contain_text("chấp nhận")
    fits(judge)
    with judge.expect_download() as loading:
        judge.get_by_role("link", name="Tải văn bản (.docx)").press("Enter")
    assert loading.value.suggested_filename.endswith(".docx")
    for name in ("Xem trước", "Lúc nộp và hiện nay"):
        judge.goto(address)
        press(judge, judge.get_by_role("link", name=name))
        fits(judge)
    judge.goto(address)
    press(judge, judge.get_by_role("button", name="Văn bản dạng PDF"))
    expect(judge).to_have_url(re.compile("/pdf/$"))

    page.goto(address)
    page.locator("summary", has_text="Đính chính một số liệu").press("Enter")
    page.locator("select[name=place]").select_option("meetings")
    write(page, "value", "28")
    write(page, "reason", "Hai buổi được ghi hai lần.")
    write(page, "proof", "Biên bản số 3")
    fits(page)
    press(page, page.get_by_role("button", name="Nộp đính chính"))
    expect(page.locator("[aria-labelledby=corrections] .desk-panel").first).to_contain_text("01/ĐC")
    fits(page)
    judge.goto(address)
    fits(judge)
    press(judge, judge.get_by_role("button", name="Chấp nhận đính chính"))
    expect(judge.locator("#place-meetings")).to_contain_text("28")
    fits(judge)
