"""What happened to the installation itself."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from loa.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class DemoStepLoaded(Fact):
    """One step of the synthetic demonstration is in this database: of the world of `until`, whole or `small`."""

    kind: ClassVar[str] = "config.demo-step-loaded"
    step: str
    until: date
    small: bool
