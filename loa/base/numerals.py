"""Vietnamese numbers in words, as loudspeakers and speeches have them: read, and written.

Read with their marks, for without them năm (five) and hai (two) are too many other words. One word by itself stays a
word ("sáu tháng", "năm 2026"), except mười; so does what is no number ("mỗi năm một triệu" holds one million).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .text import nfc

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_READ = {word: number for number, word in enumerate(_DIGITS)} | {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5, "bẩy": 7}
_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_JOINS = ("lẻ", "linh")
_WORDS = sorted({*_READ, *_SCALES, *_JOINS, "mười", "mươi", "trăm"}, key=len, reverse=True)
_RUN = re.compile(rf"\b(?:{'|'.join(_WORDS)})(?:\s+(?:{'|'.join(_WORDS)}))*\b")


def in_digits(text: str) -> str:
    """The text in small letters, its numbers in words as digits: bốn triệu một trăm nghìn → 4 triệu 100 nghìn."""
    return _RUN.sub(lambda run: _rewritten(run.group().split()), nfc(text).lower())


def _rewritten(words: list[str]) -> str:
    written, at = [], 0
    while at < len(words):
        found = _number(words, at)
        written.append(found.written if found else words[at])
        at = found.end if found else at + 1
    return " ".join(written)


@dataclass(frozen=True)
class _Found:
    written: str
    end: int


def _number(words: Sequence[str], at: int) -> _Found | None:
    """The number that begins at `at`, with its scales from the largest down; None for a lone digit."""
    parts: list[str] = []
    total, scale, begun = 0, 0, at
    while group := _group(words, at):
        value, end, whole = group
        smaller = _SCALES.get(words[end], 0) if end < len(words) else 0
        if smaller and (not scale or smaller < scale):
            parts.append(f"{value} {words[end]}")
            total, scale, at = total + value * smaller, smaller, end + 1
            continue
        if not scale:
            return _Found(str(value), end) if whole or end - begun > 1 else None
        if scale == _SCALES["nghìn"] and whole:
            return _Found(str(total + value), end)
        break
    return _Found(" ".join(parts), at) if parts else None


def _group(words: Sequence[str], at: int) -> tuple[int, int, bool] | None:
    """A number below a thousand: its value, the place behind it, and whether it is more than a lone digit."""
    hundreds = at + 1 < len(words) and words[at] in _READ and words[at + 1] == "trăm"
    value = _READ[words[at]] * 100 if hundreds else 0
    at += 2 if hundreds else 0
    if hundreds and at + 1 < len(words) and words[at] in _JOINS and words[at + 1] in _READ:
        return value + _READ[words[at + 1]], at + 2, True
    if tens := _tens(words, at):
        return value + tens[0], tens[1], True
    if hundreds:
        return value, at, True
    return (_READ[words[at]], at + 1, False) if at < len(words) and words[at] in _READ else None


def _tens(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """mười, mười lăm, hai mươi, hai mươi mốt: the value and the place behind it."""
    if at < len(words) and words[at] == "mười":
        value, at = 10, at + 1
    elif at + 1 < len(words) and words[at] in _READ and words[at + 1] == "mươi":
        value, at = _READ[words[at]] * 10, at + 2
    else:
        return None
    follows = at < len(words) and words[at] in _READ and not _begins_group(words, at)
    return (value + _READ[words[at]], at + 1) if follows else (value, at)


def _begins_group(words: Sequence[str], at: int) -> bool:
    return at + 1 < len(words) and words[at + 1] in {"trăm", "mươi"}


def spelled(number: int) -> str:
    """A whole number from 1 to below a thousand billion in words."""
    if not 0 < number < 10**12:
        raise ValueError(number)
    parts: list[str] = []
    for scale, name in ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group, number = divmod(number, scale)
        if group:
            parts += [*_spelled_group(group, full=bool(parts)), name]
        elif parts and number:
            parts += ["không", name]  # năm triệu không nghìn hai trăm: without it people hear 5.200.000
    return " ".join(filter(None, parts))


def _spelled_group(group: int, *, full: bool) -> list[str]:
    """`full`: behind a larger part the hundreds are said even when there are none."""
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    said = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens == 0:
        return said + ([*(["linh"] if said else []), _DIGITS[ones]] if ones else [])
    said += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    last = {0: "", 1: "một" if tens == 1 else "mốt", 5: "lăm"}.get(ones, _DIGITS[ones])
    return said + ([last] if last else [])
