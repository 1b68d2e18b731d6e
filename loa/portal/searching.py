"""Search over everything public: stories, questions and answers, events, units, themes and topics, channels."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from loa.audience import queries as audience
from loa.base.dates import short_date, today
from loa.base.text import clean
from loa.newsroom import queries as newsroom
from loa.newsroom.words import Asked, Sieve
from loa.people import cards
from loa.people.queries import Node, nodes

from .marking import around, words_of
from .models import OfficialChannel

if TYPE_CHECKING:
    from loa.newsroom.models import ProductType, Story, Theme

LATELY = timedelta(days=30)
FEW, SOME = 3, 50
"""How many units, topics and channels stand above the stories, and how many on a page of their own."""


class Kind(models.TextChoices):
    """What kind of thing is looked for; the values stand in addresses."""

    EVERYTHING = "", _("Everything")
    STORIES = "tin-bai", _("Stories")
    QUESTIONS = "hoi-dap", _("Questions and answers")
    EVENTS = "su-kien", _("Events")
    UNITS = "don-vi", _("Units")
    TOPICS = "chu-de", _("Themes and topics")
    CHANNELS = "kenh", _("Official channels")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What was asked, and what it is narrowed to; the fields are named as the address names them."""

    asked: str = ""
    kind: Kind = Kind.EVERYTHING
    theme: "Theme | None" = None
    product_type: "ProductType | None" = None
    unit: Node | None = None
    time: str = ""
    """"30" for the last thirty days, or a year."""
    page: int = 1
    themes: "list[Theme]" = field(default_factory=list)
    product_types: "list[ProductType]" = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    """Those in which something was published, the newest first."""

    def sieve(self, *, at: datetime) -> Sieve:
        return Sieve(
            theme_id=self.theme.pk if self.theme else None,
            type_id=self.product_type.pk if self.product_type else None,
            unit_id=self.unit.unit_id if self.unit else None,
            since=at - LATELY if self.time == "30" else None,
            year=int(self.time) if len(self.time) == 4 else None,
            questions=True if self.kind == Kind.QUESTIONS else None,
        )

    @property
    def narrowed(self) -> bool:
        """Whether more than the words was chosen: then leaving that out may find more."""
        return bool(self.theme or self.product_type or self.unit or self.time)

    @property
    def looks_for_stories(self) -> bool:
        return self.kind in {Kind.EVERYTHING, Kind.STORIES, Kind.QUESTIONS}


PARAMETERS = ("q", "loai", "chu-de", "the-loai", "don-vi", "thoi-gian", "trang")


def read(query: Mapping[str, str], *, on: date) -> Wanted:
    """What an address asks for; whatever no list has is left out."""
    themes, types = list(newsroom.themes()), list(newsroom.product_types())
    kind, time, page = query.get("loai", ""), query.get("thoi-gian", ""), query.get("trang", "")
    code = clean(query.get("don-vi", ""))[:100]
    return Wanted(
        asked=clean(query.get("q", ""))[:200],
        kind=Kind(kind) if kind in Kind.values else Kind.EVERYTHING,
        theme=next((one for one in themes if one.code == query.get("chu-de")), None),
        product_type=next((one for one in types if one.code == query.get("the-loai")), None),
        unit=cards.node_with_code(code, on=on) if code else None,
        time=time if time == "30" or (time.isascii() and time.isdigit() and len(time) == 4) else "",
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 4 else 1,
        themes=themes,
        product_types=types,
        years=newsroom.years(on=on),
    )


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A story that was found, with the part of its text where the words are."""

    story: "Story"
    excerpt: str


@dataclass(frozen=True, kw_only=True)
class Place:
    """A page that was found by its name."""

    name: str
    href: str
    what: str
    """What kind of thing it is, in words."""


@dataclass(frozen=True, kw_only=True)
class Results:
    hits: list[Hit] = field(default_factory=list)
    found: newsroom.Found = field(default_factory=newsroom.Found)
    units: list[cards.UnitFound] = field(default_factory=list)
    topics: list[Place] = field(default_factory=list)
    events: list[Place] = field(default_factory=list)
    channels: list[OfficialChannel] = field(default_factory=list)
    unit_choices: list[Node] = field(default_factory=list)
    meant: str = ""
    suggested: list[Place] = field(default_factory=list)
    """Titles that begin so, when nothing has the words as they are."""

    def __bool__(self) -> bool:
        return bool(self.hits or self.units or self.topics or self.events or self.channels)


def results(wanted: Wanted, *, at: datetime) -> Results:
    """Everything public that has the words; nothing when nothing was asked."""
    asked, sieve, on = Asked.read(wanted.asked), wanted.sieve(at=at), today(at)
    found = newsroom.Found()
    if wanted.looks_for_stories and (asked or sieve):
        found = newsroom.find(asked, sieve, at=at, on=on, page=wanted.page)
    named = bool(asked) and not wanted.narrowed and wanted.page == 1
    hits = [Hit(story=story, excerpt=excerpt(story, words_of(wanted.asked))) for story in found.stories]
    some = Results(
        hits=hits,
        found=found,
        units=_units(wanted, on=on) if named else [],
        topics=_topics(asked, wanted, on=on) if named else [],
        events=_events(wanted, on=on) if named else [],
        channels=_channels(asked, wanted, on=on) if named else [],
        unit_choices=_unit_choices(wanted, found.units, on=on),
    )
    if some or not asked:
        return some
    return Results(
        unit_choices=some.unit_choices,
        meant=newsroom.meant(asked, at=at),
        suggested=[_story_place(story) for story in newsroom.beginning_with(asked, at=at)],
    )


def excerpt(story: "Story", words: frozenset[str]) -> str:
    """The summary, unless the words stand only in the text."""
    if not words or (story.summary and words & words_of(story.summary)):
        return story.summary
    text = " ".join([story.question, *story.short_lines, story.deep_text])
    return around(text, words) if words & words_of(text) else story.summary


def _room(wanted: Wanted, kind: Kind) -> int:
    return SOME if wanted.kind == kind else FEW if wanted.kind == Kind.EVERYTHING else 0


def _units(wanted: Wanted, *, on: date) -> list[cards.UnitFound]:
    room = _room(wanted, Kind.UNITS)
    return cards.find_units(wanted.asked, on=on, limit=room) if room else []


def _topics(asked: Asked, wanted: Wanted, *, on: date) -> list[Place]:
    room = _room(wanted, Kind.TOPICS)
    if not room:
        return []
    topics = [topic for year in (on.year, on.year - 1) for topic in audience.topics(year)]
    places = [
        Place(
            name=topic.name,
            href=reverse("portal:topic", args=[topic.year, topic.slug]),
            what=str(_("Must know in %(year)s") % {"year": topic.year}),
        )
        for topic in topics
    ]
    places += [_theme_place(theme) for theme in wanted.themes]
    return [place for place in places if _named(place.name, asked)][:room]


def _events(wanted: Wanted, *, on: date) -> list[Place]:
    room = _room(wanted, Kind.EVENTS)
    return (
        [_event_place(event, on=on) for event in newsroom.events_named(wanted.asked, on=on, limit=room)] if room else []
    )


def _event_place(event: Any, *, on: date) -> Place:
    """With the day on which it is held next, or was held last."""
    day = (event.next(on) or event.days).first
    what = _("Event called off, %(day)s") if event.cancelled_at else _("Event, %(day)s")
    href = reverse("portal:event", args=[event.pk])
    return Place(name=event.name, href=href, what=what % {"day": short_date(day)})


def _channels(asked: Asked, wanted: Wanted, *, on: date) -> list[OfficialChannel]:
    room = _room(wanted, Kind.CHANNELS)
    if not room:
        return []
    listed = OfficialChannel.objects.on(on).order_by("name", "pk")
    return [channel for channel in listed if _named(f"{channel.name} {channel.address}", asked)][:room]


def _named(name: str, asked: Asked) -> bool:
    words = words_of(name)
    return all(any(word.startswith(part) for word in words) for part in asked.bare)


def _unit_choices(wanted: Wanted, found: Sequence[int], *, on: date) -> list[Node]:
    """The units whose stories were found, and the one that was chosen."""
    chosen = [wanted.unit.unit_id] if wanted.unit else []
    return nodes({*found, *chosen}, on=on) if found or chosen else []


def suggestions(typed: str, *, at: datetime) -> list[Place]:
    """Pages that somebody who has typed this far may mean: topics and themes, units, then the newest titles."""
    asked, on = Asked.read(typed), today(at)
    if not asked or len(asked.bare[-1]) < 2:
        return []
    wanted = Wanted(asked=typed, themes=list(newsroom.themes()))
    units = [
        Place(name=one.node.name, href=reverse("portal:unit", args=[one.node.code]), what=one.node.kind)
        for one in cards.find_units(typed, on=on, limit=2)
    ]
    events = [_event_place(event, on=on) for event in newsroom.events_named(typed, on=on, limit=2)]
    titles = [_story_place(story) for story in newsroom.beginning_with(asked, at=at)]
    return [*_topics(asked, wanted, on=on)[:2], *units, *events, *titles][:8]


def _theme_place(theme: "Theme") -> Place:
    return Place(name=theme.name, href=reverse("portal:theme", args=[theme.code]), what=str(_("Theme")))


def _story_place(story: "Story") -> Place:
    return Place(name=story.title, href=reverse("portal:story", args=[story.slug]), what=str(_("Story")))
