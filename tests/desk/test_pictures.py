"""Pictures are found by their names, with and without tone marks, within one's own part of the tree."""

import pytest
from django.urls import reverse
from modelsearch import index

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
