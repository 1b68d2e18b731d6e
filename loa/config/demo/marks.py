"""What everybody said about the topics of a year, month by month. Values only: it is worked out beside the database."""

from collections import defaultdict
from typing import Literal

from loa.config.demo import activity, chance
from loa.config.demo.stories import TOPICS
from loa.config.demo.world import World

UNDERSTOOD, UNCLEAR = 0.62, 0.07
"""Of those who say something about a topic: how many understood it, how many still have a question."""

Said = Literal["read", "understood", "unclear"]

Marks = dict[tuple[str, Said], list[tuple[str, str]]]
"""By topic and answer: (member code, unit code)."""


def by_month(world: World, year: int) -> dict[int, Marks]:
    """By number of the month."""
    topics = tuple(TOPICS)
    months: dict[int, Marks] = {}
    for person in world.people:
        day = activity.confirmed_on(person, year, seed=world.seed, today=world.until)
        spell = person.membership(day) if day else None
        if day is None or spell is None:
            continue
        month = months.setdefault(day.month, defaultdict(list))
        for topic in activity.confirmed(person, year, seed=world.seed, topics=topics, today=world.until):
            month[topic, _said(world.seed, person.index, year, topic)].append((person.code, spell.unit))
    return months


def _said(seed: int, person: int, year: int, topic: str) -> Said:
    draw = chance.share(seed, "said", person, year, topic)
    if draw < UNCLEAR:
        return "unclear"
    return "understood" if draw < UNCLEAR + UNDERSTOOD else "read"
