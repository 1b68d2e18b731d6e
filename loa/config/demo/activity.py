"""What people and unions do with it all: who says "I have read it", which unions report and when."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from loa.config.demo import END, START, chance
from loa.config.demo.persons import Membership, Person
from loa.config.demo.places import NEW_ROOT, OLD_ROOT
from loa.config.demo.shapes import Structure
from loa.config.demo.stories import diligence

FLOOR, SPREAD, GROWTH = 0.55, 0.17, 0.04
"""In its first year a union confirms between 55 and 72 % of its people; every year adds four points."""

FULL = 330
"""Days after which a year counts as a whole one."""

CUT_OFFS = {"half": (5, 31), "year": (11, 30)}
"""Union reports close on 31 May and 30 November (forms 1 and 2-HĐCĐ)."""

GRACE = timedelta(days=10)
MISSING, PUNCTUAL = 0.1, 0.45


@dataclass(frozen=True, slots=True)
class Read:
    """The topics one person confirmed in one year, and their last unit of that year; no story, no time."""

    person: int
    member_code: str
    unit: str
    year: int
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemoReport:
    """One report a union owes. `submitted_on` is None for a missing one; accepted follows submitted by some days."""

    unit: str
    year: int
    period: str
    cut_off: date
    due_on: date
    submitted_on: date | None
    accepted_on: date | None

    @property
    def late(self) -> bool:
        return self.submitted_on is not None and self.submitted_on > self.due_on


def confirmed(person: Person, year: int, *, seed: int, topics: Sequence[str], today: date = END) -> tuple[str, ...]:
    """Which of `topics` this person confirmed in `year` by `today`: a plain function of its arguments.

    Give the same `topics` in the same order each time. In the year of `today` only part of the year has passed,
    and a later `today` never takes a reader back.
    """
    if not topics or confirmed_on(person, year, seed=seed, today=today) is None:
        return ()
    eager = chance.share(seed, "eager", person.index)
    wanted = tuple(
        topic for topic in topics if chance.share(seed, "topic", person.index, year, topic) < 0.08 + 0.4 * eager
    )
    return wanted or (topics[(person.index + year) % len(topics)],)


def confirmed_on(person: Person, year: int, *, seed: int, today: date = END) -> date | None:
    """The day on which this person first confirmed something in `year`; None when that has not come by `today`.

    Readers come early: after FULL days everybody who will come has come.
    """
    homes = _spells(person, year, today)
    if not homes:
        return None
    likely = FLOOR + SPREAD * chance.share(seed, "reach", homes[0].unit) + GROWTH * (year - START.year)
    passed = FULL * chance.share(seed, "read", person.index, year) / likely
    if passed >= FULL:
        return None
    day = max(date(year, 1, 1) + timedelta(days=int(passed)), homes[0].joined_on)
    return day if day <= today else None


def reads(
    people: Iterable[Person], year: int, *, seed: int, topics: Sequence[str], today: date = END
) -> Iterator[Read]:
    """One row for each person who confirmed anything in `year`, streamed in the order of `people`."""
    for person in people:
        if found := confirmed(person, year, seed=seed, topics=topics, today=today):
            yield Read(person.index, person.code, _spells(person, year, today)[-1].unit, year, found)


def reports(structure: Structure, *, seed: int, today: date = END) -> Iterator[DemoReport]:
    """Every report whose cut-off has come by `today`, of the province and each upper-level union of that day."""
    for year in range(START.year, today.year + 1):
        for period, (month, day) in CUT_OFFS.items():
            cut_off = date(year, month, day)
            if cut_off > today:
                continue
            for unit in structure.on(cut_off).values():
                if unit.upper_level or unit.code in (OLD_ROOT, NEW_ROOT):
                    yield _report(unit.code, year, period, cut_off, seed=seed, today=today)


def _report(unit: str, year: int, period: str, cut_off: date, *, seed: int, today: date) -> DemoReport:
    rng = chance.stream(seed, "report", unit, year, period)
    care = diligence(seed, unit)
    due_on = cut_off + GRACE
    missing = rng.random() < MISSING * (1.6 - care)
    days = rng.randint(2, 10) if rng.random() < PUNCTUAL + 0.5 * care else rng.randint(11, 30)
    accepted_after = timedelta(days=rng.randint(1, 9))
    submitted_on = cut_off + timedelta(days=days)
    known = not missing and submitted_on <= today
    return DemoReport(
        unit=unit,
        year=year,
        period=period,
        cut_off=cut_off,
        due_on=due_on,
        submitted_on=submitted_on if known else None,
        accepted_on=submitted_on + accepted_after if known and submitted_on + accepted_after <= today else None,
    )


def _spells(person: Person, year: int, today: date) -> list[Membership]:
    """The memberships of the person in `year` by `today`, in order."""
    first, last = date(year, 1, 1), min(date(year, 12, 31), today)
    return [
        spell
        for spell in person.memberships
        if spell.joined_on <= last and (spell.left_on is None or spell.left_on > first)
    ]
