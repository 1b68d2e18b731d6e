"""Stories shared between units: offered, taken under an own heading, changed everywhere at once, counted once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench import recount
from loa.audience.models import ReachCount
from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.periods import Period
from loa.ledger import queries as ledger
from loa.ledger.models import Entry
from loa.newsroom import actions, queries
from loa.newsroom.actions import Target, Words
from loa.newsroom.models import Offer, Placement, SharedStory, Story
from loa.newsroom.queries.sharing import PAGE
from loa.people.models import Membership, UnitPlace, UnitVersion
from loa.people.policies import scope
from loa.people.roles import Ability
from loa.planning import registry
from loa.planning.protocol import Ask
from tests import make
from tests import make_news as news
from tests.make import DAY, NOON

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)
BELOW, BRANCH = Offer.Reach.BELOW, Offer.Reach.BRANCH


@pytest.fixture
def province():
    return make.unit(name="Liên đoàn tỉnh", code="LĐ", kind_code="province", flags=("upper_level",))


@pytest.fixture
def commune(province):
    return make.unit(parent=province, name="Công đoàn phường", code="CĐP", kind_code="commune", flags=("upper_level",))


@pytest.fixture
def plant(commune):
    return make.unit(parent=commune, name="Công đoàn Nhà máy", code="CS")


@pytest.fixture
def editor(province):
    return make.account(role="planner", unit=province)


@pytest.fixture
def officer(commune):
    return make.account(role="officer", unit=commune)


@pytest.fixture
def approver(commune):
    return make.account(role="approver", unit=commune)


@pytest.fixture
def story(province):
    return news.story(unit=province, title="Lương tối thiểu vùng tăng", summary="Từ ngày 1/7.", short="Tăng 7 %.")


@pytest.fixture
def offer(story, province, editor):
    [made] = actions.offer_story(story, [Target(unit=province, reach=BELOW)], by=editor, at=NOON)
    return made


def own(account, ability=Ability.WRITE_STORIES, on=DAY):
    return scope(account, ability, on=on)


def titles(page):
    return [row.offer.story.title for row in page.rows]


def kinds(thing):
    return [entry.kind.removeprefix("newsroom.") for entry in ledger.history(thing.ref)][::-1]


def section(unit, at=LATER):
    return [
        (story.own_heading or story.title, story.own_lead or story.summary, story.shown_by)
        for story in queries.by_unit(unit.pk, on=today(at), at=at).stories
    ]


# --- offered


def test_what_the_province_offers_to_all_below_reaches_each_unit_below_and_no_other(
    offer, province, commune, plant, officer
):
    elsewhere = make.unit()
    writers = {unit: make.account(role="writer", unit=unit) for unit in (province, commune, plant, elsewhere)}

    reached = {unit.pk for unit, writer in writers.items() if queries.offers_to(own(writer), at=LATER).rows}

    assert reached == {commune.pk, plant.pk}
    assert kinds(offer.story) == ["story-offered"]
    [fact] = ledger.history(offer.story.ref)
    assert fact.data == {"offer_id": offer.pk, "to_id": province.pk, "reach": "below", "kind_id": None}


@pytest.mark.parametrize(
    ("target", "reached"),
    [
        ({"of": "commune"}, {"commune"}),
        ({"of": "commune", "reach": BELOW}, {"plant"}),
        ({"of": "commune", "reach": BRANCH}, {"commune", "plant"}),
        ({"of": "province", "reach": BELOW, "kind": "commune"}, {"commune", "other"}),
        ({"of": "other"}, {"other"}),
    ],
)
def test_a_story_is_offered_to_one_unit_a_branch_or_a_kind_of_units(
    story, province, commune, plant, editor, target, reached
):
    other = make.unit(parent=province, name="Công đoàn xã", kind_code="commune")
    units = {"province": province, "commune": commune, "plant": plant, "other": other}
    kind = make.kind(target["kind"]) if "kind" in target else None

    [made] = actions.offer_story(
        story, [Target(unit=units[target["of"]], reach=target.get("reach", "unit"), kind=kind)], by=editor, at=NOON
    )

    assert {name for name, unit in units.items() if queries.reaches(made, unit.pk, on=DAY)} == reached


def test_a_commune_offers_its_story_upwards_and_the_province_shows_it_once(commune, province, officer, editor):
    told = news.story(unit=commune, title="Bữa ăn ca ở phường")
    [made] = actions.offer_story(told, [Target(unit=province)], by=officer, at=NOON)

    actions.take_story(made, unit=province, words=Words(heading="Cách làm hay"), by=editor, at=NOON)

    assert section(province) == [("Cách làm hay", "", "LĐ")]
    assert section(commune) == [("Bữa ăn ca ở phường", "", None)]


def test_the_province_passes_a_story_of_one_commune_on_to_the_others(commune, province, editor):
    told, other = news.story(unit=commune), make.unit(parent=province)

    [made] = actions.offer_story(told, [Target(unit=province, reach=BELOW)], by=editor, at=NOON)

    assert queries.reaches(made, other.pk, on=DAY)
    assert not queries.reaches(made, commune.pk, on=DAY)


def refusal(act):
    """What somebody is told; and nothing was recorded."""
    before = Entry.objects.count(), SharedStory.objects.count(), Offer.objects.count()
    with pytest.raises(Refused) as told:
        act()
    assert (Entry.objects.count(), SharedStory.objects.count(), Offer.objects.count()) == before
    return str(told.value)


def test_what_may_not_be_offered(story, offer, province, commune, officer, editor):
    beside, elsewhere = make.unit(parent=province), make.unit()
    own_story, draft = news.story(unit=commune), news.story(unit=province, published_at=None)
    gone = news.story(unit=province, withdrawn_at=NOON, withdrawal_reason="Sai")
    poster = news.story(unit=province, on_site=False)

    def told(story, unit, by, **target):
        return refusal(lambda: actions.offer_story(story, [Target(unit=unit, **target)], by=by, at=NOON))

    assert "đơn vị mình" in told(story, commune, officer)
    assert "cấp trên, cấp dưới" in told(own_story, beside, officer)
    assert "cấp trên, cấp dưới" in told(own_story, elsewhere, officer)
    assert {told(one, commune, editor) for one in (draft, gone, poster)} == {
        "Chỉ chia sẻ được tin, bài mà mọi người đọc được trên trang này."
    }
    assert "đã được chia sẻ" in told(story, province, editor, reach=BELOW)
    assert "của đơn vị này rồi" in told(own_story, commune, officer)
    assert "chọn" in refusal(lambda: actions.offer_story(own_story, [], by=officer, at=NOON))


# --- taken


def test_an_officer_takes_a_story_under_its_own_title_at_once(offer, commune, officer):
    shared = actions.take_story(offer, unit=commune, by=officer, at=NOON)

    assert section(commune) == [("Lương tối thiểu vùng tăng", "Từ ngày 1/7.", "CĐP")]
    assert kinds(shared) == ["shared-story-taken"]
    assert titles(queries.offers_to(own(officer), at=LATER)) == []
    assert titles(queries.offers_to(own(officer), at=LATER, answer=queries.TAKEN)) == ["Lương tối thiểu vùng tăng"]


def test_own_words_of_an_officer_wait_for_who_approves_and_then_readers_see_them(offer, commune, officer, approver):
    words = Words(heading="Lương ở phường ta", lead="Áp dụng cho 12 doanh nghiệp.")
    shared = actions.take_story(offer, unit=commune, words=words, by=officer, at=NOON)
    assert section(commune)[0][0] == "Lương tối thiểu vùng tăng"
    assert queries.words_to_agree(own(approver, Ability.APPROVE_STORIES), limit=5) == [shared]

    actions.decide_words(shared, words, agree=True, by=approver, at=LATER)

    assert section(commune) == [("Lương ở phường ta", "Áp dụng cho 12 doanh nghiệp.", "CĐP")]
    assert kinds(shared) == ["shared-story-taken", "own-heading-proposed", "own-heading-set"]


def test_who_publishes_for_the_unit_words_it_at_once_and_may_go_back(offer, commune, approver):
    shared = actions.take_story(offer, unit=commune, words=Words(heading="Của ta"), by=approver, at=NOON)
    assert section(commune)[0][0] == "Của ta"

    actions.word_shared(shared, Words(), by=approver, at=LATER)

    assert section(commune)[0][0] == "Lương tối thiểu vùng tăng"
    assert [one.data["own"] for one in ledger.history(shared.ref).filter(kind="newsroom.own-heading-set")] == [
        False,
        True,
    ]


def test_a_proposal_is_put_aside_or_was_changed_meanwhile(offer, commune, officer, approver):
    first, second = Words(heading="Một"), Words(heading="Hai")
    shared = actions.take_story(offer, unit=commune, words=first, by=officer, at=NOON)
    actions.word_shared(shared, second, by=officer, at=NOON)

    assert "đã thay đổi" in refusal(lambda: actions.decide_words(shared, first, agree=True, by=approver, at=LATER))
    assert "người duyệt" in refusal(lambda: actions.decide_words(shared, second, agree=True, by=officer, at=LATER))
    actions.decide_words(shared, second, agree=False, by=approver, at=LATER)

    shared.refresh_from_db()
    assert (shared.heading, shared.proposed_heading, shared.proposed_by) == ("", "", None)
    assert kinds(shared)[-1] == "own-heading-refused"
    assert "chờ" in refusal(lambda: actions.decide_words(shared, second, agree=True, by=approver, at=LATER))


def test_what_may_not_be_taken(offer, story, commune, plant, province, officer, editor):
    other = make.unit(parent=province)
    stranger = make.account(role="officer", unit=other)

    def take(unit, by):
        return refusal(lambda: actions.take_story(offer, unit=unit, by=by, at=NOON))

    assert "người viết tin" in take(commune, stranger)
    assert "chưa được chia sẻ" in take(province, editor)
    actions.take_story(offer, unit=commune, by=officer, at=NOON)
    assert "đang đăng" in take(commune, officer)
    assert "đang đăng" in refusal(lambda: actions.decline_story(offer, unit=commune, by=officer, at=NOON))
    actions.end_offer(offer, by=editor, at=LATER)
    assert "thôi chia sẻ" in take(plant, officer)


def test_a_unit_declines_and_may_change_its_mind(offer, commune, officer):
    shared = actions.decline_story(offer, unit=commune, reason="Đã có tin riêng", by=officer, at=NOON)
    assert titles(queries.offers_to(own(officer), at=LATER)) == []
    assert "đã trả lời" in refusal(lambda: actions.decline_story(offer, unit=commune, by=officer, at=NOON))

    actions.take_story(offer, unit=commune, by=officer, at=LATER)

    assert kinds(shared) == ["shared-story-declined", "shared-story-taken"]
    assert section(commune) != []


def test_a_unit_ends_it_and_the_story_stays_where_it_is(offer, story, commune, officer):
    shared = actions.take_story(offer, unit=commune, by=officer, at=NOON)

    actions.end_shared(shared, by=officer, at=LATER)

    assert section(commune) == []
    assert Story.objects.public(LATER).get() == story
    assert "không còn đăng" in refusal(lambda: actions.end_shared(shared, by=officer, at=LATER))


# --- whatever happens to the story, at once everywhere


def test_ending_the_offer_ends_the_appearance(offer, commune, officer, editor):
    shared = actions.take_story(offer, unit=commune, by=officer, at=NOON)

    actions.end_offer(offer, by=editor, at=LATER)

    assert section(commune) == []
    assert kinds(shared) == ["shared-story-taken", "shared-story-ended"]
    assert kinds(offer.story) == ["story-offered", "offer-ended"]
    assert [one.pk for one in queries.sharing_news(own(officer), since=NOON, limit=5)] == [shared.pk]


def test_ending_the_unit_ends_the_appearance(offer, commune, officer):
    actions.take_story(offer, unit=commune, by=officer, at=NOON)

    UnitPlace.objects.filter(unit=commune).update(living=False)

    assert section(commune) == []
    [row] = queries.shown_by(offer.story, on=DAY).rows
    assert (row.unit_name, row.living) == ("Công đoàn phường", False)


def test_a_correction_is_seen_at_once_and_own_words_wait_until_somebody_stands_by_them(
    offer, story, commune, officer, approver, editor
):
    words = Words(heading="Tăng 8 % ở phường ta")
    shared = actions.take_story(offer, unit=commune, words=words, by=approver, at=NOON)
    plain = actions.take_story(offer, unit=make.unit(parent=commune, code="CS2"), by=approver, at=NOON)

    actions.correct(story, note="Bản trước ghi nhầm mức tăng.", by=editor, at=LATER)

    assert section(commune)[0][0] == "Lương tối thiểu vùng tăng"
    assert queries.words_to_check(own(officer), limit=5) == [shared]
    assert [one.pk for one in queries.sharing_news(own(officer), since=NOON, limit=5)] == [shared.pk]
    actions.word_shared(shared, words, by=approver, at=LATER + timedelta(minutes=5))
    assert section(commune)[0][0] == "Tăng 8 % ở phường ta"
    assert queries.words_to_check(own(officer), limit=5) == []
    assert plain.shown


def test_a_withdrawn_story_leaves_every_section_and_is_told(offer, story, commune, officer, editor):
    shared = actions.take_story(offer, unit=commune, by=officer, at=NOON)

    actions.withdraw(story, reason="Chưa kiểm chứng", by=editor, at=LATER)

    shared.refresh_from_db()
    offer.refresh_from_db()
    assert (shared.state, offer.standing) == ("ended", False)
    assert section(commune) == []
    assert kinds(shared)[-1] == "shared-story-ended"
    assert [one.pk for one in queries.sharing_news(own(officer), since=NOON, limit=5)] == [shared.pk]


def test_killing_a_story_destroys_what_others_wrote_about_it(offer, story, commune, officer, approver, editor):
    offer.note = "Có tên người"
    offer.save()
    shared = actions.take_story(offer, unit=commune, words=Words(heading="Có tên người"), by=approver, at=NOON)
    declined = actions.decline_story(offer, unit=make.unit(parent=commune), reason="Có tên người", by=approver, at=NOON)

    actions.kill(story, reason="Lộ tên", by=editor, at=LATER)

    for thing in (offer, shared, declined):
        thing.refresh_from_db()
    assert (offer.note, shared.heading, shared.worded_at, declined.reason) == ("", "", None, "")


def test_a_story_whose_time_is_over_is_in_no_section_and_not_offered(offer, story, commune, officer):
    actions.take_story(offer, unit=commune, by=officer, at=NOON)

    Story.objects.filter(pk=story.pk).update(expire_at=LATER)

    assert section(commune, at=LATER) == []
    assert queries.offers_to(own(officer), at=LATER, answer="tat-ca").rows == []


# --- one product


def figures(province):
    """T1, T4, T8, T10 as the scorecard counts them, and as plain code does."""
    path = UnitPlace.objects.get(unit=province).path
    year = Period(first=DAY.replace(month=1, day=1), last=DAY.replace(month=12, day=31))
    ask = Ask(path=path, period=year, structure=DAY, as_of=year.last, every=True)
    keys = [key for key in recount.known() if key != "reports.on_time"]
    counted = {}
    for key in keys:
        measure = registry.measure(key)
        assert measure is not None
        counted[key] = sorted((one.numerator, one.denominator) for one in measure.figures(ask) or ())
    world = recount.load()
    plain = {key: recount.recount(world, key, province.pk, period=year, structure=DAY, as_of=year.last) for key in keys}
    differing = [
        one
        for key in keys
        for one in recount.compare(world, key, province.pk, period=year, structure=DAY, as_of=year.last)
    ]
    assert differing == []
    return counted, plain, Placement.objects.count()


def test_sharing_a_story_with_everybody_changes_no_figure(province, commune, plant, editor, officer):
    told = actions_published(province, editor)
    below = news.story(unit=commune)
    news.placement(below)
    ReachCount.objects.create(unit=plant, year=DAY.year, counted_on=DAY, people=9, confirmed=7, delivered=0)
    before = figures(province)
    assert before[0]["newsroom.items"] != []

    [down] = actions.offer_story(told, [Target(unit=province, reach=BELOW)], by=editor, at=NOON)
    [up] = actions.offer_story(below, [Target(unit=province)], by=officer, at=NOON)
    for unit in (commune, plant):
        actions.take_story(down, unit=unit, words=Words(heading="Tiêu đề riêng"), by=editor, at=LATER)
    actions.take_story(up, unit=province, words=Words(heading="Từ cơ sở"), by=editor, at=LATER)

    assert len(section(commune)) == 2
    assert figures(province) == before


def actions_published(unit, editor):
    """A story that went the whole way, with its placement on this website."""
    writer = make.account(role="writer", unit=unit)
    told = Story(
        unit=unit, title="Chính sách mới", kind="image", product_type=news.product_type(), short="Đọc nhanh.",
    )  # fmt: skip
    actions.draft(told, by=writer, at=NOON)
    actions.publish(told, by=editor, at=NOON)
    told.refresh_from_db()
    return told


# --- found, paged, priced


def test_the_list_is_sieved_by_words_and_theme_and_shows_each_story_once(province, commune, editor, officer):
    wage = news.story(unit=province, title="Lương mới", themes=("phap-luat-quyen-loi",))
    games = news.story(unit=province, title="Hội thao", themes=("su-kien-trong-nam",))
    for one in (wage, games):
        actions.offer_story(one, [Target(unit=province, reach=BELOW), Target(unit=commune)], by=editor, at=NOON)

    def listed(**asked):
        return titles(queries.offers_to(own(officer), at=LATER, **asked))

    assert listed() == ["Hội thao", "Lương mới"]
    assert listed(words="luong") == ["Lương mới"]
    assert listed(theme="su-kien-trong-nam") == ["Hội thao"]
    assert listed(words="khong co") == []


def test_lists_page_by_key(province, commune, editor, officer):
    told = news.story(unit=province)
    for number in range(PAGE + 1):
        one = news.story(unit=province, title=f"Tin {number}") if number else told
        actions.offer_story(one, [Target(unit=commune)], by=editor, at=NOON)

    first = queries.offers_to(own(officer), at=LATER)
    second = queries.offers_to(own(officer), at=LATER, after=first.after)

    assert (len(first.rows), titles(second), second.after) == (PAGE, [told.title], "")


def price(act):
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


def test_lists_cost_the_same_for_one_row_and_for_three(client, province, commune, editor, officer):
    def more(number):
        story = news.story(unit=province, published_at=timezone.now() - timedelta(hours=1))
        other = make.unit(parent=province, code=f"X{number}")
        [made] = actions.offer_story(story, [Target(unit=province, reach=BELOW)], by=editor, at=timezone.now())
        for unit in (commune, other):
            actions.take_story(made, unit=unit, words=Words(heading="Riêng"), by=editor, at=timezone.now())
        return story

    def prices(story):
        client.force_login(officer)
        addresses = [f"{reverse('newsroom:shared')}?answer=nhan", "/don-vi/CĐP/", "/don-vi/CĐP/rss.xml"]
        client.get(addresses[0])
        found = [price(lambda address=address: client.get(address)) for address in addresses]
        on = today(timezone.now())
        return [*found, price(lambda: queries.shown_by(story, on=on)), price(lambda: queries.offers_of(story, on=on))]

    one = prices(more(1))
    for number in (2, 3):
        story = more(number)
    for number in (4, 5):
        [offer] = queries.offers_of(story, on=DAY)
        actions.take_story(offer, unit=make.unit(parent=province, code=f"X{number}"), by=editor, at=timezone.now())

    assert prices(story) == one


# --- screens


@pytest.fixture
def now_offer(province, editor):
    story = news.story(
        unit=province, title="Lương tối thiểu vùng tăng", slug="luong", short="Tăng 7 %.",
        published_at=timezone.now() - timedelta(hours=1),
    )  # fmt: skip
    [made] = actions.offer_story(story, [Target(unit=province, reach=BELOW)], by=editor, at=timezone.now())
    return made


def test_an_officer_finds_takes_and_words_it_on_screen_and_readers_see_it(
    client, now_offer, commune, officer, approver
):
    client.force_login(officer)
    assert "Lương tối thiểu vùng tăng" in client.get(reverse("newsroom:shared")).content.decode()
    page = client.get(reverse("newsroom:offer", args=[now_offer.pk]))
    assert "Tăng 7 %." in page.content.decode()

    sent = {"take-unit": commune.pk, "take-heading": "Lương ở phường ta", "take-lead": "Cho 12 doanh nghiệp."}
    client.post(reverse("newsroom:take_offer", args=[now_offer.pk]), sent)
    client.force_login(approver)
    shared = SharedStory.objects.get()
    assert "Lương ở phường ta" in client.get("/quan-tri/").content.decode()
    agreed = {"agree": "1", "heading": "Lương ở phường ta", "lead": "Cho 12 doanh nghiệp."}
    client.post(reverse("newsroom:decide_words", args=[shared.pk]), agreed)

    unit = client.get("/don-vi/CĐP/").content.decode()
    assert "/don-vi/C%C4%90P/tin/luong/" in unit
    assert "Lương ở phường ta" in unit
    assert "theo Liên đoàn tỉnh" in unit
    story = client.get("/don-vi/CĐP/tin/luong/").content.decode()
    assert "<h1>Lương ở phường ta</h1>" in story
    assert '<link rel="canonical" href="http://localhost/tin/luong/">' in story.replace(
        "http://localhost:8000", "http://localhost"
    )
    assert '"headline": "Lương tối thiểu vùng tăng"' in story
    feed = client.get("/don-vi/CĐP/rss.xml").content.decode()
    assert "Lương ở phường ta" in feed
    assert "theo Liên đoàn tỉnh" in feed


def test_the_address_in_a_section_leads_to_the_story_once_the_unit_shows_it_no_more(
    client, now_offer, commune, approver
):
    shared = actions.take_story(now_offer, unit=commune, by=approver, at=timezone.now())
    assert client.get("/don-vi/CĐP/tin/luong/").status_code == 200

    actions.end_shared(shared, by=approver, at=timezone.now())

    answer = client.get("/don-vi/CĐP/tin/luong/")
    assert (answer.status_code, answer["Location"]) == (302, "/tin/luong/")
    assert client.get("/don-vi/CĐP/tin/khong-co/", follow=True).status_code == 404


def test_the_owner_shares_on_screen_sees_who_took_it_and_ends_it(client, now_offer, commune, province, plant, editor):
    client.force_login(editor)
    address = reverse("newsroom:sharing", args=[now_offer.story_id])
    actions.take_story(now_offer, unit=commune, by=editor, at=timezone.now())
    page = client.get(address).content.decode()
    assert "Công đoàn phường" in page
    assert "Công đoàn phường" in client.get(reverse("newsroom:story", args=[now_offer.story_id])).content.decode()

    assert client.post(address, {"whom": "chosen"}).status_code == 422
    assert client.post(address, {"whom": f"below.{province.pk}"}).status_code == 422
    client.post(address, {"whom": "chosen", "chosen": [commune.pk], "branch": "on", "note": "Đăng trước 1/5"})
    client.post(reverse("newsroom:end_offer", args=[now_offer.pk]))

    [left] = Offer.objects.standing()
    assert (left.unit, left.reach, left.note) == (commune, "branch", "Đăng trước 1/5")
    assert SharedStory.objects.get().state == "ended"


def test_who_writes_elsewhere_finds_no_door(client, now_offer, province, commune, officer):
    shared = actions.take_story(now_offer, unit=commune, by=officer, at=timezone.now())
    foreign = make.account(role="planner", unit=make.unit())
    client.force_login(foreign)

    doors = [
        client.get(reverse("newsroom:offer", args=[now_offer.pk])),
        client.post(reverse("newsroom:take_offer", args=[now_offer.pk])),
        client.post(reverse("newsroom:decline_offer", args=[now_offer.pk])),
        client.post(reverse("newsroom:end_offer", args=[now_offer.pk])),
        client.post(reverse("newsroom:word_shared", args=[shared.pk])),
        client.post(reverse("newsroom:decide_words", args=[shared.pk])),
        client.post(reverse("newsroom:end_shared", args=[shared.pk])),
        client.get(reverse("newsroom:sharing", args=[now_offer.story_id])),
    ]

    assert {door.status_code for door in doors} == {404}
    shared.refresh_from_db()
    assert shared.shown


def test_a_worker_s_corner_shows_it_in_the_words_of_the_unit(client, now_offer, plant, editor):
    person = make.person(unit=plant)
    actions.take_story(now_offer, unit=plant, words=Words(heading="Ở nhà máy ta"), by=editor, at=timezone.now())
    client.force_login(make.account(person=person))

    assert "Ở nhà máy ta" in client.get("/toi/").content.decode()
    assert Membership.objects.get(person=person).unit == plant
    assert UnitVersion.objects.get(unit=plant).name == "Công đoàn Nhà máy"
