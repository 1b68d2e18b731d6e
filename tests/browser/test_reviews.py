"""A review of the plan goes from the errand to the accepted document, and sums open to their parts: by keyboard."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from loa.base.dates import today

from .conftest import Open, Site
from .test_desk import ADMINISTRATOR, PLANNER
from .test_reports import REFUSED, REPORTS, fits, press, state, write

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def review(site: Site) -> str:
    """The code of the review that the province owes."""
    return site.loa("shell", "-c", "from tests.browser import cast; print(cast.owe_review())").split()[-1]


@pytest.fixture
def gathering(site: Site) -> str:
    """The address of a report of the province that adds up those below."""
    return site.loa("shell", "-c", "from tests.browser import cast; print(cast.gather())").split()[-1]


def sign(page: Page) -> None:
    write(page, "number", "77/BC-LĐLĐ")
    write(page, "place", "Mẫu")
    page.locator("[name=issued_on]").fill(today(timezone.now()).isoformat())
    write(page, "post", "Chủ tịch")
    write(page, "signer", "Người Ký Mẫu")


def test_a_review_goes_from_the_errand_to_accepted_and_one_year_is_corrected(signed_in: Open, review: str):
    page = signed_in(ADMINISTRATOR, "/quan-tri/")
    press(page, page.get_by_role("link", name=re.compile("sơ kết")).first)
    fits(page)
    press(page, page.get_by_role("button", name="Lập báo cáo").first)
    address = page.url
    fits(page)

    write(page, "causes", "Cơ sở mới, người làm truyền thông còn thiếu.")
    for why in page.locator("[name^='why:']").all():
        why.fill("Năm sau có thêm người viết.")
    sign(page)
    press(page, page.get_by_role("button", name="Nộp báo cáo"), status=REFUSED)
    expect(page.locator("#place-lessons .fault")).to_be_visible()
    fits(page)
    write(page, "lessons", "Giao việc sớm, nhắc đúng lúc.")
    press(page, page.get_by_role("button", name="Nộp báo cáo"))
    expect(state(page)).to_contain_text("đã nộp")
    fits(page)

    judge = signed_in(PLANNER, "/quan-tri/")
    judge.goto(address)
    fits(judge)
    press(judge, judge.get_by_role("button", name="Chấp nhận báo cáo"))
    expect(state(judge)).to_contain_text("chấp nhận")
    way = judge.locator("section.years a").first
    press(judge, way)
    fits(judge)
    for name in ("Xem trước", "Lúc nộp và hiện nay"):
        judge.goto(address)
        press(judge, judge.get_by_role("link", name=name))
        fits(judge)

    page.goto(address)
    page.locator("summary", has_text="Đính chính một số liệu").press("Enter")
    place = page.locator("select[name=place]")
    year = place.locator("option", has_text=re.compile(r"T8 .*\(20\d\d\)")).first
    place.select_option(year.get_attribute("value"))
    write(page, "value", "5")
    write(page, "reason", "Đếm sót.")
    write(page, "proof", "Biên bản số 4")
    fits(page)
    press(page, page.get_by_role("button", name="Nộp đính chính"))
    page.locator("summary", has_text="Đính chính một đoạn").press("Enter")
    press(page, page.get_by_role("link", name="Nguyên nhân"))
    fits(page)
    write(page, "text", "Cơ sở mới; người làm truyền thông còn thiếu và hay đổi.")
    write(page, "reason", "Ghi thiếu một ý.")
    write(page, "proof", "Biên bản số 4")
    press(page, page.get_by_role("button", name="Nộp đính chính"))
    expect(page.locator("#place-causes")).to_contain_text("hay đổi")
    fits(page)

    judge.goto(address)
    for _correction in range(2):
        press(judge, judge.get_by_role("button", name="Chấp nhận đính chính").first)
    fits(judge)
    press(judge, judge.get_by_role("link", name="Xem trước"))
    expect(judge.locator("main")).to_contain_text("Đính chính sau khi báo cáo được chấp nhận")
    fits(judge)


def test_a_sum_opens_to_its_parts_and_to_why_it_differs_from_the_count(signed_in: Open, gathering: str):
    page = signed_in(ADMINISTRATOR, f"{REPORTS}{gathering}/")
    fits(page)
    press(page, page.get_by_role("link", name="Vì sao khác nhau").first)
    fits(page)
    expect(page.locator("tbody tr").first).to_be_visible()
    page.go_back()
    press(page, page.get_by_role("link", name=re.compile("báo cáo đã chấp nhận", re.IGNORECASE)).first)
    fits(page)
