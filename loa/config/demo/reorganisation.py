"""What happened to the units: small changes every year, and 1 July 2025, when one structure became another.

Known (Lao Động, articles 1532114, 1624102; Báo Gia Lai, post572638): Bình Định's fourteen upper-level unions ended that
day, the province became part of Gia Lai, which has seventeen commune and ward unions, and unions in bodies wholly paid
by the state budget ended.
Which union went where, and every decision number, is synthetic.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import count

from loa.config.demo import chance
from loa.config.demo.grassroots import union
from loa.config.demo.places import COMMUNE_UNIONS, NEIGHBOUR, NEW_ROOT, OLD_NEIGHBOUR, OLD_ROOT, REGIONS
from loa.config.demo.shapes import MARK, Employer, Event, UnitRow, replay

DAY = date(2025, 7, 1)
SECOND_NAMES = {"private": "Một thành viên", "foreign": "Việt Nam", "state": "Miền Trung"}


def events(units: tuple[UnitRow, ...], *, seed: int) -> tuple[Event, ...]:
    """Everything that happens to `units`, in order."""
    numbers = count(1)

    def decision(issuer: str = "LĐLĐ") -> str:
        return f"MH-{next(numbers):02}/QĐ-{issuer}{MARK}"

    before = tuple(_first_years(units, seed=seed, decision=decision))
    turning = tuple(_first_of_july(replay(units, before), decision=decision))
    after = _second_years(replay(units, before + turning), seed=seed, decision=decision)
    return (*before, *turning, *after)


def _first_years(units: tuple[UnitRow, ...], *, seed: int, decision: Callable[..., str]) -> Iterator[Event]:
    rng = chance.stream(seed, "first years")
    hoai_nhon, phu_cat, zone = (_lasting(units, parent) for parent in ("LDLD-HN", "LDLD-PC", "CD-KKT"))
    renamed_in_2024, renamed_in_2025 = rng.choice(hoai_nhon), rng.choice(phu_cat)
    yield _establish(
        "HN-901", "May Ban Mai", "garment", 180, "LDLD-HN", "phường Hoài Tân", date(2024, 6, 15), decision()
    )
    yield _rename(renamed_in_2024, date(2024, 9, 1), decision())
    yield _merge(rng.sample(zone, 2), "KT-901", date(2024, 10, 1), decision())
    yield _rename(renamed_in_2025, date(2025, 3, 1), decision())
    yield _establish("PC-901", "Gỗ Đồng Xanh", "wood", 140, "LDLD-PC", "xã Cát Trinh", date(2025, 4, 10), decision())


def _second_years(rows: dict[str, UnitRow], *, seed: int, decision: Callable[..., str]) -> Iterator[Event]:
    rng = chance.stream(seed, "second years")
    pleiku, north = (_lasting(tuple(rows.values()), parent) for parent in ("CD-PK", "CD-QNB"))
    yield _establish(
        "PK-901", "Nông sản Đại Ngàn", "crops", 160, "CD-PK", "phường Diên Hồng", date(2026, 1, 20), decision()
    )
    yield _rename(rng.choice(pleiku), date(2026, 2, 15), decision())
    yield _split(max(north, key=lambda unit: unit.people), ("QB-901", "QB-902"), date(2026, 3, 1), decision())


def _first_of_july(rows: dict[str, UnitRow], *, decision: Callable[..., str]) -> Iterator[Event]:
    grassroots = [unit for unit in rows.values() if unit.kind == "grassroots"]
    yield _new_federation(decision("TLĐ"))
    for commune in COMMUNE_UNIONS:
        row = UnitRow(
            code=commune.code,
            name=commune.name,
            short_name=f"CĐ {commune.place}",
            kind="commune",
            parent=NEW_ROOT,
            established_on=DAY,
            decision=decision(),
            upper_level=True,
            area=commune.place,
            synthetic=commune.synthetic,
        )
        yield Event(
            kind="establish",
            on=DAY,
            decision=row.decision,
            successors=(row,),
            parent=NEW_ROOT,
            synthetic=commune.synthetic,
        )
    yield from _closures([unit for unit in grassroots if unit.public_budget], decision)
    yield from _transfers([unit for unit in grassroots if not unit.public_budget], decision)
    for region in REGIONS:
        successors = tuple(dict.fromkeys(region.areas.values()))
        heir = successors[0] if region.kind == "district" else NEW_ROOT
        yield Event(
            kind="dissolve",
            on=DAY,
            decision=decision(),
            predecessors=(region.code,),
            successors=tuple(dict.fromkeys((*successors, heir))),
            heirs={region.code: heir},
            synthetic=False,
        )


def _new_federation(decision: str) -> Event:
    row = UnitRow(
        code=NEW_ROOT,
        name="Liên đoàn Lao động tỉnh Gia Lai",
        short_name="LĐLĐ tỉnh Gia Lai",
        kind="province",
        parent=None,
        established_on=DAY,
        decision=decision,
        area="phường Quy Nhơn",
        synthetic=False,
    )
    old = (OLD_ROOT, OLD_NEIGHBOUR)
    return Event(
        kind="merge",
        on=DAY,
        decision=decision,
        predecessors=old,
        successors=(row,),
        heirs=dict.fromkeys(old, NEW_ROOT),
        synthetic=False,
    )


def _closures(units: list[UnitRow], decision: Callable[..., str]) -> Iterator[Event]:
    """One decision for each old upper-level union. The members leave; the union of the area keeps the past."""
    by_parent: dict[str, list[UnitRow]] = defaultdict(list)
    for unit in units:
        by_parent[unit.parent or ""].append(unit)
    for ending in by_parent.values():
        heirs = {unit.code: _new_home(unit) for unit in ending}
        yield Event(
            kind="dissolve",
            on=DAY,
            decision=decision(),
            predecessors=tuple(heirs),
            successors=tuple(sorted(set(heirs.values()))),
            heirs=heirs,
            closes=True,
        )


def _transfers(units: list[UnitRow], decision: Callable[..., str]) -> Iterator[Event]:
    """One decision for each pair of old and new upper-level union: the grassroots of one go to several."""
    moves: dict[tuple[str, str], list[str]] = defaultdict(list)
    for unit in units:
        moves[unit.parent or "", _new_home(unit)].append(unit.code)
    for (_, home), codes in moves.items():
        yield Event(kind="transfer", on=DAY, decision=decision(), predecessors=tuple(codes), parent=home)


_AREAS = {region.code: region.areas for region in (*REGIONS, NEIGHBOUR)}


def _new_home(unit: UnitRow) -> str:
    return _AREAS[unit.parent or ""][unit.area]


def _lasting(units: tuple[UnitRow, ...], parent: str) -> list[UnitRow]:
    return [
        unit
        for unit in units
        if unit.parent == parent
        and not unit.public_budget
        and unit.employer
        and unit.employer.ownership in SECOND_NAMES
    ]


def _establish(
    code: str, name: str, sector: str, workers: int, parent: str, area: str, on: date, decision: str
) -> Event:
    employer = Employer(name=f"Công ty TNHH {name}{MARK}", ownership="private", sector=sector, workers=workers)
    row = union(code, employer=employer, parent=parent, on=on, area=area, decision=decision)
    return Event(kind="establish", on=on, decision=decision, successors=(row,), parent=parent)


def _rename(unit: UnitRow, on: date, decision: str) -> Event:
    assert unit.employer is not None
    spoken = f"{unit.employer.spoken} {SECOND_NAMES[unit.employer.ownership]}"
    row = replace(
        unit,
        name=f"Công đoàn cơ sở {spoken}{MARK}",
        short_name=f"CĐCS {spoken}",
        employer=replace(unit.employer, name=spoken + MARK),
    )
    return Event(
        kind="rename", on=on, decision=decision, predecessors=(unit.code,), successors=(row,), parent=unit.parent
    )


def _merge(pair: list[UnitRow], code: str, on: date, decision: str) -> Event:
    first, second = pair
    assert first.employer is not None
    assert second.employer is not None
    workers = first.employer.workers + second.employer.workers
    employer = replace(first.employer, name=f"Công ty CP Hợp nhất Nắng Gió{MARK}", workers=workers)
    row = union(code, employer=employer, parent=first.parent or "", on=on, area=first.area, decision=decision)
    old = (first.code, second.code)
    return Event(
        kind="merge",
        on=on,
        decision=decision,
        predecessors=old,
        successors=(row,),
        heirs=dict.fromkeys(old, code),
        parent=first.parent,
    )


def _split(unit: UnitRow, codes: tuple[str, str], on: date, decision: str) -> Event:
    """The first of the two new unions is the heir; later registries show who went to the second."""
    assert unit.employer is not None
    rows = []
    for code, branch in zip(codes, ("Nhà máy 1", "Nhà máy 2"), strict=True):
        name = f"{unit.employer.spoken} – {branch}{MARK}"
        employer = replace(unit.employer, name=name, workers=unit.employer.workers // 2)
        rows.append(union(code, employer=employer, parent=unit.parent or "", on=on, area=unit.area, decision=decision))
    return Event(
        kind="split",
        on=on,
        decision=decision,
        predecessors=(unit.code,),
        successors=tuple(rows),
        heirs={unit.code: codes[0]},
        parent=unit.parent,
    )
