"""What a rule of layout can say about administrative documents: page, parts, wording, one look for each part.

The rules themselves are data (layouts/*.yaml, read by profiles.py): each names its source and the day it holds from.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Align = Literal["left", "center", "right", "both"]


@dataclass(frozen=True, kw_only=True)
class Look:
    """One paragraph style. `name` is what people see in their word processor's list of styles.

    `size`, `before`, `after` in points; `indent` (of the first line) and `left` in millimetres; `line` in lines.
    """

    name: str
    size: float
    bold: bool = False
    italic: bool = False
    align: Align = "center"
    indent: float = 0
    left: float = 0
    before: float = 0
    after: float = 0
    line: float = 1
    with_next: bool = False
    outline: int | None = None


@dataclass(frozen=True, kw_only=True)
class SignatureRule:
    """How one of TM., KT., TL., TUQ., Q. is used: whether it says for whom, and whether a deputy may sign below it."""

    meaning: str
    for_whom: bool
    deputy: bool


@dataclass(frozen=True, kw_only=True)
class Profile:
    """A rule of layout. Lengths in millimetres; `unverified` says, in Vietnamese, what has not been compared yet."""

    code: str
    name: str
    source: str
    valid_from: date
    unverified: tuple[str, ...]
    # page
    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    to_page_number: float
    font: str
    language: str
    # head
    nation: str
    motto: str
    names_width: float
    motto_rule: float
    short_rule: float
    # number
    number_label: str
    number_digits: int
    number_joint: str
    undated: str
    # addressees, recipients
    addressees_label: str
    recipients_label: str
    recipients_width: float
    as_above: str
    archive: str
    # signature
    signature_room: int
    signature_forms: Mapping[str, SignatureRule]
    # appendix
    appendix_label: str
    enclosed: str
    looks: Mapping[str, Look]

    @property
    def text_width(self) -> float:
        return self.width - self.left - self.right

    @property
    def appendix_width(self) -> float:
        """Of the text on a page turned sideways."""
        return self.height - self.left - self.right
