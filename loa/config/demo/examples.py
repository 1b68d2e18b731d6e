"""The small files under examples/: good ones to try an import with, and one where every row is wrong in its own way."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Literal
from unicodedata import normalize

from loa.config.demo import SEED, START, chance, dirt, registry
from loa.config.demo.people import crews
from loa.config.demo.persons import Person
from loa.config.demo.places import OLD_NEIGHBOUR
from loa.config.demo.registry import Row
from loa.config.demo.reorganisation import DAY
from loa.config.demo.shapes import MARK, Event, Structure, UnitRow
from loa.config.demo.structure import build
from loa.config.demo.workbooks import Written, dirty, sheet, write_people, write_reorganisation, write_units

UNITS, PEOPLE = 30, 200
FAULT_COLUMN = "Ghi chú"


def write_examples(folder: Path, *, seed: int = SEED) -> None:
    """Write all six files; the committed ones are exactly these."""
    structure = _small(build(seed))
    write_reorganisation(folder / "decisions-small.xlsx", replace(structure, events=tuple(_decisions(structure))))
    crowd = _crowd(structure, seed=seed)
    write_units(folder / "units-small.xlsx", structure)
    write_people(folder / "people-small.xlsx", structure, seed=seed, everyone=crowd, wrong=0, doubled=0)
    rng = chance.stream(seed, "example csv")
    rows = list(dirty(rng, registry.rows(structure, crowd, on=START), Written(), wrong=0, doubled=0))
    _write_csv(folder / "people-small.csv", rows, form="NFC")
    _write_csv(folder / "people-small-nfd.csv", rows, form="NFD")
    _write_bad(folder / "people-bad.xlsx", list(registry.rows(structure, crowd, on=START)))


def _small(structure: Structure) -> Structure:
    """The province of Bình Định, its fourteen upper-level unions, and the first grassroots unions of each in turn."""
    top = [unit for unit in structure.units if unit.kind != "grassroots" and unit.code != OLD_NEIGHBOUR]
    below = defaultdict(list)
    for unit in structure.units:
        if unit.kind == "grassroots":
            below[unit.parent].append(unit)
    turns = [
        unit for turn in zip(*(below[unit.code][:5] for unit in top if unit.upper_level), strict=True) for unit in turn
    ]
    return Structure(units=(*top, *turns[: UNITS - len(top)]), events=())


def _decisions(structure: Structure) -> Iterator[Event]:
    """One decision of each kind about the units of the small file, on 1 July 2025 and after."""
    root = next(unit for unit in structure.units if unit.parent is None)
    low = [unit for unit in structure.units if unit.kind == "grassroots" and unit.employer]
    commune = UnitRow(
        code="CD-MINH-HOA",
        name=f"Công đoàn phường Minh Họa{MARK}",
        short_name="CĐ phường Minh Họa",
        kind="commune",
        parent=root.code,
        established_on=DAY,
        decision=f"MH-01/QĐ-LĐLĐ{MARK}",
        upper_level=True,
    )
    yield Event(kind="establish", decision=commune.decision, successors=(commune,), parent=root.code, on=DAY)
    moving = tuple(unit.code for unit in low[:4])
    yield Event(kind="transfer", decision=f"MH-02/QĐ-LĐLĐ{MARK}", predecessors=moving, parent=commune.code, on=DAY)
    merged = replace(low[4], code="MH-901", name=f"Công đoàn cơ sở Hợp nhất{MARK}", parent=commune.code)
    pair = (low[4].code, low[5].code)
    heirs = dict.fromkeys(pair, merged.code)
    number = f"MH-03/QĐ-LĐLĐ{MARK}"
    yield Event(kind="merge", decision=number, predecessors=pair, successors=(merged,), heirs=heirs, on=DAY)
    parts = tuple(
        replace(low[6], code=f"MH-{place}", name=f"Công đoàn cơ sở Nhà máy {place - 901}{MARK}") for place in (902, 903)
    )
    number, heirs = f"MH-04/QĐ-LĐLĐ{MARK}", {low[6].code: parts[0].code}
    yield Event(kind="split", decision=number, predecessors=(low[6].code,), successors=parts, heirs=heirs, on=DAY)
    closed = (low[7].code, low[8].code)
    heirs = dict.fromkeys(closed, commune.code)
    number = f"MH-05/QĐ-LĐLĐ{MARK}"
    yield Event(
        kind="dissolve",
        decision=number,
        predecessors=closed,
        successors=(commune.code,),
        heirs=heirs,
        closes=True,
        on=DAY,
    )
    renamed = replace(low[9], name=f"Công đoàn cơ sở Tên mới{MARK}")
    yield Event(
        kind="rename",
        decision=f"MH-06/QĐ-LĐLĐ{MARK}",
        predecessors=(low[9].code,),
        successors=(renamed,),
        on=date(2025, 8, 1),
    )


def _crowd(structure: Structure, *, seed: int) -> list[Person]:
    """The first people of each union, PEOPLE in all, whom the union knows on the demo's first day."""
    size = -(-PEOPLE // sum(unit.kind == "grassroots" for unit in structure.units)) * 2
    units = tuple(replace(unit, people=min(unit.people, size)) for unit in structure.units)
    low = Structure(units=units, events=())
    known = (person for person in crews(low, seed=seed) if person.unit_on(START))
    return list(islice(known, PEOPLE))


def _write_csv(path: Path, rows: Iterable[Row], *, form: Literal["NFC", "NFD"]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(normalize(form, column) for column in registry.COLUMNS)
        for number, row in enumerate(rows, start=1):
            cells = [number, *(row[column] for column in registry.COLUMNS[1:])]
            writer.writerow("" if cell is None else normalize(form, str(cell)) for cell in cells)


def _write_bad(path: Path, rows: list[Row]) -> None:
    """A good row, each fault with its name beside it, the good row again by code and by name, its code on another."""
    good, *others = rows
    bad = [fault(row) | {FAULT_COLUMN: name} for (name, fault), row in zip(dirt.FAULTS.items(), others, strict=False)]
    again = [good | {FAULT_COLUMN: "trùng mã"}, good | {"Mã đoàn viên": None, FAULT_COLUMN: "trùng người"}]
    other = others[len(bad)] | {"Mã đoàn viên": good["Mã đoàn viên"], FAULT_COLUMN: "mã của người khác"}
    with sheet(path, "DANH SÁCH CÓ LỖI", (*registry.COLUMNS, FAULT_COLUMN), START) as page:
        for number, row in enumerate((good, *bad, *again, other), start=1):
            page.add({**row, "STT": number}, page.first + number - 1)
