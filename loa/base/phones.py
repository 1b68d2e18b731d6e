"""Vietnamese phone numbers as people and workbooks write them, kept as E.164 ("+84905123456").

Which numbers exist is libphonenumber's word, but it no longer knows the mobile numbers of 11 digits that became
10 digits in September 2018; workbooks still hold them.
"""

import re
import unicodedata
from collections.abc import Iterator

import phonenumbers
from phonenumbers import PhoneNumberFormat

# Old prefix → new prefix, without the leading 0: MobiFone, VinaPhone, Viettel, Vietnamobile, Gmobile.
_PREFIXES_OF_2018 = (
    {"120": "70", "121": "79", "122": "77", "126": "76", "128": "78"}
    | {"123": "83", "124": "84", "125": "85", "127": "81", "129": "82"}
    | {f"16{digit}": f"3{digit}" for digit in "23456789"}
    | {"186": "56", "188": "58", "199": "59"}
)
_BETWEEN_NUMBERS = re.compile(r"[/\\;,|&\n]|\s-\s|[^\W\d_]+")
_LETTER_O_AS_ZERO = re.compile(r"(?<![^\W\d_])o(?=[\d.\s-]*\d)|(?<=\d)o(?![^\W\d_])", re.IGNORECASE)


def normalise(raw: str | float | None) -> str | None:
    """The first Vietnamese phone number in a cell, in E.164; None when there is none.

    Understands 84, +84 and 0084, any punctuation, a zero lost by a spreadsheet (905123456, 905123456.0), the letter O
    typed as a zero, and mobile numbers from before 2018.
    """
    if raw is None or isinstance(raw, bool):
        return None
    if not isinstance(raw, str):
        if raw < 0 or raw % 1:  # nan and infinity leave nan
            return None
        raw = str(int(raw))
    text = re.sub(r"^(\d+)\.0+$", r"\1", unicodedata.normalize("NFKC", raw).strip())
    return _one(text) or first_of(text)


def first_of(text: str) -> str | None:
    """The first valid number among several in `text`: "0256 3822 123 / 0905 123 456 (Zalo)"."""
    return next((number for piece in _pieces(text) if (number := _one(piece))), None)


def display(e164: str) -> str:
    """A kept number as people read it out: "0905 123 456", "0256 3822 123", "024 3822 1234"."""
    if not e164.startswith("+84"):
        return e164
    national = "0" + e164.removeprefix("+84")
    if len(national) < 10:  # 1900 1234, 1800 1091: service numbers are dialled without a zero
        return f"{national[1:5]} {national[5:]}"
    if len(national) == 10:
        return f"{national[:4]} {national[4:7]} {national[7:]}"
    if national.startswith(("024", "028")):
        return f"{national[:3]} {national[3:7]} {national[7:]}"
    return f"{national[:4]} {national[4:8]} {national[8:]}"


def _pieces(text: str) -> Iterator[str]:
    """Parts of `text` that may be one number: between separators, and then between spaces."""
    for piece in _BETWEEN_NUMBERS.split(_LETTER_O_AS_ZERO.sub("0", text)):
        yield piece
        yield from piece.split()


def _one(text: str) -> str | None:
    """`text` as exactly one number, in E.164."""
    text = _LETTER_O_AS_ZERO.sub("0", text)
    if re.search(r"[^\W\d_]", text):
        return None
    digits = re.sub("[^0-9]", "", text)
    if "+" in text and not digits.startswith("84"):
        return None
    national = _without_country(digits)
    if len(national) == 10 and national[:3] in _PREFIXES_OF_2018:
        national = _PREFIXES_OF_2018[national[:3]] + national[3:]
    try:
        number = phonenumbers.parse(f"+84{national}", None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number_for_region(number, "VN"):
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _without_country(digits: str) -> str:
    """The digits after the country code and the zero. A bare 84 is the country only when a whole number follows."""
    if digits.startswith("0084"):
        digits = digits[4:]
    elif digits.startswith("84") and len(digits) >= 11:
        digits = digits[2:]
    return digits.removeprefix("0")
