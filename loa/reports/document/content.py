"""What an administrative document says, with nothing about how it looks."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

# NĐ 30/2020, Annex I, II.7: TM. on behalf of a collective, KT. in place of the head, TL. by order, TUQ. by
# authorisation, Q. acting head; empty when the head signs.
SignatureForm = Literal["TM.", "KT.", "TL.", "TUQ.", "Q.", ""]


@dataclass(frozen=True)
class Heading:
    """A numbered title inside the text. Level 1 is "I. …", 2 is "1. …", 3 is "a) …"; the number is part of `text`."""

    level: Literal[1, 2, 3]
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text; each line of `text` becomes a paragraph of its own."""

    text: str


@dataclass(frozen=True)
class Bullets:
    """Points set as offices set them: a dash and a sentence."""

    items: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Table:
    """A ruled table. `widths` are shares of the text width (equal when empty); `numeric` are columns counted from 0."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float] = ()
    numeric: Sequence[int] = ()
    caption: str = ""

    def __post_init__(self) -> None:
        columns = len(self.header)
        if any(len(row) != columns for row in self.rows) or len(self.widths) not in (0, columns):
            raise ValueError(f"Every row, and widths, must have the {columns} columns of the header.")


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture (PNG) with words for those who do not see it; `width` and `height` in millimetres."""

    image: bytes
    description: str
    width: float
    height: float

    @property
    def source(self) -> str:
        """As an address that holds the picture itself."""
        return "data:image/png;base64," + b64encode(self.image).decode()


@dataclass(frozen=True)
class PageBreak:
    """What follows starts on a new page."""


@dataclass(frozen=True)
class LandscapeSection:
    """An appendix on pages turned sideways; appendices follow the signature, wherever they stand among the blocks."""

    title: str
    blocks: Sequence[Heading | Paragraph | Bullets | Table | Picture | PageBreak]


Block = Heading | Paragraph | Bullets | Table | Picture | PageBreak | LandscapeSection


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who signs, and in what capacity: "TM. BAN THƯỜNG VỤ / PHÓ CHỦ TỊCH / Họ và tên".

    `authority` is for whom; `deputy_for` the head of whoever was to sign, when a deputy does ("TL. CHỦ TỊCH /
    KT. TRƯỞNG BAN / PHÓ TRƯỞNG BAN"); `acting` puts Q. before the post below a form. Whether a rule of layout allows
    it, its profile says (wording.capacity_lines).
    """

    form: SignatureForm = ""
    authority: str = ""
    deputy_for: str = ""
    acting: bool = False
    post: str
    name: str = ""

    def __post_init__(self) -> None:
        if self.form in ("TM.", "KT.", "TL.", "TUQ.") and not self.authority:
            raise ValueError(f"A signature {self.form} must say for whom.")
        if self.deputy_for and self.form in ("KT.", "Q."):
            raise ValueError(f"A signature {self.form} already says in whose place.")

    @property
    def capacity(self) -> list[str]:
        """The lines above the room for the signature: whose decision, in whose place, by whom."""
        acting = "Q. " if self.acting or self.form == "Q." else ""
        whose = f"{self.form} {self.authority}" if self.form not in ("", "Q.") else self.authority
        place = f"KT. {self.deputy_for}" if self.deputy_for else ""
        return [line for line in (whose, place, f"{acting}{self.post}") if line]


@dataclass(frozen=True, kw_only=True)
class Document:
    """One administrative document. `number` is whole ("12/BC-LĐLĐ"), or empty until the clerk gives one.

    `profile` names a rule of layout; that of the day of issue is used. `addressees` are those it is written to ("Kính
    gửi"), `grounds` what it rests on. `second` signs beside `signature`, who leads. Without `archive`, the profile's.
    `fingerprint` is the hash of what the document reports, printed so that paper can be compared with the record.
    """

    profile: str = "nd30"
    parent_organisation: str = ""
    organisation: str
    number: str = ""
    symbol: str = "BC-LĐLĐ"
    place: str
    issued_on: date | None = None
    kind: str = "BÁO CÁO"
    subject: str
    addressees: Sequence[str] = ()
    grounds: Sequence[str] = ()
    blocks: Sequence[Block] = ()
    signature: Signature
    second: Signature | None = None
    recipients: Sequence[str] = ()
    archive: str = ""
    draft: bool = False
    synthetic: bool = False
    fingerprint: str = ""

    @property
    def body(self) -> list[Block]:
        return [block for block in self.blocks if not isinstance(block, LandscapeSection)]

    @property
    def appendices(self) -> list[LandscapeSection]:
        return [block for block in self.blocks if isinstance(block, LandscapeSection)]
