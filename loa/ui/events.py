"""What happened to the look."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from loa.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class LookChosen(Fact):
    """The name, the colour or the mark of this house was chosen, from a day."""

    kind: ClassVar[str] = "ui.look-chosen"
    from_on: date
