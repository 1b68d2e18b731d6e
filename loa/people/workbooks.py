"""A table as an .xlsx, row by row: true days and numbers, a head, and a page on where it comes from and means."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time
from functools import partial
from itertools import islice
from typing import IO, Any

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from loa.base.dates import short_date

from .tables import Cell, Column, Sheet, Sort

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_OF_A_SHEET = 1_000_000
"""Excel has 1,048,576 rows; what is more goes on to a next sheet."""
HEAD = 4
"""Title, unit and day, an empty row, headings."""
TELL_EVERY = 500
SHOWN_AS = {Sort.NUMBER: "#,##0.##", Sort.SHARE: "0.0%", Sort.DAY: "dd/mm/yyyy"}

Tell = Callable[[int], None]


def write(sheet: Sheet, file: IO[bytes], *, tell: Tell = lambda _count: None) -> int:
    """Write it and return how many rows it has. Nothing anybody typed becomes a formula or a link."""
    book = Workbook(
        file,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"title": sheet.title, "comments": _provenance(sheet)})
    looks = _looks(book)
    rows, count, number = iter(sheet.rows), 0, 1
    while True:
        page = book.add_worksheet(_("Table") if number == 1 else _("Table %(number)d") % {"number": number})
        _head(page, sheet, looks)
        written = _fill(page, sheet, looks, islice(rows, ROWS_OF_A_SHEET), partial(_further, tell, count))
        page.autofilter(HEAD - 1, 0, HEAD - 1 + max(written, 1), len(sheet.columns) - 1)
        count, number = count + written, number + 1
        if written < ROWS_OF_A_SHEET:
            break
    _notes(book.add_worksheet(_("Source and meaning")), sheet, count, looks)
    book.close()
    return count


def _further(tell: Tell, done: int, more: int) -> None:
    tell(done + more)


def _looks(book: Any) -> dict[str, Any]:
    plain = {sort.value: book.add_format({"num_format": shown, "valign": "top"}) for sort, shown in SHOWN_AS.items()}
    return plain | {
        Sort.TEXT.value: book.add_format({"text_wrap": True, "valign": "top"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "top", "bg_color": "#EEEEEE"}),
        "label": book.add_format({"bold": True, "valign": "top"}),
    }


def _head(page: Any, sheet: Sheet, looks: dict[str, Any]) -> None:
    for position, column in enumerate(sheet.columns):
        page.set_column(position, position, column.width)
    page.write_string(0, 0, sheet.title, looks["title"])
    page.write_string(1, 0, _provenance(sheet))
    for position, column in enumerate(sheet.columns):
        page.write_string(HEAD - 1, position, column.title, looks["head"])
    page.freeze_panes(HEAD, 0)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD - 1)


def _provenance(sheet: Sheet) -> str:
    said = [sheet.unit, _("figures of %(day)s") % {"day": short_date(sheet.on)}]
    if sheet.synthetic:
        said.append(_("made up for a demonstration"))
    return " · ".join(filter(None, said))


def _fill(page: Any, sheet: Sheet, looks: dict[str, Any], rows: Iterator[Sequence[Cell]], tell: Tell) -> int:
    count = 0
    for cells in rows:
        for position, (column, cell) in enumerate(zip(sheet.columns, cells, strict=True)):
            _put(page, HEAD + count, position, column, cell, looks)
        count += 1
        if count % TELL_EVERY == 0:
            tell(count)
    return count


def _put(page: Any, row: int, position: int, column: Column, cell: Cell, looks: dict[str, Any]) -> None:
    look = looks[column.sort.value]
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        page.write_string(row, position, cell, looks[Sort.TEXT.value])
    elif isinstance(cell, date):
        page.write_datetime(row, position, datetime.combine(cell, time()), look)
    else:
        page.write_number(row, position, cell, look)


def _notes(page: Any, sheet: Sheet, count: int, looks: dict[str, Any]) -> None:
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 100)
    said = [
        (_("Table"), sheet.title),
        (_("Unit"), sheet.unit),
        (_("Figures of"), short_date(sheet.on)),
        (_("Rows"), str(count)),
        *sheet.notes,
    ]
    if sheet.synthetic:
        said.append((_("Attention"), _("The data are made up for a demonstration; they describe nobody.")))
    for row, (label, text) in enumerate(said):
        page.write_string(row, 0, label, looks["label"])
        page.write_string(row, 1, text, looks[Sort.TEXT.value])
