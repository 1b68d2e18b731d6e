"""Preparing a decision: its head, its steps one by one, and the moment when it is carried out."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from loa.base import text
from loa.base.errors import Refused

from .. import steps as said
from ..models import Account, DraftDecision, Unit, UnitEvent
from ..steps import Step
from .reorganising import Outcome
from .units import decide

State = DraftDecision.State


def start(*, unit: Unit | None, by: Account, at: datetime, corrects: UnitEvent | None = None) -> DraftDecision:
    """A decision with nothing in it; one that `corrects` another begins with all that the other says."""
    draft = DraftDecision(unit=unit, started_by=by, changed_at=at, corrects=corrects)
    if corrects is not None:
        if corrects.undone_at is not None:
            raise Refused(_("This decision was taken back or put right already."))
        if not corrects.steps:
            raise Refused(_("This decision was not prepared in Loa and cannot be put right. Please decide anew."))
        draft.number, _comma, draft.issuer = corrects.decision.partition(", ")
        draft.decided_on, draft.effective_on = corrects.decided_on, corrects.effective_on
        draft.note, draft.steps = corrects.note, corrects.steps
    draft.save()
    return draft


def sign(
    draft: DraftDecision,
    *,
    number: str,
    issuer: str,
    decided_on: date | None,
    effective_on: date,
    note: str,
    at: datetime,
) -> None:
    """Number, issuer and days of the decision."""
    draft = _open(draft)
    draft.number, draft.issuer, draft.note = text.clean(number), text.clean(issuer), note
    draft.decided_on, draft.effective_on, draft.changed_at = decided_on, effective_on, at
    draft.save(update_fields=["number", "issuer", "decided_on", "effective_on", "note", "changed_at"])


def add(draft: DraftDecision, step: Step, *, at: datetime) -> None:
    draft = _open(draft)
    draft.steps = [*draft.steps, step.stored()]
    draft.changed_at = at
    draft.save(update_fields=["steps", "changed_at"])


def drop(draft: DraftDecision, position: int, *, at: datetime) -> None:
    """Take the step at `position`, from 0, out again."""
    draft = _open(draft)
    draft.steps = [step for number, step in enumerate(draft.steps) if number != position]
    draft.changed_at = at
    draft.save(update_fields=["steps", "changed_at"])


def set_aside(draft: DraftDecision, *, at: datetime) -> None:
    draft = _open(draft)
    draft.state, draft.changed_at = State.DROPPED, at
    draft.save(update_fields=["state", "changed_at"])


@transaction.atomic
def carry_out(draft: DraftDecision, *, by: Account, at: datetime) -> Outcome:
    """Everything the draft says becomes true from its day on, in one event; asked twice, it is refused."""
    draft = _open(DraftDecision.objects.select_for_update().get(pk=draft.pk))
    steps: Sequence[Step] = said.read(draft.steps)
    if draft.effective_on is None:
        raise Refused(_("Please give the number of the decision, who issued it, and its day."))
    outcome = decide(
        steps,
        decision=draft.decision,
        decided_on=draft.decided_on,
        note=draft.note,
        on=draft.effective_on,
        corrects=draft.corrects,
        by=by,
        at=at,
    )
    draft.state, draft.event, draft.changed_at = State.DONE, outcome.event, at
    draft.save(update_fields=["state", "event", "changed_at"])
    return outcome


def _open(draft: DraftDecision) -> DraftDecision:
    if draft.state != State.OPEN:
        raise Refused(_("This decision was carried out or set aside already."))
    return draft
