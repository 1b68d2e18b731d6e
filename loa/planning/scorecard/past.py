"""The history of a figure under whoever took over: each predecessor with its own figure on its last day."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, QuerySet

from loa.people.models import UnitPlace
from loa.people.queries import Node

from .card import Line, Scorecard, scorecard

PAGE = 20


@dataclass(frozen=True, kw_only=True)
class Predecessor:
    """A unit that had ended, and its own figure on `on`, its last day at the latest, by the structure of that day."""

    unit: Node
    on: date
    line: Line


def predecessors(card: Scorecard) -> int:
    """How many ended units' figures stand with the unit of this card."""
    return _ended(card).count()


def past(card: Scorecard, code: str, *, after: int = 0) -> tuple[list[Predecessor], int]:
    """A page of predecessors, the last ended first, with the offset of the next page (0: none)."""
    ended = list(_ended(card).order_by("-valid_from", "unit_id")[after : after + PAGE + 1])
    keys = [place.unit_id for place in ended[:PAGE]]
    lives = UnitPlace.objects.filter(unit_id__in=keys, living=True).values_list("unit_id")
    ends = dict(lives.annotate(end=Max("valid_to")))
    found = [_predecessor(card, code, pk, last=ends[pk] - timedelta(days=1)) for pk in keys]
    return found, after + PAGE if len(ended) > PAGE else 0


def _predecessor(card: Scorecard, code: str, unit_id: int, *, last: date) -> Predecessor:
    on = min(last, card.on)
    theirs = scorecard(unit_id, on=on, plan=card.plan, only=code)
    return Predecessor(unit=theirs.asked, on=on, line=theirs.lines[0])


def _ended(card: Scorecard) -> QuerySet[UnitPlace]:
    return UnitPlace.objects.on(card.structure).filter(path=card.unit.path, living=False)
