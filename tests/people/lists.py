"""Lists as unions keep them, made for a test."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

HEAD = [
    "STT",
    "Mã đoàn viên",
    "Họ và tên",
    "Ngày sinh",
    "Số điện thoại",
    "Mã CĐCS",
    "Đối tượng",
    "Ngày vào công đoàn",
    "Ngày thôi",
    "Chức vụ",
]
UNIT_HEAD = ["Mã đơn vị", "Tên đơn vị", "Loại đơn vị", "Mã đơn vị cấp trên", "Ngày thành lập", "Số quyết định"]


def workbook(path: Path, *sheets: list[list[Any]]) -> Path:
    """A workbook with these sheets of rows, days as real days."""
    book = Workbook(str(path))
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for rows in sheets:
        sheet = book.add_worksheet()
        for line, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(line, column, cell, day)
                elif isinstance(cell, str):
                    sheet.write_string(line, column, cell)
                elif cell is not None:
                    sheet.write(line, column, cell)
    book.close()
    return path


def people(path: Path, *rows: list[Any], head: list[str] = HEAD) -> Path:
    return workbook(path, [head, *rows])


def workbook_bytes(*rows: list[str]) -> bytes:
    book = BytesIO()
    made = Workbook(book)
    sheet = made.add_worksheet()
    for line, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            sheet.write_string(line, column, cell)
    made.close()
    return book.getvalue()
