"""The federation in time: Bình Định and old Gia Lai in 2024, Gia Lai since 1 July 2025."""

from datetime import date
from itertools import chain

from loa.config.demo import SEED, grassroots, reorganisation
from loa.config.demo.places import NEIGHBOUR, OLD_NEIGHBOUR, OLD_ROOT, REGIONS, Region
from loa.config.demo.shapes import MARK, Structure, UnitRow

PEOPLE = 80_000
"""How large the registry is, about, over the three years."""


def build(seed: int = SEED) -> Structure:
    """The whole structure of one seed: about 1,040 units at the start, then every event until the end."""
    taken: set[str] = set()
    low = list(
        chain.from_iterable(grassroots.below(region, seed=seed, taken=taken) for region in (*REGIONS, NEIGHBOUR))
    )
    units = (*_top(), *grassroots.resized(low, people=PEOPLE))
    return Structure(units=units, events=reorganisation.events(units, seed=seed))


def _top() -> list[UnitRow]:
    root = UnitRow(
        code=OLD_ROOT,
        name="Liên đoàn Lao động tỉnh Bình Định",
        short_name="LĐLĐ tỉnh Bình Định",
        kind="province",
        parent=None,
        established_on=date(1989, 7, 1),
        decision=f"MH-00/QĐ-TLĐ{MARK}",
        area="phường Lê Lợi",
        synthetic=False,
    )
    return [root, _upper(NEIGHBOUR, parent=None), *(_upper(region, parent=OLD_ROOT) for region in REGIONS)]


def _upper(region: Region, *, parent: str | None) -> UnitRow:
    return UnitRow(
        code=region.code,
        name=region.name,
        short_name=region.short_name,
        kind=region.kind,
        parent=parent,
        established_on=date(1991, 9, 30) if region.kind == "province" else date(1997, 1, 1),
        decision=f"MH-{region.code}/QĐ-LĐLĐ{MARK}",
        upper_level=region.kind != "province",
        area=next(iter(region.areas)),
        synthetic=region.code == OLD_NEIGHBOUR,
    )
