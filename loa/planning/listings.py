"""Tables of evidence that modules offer to reports, such as the ten best stories: registered by key, like measures."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from .protocol import Ask, Row

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Listing(Protocol):
    key: str
    """Such as "newsroom.best_stories": never changes; report forms name it."""

    @property
    def name(self) -> "str | StrPromise": ...

    @property
    def columns(self) -> "Sequence[str | StrPromise]":
        """What the cells of a row say, in their order."""

    def rows(self, ask: Ask, *, limit: int) -> list[Row]:
        """The first rows of the table for the subtree and period of `ask`, the most important first."""


_listings: dict[str, Listing] = {}


def register(listing: Listing) -> None:
    known = _listings.get(listing.key)
    if known is not None and type(known) is not type(listing):
        raise ValueError(f"two tables claim the key {listing.key}")
    _listings[listing.key] = listing


def listing(key: str) -> Listing | None:
    """The table with this key, or None: no module offers it yet."""
    return _listings.get(key)
