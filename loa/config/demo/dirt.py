"""How lists really arrive: dates and phone numbers written in many ways, decomposed letters, a few wrong rows."""

from collections.abc import Callable
from datetime import date
from random import Random
from unicodedata import normalize

from loa.config.demo.registry import Cell, Row

DATES: tuple[Callable[[date], Cell], ...] = (
    lambda day: f"{day:%d/%m/%Y}",
    lambda day: f"{day.day}/{day.month}/{day.year}",
    lambda day: f"{day:%d-%m-%Y}",
    lambda day: f"{day.day}.{day.month}.{day.year}",
    lambda day: f"{day:%Y-%m-%d}",
    lambda day: day,
)
DATE_WEIGHTS = (70, 8, 6, 4, 3, 9)

PHONES: tuple[Callable[[str], Cell], ...] = (
    lambda phone: phone,
    int,
    lambda phone: f"{phone[:4]}.{phone[4:7]}.{phone[7:]}",
    lambda phone: f"{phone[:4]} {phone[4:7]} {phone[7:]}",
    lambda phone: f"+84{phone[1:]}",
    lambda phone: f"84{phone[1:]}",
)
PHONE_WEIGHTS = (82, 8, 3, 4, 2, 1)

NFD, LOOSE_SPACES = 0.005, 0.005


def _with(column: str, value: Cell) -> Callable[[Row], Row]:
    return lambda row: row | {column: value}


COMMON_FAULTS: dict[str, Callable[[Row], Row]] = {
    "đơn vị không có": _with("Mã CĐCS", "XX-000"),
    "thiếu họ tên": _with("Họ và tên", None),
    "ngày không có thật": _with("Ngày sinh", "31/02/1990"),
}
"""What is wrong in about three rows of a thousand."""

FAULTS = COMMON_FAULTS | {
    "thiếu mã đơn vị": lambda row: row | {"Mã CĐCS": None, "Tên CĐCS": None},
    "ngày sinh ở tương lai": _with("Ngày sinh", "01/01/2090"),
    "ngày sinh là chữ": _with("Ngày sinh", "không nhớ"),
    "ngày vào không có thật": _with("Ngày vào công đoàn", "30/02/2020"),
    "thôi trước khi vào": lambda row: row | {"Ngày vào công đoàn": "01/06/2022", "Ngày thôi": "01/06/2019"},
    "số điện thoại có chữ": _with("Số điện thoại", "hỏi chị Tư"),
    "số điện thoại thiếu số": _with("Số điện thoại", "0900123"),
    "email sai": _with("Email", "khong-phai-email"),
    "giới tính lạ": _with("Giới tính", "?"),
    "đối tượng lạ": _with("Đối tượng", "Khách"),
    "công thức trong ô": _with("Họ và tên", '=HYPERLINK("https://vi-du.example","Nguyễn Thị Thử")'),
    "họ tên là số": _with("Họ và tên", 12345),
    "họ tên quá dài": _with("Họ và tên", "Nguyễn " * 60),
}
"""Every fault people-bad.xlsx shows."""


def soiled(rng: Random, row: Row) -> Row:
    """The same facts, written the way people write them."""
    written: Row = {
        column: rng.choices(DATES, DATE_WEIGHTS)[0](value) if isinstance(value, date) else value
        for column, value in row.items()
    }
    phone, name = row["Số điện thoại"], row["Họ và tên"]
    if isinstance(phone, str):
        written["Số điện thoại"] = (
            old_number(phone) if phone.startswith("0760") else rng.choices(PHONES, PHONE_WEIGHTS)[0](phone)
        )
    if isinstance(name, str):
        draw = rng.random()
        if draw < NFD:
            written["Họ và tên"] = normalize("NFD", name)
        elif draw < NFD + LOOSE_SPACES:
            written["Họ và tên"] = f" {name.replace(' ', '  ', 1)} "
    return written


def old_number(phone: str) -> str:
    """A number of the 076 range as it was written before 15 September 2018: eleven digits, prefix 0126."""
    return f"0126{phone[3:]}"
