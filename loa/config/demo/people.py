"""The synthetic registry: about 80,000 people, streamed unit by unit in the memory of one unit.

No identity numbers at all. Phone numbers lie in two blocks that look as invented as they are (0900 0xx xxx,
and 0760 0xx xxx for those a list still writes with the old prefix 0126); the demo must never send to them.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain
from random import Random

from loa.config.demo import START, chance, lives, names
from loa.config.demo.officers import Career, careers
from loa.config.demo.persons import HABITS, REST_TIME, Membership, Person, Post
from loa.config.demo.places import NEIGHBOUR, REGIONS
from loa.config.demo.sectors import EDUCATION, SECTORS, WORKING_TIME, Sector
from loa.config.demo.shapes import Structure, UnitRow

REST_WEIGHTS = {
    "office": (5, 30, 45, 5, 15),
    "day": (6, 26, 48, 6, 14),
    "night": (40, 26, 14, 0, 20),
    "rotating": (16, 24, 24, 22, 14),
}
SHARED_PHONE = 0.003
HABIT_WEIGHTS = (84, 66, 30, 22, 30, 12, 26, 38)


def people(structure: Structure, *, seed: int) -> Iterator[Person]:
    """Everyone, officers of the upper levels first, then union by union; indexes run from 1 without a gap."""
    staff = officers(structure, seed=seed)
    yield from staff
    yield from crews(structure, seed=seed, first=len(staff) + 1)


def crews(structure: Structure, *, seed: int, first: int = 1) -> Iterator[Person]:
    """The people of the grassroots unions only, with indexes from `first`."""
    elsewhere = _open_doors(structure)
    for unit in homes(structure):
        yield from _crew(unit, structure, first=first, elsewhere=elsewhere, seed=seed)
        first += unit.people


def officers(structure: Structure, *, seed: int) -> tuple[Person, ...]:
    """The staff of the province and the upper-level unions: the first few people of the registry."""
    return tuple(_officer(career, index, seed=seed) for index, career in enumerate(careers(structure), start=1))


def homes(structure: Structure) -> Iterator[UnitRow]:
    """The grassroots unions people begin in: those of the first day, and those established since."""
    new = chain.from_iterable(event.arrivals for event in structure.events if event.kind == "establish")
    return (unit for unit in chain(structure.units, new) if unit.kind == "grassroots")


def _crew(
    unit: UnitRow, structure: Structure, *, first: int, elsewhere: tuple[UnitRow, ...], seed: int
) -> Iterator[Person]:
    assert unit.employer is not None
    size, sector = unit.people, SECTORS[unit.employer.sector]
    rng = chance.stream(seed, "people", unit.code)
    women = [rng.random() < sector.women for _ in range(size)]
    full_names = names.full_names(rng, women, upland_share=unit.upland_share)
    schooling = rng.choices(tuple(EDUCATION), sector.schooling, k=size)
    hours = rng.choices(tuple(WORKING_TIME), sector.hours, k=size)
    neighbourhood = AREAS[unit.code[:2]]
    outsiders = 0.03 if unit.employer.ownership == "public" else 0.12
    for place in range(size):
        seats = [key for smallest, key in lives.COMMITTEE[place : place + 1] if size >= smallest]
        born_on = START - timedelta(days=int(rng.triangular(28 if seats else 19.2, 57, 30) * 365.25))
        steps = tuple(lives.path(unit, structure, place))
        spells = lives.settled(steps, born_on) if seats else lives.lived(rng, steps, born_on, elsewhere)
        yield Person(
            index=first + place,
            name=full_names[place],
            born_on=born_on,
            gender="female" if women[place] else "male",
            phone=_phone(rng, first + place, always=bool(seats)),
            email=_email(rng, first + place, sector),
            member=bool(seats) or rng.random() >= outsiders,
            memberships=tuple(Membership(*spell) for spell in spells),
            education=schooling[place],
            field=sector.key,
            area=unit.area if rng.random() < 0.7 else rng.choice(neighbourhood),
            habits=_habits(rng),
            working_time=hours[place],
            rest_time=rng.choices(tuple(REST_TIME), REST_WEIGHTS[hours[place]])[0],
            posts=tuple(lives.posts(seats, spells, structure, place)),
        )


def _open_doors(structure: Structure) -> tuple[UnitRow, ...]:
    """Unions that neither began nor end during the demo: people who change jobs go there."""
    return tuple(unit for unit in structure.units if unit.kind == "grassroots" and unit.code not in structure.ended)


def _phone(rng: Random, index: int, *, always: bool) -> str | None:
    draw = rng.random()
    if draw < 0.04 and not always:
        return None
    if draw < 0.04 + SHARED_PHONE and not always:
        index -= 1
    return f"0760{index:06}" if draw > 0.98 else f"0900{index:06}"


def _email(rng: Random, index: int, sector: Sector) -> str | None:
    likely = 0.5 if sector.key in ("education", "health", "office") else 0.05
    return f"mh{index:07}@vi-du.example" if rng.random() < likely else None


def _habits(rng: Random) -> tuple[str, ...]:
    chosen = set(rng.choices(tuple(HABITS), HABIT_WEIGHTS, k=rng.randint(1, 4)))
    return tuple(habit for habit in HABITS if habit in chosen)


def _officer(career: Career, index: int, *, seed: int) -> Person:
    rng = chance.stream(seed, "officer", index)
    woman = rng.random() < 0.48
    spells = [(unit, since, until) for _, unit, since, until in career]
    return Person(
        index=index,
        name=names.full_names(rng, [woman])[0],
        born_on=chance.day(rng, date(1968, 1, 1), date(1994, 12, 31)),
        gender="female" if woman else "male",
        phone=f"0900{index:06}",
        email=f"mh{index:07}@vi-du.example",
        member=True,
        memberships=tuple(Membership(*spell) for spell in spells),
        education=rng.choices(("university", "postgraduate"), (7, 3))[0],
        field="office",
        area="phường Trần Phú",
        habits=("zalo", "facebook", "newspaper"),
        working_time="office",
        rest_time="evening",
        posts=tuple(Post(*step) for step in career),
    )


AREAS = {region.prefix: tuple(region.areas) for region in (*REGIONS, NEIGHBOUR)} | {"PK": tuple(NEIGHBOUR.areas)[:4]}
