"""What the first page is put together from. Pure values: no database here."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

MOST = 12
"""Blocks of a first page: a telephone scrolls no further."""


class Kind(models.TextChoices):
    LEAD = "lead", _("lead story")
    NOTICE = "notice", _("pinned notice")
    THEME = "theme", _("stories of a theme")
    UNIT = "unit", _("stories of a unit")
    QUESTIONS = "questions", _("questions and answers")
    PHOTOS = "photos", _("photo stories")
    CHANNELS = "channels", _("official channels")


ONCE = frozenset({Kind.LEAD, Kind.QUESTIONS, Kind.PHOTOS, Kind.CHANNELS})
"""Kinds that a page has once at most."""


@dataclass(frozen=True, kw_only=True)
class Block:
    """One block. `thing` is the key of its story, theme or unit; a notice has words, and may have a last day."""

    kind: Kind
    thing: int | None = None
    heading: str = ""
    text: str = ""
    until: date | None = None

    def shows_on(self, day: date) -> bool:
        return self.until is None or day <= self.until


def written(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """As it is kept: JSON without what is empty."""
    rows = [asdict(block) | {"until": block.until.isoformat() if block.until else None} for block in blocks]
    return [{name: value for name, value in row.items() if value} for row in rows]


def read(rows: Iterable[dict[str, Any]]) -> list[Block]:
    """What was kept; a kind that this version does not know is left out."""
    return [
        Block(
            kind=Kind(row["kind"]),
            thing=row.get("thing"),
            heading=row.get("heading", ""),
            text=row.get("text", ""),
            until=date.fromisoformat(row["until"]) if row.get("until") else None,
        )
        for row in rows
        if row.get("kind") in Kind.values
    ]


def moved(blocks: list[Block], place: int, *, by: int) -> list[Block]:
    """The block at `place` further up (-1) or down (1); at the end it stays."""
    to = place + by
    if not (0 <= place < len(blocks) and 0 <= to < len(blocks)):
        return blocks
    kept = list(blocks)
    kept[place], kept[to] = kept[to], kept[place]
    return kept
