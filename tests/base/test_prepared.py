"""Queries whose SQL is built once, beside the same queries built each time."""

from datetime import date, timedelta

import pytest
from django.db.models import F, Q

from loa.base.dates import today
from loa.base.prepared import Prepared, attach, prepared
from loa.newsroom.models import Photo, PhotoRendition, Story, Theme
from loa.newsroom.queries import story_page
from tests import make_news as news
from tests.make import NOON

READY = {name: ask for name, ask in vars(story_page).items() if isinstance(ask, Prepared)}


@pytest.fixture
def story(db):
    """A story that has something of everything that its page shows."""
    photo = news.photo(title="Ảnh")
    PhotoRendition.objects.create(image=photo, filter_spec="width-320", file="a.webp", width=320, height=200)
    written = news.story(themes=("su-kien-trong-nam",), photo=photo)
    news.story(same_as=written, joined_as=Story.Joined.TRANSLATION, joined_at=NOON, language="en")
    return written


def values(ask, story):
    """What a prepared query of a story's page takes, by the names of its parameters."""
    known = {"slug": story.slug, "at": NOON, "story": story.pk, "clip": 1, "photos": (story.photo_id, 77), "but": 77}
    names = ask.ask.__code__.co_varnames[: ask.ask.__code__.co_argcount]
    return {name: known.get(name, story.pk) for name in names}


@pytest.mark.parametrize("name", READY)
def test_it_finds_what_the_query_finds(story, name):
    ask = READY[name]
    asked = values(ask, story)

    plain = list(ask.ask(**asked))

    assert [ask(**asked), ask(**asked)] == [plain, plain]
    assert bool(plain) == (name in {"_published", "_themes", "_renditions", "_editions"})


def test_other_values_find_other_rows(db, django_assert_num_queries):
    one, other = news.story(), news.story(published_at=NOON - timedelta(days=3))
    by_slug = prepared(lambda slug, at: Story.objects.public(at).filter(slug=slug))

    found = by_slug(slug=one.slug, at=NOON)
    with django_assert_num_queries(2):
        again = by_slug(slug=other.slug, at=NOON), by_slug(slug=other.slug, at=NOON - timedelta(days=9))

    assert (found, again) == ([one], ([other], []))


def test_it_builds_its_sql_once(db):
    built = []

    def by_key(pk):
        built.append(pk)
        return Story.objects.filter(pk=pk)

    ask = prepared(by_key)
    for pk in range(5):
        ask(pk=pk)

    assert len(built) == 2


def test_tuples_of_any_length(db):
    stories = [news.story() for _ in range(3)]
    ask = prepared(lambda pks: Story.objects.filter(pk__in=pks).order_by("pk"))

    assert ask(pks=tuple(story.pk for story in stories)) == stories
    assert ask(pks=(stories[1].pk,)) == [stories[1]]
    assert ask(pks=(stories[1].pk, stories[1].pk)) == [stories[1]]
    assert ask(pks=()) == []


def test_values_never_change_places(db):
    """Names of one length and of the same letters, values that are alike."""
    near, far = news.story(), news.story(published_at=NOON - timedelta(days=3))
    between = prepared(lambda ab, ba: Story.objects.filter(first_published_at__gte=ab, first_published_at__lt=ba))

    assert between(ab=NOON - timedelta(days=4), ba=NOON - timedelta(days=2)) == [far]
    assert between(ab=NOON - timedelta(days=2), ba=NOON + timedelta(days=1)) == [near]
    assert between(ab=NOON, ba=NOON - timedelta(days=4)) == []


def test_days_and_rows_of_values(db):
    news.story()
    ask = prepared(lambda on, code: Theme.objects.filter(code=code).annotate(n=F("position")).values_list("code", "n"))
    told = prepared(lambda on: Story.objects.filter(published_on__lte=on).values_list("pk", flat=True))

    assert told(on=date(2000, 1, 1)) == []
    assert len(told(on=today(NOON))) == 1
    assert ask(on=today(NOON), code="x") == []


@pytest.mark.parametrize(
    ("ask", "asked"),
    [
        (lambda title: Story.objects.filter(title__startswith=title), {"title": "Tin"}),
        (lambda pk: Story.objects.filter(pk=pk + 1), {"pk": 1}),
        (lambda pk: Story.objects.filter(Q(pk=pk) if pk % 2 else Q(unit=pk)), {"pk": 1}),
        (lambda pk: Story.objects.filter(pk=pk).prefetch_related("themes"), {"pk": 1}),
        (lambda kept: Story.objects.filter(live=kept), {"kept": True}),
        (lambda at: Story.objects.filter(published_on__lte=at.date()), {"at": NOON}),
    ],
)
def test_what_does_not_go_to_the_database_as_it_is_is_refused(db, ask, asked):
    with pytest.raises(ValueError, match=r"values|kind|fetches"):
        prepared(ask)(**asked)


def test_attached_rows_cost_no_query(db, django_assert_num_queries):
    photos = [news.photo(title="Một"), news.photo(title="Hai")]
    size = PhotoRendition.objects.create(image=photos[0], filter_spec="width-320", file="a.webp", width=320, height=200)

    attach([*photos, None], "renditions", [size], by="image_id")

    with django_assert_num_queries(0):
        assert [list(photo.renditions.all()) for photo in photos] == [[size], []]
    assert isinstance(photos[0], Photo)
