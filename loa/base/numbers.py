"""Numbers as Vietnamese readers write them: a point between thousands, a comma before decimals."""

import re
from decimal import ROUND_HALF_UP, Decimal

NOTHING = "—"

_GROUPED = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_ENGLISH = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+|(?=,))|[+-]?\d{1,3}(?:,\d{3}){2,}")
_PLAIN = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


def number(value: float | Decimal, places: int | None = None) -> str:
    """As many decimals as the value has, or exactly `places`, halves rounded up: "1.234,5"."""
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    elif exact == exact.to_integral_value():
        exact = exact.to_integral_value()
    return f"{exact:,f}".translate(str.maketrans(",.", ".,"))


def percent(
    numerator: float | Decimal | None,
    denominator: float | Decimal | None,
    places: int = 1,
) -> str:
    """A share as "85,3 %"; a dash when there is nothing to divide or to divide by."""
    if numerator is None or not denominator:
        return NOTHING
    return f"{number(Decimal(str(numerator)) * 100 / Decimal(str(denominator)), places)} %"


def parse_number(text: str) -> Decimal | None:
    """The number that `text` writes, None when it writes none.

    1.234 is one thousand (a Vietnamese reader's point), 12.5 and 12,5 are twelve and a half, 1,234.5 is read as
    English, since nothing else is possible. A % sign and spaces are ignored.
    """
    bare = re.sub(r"[\s%]", "", text)
    if _GROUPED.fullmatch(bare):
        return Decimal(bare.replace(".", "").replace(",", "."))
    if _ENGLISH.fullmatch(bare):
        return Decimal(bare.replace(",", ""))
    return Decimal(bare.replace(",", ".")) if _PLAIN.fullmatch(bare) else None
