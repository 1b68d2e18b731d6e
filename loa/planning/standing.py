"""The living units of a subtree as a long list: sifted by name and kind, in dictionary order, paged by key."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from loa.base import text
from loa.people.models import UnitKind, UnitVersion
from loa.people.models.units import beyond
from loa.people.queries import Node, placed

FIELDS = ("unit_id", "unit__code", "name", "short_name", "kind__name", "place__path", "unit__synthetic")


def units_within(path: str, *, on: date, words: str = "", kind: str = "") -> QuerySet[Any]:
    """Units at `path` and below whose code, name or short name has every word, with or without tone marks, by name."""
    versions: QuerySet[Any] = UnitVersion.objects.on(on)
    found = placed(versions, on=on).filter(place__path__gte=path, place__path__lt=beyond(path), place__living=True)
    for word in text.fold(words).split():
        found = found.filter(folded__contains=word)
    if kind:
        found = found.filter(kind__code=kind)
    return found.order_by("name_key", "unit_id")


def nodes_of(units: QuerySet[Any]) -> list[Node]:
    """All of them: plain rows, since there may be thousands."""
    return [
        Node(
            unit_id=pk,
            code=code,
            name=name,
            label=short or name,
            kind=kind,
            path=path,
            living=True,
            synthetic=synthetic,
        )
        for pk, code, name, short, kind, path, synthetic in units.values_list(*FIELDS)
    ]


def page_by_name(units: QuerySet[Any], *, after: str, limit: int) -> tuple[list[Node], str]:
    """A page after the unit whose key is `after`, and the cursor of the next page."""
    if (seen := key_of(after)) and (last := units.filter(unit_id=seen).values_list("name_key", flat=True).first()):
        units = units.filter(Q(name_key__gt=last) | Q(name_key=last, unit_id__gt=seen))
    found = nodes_of(units[: limit + 1])
    return found[:limit], str(found[limit - 1].unit_id) if len(found) > limit else ""


def key_of(cursor: str) -> int | None:
    """The unit that a cursor names; None for the beginning, and for anything that we never wrote."""
    return int(cursor) if cursor.isdecimal() and len(cursor) <= 18 else None


def kinds() -> Iterable[tuple[str, str]]:
    """Codes and names of the kinds of units, from the top level down."""
    return UnitKind.objects.order_by("level", "name").values_list("code", "name")
