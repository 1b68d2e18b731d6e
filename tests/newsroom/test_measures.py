"""What is counted: products once, evidence that adds up, and the same answer as counting one by one."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.base.periods import FOREVER, Period, year
from loa.newsroom.measures import MEASURES, DigitalShare, Items, Magazines
from loa.newsroom.models import Placement, Story
from loa.people.models import Unit, UnitPlace, UnitVersion
from loa.planning import registry
from loa.planning.protocol import Ask, Figure, Row
from tests import make
from tests import make_news as news
from tests.make import DAY, NOON

pytestmark = pytest.mark.django_db

YEAR = year(2026)


def path(unit):
    return UnitPlace.objects.get(unit=unit, valid_to=FOREVER).path


def ask(unit, *, period=YEAR, structure=date(2026, 12, 31), as_of=date(2026, 12, 31)):
    return Ask(path=path(unit), period=period, structure=structure, as_of=as_of)


def everything(measure, question, limit=2):
    """All evidence rows, page by page."""
    rows: list[Row] = []
    after = ""
    while True:
        page = measure.evidence(question, after=after, limit=limit)
        rows, after = [*rows, *page.rows], page.after
        if not after:
            return rows


def test_all_are_registered():
    for measure in MEASURES:
        assert registry.measure(measure.key) is measure


# --- T8


@pytest.fixture
def province():
    return make.unit()


@pytest.fixture
def upper(province):
    return make.unit(parent=province, flags=("upper_level",))


def test_an_item_counts_once_however_many_places_carry_it(province, upper):
    story = news.story(unit=upper)
    for code in ("fanpage", "web-cong-doan", "fanpage", "bang-tin"):
        news.placement(story, code=code, by=make.account())

    assert Items().figures(ask(province)) == [Figure(path=path(upper), numerator=1)]
    [row] = everything(Items(), ask(province))
    assert (row.ref, row.label, row.on, row.unit) == (story.ref, story.title, DAY, f"Công đoàn {upper.code}")
    assert row.url.endswith(f"/{story.pk}/")


@pytest.mark.parametrize("code", ["bang-tin", "bao-in", "zalo", "mang-xa-hoi"])
def test_an_item_needs_a_union_website_or_the_own_fanpage(province, upper, code):
    story = news.story(unit=upper)
    news.placement(story, code=code, by=make.account())

    assert Items().figures(ask(province)) == []


def test_only_units_that_were_upper_level_on_the_day_of_publication_have_items(province, upper):
    lower = UnitVersion.objects.get(unit=upper)
    UnitVersion.objects.filter(pk=lower.pk).update(valid_to=date(2026, 3, 2))
    lower.pk, lower.valid_from = None, date(2026, 3, 2)
    lower.save()  # another version, without the flag
    before = news.story(unit=upper, published_at=NOON - timedelta(days=1))
    after = news.story(unit=upper, published_at=NOON)
    for story in (before, after, news.story(unit=make.unit(parent=province)), news.story(unit=province)):
        news.placement(story, by=make.account())

    assert [row.ref for row in everything(Items(), ask(province))] == [before.ref]


def test_a_story_of_an_upper_union_that_a_later_decision_ended_before_still_counts(province, upper):
    UnitVersion.objects.filter(unit=upper).update(valid_to=date(2026, 3, 2))
    story = news.story(unit=upper, published_at=NOON)
    news.placement(story, by=make.account())

    assert [row.ref for row in everything(Items(), ask(province))] == [story.ref]


def test_an_item_counts_from_its_day_until_the_day_it_is_withdrawn(province, upper):
    withdrawn_at = NOON + timedelta(days=5)
    story = news.story(unit=upper, withdrawn_at=withdrawn_at, withdrawal_reason="Bị thay thế.")
    news.placement(story, by=make.account())

    def counted(day):
        return sum(figure.numerator for figure in Items().figures(ask(province, as_of=day)))

    days = [DAY - timedelta(days=1), DAY, DAY + timedelta(days=4), DAY + timedelta(days=5)]
    assert [counted(day) for day in days] == [0, 1, 1, 0]


def test_the_day_is_that_of_ha_noi(province, upper):
    story = news.story(unit=upper, published_at=datetime(2025, 12, 31, 17, 0, tzinfo=UTC))
    news.placement(story, placed_on=date(2026, 1, 1), by=make.account())

    assert [figure.numerator for figure in Items().figures(ask(province))] == [1]


def test_what_an_ended_unit_made_stands_with_its_heir(province, upper):
    heir = make.unit(parent=province, flags=("upper_level",), since=date(2026, 6, 1))
    UnitPlace.objects.filter(unit=upper).update(valid_to=date(2026, 6, 1))
    UnitPlace.objects.create(unit=upper, path=path(heir), living=False, valid_from=date(2026, 6, 1))
    UnitVersion.objects.filter(unit=upper).update(valid_to=date(2026, 6, 1))
    story = news.story(unit=upper)
    news.placement(story, by=make.account())

    assert [f.path for f in Items().figures(ask(province))] == [path(heir)]
    assert [f.numerator for f in Items().figures(ask(province, structure=date(2026, 5, 1)))] == [1]
    assert [(row.ref, row.counts) for row in Items().gap(ask(province)).rows] == [(f"people.unit:{heir.pk}", 1)]


def test_the_gap_lists_upper_level_units_with_the_fewest_items_first_page_by_page(province, upper):
    idle = make.unit(parent=province, flags=("upper_level",))
    busy = make.unit(parent=province, flags=("upper_level",))
    make.unit(parent=province)
    for unit, count in ((upper, 1), (busy, 2)):
        for _ in range(count):
            news.placement(news.story(unit=unit), by=make.account())

    first = Items().gap(ask(province), limit=2)
    rest = Items().gap(ask(province), after=first.after, limit=2)

    found = [(row.ref, row.counts) for row in [*first.rows, *rest.rows]]
    assert found == [(f"people.unit:{unit.pk}", count) for unit, count in ((idle, 0), (upper, 1), (busy, 2))]
    assert rest.after == ""


# --- T4


def test_the_digital_share_is_of_all_products_that_appeared(province, upper):
    digital, both, paper, nowhere = (news.story(unit=upper) for _ in range(4))
    by = make.account()
    news.placement(digital, code="zalo", by=by)
    news.placement(both, code="bang-tin", by=by)
    news.placement(both, code="fanpage", placed_on=date(2026, 5, 1), by=by)
    news.placement(paper, code="bao-in", by=by)

    assert DigitalShare().figures(ask(province)) == [Figure(path=path(upper), numerator=2, denominator=3)]
    assert {row.ref for row in everything(DigitalShare(), ask(province))} == {digital.ref, both.ref}
    assert [row.ref for row in DigitalShare().gap(ask(province)).rows] == [paper.ref]
    earlier = ask(province, as_of=date(2026, 4, 1))
    assert DigitalShare().figures(earlier) == [Figure(path=path(upper), numerator=1, denominator=3)]
    assert nowhere.ref not in {row.ref for row in DigitalShare().gap(ask(province)).rows}


def test_a_product_belongs_to_the_period_in_which_it_first_appeared(province, upper):
    story, by = news.story(unit=upper), make.account()
    news.placement(story, code="zalo", by=by)
    news.placement(story, code="fanpage", placed_on=date(2026, 8, 1), by=by)
    second_half = Period(first=date(2026, 7, 1), last=date(2026, 12, 31))

    assert DigitalShare().figures(ask(province, period=second_half)) == []
    assert DigitalShare().figures(ask(province)) == [Figure(path=path(upper), numerator=1, denominator=1)]


def test_a_placement_entered_by_mistake_never_counts(province, upper):
    story = news.story(unit=upper)
    placement = news.placement(story, by=make.account())
    Placement.objects.filter(pk=placement.pk).update(ended_on=placement.placed_on)

    assert DigitalShare().figures(ask(province)) == []


# --- T10


def test_magazines_are_counted_and_missed(province, upper):
    assert [row.ref for row in Magazines().gap(ask(province)).rows] == [f"people.unit:{province.pk}"]
    news.story(unit=upper)
    news.story(unit=upper, type_code="tap-chi-truyen-hinh")

    assert Magazines().figures(ask(province)) == [Figure(path=path(upper), numerator=1)]
    assert Magazines().gap(ask(province)).rows == ()


# --- the same as counting one by one, whatever was published where

CHANNELS = {"trang-nay": "du", "web-cong-doan": "du", "fanpage": "du", "zalo": "d", "bang-tin": "", "bao-in": ""}
"""d: digital; u: a union website or the own fanpage."""
JANUARY = date(2026, 1, 1)


@dataclass(frozen=True)
class Told:
    """One made-up story: everything in days after 1 January 2026."""

    unit: int
    day: int
    magazine: bool
    withdrawn: int | None
    placements: tuple[tuple[str, int, bool], ...]


days = st.integers(-5, 40)
places = st.lists(st.tuples(st.sampled_from(sorted(CHANNELS)), days, st.booleans()), max_size=4)
stories = st.builds(
    Told,
    unit=st.integers(0, 3),
    day=days,
    magazine=st.booleans(),
    withdrawn=st.none() | st.integers(0, 40),
    placements=places.map(tuple),
)


def day(number):
    return JANUARY + timedelta(days=number)


def at_noon(number):
    return datetime.combine(day(number), time(5), tzinfo=UTC)


def tell(told: Told, units: list[Unit]) -> Story:
    withdrawal = {}
    if told.withdrawn is not None and told.withdrawn >= told.day:
        withdrawal = {"withdrawn_at": at_noon(told.withdrawn), "withdrawal_reason": "Sai."}
    story = news.story(
        unit=units[told.unit],
        published_at=at_noon(told.day),
        type_code="tap-chi-truyen-hinh" if told.magazine else "tin",
        **withdrawal,
    )
    for code, placed, mistaken in told.placements:
        made = news.placement(story, code=code, placed_on=day(placed), by=make.account())
        if mistaken:
            Placement.objects.filter(pk=made.pk).update(ended_on=made.placed_on)
    return story


def by_hand(told: list[Told], first: int, last: int, as_of: int) -> dict[str, list[Told]]:
    """The definitions, read aloud over a list."""
    end = min(last, as_of)

    def out(one):
        withdrawn = one.withdrawn is not None and one.day <= one.withdrawn <= as_of
        return one.day <= as_of and not withdrawn

    def seen(one):
        return [(code, placed) for code, placed, mistaken in one.placements if placed <= as_of and not mistaken]

    public = [one for one in told if out(one)]
    published = [one for one in public if first <= one.day <= end]
    appeared = [one for one in public if seen(one) and first <= min(placed for _code, placed in seen(one)) <= end]
    return {
        "items": [one for one in published if one.unit in (1, 2) and any("u" in CHANNELS[c] for c, _ in seen(one))],
        "appeared": appeared,
        "digital": [one for one in appeared if any("d" in CHANNELS[code] for code, _ in seen(one))],
        "magazines": [one for one in published if one.magazine],
    }


@given(
    told=st.lists(stories, max_size=8), first=st.integers(0, 20), length=st.integers(0, 20), as_of=st.integers(20, 45)
)
def test_figures_and_evidence_are_what_one_counts_by_hand(db, told, first, length, as_of):
    Placement.objects.all().delete()
    Story.objects.all().delete()
    province = make.unit()
    upper = [make.unit(parent=province, flags=("upper_level",)) for _ in range(2)]
    units = [province, *upper, make.unit(parent=upper[0])]
    refs = {id(one): tell(one, units).ref for one in told}
    period = Period(first=day(first), last=day(first + length))
    question = ask(province, period=period, structure=day(45), as_of=day(as_of))
    expected = by_hand(told, first, first + length, as_of)

    def of_child(ones, index):
        below = {0: {0}, 1: {1, 3}, 2: {2}}[index]
        return sum(1 for one in ones if one.unit in below)

    for measure, rows, among in (
        (Items(), expected["items"], None),
        (DigitalShare(), expected["digital"], expected["appeared"]),
        (Magazines(), expected["magazines"], None),
    ):
        figures = {figure.path: figure for figure in measure.figures(question)}
        for index, unit in enumerate(units[:3]):
            figure = figures.get(path(unit))
            assert (figure.numerator if figure else 0) == of_child(rows, index)
            if among is not None:
                assert ((figure.denominator or 0) if figure else 0) == of_child(among, index)
        evidence = everything(measure, question)
        assert sorted(row.ref for row in evidence) == sorted(refs[id(one)] for one in rows)
        assert sum(row.counts for row in evidence) == sum(figure.numerator for figure in figures.values())


@given(told=st.lists(stories, min_size=1, max_size=5), code=st.sampled_from(sorted(CHANNELS)), pick=st.integers(0, 4))
def test_one_more_placement_of_a_placed_product_never_changes_how_many_products_there_are(db, told, code, pick):
    Placement.objects.all().delete()
    Story.objects.all().delete()
    province = make.unit()
    upper = make.unit(parent=province, flags=("upper_level",))
    made = [tell(one, [upper] * 4) for one in told]
    for one, story in zip(told, made, strict=True):
        news.placement(story, code="trang-nay", placed_on=day(one.day), url="", by=None)
    question = ask(province)

    def how_many():
        share = [figure.denominator for figure in DigitalShare().figures(question)]
        return [Items().figures(question), share, Magazines().figures(question)]

    before = how_many()
    chosen = pick % len(made)
    news.placement(made[chosen], code=code, placed_on=day(told[chosen].day + 60), by=make.account())

    assert how_many() == before


@pytest.mark.parametrize("how_many", [1, 3])
def test_each_answer_costs_the_same_however_many_products_and_units(django_assert_num_queries, province, how_many):
    for _ in range(how_many):
        unit = make.unit(parent=province, flags=("upper_level",))
        news.placement(news.story(unit=unit), by=make.account())
    question = ask(province)

    for measure in MEASURES:
        with django_assert_num_queries(1):
            measure.figures(question)
    for measure in MEASURES:
        with django_assert_num_queries(1):
            measure.evidence(question)
    with django_assert_num_queries(1):
        Items().gap(question)
