"""Everything Loa knows of one unit, for the officers who look after it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from loa.base.periods import FOREVER
from loa.ledger.models import Entry

from . import queries
from .models import Account, AreaCoverage, EnterpriseUnit, Unit, UnitPlace, UnitVersion
from .paths import steps
from .queries import Lineage, Node

EVER = FOREVER - timedelta(days=1)
"""A day by which everything known has happened."""

HAPPENED: Mapping[str, Promise] = {
    "people.unit-established": _("Established"),
    "people.unit-renamed": _("Unit renamed"),
    "people.unit-reclassified": _("Kind or properties changed"),
    "people.unit-transferred": _("Transferred"),
    "people.unit-ended": _("Ended"),
    "people.unit-succeeded": _("Took over from others"),
    "people.areas-taken-over": _("Takes over an area"),
    "people.decision-undone": _("Decision taken back"),
    "people.decision-corrected": _("Decision put right"),
}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a unit stood from a day to a day: the names from the root down, those above it or its heir included."""

    place: UnitPlace
    line: list[str]


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A unit directly below, and how many living units its branch holds, itself included."""

    node: Node
    units: int


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something that happened to the unit, and who decided it."""

    kind: str
    at: datetime
    decision: str
    actor: str
    """A name, or nothing when Loa itself acted."""

    @property
    def what(self) -> str:
        return str(HAPPENED.get(self.kind, self.kind))


@dataclass(frozen=True, kw_only=True)
class Dossier:
    unit: Unit
    node: Node
    above: list[Node]
    branches: list[Branch]
    versions: list[UnitVersion]
    """Newest first, with kind, event and flags at hand."""
    standings: list[Standing]
    lineage: Lineage
    enterprises: list[EnterpriseUnit]
    areas: list[AreaCoverage]
    acts: list[Act]


def dossier(unit_id: int, *, on: date, acts: int = 50) -> Dossier:
    """The unit as of `on`, with its whole past: a fixed number of queries. Raises Unit.DoesNotExist."""
    node = queries.node(unit_id, on=on)
    unit = Unit.objects.get(pk=unit_id)
    versions = UnitVersion.objects.filter(unit=unit).select_related("kind", "event", "parent").order_by("-valid_from")
    enterprises = EnterpriseUnit.objects.filter(unit=unit).select_related("enterprise")
    areas = AreaCoverage.objects.filter(unit=unit).select_related("area")
    return Dossier(
        unit=unit,
        node=node,
        above=queries.ancestors(node.path, on=on),
        branches=_branches(node, on=on) if node.living else [],
        versions=list(versions.prefetch_related("flags")),
        standings=_standings(unit_id),
        lineage=queries.lineage(unit_id, on=EVER),
        enterprises=list(enterprises.order_by("-valid_to", "enterprise__folded")),
        areas=list(areas.order_by("-valid_to", "area__name_key")),
        acts=_acts(queries.history(unit)[:acts]),
    )


def _branches(node: Node, *, on: date) -> list[Branch]:
    sizes = queries.living_below(node.path, on=on)
    return [Branch(node=child, units=sizes[child.unit_id]) for child in queries.children(node.unit_id, on=on)]


def _standings(unit_id: int) -> list[Standing]:
    """Newest first; units on the way are called as they were last called."""
    places = list(UnitPlace.objects.filter(unit_id=unit_id).order_by("-valid_from"))
    keys = {key for place in places for key in steps(place.path)}
    known = UnitVersion.objects.filter(unit_id__in=keys).order_by("valid_from")
    names = {version.unit_id: version.label for version in known}
    return [Standing(place=place, line=[names[key] for key in steps(place.path)]) for place in places]


def _acts(entries: Iterable[Entry]) -> list[Act]:
    found = list(entries)
    names = _names([entry.actor for entry in found])
    return [
        Act(
            kind=entry.kind,
            at=entry.at,
            decision=entry.data.get("decision", ""),
            actor=names.get(entry.actor, ""),
        )
        for entry in found
    ]


def _names(refs: Sequence[str]) -> dict[str, str]:
    keys = {ref.removeprefix("people.account:") for ref in refs if ref.startswith("people.account:")}
    return {account.ref: str(account) for account in Account.objects.filter(pk__in=keys)}
