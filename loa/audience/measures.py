"""What is counted in reach (target T1)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db import connection
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from loa.base.periods import year
from loa.people.models import UnitPlace, UnitVersion
from loa.people.models.units import SEGMENT, beyond
from loa.planning.protocol import Ask, Figure, Page, Row
from loa.planning.scorecard.shield import alone_withheld

from .models import ReachCount
from .register import SMALLEST_GROUP, Group, joined

LONGEST = UnitPlace._meta.get_field("path").max_length or 0

COUNTED_ON = """
SELECT MAX(counted_on) FROM audience_reachcount WHERE year = %(year)s AND counted_on BETWEEN %(first)s AND %(as_of)s
"""

FIGURES = f"""
SELECT substr(place.path, 1, %(steps)s) AS child, SUM(count.confirmed), SUM(count.people), SUM(count.delivered)
FROM audience_reachcount count
JOIN people_unitplace place ON place.unit_id = count.unit_id
WHERE count.year = %(year)s AND count.counted_on = ({COUNTED_ON})
    AND place.valid_from <= %(structure)s AND place.valid_to > %(structure)s
    AND place.path >= %(path)s AND place.path < %(beyond)s
GROUP BY child
"""  # noqa: S608 - only our own text is put together; values are parameters


class ConfirmedReach:
    """Distinct people who confirmed at least one policy or law topic of the year, of all people in the registers.

    Source: plan clause T1 (II.2). Counted from the counters of the last count on or before the as-of date; the
    denominator is the registry of that same day. Delivered reach stands beside it, estimated reach too; the three
    grades are never added.
    """

    key = "audience.confirmed_reach"
    version = 1
    name = gettext_lazy("People reached, by their own word")
    definition = gettext_lazy(
        "Members and workers who said that they read at least one policy or law topic of the year, "
        "out of everyone in the registers on the day of the count. Each person counts once."
    )
    counts_people = True

    def figures(self, ask: Ask) -> list[Figure] | None:
        with connection.cursor() as cursor:
            cursor.execute(FIGURES, self._parameters(ask) | {"steps": self._steps(ask)})
            rows = cursor.fetchall()
        if not rows:
            return None
        if ask.every:  # thousands of rows, whose notes nobody reads
            return [Figure(path=child, numerator=int(n), denominator=int(people)) for child, n, people, _sent in rows]
        beside = _("reached by a message that arrived")
        return [
            Figure(
                path=child,
                numerator=int(confirmed),
                denominator=int(people),
                notes=((beside, int(delivered)),),
            )
            for child, confirmed, people, delivered in rows
        ]

    def evidence(self, ask: Ask, *, after: str = "", limit: int = 50) -> Page:
        """The units behind the figure; units too small to be shown are joined in one row, so that the rows add up."""
        shown, rest = joined(self._groups(ask), unnamed=ask.unnamed)
        shown = sorted((group for group in shown if group.reached), key=lambda group: -group.unit_ids[0])
        page = [group for group in shown if not after or group.unit_ids[0] < int(after)][: limit + 1]
        more = len(page) > limit
        page = page[:limit]
        names = _names([group.unit_ids[0] for group in page], on=ask.structure)
        rows = [self._row(group, names, counts=group.reached) for group in page]
        if rest is not None and rest.reached and not more and rest.showable:
            rows.append(self._joined_row(rest, counts=rest.reached))
        return Page(rows=rows, after=str(page[-1].unit_ids[0]) if more else "")

    def gap(self, ask: Ask, *, after: str = "", limit: int = 50) -> Page:
        """Units with the most people not reached yet, never the people."""
        shown, _rest = joined(self._groups(ask), unnamed=ask.unnamed)
        missing = sorted(
            ((group.people - group.reached, group) for group in shown if group.people > group.reached),
            key=lambda pair: (-pair[0], pair[1].unit_ids),
        )
        start = int(after or 0)
        page = missing[start : start + limit]
        names = _names([group.unit_ids[0] for _count, group in page], on=ask.structure)
        return Page(
            rows=[replace(self._row(group, names, counts=count), adds=count) for count, group in page],
            after=str(start + limit) if len(missing) > start + limit else "",
        )

    def _steps(self, ask: Ask) -> int:
        """How much of a place's path names whom its count falls to."""
        return LONGEST if ask.every else len(ask.path) + SEGMENT

    def _parameters(self, ask: Ask) -> dict[str, int | str | date]:
        return {
            "year": ask.counted.last.year,
            "first": ask.period.first,
            "as_of": ask.counted.last,
            "structure": ask.structure,
            "path": ask.path,
            "beyond": beyond(ask.path),
        }

    def counted_on(self, ask: Ask) -> date | None:
        """The day of the last count on or before the as-of date; None before any count."""
        counts = ReachCount.objects.filter(year=ask.counted.last.year, counted_on__gte=ask.period.first)
        last: date | None = counts.filter(counted_on__lte=ask.counted.last).aggregate(last=Max("counted_on"))["last"]
        return last

    def _groups(self, ask: Ask) -> list[Group]:
        """The counters of every unit in the subtree: two small numbers for each."""
        if (day := self.counted_on(ask)) is None:
            return []
        counts = ReachCount.objects.filter(
            counted_on=day,
            year=ask.counted.last.year,
            unit__places__path__gte=ask.path,
            unit__places__path__lt=beyond(ask.path),
            unit__places__valid_from__lte=ask.structure,
            unit__places__valid_to__gt=ask.structure,
        )
        return [
            Group(unit_ids=(unit_id,), reached=confirmed, people=people)
            for unit_id, confirmed, people in counts.values_list("unit_id", "confirmed", "people")
        ]

    def _row(self, group: Group, names: dict[int, str], *, counts: int) -> Row:
        unit_id = group.unit_ids[0]
        return Row(
            ref=f"people.unit:{unit_id}",
            label=names.get(unit_id, ""),
            url=reverse("audience:unit", args=[unit_id]),
            counts=counts,
            cells=(_("%(reached)s of %(people)s people") % {"reached": group.reached, "people": group.people},),
        )

    def _joined_row(self, group: Group, *, counts: int) -> Row:
        number = len(group.unit_ids)
        return Row(
            ref="people.units",
            label=ngettext(
                "%(number)s unit too small to be shown alone", "%(number)s units too small to be shown alone", number
            )
            % {"number": number},
            counts=counts,
            cells=(
                _("Groups of fewer than %(smallest)s people are joined, so that nobody can be picked out.")
                % {"smallest": SMALLEST_GROUP},
            ),
        )


def _names(unit_ids: Iterable[int], *, on: date) -> dict[int, str]:
    """What these units were called on a day, or last before it."""
    versions = UnitVersion.objects.filter(unit_id__in=list(unit_ids), valid_from__lte=on).order_by("valid_from")
    return {version.unit_id: version.name for version in versions}


def withheld_alone(unit_id: int, *, on: date) -> bool:
    """Whether what was counted in the unit itself is shown nowhere, as last counted on or before `on`."""
    asked = Ask(path="", period=year(on.year), structure=on, as_of=on)
    return alone_withheld(ConfirmedReach(), unit_id, asked)
