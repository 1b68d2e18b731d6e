"""Plain words on tap, stories in pictures, questions, English."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from loa.newsroom.models import Story, StoryPhoto, Term
from loa.portal.explaining import Explained, Explainer, Vocabulary, explained
from tests import make_news as news

WAGE = Explained(key=1, names=("lương cơ sở",), plain="Mức lương do Nhà nước quy định.")
WAGES = Explained(key=2, names=("lương cơ sở mới",), plain="Mức mới.")


def out(**fields):
    return news.story(published_at=timezone.now() - timedelta(hours=1), **fields)


def text(response):
    return response.content.decode()


def test_the_first_mention_leads_to_the_words_below_and_only_the_first():
    explainer = Explainer(Vocabulary([WAGE]))

    first, again = explainer.text("Lương cơ sở tăng; lương cơ sở là gì?"), explainer.html("<p>Lương cơ sở</p>")

    assert first == '<a class="term" id="tu-1-o-day" href="#tu-1">Lương cơ sở</a> tăng; lương cơ sở là gì?'
    assert again == "<p>Lương cơ sở</p>"
    assert explainer.used == [WAGE]


def test_links_headings_and_parts_of_words_are_left_alone_and_the_longest_term_is_taken():
    explainer = Explainer(Vocabulary([WAGE, WAGES]))

    html = '<h2>Lương cơ sở</h2><p><a href="/lương cơ sở">lương cơ sở</a>, xlương cơ sởx, lương cơ sở mới</p>'
    found = explainer.html(html)

    assert explainer.used == [WAGES]
    assert found.count('class="term"') == 1
    assert found.startswith('<h2>Lương cơ sở</h2><p><a href="/lương cơ sở">lương cơ sở</a>')


@given(st.text(max_size=80))
def test_whatever_stands_in_a_text_is_escaped(typed):
    marked = Explainer(Vocabulary([WAGE])).text(f"{typed} lương cơ sở {typed}")

    assert "<" not in marked.replace('<a class="term" id="tu-1-o-day" href="#tu-1">', "").replace("</a>", "")


def test_an_abbreviation_alone_is_explained_by_its_name():
    assert explained(
        [(1, "người lao động", "NLĐ", ""), (2, "việc làm", "", ""), (3, "đình công", "", "Tạm ngừng làm.")]
    ) == [
        Explained(key=1, names=("NLĐ",), plain="người lao động"),
        Explained(key=3, names=("đình công",), plain="Tạm ngừng làm."),
    ]


@pytest.mark.django_db
def test_a_story_explains_its_words_below_and_the_glossary_has_them_all(client):
    Term.objects.filter(name="lương cơ sở").update(plain="Mức do Nhà nước định.")
    story = out(short="NLĐ hỏi về lương cơ sở.", deep="<p>Lương cơ sở &amp; hơn.</p>")

    page, glossary = text(client.get(f"/tin/{story.slug}/")), text(client.get("/tu-dien/"))

    term = Term.objects.get(name="lương cơ sở")
    assert page.count(f'href="#tu-{term.pk}"') == page.count(f'id="tu-{term.pk}"') == 1
    assert "người lao động" in page
    assert "Lương cơ sở &amp; hơn." in page
    assert "Mức do Nhà nước định." in glossary


@pytest.mark.django_db
def test_a_story_in_pictures_shows_them_in_order_with_their_words_and_none_that_is_withheld(client):
    story = out(title="Một ngày ở xưởng")
    shown = [news.photo(alt=f"Ảnh {n}", credit="Người chụp") for n in range(3)]
    for place, photo in enumerate(shown):
        StoryPhoto.objects.create(story=story, photo=photo, caption=f"Chú thích {place}", sort_order=place)
    type(shown[1]).objects.filter(pk=shown[1].pk).update(withheld_at=timezone.now())

    page = text(client.get(f"/tin/{story.slug}/"))

    assert page.index("Chú thích 0") < page.index("Chú thích 2")
    assert "Chú thích 1" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("how_many", [1, 3])
def test_pictures_cost_the_same_however_many(client, django_assert_max_num_queries, how_many):
    story = out()
    for place in range(how_many):
        StoryPhoto.objects.create(story=story, photo=news.photo(), sort_order=place)

    with django_assert_max_num_queries(15):
        client.get(f"/tin/{story.slug}/")


@pytest.mark.django_db
def test_questions_stand_together_and_show_what_was_asked(client):
    story = out(title="Tiền ăn ca", question="Ăn ca có bắt buộc không?", short="Theo thỏa thuận.")
    out(title="Không phải câu hỏi")

    listed, page = text(client.get("/hoi-dap/")), text(client.get(f"/tin/{story.slug}/"))

    assert ("Ăn ca có bắt buộc không?" in listed, "Không phải câu hỏi" in listed) == (True, False)
    assert page.index("Ăn ca có bắt buộc không?") < page.index("Theo thỏa thuận.")


@pytest.mark.django_db
def test_english_editions_have_a_list_and_pages_in_english_and_know_their_others(client, settings):
    story = out(title="Lương mới", slug="luong-moi")
    out(
        title="New wages", slug="new-wages", language="en", same_as=story, joined_at=timezone.now(),
        joined_as=Story.Joined.TRANSLATION,
    )  # fmt: skip

    listed, english, first = (text(client.get(address)) for address in ("/en/", "/tin/new-wages/", "/tin/luong-moi/"))

    assert ("New wages" in listed, "Lương mới" in listed, '<html lang="en">' in listed) == (True, False, True)
    assert ('<html lang="en">' in english, "Skip to the content" in english, 'hreflang="vi"' in english) == (True,) * 3
    assert '<html lang="vi">' in first
    assert f'<link rel="alternate" hreflang="en" href="{settings.BASE_URL}/tin/new-wages/">' in first


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/hoi-dap/", "/tu-dien/", "/en/"])
def test_new_kinds_of_pages_are_the_same_for_everybody_and_kind_when_empty(client, address):
    Term.objects.all().delete()

    page = client.get(address)

    assert page.status_code == 200
    assert "public" in page["Cache-Control"]
    assert "empty" in text(page)


@pytest.mark.django_db
def test_a_translation_stands_in_the_lists_of_its_language_only(client):
    first = out(title="Ca đêm được trả thêm")
    joined = {"same_as": first, "joined_as": Story.Joined.TRANSLATION, "joined_at": timezone.now()}
    out(title="More pay at night", language="en", **joined)

    assert "More pay at night" not in text(client.get("/"))
    assert "More pay at night" in text(client.get("/en/"))


@pytest.mark.django_db
def test_a_photo_that_is_told_with_its_words_does_not_lead_as_well(client):
    photo = news.photo()
    story = out(photo=photo)
    assert text(client.get(f"/tin/{story.slug}/")).count("<figure") == 1

    story.photos = [StoryPhoto(photo=photo, caption="Năm giờ sáng")]
    story.save()

    assert text(client.get(f"/tin/{story.slug}/")).count("<figure") == 1
