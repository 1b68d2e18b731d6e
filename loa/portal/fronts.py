"""What stands on the first page: the blocks that somebody put there, and never nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.newsroom import queries as newsroom
from loa.people.queries import nodes

from .blocks import Block, Kind, read
from .models import FrontPage, OfficialChannel

if TYPE_CHECKING:
    from loa.newsroom.models import Story

ROW = 4
"""Stories of a row: two lines of two on a laptop."""
CHOICE = 5 * ROW
"""Stories among which a row finds those that do not stand above it already."""


@dataclass(frozen=True, kw_only=True)
class Section:
    """One block as it is shown; a row without stories is not shown at all."""

    kind: Kind
    heading: str = ""
    text: str = ""
    href: str = ""
    stories: "Sequence[Story]" = ()
    channels: Sequence[OfficialChannel] = ()

    def __bool__(self) -> bool:
        return bool(self.text or self.stories or self.channels)


@dataclass(frozen=True, kw_only=True)
class Front:
    lead: "Story | None" = None
    latest: "Sequence[Story]" = ()
    after: str = ""
    notices: list[Section] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)


def standing() -> list[Block]:
    page = FrontPage.objects.standing().first()
    return read(page.blocks) if page else []


def drafted() -> list[Block] | None:
    """The draft's blocks; None when there is no draft."""
    page = FrontPage.objects.draft().first()
    return read(page.blocks) if page else None


def front(blocks: Sequence[Block], *, at: datetime, limit: int = 9) -> Front:
    """The first page. Its lead is the chosen story while that is out, otherwise the newest, and the newest follow."""
    on = today(at)
    shown = [block for block in blocks if block.shows_on(on)]
    chosen = next((block.thing for block in shown if block.kind == Kind.LEAD and block.thing), None)
    page = newsroom.front_page(at=at, limit=limit)
    lead = next(iter(newsroom.out([chosen], at=at)), None) if chosen else None
    lead = lead or next(iter(page.stories), None)
    latest = [story for story in page.stories if story != lead]
    sections = _sections(shown, above={story.pk for story in [lead, *latest] if story}, at=at)
    return Front(
        lead=lead,
        latest=latest,
        after=page.after,
        notices=[section for section in sections if section.kind == Kind.NOTICE],
        sections=[section for section in sections if section.kind != Kind.NOTICE],
    )


def passages(_fact: object, on: date) -> Iterator[newsroom.Passage]:
    """What somebody wrote onto the first page, as far as it still shows, for whoever looks for a former value."""
    page = FrontPage.objects.standing().first()
    shown = [block for block in read(page.blocks) if block.shows_on(on)] if page else []
    for block in shown:
        yield newsroom.Passage(
            ref=page.ref if page else "",
            kind=_("First page"),
            title=block.heading or block.text or str(block.kind.label),
            url=reverse("portal_desk:front"),
            texts={"heading": block.heading, "text": block.text},
        )


@dataclass(frozen=True, kw_only=True)
class Row:
    """One block in the list of whoever puts the page together."""

    place: int
    kind: str
    what: str
    """What is in it, in words; "" when it needs none, or is gone."""
    until: date | None
    over: bool


def rows(blocks: Sequence[Block], *, on: date) -> list[Row]:
    stories = {one.pk: one.title for one in newsroom.titles(block.thing for block in blocks if block.kind == Kind.LEAD)}
    themes = {one.pk: one.name for one in newsroom.themes()}
    units = {
        one.unit_id: one.name for one in nodes([block.thing or 0 for block in blocks if block.kind == Kind.UNIT], on=on)
    }
    names: dict[Kind, Mapping[int, str]] = {Kind.LEAD: stories, Kind.THEME: themes, Kind.UNIT: units}
    return [
        Row(
            place=place,
            kind=str(block.kind.label),
            what=" · ".join(
                filter(None, (names.get(block.kind, {}).get(block.thing or 0, ""), block.heading, block.text))
            ),
            until=block.until,
            over=not block.shows_on(on),
        )
        for place, block in enumerate(blocks)
    ]


def _sections(blocks: Sequence[Block], *, above: set[int], at: datetime) -> list[Section]:
    """Each row without what stands above it, unless hardly anything were left."""
    sections = []
    for block in blocks:
        if section := _section(block, at=at):
            fresh = [story for story in section.stories if story.pk not in above]
            shown = (fresh if len(fresh) > 1 else section.stories)[:ROW]
            above |= {story.pk for story in shown}
            sections.append(replace(section, stories=shown))
    return sections


def _section(block: Block, *, at: datetime) -> Section | None:
    made = {
        Kind.NOTICE: _notice,
        Kind.THEME: _theme,
        Kind.UNIT: _unit,
        Kind.QUESTIONS: _questions,
        Kind.PHOTOS: _photos,
        Kind.CHANNELS: _channels,
    }.get(block.kind)
    return made(block, at) if made else None


def _notice(block: Block, at: datetime) -> Section:
    return Section(kind=block.kind, heading=block.heading, text=block.text)


def _theme(block: Block, at: datetime) -> Section | None:
    theme = next((one for one in newsroom.themes() if one.pk == block.thing), None)
    if theme is None:
        return None
    stories = newsroom.by_theme(theme.code, at=at, limit=CHOICE).stories
    href = reverse("portal:theme", args=[theme.code])
    return Section(kind=block.kind, heading=block.heading or theme.name, href=href, stories=stories)


def _unit(block: Block, at: datetime) -> Section | None:
    node = next(iter(nodes([block.thing or 0], on=today(at))), None)
    if node is None:
        return None
    stories = newsroom.by_unit(node.unit_id, on=today(at), at=at, limit=CHOICE).stories
    href = reverse("portal:unit", args=[node.code])
    return Section(kind=block.kind, heading=block.heading or node.name, href=href, stories=stories)


def _questions(block: Block, at: datetime) -> Section:
    stories = newsroom.questions(at=at, limit=CHOICE).stories
    heading = block.heading or _("Questions and answers")
    return Section(kind=block.kind, heading=heading, href=reverse("portal:questions"), stories=stories)


def _photos(block: Block, at: datetime) -> Section:
    stories = newsroom.photo_stories(at=at, limit=CHOICE).stories
    return Section(kind=block.kind, heading=block.heading or _("In pictures"), stories=stories)


def _channels(block: Block, at: datetime) -> Section:
    channels = list(OfficialChannel.objects.on(today(at)).order_by("unit_id", "name", "pk")[: 2 * ROW])
    heading = block.heading or _("Official channels")
    return Section(kind=block.kind, heading=heading, href=reverse("portal:channels"), channels=channels)
