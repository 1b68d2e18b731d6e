"""Taking over what a staged list says, once it is decided: as many statements for a million people as for one."""

from collections.abc import Mapping
from datetime import date

from django.db import connection
from django.db.models import Model

from loa.base.periods import FOREVER
from loa.base.text import fold, slug, sort_key

from ..models import Area, Post, Term
from ..wordbook import Words
from .staging import rows, run

_TERM_COLUMNS = {"education": "education", "field": "field", "working_time": "working-time", "rest_time": "rest-time"}

_PERSON = (
    "id, member_code, full_name, name_key, folded, born_on, birth_year, gender, phone, email, education_id, field_id, "
    "working_time_id, rest_time_id, area_id, synthetic"
)
_ADD = f"""
    INSERT INTO people_person ({_PERSON})
    SELECT person_id, NULLIF(member_code, ''), full_name, name_key, folded, born_on, birth_year, gender, phone, email,
           NULLIF(education_id, 0), NULLIF(field_id, 0), NULLIF(working_time_id, 0), NULLIF(rest_time_id, 0),
           NULLIF(area_id, 0), {{synthetic}}
    FROM loading WHERE outcome = 'added' ORDER BY person_id
"""  # noqa: S608
_CHANGE = """
    UPDATE people_person SET
        member_code = COALESCE(NULLIF(s.member_code, ''), people_person.member_code),
        full_name = s.full_name, name_key = s.name_key, folded = s.folded,
        born_on = COALESCE(s.born_on, people_person.born_on),
        birth_year = COALESCE(s.birth_year, people_person.birth_year),
        gender = COALESCE(NULLIF(s.gender, ''), people_person.gender),
        phone = COALESCE(NULLIF(s.phone, ''), people_person.phone),
        email = COALESCE(NULLIF(s.email, ''), people_person.email),
        education_id = COALESCE(NULLIF(s.education_id, 0), people_person.education_id),
        field_id = COALESCE(NULLIF(s.field_id, 0), people_person.field_id),
        working_time_id = COALESCE(NULLIF(s.working_time_id, 0), people_person.working_time_id),
        rest_time_id = COALESCE(NULLIF(s.rest_time_id, 0), people_person.rest_time_id),
        area_id = COALESCE(NULLIF(s.area_id, 0), people_person.area_id)
    FROM loading s WHERE s.person_id = people_person.id AND s.outcome = 'changed' AND s.differs = 1
"""
_FORGET_HABITS = """
    DELETE FROM people_person_habits WHERE person_id IN (
        SELECT person_id FROM loading WHERE outcome = 'changed' AND differs = 1 AND habits = 1)
"""
_LEARN_HABITS = """
    INSERT INTO people_person_habits (person_id, term_id)
    SELECT s.person_id, h.term_id FROM loading s JOIN loading_habit h ON h.number = s.number
    WHERE s.outcome = 'added' OR (s.outcome = 'changed' AND s.differs = 1) ORDER BY s.person_id
"""

# A unit corrected on the day the membership began; then those that end; then those that begin.
_POINT = """
    UPDATE people_membership SET unit_id = s.unit_id,
        standing = COALESCE(NULLIF(s.standing, ''), people_membership.standing)
    FROM loading s WHERE s.membership_id = people_membership.id AND s.outcome = 'changed' AND s.step = 'point'
"""
_MOVED = """
    UPDATE loading SET standing = COALESCE(NULLIF(loading.standing, ''), m.standing) FROM people_membership m
    WHERE m.id = loading.membership_id AND loading.outcome = 'changed' AND loading.step IN ('move', 'begin')
"""
_END = """
    UPDATE people_membership SET ended_on = CASE WHEN s.step = 'end' THEN s.left_on ELSE %(on)s END,
           ending = CASE WHEN s.step = 'end' THEN 'left' ELSE 'transferred' END
    FROM loading s
    WHERE s.membership_id = people_membership.id AND s.outcome = 'changed' AND s.step IN ('end', 'move')
"""
_BEGIN = """
    INSERT INTO people_membership (person_id, unit_id, standing, started_on, ended_on, ending)
    SELECT s.person_id, s.unit_id, COALESCE(NULLIF(s.standing, ''), 'member'),
           CASE WHEN s.membership_id IS NULL OR s.joined_on >= m.ended_on THEN s.begins_on ELSE %(on)s END,
           COALESCE(s.left_on, %(forever)s), CASE WHEN s.left_on IS NULL THEN '' ELSE 'left' END
    FROM loading s LEFT JOIN people_membership m ON m.id = s.membership_id
    WHERE s.outcome IN ('added', 'changed') AND s.step IN ('begin', 'move')
    ORDER BY s.person_id
"""

# Who leaves a unit leaves its posts, and the rights that came with them; a new post in a unit follows the old one.
_LEAVING = """
    WITH leaving AS (
        SELECT d.id, CASE WHEN s.step = 'end' THEN s.left_on ELSE %(on)s END AS ended_on
        FROM loading s JOIN people_membership m ON m.id = s.membership_id
        JOIN people_duty d ON d.person_id = s.person_id AND d.unit_id = m.unit_id AND d.ended_on > %(on)s
        WHERE s.outcome = 'changed' AND (s.step = 'end' OR (s.step IN ('move', 'point') AND m.unit_id <> s.unit_id))
        UNION ALL
        SELECT d.id, %(on)s FROM loading s
        JOIN people_duty d ON d.person_id = s.person_id AND d.unit_id = s.unit_id AND d.ended_on > %(on)s
        WHERE s.outcome = 'changed' AND s.post_id <> 0 AND d.post_id <> s.post_id AND s.left_on IS NULL)
"""
_NEVER_HELD = """
    DELETE FROM people_duty WHERE id IN (
        SELECT leaving.id FROM leaving JOIN people_duty d ON d.id = leaving.id WHERE d.started_on >= leaving.ended_on)
"""
_LEAVE_POSTS = "UPDATE people_duty SET ended_on = leaving.ended_on FROM leaving WHERE leaving.id = people_duty.id"
_HOLD_POSTS = """
    INSERT INTO people_duty (person_id, post_id, unit_id, started_on, ended_on)
    SELECT s.person_id, s.post_id, s.unit_id, %(on)s, %(forever)s FROM loading s
    WHERE s.outcome IN ('added', 'changed') AND s.post_id <> 0 AND s.left_on IS NULL AND NOT EXISTS (
        SELECT 1 FROM people_duty d WHERE d.person_id = s.person_id AND d.unit_id = s.unit_id
        AND (d.started_on > %(on)s OR (d.post_id = s.post_id AND d.ended_on > %(on)s)))
      AND EXISTS (SELECT 1 FROM people_membership m WHERE m.person_id = s.person_id AND m.unit_id = s.unit_id
        AND m.started_on <= %(on)s AND m.ended_on > %(on)s)
"""


def take_over(words: Mapping[str, Words], *, on: date, synthetic: bool) -> None:
    """Write what was decided, in the caller's transaction."""
    days = {"on": on.isoformat(), "forever": FOREVER.isoformat()}
    _learn(words)
    _number()
    run(_ADD.format(synthetic="TRUE" if synthetic else "FALSE"), _CHANGE)
    run(_FORGET_HABITS, _LEARN_HABITS)
    run(_LEAVING + _NEVER_HELD, _LEAVING + _LEAVE_POSTS, on=days["on"])
    run(_MOVED, _POINT)
    run(_END, on=days["on"])
    run(_BEGIN, _HOLD_POSTS, **days)


def _number() -> None:
    """Give the new people their keys, in the order of the tree of units, so that a unit's people lie together."""
    if connection.vendor == "postgresql":
        run("""UPDATE loading SET person_id = fresh.person_id FROM (
                   SELECT number, nextval(pg_get_serial_sequence('people_person', 'id')) AS person_id
                   FROM (SELECT number FROM loading WHERE outcome = 'added' ORDER BY unit_id, number) AS added) AS fresh
               WHERE fresh.number = loading.number""")
        return
    [[last]] = rows(
        "SELECT MAX(COALESCE((SELECT MAX(id) FROM people_person), 0), "
        "COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'people_person'), 0))"
    )
    run(
        """UPDATE loading SET person_id = %(last)s + fresh.place FROM (
               SELECT number, ROW_NUMBER() OVER (ORDER BY unit_id, number) AS place FROM loading WHERE outcome = 'added'
           ) AS fresh WHERE fresh.number = loading.number""",
        last=last,
    )


def _learn(words: Mapping[str, Words]) -> None:
    """New words become rows, and the entries that use them learn their keys."""
    for name, list_ in words.items():
        for number, text in list_.new.items():
            key = _word(name, text).pk
            if name == "habit":
                run("UPDATE loading_habit SET term_id = %(key)s WHERE term_id = %(number)s", key=key, number=number)
            else:
                column = f"{name}_id"
                run(f"UPDATE loading SET {column} = %(key)s WHERE {column} = %(number)s", key=key, number=number)  # noqa: S608


def _word(name: str, text: str) -> Model:
    if name == "post":
        return Post.objects.create(code=free_code(Post, text), name=text, folded=fold(text))
    if name == "area":
        return area(text)
    vocabulary = _TERM_COLUMNS.get(name, name)
    return Term.objects.get_or_create(vocabulary=vocabulary, code=fold(text)[:80], defaults={"name": text})[0]


def area(name: str) -> Area:
    return Area.objects.create(code=free_code(Area, name), name=name, name_key=sort_key(name)[:250], folded=fold(name))


def free_code(model: type[Post] | type[Area], name: str) -> str:
    """A code made of the name that no other row has."""
    base = slug(name, max_length=34)
    taken = set(model.objects.filter(code__startswith=base).values_list("code", flat=True))
    return next(code for code in (base, *(f"{base}-{number}" for number in range(2, 10_000))) if code not in taken)
