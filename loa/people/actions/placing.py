"""Rewriting the places of everything that moved: four statements, whatever the number of units."""

from collections.abc import Mapping
from datetime import date

from django.db import connection

from loa.base.periods import FOREVER

from ..models.units import SEGMENT, beyond
from ..paths import DEEPEST, outermost
from .mapping import run

_DEPTHS = ", ".join(f"({depth * SEGMENT})" for depth in range(1, DEEPEST + 1))
# A place below several moved units follows the nearest of them: the longest of the old paths it begins with. Those are
# found by equality with the beginnings of the place's path, since a comparison with every old path would be quadratic.
_BELOW = """
    WITH moved(was, becomes) AS MATERIALIZED ({moved}),
    outermost(was, beyond) AS MATERIALIZED ({outermost}),
    depths(depth) AS (VALUES {depths}),
    nearest(id, depth) AS MATERIALIZED (
        SELECT p.id, max(d.depth)
        FROM outermost o CROSS JOIN people_unitplace p CROSS JOIN depths d CROSS JOIN moved m
        WHERE p.path >= o.was AND p.path < o.beyond AND p.valid_to >= %(on)s
          AND d.depth <= length(p.path) AND m.was = substr(p.path, 1, d.depth)
        GROUP BY p.id
    ),
    below AS (
        SELECT p.id, p.unit_id, p.living, p.valid_from, p.valid_to,
               m.becomes || substr(p.path, nearest.depth + 1) AS path
        FROM nearest CROSS JOIN people_unitplace p CROSS JOIN moved m
        WHERE p.id = nearest.id AND m.was = substr(p.path, 1, nearest.depth)
    )
""".replace("{depths}", _DEPTHS)
_CHANGED_LATER = """
    SELECT unit_id FROM below
    WHERE valid_to > %(on)s AND (valid_from > %(on)s OR valid_to < %(forever)s) LIMIT 1
"""
_COUNT = """
    SELECT count(*) FROM below WHERE valid_to = %(forever)s
"""
_AMEND = """
    UPDATE people_unitplace SET path = below.path FROM below
    WHERE below.id = people_unitplace.id AND below.valid_from = %(on)s
"""
_CLOSE = """
    UPDATE people_unitplace SET valid_to = %(on)s
    WHERE id IN (SELECT id FROM below WHERE valid_from < %(on)s AND valid_to = %(forever)s)
"""
_OPEN = """
    INSERT INTO people_unitplace (unit_id, path, living, valid_from, valid_to)
    SELECT unit_id, path, living, %(on)s, %(forever)s FROM below
    WHERE valid_to = %(on)s AND NOT EXISTS (
        SELECT 1 FROM people_unitplace q WHERE q.unit_id = below.unit_id AND q.valid_from = %(on)s)
"""


def changed_later(moved: Mapping[str, str], *, on: date) -> int | None:
    """The key of some unit below the old paths whose place was changed after `on`, if there is one."""
    with connection.cursor() as cursor:
        run(cursor, _BELOW + _CHANGED_LATER, tables=_tables(moved), on=on, forever=FOREVER)
        row = cursor.fetchone()
    return row[0] if row else None


def rewrite(moved: Mapping[str, str], *, on: date) -> int:
    """From `on` everything below each old path stands below the new one; returns how many units changed place.

    `moved` holds old path → new path as of `on`; nothing below may have changed later (`changed_later`).
    Places that began on `on` are amended; the others end, and new ones begin.
    """
    tables = _tables(moved)
    with connection.cursor() as cursor:
        run(cursor, _BELOW + _COUNT, tables=tables, on=on, forever=FOREVER)
        [count] = cursor.fetchone()
        run(cursor, _BELOW + _AMEND, tables=tables, on=on)
        run(cursor, _BELOW + _CLOSE, tables=tables, on=on, forever=FOREVER)
        run(cursor, _BELOW + _OPEN, tables=tables, on=on, forever=FOREVER)
    return int(count)


def _tables(moved: Mapping[str, str]) -> dict[str, Mapping[str, str]]:
    return {"moved": moved, "outermost": {path: beyond(path) for path in outermost(moved)}}
