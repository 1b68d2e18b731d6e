"""What stands around the text of a report: layout, number, place and day, signature, recipients."""

import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from loa.base.text import clean

NUMBER = re.compile(r"\d{1,5}[a-z]?/BC-[^\W\d_][\w&.-]{1,29}")
"""Such as 12/BC-LĐLĐ: the running number, the kind of document, the organisation (NĐ 30/2020, Annex I, II.3)."""
DEFAULT_ARCHIVE = "Lưu: VT, Ban TG-NC."


@dataclass(frozen=True, kw_only=True)
class Cover:
    number: str = ""
    place: str = ""
    issued_on: date | None = None
    layout: str = ""
    """Code of the rule of layout; empty for that of the house."""
    form: str = "TM."
    """How it is signed: TM., KT., TL., TUQ. or Q. (NĐ 30/2020, Annex I, II.7)."""
    authority: str = "Ban Thường vụ"
    """On whose behalf, or in whose place; empty when the head signs alone."""
    deputy_for: str = ""
    """Whose deputy signs below the form ("KT. Trưởng ban"); empty for most."""
    post: str = "Chủ tịch"
    signer: str = ""
    recipients: tuple[str, ...] = ()
    archive: str = DEFAULT_ARCHIVE

    @property
    def symbol(self) -> str:
        return self.number.partition("/")[2] or "BC-LĐLĐ"

    @property
    def number_key(self) -> str:
        """The number in one spelling: "012/BC-LĐLĐ" and "12/bc-lđlđ" are the same."""
        running, _, symbol = clean(self.number).partition("/")
        return f"{running.lstrip('0').lower()}/{symbol.upper()}" if symbol else ""

    def stored(self) -> dict[str, Any]:
        """Ready for JSON."""
        issued_on = self.issued_on.isoformat() if self.issued_on else None
        return asdict(self) | {"issued_on": issued_on, "recipients": list(self.recipients)}

    @classmethod
    def read(cls, stored: dict[str, Any]) -> Self:
        day = stored.get("issued_on")
        return cls(
            **stored
            | {
                "issued_on": date.fromisoformat(day) if day else None,
                "recipients": tuple(stored.get("recipients", ())),
            }
        )

    def next(self) -> Self:
        """What the next report of the same unit begins with: everything but number and day."""
        return type(self)(**asdict(self) | {"number": "", "issued_on": None})
