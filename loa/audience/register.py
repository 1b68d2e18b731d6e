"""The arithmetic of the reach register: keys of a year, pseudonyms, groups too small to show. No database here."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

SMALLEST_GROUP = 5
"""No group smaller than this is ever shown (promise 8)."""


def year_key(secret: str, salt: bytes) -> bytes:
    """The key of a year: without the installation's secret, or without the salt, it cannot be made again."""
    return hmac.digest(secret.encode(), b"loa reach register " + salt, "sha256")


def pseudonym(key: bytes, person_id: int) -> UUID:
    """What the register calls this person in the year of `key`."""
    return UUID(bytes=hmac.digest(key, str(person_id).encode(), "sha256")[:16])


@dataclass(frozen=True, kw_only=True)
class Group:
    """People of one unit, or of several units too small to be shown alone, and how many of them were reached."""

    unit_ids: tuple[int, ...]
    reached: int
    people: int

    @property
    def showable(self) -> bool:
        """Neither those reached nor those not reached are fewer than five, unless there are none of them."""
        return all(part == 0 or part >= SMALLEST_GROUP for part in (self.reached, self.people - self.reached))

    def __add__(self, other: "Group") -> "Group":
        return Group(
            unit_ids=(*self.unit_ids, *other.unit_ids),
            reached=self.reached + other.reached,
            people=self.people + other.people,
        )


def joined(groups: Iterable[Group], *, unnamed: frozenset[int] = frozenset()) -> tuple[list[Group], Group | None]:
    """Groups that may be shown, and one in which all others are joined so that none can be found by subtraction.

    Units that are `unnamed`, since other tables withhold them, are never shown alone, however large they are.
    The joined group takes in the smallest showable ones until it may be shown itself and is not one unit alone.
    Their sum is the sum of all groups; when even all together may not be shown, the joined group holds them all.
    """
    ordered = sorted(groups, key=lambda group: (group.people, group.unit_ids))
    shown = [group for group in ordered if group.showable and unnamed.isdisjoint(group.unit_ids)]
    hidden = [group for group in ordered if not (group.showable and unnamed.isdisjoint(group.unit_ids))]
    if not hidden:
        return shown, None
    rest = hidden[0]
    for group in hidden[1:]:
        rest += group
    while shown and (not rest.showable or len(rest.unit_ids) == 1):
        rest += shown.pop(0)
    return shown, rest
