import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.base.phones import display, first_of, normalise

RENAMED_2018 = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036", "0167": "037", "0168": "038",
    "0169": "039", "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip


@pytest.mark.parametrize(
    "cell",
    [
        "0905123456",
        " 0905 123 456 ",
        "0905.123.456",
        "0905-123-456",
        "0905,123,456",
        "'0905123456",
        "+84905123456",
        "+84 905 123 456",
        "(+84) 0905 123 456",
        "84905123456",
        "0084905123456",
        "905123456",
        905123456,
        905123456.0,
        "905123456.0",
        "\uff10905123456",
        "O905 123 456",
        "09o5123456",
        "ĐT: 0905123456",
        "0905123456 (Zalo)",
        "0905123456/0914555666",
        "0905123456; 0914555666",
        "0905123456, 0914555666",
        "0905123456 0914555666",
        "0905 123 456 - 0914 555 666",
        "0905123456 hoặc 0914555666",
        "0905123456\n0914555666",
        "12 / 0905123456",
    ],
)
def test_one_number_however_it_is_written(cell):
    assert normalise(cell) == "+84905123456"


@pytest.mark.parametrize(("old", "new"), RENAMED_2018.items())
def test_numbers_from_before_2018_get_their_new_prefix(old, new):
    cells: list[str | int] = [
        f"{old}3456789",
        f"{old} 345 6789",
        f"{old[1:]}3456789",
        int(f"{old}3456789"),
        f"+84{old[1:]}3456789",
    ]
    assert [normalise(cell) for cell in cells] == [f"+84{new[1:]}3456789"] * 5


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("(0256) 3822 123", "+842563822123"),
        ("2563822123", "+842563822123"),
        ("024 3822 1234", "+842438221234"),
        ("0841234567", "+84841234567"),
        (841234567, "+84841234567"),  # 0841… without its zero, not the country code 84
        ("1900 1234", "+8419001234"),
        ("0256 3822123 (máy lẻ 12)", "+842563822123"),
    ],
)
def test_landlines_and_numbers_that_look_like_something_else(cell, kept):
    assert normalise(cell) == kept


@pytest.mark.parametrize("cell", [None, True, 0, -905123456, 905123456.5, float("nan"), float("inf")])
def test_cells_that_hold_no_number_of_a_phone(cell):
    assert normalise(cell) is None


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "không có",
        "0905",
        "09051234567",
        "01111111111",
        "+1 650 253 0000",
        "+86 138 0013 8000",
        "9.05E+08",
        "12/05/1985",
        "123456789012345678901",
    ],
)
def test_texts_that_hold_no_vietnamese_number(cell):
    assert normalise(cell) is None


def test_the_first_valid_of_several():
    assert first_of("0905 / 0256 3822 123 / 0905123456") == "+842563822123"
    assert first_of("chưa có") is None


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("+84905123456", "0905 123 456"),
        ("+842563822123", "0256 3822 123"),
        ("+842438221234", "024 3822 1234"),
        ("+8419001234", "1900 1234"),
        ("+16502530000", "+16502530000"),
    ],
)
def test_numbers_are_shown_as_people_read_them_out(kept, shown):
    assert display(kept) == shown


@given(st.text("0123456789+-./() oOzđ", max_size=30) | st.text() | st.integers() | st.floats())
def test_a_number_once_kept_stays_as_it_is_and_survives_being_shown(cell):
    kept = normalise(cell)
    assert kept is None or (normalise(kept), normalise(display(kept))) == (kept, kept)
