"""T14: reports on time. Every figure is recounted by hand over the tables, place by place."""

import random
from datetime import date, timedelta

import pytest

from loa.base.periods import year
from loa.people.models import UnitPlace, UnitVersion
from loa.planning import registry
from loa.planning.protocol import Ask, Figure
from loa.planning.withholding import total
from loa.reports import queries
from loa.reports.measures import ReportsOnTime
from loa.reports.models import Report
from tests import make, make_reports

pytestmark = pytest.mark.django_db

MEASURE = ReportsOnTime()
END = date(2026, 7, 1)


def ask(unit, *, as_of, structure=None, period=None):
    structure = structure or as_of
    path = UnitPlace.objects.on(structure).get(unit=unit).path
    return Ask(path=path, period=period or year(as_of.year), structure=structure, as_of=as_of)


def figures_of(question) -> list[Figure]:
    figures = MEASURE.figures(question)
    assert figures is not None
    return figures


def end(unit, heir):
    """The unit ends on 1 July 2026; what it did is found with its heir from then on."""
    UnitVersion.objects.filter(unit=unit).update(valid_to=END)
    UnitPlace.objects.filter(unit=unit).update(valid_to=END)
    place = UnitPlace.objects.get(unit=heir, living=True).path
    UnitPlace.objects.create(unit=unit, path=place, living=False, valid_from=END)


def everything(read, question):
    rows, after = [], ""
    while True:
        page = read(question, after=after, limit=2)
        rows += page.rows
        if not page.after:
            return rows
        after = page.after


def by_hand(question):
    """The same figures, one unit and one report at a time."""
    found: dict[str, tuple[int, int]] = {}
    for term in queries.terms_of(make_reports.term().kind.plan):
        if not term.measured or not question.counted.holds(term.due_on):
            continue
        for version in UnitVersion.objects.on(term.due_on).filter(flags__code="upper_level"):
            path = UnitPlace.objects.on(question.structure).get(unit=version.unit_id).path
            if not path.startswith(question.path):
                continue
            child = path[: len(question.path) + 6]
            report = Report.objects.filter(unit=version.unit_id, kind=term.kind.code, first=term.period.first).first()
            on_time = bool(report and report.received_on and report.received_on <= term.due_on)
            numerator, denominator = found.get(child, (0, 0))
            found[child] = (numerator + on_time, denominator + 1)
    return {path: Figure(path=path, numerator=n, denominator=d) for path, (n, d) in found.items()}


@pytest.mark.parametrize("seed", range(4))
def test_figures_are_those_counted_by_hand_in_any_structure(seed):
    chance = random.Random(seed)
    cast = make_reports.cast(stories=0)
    groups = [cast.province, *(make.unit(parent=cast.province) for _ in range(2))]
    units = [make_reports.upper(chance.choice(groups)) for _ in range(8)] + [cast.district]
    make.unit(parent=cast.district)
    for term in (make_reports.term(code, on=date(2026, 12, 31)) for code in ("2025-year", "2026-H1", "2026-H2")):
        for unit in chance.sample(units, 6):
            make_reports.received(unit, term, on=term.due_on + timedelta(days=chance.choice([-5, 0, 1, 9])))
    for unit in units[:2]:
        end(unit, heir=chance.choice(units[2:]))

    for as_of in (date(2026, 6, 10), date(2026, 12, 10)):
        for structure in (date(2026, 6, 30), END):
            for unit in (*groups, units[-1]):
                question = ask(unit, as_of=as_of, structure=structure)
                figures = figures_of(question)
                assert {figure.path: figure for figure in figures} == by_hand(question)
                whole = total(figures)
                assert sum(row.counts for row in everything(MEASURE.evidence, question)) == whole.numerator
                missing = (whole.denominator or 0) - whole.numerator
                assert sum(row.counts for row in everything(MEASURE.gap, question)) == missing


def test_no_event_changes_the_total():
    cast = make_reports.cast(stories=0)
    make_reports.received(cast.district, make_reports.term(), on=date(2026, 6, 9))
    other = make_reports.upper(cast.province)
    before = total(figures_of(ask(cast.province, as_of=date(2026, 6, 30))))

    end(cast.district, heir=other)

    after = total(figures_of(ask(cast.province, as_of=date(2026, 6, 30), structure=END)))
    assert (before.numerator, before.denominator) == (after.numerator, after.denominator) == (1, 2)


def test_nothing_is_measured_before_the_first_due_day_of_the_period():
    cast = make_reports.cast(stories=0)

    assert MEASURE.figures(ask(cast.province, as_of=date(2026, 6, 9))) is None
    assert MEASURE.evidence(ask(cast.province, as_of=date(2026, 6, 9))).rows == ()
    [figure] = figures_of(ask(cast.province, as_of=date(2026, 6, 10)))
    assert (figure.numerator, figure.denominator) == (0, 1)


def test_the_due_day_itself_is_on_time_and_the_day_after_is_not():
    cast = make_reports.cast(stories=0)
    late = make_reports.upper(cast.province)
    make_reports.received(cast.district, make_reports.term(), on=date(2026, 6, 10))
    report = make_reports.received(late, make_reports.term(), on=date(2026, 6, 11))
    question = ask(cast.province, as_of=date(2026, 6, 30))

    [row] = MEASURE.gap(question).rows

    assert (row.ref, row.on, row.cells[1]) == (late.ref, date(2026, 6, 10), "nộp muộn")
    assert row.url == f"/quan-tri/bao-cao/{report.pk}/"
    [proof] = MEASURE.evidence(question).rows
    assert (proof.unit, proof.on) == (cast.district.code, date(2026, 6, 10))


def test_units_that_came_after_the_cut_off_or_ended_before_the_due_day_owe_nothing():
    cast = make_reports.cast(stories=0)
    young = make_reports.upper(cast.province, since=date(2026, 6, 1))
    gone = make_reports.upper(cast.province)
    UnitVersion.objects.filter(unit=gone).update(valid_to=date(2026, 6, 5))

    assert [unit.pk for unit in queries.owing(make_reports.term())] == [cast.district.pk]
    assert not queries.owes(young.pk, make_reports.term())


def test_one_question_is_one_query_over_reports_however_many_units(django_assert_num_queries):
    cast = make_reports.cast(stories=0)
    question = ask(cast.province, as_of=date(2026, 12, 31))
    with django_assert_num_queries(10):
        MEASURE.figures(question)
    for _ in range(3):
        make_reports.upper(cast.province)
    with django_assert_num_queries(10):
        MEASURE.figures(question)


def test_it_is_registered_under_the_key_that_the_plan_names():
    assert isinstance(registry.measure("reports.on_time"), ReportsOnTime)


@pytest.mark.parametrize(
    ("day", "terms"),
    [
        (date(2025, 11, 30), "2025-year"),
        (date(2025, 12, 1), "2026-half-year 2026-year"),
        (date(2026, 5, 31), "2026-half-year 2026-year"),
        (date(2026, 6, 1), "2026-year"),
    ],
    ids=str,
)
def test_cut_offs_end_and_begin_the_periods(day, terms):
    make_reports.cast(stories=0)

    holding = [term.code for term in queries.terms_on(date(2026, 12, 31)) if term.measured and term.period.holds(day)]

    assert " ".join(holding) == terms
