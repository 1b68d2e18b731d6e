"""What can be asked about decisions: those being prepared, those taken, and who may see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet

from loa.base.text import fold

from .models import (
    DraftDecision,
    EventTrace,
    Succession,
    Unit,
    UnitEvent,
    UnitPlace,
    UnitVersion,
)
from .policies import Scope
from .queries import Node, nodes, unit_of

PAGE = 30


def drafts(scope: Scope) -> QuerySet[DraftDecision]:
    """Decisions being prepared within the scope, the last touched first."""
    found = DraftDecision.objects.filter(state=DraftDecision.State.OPEN).select_related("started_by", "corrects")
    return scope.narrow(found).order_by("-changed_at", "-pk")


def draft(pk: int, scope: Scope) -> DraftDecision:
    """Raises DraftDecision.DoesNotExist outside the scope."""
    return scope.narrow(DraftDecision.objects.select_related("unit", "corrects")).get(pk=pk)


def events(scope: Scope) -> QuerySet[UnitEvent]:
    """Decisions that concern a unit of the scope."""
    found = UnitEvent.objects.select_related("corrects")
    if scope.everything:
        return found
    named = EventTrace.units.through.objects.filter(eventtrace__event=OuterRef("pk"))
    versions = UnitVersion.objects.filter(event=OuterRef("pk"))
    return found.filter(Exists(scope.narrow(named)) | Exists(scope.narrow(versions)))


def page_of(found: QuerySet[UnitEvent], *, before: int) -> tuple[list[UnitEvent], int | None]:
    """A page of events recorded before the one with this key (0: the newest), and where the next page begins."""
    older = found.filter(pk__lt=before) if before else found
    page = list(older.order_by("-pk")[: PAGE + 1])
    return page[:PAGE], page[PAGE - 1].pk if len(page) > PAGE else None


def event(pk: int, scope: Scope) -> UnitEvent:
    """Raises UnitEvent.DoesNotExist outside the scope."""
    return events(scope).get(pk=pk)


def corrected_by(one: UnitEvent) -> UnitEvent | None:
    return UnitEvent.objects.filter(corrects=one).first()


@dataclass(frozen=True, kw_only=True)
class Passing:
    """That work passed from one unit to another by an event, under their names of the day."""

    before: Node
    after: Node
    heir: bool
    share: Decimal | None


def passings(one: UnitEvent, *, limit: int = 200) -> list[Passing]:
    """Who took over from whom by this event: two queries."""
    links = list(Succession.objects.filter(event=one).order_by("predecessor_id", "-heir", "pk")[:limit])
    keys = {pk for link in links for pk in (link.predecessor_id, link.successor_id)}
    known = {node.unit_id: node for node in nodes(keys, on=one.effective_on)}
    return [
        Passing(before=known[a], after=known[b], heir=link.heir, share=link.share)
        for link in links
        for a, b in [(link.predecessor_id, link.successor_id)]
        if a in known and b in known
    ]


def top(scope: Scope) -> Unit | None:
    """The unit a decision of this scope is prepared for; None for whoever manages everything."""
    if scope.everything or not scope.paths:
        return None
    return Unit.objects.get(pk=unit_of(scope.paths[0]))


def chosen(codes: Iterable[str], *, on: date, scope: Scope) -> list[Node]:
    """The living units with these codes within the scope, by name."""
    wanted = set(codes)
    units = scope.narrow(Unit.objects.filter(code__in=wanted), unit="pk")
    return [node for node in nodes(list(units.values_list("pk", flat=True)), on=on) if node.living]


def branch(code: str, *, on: date, scope: Scope) -> list[str]:
    """The codes of a living unit and of all living units below it."""
    place = UnitPlace.objects.on(on).filter(unit__code=code, living=True).first()
    if place is None or not scope.covers_path(place.path):
        return []
    below = UnitPlace.objects.on(on).under(place.path).filter(living=True).order_by("path")
    return list(below.values_list("unit__code", flat=True))


def code_of(written: str, *, on: date) -> list[str]:
    """The codes that somebody may mean who wrote a code or a name, in any spelling; several when it is not clear."""
    if exact := Unit.objects.filter(Q(code=written) | Q(code__iexact=written)).values_list("code", flat=True).first():
        return [exact]
    alike = (
        UnitVersion.objects.on(on).filter(folded__contains=fold(written)).select_related("unit").order_by("name_key")
    )
    same = [one for one in alike[:50] if fold(written) in {fold(one.name), fold(one.short_name)}]
    return [one.unit.code for one in (same or list(alike[:5]))]
