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
class UnitAreasTaken(UnitFact):
    kind: ClassVar[str] = "people.areas-taken-over"
    area_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class DecisionUndone(UnitFact):
    """A decision that named the unit was taken back before its day: it never held."""

    kind: ClassVar[str] = "people.decision-undone"


@dataclass(frozen=True, kw_only=True)
class DecisionCorrected(UnitFact):
    """What a decision had said of the unit was put right by the event `corrected_by`; both keep their times."""

    kind: ClassVar[str] = "people.decision-corrected"
    corrected_by: int


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


@dataclass(frozen=True, kw_only=True)
class PersonRegistered(Fact):
    """Somebody was written into the register of a unit, to which they belong from `on` as `standing`."""

    kind: ClassVar[str] = "people.person-registered"
    standing: str
    on: date


@dataclass(frozen=True, kw_only=True)
class PersonCorrected(Fact):
    """What the register says of somebody was put right; `fields` are the names of what changed, never the values."""

    kind: ClassVar[str] = "people.person-corrected"
    fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PersonMoved(Fact):
    """From `on` somebody belongs to another unit, or as another `standing` to the same; `from_id` None: came back."""

    kind: ClassVar[str] = "people.person-moved"
    from_id: int | None
    to_id: int
    standing: str
    on: date


@dataclass(frozen=True, kw_only=True)
class PersonLeft(Fact):
    """From `on` somebody belongs to no unit; `reason` is one of `people.labels.LEAVING`."""

    kind: ClassVar[str] = "people.person-left"
    reason: str
    on: date


@dataclass(frozen=True, kw_only=True)
class PostGiven(Fact):
    """Somebody holds a post (its code) in the unit from `on`."""

    kind: ClassVar[str] = "people.post-given"
    post: str
    on: date


@dataclass(frozen=True, kw_only=True)
class PostEnded(Fact):
    """`on` is the first day on which the post is no longer held."""

    kind: ClassVar[str] = "people.post-ended"
    post: str
    on: date


@dataclass(frozen=True, kw_only=True)
class PersonExported(Fact):
    """All that is held about somebody was taken out of Loa, as the law lets them ask."""

    kind: ClassVar[str] = "people.person-exported"


@dataclass(frozen=True, kw_only=True)
class PersonErased(Fact):
    """What identifies somebody was erased for good; `reason` is one of `people.labels.ERASING`."""

    kind: ClassVar[str] = "people.person-erased"
    reason: str


@dataclass(frozen=True, kw_only=True)
class TableExported(Fact):
    """Rows about people were handed out as a workbook; its evidence is the fingerprint of the file."""

    kind: ClassVar[str] = "people.table-exported"
    table: str
    rows: int
