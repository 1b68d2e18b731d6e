"""What an administrative document says, with nothing about how it looks."""

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


@dataclass(frozen=True)
class PageBreak:
    """What follows starts on a new page."""


@dataclass(frozen=True)
class LandscapeSection:
    """An appendix on pages turned sideways; appendices follow the signature, wherever they stand among the blocks."""

    title: str
    blocks: Sequence[Heading | Paragraph | Bullets | Table | PageBreak]


Block = Heading | Paragraph | Bullets | Table | PageBreak | LandscapeSection


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who signs, and in what capacity: "TM. BAN THƯỜNG VỤ / PHÓ CHỦ TỊCH / Họ và tên"."""

    form: SignatureForm = ""
    authority: str = ""
    post: str
    name: str = ""

    def __post_init__(self) -> None:
        if self.form in ("TM.", "KT.", "TL.", "TUQ.") and not self.authority:
            raise ValueError(f"A signature {self.form} must say for whom.")

    @property
    def capacity(self) -> list[str]:
        """The lines above the room for the signature."""
        if self.form in ("", "Q."):
            return [line for line in (self.authority, f"{self.form} {self.post}".strip()) if line]
        return [f"{self.form} {self.authority}", self.post]


@dataclass(frozen=True, kw_only=True)
class Document:
    """One administrative document. `number` is whole ("12/BC-LĐLĐ"), or empty until the clerk gives one.

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
    blocks: Sequence[Block] = ()
    signature: Signature
    recipients: Sequence[str] = ()
    archive: str = "Lưu: VT, Ban TG-NC."
    draft: bool = False
    synthetic: bool = False
    fingerprint: str = ""

    @property
    def body(self) -> list[Block]:
        return [block for block in self.blocks if not isinstance(block, LandscapeSection)]

    @property
    def appendices(self) -> list[LandscapeSection]:
        return [block for block in self.blocks if isinstance(block, LandscapeSection)]
