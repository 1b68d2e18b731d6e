"""Grassroots unions (công đoàn cơ sở) of enterprises, schools and offices: plausible, and plainly invented."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from random import Random

from loa.config.demo import chance
from loa.config.demo.places import Region
from loa.config.demo.sectors import BRANDS, ENTERPRISE, OWNERSHIP, PUBLIC, Sector
from loa.config.demo.shapes import MARK, Employer, UnitRow

SMALLEST = 8
OLDEST, NEWEST = date(1993, 1, 1), date(2023, 10, 31)
SELF_FINANCED = 0.06
"""Public units that live on their own income; their unions stay when those paid by the budget end."""


def below(region: Region, *, seed: int, taken: set[str]) -> Iterator[UnitRow]:
    """The grassroots unions of `region` as on the demo's first day; `taken` remembers names already given."""
    rng = chance.stream(seed, "grassroots", region.code)
    areas = tuple(region.areas)
    for number in range(1, region.unions + 1):
        public = rng.random() < region.public_share
        sector = rng.choices(PUBLIC, (70, 14, 16))[0] if public else rng.choice(_trades(region))
        yield union(
            f"{region.prefix}-{number:03}",
            employer=_employer(rng, sector, region, taken, public=public),
            parent=region.code,
            on=chance.day(rng, OLDEST, NEWEST),
            area=rng.choice(areas),
            public_budget=public and rng.random() >= SELF_FINANCED,
            upland_share=region.upland_share,
        )


def union(
    code: str,
    *,
    employer: Employer,
    parent: str,
    on: date,
    area: str,
    public_budget: bool = False,
    upland_share: float = 0.0,
    decision: str = "",
) -> UnitRow:
    return UnitRow(
        code=code,
        name=f"Công đoàn cơ sở {employer.name}",
        short_name=f"CĐCS {employer.spoken}",
        kind="grassroots",
        parent=parent,
        established_on=on,
        decision=decision or f"MH-{code}/QĐ-LĐLĐ{MARK}",
        public_budget=public_budget,
        employer=employer,
        area=area,
        people=employer.workers,
        upland_share=upland_share,
    )


def resized(units: list[UnitRow], *, people: int) -> list[UnitRow]:
    """The same unions, grown or shrunk together until their registries hold about `people` in all."""
    factor = people / sum(unit.people for unit in units)
    return [_scaled(unit, max(SMALLEST, round(unit.people * factor))) for unit in units]


def _scaled(unit: UnitRow, size: int) -> UnitRow:
    assert unit.employer is not None
    return replace(unit, people=size, employer=replace(unit.employer, workers=round(size * 1.06)))


def _trades(region: Region) -> list[Sector]:
    if region.kind == "economic_zone":
        return [sector for sector in ENTERPRISE if sector.scale >= 1 and sector.key != "crops"]
    crops = [sector for sector in ENTERPRISE if sector.key == "crops"]
    return [*ENTERPRISE, *(crops * 6 if region.kind == "province" else ())]


def _employer(rng: Random, sector: Sector, region: Region, taken: set[str], *, public: bool) -> Employer:
    name = next(name for name in iter(lambda: _name(rng, sector, region, public=public), None) if name not in taken)
    taken.add(name)
    form = "" if public else rng.choice(sector.legal_forms) + " "
    typical = 30 if public else region.typical_size * sector.scale
    ownership = "public" if public else rng.choices(tuple(OWNERSHIP), sector.ownership)[0]
    return Employer(
        name=f"{form}{name}{MARK}",
        ownership=ownership,
        sector=sector.key,
        workers=max(SMALLEST, round(rng.lognormvariate(0, 0.45 if public else 0.85) * typical)),
    )


def _name(rng: Random, sector: Sector, region: Region, *, public: bool) -> str:
    name = f"{rng.choice(sector.called)} {rng.choice(BRANDS)}"
    return f"{name}, {region.place}" if public else name
