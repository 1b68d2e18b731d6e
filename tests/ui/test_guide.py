"""The guide on screen: whole, its links and pictures lead somewhere, and it is found without tone marks."""

import re
import tomllib
import unicodedata
from pathlib import Path

import pytest
from django.urls import get_resolver

from loa.desk import guides
from loa.ui import guide
from tests import make
from tests.desk.test_home import own_screens

ROOT = Path(__file__).resolve().parents[2]
BASE = "/huong-dan/"
NAMES = sorted(path.stem for path in guide.FOLDER.glob("*.md"))


def links(html: str) -> list[str]:
    return re.findall(r'href="(/huong-dan/[^"]*|#[^"]*)"', html)


@pytest.mark.parametrize("name", NAMES)
def test_every_link_inside_the_guide_leads_to_a_page_and_a_heading(name):
    page = guide.page(name, base=BASE)
    assert page is not None
    broken = []
    for href in links(page.html):
        target, _hash, anchor = href.partition("#")
        there = page if not target else guide.page(target.removeprefix(BASE).strip("/") or guide.INDEX, base=BASE)
        if there is None or (anchor and anchor not in there.anchors):
            broken.append(href)

    assert broken == []


@pytest.mark.parametrize("name", NAMES)
def test_every_picture_of_the_guide_is_there_small_and_described(name):
    page = guide.page(name, base=BASE)
    assert page is not None
    shown = re.findall(r'<img src="/huong-dan/hinh/([^"]+)" alt="([^"]*)"', page.html)
    found = [(file, path.stat().st_size if (path := guide.picture(file)) else 0, alt) for file, alt in shown]

    assert len(found) == page.html.count("<img")
    assert [file for file, size, alt in found if not 0 < size <= 60_000 or len(alt) < 10] == []


def test_pages_with_no_way_to_them_are_not_written():
    index = guide.page(guide.INDEX, base=BASE)
    assert index is not None
    reached = {href.removeprefix(BASE).partition("/")[0] for href in links(index.html)}

    assert set(NAMES) - {guide.INDEX} - reached == set()


@pytest.mark.parametrize(
    "words", ["dinh chinh", "đính chính", "ĐÍNH  CHÍNH", unicodedata.normalize("NFD", "đính chính")]
)
def test_the_guide_is_searched_in_any_spelling(words):
    hits = guide.search(words, base=BASE)

    assert ("tin-bai", "dinh-chinh-va-go") in {(hit.page.slug, hit.passage.anchor) for hit in hits[:4]}


def test_a_search_shows_where_the_words_stand():
    [hit, *_] = [hit for hit in guide.search("gần hạn đứng trên", base=BASE) if hit.page.slug == "noi-lam-viec"]

    assert "gần hạn" in hit.excerpt.lower()
    assert guide.search("  ", base=BASE) == []
    assert guide.search("xyzt không có", base=BASE) == []


def test_names_that_are_no_pages_open_nothing(client):
    for name in ("..", "../README", "khong-co", "../../pyproject"):
        assert guide.page(name, base=BASE) is None
        assert guide.picture(name) is None
    assert client.get("/huong-dan/khong-co/").status_code == 404
    assert client.get("/huong-dan/hinh/x.py").status_code == 404


def test_what_is_typed_in_markdown_is_shown_and_never_run(tmp_path):
    (tmp_path / "thu.md").write_text("# Thử\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1))", encoding="utf-8")

    html = guide._rendered(tmp_path / "thu.md", BASE, 0).html

    assert "<script" not in html
    assert "javascript:" not in re.sub(r">[^<]*<", "><", html)


def test_an_installed_package_carries_the_guide():
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]

    assert wheel["wheel"]["force-include"] == {"docs/guide": "loa/guide"}


def test_anybody_may_read_the_guide(client):
    page = client.get("/huong-dan/chu-tich-cdcs/")

    assert page.status_code == 200
    assert "Một tuần của bạn" in page.content.decode()
    found = client.get("/huong-dan/", {"q": "chuyen di"}).content.decode()
    assert "/huong-dan/chu-tich-cdcs/#" in found


@pytest.mark.django_db
def test_every_screen_leads_to_its_page_of_the_guide(client):
    screens = [":".join((*spaces, entry.name)) for spaces, entry in own_screens(get_resolver())]
    unexplained = {name for name in screens if name not in guides.HELP and name.partition(":")[0] not in guides.HELP}
    missing = []
    for where in guides.HELP.values():
        name, _hash, anchor = where.partition("#")
        page = guide.page(name, base=BASE)
        if page is None or (anchor and anchor not in page.anchors):
            missing.append(where)

    assert unexplained == set()
    assert missing == []


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["", "tin-bai/", "tin-bai/add/", "bao-cao/", "to-chuc/nguoi/"])
def test_the_way_to_the_guide_stands_on_every_screen(client, path):
    client.force_login(make.account(role="officer", unit=make.unit()))

    page = client.get(f"/quan-tri/{path}").content.decode()

    [address] = re.findall(r'<a class="desk-help" href="([^"]+)"', page)
    assert client.get(address).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(guides.ROLES))
def test_everybody_is_offered_the_page_for_their_work(client, role):
    client.force_login(make.account(role=role, unit=make.unit()))
    name, _text = guides.ROLES[role]

    assert f'href="/quan-tri/huong-dan/{name}/"' in client.get("/quan-tri/").content.decode()
    assert client.get(f"/quan-tri/huong-dan/{name}/").status_code == 200
