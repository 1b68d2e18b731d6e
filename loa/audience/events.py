"""What happened about reach. Who read what is never among it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from loa.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class TopicNamed(Fact):
    """A subject everyone should know this year was put on the list."""

    kind: ClassVar[str] = "audience.topic-named"
    year: int
    slug: str


@dataclass(frozen=True, kw_only=True)
class ReachCounted(Fact):
    """The counters were rebuilt from the register."""

    kind: ClassVar[str] = "audience.reach-counted"
    on: date
    people: int
    confirmed: int


@dataclass(frozen=True, kw_only=True)
class ReachEstimated(Fact):
    """A count of people by a board, a loudspeaker or a meeting was written down with its method and proof."""

    kind: ClassVar[str] = "audience.reach-estimated"
    topic_id: int
    on: date
    people: int
    method: str


@dataclass(frozen=True, kw_only=True)
class YearKeyDestroyed(Fact):
    """From now on nobody can tie the register of this year to people."""

    kind: ClassVar[str] = "audience.year-key-destroyed"
    year: int
