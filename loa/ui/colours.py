"""One colour that a federation chooses, and the shades of it that can be read: contrast as WCAG 2.2 reckons it."""

import colorsys
import re
from collections.abc import Callable
from dataclasses import dataclass

HEX = re.compile(r"#[0-9a-f]{6}")
READABLE = 4.5
"""WCAG 2.2, 1.4.3: text against what it stands on."""
EASY = 9.0
"""White text on the bars that every page carries."""
WHITE, LIGHT_PANEL, DARK_PANEL, DARK_TEXT = "#ffffff", "#f1f5fb", "#1a2431", "#0b1a2e"
"""As in ui/tokens.css."""
_STEP = 0.01


@dataclass(frozen=True, kw_only=True)
class Shades:
    """What is made of one colour: bars and links on light ground, and on dark ground."""

    bar: str
    link: str
    dark_bar: str
    dark_link: str


def shades(colour: str) -> Shades:
    """The shades of `colour` ("#0a4a9c"), each as near to it as can be read."""
    link = _moved(colour, -_STEP, until=lambda shade: contrast(shade, LIGHT_PANEL) >= READABLE)
    return Shades(
        bar=link,
        link=link,
        dark_bar=_moved(colour, -_STEP, until=lambda shade: contrast(shade, WHITE) >= EASY),
        dark_link=_moved(
            colour,
            _STEP,
            until=lambda shade: min(contrast(shade, DARK_PANEL), contrast(shade, DARK_TEXT)) >= READABLE,
        ),
    )


def contrast(one: str, other: str) -> float:
    """1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(colour)]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def hsl(colour: str) -> tuple[float, float, float]:
    """Hue in degrees, saturation and lightness in percent, as stylesheets write them."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(colour))
    return round(hue * 360, 1), round(saturation * 100, 1), round(lightness * 100, 1)


def _moved(colour: str, step: float, *, until: Callable[[str], bool]) -> str:
    """`colour` made lighter or darker in small steps until it serves; its hue stays."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_parts(colour))
    shade = colour
    while not until(shade) and 0 <= lightness + step <= 1:
        lightness += step
        shade = _hex(colorsys.hls_to_rgb(hue, lightness, saturation))
    return shade


def _parts(colour: str) -> tuple[float, float, float]:
    return int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255


def _hex(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
