from .accounts import Account, Grant
from .areas import Area, AreaCoverage
from .enterprises import Enterprise, EnterpriseUnit
from .imports import ImportRow, ImportRun
from .registry import Consent, Duty, Membership, Person, Post, Term
from .units import Succession, Unit, UnitEvent, UnitFlag, UnitKind, UnitPlace, UnitVersion

__all__ = [
    "Account",
    "Area",
    "AreaCoverage",
    "Consent",
    "Duty",
    "Enterprise",
    "EnterpriseUnit",
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
