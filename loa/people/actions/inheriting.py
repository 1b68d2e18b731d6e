"""What passes on when a unit ends: its members, its links with enterprises and areas, its posts and its roles."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import F, Model, QuerySet

from loa.base.periods import FOREVER

from ..models import AreaCoverage, Duty, EnterpriseUnit, Grant, Membership
from .mapping import run

DAY = timedelta(days=1)

# Nobody may have two open memberships, and the new one must know how the old one was to end: so it is born closed,
# under a mark of its own, and opened once the old one has ended.
_GOING = """
    WITH going(id, target_id) AS MATERIALIZED (
        SELECT CAST(key AS bigint), CAST(value AS bigint) FROM ({targets}) AS targets)
"""
_POINT = """
    UPDATE people_membership SET unit_id = going.target_id FROM going
    WHERE people_membership.{key} = going.id AND started_on >= %(on)s
"""
_BEGIN = """
    INSERT INTO people_membership (person_id, unit_id, standing, started_on, ended_on, ending)
    SELECT m.person_id, going.target_id, m.standing, %(on)s,
           CASE WHEN m.ended_on = %(forever)s THEN %(next)s ELSE m.ended_on END,
           CASE WHEN m.ended_on = %(forever)s THEN 'moving' ELSE m.ending END
    FROM going JOIN people_membership m ON m.{key} = going.id
    WHERE m.started_on < %(on)s AND m.ended_on > %(on)s
"""


def members_left(unit_ids: Collection[int], *, on: date) -> Counter[int]:
    """How many memberships of each unit hold on `on` or begin later: those an ending touches."""
    there = Membership.objects.filter(unit_id__in=list(unit_ids), ended_on__gt=on)
    return Counter(there.values_list("unit_id", flat=True).iterator())


def move_members(targets: Mapping[int, int], *, on: date) -> None:
    """All members of each unit go to the unit's target on `on`."""
    _move("unit_id", targets, on=on)


def send_members(people: Sequence[int], *, unit_id: int, target_id: int, on: date) -> int:
    """These members of one unit go to another; returns how many of them belonged to it on `on`."""
    theirs = Membership.objects.on(on).filter(unit_id=unit_id, person_id__in=people)
    targets = dict.fromkeys(theirs.values_list("pk", flat=True), target_id)
    _move("id", targets, on=on)
    return len(targets)


def _move(key: str, targets: Mapping[int, int], *, on: date) -> None:
    tables = {"targets": targets}
    with connection.cursor() as cursor:
        # Who is known to have come on that day or later came, in truth, to the target.
        run(cursor, (_GOING + _POINT).replace("{key}", key), tables=tables, on=on)
        run(cursor, (_GOING + _BEGIN).replace("{key}", key), tables=tables, on=on, forever=FOREVER, next=on + DAY)
    left = Membership.objects.filter(**{f"{key}__in": list(targets)}, started_on__lt=on, ended_on__gt=on)
    left.update(ended_on=on, ending=Membership.Ending.TRANSFERRED)
    Membership.objects.filter(started_on=on, ending="moving").update(ended_on=FOREVER, ending="")


def close_members(unit_ids: Collection[int], *, on: date) -> None:
    """Their membership ends with the unit; those who came on `on` or later must have been refused before."""
    there = Membership.objects.filter(unit_id__in=list(unit_ids), ended_on__gt=on)
    there.update(ended_on=on, ending=Membership.Ending.UNIT_ENDED)


def move_links(heirs: Mapping[int, int | None], *, on: date) -> None:
    """Enterprises and areas of ended units are their heirs' from `on`; None: nobody's."""
    _move_links(EnterpriseUnit.objects.all(), "enterprise_id", heirs, on=on)
    _move_links(AreaCoverage.objects.all(), "area_id", heirs, on=on)


def _move_links(links: QuerySet[Any], thing: str, heirs: Mapping[int, int | None], *, on: date) -> None:
    leaving = links.filter(unit_id__in=list(heirs), valid_to__gt=on)
    theirs = set(links.filter(unit_id__in=heirs.values(), valid_to=FOREVER).values_list(thing, "unit_id"))
    fresh: list[Model] = []
    for link in leaving:
        heir = heirs[link.unit_id]
        key = (getattr(link, thing), heir)
        if heir is not None and key not in theirs:
            theirs.add(key)
            days = {"valid_from": max(link.valid_from, on), "valid_to": link.valid_to}
            fresh.append(links.model(**{thing: key[0]}, unit_id=heir, **days))
    leaving.filter(valid_from__gte=on).delete()
    leaving.update(valid_to=on)
    links.bulk_create(fresh)


def take_areas(covers: Mapping[int, Sequence[int]], *, on: date) -> None:
    """Each unit looks after these areas from `on`; whoever did so no longer does."""
    taken = {area: unit_id for unit_id, areas in covers.items() for area in areas}
    if not taken:
        return
    there = AreaCoverage.objects.filter(area_id__in=taken, valid_to__gt=on)
    there.filter(valid_from__gte=on).delete()
    there.update(valid_to=on)
    AreaCoverage.objects.bulk_create(
        AreaCoverage(unit_id=unit_id, area_id=area, valid_from=on) for area, unit_id in taken.items()
    )


def end_posts_and_roles(unit_ids: Collection[int], *, on: date) -> int:
    """Posts held in ended units, and roles given on them, end with the unit: nobody inherits a right.

    Left open they would reach the heir's whole subtree. What began later than `on` ends after its first day, so that
    the row stays. Returns how many ended.
    """
    ended = 0
    for held in (
        Duty.objects.filter(unit_id__in=list(unit_ids), ended_on__gt=on),
        Grant.objects.filter(unit_id__in=list(unit_ids), ended_on__gt=on),
    ):
        ended += held.filter(started_on__gte=on).update(ended_on=F("started_on") + DAY)
        ended += held.filter(started_on__lt=on).update(ended_on=on)
    return ended
