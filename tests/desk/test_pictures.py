"""Pictures are found by their names, with and without tone marks, within one's own part of the tree."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from modelsearch import index
from PIL import Image

from loa.ledger.models import Entry
from loa.newsroom.models import Photo
from tests import make, make_news

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("words", ["Đường", "duong ho"])
def test_searching_finds_ones_own_pictures_and_no_others(client, words):
    own, foreign = make.unit(name="Của mình"), make.unit(name="Nơi khác")
    for unit, title in ((own, "Đường hoa mùa xuân"), (own, "Bếp ăn"), (foreign, "Đường hoa nơi khác")):
        index.insert_or_update_object(make_news.photo(unit=unit, title=title))
    client.force_login(make.account(role="writer", unit=own))

    page = client.get(reverse("wagtailimages_chooser:choose_results"), {"q": words})

    assert page.status_code == 200
    assert "Đường hoa mùa xuân" in page.content.decode()
    assert "Bếp ăn" not in page.content.decode()
    assert "Đường hoa nơi khác" not in page.content.decode()


def test_the_chooser_s_own_upload_keeps_no_traces_and_leaves_the_same_fact(client):
    exif = Image.Exif()
    exif[0x010F] = "Hãng máy"
    exif.get_ifd(0x8825)[1] = "N"
    content = io.BytesIO()
    Image.radial_gradient("L").resize((400, 300)).save(content, "JPEG", exif=exif.tobytes())
    unit = make.unit()
    writer = make.account(role="writer", unit=unit)
    client.force_login(writer)

    file = SimpleUploadedFile("Sân.jpg", content.getvalue(), content_type="image/jpeg")
    sent = {"image-chooser-upload-title": "Sân nhà máy", "image-chooser-upload-file": file}
    answer = client.post(reverse("wagtailimages_chooser:create"), sent)

    photo = Photo.objects.get()
    assert (answer.status_code, photo.title, photo.unit, photo.uploaded_by_user) == (200, "Sân nhà máy", unit, writer)
    assert (photo.width, photo.height, photo.words) == (400, 300, "san nha may")
    with photo.file.open() as kept, Image.open(kept) as drawn:
        assert dict(drawn.getexif()) == {}
    [entry] = Entry.objects.filter(subject=photo.ref)
    assert (entry.kind, entry.actor, entry.unit_id) == ("newsroom.photo-added", writer.ref, unit.pk)


def test_what_is_no_picture_is_refused_kindly(client):
    client.force_login(make.account(role="writer", unit=make.unit()))
    file = SimpleUploadedFile("hong.jpg", b"hong", content_type="image/jpeg")

    answer = client.post(
        reverse("wagtailimages_chooser:create"),
        {"image-chooser-upload-title": "Hỏng", "image-chooser-upload-file": file},
    )

    assert answer.status_code == 200
    assert Photo.objects.count() == Entry.objects.count() == 0
