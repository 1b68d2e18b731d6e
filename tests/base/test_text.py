import itertools
import json
import string
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loa.base.text import clean, clean_lines, family_name, fold, given_name, name_key, nfc, slug, sort_key

SLUGS = json.loads((Path(__file__).parent / "slugs.json").read_text("utf-8"))
DICTIONARY = ["An", "Ánh", "Ân", "Bình", "Dũng", "Đặng", "Oanh", "Ông", "Uyên", "Ưu"]
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = ["ma", "mà", "mả", "mã", "má", "mạ"]

# Texts in which the traps are likely: Vietnamese letters, marks on their own, look-alikes, odd spaces.
vietnamese = st.text(st.sampled_from(ALPHABET + "ĐÐƉðẾộựợẫ \u00a0\u0301\u0302\u0323\u200b\u200dİßﬁ-1")) | st.text()


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def test_decomposed_text_becomes_equal_to_composed_text():
    assert nfd("Đường Thuỷ") != "Đường Thuỷ"
    assert nfc(nfd("Đường Thuỷ")) == "Đường Thuỷ"


def test_text_of_the_old_windows_code_page_is_composed():
    """cp1258 writes the letter whole and the tone apart: ê + acute."""
    assert nfc("ti\u00ea\u0301ng Vi\u00ea\u0323t") == "tiếng Việt"


def test_tone_before_circumflex_is_another_text_but_folds_and_sorts_alike():
    wrong = "tie\u0301\u0302ng"
    assert nfc(wrong) != "tiếng"
    assert (fold(wrong), sort_key(wrong)) == (fold("tiếng"), sort_key("tiếng"))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Nguyễn\u00a0Văn \t An\n", "Nguyễn Văn An"),
        ("Công\u200b đo\u00adàn\ufeff", "Công đoàn"),
        ("e\u200b\u0301", "é"),  # composed only after the invisible character between is gone
        ("a\x00b\x1fc\x85d", "ab c d"),
        ("nửa \ud800 chữ", "nửa chữ"),
        ("thợ 👩\u200d🔧 a\u200db", "thợ 👩\u200d🔧 ab"),
        ("", ""),
    ],
)
def test_typed_text_is_cleaned(typed, kept):
    assert clean(typed) == kept


def test_lines_stay_and_empty_ones_do_not_pile_up():
    assert clean_lines("\r\n  Kính gửi:  \r\n\r\n \n\nAnh\u00a0chị\n") == "Kính gửi:\n\nAnh chị"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đường  ĐẾN\u00a0trường", "duong den truong"),
        ("Ðặng Ɖịnh ðổi ɖây", "dang dinh doi day"),
        ("hướng dẫn lương", "huong dan luong"),
        ("İSTANBUL Straße", "istanbul strasse"),
    ],
)
def test_folding(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(("one", "other"), [("hoà", "hòa"), ("thuý", "thúy"), ("quý", "qúy"), ("khoẻ", "khỏe")])
def test_both_styles_of_tone_marks_are_equal_to_search_and_neighbours_in_lists(one, other):
    assert nfc(one) != nfc(other)
    assert (fold(one), sort_key(one)) == (fold(other), sort_key(other))


@given(vietnamese)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(vietnamese)
def test_folding_sees_no_difference_between_normal_forms(text):
    assert fold(nfd(text)) == fold(nfc(text))


@given(vietnamese)
def test_cleaning_twice_changes_nothing_and_gives_normal_text(text):
    assert clean(clean(text)) == clean(text) == nfc(clean(text))
    assert clean_lines(clean_lines(text)) == clean_lines(text)


@pytest.mark.parametrize(("text", "expected"), SLUGS)
def test_slugs(text, expected):
    assert slug(text) == expected


@given(vietnamese, st.integers(3, 40))
def test_a_slug_is_never_empty_too_long_or_unclean(text, limit):
    result = slug(text, max_length=limit)
    assert 0 < len(result) <= limit
    assert slug(result, max_length=limit) == result
    assert set(result) <= set(string.ascii_lowercase + string.digits + "-")


@pytest.mark.parametrize(
    "ordered",
    [
        DICTIONARY,
        list(ALPHABET),
        TONES,
        ["an", "An", "AN", "àn", "an ninh", "ân", "b"],
        ["Công đoàn", "Công đoàn 1", "Công đoàn An", "Công đoàn Ân", "Công ty"],
        ["ba", "bà", "ba bà", "bà ba", "bác"],
        ["la", "là a", "la ă", "la b"],
        ["10", "9", "a", "z", "я"],
        ["doi", "dơi", "đòi", "đói", "đôi", "đời"],
        ["za", "zz", "я"],
    ],
)
def test_dictionary_order(ordered):
    for shuffled in (ordered[::-1], sorted(ordered), [nfd(text) for text in ordered[::-1]]):
        assert [nfc(text) for text in sorted(shuffled, key=sort_key)] == ordered


@given(vietnamese)
def test_a_sort_key_has_only_what_every_collation_orders_alike(text):
    assert set(sort_key(text)) <= set(string.ascii_lowercase + string.digits)


@given(vietnamese)
def test_a_sort_key_does_not_depend_on_the_normal_form(text):
    assert sort_key(nfd(text)) == sort_key(nfc(text))


@given(st.lists(st.text(st.sampled_from(ALPHABET), min_size=1), min_size=2, max_size=5))
def test_letters_are_ordered_as_the_alphabet_orders_them(words):
    assert sorted(words, key=sort_key) == sorted(words, key=lambda word: [ALPHABET.index(letter) for letter in word])


@given(st.lists(st.sampled_from(TONES), min_size=1, max_size=4), st.lists(st.sampled_from(TONES), max_size=4))
def test_tones_decide_only_between_equal_letters_and_from_the_first_syllable_on(one, other):
    def by_hand(syllables: list[str]) -> tuple[int, list[int]]:
        return len(syllables), [TONES.index(syllable) for syllable in syllables]

    assert (sort_key(" ".join(one)) < sort_key(" ".join(other))) == (by_hand(one) < by_hand(other))


def test_people_are_listed_by_given_then_middle_then_family_name():
    ordered = [
        "An",
        "Trần An",
        "Lê Thị An",
        "Đỗ Văn An",
        "NGUYỄN VĂN AN",
        "Trần Văn Án",
        "Phạm Ngọc Ánh",
        "Bùi Thị Ân",
        "Võ Đình",
    ]
    for shuffled in (ordered[::-1], sorted(ordered)):
        assert sorted(shuffled, key=name_key) == ordered


def test_the_case_in_which_a_name_was_typed_does_not_move_a_person():
    assert name_key("NGUYỄN VĂN AN") == name_key("Nguyễn  văn An") == name_key(nfd("nguyễn văn an"))


@given(st.lists(st.tuples(*[st.sampled_from(DICTIONARY)] * 3), min_size=2, max_size=5))
def test_names_are_compared_part_by_part(names):
    def by_hand(name: tuple[str, ...]) -> tuple[int, ...]:
        family, middle, given = (DICTIONARY.index(part) for part in name)
        return given, middle, family

    assert sorted(names, key=lambda name: name_key(" ".join(name))) == sorted(names, key=by_hand)


def test_parts_of_a_name():
    names = ["Nguyễn Văn An", "Trần  Bình ", "Chi", ""]
    assert [given_name(name) for name in names] == ["An", "Bình", "Chi", ""]
    assert [family_name(name) for name in names] == ["Nguyễn", "Trần", "", ""]


def test_every_vietnamese_letter_with_every_tone_folds_to_its_plain_letter():
    plain = dict(zip(ALPHABET, "aaabcddeefghijklmnooopqrstuuvwxyz", strict=True))
    marks = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
    pairs = list(itertools.product("aăâeêioôơuưyđ", marks))
    assert [fold(nfc(letter + mark).upper()) for letter, mark in pairs] == [plain[letter] for letter, _ in pairs]
