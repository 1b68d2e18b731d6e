"""The only writer of what happened, and what follows from it."""

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from .facts import Actor, Fact
from .models import Entry, Reaction

logger = logging.getLogger(__name__)

React = Callable[[Entry], None]
_functions: dict[str, React] = {}
_wiring: dict[str, list[str]] = defaultdict(list)
_wake: list[Callable[[int], None]] = []


def record(fact: Fact, *, by: Actor, at: datetime, evidence: Sequence[str] = ()) -> Entry:
    """Write down `fact`, in the caller's transaction, with the reactions it calls for.

    `evidence` holds references, web addresses or content hashes that prove it. Raises RuntimeError outside a
    transaction: a fact without its change, or a change without its fact, must be impossible.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{fact.kind} must be recorded in the transaction of its change")
    entry = Entry.objects.create(
        kind=fact.kind,
        subject=fact.subject,
        unit_id=fact.unit_id,
        actor=by.ref,
        data=fact.data(),
        evidence=list(evidence),
        at=at,
        recorded_at=timezone.now(),
    )
    names = _wiring[fact.kind]
    if names:
        Reaction.objects.bulk_create([Reaction(entry=entry, name=name) for name in names])
        transaction.on_commit(lambda: _wake_up(entry.pk))
    return entry


def react(fact: type[Fact], function: React) -> None:
    """Call `function(entry)` once after a `fact` was committed. Wired in loa/config/wiring.py and nowhere else.

    It runs in a worker, in a transaction of its own with the mark "done", so its changes happen exactly once.
    """
    name = f"{function.__module__}.{function.__qualname__}"
    _functions[name] = function
    if name not in _wiring[fact.kind]:
        _wiring[fact.kind].append(name)


def wake_with(enqueue: Callable[[int], None]) -> None:
    """Tell the ledger how to ask for a run of `settle` later (the task queue; wiring does this)."""
    _wake[:] = [enqueue]


def _wake_up(entry_id: int) -> None:
    for enqueue in _wake:
        try:
            enqueue(entry_id)
        except Exception:
            # The rows are safe and the sweep finds them; what the person asked for was done and must not fail now.
            logger.exception("could not queue the reactions of entry %s", entry_id)


def settle(entry_id: int, *, at: datetime) -> int:
    """Run what remains to be done for one fact; returns how many reactions were done now.

    Safe to call at any time and any number of times: each reaction is claimed under a lock and marked in the same
    transaction as its effects. One that fails stays open for the sweep and does not hold up the others.
    """
    done = 0
    open_ids = list(Reaction.objects.filter(entry_id=entry_id, done_at__isnull=True).values_list("pk", flat=True))
    for pk in sorted(open_ids):
        try:
            done += _settle_one(pk, at=at)
        except Exception:
            logger.exception("reaction %s failed; it will be tried again", pk)
            _count_attempt(pk)
    return done


@transaction.atomic
def _settle_one(pk: int, *, at: datetime) -> int:
    claimed = Reaction.objects.filter(pk=pk, done_at__isnull=True).update(done_at=at)
    if not claimed:
        return 0
    reaction = Reaction.objects.select_related("entry").get(pk=pk)
    function = _functions.get(reaction.name)
    if function is None:
        logger.warning("reaction %s is no longer wired; closing it", reaction.name)
        return 0
    function(reaction.entry)
    return 1


def _count_attempt(pk: int) -> None:
    reaction = Reaction.objects.get(pk=pk)
    reaction.attempts += 1
    reaction.save(update_fields=["attempts"])
