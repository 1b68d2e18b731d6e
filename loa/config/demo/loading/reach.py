"""Who confirmed what, month by month, and the counters of every month."""

from collections import defaultdict
from datetime import date

from loa.audience import actions
from loa.audience.actions import Said
from loa.base.numbers import number
from loa.config.demo import START, activity, chance
from loa.config.demo.files import Files
from loa.config.demo.persons import Person
from loa.config.demo.stories import TOPICS
from loa.config.demo.world import World, on
from loa.ledger.facts import SYSTEM
from loa.people.models import Person as Registered
from loa.people.models import Unit

from .news import topic_of

UNDERSTOOD, UNCLEAR = 0.62, 0.07
"""Of those who say something about a topic: how many understood it, how many still have a question."""

Members = dict[tuple[str, Said], list[tuple[int, int]]]
"""By topic and answer: (person, unit)."""


def confirm(world: World, files: Files) -> str:
    """Marks as they were made, and after each month the counters, so that any past day can be asked about."""
    persons = dict(Registered.objects.filter(member_code__isnull=False).values_list("member_code", "pk").iterator())
    units = dict(Unit.objects.values_list("code", "pk").iterator())
    marks = 0
    for year in range(START.year, world.until.year + 1):
        months = _by_month(world, year, persons, units)
        topics = topic_of(year)
        for end in world.month_ends(year):
            for (slug, said), members in sorted(months[end.month].items()):
                actions.take_over(topics[slug], said, members)
                marks += len(members)
            actions.count_reach(on=end, by=SYSTEM, at=on(end, 23))
    return f"{number(marks)} lượt xác nhận"


def _by_month(world: World, year: int, persons: dict[str | None, int], units: dict[str, int]) -> dict[int, Members]:
    """What was said in each month of `year`, by everybody who is in the registry."""
    topics = tuple(TOPICS)
    months: dict[int, Members] = defaultdict(lambda: defaultdict(list))
    for person in world.people:
        known = persons.get(person.code)
        day = activity.confirmed_on(person, year, seed=world.seed, today=world.until) if known else None
        if known is None or day is None:
            continue
        unit = units[_home(person, day)]
        for topic in activity.confirmed(person, year, seed=world.seed, topics=topics, today=world.until):
            months[day.month][topic, _said(world, person, year, topic)].append((known, unit))
    return months


def _home(person: Person, day: date) -> str:
    spell = person.membership(day)
    assert spell is not None
    return spell.unit


def _said(world: World, person: Person, year: int, topic: str) -> Said:
    draw = chance.share(world.seed, "said", person.index, year, topic)
    if draw < UNCLEAR:
        return Said.UNCLEAR
    return Said.UNDERSTOOD if draw < UNCLEAR + UNDERSTOOD else Said.READ
