"""What other programs are told of a story: structured data, and the picture shown when its link is passed on."""

import io
import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe
from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from loa.newsroom.models import Story

SIZE = (1200, 630)
"""What Facebook and Zalo ask for (Open Graph: 1.91 to 1)."""
FONTS = (
    "/usr/share/fonts/truetype/freefont/FreeSansBold.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf",
    "/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf",
)
"""Fonts of Debian that have all Vietnamese letters; the first that is there is used."""
_BLUE, _RED, _YELLOW, _WHITE = "#0a4a9c", "#b5121e", "#ffd24a", "#ffffff"
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def news_article(story: "Story", *, address: str, picture: str, site: str) -> SafeString:
    """schema.org's NewsArticle as JSON that may stand inside <script type="application/ld+json">."""
    changed = max(filter(None, (story.first_published_at, story.last_published_at, story.corrected_at)), default=None)
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "description": story.summary,
        "inLanguage": story.language,
        "datePublished": story.first_published_at.isoformat() if story.first_published_at else None,
        "dateModified": changed.isoformat() if changed else None,
        "mainEntityOfPage": address,
        "image": [picture] if picture else None,
        "author": [{"@type": "Person", "name": str(credit)} for credit in story.credits.all()] or None,
        "publisher": {"@type": "Organization", "name": getattr(story, "unit_name", "") or site},
        "correction": story.correction_note or None,
    }
    text = json.dumps({name: value for name, value in told.items() if value}, ensure_ascii=False)
    return mark_safe(text.translate(ESCAPES))  # noqa: S308 escaped for HTML, where JSON may say it otherwise


@lru_cache(maxsize=1)
def font() -> str:
    """The file of a font that can write Vietnamese; empty when this machine has none."""
    return next((path for path in FONTS if Path(path).exists()), "")


def picture(title: str, *, unit: str, site: str) -> bytes:
    """A PNG with the title in the union's colours. Raises OSError when this machine has no font for it."""
    image = Image.new("RGB", SIZE, _BLUE)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, SIZE[1] - 18, SIZE[0], SIZE[1]), fill=_RED)
    small = ImageFont.truetype(font(), 34)
    draw.text((70, 52), _cut(draw, site, small), font=small, fill=_YELLOW)
    for size in range(78, 35, -6):
        large = ImageFont.truetype(font(), size)
        lines = _lines(draw, title, large)
        if len(lines) * size * 1.35 <= SIZE[1] - 270:
            break
    for number, line in enumerate(lines):
        draw.text((70, 140 + number * size * 1.35), line, font=large, fill=_WHITE)
    draw.text((70, SIZE[1] - 92), _cut(draw, unit, small), font=small, fill=_WHITE)
    content = io.BytesIO()
    image.quantize(64).save(content, "PNG", optimize=True)
    return content.getvalue()


def _lines(draw: ImageDraw.ImageDraw, text: str, used: ImageFont.FreeTypeFont) -> list[str]:
    """Broken between words; a word that is longer than a line stands alone."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and draw.textlength(longer, font=used) <= SIZE[0] - 140:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut(draw: ImageDraw.ImageDraw, text: str, used: ImageFont.FreeTypeFont) -> str:
    while draw.textlength(text, font=used) > SIZE[0] - 140:
        text = text.rstrip("… ").rpartition(" ")[0] + " …" if " " in text else text[:20]
    return text
