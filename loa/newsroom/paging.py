"""Lists that page by key: the cursor names the last story seen, so page 900 costs what page 1 costs."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

from .models import Story

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Cursor:
    """A place in a list that is ordered by first publication, newest first."""

    at: datetime
    pk: int

    def __str__(self) -> str:
        return f"{(self.at - _EPOCH) // _MICROSECOND}.{self.pk}"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The place that `text` names; None for the beginning, and for anything that we never wrote."""
        microseconds, _, pk = text.partition(".")
        if not (microseconds.isascii() and microseconds.isdigit() and pk.isascii() and pk.isdigit()):
            return None
        if len(microseconds) > 16 or len(pk) > 18:
            return None
        return cls(_EPOCH + int(microseconds) * _MICROSECOND, int(pk))


@dataclass(frozen=True, kw_only=True)
class StoryPage:
    """Some stories, and the cursor after which the next ones begin ("" on the last page)."""

    stories: list[Story]
    after: str = ""
