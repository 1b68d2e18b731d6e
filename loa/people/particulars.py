"""What the register says about one person, apart from where they belong. Values only."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from loa.base.text import fold, name_key


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """Clean values as `models.Person` keeps them; empty text and None say that nothing is known.

    Terms and the area are given by their keys.
    """

    full_name: str
    born_on: date | None = None
    birth_year: int | None = None
    gender: str = ""
    member_code: str | None = None
    phone: str = ""
    email: str = ""
    education_id: int | None = None
    field_id: int | None = None
    working_time_id: int | None = None
    rest_time_id: int | None = None
    area_id: int | None = None
    habits: frozenset[int] = frozenset()

    @property
    def folded(self) -> str:
        return fold(self.full_name)

    def columns(self) -> dict[str, Any]:
        """The columns of `models.Person`, those made of the name included."""
        own = {name: value for name, value in vars(self).items() if name != "habits"}
        return own | {"folded": self.folded, "name_key": name_key(self.full_name)}
