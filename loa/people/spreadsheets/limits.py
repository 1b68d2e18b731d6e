"""How much of a file is read, and why not more."""

from dataclasses import dataclass
from datetime import date

from loa.base.errors import Refused

Cell = str | int | float | bool | date | None
Line = tuple[int, list[Cell]]
"""The line's number as the spreadsheet counts, from 1, and its cells from column A on."""

ROWS = 1_000_000
"""Excel's own sheets end at 1,048,576 lines."""
COLUMNS = 200
"""The widest list we know of has 60; further right there is only formatting."""
TEXT = 32_767
"""What Excel itself allows in one cell."""
LINE = 1_000_000
"""Characters in one line of a csv file: a line without an end must not fill the memory."""
ENTRIES = 2_000
"""Files in a workbook's archive; a workbook of forty sheets with pictures has about 300."""
UNPACKED = 1_500_000_000
"""Bytes of a workbook's text once unpacked: 1,000,000 people in 19 columns have 1.1 GB."""
RATIO = 150
"""Unpacked to packed. Real lists have 8 to 30, empty formatted ones up to 100, bombs 1,000."""
RATIO_FROM = 20_000_000
"""Below this size nothing is a bomb."""
STRINGS = 3_000_000
"""Different texts in one workbook: they are the only part that must be held in memory."""


class BadFile(Refused):
    """The file cannot be read as a list; the text says why, and what to do, in one sentence."""


@dataclass
class Progress:
    """How far a file was read: bytes of text, of how many."""

    read: int = 0
    whole: int = 0

    def expected(self, lines: int) -> int:
        """How many lines there will be, when `lines` have come out of what was read so far."""
        return lines if self.read >= self.whole or not self.read else lines * self.whole // self.read


def size_limit() -> int:
    """60 MB: a workbook of 500,000 people with 19 columns has 41 MB."""
    return 60_000_000
