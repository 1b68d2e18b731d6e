"""What the public site asks of the modules below, put together for one page each."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from loa.audience import queries as audience
from loa.base.dates import today
from loa.newsroom import queries as newsroom
from loa.people import cards
from loa.people.policies import Scope, scope
from loa.people.queries import Node, nodes
from loa.people.roles import Ability
from loa.planning import queries as planning

from .asking import Asking, askings
from .likeness import bare, is_within, looks_like
from .models import OfficialChannel

if TYPE_CHECKING:
    from loa.audience.models import Topic
    from loa.newsroom.models import Contribution, Story
    from loa.people.models import Account
    from loa.planning.models import Task

SOON = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Question:
    """What stands at the end of a story on a policy topic: may it be answered, what was said, whom to ask."""

    topic: "Topic"
    open: bool
    """The topic is of this year."""
    known: bool = False
    """The reader is signed in as somebody of the register."""
    answer: audience.Answer = field(default_factory=audience.Answer)
    contact: cards.Contact | None = None


def question(story: "Story", person_id: int | None, *, on: date) -> Question | None:
    """The question of a story for this reader; None for stories without a topic."""
    topic = story.topic
    if topic is None:
        return None
    if person_id is None or topic.year != on.year:
        return Question(topic=topic, open=topic.year == on.year)
    answer = audience.answer(topic, person_id)
    contact = cards.contact_for(person_id, on=on) if answer.unclear else None
    return Question(topic=topic, open=True, known=True, answer=answer, contact=contact)


@dataclass(frozen=True, kw_only=True)
class Corner:
    """A signed-in person's own page."""

    own: cards.OwnCard | None = None
    contact: cards.Contact | None = None
    stories: "list[Story]" = field(default_factory=list)
    topics: "list[tuple[Topic, audience.Answer]]" = field(default_factory=list)
    askings: list[Asking] = field(default_factory=list)
    staff: bool = False
    """The back office opens for this account: every role sees figures somewhere."""
    sent_in: "list[Contribution]" = field(default_factory=list)
    """What this account sent in to a newsroom under its own name."""
    tasks: "list[Task]" = field(default_factory=list)
    """What is due within a week or late: taken by this account, or by nobody yet in its units."""


def corner(account: "Account", *, at: datetime) -> Corner:
    """Everything on it concerns this one person; an account without a person has an empty corner."""
    day = today(at)
    doing = scope(account, Ability.DO_TASKS, on=day)
    soon = planning.tasks_for(account, doing).filter(due_on__lte=day + SOON)[:10] if doing else []
    mine = Corner(
        staff=bool(scope(account, Ability.SEE_FIGURES, on=day)),
        tasks=list(soon),
        sent_in=newsroom.sent_by(account),
    )
    return mine if account.person_id is None else _with_person(mine, account.person_id, day, at)


def _with_person(corner: Corner, person_id: int, day: date, at: datetime) -> Corner:
    own = cards.own_card(person_id, on=day)
    topics = list(audience.topics(day.year))
    answers = audience.answers(topics, person_id, year=day.year)
    return replace(
        corner,
        own=own,
        contact=cards.contact_for(person_id, on=day),
        stories=newsroom.by_unit(own.unit.unit_id, on=day, at=at, limit=5).stories if own.unit else [],
        topics=[(topic, answers[topic.pk]) for topic in topics],
        askings=askings(cards.consents_in_force(person_id)),
    )


@dataclass(frozen=True, kw_only=True)
class UnitChannels:
    """The official channels of one unit."""

    unit: Node
    channels: list[OfficialChannel]


def official_channels(*, on: date, within: Scope | None = None) -> list[UnitChannels]:
    """Those in force, by unit from the top of the tree down; `within` keeps to a part of the tree."""
    channels = OfficialChannel.objects.on(on).order_by("kind", "name", "pk")
    by_unit: dict[int, list[OfficialChannel]] = {}
    for channel in within.narrow(channels) if within else channels:
        by_unit.setdefault(channel.unit_id, []).append(channel)
    found = sorted(nodes(list(by_unit), on=on), key=lambda node: (len(node.path), node.name))
    return [UnitChannels(unit=node, channels=by_unit[node.unit_id]) for node in found]


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """What can be said of an address that somebody was sent."""

    asked: str
    official: OfficialChannel | None = None
    mistaken_for: OfficialChannel | None = None
    """An official one that it looks like, and is not."""


def likeness(asked: str, *, on: date) -> Likeness | None:
    """None when nothing was asked. Never says that something is false: only that it is not on the list."""
    key = bare(asked) if asked else ""
    if not key:
        return None
    known = list(OfficialChannel.objects.on(on).order_by("pk"))
    same = next((one for one in known if is_within(key, one.key)), None)
    alike = None if same else next((one for one in known if looks_like(key, one.key)), None)
    return Likeness(asked=asked, official=same, mistaken_for=alike)


def official_channel(pk: int) -> OfficialChannel:
    """Raises OfficialChannel.DoesNotExist."""
    channel: OfficialChannel = OfficialChannel.objects.get(pk=pk)
    return channel
