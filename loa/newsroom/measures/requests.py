"""Requests for material, by the day on which they are due, for the unit that is asked (plan clause O2)."""

from typing import Any

from django.db.models import BooleanField, Case, Count, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.base.dates import HANOI, short_date
from loa.people.models import UnitVersion
from loa.people.queries import by_child
from loa.planning.protocol import Ask, Figure, Page, Row

from ..models import MaterialRequest
from .cursor import on_day, written

State = MaterialRequest.State


class RequestsOnTime:
    """Of what was due in the period, what the unit that was asked gave by that day.

    Whoever declines has not given anything: else declining everything would make a perfect figure. What the asker took
    back by the day was no longer owed; taken back later, it had been missed already. So nothing that happens after the
    day changes the figure, and it is the same as known then and as known now.
    """

    key = "newsroom.requests_on_time"
    version = 1
    name = gettext_lazy("Requests for material answered in time")
    definition = gettext_lazy(
        "Of the requests for material that were due in the period, those that the unit that was asked had answered by "
        "the end of that day. One that was declined counts as not answered; one that was taken back by then does not "
        "count."
    )
    counts_people = False
    adds_over_years = True
    knows_then = True

    def figures(self, ask: Ask) -> list[Figure]:
        rows = (
            by_child(self._due(ask), ask.path, on=ask.structure, every=ask.every)
            .order_by()
            .values("child")
            .annotate(among=Count("pk"), kept=Count("pk", filter=Q(in_time=True)))
        )
        return [Figure(path=row["child"], numerator=row["kept"], denominator=row["among"]) for row in rows]

    def evidence(self, ask: Ask, *, after: str = "", limit: int = 50) -> Page:
        return _rows(self._due(ask).filter(in_time=True), ask, after=after, limit=limit)

    def gap(self, ask: Ask, *, after: str = "", limit: int = 50) -> Page:
        """Those that were answered later, declined, or not answered at all."""
        return _rows(self._due(ask).filter(in_time=False), ask, after=after, limit=limit)

    def _due(self, ask: Ask) -> QuerySet[Any]:
        """Each with `ended_day`, and `in_time`: answered by the day on which it was due."""
        due = MaterialRequest.objects.filter(due_on__range=(ask.counted.first, ask.counted.last))
        dated = due.annotate(ended_day=TruncDate("ended_at", tzinfo=HANOI))
        by_then = Q(ended_day__lte=F("due_on"))
        answered = Case(When(by_then, state=State.ANSWERED, then=True), default=False, output_field=BooleanField())
        return dated.exclude(by_then, state=State.WITHDRAWN).annotate(in_time=answered)


def _rows(requests: QuerySet[Any], ask: Ask, *, after: str, limit: int) -> Page:
    """One row for each request of units in the subtree, the last day first, paged by day and key."""
    within = by_child(requests, ask.path, on=ask.structure)
    if seen := on_day(after):
        day, pk = seen
        within = within.filter(Q(due_on__lt=day) | Q(due_on=day, pk__lt=pk))
    named = within.annotate(unit_name=_name_of("unit"), asker_name=_name_of("asker"))
    found: list[Any] = list(named.order_by(F("due_on").desc(), F("pk").desc())[: limit + 1])
    more = written(found[limit - 1].due_on.toordinal(), found[limit - 1].pk) if len(found) > limit else ""
    return Page(rows=[_row(one, ask) for one in found[:limit]], after=more)


def _name_of(unit: str) -> Subquery:
    """What it was called on the day on which the request was due."""
    versions = UnitVersion.objects.filter(unit=OuterRef(unit), valid_from__lte=OuterRef("due_on"))
    return Subquery(versions.order_by("-valid_from").values("name")[:1])


def _row(one: Any, ask: Ask) -> Row:
    can_still = not one.ended and one.due_on >= ask.as_of
    return Row(
        ref=one.ref,
        label=one.title,
        url=reverse("newsroom:request", args=[one.pk]),
        on=one.due_on,
        unit=one.unit_name or "",
        cells=(_("asked by %(unit)s") % {"unit": one.asker_name or ""}, _ended(one, ask)),
        adds=None if one.in_time else int(can_still),
    )


def _ended(one: Any, ask: Ask) -> str:
    """What had become of it by the as-of day."""
    if one.ended_day is None or one.ended_day > ask.as_of:
        return _("not answered yet")
    words = {
        State.ANSWERED: _("answered on %(day)s"),
        State.DECLINED: _("declined on %(day)s"),
        State.WITHDRAWN: _("taken back on %(day)s, after its day"),
    }
    return words[one.state] % {"day": short_date(one.ended_day)}
