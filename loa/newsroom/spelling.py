"""What may be misspelt in a text, with what may have been meant. It suggests and never blocks. Pure values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from loa.base.text import fold, nfc

from .counting import SYLLABLE
from .syllables import is_syllable, reposition
from .wordbook import Wordbook

_LOANED = """
album android app audio blog bus camera clip covid email facebook fan fanpage file gas google graphic hotline html
inbox infographic internet iphone karaoke laptop link livestream logo marathon maps media menu messenger mp3 mp4
offline online pdf photo podcast poster qr radio robot sms slide smartphone sim stress taxi tiktok tivi video viber
virus web website wifi youtube zalo
"""
LOANWORDS = frozenset(_LOANED.split())
_LETTERS = re.compile(r"[^\W\d_]+\Z")


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """Words that may be wrong, where they stand, and what may have been meant ("" when nothing comes to mind)."""

    start: int
    end: int
    words: str
    instead: str = ""
    kind: str = "spelling"
    """Either "spelling" for what is no syllable, "context" for what is one, but seldom beside its neighbour."""


def doubts(text: str, book: Wordbook) -> list[Doubt]:
    """Doubtful places in the order of the text."""
    text = nfc(text)
    written = list(SYLLABLE.finditer(text))
    found = [doubt for doubt in (_no_syllable(hit, book) for hit in written) if doubt]
    taken = {doubt.start for doubt in found}
    out_of_place = {doubt.start: doubt for doubt in _out_of_place(text, written, book)}
    found += [doubt for start, doubt in out_of_place.items() if start not in taken]
    return sorted(found, key=lambda doubt: doubt.start)


def _no_syllable(hit: re.Match[str], book: Wordbook) -> Doubt | None:
    word = hit.group()
    low = word.lower()
    # Names and abbreviations begin with a capital; most foreign names have no other sign.
    if not _LETTERS.match(word) or word != low or is_syllable(low) or low in LOANWORDS or book.words[low]:
        return None
    return Doubt(start=hit.start(), end=hit.end(), words=word, instead=_meant(low, book))


def _meant(word: str, book: Wordbook) -> str:
    if moved := reposition(word):
        return moved
    alike = [known for known in book.words if fold(known) == fold(word)]
    if alike:
        return max(alike, key=lambda known: book.words[known])
    near = get_close_matches(word, [*LOANWORDS, *book.words], n=1, cutoff=0.8)
    return near[0] if near else ""


def _out_of_place(text: str, written: list[re.Match[str]], book: Wordbook) -> Iterator[Doubt]:
    low = [hit.group().lower() for hit in written]
    for n in range(len(low) - 1):
        usual = book.usual(low[n], low[n + 1])
        if usual is None or not _side_by_side(text, written[n], written[n + 1]):
            continue
        for at, meant in ((n, usual[0]), (n + 1, usual[1])):
            if meant != low[at] and not _held(low, at, n, book):
                yield _doubt(written[at], meant)


def _held(low: list[str], at: int, pair: int, book: Wordbook) -> bool:
    """Whether the word fits its other neighbour, as it is written."""
    if at == pair:
        return at > 0 and book.knows(low[at - 1], low[at])
    return at + 1 < len(low) and book.knows(low[at], low[at + 1])


def _side_by_side(text: str, first: re.Match[str], second: re.Match[str]) -> bool:
    return text[first.end() : second.start()] == " "


def _doubt(hit: re.Match[str], meant: str) -> Doubt:
    word = hit.group()
    instead = meant.capitalize() if word[:1].isupper() and not word.isupper() else meant
    return Doubt(
        start=hit.start(),
        end=hit.end(),
        words=word,
        instead=instead.upper() if word.isupper() else instead,
        kind="context",
    )
