"""About 1,500 communication products in three years, by unions of very different diligence."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from random import Random

from loa.config.demo import END, START, chance
from loa.config.demo.people import officers
from loa.config.demo.persons import Person
from loa.config.demo.phrases import MAGAZINE_TITLES
from loa.config.demo.places import NEW_ROOT, OLD_NEIGHBOUR, OLD_ROOT
from loa.config.demo.shapes import Structure, UnitRow
from loa.config.demo.subjects import StoryKind, Subject
from loa.config.demo.subjects_life import IMAGE, POLITICAL
from loa.config.demo.subjects_policy import POLICY
from loa.config.demo.writing import Text, Writer

HERE = timezone(timedelta(hours=7))
TOPICS = {subject.slug: subject.name for subject in POLICY}
"""The policy topics of every year, by slug."""

SUBJECTS: dict[StoryKind, tuple[Subject, ...]] = {"policy": POLICY, "image": IMAGE, "political": POLITICAL}
KIND_WEIGHTS = (46, 38, 16)
PRODUCTS = {"news": 34, "article": 24, "clip": 14, "infographic": 12, "audio": 8, "poster": 8}
DIGITAL = {"site": 1.0, "fanpage": 0.62, "zalo": 0.46}
OTHER = {"board": 44, "loudspeaker": 22, "meeting": 22, "provincial_newspaper": 8, "provincial_tv": 4}
CHANNELS = (*DIGITAL, *OTHER)
IN_SEASON = 4
CORRECTED, WITHDRAWN = 0.015, 0.005
PROVINCE_A_YEAR = 52
MAGAZINE_DAY = (11, 18)


@dataclass(frozen=True, slots=True)
class DemoPlacement:
    """Where a product appeared, with a link that leads nowhere (RFC 2606)."""

    channel: str
    on: date
    link: str


@dataclass(frozen=True, slots=True)
class DemoAuthor:
    """`code` is the author's member code; `share` is in per cent, and the shares of a story make 100."""

    code: str
    name: str
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoStory:
    """One product of the union with the code `unit`; `topic` is one of TOPICS for policy stories, None for others."""

    number: int
    unit: str
    kind: StoryKind
    themes: tuple[int, ...]
    product: str
    title: str
    summary: str
    short: str
    deep: tuple[str, ...]
    topic: str | None
    published_at: datetime
    placements: tuple[DemoPlacement, ...]
    authors: tuple[DemoAuthor, ...]
    corrected_on: date | None = None
    withdrawn_on: date | None = None


def stories(structure: Structure, *, seed: int, today: date = END) -> Iterator[DemoStory]:
    """Every story published by `today`, in order of its day; a later `today` adds to them and rewrites none."""
    desk = _Desk(structure, seed=seed)
    for number, (day, unit, magazine) in enumerate(_agenda(structure, seed=seed), start=1):
        if day > today:
            return
        yield _as_of(today, desk.make(number, unit, day, magazine=magazine))


def diligence(seed: int, code: str) -> float:
    """How hard-working a union is, in [0, 1); the same in all it does."""
    return chance.share(seed, "diligence", code)


def _agenda(structure: Structure, *, seed: int) -> list[tuple[date, UnitRow, bool]]:
    """Who publishes when, and whether it is the yearly television magazine."""
    days: list[tuple[date, UnitRow, bool]] = []
    for unit in structure.every.values():
        if not (unit.upper_level or unit.code in (OLD_ROOT, NEW_ROOT)):
            continue
        first = max(unit.established_on, START)
        last = structure.ended[unit.code].on - timedelta(days=1) if unit.code in structure.ended else END
        yearly = 14 + 54 * diligence(seed, unit.code) ** 2 if unit.upper_level else PROVINCE_A_YEAR
        rng = chance.stream(seed, "agenda", unit.code)
        days += [
            (chance.day(rng, first, last), unit, False)
            for _ in range(round(yearly * ((last - first).days + 1) / 365.25))
        ]
        if not unit.upper_level:
            magazines = (date(year, *MAGAZINE_DAY) for year in range(START.year, END.year + 1))
            days += [(day, unit, True) for day in magazines if first <= day <= last]
    return sorted(days, key=lambda entry: (entry[0], entry[1].code, entry[2]))


class _Desk:
    """The newsroom that turns a day and a union into a product."""

    def __init__(self, structure: Structure, *, seed: int) -> None:
        self.seed = seed
        self.writer = Writer(structure)
        self.staff = officers(structure, seed=seed)

    def make(self, number: int, unit: UnitRow, day: date, *, magazine: bool) -> DemoStory:
        rng = chance.stream(self.seed, "story", number)
        kind: StoryKind = "image" if magazine else rng.choices(tuple(SUBJECTS), KIND_WEIGHTS)[0]
        subject = _subject(rng, SUBJECTS[kind], day)
        text: Text = self.writer.write(rng, _as_magazine(subject) if magazine else subject, unit, day)
        product = "magazine" if magazine else rng.choices(tuple(PRODUCTS), tuple(PRODUCTS.values()))[0]
        return DemoStory(
            number=number,
            unit=unit.code,
            kind=kind,
            themes=subject.themes,
            product=product,
            title=text.title,
            summary=text.summary,
            short=text.short,
            deep=text.deep,
            topic=subject.slug if kind == "policy" else None,
            published_at=datetime.combine(day, time(rng.randint(6, 20), rng.choice((0, 5, 15, 30, 45))), HERE),
            placements=tuple(self._placements(rng, number, unit, day, magazine=magazine)),
            authors=self._authors(rng, unit, day),
            corrected_on=day + timedelta(days=rng.randint(0, 6)) if rng.random() < CORRECTED else None,
            withdrawn_on=day + timedelta(days=rng.randint(1, 12)) if rng.random() < WITHDRAWN else None,
        )

    def _placements(
        self, rng: Random, number: int, unit: UnitRow, day: date, *, magazine: bool
    ) -> Iterator[DemoPlacement]:
        likely = 0.22 + 0.34 * diligence(self.seed, unit.code) + 0.08 * (day.year - START.year)
        digital = magazine or rng.random() < likely
        channels = [channel for channel, chance_of in DIGITAL.items() if digital and rng.random() < chance_of]
        if magazine:
            channels.append("provincial_tv")
        elif not digital or rng.random() < 0.35:
            channels += dict.fromkeys(rng.choices(tuple(OTHER), tuple(OTHER.values()), k=rng.randint(1, 2)))
        for place, channel in enumerate(channels):
            on = day if place == 0 else chance.day(rng, day, day + timedelta(days=5))
            yield DemoPlacement(channel, on, f"https://vi-du.example/{channel.replace('_', '-')}/{number:05}")

    def _authors(self, rng: Random, unit: UnitRow, day: date) -> tuple[DemoAuthor, ...]:
        team = [person for person in self.staff if person.unit_on(day) == unit.code and _writes(person, day)]
        first, *others = rng.sample(team, min(2, len(team)))
        if not others or rng.random() < 0.6:
            return (DemoAuthor(first.code, first.name, 100),)
        share = rng.choice((60, 70, 80))
        return DemoAuthor(first.code, first.name, share), DemoAuthor(others[0].code, others[0].name, 100 - share)


def _as_magazine(subject: Subject) -> Subject:
    """The subject as the yearly television magazine tells it."""
    return replace(subject, titles=MAGAZINE_TITLES)


DECIDING = ("chair", "vice_chair", "propaganda_head")


def _writes(person: Person, day: date) -> bool:
    """In a province, the leaders and the head of propaganda decide about what others write."""
    return any(
        post.from_on <= day
        and (post.until_on is None or day < post.until_on)
        and post.key not in ("accountant", "office_head")
        and not (post.unit in (OLD_ROOT, OLD_NEIGHBOUR, NEW_ROOT) and post.key in DECIDING)
        for post in person.posts
    )


def _subject(rng: Random, subjects: tuple[Subject, ...], day: date) -> Subject:
    fitting = [
        subject for subject in subjects if subject.since <= day and (not subject.months or day.month in subject.months)
    ]
    return rng.choices(fitting, [IN_SEASON if subject.months else 1 for subject in fitting])[0]


def _as_of(today: date, story: DemoStory) -> DemoStory:
    """What is known of `story` on `today`."""
    return replace(
        story,
        placements=tuple(placement for placement in story.placements if placement.on <= today),
        corrected_on=story.corrected_on if story.corrected_on and story.corrected_on <= today else None,
        withdrawn_on=story.withdrawn_on if story.withdrawn_on and story.withdrawn_on <= today else None,
    )
