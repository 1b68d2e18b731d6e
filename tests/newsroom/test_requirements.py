"""What a story of each type must have: the rules as values, at the handing in, and on the screens of those who may."""

import pytest
from django.urls import reverse
from django.utils import translation

from loa.base.errors import Refused
from loa.ledger.models import Entry
from loa.newsroom import actions, queries
from loa.newsroom.counting import counts, unexplained
from loa.newsroom.models import ProductType, ProvinceRule, Story, StoryPhoto, Theme
from loa.newsroom.requirements import Parts, Rule, lacking
from tests import make
from tests import make_news as news
from tests.make import DAY, NOON


@pytest.mark.parametrize(
    ("rule", "parts", "said"),
    [
        (
            Rule(part="short", at_most=3),
            Parts(texts={"short": "Một hai ba bốn năm."}),
            ["The short edition has 5 syllables; “Tin” allows 3. Please cut 2."],
        ),
        (
            Rule(part="deep", at_least=3),
            Parts(texts={"deep": "Một hai"}),
            ["The deep edition has 2 syllables; “Tin” needs at least 3."],
        ),
        (Rule(part="question"), Parts(), ["“Tin” needs this: question."]),
        (Rule(part="photo"), Parts(pieces={"photo": 0}), ["“Tin” needs this: lead photo."]),
        (
            Rule(part="photos", at_least=5),
            Parts(pieces={"photos": 3}, without_caption=(2,)),
            ["“Tin” needs at least 5 photos with captions; there are 3.", "Photo 2 has no caption yet."],
        ),
        (
            Rule(part="photos", at_most=1),
            Parts(pieces={"photos": 2}),
            ["“Tin” takes at most 1 photos with captions; there are 2."],
        ),
        (Rule(part="short", at_most=3), Parts(texts={"short": "Lương tăng 7,2%."}), []),
    ],
)
def test_a_rule_says_exactly_what_is_lacking(rule, parts, said):
    with translation.override("en"):
        assert lacking(parts, [rule], type_name="Tin") == said


def test_syllables_and_sentences_are_counted_as_one_hears_them():
    text = "Từ 1/7/2026, lương tối thiểu vùng I là 5,31 triệu đồng.\nHỏi công đoàn cơ sở!"

    assert (counts(text).syllables, counts(text).sentences, counts(text).longest) == (16, 2, 11)
    assert (counts("").syllables, counts(" – ").sentences) == (0, 0)


def test_an_abbreviation_is_explained_in_brackets_or_known():
    text = "Người lao động (NLĐ) nộp BHXH. NLĐ hỏi CĐCS (công đoàn cơ sở); vùng II. QUYẾT ĐỊNH MỚI"

    assert unexplained(text) == ["BHXH"]
    assert unexplained(text, known=frozenset({"BHXH"})) == []


pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    return make.unit()


@pytest.fixture
def planner(province):
    return make.account(role="planner", unit=province)


def drafted(type_code: str, unit, by, **fields) -> Story:
    product_type = ProductType.objects.get(code=type_code)
    fields = {"title": "Một tin", "kind": Story.Kind.IMAGE, "short": "Một câu."} | fields
    story = Story(unit=unit, product_type=product_type, **fields)
    actions.draft(story, by=by, at=NOON)
    return story


def test_a_draft_may_lack_parts_but_is_not_handed_in_without_them(province, planner):
    story = drafted("phong-su-anh", province, planner, summary="Tóm tắt vừa đủ mười tiếng cho một phóng sự ảnh.")
    facts = Entry.objects.count()

    with translation.override("en"), pytest.raises(Refused, match="at least 5 photos with captions; there are 0"):
        actions.submit(story, by=planner, at=NOON)
    assert Entry.objects.count() == facts

    story.photos = [StoryPhoto(photo=news.photo(unit=province), caption=f"Ảnh {n}") for n in range(4)]
    story.photos = [*story.photos.all(), StoryPhoto(photo=news.photo(unit=province), caption="")]
    actions.draft(story, by=planner, at=NOON)
    with translation.override("en"), pytest.raises(Refused, match="Photo 5 has no caption yet"):
        actions.submit(story, by=planner, at=NOON)
    story.photos = [StoryPhoto(photo=shown.photo, caption="Chú thích") for shown in story.photos.all()]
    actions.draft(story, by=planner, at=NOON)
    actions.submit(story, by=planner, at=NOON)
    story.refresh_from_db()
    assert story.workflow_in_progress


@pytest.mark.parametrize("code", ["clip", "infographic", "audio", "hoi-dap", "guong-tot", "poster"])
def test_every_type_has_its_own_parts(province, planner, code):
    with pytest.raises(Refused):
        actions.submit(drafted(code, province, planner), by=planner, at=NOON)


def test_what_is_only_advised_holds_nobody_up(province, planner):
    story = drafted("tin", province, planner)

    actions.submit(story, by=planner, at=NOON)

    with translation.override("en"):
        assert queries.lacking(story, binding=False) == ["“Tin” needs this: lead photo."]


def test_lists_are_kept_at_the_top_and_by_nobody_else(client, province, planner):
    district = make.unit(parent=province)
    for account in (make.account(role="planner", unit=district), make.account(role="approver", unit=province)):
        client.force_login(account)
        assert client.get(reverse("newsroom:lists")).status_code in (403, 404)
        with translation.override("en"), pytest.raises(Refused, match="everybody's"):
            actions.keep_entry(Theme(name="Mới"), by=account, at=NOON)
    assert not Theme.objects.filter(name="Mới").exists()

    client.force_login(planner)
    page = client.get(reverse("newsroom:lists")).content.decode()
    assert "Phóng sự ảnh" in page
    client.post(reverse("newsroom:new_entry", args=["nhom-noi-dung"]), {"name": "An toàn lao động", "position": "9"})
    added = Theme.objects.get(name="An toàn lao động")
    assert (added.code, added.position) == ("an-toan-lao-dong", 9)
    client.post(reverse("newsroom:entry", args=["nhom-noi-dung", added.pk]), {"name": "An toàn", "position": "9"})
    added.refresh_from_db()
    assert (added.name, added.code) == ("An toàn", "an-toan-lao-dong")
    client.post(reverse("newsroom:remove_entry", args=["nhom-noi-dung", added.pk]))
    facts = Entry.objects.filter(kind="newsroom.list-changed", subject=added.ref).order_by("pk")
    assert [fact.data["change"] for fact in facts] == ["added", "changed", "removed"]


def test_what_stories_stand_under_is_not_removed(province, planner):
    theme = news.theme()
    news.story(unit=province, themes=(theme.code,), type_code="tin")
    facts = Entry.objects.count()

    for entry in (theme, ProductType.objects.get(code="tin"), news.channel("trang-nay")):
        with pytest.raises(Refused):
            actions.remove_entry(entry, by=planner, at=NOON)
    assert Entry.objects.count() == facts


def test_the_rules_of_a_type_are_edited_as_rows(client, planner):
    tin = ProductType.objects.get(code="tin")
    client.force_login(planner)
    row = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "name": "Tin", "position": "0"}
    row |= {"form-0-part": "short", "form-0-at_least": "1", "form-0-at_most": "90", "form-0-binding": "on"}
    here = reverse("newsroom:entry", args=["the-loai", tin.pk])

    client.post(here, row)
    assert queries.rules_of(tin) == [Rule(part="short", at_least=1, at_most=90)]

    page = client.post(here, row | {"form-1-part": "short"}, follow=True).content.decode()
    assert "một quy định" in page
    assert client.get(here).content.decode().count('value="90"') == 1
    assert queries.rules_of(tin) == [Rule(part="short", at_least=1, at_most=90)]


def test_a_province_rule_may_name_a_theme(province, planner):
    ProvinceRule.objects.all().delete()
    theme, union = news.theme(), make.unit(parent=province)
    actions.keep_entry(ProvinceRule(theme=theme), by=planner, at=NOON)
    with pytest.raises(Refused):
        actions.keep_entry(ProvinceRule(theme=theme), by=planner, at=NOON)
    writer, approver = make.account(role="writer", unit=union), make.account(role="approver", unit=union)
    with_theme = Story(
        unit=union, title="Có nhóm", kind=Story.Kind.IMAGE, product_type=news.product_type(), short="Một câu."
    )
    with_theme.themes = [theme]
    actions.draft(with_theme, by=writer, at=NOON)
    for story in (with_theme, drafted("tin", union, writer)):
        actions.submit(story, by=writer, at=NOON)
        actions.approve(story, by=approver, at=NOON)
        story.refresh_from_db()
        assert story.live is (story != with_theme)


# --- templates


def test_a_recurring_product_begins_from_a_template(client, province, planner):
    union = make.unit(parent=province, name="Công đoàn cấp dưới")
    weekly = drafted("tin", province, planner, title="Bản tin tuần {tuần}", short="Tuần {tuần} năm {năm}:\n- ")
    client.force_login(planner)
    client.post(reverse("newsroom:keep_template", args=[weekly.pk]), {"name": "Bản tin tuần"})
    writer = make.account(role="writer", unit=union)
    client.force_login(writer)

    [template] = queries.templates_for(union.pk, on=DAY)
    assert "Bản tin tuần" in client.get(reverse("newsroom:templates")).content.decode()
    begun = actions.begin_from(template, unit=union, by=writer, at=NOON)

    assert (begun.title, begun.short, begun.author, begun.unit, begun.live, begun.slug) == (
        "Bản tin tuần 10", "Tuần 10 năm 2026:\n-", writer, union, False, "ban-tin-tuan-10",
    )  # fmt: skip
    client.post(reverse("newsroom:begin", args=[template.pk]), {"unit": union.pk})
    assert Story.objects.filter(unit=union).count() == 2


def test_a_template_is_replaced_by_its_name_retired_and_refused_to_strangers(client, province, planner):
    story = drafted("tin", province, planner)
    stranger = make.account(role="writer", unit=make.unit())
    first = actions.keep_as_template(story, name="Tuần", by=planner, at=NOON)
    second = actions.keep_as_template(story, name=" Tuần ", by=planner, at=NOON)
    facts = Entry.objects.count()

    first.refresh_from_db()
    assert first.retired_at == NOON
    for refused in (
        lambda: actions.keep_as_template(story, name="", by=planner, at=NOON),
        lambda: actions.keep_as_template(story, name="Khác", by=stranger, at=NOON),
        lambda: actions.begin_from(first, unit=province, by=planner, at=NOON),
        lambda: actions.begin_from(second, unit=make.unit(), by=stranger, at=NOON),
        lambda: actions.retire_template(second, by=stranger, at=NOON),
    ):
        with pytest.raises(Refused):
            refused()
    assert Entry.objects.count() == facts
    client.force_login(stranger)
    assert client.post(reverse("newsroom:begin", args=[second.pk])).status_code == 404
    actions.retire_template(second, by=planner, at=NOON)
    assert list(queries.templates_for(province.pk, on=DAY)) == []
