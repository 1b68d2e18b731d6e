"""One decision carried out: whatever units it founds, renames, moves and ends, in one event and one transaction.

See docs/decisions/0007-units-in-time.md. All other actions on units are moves handed to `reorganise`.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from loa.base import text
from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.periods import FOREVER
from loa.ledger.actions import record
from loa.ledger.facts import System

from .. import policies
from ..events import (
    UnitAreasTaken,
    UnitEnded,
    UnitEstablished,
    UnitFact,
    UnitReclassified,
    UnitRenamed,
    UnitSucceeded,
    UnitTransferred,
)
from ..models import Account, EventTrace, Succession, UnitEvent, UnitPlace, UnitVersion
from ..moves import Members, Move
from ..roles import Ability
from ..steps import Json
from . import inheriting, placing, revising, tracing
from .drafting import Draft, drafted
from .locking import one_at_a_time
from .revising import Fate
from .tracing import Reach

Kind = UnitEvent.Kind
Result = TypeVar("Result")


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a decision changed."""

    event: UnitEvent
    units: int
    """Units that have another place than before, those below the moved ones included; founded ones are not counted."""
    members_moved: int
    members_closed: int
    roles_ended: int
    """Posts and roles that ended with their unit."""


def foresee(change: Callable[[], Result]) -> Result:
    """What `change` would do: it is done, counted and taken back. Raises Refused as the change itself would."""
    with transaction.atomic():
        result = change()
        transaction.set_rollback(True)
    return result


@transaction.atomic
def reorganise(
    moves: Sequence[Move],
    *,
    decision: str,
    on: date,
    by: Account | System,
    at: datetime,
    kind: UnitEvent.Kind = Kind.REORGANISE,
    decided_on: date | None = None,
    note: str = "",
    synthetic: bool = False,
    steps: Sequence[Json] = (),
    corrects: UnitEvent | None = None,
) -> Outcome:
    """Carry out all `moves` with effect from `on`, the first day on which the new structure holds.

    `steps` is what was decided as officers typed it, kept with the event. `corrects` is an event that this one puts
    right: what it had changed is taken back first, and people whose unit meets the same fate are left as they are.

    A constant number of statements whatever the number of moves, save one fact in the ledger for each. Raises
    Refused, and changes nothing, when the moves do not fit together, when a unit they name has changed after `on`,
    or when `by` may not manage every unit concerned.
    """
    decision = text.clean(decision)
    if not decision:
        raise Refused(_("Please give the number of the decision and who issued it."))
    one_at_a_time()
    undone = revising.take_back_structure(corrects, by=by, at=at) if corrects else None
    draft = drafted(moves, on=on, known=undone.founded if undone else ())
    _check_rights(draft, by=by, on=today(at))
    fates = {unit_id: Fate(members, draft.tree.heir(unit_id)) for unit_id, members in draft.endings.items()}
    settled = undone.take_back_people(fates, on=on) if undone else frozenset()
    reach = _reach(draft)
    moving = tracing.below(reach)
    before = tracing.images(reach, moved=moving)
    event = UnitEvent.objects.create(
        kind=kind,
        decision=decision,
        decided_on=decided_on,
        effective_on=on,
        note=note,
        synthetic=synthetic,
        recorded_at=at,
        steps=list(steps),
        corrects=corrects,
    )
    units = _move_places(draft)
    _write_versions(draft, event=event, at=at)
    _write_successions(draft, event=event)
    moved, closed = _hand_over_members(draft, settled)
    ended = draft.heirs.keys() - settled
    roles = inheriting.end_posts_and_roles(ended, on=on) if ended else 0
    inheriting.take_areas(draft.covers, on=on)
    trace = tracing.compared(before, tracing.images(reach, moved=moving))
    kept = EventTrace.objects.create(
        event=event,
        rows=undone.joined(trace) if undone else trace,
        founded=draft.founded,
        fates={str(unit_id): list(fate) for unit_id, fate in fates.items()},
    )
    kept.units.set(draft.units.values())
    if undone:
        revising.record_correction(event, by=by, at=at)
        undone.close(at, founded=draft.founded)
    _record(draft, event=event, moved=moved, closed=closed, by=by, at=at)
    return Outcome(
        event=event, units=units, members_moved=moved.total(), members_closed=closed.total(), roles_ended=roles
    )


def _reach(draft: Draft) -> Reach:
    takers = {*map(draft.tree.heir, draft.heirs), *draft.covers}
    takers |= {unit_id for source, target, _people in draft.sent for unit_id in (source, target)}
    return Reach(
        on=draft.on,
        units=frozenset(unit.pk for unit in draft.units.values()),
        ends=frozenset(draft.heirs),
        takers=frozenset(takers),
        areas=frozenset(area for areas in draft.covers.values() for area in areas),
        paths=tuple(draft.moved_paths),
    )


def _check_rights(draft: Draft, *, by: Account | System, on: date) -> None:
    """Who decides must manage every unit the decision names; a root is for those who manage everything."""
    if isinstance(by, System):
        return
    scope = policies.scope(by, Ability.MANAGE_UNITS, on=on)
    if scope.everything:
        return
    uncovered = [unit_id for unit_id, path in draft.paths.items() if not scope.covers_path(path)]
    if uncovered or None in draft.parents.values():
        raise Refused(_("You do not manage all of the units that this decision concerns."))


def _move_places(draft: Draft) -> int:
    """From the day on every unit, what ended before included, stands where the decision puts it."""
    units = placing.rewrite(draft.moved_paths, on=draft.on) if draft.moved_paths else 0
    UnitPlace.objects.filter(unit_id__in=draft.heirs, valid_from=draft.on).update(living=False)
    UnitPlace.objects.bulk_create(
        UnitPlace(unit_id=unit_id, path=draft.tree.path(unit_id), valid_from=draft.on) for unit_id in draft.founded
    )
    return units


def _write_versions(draft: Draft, *, event: UnitEvent, at: datetime) -> None:
    """End the version of each changed unit on the day and begin the next; what began that very day gives way."""
    changed = UnitVersion.objects.filter(unit_id__in=[*draft.versions, *draft.heirs], valid_to=FOREVER)
    changed.filter(valid_from=draft.on).delete()
    changed.update(valid_to=draft.on)
    versions = list(draft.versions.values())
    for version in versions:
        version.event, version.recorded_at = event, at
    UnitVersion.objects.bulk_create(versions)
    flags = UnitVersion.flags.through
    flags.objects.bulk_create(
        flags(unitversion_id=version.pk, unitflag_id=flag_id)
        for version in versions
        for flag_id in draft.flags[version.unit_id]
    )


def _write_successions(draft: Draft, *, event: UnitEvent) -> None:
    Succession.objects.bulk_create(
        Succession(
            event=event,
            predecessor_id=before,
            successor_id=after,
            heir=draft.heirs.get(before) == after,
            share=draft.shares.get((before, after)),
        )
        for before, after in draft.successions
    )


def _hand_over_members(draft: Draft, settled: Collection[int]) -> tuple[Counter[int], Counter[int]]:
    """Members sent, members following to the heir, members closed; returns how many moved and closed, by unit.

    Those of `settled` units have gone there already.
    """
    moved: Counter[int] = Counter()
    for unit_id, target_id, people in draft.sent:
        gone = inheriting.send_members(people, unit_id=unit_id, target_id=target_id, on=draft.on)
        if gone < len(people):
            raise Refused(_("Some of these people are not members of the unit on that day."))
        moved[unit_id] += gone
    heirs = {unit_id: draft.tree.heir(unit_id) for unit_id in draft.ending(Members.TRANSFER)}
    closing = draft.ending(Members.CLOSE)
    if heirs or closing:
        inheriting.move_links({**heirs, **dict.fromkeys(closing)}, on=draft.on)
    follow = {unit_id: heir for unit_id, heir in heirs.items() if unit_id not in settled}
    close = [unit_id for unit_id in closing if unit_id not in settled]
    if follow:
        moved += inheriting.members_left(follow, on=draft.on)
        inheriting.move_members(follow, on=draft.on)
    closed = inheriting.members_left(close, on=draft.on) if close else Counter()
    if close:
        inheriting.close_members(close, on=draft.on)
    return moved, closed


def _record(
    draft: Draft, *, event: UnitEvent, moved: Counter[int], closed: Counter[int], by: Account | System, at: datetime
) -> None:
    """One fact for each thing that happened to a unit the decision names."""
    for fact in _facts(draft, event=event, moved=moved, closed=closed):
        record(fact, by=by, at=at, evidence=[event.ref])


def _facts(draft: Draft, *, event: UnitEvent, moved: Counter[int], closed: Counter[int]) -> Iterator[UnitFact]:
    refs = {unit.pk: unit.ref for unit in draft.units.values()}

    def about(unit_id: int) -> dict[str, Any]:
        return {
            "subject": refs[unit_id],
            "unit_id": unit_id,
            "event": event.pk,
            "decision": event.decision,
            "effective_on": event.effective_on,
        }

    for unit_id in draft.founded:
        yield UnitEstablished(**about(unit_id), parent_id=draft.parents[unit_id])
    for unit_id in draft.renamed:
        yield UnitRenamed(**about(unit_id))
    for unit_id in draft.reclassified:
        yield UnitReclassified(**about(unit_id))
    for unit_id, from_id in draft.left.items():
        yield UnitTransferred(**about(unit_id), from_id=from_id, to_id=draft.parents[unit_id])
    for unit_id, heir_id in draft.heirs.items():
        how, gone, ended = event.kind, moved[unit_id], closed[unit_id]
        yield UnitEnded(**about(unit_id), how=how, heir_id=heir_id, members_moved=gone, members_closed=ended)
    for unit_id, areas in draft.covers.items():
        yield UnitAreasTaken(**about(unit_id), area_ids=areas)
    predecessors: dict[int, list[int]] = defaultdict(list)
    for before, after in draft.successions:
        predecessors[after].append(before)
    for unit_id, ids in predecessors.items():
        inherited = tuple(before for before in ids if draft.heirs.get(before) == unit_id)
        yield UnitSucceeded(**about(unit_id), predecessor_ids=tuple(ids), inherited_ids=inherited)
