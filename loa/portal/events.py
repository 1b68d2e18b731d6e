"""What happened to the official channels, and to the first page."""

from dataclasses import dataclass
from typing import ClassVar

from loa.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ChannelVerified(Fact):
    """Somebody looked and found that it is the union's own."""

    kind: ClassVar[str] = "portal.channel-verified"


@dataclass(frozen=True, kw_only=True)
class ChannelEnded(Fact):
    kind: ClassVar[str] = "portal.channel-ended"


@dataclass(frozen=True, kw_only=True)
class FrontArranged(Fact):
    """The public sees the first page put together anew."""

    kind: ClassVar[str] = "portal.front-arranged"
    blocks: int
