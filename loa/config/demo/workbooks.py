"""Writes the demo's input files the way unions keep them: title rows, merged cells, Vietnamese headers, and some dirt.

Everything streams; the same seed writes the same bytes.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from loa.config.demo import NOTE, SEED, START, chance, dirt, registry
from loa.config.demo.people import people
from loa.config.demo.persons import Person
from loa.config.demo.registry import Cell, Row
from loa.config.demo.shapes import Structure
from loa.config.demo.unit_rows import EVENT_COLUMNS, UNIT_COLUMNS, event_rows, unit_row

WRONG, DOUBLED = 0.003, 0.002
HOLD = 7
"""How many doubles wait until they are written: a double seldom stands beside its original."""

MADE = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Written into each file, so that the bytes do not depend on the clock."""


@dataclass(slots=True)
class Written:
    """What a file holds, for whoever checks an importer's preview against it. `wrong` counts rows by fault."""

    rows: int = 0
    doubled: int = 0
    wrong: dict[str, int] = field(default_factory=dict)


def write_units(path: Path, structure: Structure, *, on: date = START) -> int:
    """The units alive on `on`, parents before children; returns how many rows."""
    rows = [unit_row(unit) for unit in structure.on(on).values()]
    with sheet(path, "DANH SÁCH ĐƠN VỊ CÔNG ĐOÀN", UNIT_COLUMNS, on) as page:
        for place, row in enumerate(rows):
            page.add(row, page.first + place)
    return len(rows)


def write_people(
    path: Path,
    structure: Structure,
    *,
    seed: int = SEED,
    on: date = START,
    since: date | None = None,
    everyone: Iterable[Person] | None = None,
    wrong: float = WRONG,
    doubled: float = DOUBLED,
) -> Written:
    """The registry as on `on`, or what changed in it since; about 0.3 % of the rows wrong and 0.2 % there twice."""
    crowd = people(structure, seed=seed) if everyone is None else everyone
    written = Written()
    rng = chance.stream(seed, "dirt", on, since)
    with sheet(path, "DANH SÁCH ĐOÀN VIÊN, NGƯỜI LAO ĐỘNG", registry.COLUMNS, on) as page:
        for row in dirty(
            rng, registry.rows(structure, crowd, on=on, since=since), written, wrong=wrong, doubled=doubled
        ):
            page.add({**row, "STT": written.rows}, page.first + written.rows - 1)
    return written


def write_reorganisation(path: Path, structure: Structure) -> int:
    """Every event, one row for each pair of old and new unit; the decision number tells which rows are one event."""
    names = {unit.code: unit.name for unit in structure.units}
    count = 0
    with sheet(path, "CÁC QUYẾT ĐỊNH VỀ TỔ CHỨC CÔNG ĐOÀN", EVENT_COLUMNS, structure.events[-1].on) as page:
        for event in structure.events:
            for row in event_rows(event, names):
                page.add({**row, "STT": count + 1}, page.first + count)
                count += 1
            names |= {unit.code: unit.name for unit in event.arrivals}
    return count


def dirty(rng: Random, rows: Iterable[Row], written: Written, *, wrong: float, doubled: float) -> Iterator[Row]:
    """The rows as people write them, some wrong, some twice; `written` keeps count."""
    held: list[Row] = []
    for clean in rows:
        row = dirt.soiled(rng, clean)
        if rng.random() < wrong:
            fault = rng.choice(tuple(dirt.COMMON_FAULTS))
            row = dirt.COMMON_FAULTS[fault](row)
            written.wrong[fault] = written.wrong.get(fault, 0) + 1
        elif rng.random() < doubled:
            held.append(dirt.soiled(rng, clean))
        written.rows += 1
        yield row
        if len(held) == HOLD:
            yield from _released(held, written)
    yield from _released(held, written)


def _released(held: list[Row], written: Written) -> Iterator[Row]:
    while held:
        written.rows += 1
        written.doubled += 1
        yield held.pop()


class Sheet:
    """A worksheet with its title rows written, taking rows in order."""

    first = 5

    def __init__(self, book: Workbook, worksheet: Worksheet, title: str, columns: Sequence[str], on: date) -> None:
        self.worksheet, self.columns = worksheet, columns
        self.day = book.add_format({"num_format": "dd/mm/yyyy"})
        bold = book.add_format({"bold": True, "align": "center"})
        head = book.add_format({"bold": True, "border": 1, "text_wrap": True})
        worksheet.set_column(0, len(columns) - 1, 16)
        titles = ("LIÊN ĐOÀN LAO ĐỘNG TỈNH (DỮ LIỆU MINH HỌA)", title, f"Tính đến ngày {on:%d/%m/%Y}")
        for line, text in enumerate(titles):
            worksheet.merge_range(line, 0, line, len(columns) - 1, text, bold)
        worksheet.write_row(self.first - 1, 0, columns, head)
        worksheet.freeze_panes(self.first, 0)

    def add(self, row: Row, line: int) -> None:
        for place, column in enumerate(self.columns):
            self._write(line, place, row.get(column))

    def _write(self, line: int, place: int, value: Cell) -> None:
        if isinstance(value, str):
            self.worksheet.write_string(line, place, value)
        elif isinstance(value, date):
            self.worksheet.write_datetime(line, place, value, self.day)
        elif value is not None:
            self.worksheet.write_number(line, place, value)


@contextmanager
def sheet(path: Path, title: str, columns: Sequence[str], on: date) -> Iterator[Sheet]:
    book = Workbook(str(path), {"constant_memory": True})
    book.set_properties({"title": title, "comments": NOTE, "created": MADE})
    try:
        yield Sheet(book, book.add_worksheet("Danh sách"), title, columns, on)
    finally:
        book.close()
