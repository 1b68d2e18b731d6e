"""What happened at the staff door."""

from dataclasses import dataclass
from typing import ClassVar

from loa.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class SuperuserActed(Fact):
    """A superuser sent something to the back office: which screen, never what they typed."""

    kind: ClassVar[str] = "desk.superuser-acted"
    screen: str
