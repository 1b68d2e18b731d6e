"""What can be done with a story: each action, each of its refusals, and that a refusal leaves nothing behind."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone, translation

from loa.base.errors import Refused
from loa.ledger import queries as ledger
from loa.ledger.models import Entry
from loa.newsroom import actions, queries
from loa.newsroom.models import Photo, Placement, ProvinceRule, Story, StoryCredit
from tests import make
from tests import make_news as news
from tests.make import DAY, NOON

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=3)


class Cast:
    """A province with one union below it, and who works there."""

    def __init__(self) -> None:
        self.province = make.unit()
        self.union = make.unit(parent=self.province)
        self.writer = make.account(role="writer", unit=self.union)
        self.unit_approver = make.account(role="approver", unit=self.union)
        self.province_approver = make.account(role="approver", unit=self.province)
        self.stranger = make.account(role="approver", unit=make.unit())

    def draft(self, *, by=None, **fields) -> Story:
        story = Story(
            unit=fields.pop("unit", self.union),
            title=fields.pop("title", "Lương tối thiểu vùng"),
            kind=fields.pop("kind", Story.Kind.POLICY),
            product_type=news.product_type(),
            short=fields.pop("short", "Từ tháng 7, lương tối thiểu tăng."),
            **fields,
        )
        actions.draft(story, by=by or self.writer, at=NOON)
        return story

    def published(self, **fields) -> Story:
        story = self.draft(**fields)
        actions.publish(story, by=self.province_approver, at=NOON)
        story.refresh_from_db()
        return story


@pytest.fixture
def cast() -> Cast:
    return Cast()


def kinds(story):
    return [entry.kind.removeprefix("newsroom.") for entry in ledger.history(story.ref)][::-1]


def refuses(words, action, *args, **kwargs):
    """The action says no in these words, and nothing was recorded or changed."""
    facts, stories = Entry.objects.count(), list(Story.objects.order_by("pk").values())
    with translation.override("en"), pytest.raises(Refused, match=words):
        action(*args, **kwargs)
    assert (Entry.objects.count(), list(Story.objects.order_by("pk").values())) == (facts, stories)


# --- writing


def test_a_draft_gets_an_address_an_author_and_clean_text_and_is_seen_by_nobody(cast):
    story = cast.draft(title="  Lương   tối thiểu  vùng ")
    again = cast.draft()

    assert (story.title, story.slug, story.author, story.live) == (
        "Lương tối thiểu vùng",
        "luong-toi-thieu-vung",
        cast.writer,
        False,
    )
    assert again.slug == "luong-toi-thieu-vung-2"
    assert queries.front_page(at=NOON).stories == []
    assert kinds(story) == []


def test_only_writers_of_the_unit_may_draft(cast):
    refuses("own unit", cast.draft, unit=make.unit())


def test_a_withdrawn_story_takes_no_new_draft(cast):
    story = cast.published()
    actions.withdraw(story, reason="Sai số liệu.", by=cast.unit_approver, at=NOON)

    refuses("withdrawn", actions.draft, Story.objects.get(), by=cast.writer, at=NOON)


# --- approving


def test_a_policy_story_is_approved_by_the_unit_then_by_the_province_and_is_out(cast):
    story = cast.draft()

    actions.submit(story, by=cast.writer, at=NOON)
    actions.approve(story, by=cast.unit_approver, at=NOON)
    story.refresh_from_db()
    assert not story.live
    actions.approve(story, by=cast.province_approver, at=LATER)

    story.refresh_from_db()
    assert (story.live, story.first_published_at) == (True, LATER)
    assert kinds(story) == ["story-submitted", "story-approved", "story-approved", "story-published", "story-placed"]
    published = ledger.history(story.ref).get(kind="newsroom.story-published")
    assert (published.actor, published.data["first"], published.unit_id) == (
        cast.province_approver.ref,
        True,
        cast.union.pk,
    )


def test_the_province_is_asked_only_where_a_rule_or_the_writer_wants_it(cast):
    ProvinceRule.objects.filter(kind="").delete()
    alone, asked = cast.draft(kind=Story.Kind.IMAGE), cast.draft(kind=Story.Kind.IMAGE, needs_province=True)
    own = cast.draft(unit=cast.province, by=cast.province_approver)

    for story in (alone, asked):
        actions.submit(story, by=cast.writer, at=NOON)
        actions.approve(story, by=cast.unit_approver, at=NOON)
    actions.submit(own, by=cast.province_approver, at=NOON)
    actions.approve(own, by=make.account(role="leader", unit=cast.province), at=NOON)

    assert [Story.objects.get(pk=story.pk).live for story in (alone, asked, own)] == [True, False, True]


def test_a_rule_may_name_the_kind_of_unit(cast):
    ProvinceRule.objects.all().delete()
    ProvinceRule.objects.create(kind="", unit_kind=make.kind("grassroots"))
    elsewhere = make.unit(parent=cast.province, kind_code="sector")

    assert ProvinceRule.objects.ask_for(kind="image", unit_id=cast.union.pk, on=DAY).exists()
    assert not ProvinceRule.objects.ask_for(kind="image", unit_id=elsewhere.pk, on=DAY).exists()


def test_nobody_approves_what_they_wrote_or_handed_in(cast):
    own = cast.draft(by=cast.unit_approver)
    actions.submit(own, by=cast.unit_approver, at=NOON)
    handed = cast.draft()
    actions.submit(handed, by=cast.unit_approver, at=NOON)

    for story in (own, handed):
        refuses("its writer never does", actions.approve, story, by=cast.unit_approver, at=NOON)
    actions.approve(own, by=cast.province_approver, at=NOON)


@pytest.mark.parametrize("who", ["writer", "stranger"])
def test_only_approvers_of_the_unit_decide(cast, who):
    story = cast.draft()
    actions.submit(story, by=cast.writer, at=NOON)

    refuses("Somebody else must approve", actions.approve, story, by=getattr(cast, who), at=NOON)
    refuses("Somebody else", actions.return_with_remark, story, remark="Sửa", by=getattr(cast, who), at=NOON)


def test_the_unit_does_not_decide_for_the_province(cast):
    story = cast.draft()
    actions.submit(story, by=cast.writer, at=NOON)
    actions.approve(story, by=cast.unit_approver, at=NOON)

    refuses("Somebody else", actions.approve, story, by=cast.unit_approver, at=NOON)


def test_a_story_goes_back_with_a_remark_and_comes_again(cast):
    story = cast.draft()
    actions.submit(story, by=cast.writer, at=NOON)

    actions.return_with_remark(story, remark="Ghi rõ ngày áp dụng.", by=cast.unit_approver, at=NOON)

    assert queries.last_remark(story) == "Ghi rõ ngày áp dụng."
    assert queries.awaiting(cast.unit_approver, on=DAY) == []
    story.short = "Từ 1/7, lương tối thiểu tăng."
    actions.draft(story, by=cast.writer, at=NOON)
    actions.submit(story, by=cast.writer, at=LATER)
    assert queries.last_remark(story) == ""
    assert [item.story for item in queries.awaiting(cast.unit_approver, on=DAY)] == [story]
    assert kinds(story) == ["story-submitted", "story-returned", "story-submitted"]


def test_a_story_is_not_returned_without_a_word(cast):
    story = cast.draft()
    actions.submit(story, by=cast.writer, at=NOON)

    refuses("Please say", actions.return_with_remark, story, remark="  ", by=cast.unit_approver, at=NOON)


def test_handing_in_is_refused_to_strangers_twice_and_unfinished(cast):
    story = cast.draft()
    refuses("your own unit", actions.submit, story, by=make.account(role="writer", unit=make.unit()), at=NOON)
    refuses("short or the deep", actions.submit, cast.draft(short=""), by=cast.writer, at=NOON)
    story.credits = [StoryCredit(name="Bút danh", share=60), StoryCredit(name="Người hai", share=30)]
    actions.draft(story, by=cast.writer, at=NOON)
    refuses("90 %", actions.submit, story, by=cast.writer, at=NOON)
    story.credits = [StoryCredit(name="Bút danh", share=60), StoryCredit(name="Người hai", share=40)]
    actions.draft(story, by=cast.writer, at=NOON)

    actions.submit(story, by=cast.writer, at=NOON)

    refuses("already", actions.submit, story, by=cast.writer, at=NOON)


def test_what_an_approver_corrected_is_what_is_approved(cast):
    ProvinceRule.objects.all().delete()
    story = cast.draft()
    actions.submit(story, by=cast.writer, at=NOON)
    story.refresh_from_db()
    story.title = "Lương tối thiểu vùng từ 1/7"
    actions.draft(story, by=cast.unit_approver, at=NOON)

    actions.approve(story, by=cast.unit_approver, at=NOON)

    story.refresh_from_db()
    assert (story.live, story.title) == (True, "Lương tối thiểu vùng từ 1/7")


def test_the_desk_lists_what_one_may_decide_and_nothing_else(cast):
    story = cast.draft()
    actions.submit(story, by=cast.writer, at=NOON)

    def seen(account):
        return [item.story for item in queries.awaiting(account, on=DAY)]

    assert seen(cast.unit_approver) == [story]
    assert seen(cast.province_approver) == [story]
    assert seen(cast.stranger) == seen(cast.writer) == []
    actions.approve(story, by=cast.unit_approver, at=NOON)
    assert seen(cast.unit_approver) == []
    assert seen(cast.province_approver) == [story]


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_desk_costs_the_same_however_many_wait(cast, django_assert_num_queries, how_many):
    for _ in range(how_many):
        actions.submit(cast.draft(), by=cast.writer, at=NOON)
    queries.awaiting(cast.unit_approver, on=DAY)  # content types are remembered from here on

    with django_assert_num_queries(6):
        assert len(queries.awaiting(cast.unit_approver, on=DAY)) == how_many


# --- publishing


def test_publication_dates_the_story_places_it_here_and_makes_it_findable(cast):
    midnight = datetime(2026, 3, 1, 17, 30, tzinfo=UTC)  # 00:30 on 2 March in Hà Nội
    story = cast.draft()

    actions.publish(story, by=cast.province_approver, at=midnight)

    story.refresh_from_db()
    assert (story.live, story.first_published_at, story.published_on) == (True, midnight, date(2026, 3, 2))
    [placement] = story.placements.all()
    assert (placement.channel.own_site, placement.placed_on, placement.recorded_by) == (True, date(2026, 3, 2), None)
    assert news.search("luong toi thieu", at=NOON) == [story]
    assert kinds(story) == ["story-published", "story-placed"]


def test_publishing_again_neither_moves_the_day_nor_doubles_the_placement(cast):
    story = cast.published()
    story.title = "Lương tối thiểu vùng mới"
    actions.draft(story, by=cast.writer, at=LATER)
    actions.publish(story, by=cast.province_approver, at=LATER)

    story.refresh_from_db()
    assert (story.title, story.published_on, story.first_published_at) == ("Lương tối thiểu vùng mới", DAY, NOON)
    assert Placement.objects.count() == 1
    assert kinds(story) == ["story-published", "story-placed", "story-published"]
    assert [entry.data.get("first") for entry in ledger.history(story.ref)] == [False, None, True]


def test_publishing_is_for_those_who_could_take_the_last_step(cast):
    story = cast.draft()

    for account in (cast.writer, cast.unit_approver, cast.stranger):
        refuses("Somebody else", actions.publish, story, by=account, at=NOON)
    own = cast.draft(by=cast.province_approver)
    refuses("Somebody else", actions.publish, own, by=cast.province_approver, at=NOON)
    refuses("nothing to read", actions.publish, cast.draft(short=""), by=cast.province_approver, at=NOON)


def test_a_scheduled_story_is_out_with_its_fact_when_its_time_has_come(cast):
    story = cast.draft(go_live_at=timezone.now() + timedelta(hours=1))
    actions.submit(story, by=cast.writer, at=NOON)
    actions.approve(story, by=cast.unit_approver, at=NOON)
    actions.approve(story, by=cast.province_approver, at=NOON)
    story.refresh_from_db()
    assert (story.live, kinds(story)) == (False, ["story-submitted", "story-approved", "story-approved"])
    story.revisions.update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    for revision in story.revisions.all():
        revision.content["go_live_at"] = (timezone.now() - timedelta(minutes=1)).isoformat()
        revision.save()

    call_command("publish_scheduled")

    story.refresh_from_db()
    assert (story.live, kinds(story)[3:]) == (True, ["story-published", "story-placed"])
    assert ledger.history(story.ref).get(kind="newsroom.story-published").actor == "system"


def test_a_correction_says_what_was_wrong_and_keeps_the_old_text(cast):
    story = cast.published()
    story.short = "Từ ngày 1/7."
    actions.draft(story, by=cast.writer, at=NOON)

    actions.correct(story, note="Ngày áp dụng là 1/7, không phải 1/6.", by=cast.province_approver, at=LATER)

    story.refresh_from_db()
    assert (story.short, story.corrected_at, story.correction_note) == (
        "Từ ngày 1/7.",
        LATER,
        "Ngày áp dụng là 1/7, không phải 1/6.",
    )
    assert [revision.content["short"] for revision in story.revisions.order_by("pk")] == [
        "Từ tháng 7, lương tối thiểu tăng.",
        "Từ ngày 1/7.",
    ]
    assert kinds(story)[2:] == ["story-published", "story-corrected"]


def test_going_back_to_an_old_text_does_not_undo_a_correction(cast):
    story = cast.published()
    actions.correct(story, note="Sửa tên.", by=cast.province_approver, at=LATER)

    story.refresh_from_db()
    old = story.revisions.order_by("pk").first().as_object()

    assert (old.correction_note, old.published_on, old.author) == ("Sửa tên.", DAY, cast.writer)


def test_corrections_are_refused_without_words_to_strangers_and_before_publication(cast):
    story = cast.published()

    refuses("tell readers", actions.correct, story, note=" ", by=cast.province_approver, at=NOON)
    refuses("Somebody else", actions.correct, story, note="Sửa.", by=cast.writer, at=NOON)
    refuses("that is out", actions.correct, cast.draft(), note="Sửa.", by=cast.province_approver, at=NOON)


def test_a_withdrawn_story_tells_why_and_stands_nowhere_here(cast):
    story = cast.published()

    actions.withdraw(story, reason="Văn bản đã bị thay thế.", by=cast.unit_approver, at=LATER)

    story.refresh_from_db()
    assert (story.live, story.withdrawn_at, story.withdrawal_reason) == (False, LATER, "Văn bản đã bị thay thế.")
    assert queries.front_page(at=LATER).stories == news.search("luong", at=LATER) == []
    assert queries.withdrawn(story.slug) == story
    assert not story.placements.standing().exists()
    assert kinds(story)[2:] == ["story-withdrawn", "placement-ended"]


def test_withdrawing_is_refused_without_a_reason_to_writers_twice_and_before_publication(cast):
    story = cast.published()

    refuses("tell readers", actions.withdraw, story, reason="", by=cast.unit_approver, at=NOON)
    refuses("Only those who approve", actions.withdraw, story, reason="Sai.", by=cast.writer, at=NOON)
    refuses("that is out", actions.withdraw, cast.draft(), reason="Sai.", by=cast.unit_approver, at=NOON)
    actions.withdraw(story, reason="Sai.", by=cast.unit_approver, at=NOON)
    refuses("already", actions.withdraw, story, reason="Sai.", by=cast.unit_approver, at=NOON)
    refuses("withdrawn", actions.publish, story, by=cast.province_approver, at=NOON)
    refuses("withdrawn", actions.submit, story, by=cast.writer, at=NOON)


# --- placements


def picture():
    return SimpleUploadedFile("bang-tin.jpg", news.jpeg(), "image/jpeg")


def test_a_placement_is_kept_with_its_link_or_its_photo(cast):
    story = cast.published()

    linked = actions.place(
        story,
        channel=news.channel("fanpage"),
        url="https://vi-du.example/1",
        placed_on=DAY,
        by=cast.writer,
        at=NOON,
    )
    shown = actions.place(
        story, channel=news.channel("bang-tin"), picture=picture(), placed_on=DAY, by=cast.writer, at=NOON
    )

    assert (linked.recorded_by, Photo.objects.get().unit) == (cast.writer, cast.union)
    facts = ledger.history(story.ref)[:2]
    assert [fact.evidence for fact in facts] == [[f"newsroom.photo:{shown.photo_id}"], ["https://vi-du.example/1"]]


def test_a_placement_is_refused_for_each_good_reason(cast):
    story, fanpage = cast.published(), news.channel("fanpage")
    link = {"channel": fanpage, "url": "https://vi-du.example/1", "placed_on": DAY, "by": cast.writer, "at": NOON}
    tomorrow = DAY + timedelta(days=1)

    refuses("link to where", actions.place, story, **link | {"url": " "})
    refuses("future", actions.place, story, **link | {"placed_on": tomorrow})
    refuses("your own unit", actions.place, story, **link | {"by": cast.stranger})
    refuses("Publication itself", actions.place, story, **link | {"channel": news.channel("trang-nay")})
    refuses("approved and out", actions.place, cast.draft(), **link)
    actions.place(story, **link)
    refuses("already", actions.place, story, **link)
    assert Photo.objects.count() == 0


def test_a_placement_ends_or_never_was(cast):
    story = cast.published()
    link = {"channel": news.channel("fanpage"), "placed_on": date(2026, 3, 1), "by": cast.writer, "at": NOON}
    gone = actions.place(story, url="https://vi-du.example/1", **link)
    wrong = actions.place(story, url="https://vi-du.example/2", **link)

    actions.remove_placement(gone, by=cast.writer, at=NOON)
    actions.remove_placement(wrong, mistaken=True, by=cast.writer, at=NOON)

    gone.refresh_from_db()
    wrong.refresh_from_db()
    assert (gone.ended_on, wrong.ended_on, wrong.mistaken) == (DAY, date(2026, 3, 1), True)
    assert list(story.placements.seen_by(DAY).filter(recorded_by=cast.writer)) == [gone]
    refuses("ended already", actions.remove_placement, gone, by=cast.writer, at=NOON)


def test_a_placement_is_not_ended_by_strangers_nor_here(cast):
    story = cast.published()
    placement = news.placement(story, by=cast.writer)

    refuses("your own unit", actions.remove_placement, placement, by=cast.stranger, at=NOON)
    here = story.placements.get(channel__own_site=True)
    refuses("withdraw it", actions.remove_placement, here, by=cast.writer, at=NOON)


def test_settling_in_again_changes_nothing_that_staff_have_changed():
    news.theme().delete()
    ProvinceRule.objects.all().delete()
    before = (list(queries.themes()), list(queries.channels_by_hand()))

    actions.settle_in()

    assert (list(queries.themes()), list(queries.channels_by_hand())) == before
    assert not ProvinceRule.objects.exists()
    assert Story.get_default_workflow().tasks.count() == 2


def test_a_product_for_elsewhere_is_published_without_standing_on_this_website(cast):
    poster = cast.draft(kind=Story.Kind.IMAGE, on_site=False)

    actions.publish(poster, by=cast.province_approver, at=NOON)

    poster.refresh_from_db()
    assert (poster.live, poster.placements.count()) == (True, 0)
    assert not Story.objects.public(NOON).filter(pk=poster.pk).exists()
