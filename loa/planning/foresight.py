"""What becomes of figures and of tasks when units change (people/consequences.py)."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy

from loa.people.consequences import Concern, Watch
from loa.people.models import Unit, UnitPlace
from loa.people.queries import nodes, unit_of

from . import queries
from .models import Task
from .scorecard import Line, scorecard

CARDS = 6
"""Units whose figures are compared, the plan's issuer first."""
TASKS = 300


def figures(concern: Concern) -> Mapping[str, str]:
    """Each target that is measured: of the whole plan, and of the living units that are concerned most closely.

    Figures about people only of the whole: between two structures the difference could be one small unit.
    """
    as_of = min(concern.on, concern.today)
    plan = queries.plan_on(as_of)
    if plan is None:
        return {}
    said: dict[str, str] = {}
    root = queries.root_unit(plan, on=concern.on)
    for unit_id in _cards(root, concern):
        try:
            card = scorecard(unit_id, on=as_of, structure=concern.on, plan=plan)
        except Unit.DoesNotExist:
            continue
        if card.asked.living:
            said |= {
                f"{line.target.code} · {card.unit.label}": _text(line)
                for line in card.measured
                if unit_id == root or line.measure is None or not line.measure.counts_people
            }
    return said


def _cards(root: int, concern: Concern) -> list[int]:
    """The root, then living units from the top level down."""
    places = UnitPlace.objects.on(concern.on).filter(unit_id__in=concern.units, living=True)
    by_depth = sorted(places.values_list("path", flat=True), key=lambda path: (len(path), path))
    return list(dict.fromkeys([root, *(unit_of(path) for path in by_depth)]))[:CARDS]


def _text(line: Line) -> str:
    reading = line.reading
    return f"{reading.value_text} ({reading.parts_text})" if reading.parts_text else reading.value_text


def tasks(concern: Concern) -> Mapping[str, str]:
    """Who answers for the tasks of the units concerned: after their end, whoever takes over."""
    waiting = Task.objects.to_do().filter(unit_id__in=concern.units).select_related("unit")
    found = list(waiting.order_by("due_on", "pk")[:TASKS])
    holders = _holders({task.unit_id for task in found}, concern)
    return {f"{task.title} · {task.unit.code} · {task.pk}": holders.get(task.unit_id, "") for task in found}


def _holders(units: Iterable[int], concern: Concern) -> dict[int, str]:
    places = UnitPlace.objects.on(concern.on).filter(unit_id__in=list(units))
    at = {unit_id: unit_of(path) for unit_id, path in places.values_list("unit_id", "path")}
    names = {node.unit_id: node.label for node in nodes(at.values(), on=concern.on)}
    return {unit_id: names.get(holder, "") for unit_id, holder in at.items()}


WATCHES = (
    Watch(
        key="figures",
        heading=gettext_lazy("Targets by the old and the new structure"),
        unchanged=gettext_lazy("Nothing is measured yet."),
        look=figures,
        gone=gettext_lazy("with the unit that takes over"),
        steady=True,
    ),
    Watch(
        key="tasks",
        heading=gettext_lazy("Tasks under way"),
        unchanged=gettext_lazy("No open task passes to another unit."),
        look=tasks,
    ),
)
