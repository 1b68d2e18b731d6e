"""Two counts of the same thing, row by row: what stands in one and not in the other, and what the ledger says why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.ledger import queries as ledger
from loa.ledger.models import Entry

from .protocol import Row

GONE = ("-withdrawn", "-ended")
MENDED = ("-corrected",)
Clock = Literal["recorded_at", "at"]
"""When we learned of something, or when it was done; the same but for what was entered with a day of its own."""
Facts = Mapping[str, list[Entry]]
"""What was recorded of each thing, newest first."""


class Why(StrEnum):
    AFTER = "after"
    LATE = "late"
    WITHDRAWN = "withdrawn"
    CORRECTED = "corrected"
    MOVED_IN = "moved-in"
    MOVED_OUT = "moved-out"
    UNEXPLAINED = "unexplained"


WHY_TEXTS = {
    Why.AFTER: lambda: _("happened afterwards"),
    Why.LATE: lambda: _("recorded afterwards"),
    Why.WITHDRAWN: lambda: _("taken back afterwards"),
    Why.CORRECTED: lambda: _("put right afterwards"),
    Why.MOVED_IN: lambda: _("came with a reorganisation"),
    Why.MOVED_OUT: lambda: _("left with a reorganisation"),
    Why.UNEXPLAINED: lambda: _("nothing recorded explains this difference"),
}


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One row that stands in one count and not in the other, or counts differently; `then` and `now` are its counts."""

    row: Row
    then: int
    now: int
    why: Why
    recorded_on: date | None = None

    @property
    def why_text(self) -> str:
        return WHY_TEXTS[self.why]()


def since(at: datetime, refs: Iterable[str], *, clock: Clock = "recorded_at") -> Facts:
    """What was recorded about these things after `at`; by the clock "at", what happened to them after it."""
    found: dict[str, list[Entry]] = {}
    for entry in ledger.history(*refs).filter(**{f"{clock}__gte": at}):
        found.setdefault(entry.subject, []).append(entry)
    return found


def between(
    then: Mapping[str, Row], now: Mapping[str, Row], facts: Facts, *, clock: Clock = "recorded_at"
) -> list[Difference]:
    """Rows by their ref, in the earlier and in the later count."""
    found = []
    for ref in {*then, *now}:
        before, after = then.get(ref), now.get(ref)
        mended = any(entry.kind.endswith(MENDED) for entry in facts.get(ref, []))
        if before and after and (before.counts, before.label) == (after.counts, after.label) and not mended:
            continue
        why, entry = _reason(before, after, facts.get(ref, []))
        row = after or before
        assert row is not None
        found.append(
            Difference(
                row=row,
                then=before.counts if before else 0,
                now=after.counts if after else 0,
                why=why,
                recorded_on=today(getattr(entry, clock)) if entry else None,
            )
        )
    return found


def ordered(found: Iterable[Difference]) -> tuple[Difference, ...]:
    return tuple(sorted(found, key=lambda one: (one.why.value, one.row.ref)))


def _reason(before: Row | None, after: Row | None, since: list[Entry]) -> tuple[Why, Entry | None]:
    gone = next((entry for entry in since if entry.kind.endswith(GONE)), None)
    mended = next((entry for entry in since if entry.kind.endswith(MENDED)), None)
    if before and not after and gone:
        return Why.WITHDRAWN, gone
    if before and after and mended:
        return Why.CORRECTED, mended
    if after and not before and since:
        return Why.LATE, since[-1]
    return (Why.CORRECTED, since[0]) if since else (Why.UNEXPLAINED, None)
