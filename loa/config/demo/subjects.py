"""What a demo story can be about: a subject is a set of sentences of our own that fit together in any choice.

Slots: {union} the union that speaks, {place} where it works, {employer} an invented employer of its area,
{n} a number of things, {k} a smaller one, {month} and {year}. Sentences about law stay general on purpose:
they send the reader to the text in force and state no figure.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

StoryKind = Literal["political", "policy", "image"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """`themes` are the content themes ①–⑧ of the plan (clause N2); `months` when it is told, all
    year if empty; `since` the day before which it makes no sense."""

    slug: str
    name: str
    kind: StoryKind
    themes: tuple[int, ...]
    titles: tuple[str, ...]
    leads: tuple[str, ...]
    facts: tuple[str, ...]
    calls: tuple[str, ...]
    months: tuple[int, ...] = ()
    since: date = date.min
