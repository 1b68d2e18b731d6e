"""What happened to units, people and accounts."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from loa.ledger.facts import Fact


@dataclass(frozen=True, kw_only=True)
class UnitFact(Fact):
    """Something a decision did to one unit, with effect from `effective_on`; `event` is the key of its UnitEvent."""

    event: int
    decision: str
    effective_on: date


@dataclass(frozen=True, kw_only=True)
class UnitEstablished(UnitFact):
    kind: ClassVar[str] = "people.unit-established"
    parent_id: int | None


@dataclass(frozen=True, kw_only=True)
class UnitRenamed(UnitFact):
    kind: ClassVar[str] = "people.unit-renamed"


@dataclass(frozen=True, kw_only=True)
class UnitReclassified(UnitFact):
    """The unit is of another kind, or has other flags, than before."""

    kind: ClassVar[str] = "people.unit-reclassified"


@dataclass(frozen=True, kw_only=True)
class UnitTransferred(UnitFact):
    kind: ClassVar[str] = "people.unit-transferred"
    from_id: int | None
    to_id: int | None


@dataclass(frozen=True, kw_only=True)
class UnitEnded(UnitFact):
    """`how` is the kind of the event: merge, split, dissolve or reorganise."""

    kind: ClassVar[str] = "people.unit-ended"
    how: str
    heir_id: int
    members_moved: int
    members_closed: int


@dataclass(frozen=True, kw_only=True)
class UnitSucceeded(UnitFact):
    """The unit took something over from `predecessor_ids`; of those in `inherited_ids` it is the heir."""

    kind: ClassVar[str] = "people.unit-succeeded"
    predecessor_ids: tuple[int, ...]
    inherited_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class AccountOpened(Fact):
    kind: ClassVar[str] = "people.account-opened"
    person_id: int


@dataclass(frozen=True, kw_only=True)
class AccountInvited(Fact):
    """Somebody was handed a link to set a password, which works until `until`."""

    kind: ClassVar[str] = "people.account-invited"
    until: datetime


@dataclass(frozen=True, kw_only=True)
class InvitationAccepted(Fact):
    kind: ClassVar[str] = "people.invitation-accepted"


@dataclass(frozen=True, kw_only=True)
class RoleGranted(Fact):
    kind: ClassVar[str] = "people.role-granted"
    role: str
    until: date


@dataclass(frozen=True, kw_only=True)
class RoleRevoked(Fact):
    kind: ClassVar[str] = "people.role-revoked"
    role: str


@dataclass(frozen=True, kw_only=True)
class AccountClosed(Fact):
    kind: ClassVar[str] = "people.account-closed"


@dataclass(frozen=True, kw_only=True)
class SuperuserMade(Fact):
    kind: ClassVar[str] = "people.superuser-made"


@dataclass(frozen=True, kw_only=True)
class ConsentGiven(Fact):
    """A person agreed to be reached through `channel` for `purpose`; the proof is with the consent itself."""

    kind: ClassVar[str] = "people.consent-given"
    channel: str
    purpose: str


@dataclass(frozen=True, kw_only=True)
class ConsentWithdrawn(Fact):
    kind: ClassVar[str] = "people.consent-withdrawn"
    channel: str
    purpose: str


@dataclass(frozen=True, kw_only=True)
class ImportApplied(Fact):
    """A list of units or people was taken over: `what`, from the file with this SHA-256 `fingerprint`."""

    kind: ClassVar[str] = "people.import-applied"
    what: str
    as_of: date
    fingerprint: str
    added: int
    changed: int
    skipped: int
    rejected: int
