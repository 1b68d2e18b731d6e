"""The federation in time: Bình Định and old Gia Lai in 2024, Gia Lai since 1 July 2025."""

from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

from loa.config.demo import SEED, grassroots, reorganisation
from loa.config.demo.places import NEIGHBOUR, OLD_NEIGHBOUR, OLD_ROOT, REGIONS, Region
from loa.config.demo.shapes import MARK, Structure, UnitRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How large the demo is: `people` in its registry over the three years, about, and at most `unions` grassroots
    unions below each upper-level one; of stories and reports, every `one_in`-th is kept."""

    people: int = 80_000
    unions: int | None = None
    one_in: int = 1


WHOLE = Size()
TINY = Size(people=1_200, unions=9, one_in=16)
"""Everything happens that happens in the whole demo, to few."""


def build(seed: int = SEED, size: Size = WHOLE) -> Structure:
    """The whole structure of one seed: about 1,040 units at the start, then every event until the end."""
    taken: set[str] = set()
    low = list(
        chain.from_iterable(
            islice(grassroots.below(region, seed=seed, taken=taken), size.unions) for region in (*REGIONS, NEIGHBOUR)
        )
    )
    units = (*_top(), *grassroots.resized(low, people=size.people))
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
