"""A decision carried out, looked at and taken back, so that its consequences are known before it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from ..consequences import Concern, Consequence, compared, watches
from ..models import UnitVersion
from .reorganising import Outcome


@dataclass(frozen=True, kw_only=True)
class Foresight:
    outcome: Outcome
    consequences: list[Consequence]


def consequences(change: Callable[[], Outcome], codes: frozenset[str], *, on: date, today: date) -> Foresight:
    """What `change`, a decision that names the units with these codes, would do. Raises Refused as itself would."""
    concern = Concern(on=on, today=today, units=_units(codes, on=on))
    with transaction.atomic():
        before = {watch.key: watch.look(concern) for watch in watches()}
        outcome = change()
        whole = replace(concern, units=concern.units | _units(codes, on=on))
        after: Mapping[str, Mapping[str, str]] = {watch.key: watch.look(whole) for watch in watches()}
        transaction.set_rollback(True)
    found = [compared(watch, before[watch.key], after[watch.key]) for watch in watches()]
    return Foresight(outcome=outcome, consequences=found)


def _units(codes: frozenset[str], *, on: date) -> frozenset[int]:
    """Those named, and the units directly above them on the day."""
    rows = UnitVersion.objects.filter(unit__code__in=codes, valid_from__lte=on).order_by("valid_from")
    last = dict(rows.values_list("unit_id", "parent_id"))
    return frozenset({*last, *(parent for parent in last.values() if parent)})
