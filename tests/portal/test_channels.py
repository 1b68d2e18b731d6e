"""Official channels: who may list them, and how a worker tells a real one from a false one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from loa.base.errors import Refused
from loa.ledger.models import Entry
from loa.portal import actions, queries
from loa.portal.likeness import bare, is_within, looks_like
from loa.portal.models import OfficialChannel
from tests import make
from tests.make import NOON

Kind = OfficialChannel.Kind


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("https://www.facebook.com/CongDoanMau/?ref=share", "facebook.com/congdoanmau"),
        ("m.facebook.com/congdoanmau", "facebook.com/congdoanmau"),
        ("HTTPS://Congdoan.Example/", "congdoan.example"),
        ("congdoan.example/index.html", "congdoan.example"),
        ("0905 123 456", "+84905123456"),
        ("Hoi@CongDoan.example", "hoi@congdoan.example"),
        ("http://[bad", "http://[bad"),
        ("", ""),
    ],
)
def test_what_makes_no_difference_is_taken_away(typed, expected):
    assert bare(typed) == (expected or bare(""))


def test_a_post_on_the_page_belongs_to_the_page_and_a_longer_name_does_not():
    assert is_within("facebook.com/congdoan/posts/1", "facebook.com/congdoan")
    assert not is_within("facebook.com/congdoan-gia", "facebook.com/congdoan")
    assert not is_within("congdoan.example.evil.example", "congdoan.example")


@pytest.mark.parametrize(
    ("asked", "official", "expected"),
    [
        ("congdoanbinhdinh.evil", "congdoanbinhdinh.vn", True),
        ("c0ngdoanbinhdinh.vn", "congdoanbinhdinh.vn", True),
        ("facebook.com/congdoanmau1", "facebook.com/congdoanmau", True),
        ("congdoanbinhdinh.vn/tin/1", "congdoanbinhdinh.vn", False),
        ("facebook.com/banhang", "facebook.com/congdoanmau", False),
        ("baomoi.example", "congdoanbinhdinh.vn", False),
    ],
)
def test_what_could_be_taken_for_an_official_address_is_told(asked, official, expected):
    assert looks_like(asked, official) is expected


@pytest.fixture
def unit():
    return make.unit(code="CS-1", name="Công đoàn Hoa Sen")


@pytest.fixture
def approver(unit):
    return make.account(role="approver", unit=unit)


def verify(unit, approver, **fields):
    given = {"kind": Kind.FACEBOOK, "name": "Công đoàn Hoa Sen", "address": "facebook.com/congdoanhoasen"} | fields
    return actions.verify_channel(unit, by=approver, at=NOON, **given)


@pytest.mark.django_db
def test_listing_a_channel_keeps_the_day_and_records_the_fact(unit, approver):
    channel = verify(unit, approver)

    assert (channel.address, channel.checked_on) == ("https://facebook.com/congdoanhoasen", NOON.date())
    [entry] = Entry.objects.all()
    assert (entry.kind, entry.subject, entry.unit_id, entry.data) == (
        "portal.channel-verified", channel.ref, unit.pk, {},
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": "  "}, "Xin ghi tên kênh"),
        ({"address": "http://congdoan.example"}, "https://"),
        ({"address": "không phải"}, "không phải là địa chỉ một trang"),
        ({"kind": Kind.PHONE, "address": "123"}, "số điện thoại Việt Nam"),
        ({"kind": Kind.EMAIL, "address": "hoi"}, "không phải là địa chỉ thư"),
        ({"address": "https://www.facebook.com/CongDoanHoaSen/"}, "đã có trong danh sách"),
    ],
)
def test_what_cannot_be_listed_is_refused_and_records_nothing(unit, approver, wrong, said):
    verify(unit, approver)

    with pytest.raises(Refused, match=said):
        verify(unit, approver, **wrong)

    assert (OfficialChannel.objects.count(), Entry.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_only_who_answers_for_the_unit_lists_looks_again_and_takes_off(unit, approver):
    channel = verify(unit, approver)
    for stranger in (make.account(role="writer", unit=unit), make.account(role="approver", unit=make.unit())):
        for act in (
            lambda by: verify(unit, by, address="zalo.me/1"),
            lambda by: actions.check_channel_again(channel, by=by, at=NOON),
            lambda by: actions.end_channel(channel, by=by, at=NOON),
        ):
            with pytest.raises(Refused, match="đơn vị mình"):
                act(stranger)

    assert Entry.objects.count() == 1


@pytest.mark.django_db
def test_looking_again_dates_it_and_taking_off_ends_it_once(unit, approver):
    channel, later = verify(unit, approver), NOON + timedelta(days=40)
    actions.check_channel_again(channel, by=approver, at=later)
    channel.refresh_from_db()
    assert channel.checked_on == later.date()

    actions.end_channel(channel, by=approver, at=later)
    with pytest.raises(Refused, match="không còn trong danh sách"):
        actions.end_channel(channel, by=approver, at=later)

    assert queries.official_channels(on=later.date()) == []
    assert list(Entry.objects.order_by("pk").values_list("kind", flat=True)) == [
        "portal.channel-verified", "portal.channel-verified", "portal.channel-ended",
    ]  # fmt: skip
    again = actions.verify_channel(
        unit, kind=Kind.FACEBOOK, name="Trang mới", address=channel.address, by=approver, at=later
    )
    assert again.pk != channel.pk


def page(client, asked=""):
    return client.get("/kenh-chinh-thuc/", {"q": asked} if asked else {}).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("https://m.facebook.com/congdoanhoasen/posts/7", "Đúng: đây là “Công đoàn Hoa Sen”"),
        ("facebook.com/congdoanhoasen-hotro", "Cẩn thận: đây không phải là công đoàn"),
        ("https://vi-du.example/qua-tang", "Không có trong danh sách"),
        ("<script>alert(1)</script>", "Không có trong danh sách"),
    ],
)
def test_a_worker_asks_whether_an_address_is_the_unions(client, unit, approver, asked, said):
    verify(unit, approver)

    shown = page(client, asked)

    assert said in shown
    assert "<script>alert" not in shown


@pytest.mark.django_db
def test_the_public_page_costs_the_same_for_1_and_for_3_units(client, unit, approver):
    verify(unit, approver)
    page(client)
    with CaptureQueriesContext(connection) as one:
        page(client)
    for number in range(2):
        other = make.unit(name=f"Công đoàn {number}")
        verify(other, make.account(role="approver", unit=other), address=f"https://cd{number}.example")
    with CaptureQueriesContext(connection) as three:
        shown = page(client)

    assert len(one) == len(three)
    assert shown.count("kiểm tra gần nhất ngày") == 3


@pytest.mark.django_db
def test_without_any_channel_the_page_says_whom_to_ask(client):
    assert "Chưa có kênh nào được kiểm tra" in page(client)


@pytest.mark.django_db
def test_staff_list_look_again_and_take_off_on_their_screen(client, unit, approver):
    client.force_login(approver)
    typed = {"unit": unit.pk, "kind": "phone", "name": "Đường dây nóng", "address": "0905 123 456"}

    answer = client.post("/quan-tri/trang-cong-khai/kenh-chinh-thuc/", typed)

    assert answer.status_code == 302
    channel = OfficialChannel.objects.get()
    assert "Đường dây nóng" in client.get("/quan-tri/trang-cong-khai/kenh-chinh-thuc/").content.decode()
    client.post(f"/quan-tri/trang-cong-khai/kenh-chinh-thuc/{channel.pk}/go/")
    channel.refresh_from_db()
    assert channel.ended_on == timezone.localdate()


@pytest.mark.django_db
def test_staff_who_type_something_wrong_are_told_and_keep_what_they_typed(client, unit, approver):
    client.force_login(approver)
    typed = {"unit": unit.pk, "kind": "website", "name": "Trang tin", "address": "http://congdoan.example"}

    shown = client.post("/quan-tri/trang-cong-khai/kenh-chinh-thuc/", typed).content.decode()

    assert "Chỉ ghi địa chỉ bắt đầu bằng https://" in shown
    assert 'value="Trang tin"' in shown
    assert OfficialChannel.objects.count() == 0
