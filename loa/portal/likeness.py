"""Whether two addresses are the same place, or only look alike. Pure values: no database here."""

import re
from difflib import SequenceMatcher
from urllib.parse import urlsplit

from loa.base import phones
from loa.base.text import clean

ALIKE = 0.82
"""How much of two addresses must agree for one to pass as the other: a letter or two of a name."""
_PREFIXES = ("www.", "m.", "mobile.", "web.", "vi-vn.")
_SCHEME = re.compile(r"^[a-z]+://")


def bare(address: str) -> str:
    """What remains of an address when all that makes no difference is taken away.

    "https://www.facebook.com/CongDoan/?ref=x" → "facebook.com/congdoan"; a number as E.164; an email in small letters.
    """
    text = clean(address).replace(" ", "") if "://" in address else clean(address)
    if number := phones.normalise(text):
        return number
    if "@" in text and "/" not in text:
        return text.lower()
    if not _SCHEME.match(text.lower()):
        text = f"https://{text}"
    try:
        parts = urlsplit(text.lower())
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return text.lower()
    for prefix in _PREFIXES:
        host = host.removeprefix(prefix)
    return (host + parts.path.rstrip("/")).removesuffix("/index.html")


def is_within(asked: str, official: str) -> bool:
    """Whether the bare address `asked` is the `official` one or something below it, such as a post on its page."""
    return asked == official or asked.startswith(official + "/")


def looks_like(asked: str, official: str) -> bool:
    """Whether somebody in a hurry could take `asked` for `official`."""
    if not asked or is_within(asked, official):
        return False
    one, other = asked.partition("/"), official.partition("/")
    if one[0] == other[0]:  # the same platform: the names are what may be alike
        return bool(one[2] and other[2]) and _ratio(one[2].partition("/")[0], other[2]) >= ALIKE
    return not other[2] and _ratio(one[0], other[0]) >= ALIKE


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
