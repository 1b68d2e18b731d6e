"""A changed or corrected fact followed beyond the texts of stories: pictures, clips, own headings, events, the rest."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from loa.config import reactions
from loa.ledger.models import Entry
from loa.newsroom import actions, queries
from loa.newsroom.actions import Said, Target, Words
from loa.newsroom.actions.weighing import weigh_fact
from loa.newsroom.models import Clip, Event, FactUse, SharedStory, StoryPhoto, StoryTemplate, Term
from loa.people.policies import Scope, scope
from loa.people.roles import Ability
from loa.planning.models import Task
from loa.portal.models import FrontPage
from tests import make
from tests import make_news as news
from tests.make import DAY, NOON

pytestmark = pytest.mark.django_db
OLD, NEW, THIRD = "3.860.000 đồng/tháng", "4.140.000 đồng/tháng", "4.500.000 đồng/tháng"
SOURCE, RIGHT_SOURCE = "Nghị định 74/2024/NĐ-CP, Điều 3", "Nghị định 74/2024/NĐ-CP, Điều 4"
SINCE = DAY - timedelta(days=300)
LATER, LAST = NOON + timedelta(hours=1), NOON + timedelta(hours=2)


@pytest.fixture
def province():
    return make.unit(name="Liên đoàn tỉnh", code="LĐ")


@pytest.fixture
def union(province):
    return make.unit(parent=province, name="Công đoàn phường", code="CĐP")


@pytest.fixture
def keeper(province):
    return make.account(role="planner", unit=province)


@pytest.fixture
def writer(union):
    made = make.account(role="officer", unit=union)
    made.unit = union  # type: ignore[attr-defined]
    return made


@pytest.fixture
def chief(union):
    return make.account(role="approver", unit=union)


@pytest.fixture
def wage(province, keeper):
    said = Said(value=OLD, valid_from=SINCE, source=SOURCE)
    return actions.record_fact("Lương tối thiểu vùng III", said, unit=province, by=keeper, at=NOON)


def newest(fact):
    return fact.versions.order_by("-pk").values_list("pk", flat=True)[0]


def change(fact, by, *, since=DAY, at=LATER):
    said = Said(value=NEW, valid_from=since, source=SOURCE)
    return actions.change_fact(fact, said, note="Mức mới.", seen=newest(fact), by=by, at=at)


def correct(fact, by, *, value=NEW, source=SOURCE, at=LATER):
    said = Said(value=value, valid_from=SINCE, source=source)
    version = fact.versions.standing()[0]
    return actions.correct_fact(fact, said, version=version, note="Ghi nhầm.", seen=newest(fact), by=by, at=at)


def using(fact, writer, **fields):
    """A story of the writer's unit that is out and uses the fact."""
    made = news.story(unit=writer.unit, author=writer, **fields)
    actions.use_facts(made, chosen=[fact.pk], by=writer, at=NOON)
    return made


def use(story):
    return FactUse.objects.get(story=story)


def says(fact, story):
    """What the parts of the story say that they should not say any more."""
    reach = Scope(on=DAY, everything=True)
    [row] = [row for row in queries.uses_of_fact(fact, reach, pending=True).rows if row.story == story]
    return {edition.label: edition.former for edition in row.editions if edition.former}


# --- pictures and clips


def test_the_words_below_and_about_pictures_are_part_of_what_a_story_says(wage, keeper, writer):
    captioned = using(wage, writer, short=f"Nay là {NEW}.")
    StoryPhoto.objects.create(story=captioned, photo=news.photo(), caption="Bảng lương 3,86 triệu đồng", sort_order=0)
    described = using(wage, writer, short=f"Nay là {NEW}.", photo=news.photo(alt=f"Áp phích ghi {OLD}"))
    in_text = using(
        wage, writer, deep=f'<p>Nay là {NEW}.</p><embed alt="Mức {OLD}" embedtype="image" format="left" id="1"/>'
    )

    change(wage, keeper)

    assert {use(one).owing for one in (captioned, described, in_text)} == {wage.versions.standing()[0]}
    assert says(wage, captioned) == {"lời dưới ảnh và lời tả ảnh": OLD}


def test_captions_of_a_draft_are_read_as_they_were_drafted(wage, keeper, writer, chief):
    story = using(wage, writer, short=f"Nay là {NEW}.")
    StoryPhoto.objects.create(story=story, photo=news.photo(), caption=f"Mức {OLD}", sort_order=0)
    change(wage, keeper)

    latest = story.get_latest_revision_as_object()
    latest.photos = [StoryPhoto(photo=news.photo(), caption=f"Mức {NEW}", sort_order=0)]
    actions.draft(latest, by=writer, at=LATER)

    story.refresh_from_db()
    assert (use(story).owing, use(story).ready) == (wage.versions.standing()[0], True)
    actions.correct(story, note="Sửa lời dưới ảnh.", by=keeper, at=LAST)
    assert use(story).owing is None


def test_a_description_set_right_in_the_library_settles_its_stories(wage, keeper, writer, union):
    photo = news.photo(unit=union, alt=f"Áp phích ghi {OLD}")
    story = using(wage, writer, short=f"Nay là {NEW}.", photo=photo)
    change(wage, keeper)
    assert use(story).owing is not None
    told: dict[str, Any] = {"title": photo.title, "credit": "", "licence": None, "place": "", "taken_on": None}
    rights: dict[str, Any] = {"tags": (), "shown": "nobody", "consent_proof": "", "consent_until": None}

    actions.describe_photo(photo, alt=f"Áp phích ghi {NEW}", **told, **rights, by=writer, at=LAST)

    assert use(story).owing is None


def test_subtitles_of_a_clip_are_part_of_what_its_stories_say(wage, keeper, writer, union):
    clip = Clip.objects.create(
        unit=union, title="Clip lương", kind="sound", folder="f", source="x", source_size=1, seconds=1, uploaded_at=NOON
    )
    story = using(wage, writer, title="Nghe tin", short=f"Nay là {NEW}.", clip=clip)
    change(wage, keeper)
    assert use(story).owing is None
    told: dict[str, Any] = {
        "title": "Clip lương",
        "credit": "",
        "licence": None,
        "shown": "nobody",
        "consent_proof": "",
    }
    lines = SimpleUploadedFile(
        "loi.srt", "1\n00:00:01,000 --> 00:00:02,500\nmức ba triệu tám trăm sáu mươi nghìn đồng\n".encode()
    )

    actions.describe_clip(clip, **told, consent_until=None, subtitles=lines, by=writer, at=LAST)

    clip.refresh_from_db()
    assert clip.spoken == "mức ba triệu tám trăm sáu mươi nghìn đồng"
    assert says(wage, story) == {"tên và phụ đề của clip": OLD}
    assert news.search("sáu mươi nghìn", at=LAST) == [story]


def test_stories_that_do_not_use_the_fact_are_found_in_every_form_of_its_number(wage, keeper, union):
    forms = [
        "Mức 3.860.000đ.", "Mức 3,86 triệu đồng.", "Mức 3 triệu 860 nghìn đồng.", "Mức 3860000 VNĐ.",
        "Mức ba triệu tám trăm sáu mươi nghìn đồng.",
    ]  # fmt: skip
    written = {news.story(unit=union, title=f"Bài {text}", short=text) for text in forms}
    pictured = news.story(unit=union, photo=news.photo(alt=f"Áp phích ghi {OLD}"))
    other = {news.story(unit=union, short=text) for text in ("Thưởng 13.860.000 đồng.", "Mức 3,9 triệu đồng.")}

    change(wage, keeper)

    found = set(queries.stating_unnoticed(wage, scope(keeper, Ability.WRITE_STORIES, on=DAY)))
    assert found == {*written, pictured}
    assert not found & other


# --- the source alone


def test_who_shows_readers_a_source_that_was_wrong_is_told_and_mends_it_by_publishing_again(wage, keeper, writer):
    cites = using(wage, writer, short=f"Mức {OLD}.")
    actions.correct(cites, note="Thêm nguồn.", by=keeper, at=NOON)
    draft = news.story(unit=writer.unit, author=writer, published_at=None, short=f"Mức {OLD}.")
    actions.use_facts(draft, chosen=[wage.pk], by=writer, at=NOON)

    version = correct(wage, keeper, value=OLD, source=RIGHT_SOURCE)

    marked = use(cites)
    assert (marked.owing, marked.wrong, marked.ready) == (version, True, True)
    assert use(draft).owing is None
    [errand] = queries.to_restate(writer, scope(writer, Ability.WRITE_STORIES, on=DAY), limit=9)
    assert (errand.story_id, errand.source) == (cites.pk, RIGHT_SOURCE)
    cites.refresh_from_db()
    actions.correct(cites, note="Sửa nguồn.", by=keeper, at=LAST)
    assert use(cites).owing is None
    assert [shown.source for shown in queries.sources(queries.published(cites.slug, at=LAST))] == [RIGHT_SOURCE]


def test_a_source_that_was_wrong_is_no_errand_at_the_notice_board(wage, keeper, writer):
    cites = using(wage, writer, short=f"Mức {OLD}.")
    news.placement(cites, code="bang-tin", by=writer)
    actions.correct(cites, note="Thêm nguồn.", by=keeper, at=NOON)

    correct(wage, keeper, value=OLD, source=RIGHT_SOURCE)
    [entry] = Entry.objects.filter(kind="newsroom.shared-fact-found-wrong")
    reactions.follow_fact_to_every_place(entry)

    assert not Task.objects.exists()


def test_the_screens_say_that_only_the_source_is_wrong(client, wage, keeper, writer):
    cites = using(wage, writer, short=f"Mức {OLD}.")
    actions.correct(cites, note="Thêm nguồn.", by=keeper, at=NOON)
    correct(wage, keeper, value=OLD, source=RIGHT_SOURCE)
    client.force_login(keeper)

    page = client.get(reverse("newsroom:story", args=[cites.pk])).content.decode()

    assert "ghi nguồn đã bị sai" in page
    assert "nội dung đã đúng, chờ đăng lại" in page
    assert "nói giá trị vốn sai" not in page


# --- own headings


@pytest.fixture
def shown(wage, province, union, keeper, chief):
    """A story of the province in the section of a union, under a heading that repeats the fact."""
    story = news.story(unit=province, title="Lương tăng", short=f"Mức {OLD}.", author=keeper)
    actions.use_facts(story, chosen=[wage.pk], by=keeper, at=NOON)
    [offer] = actions.offer_story(story, [Target(unit=union)], by=keeper, at=NOON)
    return actions.take_story(offer, unit=union, words=Words(heading="Lương 3,86 triệu đồng"), by=chief, at=NOON)


def heading(shown, on=DAY):
    [story] = queries.by_unit(shown.unit_id, on=on, at=LAST).stories
    return story.own_heading


def test_an_own_heading_that_repeats_a_wrong_value_is_hidden_until_somebody_stands_by_it(wage, keeper, chief, shown):
    assert heading(shown) == "Lương 3,86 triệu đồng"
    version = correct(wage, keeper)

    shown.refresh_from_db()
    assert (shown.owing, shown.wrong, heading(shown)) == (version, True, None)
    reach = scope(chief, Ability.WRITE_STORIES, on=DAY)
    assert queries.words_to_check(reach, limit=9) == [shown]
    actions.word_shared(shown, Words(heading="Lương 4,14 triệu đồng"), by=chief, at=LAST)
    assert heading(shown) == "Lương 4,14 triệu đồng"
    assert queries.words_to_check(reach, limit=9) == []


def test_an_own_heading_with_a_value_that_changes_stands_until_the_day(wage, keeper, chief, shown):
    day = DAY + timedelta(days=9)
    change(wage, keeper, since=day)

    assert heading(shown, on=day - timedelta(days=1)) == "Lương 3,86 triệu đồng"
    assert heading(shown, on=day) is None
    assert queries.words_to_check(scope(chief, Ability.WRITE_STORIES, on=DAY), limit=9) == [shown]


def test_who_stands_by_own_words_after_the_change_is_not_asked_again(wage, keeper, writer, chief, shown):
    change(wage, keeper)
    actions.word_shared(shown, Words(heading="Từng là 3,86 triệu đồng"), by=chief, at=LAST)

    actions.weigh_story(shown.story, by=keeper, at=LAST)

    shown.refresh_from_db()
    assert (shown.owing, heading(shown)) == (None, "Từng là 3,86 triệu đồng")


def test_an_own_heading_that_says_another_thing_stays(wage, keeper, shown, chief):
    actions.word_shared(shown, Words(heading="Tin lương cho công nhân"), by=chief, at=NOON)

    correct(wage, keeper)

    assert heading(shown) == "Tin lương cho công nhân"


def test_the_screen_warns_who_sets_a_heading_with_a_former_value(client, wage, keeper, chief, shown):
    correct(wage, keeper)
    client.force_login(chief)
    address = reverse("newsroom:word_shared", args=[shown.pk])

    page = client.post(address, {f"words{shown.pk}-heading": f"Mức {OLD}"}, follow=True).content.decode()

    assert f"ghi “{OLD}”" in page
    page = client.get(reverse("newsroom:offer", args=[shown.offer_id])).content.decode()
    assert "ghi giá trị cũ" not in page


@pytest.mark.parametrize("how_many", [1, 3])
def test_own_headings_are_weighed_at_the_same_price(
    wage, keeper, province, union, chief, how_many, django_assert_num_queries
):
    for _ in range(how_many):
        story = news.story(unit=province, short=f"Mức {OLD}.", author=keeper)
        actions.use_facts(story, chosen=[wage.pk], by=keeper, at=NOON)
        [offer] = actions.offer_story(story, [Target(unit=union)], by=keeper, at=NOON)
        actions.take_story(offer, unit=union, words=Words(heading=f"Mức {OLD}"), by=chief, at=NOON)

    with django_assert_num_queries(11):
        weigh_fact(wage, by=keeper, at=LATER)


# --- wrong today, while a change is to come


@pytest.fixture
def raised(wage, keeper):
    """It changes in three months; that is known already."""
    said = Said(value=THIRD, valid_from=DAY + timedelta(days=90), source=SOURCE)
    return actions.change_fact(wage, said, note="Mức mới.", seen=newest(wage), by=keeper, at=NOON)


def set_right(fact, by):
    """What holds until then was never right."""
    said = Said(value=NEW, valid_from=SINCE, source=SOURCE)
    first = fact.versions.order_by("pk")[0]
    return actions.correct_fact(fact, said, version=first, note="Ghi nhầm.", seen=newest(fact), by=by, at=LATER)


def test_a_correction_of_what_holds_today_does_not_wait_for_the_change_that_is_to_come(wage, keeper, writer, raised):
    story = using(wage, writer, short=f"Mức {OLD}.")
    board = news.placement(story, code="bang-tin", by=writer)
    actions.weigh_story(story, by=writer, at=NOON)
    [changed] = Entry.objects.filter(kind="newsroom.shared-fact-changed")
    reactions.follow_fact_to_every_place(changed)

    set_right(wage, keeper)
    [wrong] = Entry.objects.filter(kind="newsroom.shared-fact-found-wrong")
    reactions.follow_fact_to_every_place(wrong)

    tasks = Task.objects.to_do().filter(subject=board.ref).order_by("due_on")
    assert [(task.due_on, NEW in task.wording) for task in tasks] == [
        (DAY + timedelta(days=1), True), (DAY + timedelta(days=90), False),
    ]  # fmt: skip
    [errand] = queries.to_restate(writer, scope(writer, Ability.WRITE_STORIES, on=DAY), limit=9)
    assert (errand.value, errand.due_on) == (NEW, DAY)
    [row] = queries.uses_of_fact(wage, Scope(on=DAY, everything=True), pending=True).rows
    assert row.places[0].task == tasks[0]


def test_an_own_heading_that_says_it_is_hidden_at_once_too(wage, keeper, shown, raised):
    version = set_right(wage, keeper)

    shown.refresh_from_db()
    assert (shown.owing, shown.wrong, heading(shown)) == (version, True, None)


def test_what_was_decided_before_the_correction_is_decided_anew(wage, keeper, writer, chief, raised):
    story = using(wage, writer, short=f"Mức {OLD}.")
    actions.keep_former_value(use(story), reason="Đúng với năm nay.", seen=raised.pk, by=writer, at=NOON)

    set_right(wage, keeper)

    assert (use(story).owing, use(story).wrong) == (raised, True)
    actions.keep_former_value(use(story), reason="Nói về vùng khác.", seen=raised.pk, by=chief, at=LATER)
    actions.weigh_story(story, by=writer, at=LAST)
    assert use(story).owing is None


def test_what_happened_to_a_fact_is_told_in_words(client, wage, keeper, raised):
    set_right(wage, keeper)
    client.force_login(keeper)

    page = client.get(reverse("newsroom:fact", args=[wage.pk])).content.decode()

    assert "sửa lại giá trị bị sai" in page
    assert "newsroom.shared-fact" not in page


# --- elsewhere


@pytest.fixture
def repeated(province, union, keeper, writer, chief):
    """The former value in an event, the glossary, a template, an own heading and the first page."""
    event = actions.plan_event(
        actions.EventSaid(name="Đối thoại", first_on=DAY + timedelta(days=5), words=f"Về mức {OLD}", repeats="sun"),
        unit=union, by=writer, at=NOON,
    )  # fmt: skip
    term = Term.objects.create(name="Lương tối thiểu", plain=f"Mức thấp nhất, nay là {OLD}.")
    model = news.story(unit=union, author=writer, short=f"Mức {OLD}.")
    template = actions.keep_as_template(model, name="Bản tin lương", by=writer, at=NOON)
    other = news.story(unit=province, title="Tin khác", short="Không nói số.")
    [offer] = actions.offer_story(other, [Target(unit=union)], by=keeper, at=NOON)
    own = actions.take_story(offer, unit=union, words=Words(lead=f"Mức {OLD}"), by=chief, at=NOON)
    front = FrontPage.objects.create(
        arranged_at=NOON, blocks=[{"kind": "notice", "heading": "Lương", "text": f"Mức {OLD}"}]
    )
    return {one.ref for one in (event, term, template, own, front)}


def test_what_says_a_former_value_besides_stories_becomes_a_task_of_whoever_keeps_it(
    wage, keeper, province, union, repeated
):
    change(wage, keeper, since=DAY + timedelta(days=9))
    [entry] = Entry.objects.filter(kind="newsroom.shared-fact-changed")
    Task.objects.all().delete()

    for _ in range(2):
        reactions.follow_fact_beyond_stories(entry)

    tasks = {task.subject: task for task in Task.objects.to_do()}
    assert set(tasks) == repeated
    assert len(tasks) == Task.objects.count()
    whole = {ref for ref in repeated if ref.split(":")[0] in {"newsroom.term", "portal.front-page"}}
    assert {ref: task.unit for ref, task in tasks.items()} == {
        ref: province if ref in whole else union for ref in repeated
    }
    assert {task.due_on for task in tasks.values()} == {DAY + timedelta(days=9)}


def test_what_says_it_elsewhere_is_listed_with_the_fact_until_it_is_changed(client, wage, keeper, repeated):
    client.force_login(keeper)
    address = reverse("newsroom:fact", args=[wage.pk])
    assert "Những chỗ khác" not in client.get(address).content.decode()
    correct(wage, keeper)

    page = client.get(address).content.decode()
    assert [word for word in ("Đối thoại", "Bản tin lương", "Lương tối thiểu", "Trang đầu") if word not in page] == []
    Event.objects.update(words="")
    Term.objects.update(plain="")
    StoryTemplate.objects.update(retired_at=NOON)
    FrontPage.objects.update(blocks=[])
    SharedStory.objects.update(lead=f"Mức {NEW}")

    assert queries.said_elsewhere(wage, on=DAY) == []
    assert "Những chỗ khác" not in client.get(address).content.decode()


def test_other_parts_of_the_tree_and_what_is_over_are_left_alone(wage, keeper, union, writer):
    far = make.unit()
    for unit, by, day in (
        (far, make.account(role="officer", unit=far), DAY),
        (union, writer, DAY - timedelta(days=30)),
    ):
        actions.plan_event(actions.EventSaid(name="Họp", first_on=day, words=f"Mức {OLD}"), unit=unit, by=by, at=NOON)

    change(wage, keeper)

    assert queries.said_elsewhere(wage, on=DAY) == []


@pytest.mark.parametrize("how_many", [1, 3])
def test_looking_elsewhere_costs_the_same(wage, keeper, union, writer, how_many, django_assert_num_queries):
    for number in range(how_many):
        said = actions.EventSaid(name=f"Họp {number}", first_on=DAY, words=f"Mức {OLD}")
        actions.plan_event(said, unit=union, by=writer, at=NOON)
    change(wage, keeper)

    with django_assert_num_queries(9):
        found = queries.said_elsewhere(wage, on=DAY)

    assert len(found) == how_many


# --- places that are no more


@pytest.mark.parametrize(("mistaken", "state"), [(False, "done"), (True, "dropped")])
def test_a_place_where_it_stands_no_more_closes_what_was_to_be_done_there(wage, keeper, writer, mistaken, state):
    story = using(wage, writer, short=f"Mức {OLD}.")
    board = news.placement(story, code="bang-tin", by=writer, placed_on=DAY - timedelta(days=1))
    correct(wage, keeper)
    [entry] = Entry.objects.filter(kind="newsroom.shared-fact-found-wrong")
    reactions.follow_fact_to_every_place(entry)
    [task] = Task.objects.to_do()

    actions.remove_placement(board, mistaken=mistaken, by=writer, at=LATER)
    [ended] = Entry.objects.filter(kind="newsroom.placement-ended")
    for _ in range(2):
        reactions.close_errands_of_place(ended)

    task.refresh_from_db()
    assert (task.state, bool(task.proof)) == (state, True)
    closed = Entry.objects.filter(subject=task.ref).order_by("-pk").values_list("kind", "actor")
    assert closed[0] == (f"planning.task-{'finished' if state == 'done' else 'dropped'}", "system")
