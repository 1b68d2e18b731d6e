"""Headers in any order and wording."""

import unicodedata
from typing import Any

import pytest

from loa.people import columns
from loa.people.columns import Columns, is_total, people, units
from loa.people.spreadsheets import BadFile


def find(head: Any) -> Columns:
    found = columns.find(head, people)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Họ và tên", "full_name"), ("HỌ TÊN", "full_name"), ("Tên đoàn viên", "full_name"), ("Họ, tên", "full_name"),
        (unicodedata.normalize("NFD", "Họ và tên đoàn viên"), "full_name"), ("Họ và tên (chữ in hoa)", "full_name"),
        ("SĐT", "phone"), ("Điện thoại", "phone"), ("Số ĐT", "phone"), ("Số điện thoại liên hệ", "phone"),
        ("Đơn vị", "unit_name"), ("CĐCS", "unit_name"), ("Đơn vị công tác", "unit_name"), ("Mã CĐCS", "unit_code"),
        ("Ngày, tháng, năm sinh", "birth"), ("Năm sinh", "birth"),
        ("Ngày kết nạp", "joined_on"), ("Ngày vào CĐ", "joined_on"),
        ("Ngày nghỉ việc", "left_on"), ("Chức vụ công đoàn", "post"), ("Trình độ học vấn", "education"),
        ("TT", "number"),
        ("Ghi chú", None), ("", None),
    ],
)  # fmt: skip
def test_headers_are_known_by_many_names(header, field):
    assert people.field_of(header) == field


def test_the_header_is_found_below_titles_and_in_any_order():
    head = [
        (1, ["CÔNG ĐOÀN TỈNH"]),
        (2, [None, "DANH SÁCH ĐOÀN VIÊN"]),
        (3, ["Tính đến ngày 31/12/2025"]),
        (5, ["SĐT", "Đơn vị", "Họ tên"]),
    ]
    found = find(head)
    assert (dict(found.places), found.last, found.as_of()) == (
        {"phone": (0,), "unit_name": (1,), "full_name": (2,)},
        5,
        "31/12/2025",
    )


def test_a_header_of_two_lines_with_merged_cells():
    head = [
        (3, ["STT", "Họ và tên", None, "Ngày sinh", None, "Đơn vị"]),
        (4, [None, "Họ đệm", "Tên", "Nam", "Nữ", None]),
    ]
    found = find(head)
    cells = found.cells([1, "Nguyễn Thị", "Mẫu", None, "05/02/1990", "A"])
    assert cells == {"full_name": "Nguyễn Thị Mẫu", "born_male": None, "born_female": "05/02/1990", "unit_name": "A"}


@pytest.mark.parametrize("head", [["Họ", "Tên", "CĐCS"], ["Họ và tên", None, "CĐCS"], ["Họ và tên", "Tên", "CĐCS"]])
def test_a_name_in_two_columns_is_joined(head):
    found = find([(1, head)])
    assert found.cells(["Nguyễn Văn", "Mẫu", "A"]) == {"full_name": "Nguyễn Văn Mẫu", "unit_name": "A"}


def test_two_columns_that_say_the_same_are_named():
    with pytest.raises(BadFile, match=r"“SĐT”.*“Điện thoại”"):
        find([(1, ["Họ tên", "SĐT", "Điện thoại"])])


def test_the_header_again_and_column_numbers_are_not_people():
    found = find([(1, ["Họ tên", "SĐT", "Đơn vị"])])
    again, numbering, person = (["Họ tên", "SĐT", "Đơn vị"], ["(1)", "(2)", "(3)"], ["An", "0905123456", "Đơn vị"])
    assert [found.repeated(found.cells(row)) for row in (again, numbering, person)] == [True, True, False]


@pytest.mark.parametrize(
    ("cell", "total"),
    [
        ("Tổng cộng", True),
        ("Tổng cộng: 35", True),
        ("TỔNG SỐ ĐOÀN VIÊN", True),
        ("Cộng", True),
        ("Tống Văn Mẫu", False),
        ("Công Tằng", False),
    ],
)
def test_sums_are_known(cell, total):
    assert is_total([None, cell, 35]) == total


def test_unit_lists_have_their_own_words():
    head = [
        "Mã đơn vị",
        "Tên đơn vị",
        "Loại đơn vị",
        "Mã đơn vị cấp trên",
        "Ngày thành lập",
        "Doanh nghiệp/cơ quan",
        "Số lao động",
    ]
    assert [units.field_of(name) for name in head] == [
        "code",
        "name",
        "kind",
        "parent",
        "established_on",
        "employer",
        "workforce",
    ]
