from .accounts import Account, Grant
from .areas import Area, AreaCoverage
from .decisions import DraftDecision, EventTrace
from .enterprises import Enterprise, EnterpriseUnit
from .exports import Export
from .imports import ImportRow, ImportRun
from .registry import Consent, Duty, Membership, Person, Post, Term
from .units import Succession, Unit, UnitEvent, UnitFlag, UnitKind, UnitPlace, UnitVersion

__all__ = [
    "Account",
    "Area",
    "AreaCoverage",
    "Consent",
    "DraftDecision",
    "Duty",
    "Enterprise",
    "EnterpriseUnit",
    "EventTrace",
    "Export",
    "Grant",
    "ImportRow",
    "ImportRun",
    "Membership",
    "Person",
    "Post",
    "Succession",
    "Term",
    "Unit",
    "UnitEvent",
    "UnitFlag",
    "UnitKind",
    "UnitPlace",
    "UnitVersion",
]
