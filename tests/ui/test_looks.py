"""A federation's own name, colour and mark: chosen by whoever administers the whole, dated, and always readable."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from loa.base.dates import today
from loa.base.errors import Refused
from loa.ledger.models import Entry
from loa.ui import actions, looks
from loa.ui.colours import DARK_PANEL, DARK_TEXT, LIGHT_PANEL, WHITE, contrast, shades
from loa.ui.marks import small_png
from loa.ui.models import Look
from tests import make
from tests.make import DAY, NOON

pytestmark = pytest.mark.django_db


def png(side: int = 600) -> bytes:
    made = BytesIO()
    Image.new("RGBA", (side, side), (200, 30, 30, 120)).save(made, "PNG")
    return made.getvalue()


def choose(**given):
    usual: dict[str, Any] = {"name": "Công đoàn Mẫu", "colour": "#8a1538", "from_on": DAY, "at": NOON}
    return actions.choose_look(**usual | {"by": make.superuser()} | given)


@given(st.integers(0, 0xFFFFFF))
def test_whatever_colour_is_chosen_text_can_be_read(number):
    made = shades(f"#{number:06x}")

    assert contrast(made.link, LIGHT_PANEL) >= 4.5
    assert contrast(made.bar, WHITE) >= 4.5
    assert contrast(made.dark_bar, WHITE) >= 4.5
    assert contrast(made.dark_link, DARK_PANEL) >= 4.5
    assert contrast(made.dark_link, DARK_TEXT) >= 4.5


def test_a_colour_that_can_be_read_stays_as_it_is():
    assert shades("#0a4a9c").link == "#0a4a9c"


def test_a_look_holds_from_its_day_and_is_written_down():
    look = choose(from_on=DAY + timedelta(days=3))

    assert looks.latest(on=DAY + timedelta(days=2)) is None
    assert looks.latest(on=DAY + timedelta(days=3)) == look
    [entry] = Entry.objects.filter(subject=look.ref)
    assert (entry.kind, entry.at) == ("ui.look-chosen", NOON)


def test_a_second_choice_for_the_same_day_replaces_the_first_and_keeps_the_mark():
    first = choose(mark=png(64))
    second = choose(name="Tên khác")

    assert (second.pk, second.name, second.logo.name) == (first.pk, "Tên khác", first.logo.name)
    assert choose(keep_mark=False).logo.name == ""
    assert Look.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"from_on": DAY - timedelta(days=1)}, {"colour": "đỏ"}, {"colour": "#12"}, {"name": "x" * 61}]
)
def test_what_cannot_be_shown_is_refused_and_nothing_is_written(wrong):
    with pytest.raises(Refused):
        choose(**wrong)

    assert not Look.objects.exists()
    assert not Entry.objects.exists()


def test_a_mark_is_made_anew_and_small():
    made = small_png(BytesIO(png(600)), size=10)

    with Image.open(BytesIO(made)) as picture:
        assert (picture.format, picture.size) == ("PNG", (256, 256))


@pytest.mark.parametrize("content", [b"<svg onload=alert(1)></svg>", b"", b"\x89PNG\r\n\x1a\n hong", png()[:200]])
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(Refused):
        small_png(BytesIO(content), size=len(content))
    with pytest.raises(Refused):
        small_png(BytesIO(png(8)), size=3_000_000)


def test_the_public_and_the_back_office_carry_what_was_chosen(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    administrator = make.account(role="administrator", unit=make.unit())
    client.force_login(administrator)
    on = today(timezone.now())

    answer = client.post(
        "/quan-tri/giao-dien/",
        {
            "name": "Công đoàn Mẫu",
            "colour": "#8a1538",
            "from_on": on.isoformat(),
            "mark": SimpleUploadedFile("dau.png", png(), content_type="image/png"),
        },
    )

    assert answer.status_code == 302
    looks.forget()
    for path in ("/", "/quan-tri/"):
        page = client.get(path).content.decode()
        assert "Công đoàn Mẫu" in page
        assert looks.current().logo in page
        assert looks.current().sheet in page
    sheet = client.get(looks.current().sheet)
    assert "--accent: #8a1538;" in sheet.content.decode()
    assert "immutable" in sheet["Cache-Control"]


def test_a_page_costs_no_query_for_its_look(django_assert_num_queries):
    choose(from_on=date(2026, 1, 1), at=NOON.replace(month=1, day=1))
    looks.forget()
    with django_assert_num_queries(1):
        looks.current()
    with django_assert_num_queries(0):
        looks.current()


def test_only_whoever_administers_the_whole_chooses(client):
    province = make.unit()
    client.force_login(make.account(role="administrator", unit=make.unit(parent=province)))
    assert client.get("/quan-tri/giao-dien/").status_code == 403
    client.force_login(make.account(role="planner", unit=province))
    assert client.get("/quan-tri/giao-dien/").status_code == 403


@pytest.mark.parametrize(
    "wrong", [{"colour": "do"}, {"from_on": "2020-01-01"}, {"mark": SimpleUploadedFile("a.png", b"khong phai anh")}]
)
def test_a_mistake_is_told_on_the_form(client, wrong):
    client.force_login(make.account(role="administrator", unit=make.unit()))
    given = {"name": "", "colour": "#123456", "from_on": today(timezone.now()).isoformat()} | wrong

    answer = client.post("/quan-tri/giao-dien/", given)

    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()
    assert not Look.objects.exists()
