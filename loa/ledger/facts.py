"""The shape of a fact, and of whoever did it. Pure values: no database here."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Protocol


class Actor(Protocol):
    """Whoever did something: an account, or the system itself."""

    @property
    def ref(self) -> str: ...


@dataclass(frozen=True)
class System:
    """Loa acting by itself: a schedule, a reaction, a command typed by the administrator."""

    ref: str = "system"


SYSTEM = System()


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that happened to one thing (`subject`, a reference such as "newsroom.story:42") in one unit.

    Subclasses live in a module's events.py, are named in the past tense and give `kind`, a literal that never
    changes. Fields hold ids, codes, dates and numbers, never personal data: a fact can not be erased.
    """

    kind: ClassVar[str]
    subject: str
    unit_id: int | None = None

    def data(self) -> dict[str, Any]:
        """The fact's own fields, ready for JSON."""
        own = {key: value for key, value in asdict(self).items() if key not in {"subject", "unit_id"}}
        return {key: _plain(value) for key, value in own.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple | list | set | frozenset):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return value
