"""The first page: put together as a draft, put up at once, and never empty."""

from datetime import timedelta

import pytest
from django.utils import timezone

from loa.base.dates import today
from loa.base.errors import Refused
from loa.ledger.models import Entry
from loa.newsroom.models import StoryPhoto
from loa.portal import actions, fronts
from loa.portal.blocks import MOST, Block, Kind, moved, read, written
from loa.portal.models import FrontPage
from tests import make
from tests import make_news as news
from tests.make import NOON

THEME = "su-kien-trong-nam"


def now():
    return timezone.now()


def out(**fields):
    return news.story(published_at=fields.pop("at", now() - timedelta(hours=1)), **fields)


def text(response):
    return response.content.decode()


def add(by, **block):
    return actions.change_front(lambda blocks: [*blocks, Block(**block)], by=by, at=NOON)


@pytest.fixture
def keeper():
    return make.account(role="planner", unit=make.unit(kind_code="province", name="LĐLĐ tỉnh"))


def test_blocks_survive_being_kept_and_unknown_kinds_are_left_out():
    blocks = [
        Block(kind=Kind.LEAD, thing=7),
        Block(kind=Kind.NOTICE, heading="Nghỉ Tết", text="Từ 28.", until=today(NOON)),
    ]

    assert read(written(blocks)) == blocks
    assert read([{"kind": "weather"}, *written(blocks)]) == blocks


def test_a_block_moves_and_stays_at_the_ends():
    one, two = Block(kind=Kind.PHOTOS), Block(kind=Kind.CHANNELS)

    assert moved([one, two], 0, by=1) == moved([one, two], 1, by=-1) == [two, one]
    assert moved([one, two], 0, by=-1) == moved([one, two], 1, by=1) == moved([one, two], 9, by=1) == [one, two]


@pytest.mark.django_db
def test_readers_see_a_draft_only_once_it_is_put_up_and_the_fact_is_kept(client, keeper):
    out(title="Tin mới nhất")
    old = out(title="Tin được chọn", at=now() - timedelta(days=60))
    add(keeper, kind=Kind.LEAD, thing=old.pk)
    add(keeper, kind=Kind.NOTICE, heading="Nghỉ Tết", text="Văn phòng nghỉ từ 28.")

    before = text(client.get("/"))
    actions.arrange(by=keeper, at=NOON)
    after = client.get("/")

    assert "Nghỉ Tết" not in before
    assert "Nghỉ Tết" in text(after)
    assert (after.context["front"].lead, after.context["front"].latest[0].title) == (old, "Tin mới nhất")
    [entry] = Entry.objects.all()
    assert (entry.kind, entry.data, entry.actor) == ("portal.front-arranged", {"blocks": 2}, keeper.ref)


@pytest.mark.django_db
def test_every_kind_of_block_shows_its_own_and_an_empty_row_is_not_shown(client, keeper):
    unit = make.unit(name="Công đoàn Hoa Sen")
    out(unit=unit, title="Của đơn vị")
    out(title="Của chủ đề", themes=(THEME,))
    out(title="Câu hỏi", question="Vì sao?")
    pictured = out(title="Qua ảnh thấy đời")
    StoryPhoto.objects.create(story=pictured, photo=news.photo(), sort_order=0)
    for kind, thing in ((Kind.UNIT, unit.pk), (Kind.THEME, news.theme(THEME).pk), (Kind.THEME, news.theme().pk)):
        add(keeper, kind=kind, thing=thing)
    for kind in (Kind.QUESTIONS, Kind.PHOTOS, Kind.CHANNELS):
        add(keeper, kind=kind)
    actions.arrange(by=keeper, at=NOON)

    front = client.get("/").context["front"]

    shown = [(section.kind, [story.title for story in section.stories]) for section in front.sections]
    assert shown == [
        (Kind.UNIT, ["Của đơn vị"]),
        (Kind.THEME, ["Của chủ đề"]),
        (Kind.QUESTIONS, ["Câu hỏi"]),
        (Kind.PHOTOS, ["Qua ảnh thấy đời"]),
    ]


@pytest.mark.django_db
def test_the_first_page_is_never_empty_whatever_became_of_what_was_chosen(keeper):
    gone = out(title="Đã gỡ")
    type(gone).objects.filter(pk=gone.pk).update(live=False, withdrawn_at=NOON, withdrawal_reason="Sai.")
    newest = out(title="Mới nhất")
    blocks = [
        Block(kind=Kind.LEAD, thing=gone.pk),
        Block(kind=Kind.THEME, thing=99999),
        Block(kind=Kind.UNIT, thing=99999),
        Block(kind=Kind.NOTICE, heading="Cũ", text="Hết hạn.", until=today(now()) - timedelta(days=1)),
    ]

    front = fronts.front(blocks, at=now())

    assert (front.lead, front.notices, front.sections) == (newest, [], [])


@pytest.mark.django_db
def test_what_does_not_fit_is_refused_and_changes_nothing(keeper):
    add(keeper, kind=Kind.LEAD, thing=1)
    add(keeper, kind=Kind.THEME, thing=1)

    for kind, thing, said in ((Kind.LEAD, 2, "đã có khối"), (Kind.THEME, 1, "hàng tin này")):
        with pytest.raises(Refused, match=said):
            add(keeper, kind=kind, thing=thing)
    with pytest.raises(Refused, match=str(MOST)):
        actions.change_front(
            lambda blocks: [*blocks, *(Block(kind=Kind.NOTICE, text=str(n)) for n in range(MOST))], by=keeper, at=NOON
        )

    assert len(FrontPage.objects.get().blocks) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["planner", "approver", "administrator"])
def test_only_who_keeps_the_newsroom_of_the_whole_federation_puts_it_together(client, keeper, role):
    part = make.unit(parent=keeper.grants.get().unit)
    stranger = make.account(role=role, unit=part)
    for act in (lambda: add(stranger, kind=Kind.PHOTOS), lambda: actions.arrange(by=stranger, at=NOON)):
        with pytest.raises(Refused, match="toàn liên đoàn"):
            act()
    client.force_login(stranger)

    assert client.get("/quan-tri/trang-cong-khai/trang-dau/").status_code == 403
    assert (FrontPage.objects.count(), Entry.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_an_officer_puts_the_page_together_looks_at_it_and_puts_it_up(client, keeper):
    out(title="Tin mới")
    client.force_login(keeper)
    desk = "/quan-tri/trang-cong-khai/trang-dau/"

    wrong = client.post(f"{desk}them/notice/", {"heading": "", "text": ""})
    client.post(f"{desk}them/notice/", {"heading": "Nghỉ lễ", "text": "Nghỉ hai ngày.", "until": "31/12/2099"})
    client.post(f"{desk}them/photos/", {"heading": ""})
    client.post(f"{desk}1/chuyen/", {"where": "up"})
    shown, preview = text(client.get(desk)), text(client.get(f"{desk}xem-thu/"))
    public = text(client.get("/"))
    client.post(f"{desk}dua-len/")

    assert "data-wrong" in text(wrong)
    assert shown.index("Phóng sự ảnh</strong>") < shown.index("Nghỉ lễ · Nghỉ hai ngày.")
    assert ("Nghỉ hai ngày." in preview, "Nghỉ hai ngày." in public) == (True, False)
    assert "Nghỉ hai ngày." in text(client.get("/"))
    client.post(f"{desk}0/bo/")
    client.post(f"{desk}bo-ban-nhap/")
    assert [block.kind for block in fronts.standing()] == [Kind.PHOTOS, Kind.NOTICE]
    assert client.post(f"{desk}them/weather/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("how_many", [1, 3])
def test_the_first_page_costs_the_same_however_many_stories(client, keeper, django_assert_max_num_queries, how_many):
    for _ in range(how_many):
        out(themes=(THEME,), photo=news.photo(), question="Gì?")
    for kind, thing in ((Kind.THEME, news.theme(THEME).pk), (Kind.QUESTIONS, None)):
        add(keeper, kind=kind, thing=thing)
    actions.arrange(by=keeper, at=NOON)

    with django_assert_max_num_queries(14):
        client.get("/")


@pytest.mark.django_db
def test_a_row_does_not_repeat_what_stands_above_it_while_there_is_enough_else(keeper):
    new = [out(themes=(THEME,), at=now() - timedelta(hours=hour)) for hour in range(1, 10)]
    old = [out(themes=(THEME,), at=now() - timedelta(days=day)) for day in range(1, 7)]
    theme = new[0].themes.get()
    twice = [Block(kind=Kind.THEME, thing=theme.pk), Block(kind=Kind.THEME, thing=theme.pk, heading="Còn nữa")]

    front = fronts.front(twice, at=now())

    assert [front.lead, *front.latest] == new
    assert [list(section.stories) for section in front.sections] == [old[:4], old[4:5] + old[5:6]]


@pytest.mark.django_db
def test_a_row_with_nothing_else_repeats_rather_than_stand_empty(keeper):
    few = [out(themes=(THEME,), at=now() - timedelta(hours=hour)) for hour in range(1, 4)]

    front = fronts.front([Block(kind=Kind.THEME, thing=few[0].themes.get().pk)], at=now())

    assert list(front.sections[0].stories) == few
