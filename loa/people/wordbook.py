"""Words of the lists staff may edit (education, posts …) as a file uses them: known by key, new ones below zero.

A preview may not write, but it must compare: a new word gets a number no row of the database has, and the number is
exchanged for its key when the import is applied. Values only.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from loa.base.text import clean, fold

MOST = 300
"""Different new words of one list: more of them mean that the column holds something else."""


class TooManyWords(Exception):
    """The column holds too many different texts to be a list of choices."""


@dataclass
class Words:
    """One list. `known`: folded name or code → key; `new`: number below zero → name as first seen."""

    known: dict[str, int]
    longest: int = 120
    new: dict[int, str] = field(default_factory=dict)
    _seen: dict[str, int] = field(default_factory=dict)

    def key(self, text: str) -> int:
        """The key of the word. Raises TooManyWords."""
        if text in self._seen:
            return self._seen[text]
        folded = fold(text)
        if folded not in self.known:
            if len(self.new) >= MOST:
                raise TooManyWords
            number = -len(self.new) - 1
            self.known[folded] = number
            self.new[number] = clean(text)[: self.longest]
        if len(self._seen) < MOST * 10:
            self._seen[text] = self.known[folded]
        return self.known[folded]


def known(rows: Iterable[tuple[int, str, str]]) -> dict[str, int]:
    """`Words.known` from (key, code, name); the first of two with the same name is meant."""
    found: dict[str, int] = {}
    for key, code, name in rows:
        found.setdefault(fold(name), key)
        found.setdefault(fold(code), key)
    return found
