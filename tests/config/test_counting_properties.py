"""Whatever tree, decisions and log: each measure equals what plain code counts, and no event moves a total."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import example, given
from hypothesis import strategies as st

from bench import recount
from loa.audience.models import ReachCount
from loa.base.errors import Refused
from loa.base.periods import Period
from loa.newsroom.models import Channel, Placement
from loa.people import queries
from loa.people.models import UnitFlag, UnitVersion
from loa.planning import registry
from loa.planning.protocol import Ask
from loa.planning.scorecard import scorecard
from loa.planning.withholding import total
from loa.reports import queries as queries_of_reports
from loa.reports.models import Report
from tests import make, make_reports
from tests import make_news as news
from tests.people.test_units_properties import EVENTS, START, TREES, grow, take
from tests.planning import plans

pytestmark = [pytest.mark.django_db, pytest.mark.properties]
LAST = START + timedelta(days=40)
"""Within the first year of the tree."""
YEAR = Period(first=START, last=START.replace(month=12, day=31))
PICK = st.integers(0, 30)
PLACED = st.tuples(st.sampled_from(["site", "page", "board"]), st.integers(0, 40))
STORIES = st.lists(
    st.fixed_dictionaries(
        {
            "unit": PICK,
            "day": st.integers(0, 40),
            "magazine": st.booleans(),
            "withdrawn": st.none() | st.integers(0, 40),
            "placements": st.lists(
                st.tuples(st.sampled_from(["site", "page", "board"]), st.integers(0, 40)), max_size=3
            ),
        }
    ),
    max_size=6,
)
COUNTS = st.lists(st.tuples(PICK, st.integers(0, 1), st.integers(0, 9), st.integers(0, 9)), max_size=8)
REQUESTS = st.lists(
    st.tuples(
        PICK, st.integers(0, 40), st.sampled_from(["open", "answered", "declined", "withdrawn"]), st.integers(-2, 2)
    ),
    max_size=5,
)
"""Unit, the day it is due, how it stands, and how many days after that day it ended."""
CHANNELS = {
    "site": {"digital": True, "union_site": True},
    "page": {"digital": True, "own_fanpage": True},
    "board": {"digital": False},
}


@pytest.fixture
def plan(db):
    """Once for all examples: loading it takes longer than they do."""
    loaded = plans.load(make.unit(code="ISSUER", since=START))
    make_reports.load_forms()
    return loaded


@pytest.fixture
def handed_in(db):
    """A district's half-year, handed in."""
    cast = make_reports.cast()
    return cast, make_reports.submitted(cast)


def day(number: int) -> date:
    return START + timedelta(days=number)


def at(number: int) -> datetime:
    return datetime.combine(day(number), datetime.min.time(), tzinfo=UTC) + timedelta(hours=3)


def tell(stories, counts, reports, units, requests=()):
    """Write a log: stories with their placements, two counts of reach, reports handed in, material asked for."""
    for code, fields in CHANNELS.items():
        Channel.objects.get_or_create(code=code, defaults={"name": code, **fields})
    for one in stories:
        withdrawn: dict[str, Any] = {}
        if one["withdrawn"] is not None:
            withdrawn = {"withdrawn_at": at(one["withdrawn"]), "withdrawal_reason": "x"}
        made = news.story(
            unit=units[one["unit"] % len(units)],
            published_at=at(one["day"]),
            type_code="magazine" if one["magazine"] else "news",
            **withdrawn,
        )
        type(made.product_type).objects.filter(code="magazine").update(magazine=True)
        for code, number in one["placements"]:
            if not made.placements.filter(channel__code=code).exists():
                news.placement(made, code=code, placed_on=day(number))
    for pick, month, people, confirmed in counts:
        unit, counted_on = units[pick % len(units)], day(20 + month * 15)
        figures = {"people": people, "confirmed": min(people, confirmed), "delivered": 0}
        ReachCount.objects.update_or_create(unit=unit, year=counted_on.year, counted_on=counted_on, defaults=figures)
    terms = [make_reports.term(code) for code in ("2024-half-year", "2024-year")] if reports else []
    for pick, index, late in reports:
        unit, term = units[pick % len(units)], terms[index]
        if not Report.objects.filter(unit=unit, kind=term.kind.code).exists():
            make_reports.received(unit, term, on=term.due_on + timedelta(days=late))
    asker, by = (make.unit(code="ASKER"), make.account()) if requests else (None, None)
    for pick, number, state, late in requests:
        ended = None if state == "open" else at(number + late)
        news.material(units[pick % len(units)], asker=asker, due_on=day(number), state=state, ended_at=ended, by=by)


def flagged(units, picks):
    """Some units are upper-level unions from the beginning."""
    flag = UnitFlag.objects.get_or_create(code="upper_level", defaults={"name": "upper"})[0]
    for version in UnitVersion.objects.filter(unit__in=[units[pick % len(units)] for pick in picks]):
        version.flags.add(flag)


def happen(events):
    on = START + timedelta(days=1)
    for kind, a, b, c, gap in events:
        on += timedelta(days=gap % 9)
        with transaction.atomic():
            try:
                with transaction.atomic():
                    take(kind, a, b, c, on=on)
            except Refused:
                continue


@given(
    shape=TREES, events=EVENTS, upper=st.lists(PICK, max_size=4), stories=STORIES, counts=COUNTS,
    reports=st.lists(st.tuples(PICK, st.integers(0, 1), st.integers(-2, 2)), max_size=4), requests=REQUESTS,
    structure=st.integers(0, 60), as_of=st.integers(0, 60) | st.integers(150, 364),
)  # fmt: skip
def test_each_measure_is_what_plain_code_counts(
    plan, shape, events, upper, stories, counts, reports, requests, structure, as_of
):
    with transaction.atomic():
        units = grow(shape)
        flagged(units, upper)
        tell(stories, counts, reports, units, requests)
        happen(events)
        world = recount.load()
        living = [unit for unit in world.lives if world.life(unit, day(structure))]
        topmost = sorted(living, key=lambda unit: len(world.line(unit, day(structure))))[:4]
        wrong = [
            one
            for key in recount.known()
            for unit in topmost
            for one in recount.compare(world, key, unit, period=YEAR, structure=day(structure), as_of=day(as_of))
        ]
        assert wrong == []
        transaction.set_rollback(True)


def test_no_registered_measure_is_left_out():
    counted = {measure.key for measure in registry.measures()}

    assert set(recount.known()) <= counted
    assert {key for key in counted - set(recount.known()) if key.split(".")[0] in {"newsroom", "audience"}} == set()


def whole(key: str, structure: date) -> tuple[int, int]:
    """The figure of everything: the sum over the roots."""
    measure = registry.measure(key)
    assert measure is not None
    parts = [
        figure
        for root in queries.roots(on=structure)
        for figure in measure.figures(Ask(path=root.path, period=YEAR, structure=structure, as_of=LAST)) or ()
    ]
    summed = total(parts)
    return summed.numerator, summed.denominator or 0


ENDED_BEFORE_ITS_STORY = {
    "shape": [0, 0],
    "events": [("transfer", 0, 0, 0, 0), ("dissolve", 1, 0, 0, 0)],
    "upper": [0, 1],
    "stories": [{"unit": 1, "day": 19, "magazine": False, "withdrawn": None, "placements": [("site", 0)]}],
    "counts": [],
    "requests": [],
}
"""A decision, told later, ends an upper-level union before the day on which it published."""


@given(shape=TREES, events=EVENTS, upper=st.lists(PICK, max_size=4), stories=STORIES, counts=COUNTS, requests=REQUESTS)
@example(**ENDED_BEFORE_ITS_STORY)
def test_totals_are_the_same_in_every_structure(shape, events, upper, stories, counts, requests):
    with transaction.atomic():
        units = grow(shape)
        flagged(units, upper)
        tell(stories, counts, (), units, requests)
        keys = [key for key in recount.known() if key != "reports.on_time"]
        before = {key: whole(key, START) for key in keys}
        happen(events)

        for number in (0, 3, 10, 40, 400):
            assert {key: whole(key, day(number)) for key in keys} == before
        transaction.set_rollback(True)


@given(shape=TREES, stories=STORIES, pick=PICK, code=st.sampled_from(sorted(CHANNELS)), number=st.integers(0, 40))
def test_one_more_placement_changes_no_product_count_and_lowers_nothing(shape, stories, pick, code, number):
    with transaction.atomic():
        units = grow(shape)
        flagged(units, range(len(units)))
        tell(stories, [(0, 0, 9, 4)], (), units)
        placed = list(Placement.objects.order_by("pk"))
        products = {key: whole(key, LAST) for key in ("newsroom.digital_share", "newsroom.magazines", "newsroom.items")}
        reach = whole("audience.confirmed_reach", LAST)
        if placed:
            one = placed[pick % len(placed)]
            if not one.story.placements.filter(channel__code=code).exists():
                news.placement(one.story, code=code, placed_on=max(day(number), one.placed_on))

        share, share_of = whole("newsroom.digital_share", LAST)
        assert share_of == products["newsroom.digital_share"][1]
        assert share >= products["newsroom.digital_share"][0]
        assert whole("newsroom.magazines", LAST) == products["newsroom.magazines"]
        assert whole("newsroom.items", LAST) >= products["newsroom.items"]
        assert whole("audience.confirmed_reach", LAST) == reach
        transaction.set_rollback(True)


def replayed(report):
    """The figures of a report, counted again for its period as of its day."""
    card = scorecard(report.unit_id, on=report.as_of, period=report.period)
    kept = {one["target"] for one in report.figures}
    lines = [line for line in card.lines if line.target.code in kept]
    return {line.target.code: (line.reading.numerator, line.reading.denominator) for line in lines}


@given(events=EVENTS, stories=STORIES)
def test_a_frozen_report_replays_exactly_whatever_happens_later(handed_in, events, stories):
    cast, report = handed_in
    units = [cast.province, cast.district]
    with transaction.atomic():
        frozen = list(report.figures)
        before = replayed(report)
        assert before == {one["target"]: (one["numerator"], one["denominator"]) for one in frozen}
        later = make_reports.ON + timedelta(days=30)
        for number, (kind, a, b, c, gap) in enumerate(events):
            try:
                with transaction.atomic():
                    take(kind, a, b, c, on=later + timedelta(days=number + gap % 5))
            except Refused:
                continue
        for one in stories:
            news.story(unit=units[one["unit"] % 2], published_at=datetime(2026, 7, 1, 3, tzinfo=UTC))

        assert replayed(report) == before
        report.refresh_from_db()
        assert report.figures == frozen
        assert queries_of_reports.intact(report)
        transaction.set_rollback(True)
