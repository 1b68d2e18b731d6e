"""Asking for more time, and what the level above says."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.text import clean_lines
from loa.ledger.actions import record

from .. import policies, queries
from ..events import ExtensionAsked, ExtensionDecided
from ..models import Extension
from ..terms import Term
from .checks import check_writer

if TYPE_CHECKING:
    from loa.people.models import Account

LONGEST = 2000


@transaction.atomic
def ask_for_time(unit_id: int, *, term: Term, until: date, reason: str, by: "Account", at: datetime) -> Extension:
    """Ask the level above to take the report until a later day."""
    check_writer(by, unit_id, on=today(at))
    if not queries.owes(unit_id, term):
        raise Refused(_("This unit does not owe this report."))
    if until <= max(term.due_on, today(at)):
        raise Refused(_("Please name a day after the due day, and after today."))
    reason = clean_lines(reason)[:LONGEST]
    if not reason:
        raise Refused(_("Please say why the report will be late."))
    known = queries.extension_of(unit_id, kind=term.kind.code, first=term.period.first)
    if known is not None and known.state != Extension.State.REFUSED:
        raise Refused(_("An extension was already asked for; it is: %(state)s.") % {"state": known.get_state_display()})
    extension = Extension.objects.create(
        unit_id=unit_id,
        kind=term.kind.code,
        first=term.period.first,
        due_on=term.due_on,
        until=until,
        reason=reason,
        asked_at=at,
    )
    fact = ExtensionAsked(
        subject=extension.ref, unit_id=unit_id, report_kind=term.kind.code, first=term.period.first, until=until
    )
    record(fact, by=by, at=at)
    return extension


@transaction.atomic
def decide_extension(extension: Extension, *, granted: bool, decision: str, by: "Account", at: datetime) -> Extension:
    """Grant it, or refuse it with a reason; the level above decides, and never who asked."""
    extension = Extension.objects.select_for_update().get(pk=extension.pk)
    parent_id = queries.heading(extension.unit_id, on=today(at)).parent_id
    if not policies.can_decide_extension(by, extension, parent_id, on=today(at)):
        raise Refused(_("The level above decides on an extension, and never who asked for it."))
    if extension.state != Extension.State.ASKED:
        raise Refused(_("This extension was decided already."))
    decision = clean_lines(decision)[:LONGEST]
    if not granted and not decision:
        raise Refused(_("Please say why the extension is refused."))
    extension.state = Extension.State.GRANTED if granted else Extension.State.REFUSED
    extension.decision, extension.decided_at = decision, at
    extension.save(update_fields=["state", "decision", "decided_at"])
    fact = ExtensionDecided(
        subject=extension.ref,
        unit_id=extension.unit_id,
        report_kind=extension.kind,
        first=extension.first,
        granted=granted,
    )
    record(fact, by=by, at=at)
    return extension
