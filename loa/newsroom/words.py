"""What a story is found by, and what a search asks for, both as words of an index. Pure values: no database here.

Words stand in the index without their marks, and pairs of neighbours beside them: for Vietnamese, whose words are
mostly of two syllables, pairs rank as well as a dictionary of words does. Both are indexed with their marks as well, so
that whoever types them finds what is written exactly so first, without a text being read again.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from loa.base.text import clean, fold

LONGEST = 40
"""Characters of a word that are looked at."""
ASKED = 8
"""Words of a search that are looked at."""
_WORD = re.compile(r"[^\W_]+")


def words_in(text: str) -> list[str]:
    """The words of a text in their order, as they are written, in small letters."""
    return [word[:LONGEST] for word in _WORD.findall(clean(text).lower())]


def _pairs(words: Sequence[str]) -> list[str]:
    return [f"{first}_{second}" for first, second in pairwise(words)]


def _exact(words: Sequence[str]) -> list[str]:
    return [f"m__{word}" for word in [*words, *_pairs(words)]]


def of_text(texts: Iterable[str]) -> list[str]:
    """Words and pairs, without marks and with them; pairs never reach from one text into the next."""
    found: dict[str, None] = {}
    for text in texts:
        written = [word for word in words_in(text) if fold(word)]
        bare = [fold(word) for word in written]
        found.update(dict.fromkeys([*bare, *_pairs(bare), *_exact(written)]))
    return list(found)


@dataclass(frozen=True, kw_only=True)
class Sieve:
    """What a search is narrowed to, besides its words: ids of lists, a part of the tree, a time."""

    theme_id: int | None = None
    type_id: int | None = None
    language: str = ""
    questions: bool | None = None
    year: int | None = None
    since: datetime | None = None
    unit_id: int | None = None

    def __bool__(self) -> bool:
        narrowed = (self.theme_id, self.type_id, self.language, self.year, self.since, self.unit_id)
        return any(narrowed) or self.questions is not None

    @property
    def marks(self) -> list[str]:
        """The marks that `marks_of` gives to stories that pass, as far as a story's own marks tell."""
        return marks_of(
            theme_ids=[self.theme_id] if self.theme_id else [],
            type_id=self.type_id,
            language=self.language,
            year=self.year,
            question=self.questions,
        )


def marks_of(
    *, theme_ids: Iterable[int], type_id: int | None, language: str, year: int | None, question: bool | None
) -> list[str]:
    """Words that no text has: what kind of story it is, found by the same index in the same step."""
    found = [f"t__{pk}" for pk in theme_ids]
    found += [f"p__{type_id}"] if type_id else []
    found += [f"l__{language}"] if language else []
    found += [f"y__{year}"] if year else []
    return found + ([] if question is None else ["q__1" if question else "q__0"])


def marks_of_story(*, theme_ids: Iterable[int], type_id: int, language: str, on: date, question: bool) -> list[str]:
    return marks_of(theme_ids=theme_ids, type_id=type_id, language=language, year=on.year, question=question)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody typed, as the index knows it."""

    text: str
    written: tuple[str, ...]
    """The words with their marks."""
    bare: tuple[str, ...]

    @classmethod
    def read(cls, typed: str) -> "Asked":
        text = clean(typed).lower()
        written = [word for word in words_in(text) if fold(word)][:ASKED]
        return cls(text=text, written=tuple(written), bare=tuple(map(fold, written)))

    def __bool__(self) -> bool:
        return bool(self.bare)

    @property
    def with_marks(self) -> bool:
        """Whether tone marks were typed: then they mean something."""
        return self.written != self.bare

    @property
    def pairs(self) -> tuple[str, ...]:
        return tuple(_pairs(self.bare))

    @property
    def exact(self) -> tuple[str, ...]:
        return tuple(_exact(self.written))

    @property
    def beginning(self) -> tuple[str, ...]:
        """The words while they are still being typed: the last is a beginning."""
        return (*self.bare[:-1], f"{self.bare[-1]}*")
