"""Whom each entry of a staged list means, and what it would change: decided for all entries at once.

A person is known by the member code; else by name, birth and a unit they belonged to; else by name and phone number.
Marks made by a statement stay: each next one looks only at entries that are still open (`reason = ''`).
"""

from datetime import date

from loa.base.periods import FOREVER

from ..models.units import beyond
from .staging import run

_SAME_BIRTH = "(a.birth = '' OR b.birth = '' OR a.birth = b.birth)"

# The same person twice in one list: the line with a code counts, else the first.
_TWICE_BY_CODE = """
    WITH twice AS (
        SELECT member_code, MIN(number) AS first FROM loading WHERE reason = '' AND member_code <> ''
        GROUP BY member_code HAVING COUNT(*) > 1)
    UPDATE loading SET reason = 'twice', other = twice.first FROM twice
    WHERE twice.member_code = loading.member_code AND number > twice.first AND reason = ''
"""
_TWICE_WITHOUT_CODE = """
    WITH twice AS (
        SELECT folded, birth, unit_id, phone, MIN(number) AS first FROM loading WHERE reason = '' AND member_code = ''
        GROUP BY folded, birth, unit_id, phone HAVING COUNT(*) > 1)
    UPDATE loading SET reason = 'twice', other = twice.first FROM twice
    WHERE twice.folded = loading.folded AND twice.birth = loading.birth AND twice.unit_id = loading.unit_id
      AND twice.phone = loading.phone AND loading.member_code = '' AND number > twice.first AND reason = ''
"""
_TWICE_LIKE = """
    WITH twice AS (
        SELECT b.number, MIN(a.number) AS first FROM loading a JOIN loading b ON {same}
        WHERE a.reason = '' AND b.reason = '' AND b.member_code = '' AND (a.member_code <> '' OR a.number < b.number)
        GROUP BY b.number)
    UPDATE loading SET reason = 'twice', other = twice.first FROM twice WHERE twice.number = loading.number
"""
_BY_NAME_IN_UNIT = """
    a.folded = b.folded AND a.birth = b.birth AND a.unit_id = b.unit_id
    AND (a.birth <> '' OR a.phone = '' OR b.phone = '' OR a.phone = b.phone)
"""
_BY_PHONE = f"a.phone = b.phone AND a.phone <> '' AND a.folded = b.folded AND {_SAME_BIRTH}"

# The same person in the registry.
_BIRTH = "COALESCE(CAST(p.born_on AS text), CAST(p.birth_year AS text), '')"
_KNOWN_BY_CODE = """
    UPDATE loading SET person_id = p.id FROM people_person p
    WHERE loading.reason = '' AND loading.member_code <> '' AND p.member_code = loading.member_code
"""
_ANOTHER_PERSON = f"""
    UPDATE loading SET reason = 'another', person_id = NULL FROM people_person p
    WHERE p.id = loading.person_id AND p.folded <> loading.folded AND loading.birth <> ''
      AND {_BIRTH} <> '' AND {_BIRTH} <> loading.birth
"""  # noqa: S608
_KNOWN = """
    WITH known AS (
        SELECT s.number, MIN(p.id) AS person_id, COUNT(*) AS people
        FROM loading s JOIN people_person p ON {same}
        WHERE s.reason = '' AND s.person_id IS NULL AND (s.member_code = '' OR p.member_code IS NULL)
        GROUP BY s.number)
    UPDATE loading SET person_id = CASE WHEN known.people = 1 THEN known.person_id END,
                       reason = CASE WHEN known.people = 1 THEN '' ELSE 'several' END
    FROM known WHERE known.number = loading.number
"""
_KNOWN_BY_NAME = f"""
    p.folded = s.folded AND {_BIRTH} = s.birth
    AND (s.birth <> '' OR s.phone = '' OR p.phone = '' OR s.phone = p.phone)
    AND EXISTS (SELECT 1 FROM people_membership m WHERE m.person_id = p.id AND m.unit_id = s.unit_id)
"""  # noqa: S608
_KNOWN_BY_PHONE = f"""
    p.phone = s.phone AND s.phone <> '' AND p.folded = s.folded AND (s.birth = '' OR {_BIRTH} IN ('', s.birth))
"""
_SAME_PERSON_TWICE = """
    WITH twice AS (
        SELECT person_id, MIN(number) AS first FROM loading WHERE reason = '' AND person_id IS NOT NULL
        GROUP BY person_id HAVING COUNT(*) > 1)
    UPDATE loading SET reason = 'twice', other = twice.first FROM twice
    WHERE twice.person_id = loading.person_id AND number > twice.first AND reason = ''
"""
_LATEST = """
    UPDATE loading SET membership_id = (
        SELECT m.id FROM people_membership m WHERE m.person_id = loading.person_id ORDER BY m.started_on DESC LIMIT 1)
    WHERE reason = '' AND person_id IS NOT NULL
"""
_ELSEWHERE = """
    UPDATE loading SET reason = 'elsewhere' FROM people_membership m
    WHERE loading.reason = '' AND m.id = loading.membership_id AND NOT EXISTS (
        SELECT 1 FROM people_unitplace w WHERE w.unit_id = m.unit_id AND w.valid_from <= %(today)s
        AND w.valid_to > %(today)s AND w.path >= %(path)s AND w.path < %(beyond)s)
"""

# What becomes of the membership: '' nothing, begin, end, move (end one and begin another), point (correct its unit).
_BACK = """
    UPDATE loading SET reason = 'left' FROM people_membership m
    WHERE loading.reason = '' AND m.id = loading.membership_id AND m.ending = 'left' AND m.unit_id = loading.unit_id
      AND loading.left_on IS NULL AND m.ended_on <= %(on)s
      AND (loading.joined_on IS NULL OR loading.joined_on < m.ended_on)
"""
_STEP = """
    UPDATE loading SET step = CASE
        WHEN loading.membership_id IS NULL THEN 'begin'
        WHEN m.ended_on = %(forever)s AND loading.left_on IS NOT NULL THEN
            CASE WHEN loading.left_on > m.started_on THEN 'end' ELSE '' END
        WHEN m.ended_on = %(forever)s THEN
            CASE WHEN m.unit_id = loading.unit_id AND (loading.standing = '' OR m.standing = loading.standing) THEN ''
                 WHEN m.started_on = %(on)s THEN 'point' WHEN m.started_on < %(on)s THEN 'move' ELSE '' END
        WHEN loading.left_on IS NOT NULL THEN ''
        WHEN m.ended_on > %(on)s THEN ''
        ELSE 'begin' END
    FROM loading s LEFT JOIN people_membership m ON m.id = s.membership_id
    WHERE s.number = loading.number AND loading.reason = ''
"""
# A list gives rights in Loa only when whoever imports it may give roles there.
_RIGHTS = """
    UPDATE loading SET reason = 'rights' FROM people_post p
    WHERE loading.reason = '' AND p.id = loading.post_id AND p.role <> '' AND loading.left_on IS NULL AND NOT EXISTS (
        SELECT 1 FROM people_duty d WHERE d.person_id = loading.person_id AND d.post_id = loading.post_id
        AND d.unit_id = loading.unit_id AND d.ended_on > %(on)s)
"""
_TEXTS = ("gender", "phone", "email")
_WORDS = ("education_id", "field_id", "working_time_id", "rest_time_id", "area_id")
_DIFFERENCES = (
    ["s.full_name <> p.full_name", "(s.member_code <> '' AND COALESCE(p.member_code, '') <> s.member_code)"]
    + [f"(s.{name} <> '' AND p.{name} <> s.{name})" for name in _TEXTS]
    + [f"(s.{name} <> 0 AND COALESCE(p.{name}, 0) <> s.{name})" for name in _WORDS]
    + [
        "(s.born_on IS NOT NULL AND p.born_on IS DISTINCT FROM s.born_on)",
        "(s.birth_year IS NOT NULL AND p.birth_year IS DISTINCT FROM s.birth_year)",
        """(s.habits = 1 AND (
            EXISTS (SELECT 1 FROM loading_habit h WHERE h.number = s.number AND NOT EXISTS (
                SELECT 1 FROM people_person_habits k WHERE k.person_id = p.id AND k.term_id = h.term_id))
            OR EXISTS (SELECT 1 FROM people_person_habits k WHERE k.person_id = p.id AND NOT EXISTS (
                SELECT 1 FROM loading_habit h WHERE h.number = s.number AND h.term_id = k.term_id))))""",
    ]
)
_DIFFERS = f"""
    UPDATE loading SET differs = CASE WHEN {" OR ".join(_DIFFERENCES)} THEN 1 ELSE 0 END
    FROM loading s JOIN people_person p ON p.id = s.person_id
    WHERE s.number = loading.number AND loading.reason = ''
"""  # noqa: S608
_NEW_DUTY = """
    s.post_id <> 0 AND s.left_on IS NULL AND NOT EXISTS (
        SELECT 1 FROM people_duty d WHERE d.person_id = s.person_id AND d.post_id = s.post_id AND d.unit_id = s.unit_id
        AND d.ended_on > %(on)s)
    AND NOT EXISTS (
        SELECT 1 FROM people_duty d WHERE d.person_id = s.person_id AND d.unit_id = s.unit_id AND d.started_on > %(on)s)
    AND (s.membership_id IS NULL OR s.step <> '' OR EXISTS (
        SELECT 1 FROM people_membership m WHERE m.id = s.membership_id AND m.unit_id = s.unit_id
        AND m.ended_on > %(on)s))
"""
_OUTCOME = f"""
    UPDATE loading SET outcome = CASE
        WHEN loading.reason <> '' THEN 'rejected'
        WHEN loading.person_id IS NULL THEN 'added'
        WHEN loading.step <> '' OR loading.differs = 1 OR ({_NEW_DUTY}) THEN 'changed'
        ELSE 'skipped' END
    FROM loading s WHERE s.number = loading.number
"""  # noqa: S608


def decide(*, on: date, today: date, path: str | None, rights: bool) -> None:
    """Give every staged entry its outcome, as the registry is now.

    `path`: the subtree one may write in; None: all. `rights`: posts that give rights in Loa may be given, too.
    """
    days = {"on": on.isoformat(), "today": today.isoformat(), "forever": FOREVER.isoformat()}
    run("UPDATE loading SET person_id = NULL, membership_id = NULL, step = '', differs = 0, outcome = ''")
    run(_TWICE_BY_CODE, _TWICE_WITHOUT_CODE, *(_TWICE_LIKE.format(same=same) for same in (_BY_NAME_IN_UNIT, _BY_PHONE)))
    run(_KNOWN_BY_CODE, _ANOTHER_PERSON)
    run(*(_KNOWN.format(same=same) for same in (_KNOWN_BY_NAME, _KNOWN_BY_PHONE)))
    run(_SAME_PERSON_TWICE, _LATEST)
    if path is not None:
        run(_ELSEWHERE, today=days["today"], path=path, beyond=beyond(path))
    if not rights:
        run(_RIGHTS, on=days["on"])
    run(_BACK, on=days["on"])
    run(_STEP, on=days["on"], forever=days["forever"])
    run(_DIFFERS)
    run(_OUTCOME, on=days["on"])
