"""Where a search hit shows in a text, tone marks or not. Pure values: no database here."""

import re
from collections.abc import Iterable

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from loa.base.text import fold, nfc

_WORD = re.compile(r"\w+")


def words_of(asked: str) -> frozenset[str]:
    """The words of a search, folded."""
    return frozenset(_WORD.findall(fold(asked)))


def marked(text: str, words: frozenset[str]) -> SafeString:
    """`text` as HTML, with the words that were asked for in <mark>; neighbours share one mark."""
    parts: list[str] = []
    end = 0
    for first, last in _runs(nfc(text), words):
        parts += [conditional_escape(nfc(text)[end:first]), format_html("<mark>{}</mark>", nfc(text)[first:last])]
        end = last
    return mark_safe("".join([*parts, conditional_escape(nfc(text)[end:])]))  # noqa: S308 every part is escaped


def around(text: str, words: frozenset[str], *, length: int = 220) -> str:
    """About `length` characters of `text` around the first word asked for, cut between words."""
    first = next((start for start, _ in _runs(text, words)), 0)
    start = max(0, first - length // 4)
    if start:
        start = text.find(" ", start) + 1
    end = start + length
    if end < len(text):
        end = max(text.rfind(" ", start, end), first)
    return ("… " if start else "") + text[start:end].strip() + (" …" if end < len(text) else "")


def _runs(text: str, words: frozenset[str]) -> Iterable[tuple[int, int]]:
    """Start and end of each stretch of neighbouring words that were asked for."""
    first, last = -1, -1
    for match in _WORD.finditer(text):
        if fold(match[0]) not in words:
            continue
        if first >= 0 and not text[last : match.start()].isspace():
            yield first, last
            first = -1
        first = match.start() if first < 0 else first
        last = match.end()
    if first >= 0:
        yield first, last
