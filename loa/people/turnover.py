"""Who went where when units changed: people transferred and people whose membership ended are never one figure."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from loa.base.numbers import number
from loa.base.periods import Period

from .models import Membership
from .models.units import beyond
from .queries import placed

Ending = Membership.Ending
FEWEST = 5
"""No smaller group of people is ever shown (DESIGN.md, promise 8)."""


def few(people: int) -> str:
    """A number of people as screens may show it."""
    return _("fewer than five") if 0 < people < FEWEST else number(people)


@dataclass(frozen=True, kw_only=True)
class Turnover:
    """Memberships of a subtree that ended in a period because people or units moved, or because units ended."""

    stayed: int
    """Transferred from one unit of the subtree to another: they still belong to the whole."""
    transferred: int
    """Transferred to a unit outside the subtree: counted there from then on."""
    ended: int
    """Ended with their unit: counted nowhere any more."""

    def __bool__(self) -> bool:
        return bool(self.stayed or self.transferred or self.ended)

    @property
    def texts(self) -> dict[str, str]:
        return {"within": few(self.stayed), "away": few(self.transferred), "ended": few(self.ended)}


def turnover(path: str, *, structure: date, period: Period) -> Turnover:
    """Of the units at `path` and below, as they stand on `structure`: one query."""
    within = Q(place__path__gte=path, place__path__lt=beyond(path))
    here = placed(Membership.objects.all(), on=structure).filter(within)
    arrived = here.filter(person=OuterRef("person"), started_on=OuterRef("ended_on"))
    gone = here.filter(ended_on__range=(period.first, period.last)).annotate(stays=Exists(arrived))
    counts = gone.aggregate(
        stayed=Count("pk", filter=Q(ending=Ending.TRANSFERRED, stays=True)),
        transferred=Count("pk", filter=Q(ending=Ending.TRANSFERRED, stays=False)),
        ended=Count("pk", filter=Q(ending=Ending.UNIT_ENDED)),
    )
    return Turnover(**counts)
