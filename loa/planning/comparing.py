"""Two plans side by side: what measures the same, where figures differ, what is new, what is dropped."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from .models import Plan, Target, TargetValue

Owed = Mapping[tuple[str, int], Decimal]
"""By the name of a level and the year: what is owed."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What one level owes in one year; None where a plan sets no figure."""

    level: str
    year: int
    one: Decimal | None
    other: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One measure in both plans."""

    one: Target
    other: Target
    differences: tuple[Difference, ...]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    one: Plan
    other: Plan
    same: tuple[Pair, ...]
    dropped: tuple[Target, ...]
    """Only in the first."""
    new: tuple[Target, ...]
    """Only in the second."""


def compare(one: Plan, other: Plan) -> Comparison:
    """By what is measured, not by code or wording; four queries. Figures are those in force now."""
    first, second = _by_measure(one), _by_measure(other)
    owed = _owed([one, other])
    both = [key for key in first if key in second]
    return Comparison(
        one=one,
        other=other,
        same=tuple(_pair(first[key], second[key], owed) for key in both),
        dropped=tuple(target for key, target in first.items() if key not in second),
        new=tuple(target for key, target in second.items() if key not in first),
    )


def _by_measure(plan: Plan) -> dict[str, Target]:
    return {target.measure: target for target in plan.targets.order_by("position")}


def _owed(plans: Iterable[Plan]) -> dict[int, dict[tuple[str, int], Decimal]]:
    found: dict[int, dict[tuple[str, int], Decimal]] = defaultdict(dict)
    rows = TargetValue.objects.in_force().filter(target__plan__in=list(plans)).select_related("level")
    for row in rows.order_by("level__position", "year"):
        found[row.target_id][row.level.name, row.year] = row.value
    return found


def _pair(one: Target, other: Target, owed: Mapping[int, Owed]) -> Pair:
    before, after = owed.get(one.pk, {}), owed.get(other.pk, {})
    differences = [
        Difference(level=level, year=year, one=before.get((level, year)), other=after.get((level, year)))
        for level, year in dict.fromkeys([*before, *after])
        if before.get((level, year)) != after.get((level, year))
    ]
    return Pair(one=one, other=other, differences=tuple(differences))
