"""Units as the public sees them, and people as they see themselves."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from .models import Consent, Membership, Person, Succession, Unit, UnitPlace, UnitVersion
from .models.units import SEGMENT
from .policies import Scope
from .queries import Node, node, nodes, search_units


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Whom to ask, and how."""

    name: str
    phone: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class UnitCard:
    """What everybody may know of a unit."""

    node: Node
    contact: Contact
    parent: Node | None
    heirs: list[Node]
    """Who took over from it, the main one first; empty while it lives."""
    predecessors: list[Node]
    """What it took over from, with their last names."""
    ended_on: date | None


def unit_card(code: str, *, on: date) -> UnitCard:
    """Raises Unit.DoesNotExist."""
    unit = Unit.objects.get(code=code)
    last = UnitVersion.objects.filter(unit=unit, valid_from__lte=on).order_by("-valid_from").first()
    if last is None:
        raise Unit.DoesNotExist
    here = node(unit.pk, on=on)
    return UnitCard(
        node=here,
        contact=_contact(last),
        parent=node(last.parent_id, on=on) if last.parent_id and here.living else None,
        heirs=[] if here.living else _nodes(_successions(on).filter(predecessor=unit), "successor_id", on=on),
        predecessors=_nodes(_successions(on).filter(successor=unit), "predecessor_id", on=on),
        ended_on=None if here.living else last.valid_to,
    )


@dataclass(frozen=True, kw_only=True)
class UnitFound:
    """A unit that was found by its name, and how to reach it."""

    node: Node
    contact: Contact


def find_units(words: str, *, on: date, limit: int) -> list[UnitFound]:
    """Living units whose code or name has every word, in any spelling, by name."""
    found = search_units(words, on=on, scope=Scope(on=on, everything=True), limit=limit)
    versions = UnitVersion.objects.on(on).filter(unit_id__in=[one.unit_id for one in found])
    contacts = {version.unit_id: _contact(version) for version in versions}
    return [UnitFound(node=one, contact=contacts[one.unit_id]) for one in found]


def node_with_code(code: str, *, on: date) -> Node | None:
    """The unit of this code as of `on`, an ended one at its heir's place; None when there is none yet."""
    unit = Unit.objects.filter(code=code).first()
    return next(iter(nodes([unit.pk], on=on)), None) if unit else None


def _contact(version: UnitVersion) -> Contact:
    return Contact(name=version.name, phone=version.phone, email=version.email, address=version.address)


def _successions(on: date) -> QuerySet[Succession]:
    return Succession.objects.filter(event__effective_on__lte=on).order_by("-heir", "pk")


def _nodes(successions: QuerySet[Succession], side: str, *, on: date) -> list[Node]:
    return _as_of(list(successions.values_list(side, flat=True)), on=on)


def _as_of(unit_ids: list[int], *, on: date) -> list[Node]:
    """These units as of `on`, ended ones under their last names, in the order given, for the price of two queries."""
    versions = UnitVersion.objects.filter(unit_id__in=unit_ids, valid_from__lte=on).select_related("kind")
    latest = {version.unit_id: version for version in versions.order_by("valid_from")}
    places = {
        place.unit_id: place for place in UnitPlace.objects.on(on).filter(unit_id__in=unit_ids).select_related("unit")
    }
    return [
        Node(
            unit_id=pk,
            code=places[pk].unit.code,
            name=latest[pk].name,
            label=latest[pk].label,
            kind=latest[pk].kind.name,
            path=places[pk].path,
            living=places[pk].living,
            synthetic=places[pk].unit.synthetic,
        )
        for pk in unit_ids
        if pk in latest and pk in places
    ]


@dataclass(frozen=True, kw_only=True)
class OwnCard:
    """What the register holds about a person, for that person."""

    person: Person
    unit: Node | None
    standing: str
    since: date | None


def own_card(person_id: int, *, on: date) -> OwnCard:
    """Raises Person.DoesNotExist."""
    related = ("education", "field", "working_time", "rest_time", "area")
    person = Person.objects.select_related(*related).prefetch_related("habits").get(pk=person_id)
    membership = Membership.objects.on(on).filter(person=person).first()
    return OwnCard(
        person=person,
        unit=node(membership.unit_id, on=on) if membership else None,
        standing=membership.standing if membership else "",
        since=membership.started_on if membership else None,
    )


def contact_for(person_id: int, *, on: date) -> Contact | None:
    """Whom this person may ask: their own unit, or the nearest union above it that can be called or written to."""
    path = (
        UnitPlace.objects.on(on)
        .filter(unit__memberships__in=Membership.objects.on(on).filter(person_id=person_id))
        .values_list("path", flat=True)
        .first()
    )
    if path is None:
        return None
    ids = [int(path[start : start + SEGMENT], 36) for start in range(0, len(path), SEGMENT)]
    found = {version.unit_id: version for version in UnitVersion.objects.on(on).filter(unit_id__in=ids)}
    upwards = [found[pk] for pk in reversed(ids) if pk in found]
    reachable = next((version for version in upwards if version.phone or version.email), None)
    return _contact(reachable or upwards[0]) if upwards else None


def consents_in_force(person_id: int) -> set[tuple[str, str]]:
    """The channels and purposes that this person has agreed to and not withdrawn."""
    rows = Consent.objects.filter(person_id=person_id, withdrawn_at=None)
    return set(rows.values_list("channel", "purpose"))
