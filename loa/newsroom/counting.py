"""What can be counted in a Vietnamese text: syllables, sentences, abbreviations. Pure values.

Vietnamese is written syllable by syllable, so that what stands between spaces is what one hears; the length of a text
that is read out on a loudspeaker is its number of syllables.
"""

import re
from dataclasses import dataclass

SYLLABLE = re.compile(r"[^\W_]+(?:[.,:/'’-][^\W_]+)*")
"""A word as it stands between spaces; 4,96 and 1/7/2026 are one."""
_END = re.compile(r"(?<=[.!?…])[\"”’)\]]*\s+|\n+")
_CAPITALS = re.compile(r"(?<![\w-])[A-ZĐĂÂÊÔƠƯ]{2,8}(?:[-–][A-ZĐĂÂÊÔƠƯ]{2,8})*(?![\w-])")
_ROMAN = re.compile(r"[IVXLCDM]+")


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How long a text is: `longest` is the number of syllables of its longest sentence."""

    syllables: int = 0
    sentences: int = 0
    longest: int = 0


def syllables(text: str) -> int:
    return len(SYLLABLE.findall(text))


def sentences(text: str) -> list[str]:
    """The sentences of a text; a line end ends one as well, for short editions have one thought to a line."""
    return [part.strip() for part in _END.split(text) if SYLLABLE.search(part)]


def counts(text: str) -> Counts:
    lengths = [syllables(sentence) for sentence in sentences(text)]
    return Counts(syllables=sum(lengths), sentences=len(lengths), longest=max(lengths, default=0))


def unexplained(text: str, *, known: frozenset[str] = frozenset()) -> list[str]:
    """The abbreviations that readers meet with no explanation, in their order; those in `known` need none.

    One is explained where it stands in brackets behind its full form, or with its full form in brackets behind it.
    Titles in capitals are no abbreviations: they have other words in capitals beside them.
    """
    found = []
    for hit in _CAPITALS.finditer(text):
        word = hit.group()
        if word in known or word in found or _ROMAN.fullmatch(word) or _shouted(text, hit.start(), hit.end()):
            continue
        if f"({word})" not in text and not re.search(rf"{re.escape(word)}\s*\(", text):
            found.append(word)
    return found


def _shouted(text: str, start: int, end: int) -> bool:
    """Whether a neighbour on the same line is a whole word in capitals as well."""
    before = text[:start].rpartition("\n")[2].split()[-1:]
    after = text[end:].partition("\n")[0].split()[:1]
    return any(word.isupper() and len(word) > 1 and word.isalpha() for word in before + after)
