"""Requests for material: asked of another unit, taken by a person, answered, declined or taken back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from loa.base.dates import today
from loa.base.errors import Refused
from loa.ledger import queries as ledger
from loa.ledger.models import Entry
from loa.newsroom import actions, queries
from loa.newsroom.models import MaterialRequest
from loa.newsroom.queries.requests import PAGE
from loa.people.policies import scope
from loa.people.roles import Ability
from tests import make
from tests import make_news as news
from tests.make import DAY, NOON

pytestmark = pytest.mark.django_db
FRIDAY = DAY + timedelta(days=4)


@pytest.fixture
def province():
    return make.unit(name="Liên đoàn tỉnh")


@pytest.fixture
def board(province):
    return make.unit(parent=province, name="Ban Chính sách")


@pytest.fixture
def union(province):
    return make.unit(parent=province, name="Công đoàn Khu kinh tế")


@pytest.fixture
def writer(union):
    return make.account(role="writer", unit=union)


@pytest.fixture
def clerk(board):
    return make.account(role="officer", unit=board)


@pytest.fixture
def asked(board, union, writer):
    return actions.ask_for_material(
        "Tư liệu về mức lương tối thiểu mới", asker=union, unit=board, due_on=FRIDAY, by=writer, at=NOON
    )


def kinds(asked):
    return [entry.kind.removeprefix("newsroom.material-") for entry in ledger.history(asked.ref)][::-1]


def test_a_request_is_taken_and_answered_with_a_published_story(asked, board, union, writer, clerk):
    story = news.story(unit=board)

    actions.take_request(asked, by=clerk, at=NOON)
    done = actions.answer_request(asked, story=story, answer="Có bốn vùng.", by=clerk, at=NOON)

    assert (done.state, done.owner, done.story, done.answer) == ("answered", clerk, story, "Có bốn vùng.")
    assert kinds(asked) == ["asked", "taken", "answered"]
    [told] = ledger.history(asked.ref).filter(kind="newsroom.material-asked")
    assert (told.unit_id, told.data) == (board.pk, {"asker_id": union.pk, "due_on": "2026-03-06"})
    [told] = ledger.history(asked.ref).filter(kind="newsroom.material-answered")
    assert (told.data, told.evidence) == ({"story_id": story.pk}, [story.ref])


def test_who_answers_without_taking_it_has_taken_it(asked, clerk):
    assert actions.answer_request(asked, answer="Có bốn vùng.", by=clerk, at=NOON).owner == clerk


def test_a_draft_is_given_only_by_who_may_read_it_and_then_read_by_who_asked(
    client, asked, board, union, writer, clerk
):
    with pytest.raises(Refused, match="đã xuất bản"):
        actions.answer_request(asked, story=news.story(unit=union, published_at=None), by=clerk, at=NOON)
    draft = news.story(unit=board, published_at=None, short="Vùng một tăng bảy phần trăm.")
    draft.save_revision()

    actions.answer_request(asked, story=draft, by=clerk, at=NOON)

    client.force_login(writer)
    page = client.get(reverse("newsroom:request", args=[asked.pk])).content.decode()
    assert "Vùng một tăng bảy phần trăm." in page
    assert client.get(reverse("newsroom:story", args=[draft.pk])).status_code == 404


def test_a_request_is_declined_or_taken_back_with_a_reason(asked, board, union, writer, clerk):
    other = actions.ask_for_material("Ảnh hội thao", asker=union, unit=board, due_on=FRIDAY, by=writer, at=NOON)

    declined = actions.decline_request(asked, reason="Nghị định chưa ban hành.", by=clerk, at=NOON)
    back = actions.withdraw_request(other, reason="Đã có ảnh.", by=writer, at=NOON)

    assert (declined.state, declined.reason, back.state, back.reason) == (
        "declined", "Nghị định chưa ban hành.", "withdrawn", "Đã có ảnh.",
    )  # fmt: skip
    assert (kinds(asked), kinds(other)) == (["asked", "declined"], ["asked", "withdrawn"])


def test_what_may_not_be_asked_leaves_nothing(board, union, writer, clerk):
    elsewhere = make.unit()
    wrong = [
        ({"asker": board, "unit": union}, "đơn vị mình"),
        ({"unit": union}, "chính mình"),
        ({"unit": elsewhere}, "cùng liên đoàn"),
        ({"title": "  "}, "bạn cần gì"),
        ({"due_on": DAY - timedelta(days=1)}, "đã qua"),
    ]
    for changed, said in wrong:
        typed = {"title": "Tư liệu", "asker": union, "unit": board, "due_on": FRIDAY} | changed
        with pytest.raises(Refused, match=said):
            actions.ask_for_material(typed.pop("title"), by=writer, at=NOON, **typed)

    assert not MaterialRequest.objects.exists()
    assert not Entry.objects.filter(kind__startswith="newsroom.material").exists()


def test_what_may_not_be_done_with_a_request_changes_nothing(asked, board, union, writer, clerk):
    colleague = make.account(role="officer", unit=board)
    actions.take_request(asked, by=clerk, at=NOON)
    said = kinds(asked)
    wrong = [
        (lambda: actions.take_request(asked, by=clerk, at=NOON), "đã nhận"),
        (lambda: actions.take_request(asked, by=colleague, at=NOON), "ai đã nhận"),
        (lambda: actions.answer_request(asked, answer="Đây.", by=writer, at=NOON), "ai đã nhận"),
        (lambda: actions.answer_request(asked, by=clerk, at=NOON), "nội dung tư liệu"),
        (lambda: actions.decline_request(asked, reason=" ", by=clerk, at=NOON), "lý do"),
        (lambda: actions.withdraw_request(asked, reason="Thôi.", by=clerk, at=NOON), "mới rút lại"),
        (lambda: actions.withdraw_request(asked, reason=" ", by=writer, at=NOON), "không cần nữa"),
    ]
    for act, words in wrong:
        with pytest.raises(Refused, match=words):
            act()
    assert (MaterialRequest.objects.get().state, kinds(asked)) == ("taken", said)

    actions.answer_request(asked, answer="Đây.", by=clerk, at=NOON)
    with pytest.raises(Refused, match="đã kết thúc"):
        actions.decline_request(asked, reason="Muộn.", by=clerk, at=NOON)


def test_who_runs_the_newsroom_above_may_take_over(asked, province, clerk):
    chief = make.account(role="planner", unit=province)
    actions.take_request(asked, by=clerk, at=NOON)

    assert actions.take_request(asked, by=chief, at=NOON).owner == chief


def test_a_request_is_asked_for_on_its_screen_and_answered_by_the_address_of_a_story(
    client, board, union, writer, clerk
):
    day = today(timezone.now())
    client.force_login(writer)
    page = client.get(reverse("newsroom:ask")).content.decode()
    assert "Ban Chính sách" in page
    typed = {"title": "Tư liệu", "asker": union.pk, "unit": board.pk, "due_on": day.isoformat(), "length": "300"}
    assert client.post(reverse("newsroom:ask"), typed | {"title": ""}).status_code == 422
    client.post(reverse("newsroom:ask"), typed)
    asked = MaterialRequest.objects.get()

    client.force_login(clerk)
    story = news.story(unit=board, slug="luong-toi-thieu")
    address = reverse("newsroom:answer_request", args=[asked.pk])
    assert client.post(address, {"address": "https://vi-du.example/tin/khong-co/"}).status_code == 422
    client.post(address, {"address": "https://vi-du.example/tin/luong-toi-thieu/"})

    asked.refresh_from_db()
    assert (asked.state, asked.story, asked.length) == ("answered", story, 300)
    assert story.title in client.get(reverse("newsroom:request", args=[asked.pk])).content.decode()


def test_who_is_neither_asked_nor_asks_does_not_see_it(client, asked, province):
    client.force_login(make.account(role="officer", unit=make.unit(parent=province)))

    assert client.get(reverse("newsroom:request", args=[asked.pk])).status_code == 404
    assert asked.title not in client.get(reverse("newsroom:requests")).content.decode()


def test_the_list_is_paged_by_day_and_costs_the_same(client, board, union, writer, django_assert_num_queries):
    def ask(day):
        actions.ask_for_material(f"Tư liệu {day}", asker=union, unit=board, due_on=day, by=writer, at=NOON)

    reach = scope(writer, Ability.DO_TASKS, on=DAY)
    ask(FRIDAY)
    with django_assert_num_queries(1):
        assert len(queries.requests_within(reach).rows) == 1
    for number in range(PAGE + 1):
        ask(FRIDAY + timedelta(days=number % 3))
    with django_assert_num_queries(1):
        first = queries.requests_within(reach)
    rest = queries.requests_within(reach, after=first.after)
    shown = [*first.rows, *rest.rows]

    assert (len(first.rows), len(rest.rows), rest.after) == (PAGE, 2, "")
    assert [(row.due_on, row.pk) for row in shown] == sorted((row.due_on, row.pk) for row in shown)
    assert {row.unit_name for row in shown} == {"Ban Chính sách"}
    assert queries.requests_within(reach, side="den").rows == []
    assert queries.requests_within(reach, state=queries.ENDED).rows == []
    for nonsense in ("x", "2026-99-01.1", "2026-03-06.x", "."):
        assert len(queries.requests_within(reach, after=nonsense).rows) == PAGE


def test_home_says_what_is_asked_of_us_and_what_came_of_what_we_asked(client, board, union, writer, clerk):
    now = timezone.now()
    asked = actions.ask_for_material("Tư liệu hôm nay", asker=union, unit=board, due_on=today(now), by=writer, at=now)

    def home(account):
        client.force_login(account)
        return client.get(reverse("wagtailadmin_home")).content.decode()

    assert asked.title in home(clerk)
    assert asked.title in home(writer)
    actions.answer_request(asked, answer="Đây.", by=clerk, at=now)
    assert asked.title not in home(clerk)
    assert asked.title in home(writer)


def test_a_unit_several_levels_away_on_the_same_line_is_asked_by_name_or_code(client, province, union):
    chief = make.account(role="planner", unit=province)
    plant = make.unit(parent=union, name="Công đoàn Nhà máy Gỗ", code="CS-GO")
    twin = make.unit(parent=union, name="Công đoàn Nhà máy Gỗ hai", code="CS-GO-2")
    make.unit(parent=make.unit(), name="Công đoàn Nhà máy Giấy", code="CS-GIAY")
    client.force_login(chief)
    day = today(timezone.now()) + timedelta(days=3)
    typed = {"title": "Ảnh ca đêm", "asker": province.pk, "due_on": day.isoformat()}

    def said(**more):
        return client.post(reverse("newsroom:ask"), typed | more)

    assert "ghi tên đơn vị" in said().content.decode()
    assert "CS-GO-2" in said(other="nha may").content.decode()
    assert "tên như vậy" in said(other="nha may giay").content.decode()
    assert said(other="CS-GO-2").status_code == said(other="công đoàn nhà máy gỗ").status_code == 302

    assert list(MaterialRequest.objects.order_by("pk").values_list("unit", flat=True)) == [twin.pk, plant.pk]


def test_a_unit_below_asks_those_above_and_below_but_none_beside_by_name(union, board, province):
    plant = make.unit(parent=union, name="Công đoàn Nhà máy Gỗ")
    own = scope(make.account(role="officer", unit=plant), Ability.DO_TASKS, on=DAY)

    names = {
        words: [unit.pk for unit in queries.units_along(own, words)] for words in ("lien doan", "khu", "chinh sach")
    }

    assert names == {"lien doan": [province.pk], "khu": [union.pk], "chinh sach": []}
    assert board.pk not in {unit.pk for unit in queries.units_along(own, "")}
