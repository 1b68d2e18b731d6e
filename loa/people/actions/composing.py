"""From the steps of a decision to its moves, in the tree as it stands."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from loa.base.errors import Refused
from loa.base.periods import FOREVER

from ..models import UnitEvent, UnitVersion
from ..moves import Change, Cover, End, Found, Members, Move, Pass, Place
from ..steps import Dissolve, Establish, Merge, Reclassify, Rename, Split, Step, TakeArea, Transfer


def kind_of(steps: Sequence[Step]) -> UnitEvent.Kind:
    """A decision with steps of one kind is called by it; else it reorganises."""
    verbs = {step.verb for step in steps}
    return UnitEvent.Kind(verbs.pop()) if len(verbs) == 1 else UnitEvent.Kind.REORGANISE


def moves_of(steps: Sequence[Step]) -> list[Move]:
    """Units below those that end follow their step, unless another step of the decision says where they go."""
    ending = {code for step in steps for code in _ends(step)}
    settled = ending | {code for step in steps for code in _places(step)}
    parents, below = _around(ending | {step.unit for step in steps if isinstance(step, Split)})
    moves: list[Move] = []
    for step in steps:
        moves += _moves(step, parents=parents, below=below, settled=settled)
    return moves


def _ends(step: Step) -> set[str]:
    match step:
        case Merge():
            return set(step.units) - {step.into}
        case Dissolve():
            return set(step.units)
        case Split() if step.ends:
            return {step.unit}
    return set()


def _places(step: Step) -> set[str]:
    match step:
        case Transfer():
            return set(step.units)
        case Split() | Dissolve():
            return {child for child, _parent in step.children}
        case Merge():
            return {step.into}
    return set()


Below = dict[str, list[str]]


def _around(codes: Collection[str]) -> tuple[dict[str, str], Below]:
    """Of each of these units: the code of its parent, and those of the units directly below it: two queries."""
    if not codes:
        return {}, {}
    present = UnitVersion.objects.filter(valid_to=FOREVER).order_by("unit_id")
    own = present.filter(unit__code__in=codes, parent__isnull=False).values_list("unit__code", "parent__code")
    below: Below = {}
    for parent, child in present.filter(parent__code__in=codes).values_list("parent__code", "unit__code"):
        below.setdefault(parent or "", []).append(child)
    return {code: parent or "" for code, parent in own}, below


def _moves(step: Step, *, parents: dict[str, str], below: Below, settled: Collection[str]) -> Iterator[Move]:
    def rest(codes: Iterable[str], to: str) -> Iterator[Move]:
        free = (child for code in codes for child in below.get(code, []) if child not in settled)
        return (Place(code=child, parent=to) for child in free if to)

    match step:
        case Establish():
            yield Found(
                code=step.code,
                name=step.name,
                kind=step.kind,
                parent=step.parent or None,
                short_name=step.short_name,
                flags=step.flags,
                synthetic=step.synthetic,
            )
            yield from (Pass(code=code, to=(step.code,)) for code in step.predecessors)
        case Rename():
            yield Change(code=step.unit, name=step.name, short_name=step.short_name)
        case Reclassify():
            yield from (Change(code=code, kind=step.kind, flags=step.flags) for code in step.units)
        case Transfer():
            yield from (Place(code=code, parent=step.to or None) for code in step.units)
        case Merge():
            units = [code for code in step.units if code != step.into]
            yield from (End(code=code, heir=step.into, members=Members.TRANSFER) for code in units)
            yield from rest(units, step.into)
        case Split():
            shares = tuple((code, Decimal(share)) for code, share in step.shares)
            yield Pass(code=step.unit, to=step.into, shares=shares)
            yield from (Place(code=child, parent=parent) for child, parent in step.children)
            yield from rest([step.unit], step.rest)
            if step.ends:
                yield End(code=step.unit, heir=_given(step.heir, step.unit), members=Members.TRANSFER)
        case Dissolve():
            for code in step.units:
                heir = _given(step.heir or parents.get(code, ""), code)
                yield End(code=code, heir=heir, members=Members(step.members))
                if step.successors:
                    yield Pass(code=code, to=step.successors)
            yield from (Place(code=child, parent=parent) for child, parent in step.children)
            yield from rest(step.units, step.rest)
        case TakeArea():
            yield Cover(code=step.unit, areas=step.areas)


def _given(heir: str, unit: str) -> str:
    if not heir:
        raise Refused(_("Please name the unit that takes over the history of %(unit)s.") % {"unit": unit})
    return heir
