"""What happened to plans and tasks."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from loa.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class PlanLoaded(Fact):
    kind = "planning.plan-loaded"
    fingerprint: str
    added: int
    changed: int
    removed: int


@dataclass(frozen=True, kw_only=True)
class PlanContinued(Fact):
    kind = "planning.plan-continued"
    into: str
    decision: str


@dataclass(frozen=True, kw_only=True)
class PlanDrafted(Fact):
    kind = "planning.plan-drafted"
    under: str
    targets: int


@dataclass(frozen=True, kw_only=True)
class PlanAdopted(Fact):
    kind = "planning.plan-adopted"
    decision: str


@dataclass(frozen=True, kw_only=True)
class PeriodConfirmed(Fact):
    kind = "planning.period-confirmed"
    before: int
    after: int
    source: str


@dataclass(frozen=True, kw_only=True)
class TargetRebased(Fact):
    kind = "planning.target-rebased"
    level: str
    year: int
    before: Decimal
    after: Decimal
    decision: str
    valid_from: date


@dataclass(frozen=True, kw_only=True)
class TaskOpened(Fact):
    kind = "planning.task-opened"
    about: str


@dataclass(frozen=True, kw_only=True)
class TaskTaken(Fact):
    kind = "planning.task-taken"


@dataclass(frozen=True, kw_only=True)
class TaskAssigned(Fact):
    kind = "planning.task-assigned"
    owner: int


@dataclass(frozen=True, kw_only=True)
class TaskAdvanced(Fact):
    kind = "planning.task-advanced"
    progress: int


@dataclass(frozen=True, kw_only=True)
class TaskFinished(Fact):
    kind = "planning.task-finished"


@dataclass(frozen=True, kw_only=True)
class TaskDropped(Fact):
    kind = "planning.task-dropped"
