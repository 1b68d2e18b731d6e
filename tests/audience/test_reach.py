"""Reach counts people and remembers nobody."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.models import Sum
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from loa.audience import actions, queries
from loa.audience.actions import Said
from loa.audience.measures import ConfirmedReach
from loa.audience.models import ReachCount, ReachEntry, TopicCount, YearKey
from loa.audience.register import Group, joined
from loa.base.errors import Refused
from loa.base.periods import year
from loa.ledger.facts import SYSTEM
from loa.ledger.models import Entry
from loa.people.models import Membership
from loa.planning.protocol import Ask, Figure
from loa.planning.scorecard import Line, scorecard
from tests import make
from tests.make import DAY, NOON
from tests.planning import plans

pytestmark = pytest.mark.django_db


@pytest.fixture
def wages():
    return actions.name_topic("Tiền lương tối thiểu", year=2026, by=SYSTEM, at=NOON)


def member(unit, **fields):
    return make.account(person=make.person(unit=unit, **fields))


def ask(unit, on=DAY):
    return Ask(path=unit.places.get().path, period=year(on.year), structure=on, as_of=on)


def test_a_topic_named_twice_is_one_topic(wages):
    again = actions.name_topic("  tiền lương  tối thiểu", year=2026, by=SYSTEM, at=NOON)
    other = actions.name_topic("Bảo hiểm xã hội", year=2026, by=SYSTEM, at=NOON)

    assert (again, wages.bit, other.bit) == (wages, 0, 1)


def test_saying_so_marks_one_row_and_writes_nothing_about_the_person(wages):
    someone = member(make.unit())
    before = Entry.objects.count()

    actions.say(wages, Said.READ, by=someone, at=NOON)
    actions.say(wages, Said.UNCLEAR, by=someone, at=NOON)

    [entry] = ReachEntry.objects.all()
    assert (entry.confirmed, entry.understood, entry.unclear, entry.year) == (1, 0, 1, 2026)
    assert Entry.objects.count() == before
    assert {field.name for field in ReachEntry._meta.get_fields()} == {
        "pseudonym", "year", "unit", "confirmed", "understood", "unclear", "delivered",
    }  # fmt: skip


def test_understanding_later_takes_the_question_back(wages):
    someone = member(make.unit())

    actions.say(wages, Said.UNCLEAR, by=someone, at=NOON)
    actions.say(wages, Said.UNDERSTOOD, by=someone, at=NOON)

    assert queries.answer(wages, someone.person_id) == queries.Answer(confirmed=True, understood=True, unclear=False)


def test_an_answer_is_one_s_own(wages):
    unit = make.unit()
    someone, other = member(unit), member(unit)

    actions.say(wages, Said.READ, by=someone, at=NOON)

    assert queries.answer(wages, other.person_id) == queries.Answer()


def test_who_is_in_no_unit_is_told_so_and_nothing_is_kept(wages):
    with pytest.raises(Refused, match="không thuộc công đoàn cơ sở nào"):
        actions.say(wages, Said.READ, by=make.account(person=make.person()), at=NOON)
    with pytest.raises(Refused, match="chưa gắn với danh sách"):
        actions.say(wages, Said.READ, by=make.account(), at=NOON)

    assert ReachEntry.objects.count() == 0


def test_a_closed_year_takes_nothing_more_and_its_people_cannot_be_found(wages):
    someone = member(make.unit())
    actions.say(wages, Said.READ, by=someone, at=NOON)

    actions.destroy_year_key(2026, by=SYSTEM, at=NOON)
    actions.destroy_year_key(2026, by=SYSTEM, at=NOON)

    assert YearKey.objects.get(year=2026).salt is None
    assert queries.answer(wages, someone.person_id) == queries.Answer()
    with pytest.raises(Refused, match="đã khép lại"):
        actions.say(wages, Said.READ, by=someone, at=NOON)
    assert Entry.objects.filter(kind="audience.year-key-destroyed").count() == 1


def test_the_same_person_is_somebody_else_next_year(wages):
    someone = member(make.unit())
    actions.say(wages, Said.READ, by=someone, at=NOON)
    next_year = actions.name_topic("Tiền lương tối thiểu", year=2027, by=SYSTEM, at=NOON)
    actions.say(next_year, Said.READ, by=someone, at=NOON + timedelta(days=365))

    assert len(set(ReachEntry.objects.values_list("pseudonym", flat=True))) == 2


def test_before_the_first_count_nothing_is_measured():
    assert ConfirmedReach().figures(ask(make.unit())) is None


def test_the_figure_counts_people_once_by_unit_and_adds_up(wages):
    province = make.unit()
    mill, school = make.unit(parent=province), make.unit(parent=province)
    insurance = actions.name_topic("Bảo hiểm xã hội", year=2026, by=SYSTEM, at=NOON)
    workers = [member(mill) for _ in range(6)]
    [member(school) for _ in range(2)]
    for someone in workers[:5]:
        actions.say(wages, Said.READ, by=someone, at=NOON)
        actions.say(insurance, Said.UNDERSTOOD, by=someone, at=NOON)

    actions.count_reach(on=DAY, by=SYSTEM, at=NOON)

    figures = {figure.path: figure for figure in ConfirmedReach().figures(ask(province)) or []}
    note = (("đã nhận được tin nhắn", 0),)
    assert figures == {
        mill.places.get().path: Figure(path=mill.places.get().path, numerator=5, denominator=6, notes=note),
        school.places.get().path: Figure(path=school.places.get().path, numerator=0, denominator=2, notes=note),
    }
    assert TopicCount.objects.get(topic=insurance).understood == 5


def test_who_moved_counts_where_they_are_and_who_left_counts_nowhere(wages):
    province = make.unit()
    old, new = make.unit(parent=province), make.unit(parent=province)
    mover, leaver = member(old), member(old)
    for someone in (mover, leaver):
        actions.say(wages, Said.READ, by=someone, at=NOON)
    Membership.objects.filter(person=leaver.person).update(ended_on=DAY, ending="left")
    Membership.objects.filter(person=mover.person).update(ended_on=DAY, ending="transferred")
    Membership.objects.create(person=mover.person, unit=new, standing="member", started_on=DAY)

    actions.count_reach(on=DAY, by=SYSTEM, at=NOON)

    assert list(ReachCount.objects.values_list("unit", "people", "confirmed")) == [(new.pk, 1, 1)]
    assert ReachEntry.objects.filter(unit=None).count() == 1


def test_the_last_count_of_a_month_replaces_the_earlier_ones(wages):
    member(make.unit())
    for day in (date(2026, 1, 30), date(2026, 2, 5), DAY - timedelta(days=1), DAY):
        actions.count_reach(on=day, by=SYSTEM, at=NOON)

    assert set(ReachCount.objects.values_list("counted_on", flat=True)) == {
        date(2026, 1, 30), date(2026, 2, 5), DAY,
    }  # fmt: skip


def test_a_month_is_counted_once_as_of_its_last_day(wages):
    workers = [member(make.unit()) for _ in range(2)]
    actions.say(wages, Said.READ, by=workers[0], at=NOON)

    first = actions.count_month(on=date(2026, 3, 1), by=SYSTEM, at=NOON)
    actions.say(wages, Said.READ, by=workers[1], at=NOON)
    again = [actions.count_month(on=day, by=SYSTEM, at=NOON) for day in (date(2026, 3, 1), date(2026, 3, 31))]

    assert (first, again) == (date(2026, 2, 28), [None, None])
    assert ReachCount.objects.aggregate(Sum("confirmed"))["confirmed__sum"] == 1
    assert Entry.objects.filter(kind="audience.reach-counted").count() == 1
    assert actions.count_month(on=date(2026, 4, 1), by=SYSTEM, at=NOON) == date(2026, 3, 31)


def test_the_last_month_of_a_year_is_counted_in_that_year(wages):
    actions.say(wages, Said.READ, by=member(make.unit()), at=NOON)

    actions.count_month(on=date(2027, 1, 4), by=SYSTEM, at=NOON)

    assert list(ReachCount.objects.values_list("year", "counted_on", "confirmed")) == [(2026, date(2026, 12, 31), 1)]


@pytest.mark.properties
@given(
    marks=st.lists(st.tuples(st.integers(0, 100), st.integers(0, 9)), max_size=12), looks=st.sets(st.integers(0, 100))
)
def test_between_two_looks_at_a_figure_lies_nothing_or_a_whole_month(marks, looks):
    """Whoever looks however often: subtracting what was seen tells of nobody who came on one day."""
    with transaction.atomic():
        unit = make.unit()
        people = [make.person(unit=unit).pk for _ in range(10)]
        topic = actions.name_topic("Tiền lương", year=2026, by=SYSTEM, at=NOON)
        seen: dict[tuple[int, int], set[tuple[int, int | None]]] = {}
        for number in range(101):
            day = date(2026, 2, 1) + timedelta(days=number)
            actions.count_month(on=day, by=SYSTEM, at=NOON)
            said = [(people[who], unit.pk) for when, who in marks if when == number]
            actions.take_over(topic, Said.READ, said)
            if number in looks:
                found = ConfirmedReach().figures(ask(unit, on=day)) or []
                seen.setdefault((day.year, day.month), set()).update((one.numerator, one.denominator) for one in found)
        assert all(len(figures) <= 1 for figures in seen.values())
        for (_year, month), figures in seen.items():
            before = {who for when, who in marks if date(2026, 2, 1) + timedelta(days=when) < date(2026, month, 1)}
            assert {numerator for numerator, _people in figures} <= {len(before)}
        transaction.set_rollback(True)


def test_evidence_adds_up_to_the_figure_and_hides_small_units(wages):
    province = make.unit()
    units = [make.unit(parent=province) for _ in range(3)]
    for unit, number in zip(units, (12, 3, 9), strict=True):
        for _ in range(number):
            actions.say(wages, Said.READ, by=member(unit), at=NOON)
    actions.count_reach(on=DAY, by=SYSTEM, at=NOON)

    page = ConfirmedReach().evidence(ask(province))

    assert sum(row.counts for row in page.rows) == 24
    assert [(row.ref, row.counts) for row in page.rows] == [
        (f"people.unit:{units[0].pk}", 12), ("people.units", 12),
    ]  # fmt: skip


def test_evidence_pages_by_key_without_losing_a_unit(wages):
    province = make.unit()
    units = [make.unit(parent=province) for _ in range(5)]
    for unit in units:
        members = [(make.person(unit=unit).pk, unit.pk) for _ in range(5)]
        actions.take_over(wages, Said.READ, members)
    actions.count_reach(on=DAY, by=SYSTEM, at=NOON)

    seen, after = [], ""
    while True:
        page = ConfirmedReach().evidence(ask(province), after=after, limit=2)
        seen += [row.ref for row in page.rows]
        after = page.after
        if not after:
            break

    assert sorted(seen) == sorted(f"people.unit:{unit.pk}" for unit in units)


def test_the_gap_names_units_and_how_many_are_missing(wages):
    province = make.unit()
    near, far = make.unit(parent=province), make.unit(parent=province)
    for unit, missing in ((near, 6), (far, 8)):
        people = [make.person(unit=unit) for _ in range(missing + 5)]
        actions.take_over(wages, Said.READ, [(person.pk, unit.pk) for person in people[:5]])
    actions.count_reach(on=DAY, by=SYSTEM, at=NOON)

    assert [(row.ref, row.counts) for row in ConfirmedReach().gap(ask(province)).rows] == [
        (f"people.unit:{far.pk}", 8), (f"people.unit:{near.pk}", 6),
    ]  # fmt: skip


@pytest.fixture
def told(wages):
    """A province of which one unit is small, and another one is withheld with it."""
    province = make.unit(kind_code="province")
    for total, reached in ((90, 60), (12, 6), (40, 3)):
        unit = make.unit(parent=province)
        people = [make.person(unit=unit) for _ in range(total)]
        actions.take_over(wages, Said.READ, [(person.pk, unit.pk) for person in people[:reached]])
    plans.load_with(province, plans.indicator("T1", ConfirmedReach.key, values={"province": 85, "grassroots": 85}))
    actions.count_reach(on=DAY, by=SYSTEM, at=NOON)
    return province


def line_of(unit_id: int) -> Line:
    (line,) = scorecard(unit_id, on=DAY).lines
    return line


def test_rows_name_no_unit_that_the_tables_withhold(told):
    line = line_of(told.pk)
    large, with_it, small = (row.unit.unit_id for row in sorted(line.children, key=lambda row: row.unit.unit_id))
    named = {f"people.unit:{large}"}

    assert [row.unit.unit_id for row in line.children if row.numerator is None] == [with_it, small]
    assert {row.ref for row in line.evidence().rows} == named | {"people.units"}
    assert sum(row.counts for row in line.evidence().rows) == 69
    assert {row.ref for row in line.gap().rows} == named


def test_topics_are_not_told_of_a_unit_withheld_with_another_one(told, client):
    client.force_login(make.account(role="auditor", unit=told))
    line = line_of(told.pk)

    pages = [client.get(reverse("audience:unit", args=[row.unit.unit_id])) for row in line.children]

    assert [page.context["topics"][0].confirmed for page in pages].count(None) == 2
    assert 60 in [page.context["topics"][0].confirmed for page in pages]


def test_what_stands_beside_a_figure_is_withheld_like_a_figure(told):
    for delivered, count in zip((30, 20, 2), ReachCount.objects.order_by("unit"), strict=True):
        ReachCount.objects.filter(pk=count.pk).update(delivered=delivered)
    units = list(ReachCount.objects.order_by("unit").values_list("unit", flat=True))
    ReachCount.objects.filter(unit=units[2]).update(confirmed=20)  # now nothing hides its figure itself

    notes = [[count for _label, count in line_of(pk).notes] for pk in (told.pk, *units)]

    assert notes == [[52], [30], [], []]


def test_topics_of_a_unit_withhold_small_groups_also_by_subtraction(wages):
    unit = make.unit()
    people = [make.person(unit=unit) for _ in range(20)]
    actions.take_over(wages, Said.READ, [(person.pk, unit.pk) for person in people[:10]])
    actions.take_over(wages, Said.UNCLEAR, [(person.pk, unit.pk) for person in people[:3]])
    actions.count_reach(on=DAY, by=SYSTEM, at=NOON)

    assert queries.topics_of_unit(unit.pk, on=DAY) == [
        queries.TopicReach(topic=wages.name, people=20, confirmed=10, understood=None, unclear=None)
    ]


parts = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: (min(pair), max(pair))), max_size=12
)


@given(parts)
def test_joined_groups_keep_the_sum_and_hide_every_small_one(numbers):
    groups = [Group(unit_ids=(pk,), reached=reached, people=people) for pk, (reached, people) in enumerate(numbers)]

    shown, rest = joined(groups)

    everything = [*shown, *([rest] if rest else [])]
    assert sorted(pk for group in everything for pk in group.unit_ids) == list(range(len(numbers)))
    assert sum(group.reached for group in everything) == sum(reached for reached, _people in numbers)
    assert all(group.showable for group in shown)
    if rest is not None and shown:
        assert rest.showable
        assert len(rest.unit_ids) > 1
