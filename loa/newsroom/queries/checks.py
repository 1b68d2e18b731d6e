"""What a check of a text says: counts, what it lacks, doubts about spelling, advice. It suggests and never blocks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from .. import advice
from ..counting import Counts, counts
from ..models import SharedFact, Story, Term
from ..spelling import Doubt, doubts
from ..stating import Stated
from ..wordbook import Wordbook, learn
from .readings import LABELS, readings

LEARNT = 400
"""From how many of the newest stories the wordbook learns: each was approved by somebody else than its writer."""


@dataclass(frozen=True, kw_only=True)
class Doubtful:
    """A doubt with the words around it, for reading it in place."""

    doubt: Doubt
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class EditionCheck:
    edition: str
    label: str
    counts: Counts
    doubts: list[Doubtful]
    advice: list[str]


@dataclass(frozen=True, kw_only=True)
class FactCheck:
    """What the texts say of a fact that was chosen for them."""

    name: str
    value: str
    coming_on: date | None
    """The day from which the value holds, where that is still to come: until then the former one is right."""
    editions: list[tuple[str, Stated]]
    """Each with its label: those that say the value as it reads now, or a former one; and a text that says neither."""

    @property
    def said(self) -> bool:
        return any(one.now for _label, one in self.editions)

    @property
    def former(self) -> bool:
        return any(one.former for _label, one in self.editions)


@dataclass(frozen=True, kw_only=True)
class Check:
    editions: list[EditionCheck]
    facts: list[FactCheck] = field(default_factory=list)
    learnt_from: int
    """How many published stories the wordbook has learnt from: few of them see few wrong tones."""

    @property
    def clean(self) -> bool:
        doubted = any(edition.doubts or edition.advice for edition in self.editions)
        return not doubted and all(fact.said and not fact.former for fact in self.facts)


def check(texts: Mapping[str, str], facts: Sequence[SharedFact] = (), *, on: date | None = None) -> Check:
    """The check of editions by the names of their fields, and of the facts they should state.

    Two queries, one for facts, and one more when the wordbook has to learn. `on` tells which values are still to come.
    """
    terms = list(Term.objects.all())
    newest = Story.objects.filter(live=True).order_by("-pk").values_list("pk", "last_published_at").first()
    book, learnt = _wordbook(newest, tuple(sorted(f"{term.name} {term.pk}" for term in terms)))
    known = {term.abbreviation: term.name for term in terms if term.abbreviation}
    better = {term.avoided: term.name for term in terms if term.avoided}
    written = [(name, text) for name, text in texts.items() if text.strip()]
    editions = [_edition(name, text, texts, book, known, better) for name, text in written]
    return Check(editions=editions, learnt_from=learnt, facts=_facts(texts, facts, on))


def _facts(texts: Mapping[str, str], facts: Sequence[SharedFact], on: date | None) -> list[FactCheck]:
    known = readings(fact.pk for fact in facts) if facts else {}
    return [
        FactCheck(
            name=fact.name,
            value=known[fact.pk].now.value,
            coming_on=known[fact.pk].now.valid_from if on and known[fact.pk].now.coming(on) else None,
            editions=[(_label(one.edition), one) for one in known[fact.pk].of(texts).editions],
        )
        for fact in facts
    ]


def _label(name: str) -> str:
    return str(LABELS.get(name, name))


def _edition(
    name: str, text: str, texts: Mapping[str, str], book: Wordbook, known: Mapping[str, str], better: Mapping[str, str]
) -> EditionCheck:
    said = advice.on_words(text, better)
    if name == "short":
        said = [*advice.on_short(text, title=texts.get("title", ""), known=known), *said]
    elif name in ("deep", "summary", "media_text"):
        said = [*advice.on_deep(text), *advice.on_abbreviations(text, known), *said]
    found = [
        Doubtful(
            doubt=doubt, before=text[max(0, doubt.start - 30) : doubt.start], after=text[doubt.end : doubt.end + 30]
        )
        for doubt in doubts(text, book)[:30]
    ]
    return EditionCheck(edition=name, label=_label(name), counts=counts(text), doubts=found, advice=said)


@lru_cache(maxsize=2)
def _wordbook(_newest: Any, terms: tuple[str, ...]) -> tuple[Wordbook, int]:
    """Learnt once, until there is a new story or another term; each process keeps its own."""
    published = list(Story.objects.filter(live=True, language=Story.Language.VI).order_by("-pk")[:LEARNT])
    texts = [text for story in published for text in story.editions.values()]
    return learn(texts, terms=[term.rpartition(" ")[0] for term in terms]), len(published)
