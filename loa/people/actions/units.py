"""What can be done with units. Each verb is a decision of one kind, carried out by `reorganise`."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loa.base.errors import Refused
from loa.base.periods import FOREVER
from loa.ledger.facts import System

from ..models import Account, Unit, UnitEvent, UnitVersion
from ..moves import Change, End, Found, Members, Move, Pass, Place, Send
from .reorganising import Outcome, foresee, reorganise

__all__ = ["Outcome", "dissolve", "establish", "foresee", "merge", "rename", "reorganise", "split", "transfer"]

Kind = UnitEvent.Kind


@transaction.atomic
def establish(
    *,
    code: str,
    name: str,
    kind: str,
    parent: Unit | None,
    on: date,
    decision: str,
    decided_on: date | None = None,
    short_name: str = "",
    flags: Iterable[str] = (),
    predecessors: Sequence[Unit] = (),
    synthetic: bool = False,
    by: Account | System,
    at: datetime,
) -> Unit:
    """A new unit; `kind` and `flags` are codes. Living `predecessors` hand part of their work over to it."""
    found = Found(
        code=code,
        name=name,
        kind=kind,
        parent=parent.code if parent else None,
        short_name=short_name,
        flags=tuple(flags),
        synthetic=synthetic,
    )
    moves: list[Move] = [found, *(Pass(code=unit.code, to=(code,)) for unit in predecessors)]
    reorganise(
        moves,
        kind=Kind.ESTABLISH,
        decision=decision,
        decided_on=decided_on,
        on=on,
        synthetic=synthetic,
        by=by,
        at=at,
    )
    return Unit.objects.get(code=code)


def rename(
    unit: Unit, *, name: str, short_name: str, on: date, decision: str, by: Account | System, at: datetime
) -> Outcome:
    change = Change(code=unit.code, name=name, short_name=short_name)
    return reorganise([change], kind=Kind.RENAME, decision=decision, on=on, by=by, at=at)


def transfer(
    units: Sequence[Unit], *, to: Unit | None, on: date, decision: str, by: Account | System, at: datetime
) -> Outcome:
    """Units go, each with all below it, under `to`; None makes them roots."""
    moves = [Place(code=unit.code, parent=to.code if to else None) for unit in units]
    return reorganise(moves, kind=Kind.TRANSFER, decision=decision, on=on, by=by, at=at)


@transaction.atomic
def merge(units: Sequence[Unit], *, into: Unit, on: date, decision: str, by: Account | System, at: datetime) -> Outcome:
    """Units end in `into` (an old unit or one established for this): their members and all below them go there."""
    ends = [End(code=unit.code, heir=into.code, members=Members.TRANSFER) for unit in units if unit != into]
    moves = [*ends, *_under(into, _below(units, but=[*units, into]))]
    return reorganise(moves, kind=Kind.MERGE, decision=decision, on=on, by=by, at=at)


@transaction.atomic
def split(
    unit: Unit,
    *,
    into: Sequence[Unit],
    heir: Unit | None = None,
    children: Mapping[Unit, Unit],
    members: Mapping[int, Unit],
    ends: bool,
    on: date,
    decision: str,
    by: Account | System,
    at: datetime,
) -> Outcome:
    """Parts of a unit go to the units `into`: each of its `children`, and the members named by their key.

    If the unit `ends`, its other members go to the `heir`, who takes over its history; else they stay.
    """
    moves: list[Move] = [Pass(code=unit.code, to=tuple(successor.code for successor in into))]
    moves += [Place(code=child.code, parent=successor.code) for child, successor in children.items()]
    people: dict[str, list[int]] = defaultdict(list)
    for person_id, successor in members.items():
        people[successor.code].append(person_id)
    moves += [Send(code=unit.code, people=tuple(ids), to=code) for code, ids in people.items()]
    if ends:
        moves.append(End(code=unit.code, heir=_given(heir, unit).code, members=Members.TRANSFER))
    return reorganise(moves, kind=Kind.SPLIT, decision=decision, on=on, by=by, at=at)


@transaction.atomic
def dissolve(
    unit: Unit,
    *,
    heir: Unit | None = None,
    successors: Sequence[Unit] = (),
    members: Members,
    children: Mapping[Unit, Unit] | None = None,
    on: date,
    decision: str,
    by: Account | System,
    at: datetime,
) -> Outcome:
    """A unit ends. Its history stands with the `heir` (its last parent, unless another is given).

    Its members' membership ends with it, or goes on in the heir. Units below it go where `children` says: refused
    while one of them is left.
    """
    heir = heir or _parent(unit)
    moves: list[Move] = [End(code=unit.code, heir=_given(heir, unit).code, members=members)]
    if successors:
        moves.append(Pass(code=unit.code, to=tuple(successor.code for successor in successors)))
    moves += [Place(code=child.code, parent=successor.code) for child, successor in (children or {}).items()]
    return reorganise(moves, kind=Kind.DISSOLVE, decision=decision, on=on, by=by, at=at)


def _given(heir: Unit | None, unit: Unit) -> Unit:
    if heir is None:
        raise Refused(_("Please name the unit that takes over the history of %(unit)s.") % {"unit": unit.code})
    return heir


def _parent(unit: Unit) -> Unit | None:
    version = UnitVersion.objects.filter(unit=unit, valid_to=FOREVER).select_related("parent").first()
    return version.parent if version else None


def _below(units: Collection[Unit], *, but: Collection[Unit]) -> list[Unit]:
    """The units directly below these, in the order of their keys."""
    below = UnitVersion.objects.filter(parent__in=units, valid_to=FOREVER).exclude(unit__in=but)
    return [version.unit for version in below.select_related("unit").order_by("unit_id")]


def _under(parent: Unit, units: Iterable[Unit]) -> list[Move]:
    return [Place(code=unit.code, parent=parent.code) for unit in units]
