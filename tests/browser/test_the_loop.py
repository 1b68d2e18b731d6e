"""The whole loop, on the screens people use: a story is written, approved twice, read on a phone; the figure moves."""

import json
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from loa.base.dates import today

from .cast import TOPIC
from .conftest import Open, Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TITLE = "Lương tối thiểu vùng: ai được tăng, từ khi nào"


def figure(site: Site, target: str, unit: str) -> dict[str, Any]:
    printed = json.loads(site.loa("scorecard", "--unit", unit, "--on", str(today(timezone.now())), "--json"))
    rows = printed if isinstance(printed, list) else printed["targets"]
    return next(row for row in rows if row["target"] == target)


def test_from_a_draft_to_a_figure_with_its_evidence(site: Site, visit: Open, signed_in: Open):
    items, reached = figure(site, "T8", "QN")["numerator"], figure(site, "T1", "QN")["numerator"]

    write(signed_in)
    approve(signed_in, "duyet@vi-du.example")
    approve(signed_in, "tinh@vi-du.example")
    address = read_without_javascript(visit)
    say_understood(signed_in, address)
    site.loa("work", "--once")
    site.loa("shell", "-c", "from tests.browser import cast; cast.count_people()")

    assert figure(site, "T8", "QN")["numerator"] == items + 1
    assert figure(site, "T1", "QN")["numerator"] == reached + 1
    open_the_evidence(signed_in)


def write(signed_in: Open) -> None:
    page = signed_in("nguoi-viet@vi-du.example", "/quan-tri/tin-bai/add/")
    page.locator("input[name=title]").fill(TITLE)
    page.locator("input[name=title]").blur()
    expect(page.locator("input[name=slug]")).to_have_value("luong-toi-thieu-vung-ai-duoc-tang-tu-khi-nao")
    page.locator("select[name=unit]").select_option(label="LĐLĐ thành phố (minh họa)")
    page.locator("select[name=product_type]").select_option(label="Tin")
    page.locator("select[name=kind]").select_option("policy")
    page.locator("select[name=topic]").select_option(label=TOPIC)
    page.locator("[name=summary]").fill("Ai được tăng lương, từ ngày nào, cần làm gì nếu chưa được tăng.")
    page.locator("textarea[name=short]").fill("Mức lương tối thiểu vùng có thay đổi.\nHãy xem phiếu lương của bạn.")
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    page.locator("[name=action-submit]").click()
    expect(page.locator(".messages .success")).to_be_visible()


def approve(signed_in: Open, login: str) -> None:
    page = signed_in(login, "/quan-tri/toa-soan/")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_text("Hãy xem phiếu lương của bạn.")).to_be_visible()
    page.locator("form[action$='/duyet/'] button[type=submit]").click()
    expect(page.locator("form[action$='/duyet/']")).to_have_count(0)


def read_without_javascript(visit: Open) -> str:
    page = visit("/tim/?q=luong toi thieu", phone=True, javascript=False)
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.locator("h1")).to_have_text(TITLE)
    expect(page.locator("main")).to_contain_text("Hãy xem phiếu lương của bạn.")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    return page.url


def say_understood(signed_in: Open, address: str) -> None:
    page = signed_in("0905 000 123", address.split("/", 3)[3].join(["/", ""]), phone=True, javascript=False)
    page.get_by_role("link", name="Đăng nhập để trả lời").click()
    page.locator("button[name=said][value=understood]").click()
    expect(page.locator("button[name=said][value=understood]")).to_have_attribute("aria-pressed", "true")


def open_the_evidence(signed_in: Open) -> None:
    page = signed_in("tinh@vi-du.example", "/quan-tri/ke-hoach/")
    page.get_by_role("link", name="LĐLĐ thành phố (minh họa)").first.click()
    page.locator("a[href*='/T8/']").first.click()
    page.locator("a[href*='bang-chung']").first.click()
    page.get_by_role("link", name=TITLE).click()
    expect(page.locator("h1")).to_contain_text(TITLE)
