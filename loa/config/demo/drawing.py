"""Pictures for the demonstration, drawn: a workshop, a field, a hall, a harbour. Nobody is in them."""

import io
from random import Random

from PIL import Image, ImageDraw, ImageFilter

SIZE = (1280, 854)
HORIZON = 560
SKIES = (("#9cc9ee", "#fdf3dc"), ("#f4b183", "#fff2cc"), ("#6c8ebf", "#dae8fc"), ("#b7d7c9", "#f6fbf4"))
GROUNDS = ("#8aa35b", "#b59a6d", "#7d8896", "#5f8a7f")
WALLS = ("#c94c4c", "#d8d4c7", "#4a6fa5", "#e0b354", "#7a7f87")


def picture(number: int) -> bytes:
    """The drawn picture with this number, as a JPEG; the same number is the same picture."""
    dice = Random(number)
    scene = Image.new("RGB", SIZE)
    pen = ImageDraw.Draw(scene)
    _sky(pen, *dice.choice(SKIES))
    _sun(pen, dice)
    pen.rectangle((0, HORIZON, *SIZE), fill=dice.choice(GROUNDS))
    for _ in range(dice.randint(3, 6)):
        _building(pen, dice)
    for _ in range(dice.randint(5, 12)):
        _tree(pen, dice)
    content = io.BytesIO()
    scene.filter(ImageFilter.SMOOTH).save(content, "JPEG", quality=85)
    return content.getvalue()


def _sky(pen: ImageDraw.ImageDraw, above: str, below: str) -> None:
    top, bottom = (tuple(int(shade[at : at + 2], 16) for at in (1, 3, 5)) for shade in (above, below))
    for y in range(HORIZON):
        part = y / HORIZON
        mixed = tuple(round(a + (b - a) * part) for a, b in zip(top, bottom, strict=True))
        pen.line((0, y, SIZE[0], y), fill=(mixed[0], mixed[1], mixed[2]))


def _sun(pen: ImageDraw.ImageDraw, dice: Random) -> None:
    x, y, size = dice.randint(120, 1160), dice.randint(90, 300), dice.randint(35, 70)
    pen.ellipse((x - size, y - size, x + size, y + size), fill="#fff4c2")


def _building(pen: ImageDraw.ImageDraw, dice: Random) -> None:
    """A hall with a roof of teeth and a row of windows, as workshops have them."""
    left, width, height = dice.randint(-60, 1100), dice.randint(180, 420), dice.randint(110, 280)
    top, wall = HORIZON + 40 - height, dice.choice(WALLS)
    pen.rectangle((left, top, left + width, HORIZON + 40), fill=wall)
    tooth = width / dice.randint(3, 6)
    at = float(left)
    while at < left + width - 1:
        pen.polygon(((at, top), (at, top - 46), (at + tooth, top)), fill=wall)
        at += tooth
    for x in range(left + 20, left + width - 40, 60):
        pen.rectangle((x, top + 35, x + 34, top + 80), fill="#fdf6d8")


def _tree(pen: ImageDraw.ImageDraw, dice: Random) -> None:
    x, y, size = dice.randint(0, SIZE[0]), dice.randint(HORIZON + 60, SIZE[1] - 40), dice.randint(24, 60)
    pen.rectangle((x - 5, y - size, x + 5, y), fill="#6d4c33")
    pen.ellipse((x - size, y - 3 * size, x + size, y - size), fill="#4f7d4a")
