"""Taking a decision back: wholly before its day, or as far as another event puts it right after it.

Nothing is lost: the event stays with its trace, so that what was known then can be shown (`known_on`).
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loa.base.dates import short_date, today
from loa.base.errors import Refused
from loa.base.numbers import number
from loa.ledger.actions import record
from loa.ledger.facts import System

from .. import policies
from ..events import DecisionCorrected, DecisionUndone
from ..models import Account, Unit, UnitEvent, UnitPlace, UnitVersion
from ..roles import Ability
from . import tracing
from .locking import one_at_a_time
from .tracing import PEOPLE, STRUCTURE, Images, Row, Trace


class Fate(NamedTuple):
    """What becomes of the members of a unit that ends, and the unit they go to."""

    members: str
    heir_id: int


@dataclass
class TakenBack:
    """An event whose changes of the tree have just been taken back; those of people follow."""

    event: UnitEvent
    trace: Trace
    now: Images
    kept: Trace = field(default_factory=dict)

    @property
    def founded(self) -> list[int]:
        return list(self.event.trace.founded)

    def take_back_people(self, fates: Mapping[int, Fate], *, on: date) -> frozenset[int]:
        """Take back what happened to people, but where the same happens again; returns the units of the latter."""
        before = {int(unit_id): Fate(*fate) for unit_id, fate in self.event.trace.fates.items()}
        same = on == self.event.effective_on
        settled = frozenset(unit_id for unit_id, fate in fates.items() if same and before.get(unit_id) == fate)
        owners = _owners(self.trace)
        going: Trace = {}
        for name in PEOPLE:
            rows = self.trace[name]
            self.kept[name] = [pair for pair in rows if _owner(name, pair, owners) in settled]
            going[name] = [pair for pair in rows if _owner(name, pair, owners) not in settled]
        changed = sum(_now(self.now[name], pair) != pair[1] for name in PEOPLE for pair in going[name])
        if changed:
            raise Refused(
                ngettext(
                    "%(count)s entry of the register has changed since this decision; it would be lost. Please leave "
                    "the members of its units where the decision sent them.",
                    "%(count)s entries of the register have changed since this decision; they would be lost. Please "
                    "leave the members of its units where the decision sent them.",
                    changed,
                )
                % {"count": number(changed)}
            )
        tracing.put(going, 0, tables=tuple(PEOPLE))
        return settled

    def joined(self, trace: Trace) -> Trace:
        """The trace of the correcting event, with what it left as the corrected one had made it."""
        return trace | {name: [*self.kept.get(name, []), *trace[name]] for name in PEOPLE}

    def close(self, at: datetime, *, founded: Collection[int]) -> None:
        """The event no longer holds; units that only it had founded, and no other has `founded` now, are gone."""
        self.event.undone_at = at
        self.event.save(update_fields=["undone_at"])
        _forget(set(self.founded) - set(founded))


@transaction.atomic
def undo(event: UnitEvent, *, by: Account | System, at: datetime) -> None:
    """Take back a decision that does not hold yet, exactly; one that holds is put right by another (`corrects`)."""
    one_at_a_time()
    if event.effective_on <= today(at):
        raise Refused(
            _("This decision has been in force since %(day)s. Please correct it instead.")
            % {"day": short_date(event.effective_on)}
        )
    taken = take_back_structure(event, by=by, at=at)
    taken.take_back_people({}, on=event.effective_on)
    named = _named(event)
    taken.close(at, founded=())
    for unit_id in named:
        fact = DecisionUndone(
            subject=f"people.unit:{unit_id}",
            unit_id=unit_id,
            event=event.pk,
            decision=event.decision,
            effective_on=event.effective_on,
        )
        record(fact, by=by, at=at, evidence=[event.ref])


def take_back_structure(event: UnitEvent, *, by: Account | System, at: datetime) -> TakenBack:
    """The tree as if the event had never been; refused when something it changed has changed again since."""
    event = UnitEvent.objects.select_for_update(of=("self",)).get(pk=event.pk)
    if event.undone_at is not None:
        raise Refused(_("This decision was taken back or put right already."))
    if not hasattr(event, "trace"):
        raise Refused(_("This decision came with a list of units and cannot be taken back. Please decide anew."))
    _check_rights(event, by=by, on=today(at))
    trace: Trace = event.trace.rows
    now = tracing.present(trace)
    for name in STRUCTURE:
        for pair in trace[name]:
            if _now(now[name], pair) != pair[1]:
                raise _changed_since(pair)
    tracing.put(trace, 0, tables=tuple(STRUCTURE))
    return TakenBack(event=event, trace=trace, now=now)


def record_correction(event: UnitEvent, *, by: Account | System, at: datetime) -> None:
    """Each unit that the corrected event named has it in its history."""
    earlier = event.corrects
    assert earlier is not None
    for unit_id in _named(earlier):
        fact = DecisionCorrected(
            subject=f"people.unit:{unit_id}",
            unit_id=unit_id,
            event=earlier.pk,
            decision=earlier.decision,
            effective_on=earlier.effective_on,
            corrected_by=event.pk,
        )
        record(fact, by=by, at=at, evidence=[event.ref])


@contextmanager
def known_on(at: datetime) -> Iterator[None]:
    """Within, the tree is as it was known at that instant; afterwards it is as it is. Nothing can be changed within."""
    with transaction.atomic():
        later = Q(recorded_at__gt=at) | Q(undone_at__gt=at)
        events = UnitEvent.objects.filter(later, trace__isnull=False).select_related("trace")
        turns = [(event.recorded_at, 0, event) for event in events if event.recorded_at > at]
        turns += [(event.undone_at, 1, event) for event in events if event.undone_at and event.undone_at > at]
        for _when, side, event in sorted(turns, key=lambda turn: (turn[0], 1 - turn[1], turn[2].pk), reverse=True):
            tracing.put(event.trace.rows, side, tables=("places", "versions", "successions"))
        yield
        transaction.set_rollback(True)


def _check_rights(event: UnitEvent, *, by: Account | System, on: date) -> None:
    """Whoever takes a decision back manages every unit it named, where they stand today."""
    if isinstance(by, System):
        return
    scope = policies.scope(by, Ability.MANAGE_UNITS, on=on)
    if scope.everything:
        return
    known = UnitPlace.objects.filter(unit_id__in=_named(event)).order_by("valid_from")
    paths = dict(known.values_list("unit_id", "path"))
    if not all(scope.covers_path(path) for path in paths.values()):
        raise Refused(_("You do not manage all of the units that this decision concerns."))


def _named(event: UnitEvent) -> list[int]:
    return list(event.trace.units.order_by("pk").values_list("pk", flat=True))


def _now(present: Mapping[int, Row], pair: tuple[Row | None, Row | None]) -> Row | None:
    one = pair[1] or pair[0]
    assert one is not None
    return present.get(one["id"])


def _owners(trace: Trace) -> dict[int, int]:
    """Person → the unit that they left by the event."""
    return {before["person_id"]: before["unit_id"] for before, _after in trace["memberships"] if before}


def _owner(name: str, pair: tuple[Row | None, Row | None], owners: Mapping[int, int]) -> int | None:
    before, after = pair
    if before:
        return int(before["unit_id"])
    return owners.get(after["person_id"]) if after and name == "memberships" else None


def _changed_since(pair: tuple[Row | None, Row | None]) -> Refused:
    row = pair[1] or pair[0]
    assert row is not None
    unit_id = int(row.get("unit_id") or row["predecessor_id"])
    version = UnitVersion.objects.filter(unit_id=unit_id).order_by("-valid_from").first()
    return Refused(
        _("%(unit)s has changed again since this decision. Please take the later decision back first.")
        % {"unit": version.name if version else unit_id}
    )


def _forget(units: Collection[int]) -> None:
    """Units that never were: nothing may have been done with them."""
    try:
        Unit.objects.filter(pk__in=units).delete()
    except ProtectedError:
        codes = ", ".join(Unit.objects.filter(pk__in=units).order_by("code").values_list("code", flat=True)[:5])
        raise Refused(
            _("Something has been entered for a unit that this decision founded (%(codes)s); it cannot go any more.")
            % {"codes": codes}
        ) from None
