"""Pictures: their rights, the consent of the people shown, likeness, sizes, and where they are used."""

import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image, ImageDraw

from loa.base.errors import Refused
from loa.config import reactions
from loa.ledger.facts import SYSTEM
from loa.ledger.models import Entry
from loa.newsroom import actions, consent, queries, shapes
from loa.newsroom.consent import Rights, Shown
from loa.newsroom.likeness_of_pictures import ALIKE, distance
from loa.newsroom.models import Limits, Photo, StoryPhoto
from loa.newsroom.traces import without_traces
from loa.people.policies import Scope
from loa.planning.models import Task
from tests import make
from tests import make_news as news
from tests.make import DAY, NOON

pytestmark = pytest.mark.django_db
TOMORROW, YESTERDAY = DAY + timedelta(days=1), DAY - timedelta(days=1)


@pytest.fixture
def cast():
    province = make.unit(name="Liên đoàn tỉnh")
    unit = make.unit(parent=province, name="Công đoàn của mình")
    return {
        "unit": unit,
        "writer": make.account(role="writer", unit=unit),
        "approver": make.account(role="planner", unit=province),
        "province": province,
    }


def drawn(seed: int = 1, *, size: tuple[int, int] = (800, 600), format_: str = "JPEG", exif: bytes = b"") -> bytes:
    """A picture with shapes in it, other ones for another seed."""
    picture = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(picture)
    for n in range(12):
        x, y = (n * 97 * seed) % 700 * size[0] // 800, (n * 53 * seed) % 500 * size[1] // 600
        shade = (n * 83 * seed) % 200
        pen.rectangle((x, y, x + size[0] // 6, y + size[1] // 6), fill=(shade, 255 - shade, shade // 2))
    content = io.BytesIO()
    picture.save(content, format_, **({"exif": exif} if exif else {}))
    return content.getvalue()


def upload(content: bytes, name: str = "hinh.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


def described(photo: Photo, **changed):
    told = {
        "title": photo.title,
        "alt": "",
        "credit": "",
        "licence": None,
        "place": "",
        "taken_on": None,
        "tags": [],
        "shown": "nobody",
        "consent_proof": "",
        "consent_until": None,
    }
    return told | changed


@pytest.mark.parametrize(
    ("rights", "may"),
    [
        (Rights(title="A", shown=Shown.UNSAID), False),
        (Rights(title="A", shown=Shown.NOBODY), True),
        (Rights(title="A", shown=Shown.PUBLIC), True),
        (Rights(title="A", shown=Shown.AGREED), True),
        (Rights(title="A", shown=Shown.AGREED, until=DAY), True),
        (Rights(title="A", shown=Shown.AGREED, until=YESTERDAY), False),
        (Rights(title="A", shown=Shown.REFUSED), False),
        (Rights(title="A", shown=Shown.NOBODY, publishable=False), False),
    ],
)
def test_a_picture_may_be_published_when_the_people_shown_agree_that_day(rights, may):
    assert (consent.objection(rights, on=DAY) == "") == may


@pytest.mark.parametrize("where", ["lead", "caption", "text"])
@pytest.mark.parametrize("shown", ["", "refused"])
def test_a_story_with_a_picture_nobody_agreed_to_is_not_published(cast, where, shown):
    photo = news.photo(unit=cast["unit"], title="Ca đêm", shown=shown)
    story = news.story(unit=cast["unit"], published_at=None, short="Tin ngắn.", author=cast["writer"])
    if where == "lead":
        story.photo = photo
    elif where == "caption":
        story.photos = [StoryPhoto(photo=photo, caption="Chú thích")]
    else:
        story.deep = f'<p>Bài.</p><embed embedtype="image" id="{photo.pk}" format="fullwidth" alt=""/>'
    story.save_revision()

    with pytest.raises(Refused, match="Ca đêm"):
        actions.publish(story, by=cast["approver"], at=NOON)
    with pytest.raises(Refused, match="Ca đêm"):
        actions.submit(story, by=cast["writer"], at=NOON)

    assert not Entry.objects.filter(subject=story.ref).exists()
    Photo.objects.filter(pk=photo.pk).update(shown="nobody")
    actions.publish(story, by=cast["approver"], at=NOON)
    story.refresh_from_db()
    assert story.live


def test_a_scheduled_story_needs_a_consent_that_lasts_until_its_day(cast):
    photo = news.photo(unit=cast["unit"], shown="agreed", consent_proof="Giấy đồng ý", consent_until=TOMORROW)
    story = news.story(unit=cast["unit"], published_at=None, short="Tin ngắn.", photo=photo)
    story.go_live_at = NOON + timedelta(days=3)
    story.save_revision()

    with pytest.raises(Refused, match="03/03/2026"):
        actions.publish(story, by=cast["approver"], at=NOON)

    assert not Entry.objects.filter(subject=story.ref).exists()


def test_a_correction_is_held_up_by_new_pictures_only(cast):
    old, new = news.photo(unit=cast["unit"], shown=""), news.photo(unit=cast["unit"], title="Mới", shown="")
    story = news.story(unit=cast["unit"], short="Tin ngắn.", photo=old)
    story.short = "Tin đúng."
    story.save_revision()
    actions.correct(story, note="Sửa giờ.", by=cast["approver"], at=NOON)
    story.refresh_from_db()
    story.photo = new
    story.save_revision()

    with pytest.raises(Refused, match="Mới"):
        actions.correct(story, note="Thay ảnh.", by=cast["approver"], at=NOON)


def test_adding_keeps_no_traces_of_the_camera_and_leaves_one_fact(cast):
    exif = Image.Exif()
    exif[0x010F] = "Hãng máy"
    exif.get_ifd(0x8825)[1] = "N"

    photo = actions.add_photo(
        upload(drawn(exif=exif.tobytes()), "Sân nhà máy.jpg"), unit=cast["unit"], by=cast["writer"], at=NOON
    )

    with photo.file.open() as file, Image.open(file) as kept:
        assert dict(kept.getexif()) == {}
    assert (photo.title, photo.width, photo.height, photo.likeness != "") == ("Sân nhà máy", 800, 600, True)
    [entry] = Entry.objects.filter(subject=photo.ref)
    assert (entry.kind, entry.actor, entry.at) == ("newsroom.photo-added", cast["writer"].ref, NOON)


def test_a_picture_taken_upright_stays_upright():
    exif = Image.Exif()
    exif[0x0112] = 6

    with Image.open(without_traces(upload(drawn(exif=exif.tobytes())))) as kept:
        assert kept.size == (600, 800)


@pytest.mark.parametrize("content", [b"", b"kein Bild", drawn()[:900]])
def test_what_is_no_picture_is_refused_and_records_nothing(cast, content):
    with pytest.raises(Refused):
        actions.add_photo(upload(content), unit=cast["unit"], by=cast["writer"], at=NOON)

    assert (Photo.objects.count(), Entry.objects.count()) == (0, 0)


def test_pictures_are_put_in_and_described_only_where_one_writes(cast):
    stranger = make.account(role="writer", unit=make.unit())
    photo = news.photo(unit=cast["unit"])

    with pytest.raises(Refused):
        actions.add_photo(upload(drawn()), unit=cast["unit"], by=stranger, at=NOON)
    with pytest.raises(Refused):
        actions.describe_photo(photo, **described(photo), by=stranger, at=NOON)
    with pytest.raises(Refused):
        actions.remove_photo(photo, by=stranger, at=NOON)

    assert Entry.objects.count() == 0


@pytest.mark.parametrize(
    "wrong", [{"title": " "}, {"taken_on": TOMORROW}, {"shown": "agreed"}, {"shown": "agreed", "consent_proof": "  "}]
)
def test_a_description_that_cannot_be_true_is_refused(cast, wrong):
    photo = news.photo(unit=cast["unit"], title="Ảnh")

    with pytest.raises(Refused):
        actions.describe_photo(photo, **described(photo, **wrong), by=cast["writer"], at=NOON)

    assert Entry.objects.count() == 0


def test_a_consent_taken_back_takes_the_picture_off_the_page_at_once_and_back_again(client, cast):
    photo = actions.add_photo(upload(drawn()), unit=cast["unit"], shown="nobody", by=cast["writer"], at=NOON)
    story = news.story(unit=cast["unit"], photo=photo, short="Tin ngắn.", title="Tin có ảnh")
    page = reverse("portal:story", args=[story.slug])
    assert b"<picture>" in client.get(page).content

    actions.describe_photo(photo, **described(photo, shown="refused"), by=cast["writer"], at=NOON)
    assert b"<picture>" not in client.get(page).content

    told = described(photo, shown="agreed", consent_proof="Tin nhắn ngày 02/3")
    actions.describe_photo(photo, **told, by=cast["writer"], at=NOON)
    assert b"<picture>" in client.get(page).content
    kinds = list(Entry.objects.filter(subject=photo.ref).order_by("pk").values_list("kind", flat=True))
    assert kinds == [
        "newsroom.photo-added",
        "newsroom.photo-described",
        "newsroom.photo-withheld",
        "newsroom.photo-described",
        "newsroom.photo-shown-again",
    ]


def test_an_ending_consent_is_a_task_once_and_an_ended_one_takes_the_picture_down_everywhere(cast):
    ends = DAY + timedelta(days=10)
    photo = news.photo(unit=cast["unit"], title="Tổ may", shown="agreed", consent_proof="Giấy", consent_until=ends)
    story = news.story(unit=cast["unit"], photo=photo)
    board = news.placement(story, code="bang-tin", by=cast["writer"])
    news.photo(unit=cast["unit"], shown="agreed", consent_proof="Giấy", consent_until=ends)  # used nowhere

    for _ in range(2):
        actions.watch_consents(on=DAY, by=SYSTEM, at=NOON)

    [task] = Task.objects.all()
    assert (task.unit, task.due_on, task.subject) == (cast["unit"], ends, photo.ref)
    assert "Tổ may" in task.title
    later = NOON + timedelta(days=11)
    actions.watch_consents(on=ends + timedelta(days=1), by=SYSTEM, at=later)
    photo.refresh_from_db()
    assert photo.withheld_at == later
    [withheld] = Entry.objects.filter(kind="newsroom.photo-withheld", subject=photo.ref)
    reactions.take_photo_down(withheld)
    assert Task.objects.filter(subject=board.ref).count() == 1


def test_the_days_of_warning_are_a_dated_setting(cast):
    Limits.objects.create(valid_from=date(2026, 1, 1), warn_days=5)
    photo = news.photo(shown="agreed", consent_proof="Giấy", consent_until=DAY + timedelta(days=10))

    assert list(queries.consents_ending(on=DAY)) == []
    assert list(queries.consents_ending(on=date(2025, 12, 31) + timedelta(days=66))) == [photo]


def test_where_a_picture_is_used_costs_the_same_for_one_story_and_three(cast, django_assert_num_queries):
    photo = news.photo(unit=cast["unit"])
    for number in (1, 3):
        while len(queries.uses(photo.pk, on=DAY).stories) < number:
            news.story(unit=cast["unit"], photo=photo)
        with django_assert_num_queries(3):
            used = queries.uses(photo.pk, on=DAY)
        assert (len(used.stories), used.placements) == (number, [])


def test_the_same_picture_is_found_scaled_and_saved_anew_and_another_is_not(cast):
    same = Image.open(io.BytesIO(drawn(7))).resize((320, 240))
    smaller = io.BytesIO()
    same.save(smaller, "WEBP", quality=60)
    first = actions.add_photo(upload(drawn(7)), unit=cast["unit"], by=cast["writer"], at=NOON)
    copy = actions.add_photo(upload(smaller.getvalue(), "nho.webp"), unit=cast["unit"], by=cast["writer"], at=NOON)
    other = actions.add_photo(upload(drawn(3)), unit=cast["unit"], by=cast["writer"], at=NOON)
    reach = Scope(on=DAY, everything=True)

    assert distance(first.likeness, copy.likeness) <= ALIKE < distance(first.likeness, other.likeness)
    assert queries.alike(copy, reach) == [first]
    assert queries.alike(other, reach) == []

    actions.keep_photos_apart(copy, other=first, by=cast["writer"], at=NOON)
    assert queries.alike(copy, reach) == []
    assert Entry.objects.filter(kind="newsroom.photos-kept-apart").count() == 1


def test_a_picture_of_one_colour_looks_like_nothing(cast):
    one, two = (
        actions.add_photo(upload(news.jpeg(), f"{n}.jpg"), unit=cast["unit"], by=cast["writer"], at=NOON)
        for n in range(2)
    )

    assert (one.likeness, two.likeness) == ("", "")
    assert queries.alike(two, Scope(on=DAY, everything=True)) == [one]  # the very same file all the same


def test_only_an_unused_picture_is_taken_out(cast, django_capture_on_commit_callbacks):
    photo, used = news.photo(unit=cast["unit"]), news.photo(unit=cast["unit"])
    news.story(unit=cast["unit"], photo=used)
    storage, name = photo.file.storage, photo.file.name

    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_photo(photo, kept=used, by=cast["writer"], at=NOON)
    with pytest.raises(Refused):
        actions.remove_photo(used, by=cast["writer"], at=NOON)

    assert not storage.exists(name)
    [entry] = Entry.objects.all()
    assert (entry.kind, entry.data) == ("newsroom.photo-removed", {"kept_id": used.pk})


def test_sizes_are_made_beforehand_and_once(cast, django_assert_num_queries):
    photo = news.photo(unit=cast["unit"])
    assert queries.unprepared() == [photo.pk]

    actions.prepare_photo(photo)

    assert queries.unprepared() == []
    made = {one.filter_spec: (one.width, one.file.name[-4:]) for one in photo.renditions.all()}
    assert set(made) == set(shapes.ALL)
    assert made["fill-480x270|format-avif|avifquality-50"] == (480, "avif")


def test_a_file_that_cannot_be_drawn_is_not_tried_for_ever(cast):
    photo = news.photo(unit=cast["unit"])
    with photo.file.storage.open(photo.file.name, "wb") as file:
        file.write(b"hong")

    actions.prepare_photo(photo)

    assert queries.unprepared() == []


def test_a_page_draws_nothing_and_takes_the_smaller_size_that_is_there(client, cast):
    photo = actions.add_photo(upload(drawn()), unit=cast["unit"], shown="nobody", by=cast["writer"], at=NOON)
    story = news.story(unit=cast["unit"], photo=photo, short="Tin ngắn.")
    made = photo.renditions.count()

    page = client.get(reverse("portal:story", args=[story.slug])).content.decode()
    home = client.get(reverse("portal:home")).content.decode()

    assert photo.renditions.count() == made == 1
    assert 'width="480" height="360"' in page
    assert "<picture><img" in home  # no card size is there yet: the small one stands for it
    actions.prepare_photo(photo)
    page = client.get(reverse("portal:story", args=[story.slug])).content.decode()
    assert page.index("image/avif") < page.index("image/webp")


def test_pictures_in_a_text_cost_two_queries_and_withheld_ones_are_left_out(client, cast):
    photos = [
        actions.add_photo(upload(drawn(n)), unit=cast["unit"], shown="nobody", by=cast["writer"], at=NOON)
        for n in (1, 2, 3)
    ]
    actions.describe_photo(photos[0], **described(photos[0], shown="refused"), by=cast["writer"], at=NOON)
    embeds = "".join(f'<embed embedtype="image" id="{one.pk}" format="left" alt="Ảnh {one.pk}"/>' for one in photos)
    story = news.story(unit=cast["unit"], deep=f"<p>Bài.</p>{embeds}")

    page = client.get(reverse("portal:story", args=[story.slug])).content.decode()

    assert page.count("<picture>") == 2
    assert f'alt="Ảnh {photos[0].pk}"' not in page


@pytest.mark.parametrize("words", ["Đường may", "duong may", "an tran", "quy", "tổ 3"])
def test_the_library_finds_name_credit_place_and_tags_without_marks(client, cast, words):
    photo = news.photo(unit=cast["unit"], title="Đường may mới")
    told = described(photo, credit="Văn Trần", place="Xưởng Quý", tags=["Tổ 3"])
    actions.describe_photo(photo, **told, by=cast["writer"], at=NOON)
    news.photo(unit=cast["unit"], title="Khác hẳn")
    client.force_login(cast["writer"])

    page = client.get(reverse("newsroom:photos"), {"q": words}).content.decode()

    assert "Đường may mới" in page
    assert "Khác hẳn" not in page


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_library_costs_the_same_for_one_picture_and_three(cast, how_many, django_assert_num_queries):
    for _ in range(how_many):
        news.photo(unit=cast["unit"])

    with django_assert_num_queries(2):
        page = queries.library(Scope(on=DAY, everything=True), on=DAY)
        assert [photo.licence for photo in page.photos] == [None] * how_many
        assert [list(photo.renditions.all()) for photo in page.photos] == [[]] * how_many


def test_the_library_pages_by_key(cast):
    photos = [news.photo(unit=cast["unit"]) for _ in range(3)]
    reach = Scope(on=DAY, everything=True)

    first = queries.library(reach, limit=2, on=DAY)
    second = queries.library(reach, limit=2, before=int(first.after), on=DAY)

    assert (first.photos, second.photos, second.after) == ([photos[2], photos[1]], [photos[0]], "")


def test_the_screens_put_in_describe_and_take_out(client, cast):
    client.force_login(cast["writer"])
    answer = client.post(
        reverse("newsroom:new_photos"), {"pictures": [upload(drawn(1))], "unit": cast["unit"].pk, "shown": ""}
    )
    photo = Photo.objects.get()
    assert answer["Location"] == reverse("newsroom:photo", args=[photo.pk])

    client.post(reverse("newsroom:photo", args=[photo.pk]), {"title": "Tên mới", "shown": "public", "tags": "hội nghị"})
    photo.refresh_from_db()
    assert (photo.title, photo.shown, [tag.name for tag in photo.tags.all()]) == ("Tên mới", "public", ["hội nghị"])

    several = {"pictures": [upload(drawn(1)), upload(drawn(5))], "unit": cast["unit"].pk}
    page = client.post(reverse("newsroom:new_photos"), several, follow=True).content.decode()
    assert "trông giống ảnh đã có" in page
    client.post(reverse("newsroom:remove_photo", args=[photo.pk]))
    assert Photo.objects.count() == 2


def test_wagtails_own_editor_of_pictures_leads_to_ours(client, cast):
    photo = news.photo(unit=cast["unit"])
    client.force_login(cast["writer"])

    answer = client.get(reverse("wagtailimages:edit", args=[photo.pk]))

    assert answer["Location"] == reverse("newsroom:photo", args=[photo.pk])


def test_nothing_is_left_of_a_picture_when_what_follows_fails(cast):
    """The database refuses a consent without its proof."""
    file = upload(drawn(), "khong-con-gi.jpg")

    with pytest.raises(IntegrityError), transaction.atomic():
        actions.add_photo(file, unit=cast["unit"], shown="agreed", by=cast["writer"], at=NOON)

    assert list(Path(settings.MEDIA_ROOT).rglob("khong-con-gi*")) == []


def test_the_picture_that_proves_a_placement_keeps_no_traces_either(cast):
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    story = news.story(unit=cast["unit"])

    placed = actions.place(
        story,
        channel=news.channel("bang-tin"),
        placed_on=DAY,
        picture=upload(drawn(exif=exif.tobytes())),
        by=cast["writer"],
        at=NOON,
    )

    assert placed.photo is not None
    with placed.photo.file.open() as file, Image.open(file) as kept:
        assert dict(kept.getexif()) == {}
    with pytest.raises(Refused, match="không phải"):
        actions.place(
            story, channel=news.channel("bang-tin"), placed_on=DAY, picture=upload(b"hong"), by=cast["writer"], at=NOON
        )
