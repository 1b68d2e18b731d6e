"""Charts in documents: drawn here, in grey that survives a copier, each with words for those who do not see it.

The same picture goes into .docx and PDF. What it shows stands in a table beneath it, too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from . import faces
from .content import Picture

DOTS = 250
"""Of an inch: enough for print, a few kilobytes."""
MILLIMETRE = DOTS / 25.4
BLACK, DARK, LIGHT, PAPER = 0, 70, 215, 255
SIZE = 11
"""Points of the letters."""
ROW, BAR, TOP = 8.5, 4.6, 7.0
"""Millimetres: a row, the bar in it, and the room above the first for the name of the mark."""
BEYOND = 1.15
"""How far bars may reach beyond the mark."""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One row: `part` is how much of what is owed was reached (1 for all of it), `text` says it in figures."""

    label: str
    part: float
    text: str

    @property
    def reached(self) -> bool:
        return self.part >= 1


def bars(rows: Sequence[Bar], *, mark: str, description: str, width: float) -> Picture | None:
    """A bar for each row, and a line at what is owed, named `mark`. None without rows, or without a font to write with.

    What is reached is dark, what is not is light with a dark edge and strokes: told apart without colours.
    """
    family = faces.family()
    if not rows or family is None:
        return None
    font = ImageFont.truetype(str(family.files["regular"]), round(SIZE * DOTS / 72))
    height = TOP + ROW * len(rows)
    image = Image.new("L", (_dots(width), _dots(height)), PAPER)
    pen = ImageDraw.Draw(image)
    start, full = _dots(width * 0.36), _dots(width * 0.40)
    for number, row in enumerate(rows):
        _row(pen, row, font, top=_dots(TOP + ROW * number), start=start, full=full, end=image.width)
    x = start + full
    pen.line([(x, _dots(TOP - 1)), (x, image.height)], fill=BLACK, width=_dots(0.45))
    pen.text((x, 0), mark, font=font, fill=BLACK, anchor="ma")
    pen.line([(start, _dots(TOP - 1)), (start, image.height)], fill=BLACK, width=_dots(0.25))
    file = BytesIO()
    image.save(file, "PNG", optimize=True, dpi=(DOTS, DOTS))
    return Picture(image=file.getvalue(), description=description, width=width, height=height)


def _row(
    pen: ImageDraw.ImageDraw, row: Bar, font: ImageFont.FreeTypeFont, *, top: int, start: int, full: int, end: int
) -> None:
    middle = top + _dots(ROW / 2)
    pen.text((0, middle), _fitting(row.label, font, start - _dots(2)), font=font, fill=BLACK, anchor="lm")
    right = start + round(full * min(max(row.part, 0), BEYOND))
    box = (start, middle - _dots(BAR / 2), max(right, start + 1), middle + _dots(BAR / 2))
    pen.rectangle(box, fill=DARK if row.reached else LIGHT, outline=BLACK, width=_dots(0.25))
    if not row.reached:
        _strokes(pen, box)
    at = start + round(full * BEYOND) + _dots(2)
    pen.text((at, middle), _fitting(row.text, font, end - at), font=font, fill=BLACK, anchor="lm")


def _strokes(pen: ImageDraw.ImageDraw, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    height = bottom - top
    for x in range(left - height, right, _dots(2)):
        first, last = max(x, left), min(x + height, right)
        pen.line([(first, bottom - (first - x)), (last, bottom - (last - x))], fill=DARK, width=_dots(0.2))


def _fitting(text: str, font: ImageFont.FreeTypeFont, room: int) -> str:
    """`text`, cut where it would not fit: the table beneath has it whole."""
    if font.getlength(text) <= room:
        return text
    while text and font.getlength(text + "…") > room:
        text = text[:-1]
    return text.rstrip() + "…"


def _dots(millimetres: float) -> int:
    return max(1, round(millimetres * MILLIMETRE))
