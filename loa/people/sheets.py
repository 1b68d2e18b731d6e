"""The tables of people and units that can be taken away."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.base.dates import parse_day
from loa.base.phones import display as phone

from . import queries, register
from .labels import GENDERS, STANDINGS
from .models import Unit
from .models.units import SEGMENT
from .queries import Node
from .register import Presence, Row, Wanted
from .roles import Ability
from .tables import Asked, Cell, Column, Sheet, Sort

BATCH = 500


class PeopleTable:
    """The register as the screen lists it, for whoever looks after these people; taking it is recorded."""

    key = "people.people"
    name = gettext_lazy("Register of people")
    ability = Ability.SEE_PEOPLE

    def sheet(self, asked: Asked) -> Sheet:
        unit = _unit(asked)
        wanted = Wanted(
            words=asked.text("q"),
            path=(register.path_within(asked.scope, unit.pk) or "") if unit else "",
            standing=asked.text("standing"),
            presence=_presence(asked.text("presence")),
        )
        return Sheet(
            title=_("Register of people"),
            unit=unit.code if unit else "",
            unit_id=unit.pk if unit else _topmost(asked),
            on=asked.scope.on,
            columns=[
                Column(title=_("Full name of the person"), width=28),
                Column(title=_("Day of birth"), sort=Sort.DAY, width=12),
                Column(title=_("Year of birth"), width=10),
                Column(title=_("Gender"), width=8),
                Column(title=_("Member code"), width=16),
                Column(title=_("Phone number"), width=16),
                Column(title=_("Unit"), width=44),
                Column(title=_("Standing"), width=20),
                Column(title=_("Since"), sort=Sort.DAY, width=12),
            ],
            rows=_people(asked, wanted),
            notes=[
                (_("Purpose"), _("For the work of those who look after these people. Delete it when it is done.")),
                (_("Law"), _("Personal data under Law 91/2025/QH15; that this table was taken is recorded.")),
            ],
            people=True,
        )


class UnitTable:
    """The living units of a day: all that the account looks after, or those found by some words."""

    key = "people.units"
    name = gettext_lazy("Units")
    ability = Ability.SEE_FIGURES

    def sheet(self, asked: Asked) -> Sheet:
        on = parse_day(asked.text("ngay")) or asked.scope.on
        nodes = _nodes(asked, on)
        return Sheet(
            title=_("Units"),
            unit=", ".join(node.name for node in nodes[:1]),
            unit_id=nodes[0].unit_id if nodes else None,
            on=on,
            columns=[
                Column(title=_("Code"), width=16),
                Column(title=_("Unit"), width=60),
                Column(title=_("Kind"), width=28),
                Column(title=_("Belongs to"), width=16),
                Column(title=_("Depth"), sort=Sort.NUMBER, width=8),
            ],
            rows=_units(nodes),
            notes=[(_("By the structure of"), _("The units as they stood on this day."))],
            synthetic=any(node.synthetic for node in nodes),
        )


TABLES = (PeopleTable(), UnitTable())


def _unit(asked: Asked) -> Unit | None:
    """The unit whose code was typed; raises LookupError where there is none in the scope."""
    code = asked.text("unit")
    if not code:
        return None
    try:
        unit = queries.unit_with_code(code.upper())
    except Unit.DoesNotExist:
        raise LookupError(code) from None
    if not asked.scope.covers(unit.pk):
        raise LookupError(code)
    return unit


def _topmost(asked: Asked) -> int | None:
    return queries.unit_of(asked.scope.paths[0]) if asked.scope.paths else None


def _presence(text: str) -> Presence:
    return Presence(text) if text in set(Presence) else Presence.HERE


def _people(asked: Asked, wanted: Wanted) -> Iterator[list[Cell]]:
    while True:
        rows, after = register.people(asked.scope, wanted, size=BATCH)
        for row in rows:
            yield _person(row)
        if not after:
            return
        wanted = replace(wanted, after=after)


def _person(row: Row) -> list[Cell]:
    person, member = row.person, row.membership
    return [
        person.full_name,
        person.born_on,
        str(person.birth_year or ""),
        str(GENDERS.get(person.gender, "")),
        person.member_code,
        phone(person.phone) if person.phone else "",
        row.unit,
        str(STANDINGS.get(member.standing, "")) if member else "",
        member.started_on if member else None,
    ]


def _nodes(asked: Asked, on: date) -> list[Node]:
    words: Any = asked.text("q")
    if words:
        return queries.search_units(words, on=on, scope=asked.scope, limit=10_000)
    if asked.scope.everything:
        paths = [node.path for node in queries.roots(on=on)]
    else:
        paths = [node.path for node in queries.nodes(map(queries.unit_of, asked.scope.paths), on=on)]
    return [node for path in paths for node in queries.subtree(path, on=on)]


def _units(nodes: list[Node]) -> Iterator[list[Cell]]:
    codes = {node.path: node.code for node in nodes}
    for node in nodes:
        yield [node.code, node.name, node.kind, codes.get(node.path[:-SEGMENT], ""), node.depth]
