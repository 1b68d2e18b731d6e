"""What stands beside every story, and is made once for each printing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone, translation

from loa.newsroom.models import Story, Term
from loa.portal import beside, parts
from loa.portal.models import Printing
from tests import make_news as news


@pytest.fixture
def now():
    return timezone.now()


def out(now, **fields):
    return news.story(published_at=now - timedelta(hours=1), **fields)


def committed():
    """PostgreSQL counts a change when its transaction ends, and a transaction once; a test is one."""
    connection.check_constraints()
    Printing.objects.update(made_by=0)


def test_a_part_is_made_once_and_anew_after_a_change(db, now):
    made = []

    def make():
        made.append(1)
        return len(made)

    first = [parts.standing(at=now).part("number", make=make) for _ in range(3)]
    committed()
    out(now)
    committed()
    then = [parts.standing(at=now).part("number", make=make) for _ in range(3)]

    assert (first, then) == ([1, 1, 1], [2, 2, 2])


def test_parts_that_are_lacking_are_made_together(db, now):
    kept, asked = parts.standing(at=now), []

    def make(keys):
        asked.append(keys)
        return {key: key * 10 for key in keys if key != 3}

    assert kept.several("ten", keys=[1, 2], make=make) == [10, 20]
    assert kept.several("ten", keys=[4, 2, 3, 1], make=make) == [40, 20, 10]
    assert asked == [[1, 2], [4, 3]]


def test_memory_is_bounded(db, now, monkeypatch):
    monkeypatch.setattr(parts, "ROOM", 3)
    kept, sizes = parts.standing(at=now), []

    for keys in ([1, 2], [3, 4], [1, 4], [5]):
        assert kept.several("x", keys=keys, make=lambda lacking: dict.fromkeys(lacking, "y")) == ["y"] * len(keys)
        sizes.append(len(kept._made))

    assert max(sizes) == 3


def test_the_cards_beside_a_story_are_those_of_now(client, db, now):
    """A correction, a withdrawal and a new story show beside every other one at once."""
    story, other = out(now, title="Bài này"), out(now, title="Tựa đề cũ")
    address = f"/tin/{story.slug}/"
    before = client.get(address).content.decode()

    committed()
    Story.objects.filter(pk=other.pk).update(title="Tựa đề mới")
    committed()
    corrected = client.get(address).content.decode()
    Story.objects.filter(pk=other.pk).update(withdrawn_at=now, withdrawal_reason="Sai.", live=False)
    committed()
    withdrawn = client.get(address).content.decode()
    newer = out(now, title="Bài thứ ba")
    committed()

    assert "Tựa đề cũ" in before
    assert "Tựa đề mới" in corrected
    assert "Tựa đề cũ" not in corrected
    assert "Tựa đề" not in withdrawn
    assert newer.title in client.get(address).content.decode()


def test_a_story_that_has_its_hour_stands_beside_the_others(db, now):
    story, later = out(now), news.story(published_at=now + timedelta(minutes=5), title="Đến giờ mới ra")

    early = beside.read_next(story, parts.standing(at=now), at=now)
    then = now + timedelta(minutes=6)
    late = beside.read_next(story, parts.standing(at=then), at=then)

    assert early == []
    assert later.title in late[0]


def test_cards_speak_the_language_of_their_page(db, now):
    story, other = out(now), out(now)
    Story.objects.filter(pk=other.pk).update(first_published_at=now - timedelta(days=40))
    kept = parts.standing(at=now)

    with translation.override("vi"):
        vietnamese = beside.read_next(story, kept, at=now)
    with translation.override("en"):
        english = beside.read_next(story, kept, at=now)

    assert len(vietnamese) == len(english) == 1
    assert ("card", "vi", other.pk) in kept._made
    assert ("card", "en", other.pk) in kept._made


def test_a_new_term_is_explained_at_once(client, db, now):
    story = out(now, deep="<p>Từ năm nay có phụ cấp độc hại mới.</p>")
    before = client.get(f"/tin/{story.slug}/").content.decode()

    committed()
    Term.objects.create(name="phụ cấp độc hại", plain="Tiền trả thêm cho việc có hại sức khỏe.")
    committed()
    after = client.get(f"/tin/{story.slug}/").content.decode()

    assert "Tiền trả thêm" not in before
    assert "Tiền trả thêm" in after


@pytest.mark.parametrize("how_many", [1, 3])
def test_a_page_made_anew_asks_little_once_the_parts_are_there(
    client, db, now, how_many, django_assert_max_num_queries
):
    stories = [out(now, themes=("su-kien-trong-nam",)) for _ in range(how_many + 1)]
    for story in stories:
        client.get(f"/tin/{story.slug}/")

    with django_assert_max_num_queries(5):
        client.get(f"/tin/{stories[0].slug}/")
