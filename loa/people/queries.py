"""What can be asked about units, people and their places in time."""

from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import F, FilteredRelation, Q, QuerySet
from django.db.models.functions import Substr

from loa.ledger import queries as ledger
from loa.ledger.models import Entry

from .models import Unit, UnitPlace, UnitVersion
from .models.units import SEGMENT, beyond

Things = TypeVar("Things", bound=QuerySet[Any])


@dataclass(frozen=True, kw_only=True)
class Node:
    """A unit as it was on a day."""

    unit_id: int
    code: str
    name: str
    label: str
    kind: str
    path: str
    living: bool
    synthetic: bool

    @property
    def depth(self) -> int:
        """0 for a root."""
        return len(self.path) // SEGMENT - 1


def _node(place: UnitPlace, version: UnitVersion) -> Node:
    return Node(
        unit_id=place.unit_id,
        code=place.unit.code,
        name=version.name,
        label=version.label,
        kind=version.kind.name,
        path=place.path,
        living=place.living,
        synthetic=place.unit.synthetic,
    )


def node(unit_id: int, *, on: date) -> Node:
    """The unit as of `on`; if it had ended by then, under its last name, at its heir's place.

    Raises Unit.DoesNotExist when there was no such unit yet.
    """
    place = UnitPlace.objects.on(on).select_related("unit").filter(unit_id=unit_id).first()
    version = (
        UnitVersion.objects.filter(unit_id=unit_id, valid_from__lte=on)
        .select_related("kind")
        .order_by("-valid_from")
        .first()
    )
    if place is None or version is None:
        raise Unit.DoesNotExist
    return _node(place, version)


def unit_with_code(code: str) -> Unit:
    """Raises Unit.DoesNotExist."""
    return Unit.objects.get(code=code)


def roots(*, on: date) -> list[Node]:
    """The living units without a parent on `on`, by name."""
    return _nodes(UnitVersion.objects.on(on).filter(parent__isnull=True), on=on)


def children(unit_id: int, *, on: date) -> list[Node]:
    """The living units directly below, by name."""
    return _nodes(UnitVersion.objects.on(on).filter(parent_id=unit_id), on=on)


def ancestors(path: str, *, on: date) -> list[Node]:
    """The units above the place at `path`, from the root down, without itself."""
    ids = [int(path[start : start + SEGMENT], 36) for start in range(0, len(path) - SEGMENT, SEGMENT)]
    found = {node.unit_id: node for node in _nodes(UnitVersion.objects.on(on).filter(unit_id__in=ids), on=on)}
    return [found[pk] for pk in ids if pk in found]


def _nodes(versions: QuerySet[UnitVersion], *, on: date) -> list[Node]:
    ordered = list(versions.select_related("kind").order_by("name_key", "unit_id"))
    found = UnitPlace.objects.on(on).select_related("unit").filter(unit_id__in=[v.unit_id for v in ordered])
    places = {place.unit_id: place for place in found}
    return [_node(places[v.unit_id], v) for v in ordered if v.unit_id in places]


def placed(things: Things, *, on: date, via: str = "unit") -> Things:
    """Join each thing with its unit's one place on `on`, as `place`: ended units' things stand with their heirs."""
    return things.annotate(
        place=FilteredRelation(
            f"{via}__places" if via else "places",
            condition=Q(**{f"{via}__places__valid_from__lte": on, f"{via}__places__valid_to__gt": on})
            if via
            else Q(places__valid_from__lte=on, places__valid_to__gt=on),
        )
    )


def by_child(things: Things, path: str, *, on: date, via: str = "unit") -> Things:
    """Things in the subtree at `path`, each with `child`: the path of the child (or of the unit itself) they fall to.

    Group by `child` to have the figure of a unit and of all its children from one query: groups add up to the whole,
    because each unit has one place on each day.
    """
    return (
        placed(things, on=on, via=via)
        .filter(place__path__gte=path, place__path__lt=beyond(path))
        .annotate(child=Substr(F("place__path"), 1, len(path) + SEGMENT))
    )


def unit_of(path: str) -> int:
    """The unit whose place ends this path."""
    return int(path[-SEGMENT:], 36)


def history(unit: Unit) -> QuerySet[Entry]:
    """All that happened to the unit itself, newest first."""
    return ledger.history(unit.ref)
