"""What one decision changes, move by move. Values only; units are named by their codes, which never change."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Members(StrEnum):
    """What becomes of the members of a unit that ends. Closed and transferred ones are different figures."""

    CLOSE = "end"
    TRANSFER = "transfer"


@dataclass(frozen=True, kw_only=True)
class Found:
    """A new unit. `parent` may be founded by the same decision; None makes a root."""

    code: str
    name: str
    kind: str
    parent: str | None
    short_name: str = ""
    flags: tuple[str, ...] = ()
    synthetic: bool = False


@dataclass(frozen=True, kw_only=True)
class Change:
    """A unit gets another name, kind or flags; None leaves as it is."""

    code: str
    name: str | None = None
    short_name: str | None = None
    kind: str | None = None
    flags: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Place:
    """A unit goes, with all below it, under another parent."""

    code: str
    parent: str | None


@dataclass(frozen=True, kw_only=True)
class End:
    """A unit ends; what it did stands with its heir from then on. The heir may end by the same decision."""

    code: str
    heir: str
    members: Members


@dataclass(frozen=True, kw_only=True)
class Pass:
    """A unit, ending or not, hands part of its work to others who are not its heir."""

    code: str
    to: tuple[str, ...]
    shares: tuple[tuple[str, Decimal], ...] = ()
    """The part in per cent that passes to a unit, heirs included, where the decision names one."""


@dataclass(frozen=True, kw_only=True)
class Cover:
    """A unit looks after areas from then on, named by their keys; whoever did so before no longer does."""

    code: str
    areas: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Send:
    """Some members of a unit go to another one."""

    code: str
    people: tuple[int, ...]
    to: str


Move = Found | Change | Place | End | Pass | Cover | Send
