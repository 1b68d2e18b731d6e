"""What a unit owes by the plan above its own: the least that its own plan may ask for."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from loa.base.periods import year
from loa.people.queries import node

from . import queries
from .models import Plan
from .protocol import Ask
from .scorecard.column import Column

Floors = Mapping[tuple[str, int], Decimal]
"""By the key of a measure and the year."""


def floors(plan: Plan, unit_id: int, *, on: date) -> Floors:
    """What `plan` asks of this unit itself, year by year, as the plan stands on `on`."""
    unit = node(unit_id, on=on)
    levels = queries.levels_within(plan, unit.path, on=on)
    values = queries.values(plan, on=on)
    ask = Ask(path=unit.path, period=year(on.year), structure=on, as_of=on)
    found: dict[tuple[str, int], Decimal] = {}
    for target in queries.targets(plan):
        rows = values.get(target.pk, [])
        column = Column(ask=ask, levels=levels, target=target, values=rows)
        for number in {row.year for row in rows}:
            if goal := column.goal(unit.path, number):
                found[target.measure, number] = goal.value
    return found
