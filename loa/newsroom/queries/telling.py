"""What happened to things that are planned, in words for staff."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.ledger import queries as ledger
from loa.people.models import Account

from ..events import (
    CoverageAssigned,
    CoverageBegun,
    CoverageDropped,
    CoverageFulfilled,
    CoverageMoved,
    CoveragePlanned,
    CoverageReopened,
    EventCancelled,
    EventChanged,
    EventMoved,
    EventPlanned,
    MaterialAnswered,
    MaterialAsked,
    MaterialDeclined,
    MaterialTaken,
    MaterialWithdrawn,
    SharedFactChanged,
    SharedFactFoundWrong,
    SharedFactRecorded,
    SharedFactRetired,
)
from .staff import Happening

_WORDS_FOR: dict[str, Promise] = {
    MaterialAsked.kind: _("asked"),
    MaterialTaken.kind: _("taken"),
    MaterialAnswered.kind: pgettext_lazy("material request", "answered"),
    MaterialDeclined.kind: pgettext_lazy("material request", "declined"),
    MaterialWithdrawn.kind: pgettext_lazy("material request", "taken back"),
    EventPlanned.kind: pgettext_lazy("event", "planned"),
    EventChanged.kind: pgettext_lazy("event", "changed"),
    EventMoved.kind: pgettext_lazy("event", "moved to another day"),
    EventCancelled.kind: pgettext_lazy("event", "called off"),
    CoveragePlanned.kind: pgettext_lazy("coverage", "planned"),
    CoverageAssigned.kind: pgettext_lazy("coverage", "given to somebody"),
    CoverageMoved.kind: pgettext_lazy("coverage", "due at another time"),
    CoverageBegun.kind: pgettext_lazy("coverage", "a story was begun or linked"),
    CoverageFulfilled.kind: pgettext_lazy("coverage", "fulfilled: its story is out"),
    CoverageReopened.kind: pgettext_lazy("coverage", "open again: its story was withdrawn"),
    CoverageDropped.kind: pgettext_lazy("coverage", "dropped"),
    SharedFactRecorded.kind: pgettext_lazy("shared fact", "written down"),
    SharedFactChanged.kind: pgettext_lazy("shared fact", "changed from a day on"),
    SharedFactFoundWrong.kind: pgettext_lazy("shared fact", "set right: a value was wrong"),
    SharedFactRetired.kind: pgettext_lazy("shared fact", "no longer in use"),
}


def told(ref: str, *, limit: int = 30) -> list[Happening]:
    """What happened to the thing, newest first, with the names of today's accounts: two queries."""
    entries = list(ledger.history(ref)[:limit])
    keys = {entry.actor.rpartition(":")[2] for entry in entries if entry.actor.startswith("people.account:")}
    names = {account.ref: str(account) for account in Account.objects.filter(pk__in=keys)}
    return [
        Happening(words=str(_WORDS_FOR.get(entry.kind, entry.kind)), at=entry.at, who=names.get(entry.actor, ""))
        for entry in entries
    ]
