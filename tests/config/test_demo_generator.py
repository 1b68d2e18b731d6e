"""The synthetic demo is the same for everyone, keeps the rules of a federation, and shows nobody real."""

import hashlib
import os
import subprocess
import sys
import tracemalloc
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import islice, pairwise
from pathlib import Path
from unicodedata import is_normalized

import phonenumbers
import pytest
from python_calamine import CalamineWorkbook

from loa.config.demo import END, SEED, START, activity, dirt, examples, registry, workbooks
from loa.config.demo.lives import COMMITTEE, EARLIEST
from loa.config.demo.people import crews, officers, people
from loa.config.demo.persons import Person
from loa.config.demo.places import COMMUNE_UNIONS, NEW_ROOT, OLD_ROOT, REGIONS
from loa.config.demo.reorganisation import DAY
from loa.config.demo.shapes import MARK, Structure, replay
from loa.config.demo.stories import CHANNELS, DIGITAL, TOPICS, DemoStory, stories
from loa.config.demo.structure import build
from loa.config.demo.subjects_life import IMAGE, POLITICAL
from loa.config.demo.subjects_policy import POLICY
from loa.config.demo.unit_rows import EVENT_COLUMNS, UNIT_COLUMNS

EVE = DAY - timedelta(days=1)
EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module")
def structure() -> Structure:
    return build(SEED)


@pytest.fixture(scope="module")
def crowd(structure: Structure) -> list[Person]:
    return list(people(structure, seed=SEED))


@pytest.fixture(scope="module")
def told(structure: Structure) -> list[DemoStory]:
    return list(stories(structure, seed=SEED))


# --- one world for one seed


def digest(seed: int) -> str:
    structure = build(seed)
    parts = (
        structure,
        list(islice(people(structure, seed=seed), 2_000)),
        list(stories(structure, seed=seed)),
        list(activity.reports(structure, seed=seed)),
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def test_a_seed_gives_the_same_world_in_every_process():
    program = "from tests.config.test_demo_generator import digest; print(digest(7))"
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": salt},
            cwd=Path(__file__).parents[2],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        for salt in ("1", "2")
    }

    assert found == {digest(7)}


def test_another_seed_gives_another_world():
    assert digest(7) != digest(8)


# --- units in time


def kinds_on(structure: Structure, day: date) -> Counter[str]:
    return Counter(unit.kind for unit in structure.on(day).values())


def test_the_federation_has_the_known_shape_before_and_after(structure: Structure):
    before = {"province": 2, "district": 11, "sector": 2, "economic_zone": 1}

    assert kinds_on(structure, START) == {**before, "grassroots": 1020}
    assert kinds_on(structure, EVE) == {**before, "grassroots": 1021}
    assert kinds_on(structure, DAY) | {"grassroots": 0} == {"province": 1, "commune": 17, "grassroots": 0}


@pytest.mark.parametrize("seed", [SEED, 1, 2])
def test_every_unit_has_a_living_parent_on_every_day(seed: int):
    structure = build(seed)
    turning_points = {event.on for event in structure.events}

    for day in {START, END, *turning_points, *(on - timedelta(days=1) for on in turning_points)}:
        rows = structure.on(day)
        assert {unit.parent for unit in rows.values()} - {None} <= rows.keys()
        assert {unit.kind for unit in rows.values() if unit.parent is None} == {"province"}


@pytest.mark.parametrize("seed", [SEED, 1, 2])
def test_each_event_finds_what_it_ends_and_names_one_living_heir(seed: int):
    structure = build(seed)
    known = {unit.code for unit in structure.units}
    for number, event in enumerate(structure.events):
        before = replay(structure.units, structure.events[:number])
        after = replay(structure.units, structure.events[: number + 1])
        assert set(event.predecessors) <= before.keys()
        assert set(event.successor_codes) <= after.keys()
        assert set(event.ends) == set(event.heirs)
        assert set(event.heirs.values()) <= set(event.successor_codes)
        assert event.parent is None or event.parent in after
        if event.kind != "rename":
            assert not {unit.code for unit in event.arrivals} & known, "a code is never used again"
        known |= {unit.code for unit in event.arrivals}


def test_events_come_in_order_under_decisions_of_their_own_all_marked(structure: Structure):
    assert all(earlier.on <= later.on for earlier, later in pairwise(structure.events))
    decisions = [event.decision for event in structure.events]
    assert len(set(decisions)) == len(decisions)
    assert all(decision.endswith(MARK) for decision in decisions)


def test_the_past_of_every_ended_unit_leads_to_one_living_unit(structure: Structure):
    living = structure.on(END)

    for code in structure.every:
        chain = [unit for unit, _ in structure.heir_chain(code)]
        assert len(set(chain)) == len(chain)
        assert chain[-1] in living


def test_the_fourteen_end_and_their_grassroots_go_to_several(structure: Structure):
    eve, day = structure.on(EVE), structure.on(DAY)
    homes = defaultdict(set)
    for code, unit in eve.items():
        if unit.kind == "grassroots" and code in day:
            homes[unit.parent].add(day[code].parent)

    assert len(REGIONS) == 14
    assert not {region.code for region in REGIONS} & day.keys()
    assert all(len(homes[region.code]) > 1 for region in REGIONS)
    assert {code for homes_of_one in homes.values() for code in homes_of_one} == {
        NEW_ROOT,
        *(union.code for union in COMMUNE_UNIONS),
    }


def test_unions_of_bodies_paid_by_the_budget_end_and_no_other_union_does(structure: Structure):
    eve, day = structure.on(EVE), structure.on(DAY)
    ended = {code for code, unit in eve.items() if unit.kind == "grassroots" and code not in day}

    assert ended == {code for code, unit in eve.items() if unit.public_budget}
    assert 400 < len(ended) < 500


def test_each_commune_union_has_at_least_ten_unions_below_it(structure: Structure):
    below = Counter(unit.parent for unit in structure.on(DAY).values() if unit.kind == "grassroots")

    assert min(below[union.code] for union in COMMUNE_UNIONS) >= 10


def test_every_kind_of_event_happens_and_something_is_founded_every_year(structure: Structure):
    assert {event.kind for event in structure.events} == {
        "establish",
        "merge",
        "split",
        "transfer",
        "rename",
        "dissolve",
    }
    grassroots = [event for event in structure.events if event.kind == "establish" and event.on != DAY]
    assert [event.on.year for event in grassroots] == [2024, 2025, 2026]


def test_invented_names_are_unlike_one_another_and_marked(structure: Structure):
    names = [unit.name for unit in structure.units if unit.kind == "grassroots"]

    assert len(set(names)) == len(names)
    assert all(name.endswith(MARK) for name in names)


# --- people


def test_the_registry_holds_about_eighty_thousand_people_numbered_without_a_gap(crowd: list[Person]):
    assert 78_000 < len(crowd) < 83_000
    assert [person.index for person in crowd] == list(range(1, len(crowd) + 1))


def test_people_stream_in_the_memory_of_one_union(structure: Structure):
    stream = people(structure, seed=SEED)
    next(stream)
    tracemalloc.start()
    try:
        assert sum(1 for _ in islice(stream, 15_000)) == 15_000
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


def test_nobody_belongs_to_a_union_before_it_begins_or_after_it_ends(structure: Structure, crowd: list[Person]):
    for person in crowd:
        assert person.memberships
        for spell in person.memberships:
            unit, end = structure.every[spell.unit], structure.ended.get(spell.unit)
            assert spell.joined_on >= max(unit.established_on, EARLIEST)
            assert spell.left_on is None or spell.joined_on < spell.left_on
            assert end is None or (spell.left_on is not None and spell.left_on <= end.on)
        for earlier, later in pairwise(person.memberships):
            assert earlier.left_on is not None
            assert earlier.left_on <= later.joined_on


def test_everyone_is_of_age_when_they_join(crowd: list[Person]):
    assert min((person.memberships[0].joined_on - person.born_on).days for person in crowd) >= 18 * 365


@pytest.mark.parametrize("day", [START, EVE, DAY, date(2026, 2, 28), date(2026, 3, 1), END])
def test_every_grassroots_union_has_one_chair_who_is_in_it(structure: Structure, crowd: list[Person], day: date):
    chairs = Counter(
        post.unit
        for person in crowd
        for post in person.posts
        if post.key == "grassroots_chair"
        and post.from_on <= day
        and (post.until_on is None or day < post.until_on)
        and person.unit_on(day) == post.unit
    )

    assert chairs == {code: 1 for code, unit in structure.on(day).items() if unit.kind == "grassroots"}


def test_a_post_is_held_only_while_its_holder_is_in_the_union(crowd: list[Person]):
    for person in crowd:
        spells = {(spell.unit, spell.left_on) for spell in person.memberships}
        assert {(post.unit, post.until_on) for post in person.posts} <= spells


def test_every_upper_level_union_and_the_province_have_one_chair(structure: Structure):
    staff = officers(structure, seed=SEED)
    for day in (EVE, DAY):
        chairs = Counter(
            post.unit
            for person in staff
            for post in person.posts
            if post.key == "chair" and post.from_on <= day and (post.until_on is None or day < post.until_on)
        )
        assert chairs == {code: 1 for code, unit in structure.on(day).items() if unit.kind != "grassroots"}


def test_phone_numbers_are_possible_almost_always_unique_and_in_the_invented_blocks(crowd: list[Person]):
    phones = [person.phone for person in crowd if person.phone]

    assert {phone[:5] for phone in phones} == {"09000", "07600"}
    assert 0.995 < len(set(phones)) / len(phones) < 1
    assert all(phonenumbers.is_valid_number(phonenumbers.parse(phone, "VN")) for phone in phones[::500])


def test_names_are_composed_and_never_folded_by_accident(crowd: list[Person]):
    assert all(is_normalized("NFC", person.name) for person in crowd)
    assert any("đ" in person.name.lower() for person in crowd)
    assert any("'" in person.name for person in crowd)


# --- stories


def test_about_fifteen_hundred_stories_by_unions_alive_on_their_day(structure: Structure, told: list[DemoStory]):
    assert 1_350 < len(told) < 1_750
    assert [story.number for story in told] == list(range(1, len(told) + 1))
    assert all(story.unit in structure.on(story.published_at.date()) for story in told[::25])


def test_diligence_differs(told: list[DemoStory]):
    in_2024 = Counter(story.unit for story in told if story.published_at.year == 2024 and story.unit != OLD_ROOT)

    assert len(in_2024) == 14
    assert max(in_2024.values()) >= 60
    assert min(in_2024.values()) <= 20


def test_a_short_edition_is_short_and_a_deep_one_has_three_to_six_paragraphs(told: list[DemoStory]):
    assert max(len(story.short.split()) for story in told) <= 120
    assert {len(story.deep) for story in told} <= {3, 4, 5, 6}


def test_story_text_is_finished_vietnamese(told: list[DemoStory]):
    for story in told:
        for text in (story.title, story.summary, story.short, *story.deep):
            assert is_normalized("NFC", text)
            assert not set("{}") & set(text)
            assert ".." not in text
            assert "  " not in text
            assert text[0] == text[0].upper()
        assert all(paragraph[-1] in ".?!”" for paragraph in (story.summary, story.short, *story.deep))


def test_titles_seldom_repeat(told: list[DemoStory]):
    assert len({story.title for story in told}) > 0.98 * len(told)


def test_enough_was_written_by_hand():
    subjects = (*POLICY, *IMAGE, *POLITICAL)
    titles = {title for subject in subjects for title in subject.titles}
    sentences = {sentence for subject in subjects for sentence in (*subject.leads, *subject.facts, *subject.calls)}

    assert len(titles) >= 40
    assert len(sentences) >= 100
    assert {theme for subject in subjects for theme in subject.themes} == set(range(1, 9))


def test_policy_stories_and_only_they_have_a_topic_and_every_topic_comes_every_year(told: list[DemoStory]):
    assert all((story.topic in TOPICS) == (story.kind == "policy") for story in told)
    assert all(story.topic is None for story in told if story.kind != "policy")
    assert len(TOPICS) == 12
    for year in (2024, 2025, 2026):
        assert {story.topic for story in told if story.published_at.year == year} - {None} == set(TOPICS)


def test_every_year_has_its_television_magazine(told: list[DemoStory]):
    assert [story.published_at.year for story in told if story.product == "magazine"] == [2024, 2025, 2026]


def test_placements_are_dated_linked_to_nowhere_and_more_and_more_digital(told: list[DemoStory]):
    shares = []
    for year in (2024, 2025, 2026):
        of_year = [story for story in told if story.published_at.year == year]
        shares.append(sum(any(p.channel in DIGITAL for p in story.placements) for story in of_year) / len(of_year))
    placements = [(story, placement) for story in told for placement in story.placements]

    assert shares == sorted(shares)
    assert shares[0] < 0.5 < shares[-1]
    assert {placement.channel for _, placement in placements} == set(CHANNELS)
    assert all(placement.link.startswith("https://vi-du.example/") for _, placement in placements)
    assert all(placement.on >= story.published_at.date() for story, placement in placements)


def test_authors_belong_to_the_union_and_share_a_hundred_per_cent(structure: Structure, told: list[DemoStory]):
    staff = {person.code: person for person in officers(structure, seed=SEED)}
    for story in told:
        assert sum(author.share for author in story.authors) == 100
        for author in story.authors:
            assert staff[author.code].unit_on(story.published_at.date()) == story.unit
            assert staff[author.code].name == author.name


def test_a_few_stories_are_corrected_and_fewer_withdrawn(told: list[DemoStory]):
    corrected, withdrawn = (sum(bool(getattr(s, f"{what}_on")) for s in told) for what in ("corrected", "withdrawn"))

    assert 0 < withdrawn < corrected < 0.05 * len(told)


def test_a_later_today_adds_stories_and_rewrites_none(structure: Structure, told: list[DemoStory]):
    middle = date(2025, 3, 1)
    early = list(stories(structure, seed=SEED, today=middle))

    assert [(s.number, s.title, s.deep) for s in early] == [(s.number, s.title, s.deep) for s in told[: len(early)]]
    assert told[len(early)].published_at.date() > middle
    assert all(placement.on <= middle for story in early for placement in story.placements)


# --- reads and reports


def test_reach_lies_where_it_should_and_grows(crowd: list[Person]):
    topics = tuple(TOPICS)
    sample = crowd[::7]
    shares = []
    for year in (2024, 2025, 2026):
        there = sum(bool(activity._spells(person, year, END)) for person in sample)
        shares.append(sum(1 for _ in activity.reads(sample, year, seed=SEED, topics=topics)) / there)

    assert shares == sorted(shares)
    assert all(0.55 < share < 0.8 for share in shares)


def test_a_read_is_of_a_known_topic_by_someone_who_was_there(crowd: list[Person]):
    topics = tuple(TOPICS)[:4]
    reads = list(activity.reads(crowd[::50], 2026, seed=SEED, topics=topics))
    homes = {person.index: {spell.unit for spell in person.memberships} for person in crowd[::50]}

    assert reads
    assert all(read.topics and set(read.topics) <= set(topics) for read in reads)
    assert all(read.unit in homes[read.person] for read in reads)


def test_who_left_before_a_year_confirms_nothing_in_it(crowd: list[Person]):
    gone = [
        person
        for person in crowd
        if person.memberships[-1].left_on and person.memberships[-1].left_on < date(2026, 1, 1)
    ]

    assert len(gone) > 1_000
    assert list(activity.reads(gone, 2026, seed=SEED, topics=tuple(TOPICS))) == []


def test_no_reader_is_lost_as_the_year_goes_on(crowd: list[Person]):
    sample, topics = crowd[::40], tuple(TOPICS)
    months = [date(2026, 2, 1), date(2026, 6, 1), END]
    readers = [{r.person for r in activity.reads(sample, 2026, seed=SEED, topics=topics, today=day)} for day in months]

    assert readers[0] < readers[1] < readers[2]


def test_each_reporting_union_owes_two_reports_a_year_and_some_are_late_or_missing(structure: Structure):
    reports = list(activity.reports(structure, seed=SEED))
    owed = Counter((report.year, report.period) for report in reports)

    before = dict.fromkeys([(2024, "half"), (2024, "year"), (2025, "half")], 14 + 1)
    after = dict.fromkeys([(2025, "year"), (2026, "half"), (2026, "year")], 17 + 1)
    assert owed == before | after
    past = [report for report in reports if report.cut_off < END]
    assert any(report.late for report in past)
    assert any(report.submitted_on is None for report in past)
    assert any(report.submitted_on and not report.late for report in past)
    assert all(
        report.accepted_on is None or report.accepted_on > report.submitted_on
        for report in reports
        if report.submitted_on
    )


# --- input files


def read(path: Path) -> list[list[object]]:
    rows: list[list[object]] = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    return rows


def test_the_units_file_has_title_rows_a_header_and_parents_first(structure: Structure, tmp_path: Path):
    count = workbooks.write_units(tmp_path / "units.xlsx", structure)
    rows = read(tmp_path / "units.xlsx")

    assert rows[workbooks.Sheet.first - 1] == list(UNIT_COLUMNS)
    body = rows[workbooks.Sheet.first :]
    assert len(body) == count == 1036
    seen = {""}
    for row in body:
        assert row[4] in seen
        seen.add(str(row[0]))


def test_the_people_file_is_dirty_in_the_promised_measure(structure: Structure, crowd: list[Person], tmp_path: Path):
    written = workbooks.write_people(tmp_path / "people.xlsx", structure, everyone=crowd[:12_000])
    body = read(tmp_path / "people.xlsx")[workbooks.Sheet.first :]
    columns = dict(zip(registry.COLUMNS, zip(*body, strict=True), strict=True))

    assert len(body) == written.rows
    assert 0.001 < sum(written.wrong.values()) / written.rows < 0.006
    assert 0.001 < written.doubled / written.rows < 0.004
    assert columns["Mã CĐCS"].count("XX-000") == written.wrong["đơn vị không có"]
    assert columns["Họ và tên"].count("") == written.wrong["thiếu họ tên"]
    assert columns["Ngày sinh"].count("31/02/1990") == written.wrong["ngày không có thật"]
    phones = columns["Số điện thoại"]
    assert any(isinstance(phone, float) for phone in phones), "Excel's lost zero"
    assert any(isinstance(phone, str) and phone.startswith("0126") and len(phone) == 11 for phone in phones)
    assert any(not is_normalized("NFC", str(name)) for name in columns["Họ và tên"])
    assert {type(day) for day in columns["Ngày sinh"]} == {str, date}


def test_a_registry_of_changes_says_nothing_an_event_says_already(structure: Structure, crowd: list[Person]):
    since, on = EVE, DAY
    changed = list(registry.rows(structure, crowd, on=on, since=since))
    known = sum(person.membership(on) is not None for person in crowd)

    assert 0 < len(changed) < 0.002 * known


def test_two_registries_together_know_everyone(structure: Structure, crowd: list[Person]):
    first = {row["Mã đoàn viên"] for row in registry.rows(structure, crowd, on=START)}
    later = {row["Mã đoàn viên"] for row in registry.rows(structure, crowd, on=END, since=START)}

    assert first | later == {person.code for person in crowd}


def test_the_reorganisation_file_tells_every_event_and_every_heir(structure: Structure, tmp_path: Path):
    count = workbooks.write_reorganisation(tmp_path / "events.xlsx", structure)
    rows = read(tmp_path / "events.xlsx")
    body = [dict(zip(EVENT_COLUMNS, row, strict=True)) for row in rows[workbooks.Sheet.first :]]
    heirs = {row["Mã đơn vị cũ"]: row["Mã đơn vị mới"] for row in body if row["Kế thừa"]}

    assert len(body) == count
    assert heirs == {code: event.heirs[code] for code, event in structure.ended.items()}
    assert {row["Số quyết định"] for row in body} == {event.decision for event in structure.events}


def test_the_same_file_is_written_twice_byte_for_byte(structure: Structure, crowd: list[Person], tmp_path: Path):
    paths = [tmp_path / "one.xlsx", tmp_path / "two.xlsx"]
    for path in paths:
        workbooks.write_people(path, structure, everyone=crowd[:500])

    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_the_committed_examples_are_what_the_generator_writes(tmp_path: Path):
    examples.write_examples(tmp_path)

    for fresh in sorted(tmp_path.iterdir()):
        kept = EXAMPLES / fresh.name
        same = read(fresh) == read(kept) if fresh.suffix == ".xlsx" else fresh.read_bytes() == kept.read_bytes()
        assert same, fresh.name


def test_the_small_examples_have_the_promised_size_and_every_fault():
    assert len(read(EXAMPLES / "units-small.xlsx")) - workbooks.Sheet.first == 30
    assert len(read(EXAMPLES / "people-small.xlsx")) - workbooks.Sheet.first == 200
    assert set(dirt.FAULTS) <= {row[-1] for row in read(EXAMPLES / "people-bad.xlsx")}
    composed, decomposed = ((EXAMPLES / f"people-small{form}.csv").read_text("utf-8-sig") for form in ("", "-nfd"))
    assert is_normalized("NFD", decomposed)
    assert not is_normalized("NFD", composed)
    assert decomposed.count(";") == composed.count(";")


def test_committees_grow_with_the_union(structure: Structure):
    people_of_one = [p for p in islice(crews(structure, seed=SEED), 3_000) if p.posts]

    assert {post.key for person in people_of_one for post in person.posts} == {key for _, key in COMMITTEE}
