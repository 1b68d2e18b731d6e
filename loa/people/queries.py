"""What can be asked about units, people and their places in time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Count, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Substr
from wagtail.users.models import UserProfile

from loa.base import text
from loa.ledger import queries as ledger
from loa.ledger.models import Entry

from .models import Account, Membership, Succession, Unit, UnitEvent, UnitPlace, UnitVersion
from .models.units import SEGMENT, beyond
from .paths import steps
from .policies import Scope

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


def _node(version: UnitVersion, *, path: str, living: bool) -> Node:
    return Node(
        unit_id=version.unit_id,
        code=version.unit.code,
        name=version.name,
        label=version.label,
        kind=version.kind.name,
        path=path,
        living=living,
        synthetic=version.unit.synthetic,
    )


def node(unit_id: int, *, on: date) -> Node:
    """The unit as of `on`; if it had ended by then, under its last name, at its heir's place.

    Raises Unit.DoesNotExist when there was no such unit yet.
    """
    for found in nodes([unit_id], on=on):
        return found
    raise Unit.DoesNotExist


def nodes(unit_ids: Iterable[int], *, on: date) -> list[Node]:
    """These units as of `on`, ended ones under their last names at their heirs' places, by name; one query."""
    latest = UnitVersion.objects.filter(unit_id=OuterRef("unit_id"), valid_from__lte=on).order_by("-valid_from")
    last: QuerySet[Any] = UnitVersion.objects.filter(unit_id__in=list(unit_ids), pk=Subquery(latest.values("pk")[:1]))
    return _drawn(placed(last, on=on).exclude(place=None))


def unit_with_code(code: str) -> Unit:
    """Raises Unit.DoesNotExist."""
    return Unit.objects.get(code=code)


def unit_with_key(pk: int) -> Unit:
    """Raises Unit.DoesNotExist."""
    return Unit.objects.get(pk=pk)


def roots(*, on: date) -> list[Node]:
    """The living units without a parent on `on`, by name."""
    return _nodes(UnitVersion.objects.filter(parent__isnull=True), on=on)


def children(unit_id: int, *, on: date) -> list[Node]:
    """The living units directly below, by name."""
    return _nodes(UnitVersion.objects.filter(parent_id=unit_id), on=on)


def ancestors(path: str, *, on: date) -> list[Node]:
    """The units above the place at `path`, from the root down, without itself."""
    above = list(steps(path))[:-1]
    found = {node.unit_id: node for node in _nodes(UnitVersion.objects.filter(unit_id__in=above), on=on)}
    return [found[pk] for pk in above if pk in found]


def subtree(path: str, *, on: date) -> list[Node]:
    """The living units at `path` and below as they were on `on`: one query, in the order of a drawn tree."""
    nodes = _nodes(UnitVersion.objects.all(), on=on, under=path)
    rank = {node.path: number for number, node in enumerate(nodes)}
    lines = {node.path: [rank[above] for above in _prefixes(node.path) if above in rank] for node in nodes}
    return sorted(nodes, key=lambda node: lines[node.path])


def search_units(words: str, *, on: date, scope: Scope, limit: int = 50) -> list[Node]:
    """Living units within the scope whose code, name or short name has every word, in any spelling, by name."""
    versions = scope.narrow(UnitVersion.objects.all())
    for word in text.fold(words).split():
        versions = versions.filter(folded__contains=word)
    return _nodes(versions, on=on, limit=limit)


def living_by_kind(path: str, *, on: date) -> dict[str, int]:
    """How many living units of each kind stand at `path` and below, by the kind's name, from the top level down."""
    versions = _standing(UnitVersion.objects.all(), on=on, under=path).order_by("kind__level", "kind__name")
    return dict(versions.values_list("kind__name").annotate(Count("pk")))


def _nodes(versions: QuerySet[Any], *, on: date, under: str = "", limit: int | None = None) -> list[Node]:
    return _drawn(_standing(versions, on=on, under=under), limit=limit)


def _drawn(versions: QuerySet[Any], *, limit: int | None = None) -> list[Node]:
    """Versions joined with their `place`, as nodes, by name."""
    rows = versions.annotate(path=F("place__path"), living=F("place__living")).select_related("unit", "kind")
    ordered = rows.order_by("name_key", "unit_id")[:limit]
    return [_node(version, path=version.path, living=version.living) for version in ordered]


def _standing(versions: QuerySet[Any], *, on: date, under: str = "") -> QuerySet[Any]:
    """The versions in force on `on` of living units, joined with their `place` of that day."""
    holding = versions.filter(valid_from__lte=on, valid_to__gt=on)
    # One call of filter, so that there is one join: each call on a relation with many rows joins it anew.
    reach = Q(place__path__gte=under, place__path__lt=beyond(under)) if under else Q()
    return placed(holding, on=on).filter(reach, place__living=True)


def _prefixes(path: str) -> Iterator[str]:
    return (path[:end] for end in range(SEGMENT, len(path) + 1, SEGMENT))


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


def by_child(things: Things, path: str, *, on: date, via: str = "unit", every: bool = False) -> Things:
    """Things in the subtree at `path`, each with `child`: the path of the child (or of the unit itself) they fall to.

    Group by `child` to have the figure of a unit and of all its children from one query: groups add up to the whole,
    because each unit has one place on each day. With `every`, `child` is the path of the unit itself.
    """
    whose = F("place__path") if every else Substr(F("place__path"), 1, len(path) + SEGMENT)
    within = placed(things, on=on, via=via).filter(place__path__gte=path, place__path__lt=beyond(path))
    return within.annotate(child=whose)


def unit_of(path: str) -> int:
    """The unit whose place ends this path."""
    return int(path[-SEGMENT:], 36)


def history(unit: Unit) -> QuerySet[Entry]:
    """All that happened to the unit itself, newest first."""
    return ledger.history(unit.ref)


@dataclass(frozen=True, kw_only=True)
class Succeeded:
    """One step of a lineage: the other unit, and the decision by which work passed."""

    unit: Node
    event: UnitEvent
    heir: bool


@dataclass(frozen=True, kw_only=True)
class Lineage:
    """Where a unit comes from, and who took over from it."""

    predecessors: list[Succeeded]
    successors: list[Succeeded]


def lineage(unit_id: int, *, on: date) -> Lineage:
    """The unit's predecessors and successors by decisions in force on `on`, oldest first, heirs first: two queries."""
    links = list(
        Succession.objects.filter(Q(predecessor_id=unit_id) | Q(successor_id=unit_id), event__effective_on__lte=on)
        .select_related("event")
        .order_by("event__effective_on", "event_id", "-heir", "pk")
    )
    others = {pk for link in links for pk in (link.predecessor_id, link.successor_id)} - {unit_id}
    known = {node.unit_id: node for node in nodes(others, on=on)}
    return Lineage(
        predecessors=[
            Succeeded(unit=known[link.predecessor_id], event=link.event, heir=link.heir)
            for link in links
            if link.successor_id == unit_id
        ],
        successors=[
            Succeeded(unit=known[link.successor_id], event=link.event, heir=link.heir)
            for link in links
            if link.predecessor_id == unit_id
        ],
    )


REARRANGING = (
    UnitEvent.Kind.MERGE,
    UnitEvent.Kind.SPLIT,
    UnitEvent.Kind.TRANSFER,
    UnitEvent.Kind.DISSOLVE,
    UnitEvent.Kind.REORGANISE,
)
"""Kinds of events after which some figure stands elsewhere in the tree."""


def rearranged_names(*, since: datetime, until: date) -> set[str]:
    """Names of the units that a decision moved or ended by `until`, though it was recorded or taken back after `since`;
    those below them included."""
    told = Q(recorded_at__gt=since) | Q(undone_at__gt=since)
    events = UnitEvent.objects.filter(told, kind__in=REARRANGING, effective_on__lte=until)
    touched = set(UnitVersion.objects.filter(event__in=events).values_list("unit_id", flat=True))
    touched |= set(Succession.objects.filter(event__in=events).values_list("predecessor_id", flat=True))
    if not touched:
        return set()
    within = [node.path for node in nodes(touched, on=until)]
    below = Q(pk__in=[])
    for path in within:
        below |= Q(path__gte=path, path__lt=beyond(path))
    units = UnitPlace.objects.on(until).filter(below).values("unit_id")
    named = UnitVersion.objects.filter(Q(unit__in=units) | Q(unit__in=touched), valid_from__lte=until)
    return set(named.values_list("name", flat=True))


def days_of_change(*, limit: int = 12) -> list[date]:
    """The days on which units came to stand elsewhere, newest first."""
    days = UnitEvent.objects.filter(kind__in=REARRANGING).order_by("-effective_on")
    return list(days.values_list("effective_on", flat=True).distinct()[:limit])


def living_below(path: str, *, on: date) -> dict[int, int]:
    """How many living units stand in each branch below the place at `path`, by the key of the child that roots it."""
    places = UnitPlace.objects.on(on).under(path).filter(living=True).exclude(path=path)
    branches = places.annotate(child=Substr("path", 1, len(path) + SEGMENT)).values("child")
    return {unit_of(row["child"]): row["figure"] for row in branches.annotate(figure=Count("pk"))}


def unit_codes(scope: Scope, *, on: date, limit: int = 300) -> list[tuple[str, str]]:
    """Codes and names of living units within the scope, to choose from: the upper levels first, then by name."""
    versions = scope.narrow(_standing(UnitVersion.objects.all(), on=on)).order_by("kind__level", "name_key")
    return list(versions.values_list("unit__code", "name")[:limit])


def versions_like(*, kinds: Iterable[str] = (), flags: Iterable[str] = (), on: date) -> QuerySet[UnitVersion]:
    """Versions in force on `on`, of one of these kinds and with one of these flags; what is empty does not matter."""
    found = UnitVersion.objects.on(on)
    if kinds:
        found = found.filter(kind__code__in=list(kinds))
    return found.filter(flags__code__in=list(flags)) if flags else found


def units_of_size(*, least: int | None = None, most: int | None = None, on: date) -> QuerySet[Any, Any]:
    """The keys of units by how many members they themselves have on `on`; those of nobody are small, too."""
    members = (
        Membership.objects.on(on).filter(unit=OuterRef("pk"), standing="member").order_by().values("unit")
    ).annotate(people=Count("pk"))
    sized = Unit.objects.annotate(people=Coalesce(Subquery(members.values("people")), Value(0)))
    if least is not None:
        sized = sized.filter(people__gte=least)
    if most is not None:
        sized = sized.filter(people__lte=most)
    return sized.values("pk")


def choice_of_language(account: Account) -> str:
    """The language in which somebody reads the back office: their choice, or that of the house."""
    chosen = UserProfile.objects.filter(user=account).values_list("preferred_language", flat=True).first()
    return chosen or settings.LANGUAGE_CODE
