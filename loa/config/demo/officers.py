"""Careers of the few people paid by the union: who held which post in which body, before and after 1 July 2025."""

from collections.abc import Iterator
from datetime import date

from loa.config.demo.places import COMMUNE_UNIONS, NEW_ROOT, OLD_NEIGHBOUR, OLD_ROOT, REGIONS
from loa.config.demo.shapes import Structure

Step = tuple[str, str, date, date | None]
"""Post, unit, from, until (exclusive)."""

Career = tuple[Step, ...]

SINCE = date(2023, 4, 1)
PROVINCE = (
    "chair",
    "vice_chair",
    "vice_chair",
    "office_head",
    "propaganda_head",
    "propaganda_officer",
    "propaganda_officer",
    "policy_officer",
    "accountant",
)
NEIGHBOUR = ("chair", "vice_chair", "propaganda_head", "propaganda_officer", "policy_officer")
NEIGHBOUR_NEXT = ("vice_chair", "vice_chair", "propaganda_officer", "propaganda_officer", "policy_officer")
UPPER = ("chair", "propaganda_officer", "vice_chair")
COMMUNE = ("chair", "propaganda_officer")


def careers(structure: Structure) -> Iterator[Career]:
    """The new federation has one chair; the new commune unions are staffed from the old upper-level unions, in turn."""
    turn = structure.ended[OLD_ROOT].on
    for post in PROVINCE:
        yield (post, OLD_ROOT, SINCE, turn), (post, NEW_ROOT, turn, None)
    for post, after in zip(NEIGHBOUR, NEIGHBOUR_NEXT, strict=True):
        yield (post, OLD_NEIGHBOUR, SINCE, turn), (after, NEW_ROOT, turn, None)
    seats = [(post, commune.code) for post in COMMUNE for commune in COMMUNE_UNIONS]
    staff = [(post, region.code) for post in UPPER for region in REGIONS]
    spare = [("policy_officer", NEW_ROOT)] * (len(staff) - len(seats))
    for (post, unit), (after, home) in zip(staff, seats + spare, strict=True):
        yield (post, unit, SINCE, turn), (after, home, turn, None)
