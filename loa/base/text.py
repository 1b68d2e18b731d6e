"""Vietnamese text: one normal form, one folding, one dictionary order.

Stored text is NFC. Everything that compares loosely (search, duplicates, slugs) compares `fold`ed text,
everything that lists text in order sorts by `sort_key`, and lists of people by `name_key`.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

# Characters that nobody sees: controls other than white space, soft hyphen, zero-width and direction marks, and
# halves of broken surrogate pairs, which no database stores. The joiner U+200D stays where it builds an emoji.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]|\u200d(?![\u2600-\u27bf\U0001f000-\U0001faff])"
)
_MARKS = re.compile("[\u0300-\u036f]+")
# đ has no decomposition, and old keyboards typed its look-alikes eth (Ð, ð) and African d (Ɖ, ɖ) in its place.
_D_STROKE = str.maketrans(dict.fromkeys("ĐđÐðƉɖ", "d"))
_NOT_SLUG = re.compile("[^a-z0-9]+")

_BREVE, _CIRCUMFLEX, _HORN = "\u0306", "\u0302", "\u031b"
_LETTERS = {
    "a" + _BREVE: "a1",
    "a" + _CIRCUMFLEX: "a2",
    "e" + _CIRCUMFLEX: "e1",
    "o" + _CIRCUMFLEX: "o1",
} | {
    "o" + _HORN: "o2",
    "u" + _HORN: "u1",
}
_TONES = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "5", "\u0323": "6"}


def nfc(text: str) -> str:
    """`text` in the normal form in which Loa keeps all text."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """One line of typed text: NFC, nothing invisible, single spaces."""
    return nfc(" ".join(_INVISIBLE.sub("", text).split()))


def clean_lines(text: str) -> str:
    """Typed text of several lines: each line `clean`, never two empty lines together, none at the ends."""
    lines = [clean(line) for line in text.splitlines()]
    return "\n".join(line for line, before in zip(lines, ["", *lines], strict=False) if line or before).strip("\n")


def fold(text: str) -> str:
    """The one folding: lower case, no marks, đ as d, single spaces; both tone-mark styles (hoà, hòa) become equal."""
    folded = _INVISIBLE.sub("", text)
    if not folded.isascii():
        bare = _MARKS.sub("", unicodedata.normalize("NFD", folded)).translate(_D_STROKE)
        folded = _MARKS.sub("", unicodedata.normalize("NFD", bare.casefold()))
    return " ".join(folded.lower().split())


def slug(text: str, *, max_length: int = 80) -> str:
    """The part of an address made of `text`: "doan-vien-binh-dinh". Never empty, cut between words.

    `static/base/slug.js` does the same in the browser; both are tested with `tests/base/slugs.json`.
    """
    whole = _NOT_SLUG.sub("-", fold(text)).strip("-") or "muc"
    if len(whole) <= max_length:
        return whole
    cut = whole[:max_length]
    if whole[max_length] != "-" and "-" in cut:
        cut = cut[: cut.rindex("-")]
    return cut.rstrip("-")


def sort_key(text: str) -> str:
    """A key whose order is the Vietnamese dictionary order of `text`.

    Letters decide first (a ă â b c d đ e ê … o ô ơ … u ư), then tones (ngang, huyền, hỏi, ngã, sắc, nặng: the order
    of CLDR), then case (small first). The tone belongs to the syllable, so that hoà and hòa are neighbours.
    The key has only the characters 0-9 and a-z, which every collation of every database orders alike.
    """
    words = [_word_key(word) for word in clean(text).split()]
    letters = "1".join(word[0] for word in words)
    tones = "1".join(word[1] for word in words).rstrip("1")
    case = "1".join(word[2] for word in words).rstrip("1")
    return f"{letters}0{tones}0{case}"


def name_key(full_name: str) -> str:
    """The key that lists people as Vietnamese lists do: by given name, then middle names, then family name."""
    words = clean(full_name).lower().split()
    parts = (words[-1:], words[1:-1], words[:1] if len(words) > 1 else [])
    return "0".join(sort_key(" ".join(part)) for part in parts)


def given_name(full_name: str) -> str:
    """The name a person is addressed by, the last one: "An" of "Nguyễn Văn An"."""
    return " ".join(clean(full_name).split()[-1:])


def family_name(full_name: str) -> str:
    """The first name of several: "Nguyễn" of "Nguyễn Văn An"; empty when there is only a given name."""
    words = clean(full_name).split()
    return words[0] if len(words) > 1 else ""


@lru_cache(maxsize=8192)
def _word_key(word: str) -> tuple[str, str, str]:
    """What one word adds to the three levels of `sort_key`: letters, tones, case.

    Symbols, in their order: 0 ends a level, 1 parts words, 2 leads anything else than a letter, 3 a digit, then a-z.
    A letter with relatives (a ă â) is followed by its number among them.
    """
    letters, tones, case = "", "", ""
    for cluster in _clusters(unicodedata.normalize("NFD", word)):
        letter, marks = cluster[0], cluster[1:]
        shape = next((mark for mark in marks if letter.casefold() + mark in _LETTERS), "")
        letters += _letter_key(letter.casefold(), shape)
        tones += "".join(_TONES.get(mark, "7") for mark in marks if mark != shape)
        case += "3" if letter.isupper() else "2"
    return letters, tones, case.rstrip("2")


def _clusters(text: str) -> list[str]:
    """Decomposed `text` cut into letters, each with the marks that follow it."""
    starts = [index for index, character in enumerate(text) if not _MARKS.match(character) or index == 0]
    return [text[start:end] for start, end in pairwise([*starts, len(text)])]


def _letter_key(letter: str, shape: str) -> str:
    if shape:
        return _LETTERS[letter + shape]
    if letter.translate(_D_STROKE) != letter:
        return "d1"
    return "".join(_plain_key(character) for character in letter)


def _plain_key(character: str) -> str:
    if character in "adeou":
        return character + "0"
    if character.isascii() and character.isalpha():
        return character if character != "z" else "z0"
    if character.isascii() and character.isdigit():
        return "3" + character
    return f"{'z1' if character.isalpha() else '2'}{ord(character):06x}"
