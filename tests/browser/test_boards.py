"""The scorecard's other screens fit a laptop and a telephone, satisfy axe, and print on one sheet."""

import re

import pytest

from .conftest import Open
from .test_desk import PLANNER, assert_fine

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SCREENS = ("cac-don-vi/", "o-vuong/", "tuan-nay/", "canh-bao/", "mot-trang/", "T1/duong-di/", "T8/cach-dat/")

ELSEWHERE = (
    "nhanh/",
    "viec/moi/",
    *(f"ban/binh-dinh-2023-2028/{path}/" for path in ("cac-don-vi", "cap-va-ky", "so-sanh")),
)


@pytest.mark.parametrize("phone", [False, True], ids=["laptop", "phone"])
def test_the_other_screens_of_the_scorecard_fit_and_can_be_read(signed_in: Open, phone: bool):
    page = signed_in(PLANNER, "/quan-tri/ke-hoach/", phone=phone)
    card = page.url

    for screen in SCREENS:
        page.goto(card + screen)
        assert_fine(page)
    for path in ELSEWHERE:
        page.goto(f"/quan-tri/ke-hoach/{path}")
        assert_fine(page)


def test_a_unit_prints_on_one_sheet_of_paper(signed_in: Open):
    page = signed_in(PLANNER, "/quan-tri/ke-hoach/")
    page.goto(page.url + "mot-trang/")

    paper = page.pdf(format="A4", prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1


def test_tiles_are_reached_by_keyboard(signed_in: Open):
    page = signed_in(PLANNER, "/quan-tri/ke-hoach/")
    page.goto(page.url + "o-vuong/?ct=T1")
    first = page.locator("a.tile").first
    first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/T1/" in url)

    assert "/T1/" in page.url
