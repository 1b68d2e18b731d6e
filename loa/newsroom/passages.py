"""A passage of a text, kept by its words and what stands around them, so that it is found again when the text moves.

Pure values. All texts are compared with single spaces, for line ends differ between what is typed and what is shown.
"""

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

AROUND = 40
"""How many characters before and after a passage are kept."""
ALIKE = 0.6
"""From how alike on a changed passage is taken for the same one."""


@dataclass(frozen=True, kw_only=True)
class Passage:
    quote: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, kw_only=True)
class Found:
    """Where a passage stands now: between `before` and `after`; `exact` is false when its words have changed."""

    before: str
    words: str
    after: str
    exact: bool


def plain(text: str) -> str:
    return " ".join(text.split())


def pick(text: str, quote: str) -> Passage | None:
    """The first passage of `text` with these words, or None."""
    text, quote = plain(text), plain(quote)
    start = text.find(quote) if quote else -1
    if start < 0:
        return None
    end = start + len(quote)
    return Passage(quote=quote, before=text[max(0, start - AROUND) : start], after=text[end : end + AROUND])


def locate(text: str, passage: Passage) -> Found | None:
    """Where the passage stands in the text as it is now; None when nothing like it is left."""
    text = plain(text)
    if starts := _occurrences(text, passage.quote):
        best = max(starts, key=lambda start: _fits(text, start, passage))
        return _found(text, best, best + len(passage.quote), exact=True)
    if between := _between(text, passage):
        return _found(text, *between, exact=False)
    return _alike(text, passage.quote)


def _occurrences(text: str, quote: str) -> list[int]:
    starts, start = [], text.find(quote)
    while start >= 0:
        starts.append(start)
        start = text.find(quote, start + 1)
    return starts


def _fits(text: str, start: int, passage: Passage) -> int:
    """How many characters around this occurrence are those that stood around the passage."""
    before, after = text[:start], text[start + len(passage.quote) :]
    left = next((n for n in range(len(passage.before), 0, -1) if before.endswith(passage.before[-n:])), 0)
    right = next((n for n in range(len(passage.after), 0, -1) if after.startswith(passage.after[:n])), 0)
    return left + right


def _between(text: str, passage: Passage) -> tuple[int, int] | None:
    """What stands between the old surroundings, when both are still there and close together."""
    left, right = passage.before[-20:].strip(), passage.after[:20].strip()
    if not left or not right:
        return None
    start = text.find(left)
    start = start + len(left) if start >= 0 else -1
    end = text.find(right, start) if start >= 0 else -1
    if end < 0 or not text[start:end].strip() or end - start > 3 * len(passage.quote) + AROUND:
        return None
    while text[start] == " ":
        start += 1
    return start, end


def _alike(text: str, quote: str) -> Found | None:
    """The stretch of as many words that is most like the passage."""
    words, wanted = text.split(" "), quote.split(" ")
    size, have = len(wanted), Counter(wanted)
    best, at = 0.0, -1
    for start in range(max(1, len(words) - size + 1)):
        window = words[start : start + size]
        if 2 * sum((have & Counter(window)).values()) < ALIKE * 2 * size:
            continue
        ratio = SequenceMatcher(None, wanted, window, autojunk=False).ratio()
        if ratio > best:
            best, at = ratio, start
    if best < ALIKE:
        return None
    begin = len(" ".join(words[:at])) + (1 if at else 0)
    return _found(text, begin, begin + len(" ".join(words[at : at + size])), exact=False)


def _found(text: str, start: int, end: int, *, exact: bool) -> Found:
    words = text[start:end].strip()
    return Found(before=text[max(0, start - AROUND) : start], words=words, after=text[end : end + AROUND], exact=exact)
