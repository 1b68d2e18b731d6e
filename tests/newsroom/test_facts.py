"""Facts that stories share: written down once, changed or corrected once, followed to every text and every place."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from loa.base.errors import Refused
from loa.ledger import queries as ledger
from loa.ledger.models import Entry
from loa.newsroom import actions, queries
from loa.newsroom.actions import Said
from loa.newsroom.models import FactUse, FactVersion, SharedFact, Story
from loa.newsroom.queries.facts import PAGE
from loa.people.policies import scope
from loa.people.roles import Ability
from tests import make
from tests import make_news as news
from tests.make import DAY, NOON

pytestmark = pytest.mark.django_db
OLD, NEW, THIRD = "3.860.000 đồng/tháng", "4.140.000 đồng/tháng", "4.500.000 đồng/tháng"
SINCE = DAY - timedelta(days=300)


def said(value=OLD, *, since=SINCE, source="Nghị định 74/2024/NĐ-CP, Điều 3", **fields):
    return Said(value=value, valid_from=since, source=source, **fields)


def newest(fact):
    return fact.versions.order_by("-pk").values_list("pk", flat=True)[0]


@pytest.fixture
def province():
    return make.unit(name="Liên đoàn tỉnh")


@pytest.fixture
def union(province):
    return make.unit(parent=province, name="Công đoàn phường")


@pytest.fixture
def keeper(province):
    return make.account(role="planner", unit=province)


@pytest.fixture
def writer(union):
    return make.account(role="officer", unit=union)


@pytest.fixture
def chief(union):
    return make.account(role="approver", unit=union)


@pytest.fixture
def wage(province, keeper):
    return actions.record_fact("Lương tối thiểu vùng III", said(), unit=province, by=keeper, at=NOON)


def change(fact, by, value=NEW, since=DAY, note="Mức mới từ ngày này."):
    return actions.change_fact(fact, said(value, since=since), note=note, seen=newest(fact), by=by, at=NOON)


def correct(fact, by, value=NEW, note="Ghi nhầm vùng."):
    version = fact.versions.standing()[0]
    return actions.correct_fact(fact, said(value), version=version, note=note, seen=newest(fact), by=by, at=NOON)


def telling(fact, union, writer, short=f"Mức lương là {OLD}.", **fields):
    """A story of the union that is out and uses the fact."""
    made = news.story(unit=union, author=writer, short=short, **fields)
    actions.use_facts(made, chosen=[fact.pk], by=writer, at=NOON)
    return made


def use(story):
    return FactUse.objects.get(story=story)


def kinds(ref):
    return [entry.kind.removeprefix("newsroom.") for entry in ledger.history(ref)][::-1]


def rewrite(story, writer, short):
    """A new draft of a story."""
    latest = story.get_latest_revision_as_object()
    latest.short = short
    actions.draft(latest, by=writer, at=NOON)
    story.refresh_from_db()


def test_a_fact_is_written_down_with_its_source_for_the_unit_and_those_below(wage, province, union, keeper):
    version = wage.versions.get()

    assert (version.value, version.why, version.recorded_by) == (OLD, "first", keeper)
    assert [fact.name for fact in queries.usable_facts(union.pk, on=DAY)] == ["Lương tối thiểu vùng III"]
    [entry] = ledger.history(wage.ref)
    assert (entry.kind, entry.unit_id, entry.data) == (
        "newsroom.shared-fact-recorded", province.pk, {"version_id": version.pk},
    )  # fmt: skip


def test_what_is_no_fact_is_refused_and_leaves_nothing(province, union, keeper, writer, wage):
    wrong = [
        ("Mức đóng", said(), province, writer, "đơn vị mình"),
        (" ", said(), province, keeper, "tên dữ kiện"),
        ("Mức đóng", said(" "), province, keeper, "đúng như viết"),
        ("Mức đóng", said("12"), province, keeper, "đứng riêng"),
        ("Mức đóng", said(also="mười hai phần trăm\n12"), province, keeper, "đứng riêng"),
        ("Mức đóng", said(source=""), province, keeper, "nguồn"),
        ("Lương tối thiểu vùng iii", said(), province, keeper, "cùng tên"),
    ]
    for name, told, unit, by, words in wrong:
        with pytest.raises(Refused, match=words):
            actions.record_fact(name, told, unit=unit, by=by, at=NOON)

    assert (SharedFact.objects.count(), FactVersion.objects.count()) == (1, 1)
    assert Entry.objects.filter(kind="newsroom.shared-fact-recorded").count() == 1


def test_a_changed_fact_marks_what_is_out_what_is_drafted_and_every_language(wage, union, keeper, writer):
    out = telling(wage, union, writer)
    draft = news.story(unit=union, author=writer, published_at=None, short=f"Mức {OLD}.")
    actions.use_facts(draft, chosen=[wage.pk], by=writer, at=NOON)
    english = actions.begin_translation(out, language="en", by=writer, at=NOON)
    both = telling(wage, union, writer, short=f"Tăng từ {OLD} lên 4,14 triệu đồng.")

    version = change(wage, keeper)

    marked = set(FactUse.objects.pending().values_list("story_id", "owing_id"))
    assert marked == {(out.pk, version.pk), (draft.pk, version.pk), (english.pk, version.pk)}
    assert use(both).version == version
    entry = ledger.history(wage.ref)[0]
    assert (entry.kind, entry.data) == (
        "newsroom.shared-fact-changed",
        {"version_id": version.pk, "valid_from": DAY.isoformat(), "marked": 3},
    )


def test_withdrawn_and_expired_stories_are_not_marked(wage, union, keeper, writer, chief):
    gone, over = telling(wage, union, writer), telling(wage, union, writer)
    actions.withdraw(gone, reason="Trùng bài.", by=chief, at=NOON)
    Story.objects.filter(pk=over.pk).update(live=False, expired=True)

    change(wage, keeper)

    assert not FactUse.objects.pending().exists()


def test_the_mark_goes_when_the_new_text_is_out_not_when_it_is_drafted(wage, union, keeper, writer):
    story = telling(wage, union, writer)
    version = change(wage, keeper)

    rewrite(story, writer, "Mức lương nay là 4,14 triệu đồng mỗi tháng.")
    assert (use(story).owing, use(story).ready) == (version, True)
    actions.correct(story, note="Đã cập nhật mức mới.", by=keeper, at=NOON)

    assert (use(story).owing, use(story).ready, use(story).version, use(story).shown) == (None, False, version, version)
    assert kinds(story.ref).count("fact-stated") == 1
    assert queries.to_restate(writer, scope(writer, Ability.WRITE_STORIES, on=DAY), limit=9) == []


def test_a_draft_that_was_never_out_is_settled_by_saving_it(wage, union, keeper, writer):
    draft = news.story(unit=union, author=writer, published_at=None, short=f"Mức {OLD}.")
    actions.use_facts(draft, chosen=[wage.pk], by=writer, at=NOON)
    change(wage, keeper)
    assert use(draft).owing is not None

    rewrite(draft, writer, f"Mức {NEW}.")

    assert use(draft).owing is None


def test_a_text_begun_after_the_change_is_marked_only_when_it_says_the_old_value(wage, union, keeper, writer):
    change(wage, keeper)
    silent = telling(wage, union, writer, short="Lương tối thiểu đã tăng.")
    stale = telling(wage, union, writer, short=f"Mức {OLD}.")

    assert (use(silent).owing, use(stale).owing) == (None, wage.versions.standing()[0])


def test_a_value_that_was_wrong_stands_nowhere_even_beside_the_right_one(wage, union, keeper, writer):
    story = telling(wage, union, writer, short=f"Từ {OLD} lên {NEW}.")
    first = wage.versions.get()

    version = correct(wage, keeper)

    assert (use(story).owing, use(story).wrong, version.corrects) == (version, True, first)
    assert list(wage.versions.standing()) == [version]
    entry = ledger.history(wage.ref)[0]
    assert entry.data == {"version_id": version.pk, "corrects_id": first.pk, "marked": 1}


def test_a_correction_of_what_holds_now_leaves_what_is_coming(wage, union, keeper):
    first = wage.versions.get()
    coming = change(wage, keeper, since=DAY + timedelta(days=60))

    put_right = actions.correct_fact(
        wage, said("3.900.000 đồng/tháng"), version=first, note="Nhầm số.", seen=coming.pk, by=keeper, at=NOON
    )

    assert list(wage.versions.standing()) == [coming, put_right]


def test_a_correction_of_the_source_alone_marks_nobody(wage, union, keeper, writer):
    story = telling(wage, union, writer)
    version = wage.versions.get()

    told = said(source="Nghị định 74/2024/NĐ-CP, Điều 4")
    actions.correct_fact(wage, told, version=version, note="Nhầm điều.", seen=version.pk, by=keeper, at=NOON)

    assert use(story).owing is None


def test_what_may_not_be_done_with_a_fact_changes_nothing(wage, keeper, writer):
    version, stale = wage.versions.get(), newest(wage)
    wrong = [
        (lambda: change(wage, writer), "đơn vị giữ dữ kiện"),
        (lambda: change(wage, keeper, value=" "), "đúng như viết"),
        (lambda: change(wage, keeper, value="3,86 triệu đồng/tháng"), "trùng"),
        (lambda: change(wage, keeper, note=" "), "có gì mới"),
        (lambda: change(wage, keeper, since=SINCE), "sau ngày đó"),
        (lambda: correct(wage, writer), "đơn vị giữ dữ kiện"),
        (lambda: correct(wage, keeper, note=" "), "sai ở đâu"),
        (lambda: correct(wage, keeper, value=OLD), "Chưa có gì khác"),
        (lambda: actions.retire_fact(wage, reason=" ", seen=stale, by=keeper, at=NOON), "vì sao"),
        (lambda: actions.retire_fact(wage, reason="Cũ.", seen=stale, by=writer, at=NOON), "đơn vị giữ dữ kiện"),
    ]
    for act, words in wrong:
        with pytest.raises(Refused, match=words):
            act()

    assert list(wage.versions.all()) == [version]
    assert kinds(wage.ref) == ["shared-fact-recorded"]


def test_of_two_who_change_a_fact_at_once_the_second_is_told(wage, keeper, province):
    other, before = make.account(role="planner", unit=province), newest(wage)
    change(wage, keeper)

    with pytest.raises(Refused, match="người khác"):
        actions.change_fact(
            wage, said(THIRD, since=DAY + timedelta(days=1)), note="Mới.", seen=before, by=other, at=NOON
        )
    with pytest.raises(Refused, match="người khác"):
        actions.retire_fact(wage, reason="Cũ.", seen=before, by=other, at=NOON)
    first = wage.versions.order_by("pk")[0]
    last = actions.correct_fact(wage, said(THIRD), version=first, note="Sai.", seen=newest(wage), by=other, at=NOON)
    with pytest.raises(Refused, match="đã được sửa"):
        actions.correct_fact(wage, said(OLD), version=first, note="Sai.", seen=last.pk, by=other, at=NOON)


def test_a_retired_fact_stays_with_its_stories_and_is_not_chosen_any_more(wage, union, keeper, writer):
    story = telling(wage, union, writer)
    other = news.story(unit=union, author=writer)

    actions.retire_fact(wage, reason="Bãi bỏ vùng.", seen=newest(wage), by=keeper, at=NOON)

    assert use(story).fact == wage
    with pytest.raises(Refused, match="thôi dùng"):
        actions.use_facts(other, chosen=[wage.pk], by=writer, at=NOON)
    with pytest.raises(Refused, match="thôi dùng"):
        change(wage, keeper)


def test_facts_of_a_unit_beside_ones_own_are_not_used(province, union, writer):
    beside = make.unit(parent=province)
    theirs = actions.record_fact(
        "Mức hỗ trợ", said(), unit=beside, by=make.account(role="officer", unit=beside), at=NOON
    )
    story = news.story(unit=union, author=writer)

    with pytest.raises(Refused, match="không dùng được"):
        actions.use_facts(story, chosen=[theirs.pk], by=writer, at=NOON)
    assert not FactUse.objects.exists()
    assert kinds(story.ref) == []


def test_who_does_not_write_the_story_does_not_choose_its_facts(wage, union, writer):
    story, stranger = news.story(unit=union, author=writer), make.account(role="officer", unit=make.unit())

    with pytest.raises(Refused, match="đơn vị của mình"):
        actions.use_facts(story, chosen=[wage.pk], by=stranger, at=NOON)
    assert not FactUse.objects.exists()


def test_two_windows_that_choose_facts_keep_what_each_of_them_chose(wage, union, keeper, writer, province):
    other = actions.record_fact("Mức đóng", said("8 %"), unit=province, by=keeper, at=NOON)
    story = news.story(unit=union, author=writer)

    actions.use_facts(story, chosen=[wage.pk], by=writer, at=NOON)
    actions.use_facts(story, chosen=[other.pk], by=writer, at=NOON)
    actions.use_facts(story, chosen=[], left_out=[999_999], by=writer, at=NOON)

    assert set(FactUse.objects.values_list("fact_id", flat=True)) == {wage.pk, other.pk}


def test_what_is_left_out_of_a_story_that_is_out_stays_until_it_is_published_again(wage, union, keeper, writer):
    story = telling(wage, union, writer)
    actions.use_facts(story, chosen=[], left_out=[wage.pk], by=writer, at=NOON)
    change(wage, keeper)
    assert FactUse.objects.pending().filter(story=story).exists()

    rewrite(story, writer, "Xem mức lương ở trang sau.")
    actions.correct(story, note="Bỏ con số cũ.", by=keeper, at=NOON)

    assert not FactUse.objects.filter(story=story).exists()
    assert kinds(story.ref)[-1] != "fact-chosen"
    assert "fact-left-out" in kinds(story.ref)


def test_somebody_decides_in_a_sentence_that_the_old_value_was_right_for_its_day(wage, union, keeper, writer):
    story = telling(wage, union, writer)
    version = change(wage, keeper)

    kept = actions.keep_former_value(
        use(story), reason="Tin năm 2024 nói mức của năm đó.", seen=version.pk, by=writer, at=NOON
    )

    assert (kept.owing, kept.kept, kept.kept_by) == (None, version, writer)
    assert kinds(story.ref) == ["fact-chosen", "former-value-kept"]
    rewrite(story, writer, f"Mức lương năm ấy là {OLD}.")
    assert use(story).owing is None
    later = change(wage, keeper, THIRD, DAY + timedelta(days=9))
    assert use(story).owing == later


def test_what_may_not_be_decided_stays_marked(wage, union, keeper, writer, chief):
    story, calm = telling(wage, union, writer), telling(wage, union, writer, short=f"{OLD}, {NEW}")
    version = correct(wage, keeper, value=THIRD)
    stranger = make.account(role="officer", unit=make.unit())
    right = telling(wage, union, writer, short=f"Mức {THIRD}.")
    wrong = [
        (story, writer, "Đúng mà.", version.pk, "người duyệt"),
        (story, stranger, "Đúng mà.", version.pk, "người duyệt"),
        (story, chief, " ", version.pk, "vì sao giữ nguyên"),
        (story, chief, "Đúng.", version.pk - 1, "đổi thêm"),
        (right, chief, "Đúng.", version.pk, "đã nói đúng"),
    ]
    for one, by, reason, seen, words in wrong:
        with pytest.raises(Refused, match=words):
            actions.keep_former_value(use(one), reason=reason, seen=seen, by=by, at=NOON)

    assert {use(one).owing for one in (story, calm)} == {version}
    assert "former-value-kept" not in kinds(story.ref)
    actions.keep_former_value(use(story), reason="Nói về vùng khác.", seen=version.pk, by=chief, at=NOON)
    assert use(story).owing is None


def test_each_author_has_an_errand_and_what_somebody_left_behind_goes_to_the_unit(wage, union, keeper, writer):
    left = make.account(role="officer", unit=union, is_active=False)
    mine = telling(wage, union, writer)
    orphan = telling(wage, union, writer)
    Story.objects.filter(pk=orphan.pk).update(author=left)
    other = make.account(role="officer", unit=union)
    change(wage, keeper, since=DAY + timedelta(days=9))

    def errands(account):
        return [(one.story_id, one.due_on) for one in queries.to_restate(
            account, scope(account, Ability.WRITE_STORIES, on=DAY), limit=9
        )]  # fmt: skip

    due = DAY + timedelta(days=9)
    assert errands(writer) == [(mine.pk, due), (orphan.pk, due)]
    assert errands(other) == [(orphan.pk, due)]


def test_a_killed_story_keeps_no_sentence_about_its_text(wage, union, keeper, writer, chief):
    story = telling(wage, union, writer)
    version = change(wage, keeper)
    actions.keep_former_value(use(story), reason="Nói về bà Mẫu.", seen=version.pk, by=writer, at=NOON)

    actions.kill(story, reason="Lộ dữ liệu riêng.", by=chief, at=NOON)

    assert use(story).kept_reason == "–"


def test_lists_are_paged_and_cost_the_same(wage, province, union, keeper, writer, django_assert_num_queries):
    reach = scope(keeper, Ability.WRITE_STORIES, on=DAY)

    def costs():
        with django_assert_num_queries(1):
            queries.facts_within(reach)
        with django_assert_num_queries(6):
            found = queries.uses_of_fact(wage, reach, pending=True)
        return len(found.rows)

    story = telling(wage, union, writer)
    news.placement(story, code="bang-tin", by=writer)
    rewrite(story, writer, "Đang sửa.")
    change(wage, keeper)
    assert costs() == 1
    for number in range(PAGE + 1):
        actions.record_fact(f"Dữ kiện {number:02}", said(f"{number} ngày"), unit=province, by=keeper, at=NOON)
        latest = telling(wage, union, writer)
        news.placement(latest, code="bang-tin", by=writer)
    rewrite(latest, writer, "Đang sửa.")
    assert costs() == PAGE

    first = queries.facts_within(reach)
    rest = queries.facts_within(reach, after=first.after)
    names = [fact.name for fact in (*first.rows, *rest.rows)]
    assert (len(names), names[0], names[-1]) == (PAGE + 2, "Dữ kiện 00", "Lương tối thiểu vùng III")
    more = queries.uses_of_fact(wage, reach, pending=True, after=queries.uses_of_fact(wage, reach, pending=True).after)
    assert len(more.rows) == 2
    assert [fact.name for fact in queries.facts_within(reach, state="cho").rows] == ["Lương tối thiểu vùng III"]
    assert [fact.name for fact in queries.facts_within(reach, words="luong toi thieu").rows] == [wage.name]


def test_a_fact_is_changed_on_its_screen_and_the_list_goes_to_zero(client, wage, union, keeper, writer):
    story = telling(wage, union, writer, title="Mức lương mới")
    news.placement(story, code="bang-tin", by=writer)
    client.force_login(keeper)
    address = reverse("newsroom:change_fact", args=[wage.pk])
    typed = {
        "value": NEW, "valid_from": DAY.isoformat(), "source": "Nghị định 293/2025/NĐ-CP", "note": "Tăng 7,2 %.",
        "seen": newest(wage),
    }  # fmt: skip
    typed = {f"change-{name}": value for name, value in typed.items()}
    assert client.post(address, typed | {"change-note": ""}).status_code == 422
    assert client.post(address, typed | {"change-value": OLD}).status_code == 422

    page = client.post(address, typed, follow=True).content.decode()

    assert "1 tin, bài chưa nói giá trị này" in page
    assert "Mức lương mới" in page
    assert f"còn nói <mark>{OLD}</mark>" in page
    marked = use(story)
    keep = reverse("newsroom:keep_former_value", args=[marked.pk])
    client.post(keep, {"seen": marked.owing_id, "reason": "Tin của năm ngoái."})
    page = client.get(reverse("newsroom:fact", args=[wage.pk])).content.decode()
    assert "Không còn bài nào" in page
    assert "Tin của năm ngoái." in page


def test_a_fact_is_written_down_and_corrected_on_its_screens(client, province, keeper):
    client.force_login(keeper)
    typed = {
        "name": "Mức đóng đoàn phí", "value": "1 % tiền lương", "valid_from": "2024-01-01", "unit": province.pk,
        "source": "Quyết định 61/QĐ-TLĐ",
    }  # fmt: skip
    assert client.post(reverse("newsroom:new_fact"), typed | {"value": "1"}).status_code == 422
    client.post(reverse("newsroom:new_fact"), typed)
    fact = SharedFact.objects.get()

    told = {
        "value": "0,5 % tiền lương", "valid_from": "2024-01-01", "source": "Quyết định 61/QĐ-TLĐ", "note": "Nhầm.",
        "seen": newest(fact), "version": newest(fact),
    }  # fmt: skip
    address = reverse("newsroom:correct_fact", args=[fact.pk])
    client.post(address, {f"correct-{name}": value for name, value in told.items()})

    assert [version.value for version in fact.versions.standing()] == ["0,5 % tiền lương"]
    page = client.get(reverse("newsroom:fact", args=[fact.pk])).content.decode()
    assert "<del>1 % tiền lương</del>" in page
    assert "Mức đóng đoàn phí" in client.get(reverse("newsroom:facts"), {"q": "doan phi"}).content.decode()
    client.post(
        reverse("newsroom:retire_fact", args=[fact.pk]), {"retire-seen": newest(fact), "retire-reason": "Bãi bỏ."}
    )
    assert "Mức đóng đoàn phí" not in client.get(reverse("newsroom:facts")).content.decode()
    assert "Mức đóng đoàn phí" in client.get(reverse("newsroom:facts"), {"tinh-trang": "thoi-dung"}).content.decode()


def test_a_story_chooses_its_facts_without_scripts_and_shows_what_it_says(client, wage, union, keeper, writer):
    story = news.story(unit=union, author=writer, short=f"Mức {OLD}.")
    client.force_login(writer)
    address = reverse("newsroom:choose_facts", args=[story.pk])
    assert wage.name in client.get(address, {"q": "lương"}).content.decode()
    assert wage.name not in client.get(address, {"q": "thai sản"}).content.decode()

    client.post(address, {"facts": wage.pk})
    change(wage, keeper)

    page = client.get(reverse("newsroom:story", args=[story.pk])).content.decode()
    assert "Dữ kiện trong bài" in page
    assert "chưa nói giá trị mới" in page
    client.post(address, {"left-out": wage.pk})
    assert use(story).removed_at is not None


def test_the_editor_finds_facts_of_its_unit_and_keeps_those_that_are_ticked(client, wage, union, writer):
    draft = news.story(unit=union, author=writer, published_at=None, short=f"Mức {OLD}.")
    draft.save_revision(user=writer)
    client.force_login(writer)
    found = client.get(reverse("newsroom:find_facts", args=[union.pk]), {"q": "luong"}).content.decode()
    assert f'value="{wage.pk}"' in found
    own = client.get(reverse("newsroom:find_facts", args=[0]), {"q": "3.860"}).content.decode()
    assert f'value="{wage.pk}"' in own
    assert client.get(reverse("newsroom:find_facts", args=[make.unit().pk])).status_code == 404

    page = client.get(reverse("newsroom_story:edit", args=[draft.pk]))
    assert b"data-facts-asked" in page.content

    checked = client.post(reverse("newsroom:check_text"), {"short": f"Mức {OLD}.", "facts": [wage.pk]})
    assert f"đã nói {OLD}" in checked.content.decode()
    checked = client.post(reverse("newsroom:check_text"), {"short": "Mức mới.", "facts": [wage.pk]})
    assert "chưa có chỗ nào nói" in checked.content.decode()


def test_the_day_a_fact_holds_from_decides_how_urgent_it_is(wage, union, keeper, writer):
    telling(wage, union, writer)
    change(wage, keeper, since=DAY + timedelta(days=30))
    reach = scope(keeper, Ability.WRITE_STORIES, on=DAY)

    [row] = queries.uses_of_fact(wage, reach, pending=True).rows
    assert row.tone == "warn"
    [row] = queries.uses_of_fact(wage, scope(keeper, Ability.WRITE_STORIES, on=date(2026, 4, 2)), pending=True).rows
    assert row.tone == "bad"


def test_stories_that_say_a_former_value_without_using_the_fact_are_found(client, wage, union, keeper, writer):
    telling(wage, union, writer)
    unnoticed = news.story(unit=union, author=writer, title="Bài cũ", short="Mức 3.860.000 đồng mỗi tháng.")
    news.story(unit=union, short="Thưởng 13.860.000 đồng.")
    news.story(unit=union, short="Từ 3.860.000 đồng lên 4.140.000 đồng.")
    news.story(unit=make.unit(), short="Mức 3.860.000 đồng.")
    reach = scope(keeper, Ability.WRITE_STORIES, on=DAY)
    assert queries.stating_unnoticed(wage, reach) == []

    change(wage, keeper)

    assert queries.stating_unnoticed(wage, reach) == [unnoticed]
    client.force_login(keeper)
    assert "Bài cũ" in client.get(reverse("newsroom:fact", args=[wage.pk])).content.decode()
    client.post(reverse("newsroom:choose_facts", args=[unnoticed.pk]), {"facts": wage.pk, "back": wage.pk})
    assert use(unnoticed).owing is not None
    assert queries.stating_unnoticed(wage, reach) == []


def test_a_correction_without_another_text_shows_readers_the_sources_chosen_since(wage, union, keeper, writer):
    story = telling(wage, union, writer)
    assert queries.sources(queries.published(story.slug, at=make.NOON)) == []

    actions.correct(story, note="Thêm nguồn.", by=keeper, at=NOON)

    assert [version.source for version in queries.sources(queries.published(story.slug, at=make.NOON))] == [
        "Nghị định 74/2024/NĐ-CP, Điều 3"
    ]
