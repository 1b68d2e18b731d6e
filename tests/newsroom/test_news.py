"""News of one's own unit: told by its chair in one short form, approved like every story, and she hears of it."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from loa.base.errors import Refused
from loa.ledger.models import Entry
from loa.newsroom import actions, queries
from loa.newsroom.actions import News
from loa.newsroom.models import Photo, Story
from loa.people.roles import ROLES, Ability
from tests import make
from tests import make_news as news
from tests.make import NOON

pytestmark = pytest.mark.django_db
TITLE, TEXT = "Ca đêm có bữa ăn nóng", "Từ tối nay, anh chị em ca đêm có bữa ăn nóng.\nBếp mở lúc 23 giờ."


@pytest.fixture
def cast():
    province = make.unit(name="Liên đoàn tỉnh")
    commune = make.unit(parent=province, name="Công đoàn phường")
    unit = make.unit(parent=commune, name="CĐCS Xưởng May")
    return {
        "unit": unit,
        "chair": make.account(role="chair", unit=unit),
        "approver": make.account(role="approver", unit=commune),
        "planner": make.account(role="planner", unit=province),
        "other": make.account(role="chair", unit=make.unit(parent=commune)),
    }


def picture(name: str = "IMG_1.jpg") -> SimpleUploadedFile:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    content = io.BytesIO()
    Image.radial_gradient("L").resize((400, 300)).save(content, "JPEG", exif=exif.tobytes())
    return SimpleUploadedFile(name, content.getvalue(), "image/jpeg")


def told(cast, **said):
    wanted = {"title": TITLE, "text": TEXT}
    return actions.tell_news(News(**wanted | said), unit=cast["unit"], by=cast["chair"], at=NOON)


def published(cast, story):
    actions.approve(story, by=cast["approver"], at=NOON)
    actions.approve(story, by=cast["planner"], at=NOON)
    story.refresh_from_db()
    return story


def state(story):
    return queries.for_desk(story.pk, on=make.DAY).state


def page(client, name, *args):
    return client.get(reverse(name, args=args)).content.decode()


def test_what_a_chair_tells_is_a_story_of_the_unit_that_waits_for_its_approval(cast):
    story = told(cast, picture=picture(), shown="agreed")

    assert (story.unit, story.author, story.title, story.short) == (cast["unit"], cast["chair"], TITLE, TEXT)
    assert (story.product_type.code, state(story), story.live) == ("tin", "waiting", False)
    photo = Photo.objects.get()
    assert (story.photo, photo.unit, photo.shown, bool(photo.consent_proof)) == (photo, cast["unit"], "agreed", True)
    assert "IMG_1" not in photo.title
    with photo.file.open("rb") as file, Image.open(file) as drawn:
        assert dict(drawn.getexif()) == {}
    submitted = Entry.objects.get(subject=story.ref)
    assert (submitted.kind, submitted.actor) == ("newsroom.story-submitted", cast["chair"].ref)
    assert Entry.objects.get(subject=photo.ref).kind == "newsroom.photo-added"


def test_it_is_approved_step_by_step_and_never_by_whoever_told_it(cast):
    story = told(cast)

    with pytest.raises(Refused):
        actions.approve(story, by=cast["chair"], at=NOON)
    published(cast, story)

    assert (story.live, story.slug) == (True, "ca-dem-co-bua-an-nong")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"title": " "}, "tiêu đề"),
        ({"text": " "}, "vài câu"),
        ({"text": "chữ " * 130}, "120"),
        ({"picture": picture()}, "nhận ra được ai"),
        ({"picture": picture(), "shown": "refused"}, "nhận ra được ai"),
        ({"picture": SimpleUploadedFile("x.jpg", b"hong"), "shown": "nobody"}, "không phải là ảnh"),
    ],
)
def test_what_cannot_be_handed_in_is_refused_and_leaves_nothing(cast, said, words):
    with pytest.raises(Refused, match=words):
        told(cast, **said)

    assert (Story.objects.count(), Photo.objects.count(), Entry.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("who", ["other", "approver", "planner"])
def test_only_whoever_answers_for_the_unit_tells_its_news(cast, who):
    with pytest.raises(Refused, match="của đơn vị mình"):
        actions.tell_news(News(title=TITLE, text=TEXT), unit=cast["unit"], by=cast[who], at=NOON)

    assert Story.objects.count() == 0


def test_pressed_twice_over_a_poor_line_it_is_told_once(cast):
    first, again = told(cast), told(cast, picture=picture(), shown="nobody")
    other = told(cast, text="Chuyện khác.")

    assert first == again != other
    assert (Story.objects.count(), Photo.objects.count()) == (2, 0)


def test_what_came_back_is_changed_and_handed_in_again(cast):
    story = told(cast, picture=picture(), shown="nobody")
    better = News(title=TITLE, text="Bếp mở lúc 23 giờ, có 120 suất.")
    with pytest.raises(Refused, match="Đang có người đọc"):
        actions.tell_again(story, better, by=cast["chair"], at=NOON)
    actions.return_with_remark(story, remark="Bao nhiêu suất?", by=cast["approver"], at=NOON)
    with pytest.raises(Refused):
        actions.tell_again(story, better, by=cast["other"], at=NOON)

    actions.tell_again(story, better, by=cast["chair"], at=NOON)

    latest = queries.for_desk(story.pk, on=make.DAY).get_latest_revision_as_object()
    assert (latest.short, latest.photo, state(story)) == (better.text, Photo.objects.get(), "waiting")
    with pytest.raises(Refused, match="đã đăng"):
        actions.tell_again(published(cast, story), better, by=cast["chair"], at=NOON)


def test_whose_role_has_ended_changes_nothing_any_more(cast):
    story = told(cast)
    actions.return_with_remark(story, remark="Thêm ngày.", by=cast["approver"], at=NOON)
    cast["chair"].grants.update(ended_on=make.DAY)

    with pytest.raises(Refused):
        actions.tell_again(story, News(title=TITLE, text=TEXT), by=cast["chair"], at=NOON)


def test_the_form_is_one_page_for_a_telephone(client, cast):
    client.force_login(cast["chair"])
    shown = page(client, "newsroom:news")
    assert '<input type="hidden" name="unit"' in shown
    assert "Chưa có tin nào" in shown

    typed = {"unit": cast["unit"].pk, "title": TITLE, "text": TEXT, "picture": picture(), "shown": "nobody"}
    answer = client.post(reverse("newsroom:news"), typed)

    assert answer["Location"] == reverse("newsroom:news")
    shown = page(client, "newsroom:news")
    assert TITLE in shown
    assert "chờ duyệt" in shown


def test_a_refusal_keeps_what_was_typed(client, cast):
    client.force_login(cast["chair"])

    answer = client.post(
        reverse("newsroom:news"), {"unit": cast["unit"].pk, "title": TITLE, "text": TEXT, "picture": picture()}
    )

    shown = answer.content.decode()
    assert (answer.status_code, Story.objects.count()) == (422, 0)
    assert "Bếp mở lúc 23 giờ." in shown
    assert "chọn lại ảnh" in shown


def test_the_unit_of_somebody_else_cannot_be_chosen(client, cast):
    client.force_login(cast["other"])

    answer = client.post(reverse("newsroom:news"), {"unit": cast["unit"].pk, "title": TITLE, "text": TEXT})

    assert (answer.status_code, Story.objects.count()) == (422, 0)


def test_her_home_says_at_every_step_where_it_is(client, cast):
    story = told(cast)
    client.force_login(cast["chair"])
    home = reverse("wagtailadmin_home")
    assert "Tin bạn gửi, đang chờ duyệt" in client.get(home).content.decode()

    actions.return_with_remark(story, remark="Bao nhiêu suất?", by=cast["approver"], at=NOON)
    shown = client.get(home).content.decode()
    assert "Bao nhiêu suất?" in shown
    assert reverse("newsroom:news_again", args=[story.pk]) in shown
    assert "Bao nhiêu suất?" in page(client, "newsroom:news_again", story.pk)
    assert "Sửa tin đã gửi" in page(client, "newsroom:story", story.pk)

    client.post(reverse("newsroom:news_again", args=[story.pk]), {"title": TITLE, "text": "Có 120 suất."})
    assert state(story) == "waiting"


def test_when_it_is_out_she_reads_that_it_stands_and_where(client, cast):
    story = told(cast)
    published(cast, story)
    news.placement(story, code="fanpage", url="https://vi-du.example/fanpage/1")
    client.force_login(cast["chair"])

    shown = page(client, "newsroom:news")

    assert reverse("portal:story", args=[story.slug]) in shown
    assert "https://vi-du.example/fanpage/1" in shown
    [out] = queries.news_out(cast["chair"], since=NOON, at=NOON, limit=5)
    assert {place.channel.code for place in out.standing} == {"trang-nay", "fanpage"}
    assert queries.news_out(cast["other"], since=NOON, at=NOON, limit=5) == []


def test_nothing_but_the_form_is_open_to_a_chair(client, cast):
    story = told(cast)
    assert Ability.WRITE_STORIES not in ROLES["chair"]
    client.force_login(cast["chair"])

    for name, args in (
        ("newsroom_story:edit", [story.pk]),
        ("newsroom_story:list", []),
        ("newsroom_story:add", []),
        ("newsroom:photos", []),
        ("newsroom:contributions", []),
    ):
        assert client.get(reverse(name, args=args)).status_code in {403, 404}
    client.force_login(cast["other"])
    assert client.get(reverse("newsroom:news_again", args=[story.pk])).status_code == 404
    assert client.get(reverse("newsroom:story", args=[story.pk])).status_code == 404


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(cast, how_many, django_assert_num_queries):
    for number in range(how_many):
        published(cast, told(cast, title=f"Tin số {number}"))

    with django_assert_num_queries(3):
        rows = queries.news_told(cast["chair"]).rows
        assert [bool(one.story.standing) for one in rows] == [True] * how_many


def test_the_list_goes_on_page_by_page(cast):
    made = [told(cast, title=f"Tin số {number}").pk for number in range(3)]

    first = queries.news_told(cast["chair"], limit=2)
    second = queries.news_told(cast["chair"], limit=2, before=int(first.after))

    assert [one.story.pk for one in (*first.rows, *second.rows)] == made[::-1]
    assert second.after == ""
