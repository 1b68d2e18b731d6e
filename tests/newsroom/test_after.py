"""After publication: killed, expired, found to be one product, tied to another language, counted with evidence."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from loa.base.errors import Refused
from loa.base.periods import Period
from loa.ledger import queries as ledger
from loa.ledger.models import Entry
from loa.newsroom import actions, likeness, queries
from loa.newsroom.measures import DigitalShare
from loa.newsroom.models import Remark, Story
from loa.people.policies import scope
from loa.people.roles import Ability
from loa.planning.protocol import Ask
from tests import make
from tests import make_news as news
from tests.make import DAY, NOON

pytestmark = pytest.mark.django_db

TEXT = "Từ ngày một tháng bảy lương tối thiểu vùng tăng thêm bảy phẩy hai phần trăm so với hiện nay ở cả bốn vùng."


class Cast:
    def __init__(self) -> None:
        self.province = make.unit()
        self.union = make.unit(parent=self.province, name="Công đoàn Khu kinh tế")
        self.writer = make.account(role="writer", unit=self.union)
        self.approver = make.account(role="approver", unit=self.union)
        self.chief = make.account(role="planner", unit=self.province)

    def published(self, *, at=NOON, unit=None, **fields) -> Story:
        fields = {"title": "Lương tối thiểu", "kind": Story.Kind.POLICY, "short": TEXT} | fields
        story = Story(unit=unit or self.union, product_type=news.product_type(), **fields)
        actions.draft(story, by=self.writer if unit is None else self.chief, at=at)
        actions.publish(story, by=self.chief if unit is None else make.superuser(), at=at)
        story.refresh_from_db()
        return story


@pytest.fixture
def cast() -> Cast:
    return Cast()


def refuses(words, action, *args, **kwargs):
    facts, stories = Entry.objects.count(), list(Story.objects.order_by("pk").values())
    with translation.override("en"), pytest.raises(Refused, match=words):
        action(*args, **kwargs)
    assert (Entry.objects.count(), list(Story.objects.order_by("pk").values())) == (facts, stories)


def kinds(story):
    return [entry.kind.removeprefix("newsroom.") for entry in ledger.history(story.ref)][::-1]


# --- kill


def test_a_killed_story_is_gone_with_every_version_of_its_text(cast, client):
    story = cast.published(title="Tên riêng bị lộ")
    story.short = "Lời sửa còn lộ hơn."
    actions.draft(story, by=cast.writer, at=NOON)
    actions.make_remark(story, edition="short", quote="còn lộ hơn", text="Bỏ đi.", by=cast.approver, at=NOON)
    english = actions.begin_translation(story, language="en", by=cast.writer, at=NOON)

    actions.kill(story, reason="Lộ dữ liệu riêng.", by=cast.approver, at=NOON)

    story.refresh_from_db()
    english.refresh_from_db()
    assert (story.live, story.withdrawal_reason) == (False, "Lộ dữ liệu riêng.")
    said = [str(story.editions), str(english.editions), *Remark.objects.values_list("quote", flat=True)]
    said += [str(row) for one in (story, english) for row in one.revisions.values("content", "object_str")]
    assert [text for text in said if "lộ hơn" in text or "Tên riêng" in text or "lương tối thiểu" in text] == []
    assert news.search("luong toi thieu", at=NOON) == []
    assert kinds(story)[-2:] == ["placement-ended", "story-killed"]
    [evidence] = ledger.history(story.ref).get(kind="newsroom.story-killed").evidence
    assert evidence.startswith("sha256:")
    assert story.placements.standing().count() == 0
    refuses("gone already", actions.kill, story, reason="Lại.", by=cast.approver, at=NOON)


def test_killing_is_for_those_who_publish_and_needs_a_reason(cast):
    story = cast.published()

    refuses("publishes for this unit", actions.kill, story, reason="Sai.", by=cast.writer, at=NOON)
    refuses("tell readers", actions.kill, story, reason=" ", by=cast.approver, at=NOON)
    draft = news.story(unit=cast.union, published_at=None)
    refuses("has been out", actions.kill, draft, reason="Sai.", by=cast.approver, at=NOON)


def test_a_withdrawn_story_can_still_be_killed(cast, client):
    story = cast.published()
    actions.withdraw(story, reason="Sai.", by=cast.approver, at=NOON)
    client.force_login(cast.approver)

    assert "Xóa hẳn nội dung" in client.get(reverse("newsroom:story", args=[story.pk])).content.decode()
    client.post(reverse("newsroom:kill", args=[story.pk]), {"reason": "Lộ dữ liệu."})

    story.refresh_from_db()
    assert (story.short, story.withdrawal_reason, story.killed_at is not None) == ("", "Sai.", True)


# --- expiry


def test_a_story_whose_time_is_over_leaves_the_site_with_a_fact_and_still_counts(cast):
    story = cast.published()
    Story.objects.update(expire_at=timezone.now() - timedelta(minutes=1))

    call_command("publish_scheduled")

    story.refresh_from_db()
    assert (story.live, story.expired, kinds(story)[-2:]) == (False, True, ["story-expired", "placement-ended"])
    assert ledger.history(story.ref).get(kind="newsroom.story-expired").actor == "system"
    assert queries.for_desk(story.pk, on=DAY).state == "expired"
    assert list(Story.objects.known_on(timezone.localdate())) == [story]


# --- likeness


def test_copies_share_bands_and_others_do_not():
    wrapped = f"Kính gửi bà con công nhân. {TEXT} Trân trọng cảm ơn bà con đã đọc."
    other = "Hội thao mừng ngày thành lập diễn ra tại sân vận động phường từ sáng thứ bảy tới chiều chủ nhật tuần này."

    mine = likeness.bands(likeness.pieces(TEXT))
    assert mine == likeness.bands(likeness.pieces(TEXT.upper()))
    assert sum(a == b for a, b in zip(mine, likeness.bands(likeness.pieces(wrapped)), strict=True)) >= 2
    assert sum(a == b for a, b in zip(mine, likeness.bands(likeness.pieces(other)), strict=True)) == 0
    assert likeness.alike(likeness.pieces(TEXT), likeness.pieces(wrapped)) == 1.0
    assert (likeness.bands(likeness.pieces("hai tiếng")), likeness.alike(frozenset(), frozenset())) == ([], 0.0)


def test_what_looks_alike_is_suggested_once_and_a_person_decides(cast, client):
    first = cast.published()
    again = cast.published(at=NOON + timedelta(days=1), short=f"Đăng lại: {TEXT}")
    other = cast.published(
        title="Hội thao", short="Hội thao mừng ngày thành lập diễn ra ở sân vận động phường chiều nay."
    )
    reach = scope(cast.chief, Ability.PUBLISH_STORIES, on=DAY)

    [pair] = queries.suggestions(reach)[0]
    assert (pair.later, pair.earlier) == (again, first)
    client.force_login(cast.chief)
    assert "tính một lần" in client.get(reverse("newsroom:alike")).content.decode()
    told = {"later": again.pk, "earlier": first.pk}
    client.post(reverse("newsroom:join"), told)
    again.refresh_from_db()
    assert again.same_as is None
    client.post(reverse("newsroom:join"), told | {"reason": "Đăng lại nguyên văn"})

    again.refresh_from_db()
    assert (again.same_as, kinds(again)[-1]) == (first, "story-joined")
    assert queries.suggestions(reach)[0] == []
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert set(Story.objects.known_on(tomorrow)) == {first, other}
    assert set(Story.objects.known_on(DAY + timedelta(days=2))) == {first, again, other}
    client.post(reverse("newsroom:part", args=[again.pk]), {"reason": "Có thêm phần mới"})
    again.refresh_from_db()
    assert (again.same_as, kinds(again)[-1]) == (None, "story-parted")
    assert queries.suggestions(reach)[0] == []


def test_two_that_stay_two_are_not_suggested_again(cast, client):
    first, again = cast.published(), cast.published(at=NOON + timedelta(days=1))
    client.force_login(cast.chief)

    client.post(reverse("newsroom:keep_apart"), {"later": again.pk, "earlier": first.pk, "reason": "Hai kỳ khác nhau"})

    assert queries.suggestions(scope(cast.chief, Ability.PUBLISH_STORIES, on=DAY))[0] == []
    assert kinds(again)[-1] == "stories-kept-apart"


def test_joining_is_refused_for_each_good_reason(cast):
    first, again = cast.published(), cast.published(at=NOON + timedelta(days=1))
    told = {"reason": "Đăng lại", "by": cast.chief, "at": NOON}

    refuses("itself", actions.join, first, to=first, **told)
    refuses("out first", actions.join, first, to=again, **told)
    refuses("in a few words", actions.join, again, to=first, **told | {"reason": ""})
    refuses("both units", actions.join, again, to=first, **told | {"by": cast.writer})
    draft = news.story(unit=cast.union, published_at=None)
    refuses("have been out", actions.join, draft, to=first, **told)
    refuses("by itself", actions.part, first, **told)
    actions.join(again, to=first, **told)
    refuses("another story already", actions.join, again, to=first, **told)
    refuses("Part them first", actions.keep_apart, again, other=first, **told)
    refuses("both units", actions.part, again, **told | {"by": cast.writer})


def test_the_product_keeps_the_digital_place_of_its_copy(cast):
    news.channel("fanpage", digital=True)
    first, again = cast.published(on_site=False), cast.published(at=NOON + timedelta(days=1), on_site=False)
    news.placement(first, code="bang-tin", placed_on=DAY)
    news.placement(again, code="fanpage", placed_on=DAY + timedelta(days=1))

    def figure():
        until = Period(first=DAY, last=DAY + timedelta(days=30))
        ask = Ask(path=cast.province.segment, period=until, as_of=until.last, structure=until.last)
        return sum(one.numerator for one in DigitalShare().figures(ask)), sum(
            one.denominator or 0 for one in DigitalShare().figures(ask)
        )

    assert figure() == (1, 2)
    actions.join(again, to=first, reason="Đăng lại", by=cast.chief, at=NOON + timedelta(days=2))
    assert figure() == (1, 1)


class JoiningChangesNoOtherCount(TestCase):
    """Whatever is joined, each unit counts its products less those joined away, and nothing else moves."""

    @settings(max_examples=15, deadline=None)
    @given(
        owners=st.lists(st.integers(0, 2), min_size=2, max_size=6),
        wanted=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=4),
    )
    def test_joining_changes_no_other_count(self, owners, wanted):
        units = [make.unit() for _ in range(3)]
        chief = make.superuser()
        stories = [
            news.story(unit=units[owner], published_at=NOON + timedelta(days=n)) for n, owner in enumerate(owners)
        ]
        counted = [owners.count(n) for n in range(3)]
        for later, earlier in wanted:
            if max(later, earlier) >= len(stories):
                continue
            try:
                actions.join(stories[later], to=stories[earlier], reason="Trùng", by=chief, at=NOON)
            except Refused:
                continue
            counted[owners[later]] -= 1

        known = Story.objects.known_on(date(2027, 1, 1))

        assert [known.filter(unit=unit).count() for unit in units] == counted


# --- other languages


def test_an_edition_in_another_language_is_one_product_with_its_story(cast, client):
    story = cast.published()
    client.force_login(cast.writer)

    client.post(reverse("newsroom:translate", args=[story.pk]), {"language": "en"})

    english = Story.objects.get(language="en")
    assert (english.same_as, english.joined_as, english.live, english.short) == (story, "translation", False, TEXT)
    english.title, english.short = "Minimum wage", "From 1 July."
    actions.draft(english, by=cast.writer, at=NOON)
    actions.publish(english, by=cast.chief, at=NOON)
    assert list(Story.objects.known_on(timezone.localdate())) == [story]
    assert list(queries.translations(story)) == [english]
    assert list(queries.translations(english)) == [story]
    page = client.get(reverse("newsroom:story", args=[story.pk])).content.decode()
    assert "Minimum wage" in page
    refuses("edition in this language", actions.begin_translation, story, language="en", by=cast.writer, at=NOON)
    refuses("another language", actions.begin_translation, story, language="vi", by=cast.writer, at=NOON)
    stranger = make.account(role="writer", unit=make.unit())
    refuses("own unit", actions.begin_translation, story, language="jra", by=stranger, at=NOON)


# --- output


@pytest.mark.parametrize("by", queries.GROUPS)
def test_output_opens_to_its_products(cast, client, by):
    theme = news.theme()
    story = cast.published(at=NOON)
    news.story(unit=cast.union, published_at=NOON - timedelta(days=400))
    story.themes = [theme]
    story.credits.create(name="Bút danh", share=100)
    story.save()
    client.force_login(cast.writer)
    asked = {"by": by, "first": "2026-01-01", "last": "2026-12-31"}

    page = client.get(reverse("newsroom:output"), asked).content.decode()
    [row] = queries.output(
        scope(cast.writer, Ability.SEE_FIGURES, on=DAY), by=by, first=date(2026, 1, 1), last=date(2026, 12, 31)
    )[0]
    behind = client.get(reverse("newsroom:output_rows"), asked | {"key": row.key}).content.decode()

    assert (row.items, row.label in page, story.title in behind) == (1, True, True)
    nothing = client.get(reverse("newsroom:output_rows"), asked | {"key": "x"}).content.decode()
    assert story.title not in nothing


@pytest.mark.parametrize("how_many", [1, 3])
def test_suggestions_cost_the_same_however_many(cast, django_assert_num_queries, how_many):
    for n in range(how_many + 1):
        cast.published(at=NOON + timedelta(days=n))
    reach = scope(cast.chief, Ability.PUBLISH_STORIES, on=DAY)

    with django_assert_num_queries(4):
        assert len(queries.suggestions(reach)[0]) >= how_many
