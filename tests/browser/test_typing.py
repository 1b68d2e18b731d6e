"""Vietnamese arrives whole, however it is typed: composed by the system, or put in place of what was typed.

In the editor's texts, in search boxes, in dialogs and forms: nothing is lost or doubled, and what watches a field
(addresses, saving by itself, lists that follow the typing) ends with the whole word and not with half of it.
"""

import json
import re
import unicodedata
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from loa.base.text import fold

from .conftest import Open, Site
from .test_desk import ADMINISTRATOR, OFFICER

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PHRASE = "Đường Nguyễn Huệ: người thợ giỏi, khuỷu tay, quý"
SLUG = "duong-nguyen-hue-nguoi-tho-gioi-khuyu-tay-quy"
BETWEEN = 60
"""Milliseconds between syllables: nobody's fingers are quicker, and the editor of the full text needs some twenty."""
TONES = "\u0300\u0301\u0303\u0309\u0323"


def steps(syllable: str) -> list[str]:
    """How a syllable grows on the screen: its bare letters one by one, then their shapes, then the tone."""
    letters = unicodedata.normalize("NFD", syllable)
    bare = "".join(one for one in letters if not unicodedata.combining(one)).replace("đ", "d").replace("Đ", "D")
    toneless = unicodedata.normalize("NFC", "".join(one for one in letters if one not in TONES))
    return list(dict.fromkeys([*(bare[:end] for end in range(1, len(bare) + 1)), toneless, syllable]))


def compose(page: Page, field: Locator, text: str) -> None:
    """As Telex and VNI of a system or a telephone: each syllable is a composition, ended by what follows it."""
    field.click()
    devtools = page.context.new_cdp_session(page)
    for piece in re.findall(r"\w+|\W", text):
        for step in steps(piece) if piece.isalpha() else []:
            devtools.send(
                "Input.imeSetComposition", {"text": step, "selectionStart": len(step), "selectionEnd": len(step)}
            )
        devtools.send("Input.insertText", {"text": piece})
        page.wait_for_timeout(BETWEEN)
    devtools.detach()


def replace(page: Page, field: Locator, text: str) -> None:
    """As UniKey: the keys go through; where a letter changes, backspaces come, and the right letters."""
    field.click()
    for piece in re.findall(r"\w+|\W", text):
        shown = ""
        for step in steps(piece):
            kept = next(
                (at for at, pair in enumerate(zip(shown, step, strict=False)) if len(set(pair)) > 1), len(shown)
            )
            for _wrong in shown[kept:]:
                page.keyboard.press("Backspace")
            page.keyboard.type(step[kept:])
            shown = step


WAYS: dict[str, Callable[[Page, Locator, str], None]] = {"composed": compose, "replaced": replace}
each_way = pytest.mark.parametrize("way", WAYS)
NAMES = {"composed": "gõ dần", "replaced": "gõ thay"}
"""In Vietnamese, for these titles stand in lists that others read."""
SAVED = """async () => new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html")
  .querySelector("[name=deep]").value"""


def until_saved(page: Page, words: str) -> None:
    """The editor saves by itself, some time after the last key; only then may the page be left."""
    page.wait_for_url("**/edit/**", timeout=120_000)
    for _attempt in range(240):
        if any(block["text"] == words for block in json.loads(page.evaluate(SAVED))["blocks"]):
            return
        page.wait_for_timeout(500)
    raise AssertionError("the full text was not saved")


@pytest.fixture
def drafts(site: Site) -> None:
    site.loa("shell", "-c", "from tests.browser import cast; cast.begin()")


@each_way
def test_the_editor_takes_what_was_typed_and_keeps_it_by_itself(signed_in: Open, way: str):
    page = signed_in(OFFICER, "/quan-tri/tin-bai/add/")
    page.locator("select[name=unit]").select_option(label="LĐLĐ thành phố (minh họa)")
    page.locator("select[name=product_type]").select_option(label="Tin")
    page.locator("select[name=kind]").select_option("policy")
    typed = {"title": f"{PHRASE} {NAMES[way]}", "summary": PHRASE, "short": PHRASE}
    for name, text in typed.items():
        WAYS[way](page, page.locator(f"[name={name}]"), text)
    deep = page.locator(".public-DraftEditor-content").first
    WAYS[way](page, deep, PHRASE)

    until_saved(page, PHRASE)
    expect(page.locator("[name=slug]")).to_have_value(f"{SLUG}-{fold(NAMES[way]).replace(' ', '-')}")
    expect(deep).to_have_text(PHRASE)
    for name, text in typed.items():
        expect(page.locator(f"[name={name}]")).to_have_value(text)
    page.reload()
    expect(page.locator("[name=slug]")).to_have_value(f"{SLUG}-{fold(NAMES[way]).replace(' ', '-')}")
    expect(deep).to_have_text(PHRASE)
    for name, text in typed.items():
        expect(page.locator(f"[name={name}]")).to_have_value(text)


@each_way
def test_an_address_typed_by_hand_becomes_the_one_the_server_would_make(signed_in: Open, way: str):
    page = signed_in(OFFICER, "/quan-tri/tin-bai/add/")
    address = page.locator("[name=slug]")
    WAYS[way](page, address, "Đình công ở xưởng Dệt")
    address.blur()

    expect(address).to_have_value("dinh-cong-o-xuong-det")


@each_way
def test_a_list_that_follows_the_typing_ends_with_the_whole_words(drafts, signed_in: Open, way: str):
    page = signed_in(OFFICER, "/quan-tri/tin-bai/")
    box, found = page.locator("[data-w-swap-target=input]"), page.locator("#listing-results")
    expect(found).to_contain_text("Bữa ăn ca")
    WAYS[way](page, box, "Đường Nguyễn")

    expect(found).not_to_contain_text("Bữa ăn ca")
    expect(found).to_contain_text("Đường Nguyễn Huệ sạch đẹp")
    expect(box).to_have_value("Đường Nguyễn")


@each_way
def test_pictures_are_found_while_their_name_is_typed(drafts, signed_in: Open, way: str):
    page = signed_in(OFFICER, "/quan-tri/tin-bai/add/")
    page.locator("#id_photo-chooser button:visible").first.click()
    dialog = page.locator(".modal")
    expect(dialog).to_contain_text("Bếp ăn của nhà máy")
    expect(dialog).to_be_focused()
    box = dialog.locator("[name=q]")
    WAYS[way](page, box, "Đường hoa")

    expect(dialog).not_to_contain_text("Bếp ăn của nhà máy")
    expect(dialog).to_contain_text("Đường hoa mùa xuân")
    expect(box).to_have_value("Đường hoa")


@each_way
def test_our_own_search_boxes_and_forms_take_what_was_typed(signed_in: Open, way: str):
    page = signed_in(ADMINISTRATOR, "/quan-tri/to-chuc/tai-khoan/")
    WAYS[way](page, page.locator("main [name=q]"), "Người duyệt")
    page.keyboard.press("Enter")
    expect(page.locator("main tbody tr")).to_have_count(1)
    expect(page.locator("main tbody")).to_contain_text("Người duyệt")
    expect(page.locator("main [name=q]")).to_have_value("Người duyệt")

    page.goto("/quan-tri/to-chuc/nguoi/them/")
    name = page.locator("main input[type=text]").first
    WAYS[way](page, name, "Đặng Thị Thuỳ Dương")
    expect(name).to_have_value("Đặng Thị Thuỳ Dương")
