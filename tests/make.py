"""One cast for all tests: makers with defaults. `from tests import make`, then `make.unit(parent=province)`."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from loa.base import text
from loa.base.periods import FOREVER
from loa.people.models import Account, Grant, Membership, Person, Unit, UnitFlag, UnitKind, UnitPlace, UnitVersion

NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
"""12:00 in Việt Nam on Monday 2 March 2026."""
DAY = date(2026, 3, 2)
LONG_AGO = date(2020, 1, 1)

_number = count(1)


def kind(code: str = "grassroots", level: int = 9) -> UnitKind:
    return UnitKind.objects.get_or_create(code=code, defaults={"name": code, "level": level})[0]


def unit(
    *,
    parent: Unit | None = None,
    code: str = "",
    name: str = "",
    kind_code: str = "grassroots",
    flags: tuple[str, ...] = (),
    since: date = LONG_AGO,
    **fields: Any,
) -> Unit:
    """A living unit below `parent` (a root without one), with its version and its place."""
    code = code or f"U{next(_number)}"
    made = Unit.objects.create(code=code, synthetic=True)
    name = name or f"Công đoàn {code}"
    version = UnitVersion.objects.create(
        unit=made,
        name=name,
        kind=kind(kind_code),
        parent=parent,
        name_key=text.sort_key(name),
        folded=text.fold(f"{code} {name}"),
        valid_from=since,
        recorded_at=NOON,
        **fields,
    )
    version.flags.set([UnitFlag.objects.get_or_create(code=flag, defaults={"name": flag})[0] for flag in flags])
    above = UnitPlace.objects.get(unit=parent, valid_to=FOREVER).path if parent else ""
    UnitPlace.objects.create(unit=made, path=above + made.segment, valid_from=since)
    return made


def person(
    *, unit: Unit | None = None, name: str = "Nguyễn Thị Mẫu", standing: str = "member", **fields: Any
) -> Person:
    """A person; with `unit`, a member of it since long ago."""
    made = Person.objects.create(
        full_name=name, name_key=text.name_key(name), folded=text.fold(name), synthetic=True, **fields
    )
    if unit is not None:
        Membership.objects.create(person=made, unit=unit, standing=standing, started_on=LONG_AGO)
    return made


def account(*, role: str = "", unit: Unit | None = None, person: Person | None = None, **fields: Any) -> Account:
    """An account; with `role` and `unit`, holding that role there since long ago."""
    number = next(_number)
    made = Account.objects.create_user(
        email=fields.pop("email", f"a{number}@vi-du.example"),
        name=fields.pop("name", f"Người dùng {number}"),
        person=person,
        **fields,
    )
    if role:
        assert unit is not None
        Grant.objects.create(account=made, role=role, unit=unit, started_on=LONG_AGO)
    return made


def superuser(**fields: Any) -> Account:
    return account(is_superuser=True, **fields)
