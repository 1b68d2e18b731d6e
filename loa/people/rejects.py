"""The workbook of lines that were not taken over: each as it came, with its number and the reason beside it."""

from typing import IO, Any

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from .models import ImportRow, ImportRun


def write_rejects(run: ImportRun, file: IO[bytes]) -> None:
    """In constant memory. Every text is written as text: no cell of a stranger's becomes a formula or a link."""
    book = Workbook(
        file,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    sheet = book.add_worksheet(_("Not taken over"))
    bold = book.add_format({"bold": True, "border": 1, "text_wrap": True})
    sheet.set_column(0, 0, 8)
    sheet.set_column(1, 1, 60)
    sheet.freeze_panes(1, 0)
    _write(sheet, 0, [_("Line"), _("Reason"), *run.head], bold)
    rows = run.rows.filter(outcome=ImportRow.Outcome.REJECTED).order_by("number")
    for line, row in enumerate(rows.iterator(chunk_size=1000), start=1):
        _write(sheet, line, [row.number, row.reason, *row.cells])
    book.close()


def _write(sheet: Any, line: int, cells: list[Any], look: Any = None) -> None:
    for column, cell in enumerate(cells):
        if isinstance(cell, str):
            sheet.write_string(line, column, cell, look)
        elif isinstance(cell, bool):
            sheet.write_boolean(line, column, cell, look)
        elif isinstance(cell, int | float):
            sheet.write_number(line, column, cell, look)
