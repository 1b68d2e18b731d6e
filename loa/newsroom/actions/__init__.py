"""What can be done with a story. Each checks, changes, and records, in one transaction."""

from .approving import approve, return_with_remark, submit
from .beginning import after_migration, settle_in
from .placing import place, remove_placement
from .publishing import correct, note_publication, publish, withdraw
from .writing import complete, draft

__all__ = [
    "after_migration",
    "approve",
    "complete",
    "correct",
    "draft",
    "note_publication",
    "place",
    "publish",
    "remove_placement",
    "return_with_remark",
    "settle_in",
    "submit",
    "withdraw",
]
