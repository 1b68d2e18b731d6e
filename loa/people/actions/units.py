"""What can be done with units. Each verb is a decision of one kind; `decide` carries out any of them together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from loa.ledger.facts import System

from ..models import Account, Unit, UnitEvent
from ..moves import Members, Move, Send
from ..steps import Dissolve, Establish, Merge, Rename, Split, Step, Transfer
from .composing import kind_of, moves_of
from .reorganising import Outcome, foresee, reorganise

__all__ = [
    "Outcome",
    "decide",
    "dissolve",
    "establish",
    "foresee",
    "merge",
    "rename",
    "reorganise",
    "split",
    "transfer",
]


@transaction.atomic
def decide(
    steps: Sequence[Step],
    *,
    decision: str,
    on: date,
    by: Account | System,
    at: datetime,
    decided_on: date | None = None,
    note: str = "",
    synthetic: bool = False,
    corrects: UnitEvent | None = None,
    also: Sequence[Move] = (),
) -> Outcome:
    """All that one decision says, in one event (see `reorganise`); `also` are moves that no step knows."""
    return reorganise(
        [*moves_of(steps), *also],
        kind=kind_of(steps),
        steps=[step.stored() for step in steps],
        decision=decision,
        decided_on=decided_on,
        note=note,
        on=on,
        synthetic=synthetic,
        corrects=corrects,
        by=by,
        at=at,
    )


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
    step = Establish(
        code=code,
        name=name,
        kind=kind,
        parent=parent.code if parent else "",
        short_name=short_name,
        flags=tuple(flags),
        predecessors=_codes(predecessors),
        synthetic=synthetic,
    )
    decide([step], decision=decision, decided_on=decided_on, on=on, synthetic=synthetic, by=by, at=at)
    return Unit.objects.get(code=code)


def rename(
    unit: Unit, *, name: str, short_name: str, on: date, decision: str, by: Account | System, at: datetime
) -> Outcome:
    step = Rename(unit=unit.code, name=name, short_name=short_name)
    return decide([step], decision=decision, on=on, by=by, at=at)


def transfer(
    units: Sequence[Unit], *, to: Unit | None, on: date, decision: str, by: Account | System, at: datetime
) -> Outcome:
    """Units go, each with all below it, under `to`; None makes them roots."""
    step = Transfer(units=_codes(units), to=to.code if to else "")
    return decide([step], decision=decision, on=on, by=by, at=at)


def merge(units: Sequence[Unit], *, into: Unit, on: date, decision: str, by: Account | System, at: datetime) -> Outcome:
    """Units end in `into` (an old unit or one established for this): their members and all below them go there."""
    step = Merge(units=_codes(units), into=into.code)
    return decide([step], decision=decision, on=on, by=by, at=at)


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
    step = Split(
        unit=unit.code,
        into=_codes(into),
        children=_pairs(children),
        ends=ends,
        heir=heir.code if heir and ends else "",
    )
    people: dict[str, list[int]] = defaultdict(list)
    for person_id, successor in members.items():
        people[successor.code].append(person_id)
    sent = [Send(code=unit.code, people=tuple(ids), to=code) for code, ids in people.items()]
    return decide([step], decision=decision, on=on, also=sent, by=by, at=at)


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
    step = Dissolve(
        units=(unit.code,),
        members=members.value,
        heir=heir.code if heir else "",
        successors=_codes(successors),
        children=_pairs(children or {}),
    )
    return decide([step], decision=decision, on=on, by=by, at=at)


def _codes(units: Iterable[Unit]) -> tuple[str, ...]:
    return tuple(unit.code for unit in units)


def _pairs(units: Mapping[Unit, Unit]) -> tuple[tuple[str, str], ...]:
    return tuple((child.code, parent.code) for child, parent in units.items())
