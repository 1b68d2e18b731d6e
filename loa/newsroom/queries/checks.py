"""What a check of a text says: counts, what it lacks, doubts about spelling, advice. It suggests and never blocks."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .. import advice
from ..counting import Counts, counts
from ..models import Remark, Story, Term
from ..spelling import Doubt, doubts
from ..wordbook import Wordbook, learn

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
class Check:
    editions: list[EditionCheck]
    learnt_from: int
    """How many published stories the wordbook has learnt from: few of them see few wrong tones."""

    @property
    def clean(self) -> bool:
        return not any(edition.doubts or edition.advice for edition in self.editions)


def check(texts: Mapping[str, str]) -> Check:
    """The check of editions by the names of their fields; two queries, or three when the wordbook has to learn."""
    terms = list(Term.objects.all())
    newest = Story.objects.filter(live=True).order_by("-pk").values_list("pk", "last_published_at").first()
    book, learnt = _wordbook(newest, tuple(sorted(f"{term.name} {term.pk}" for term in terms)))
    known = {term.abbreviation: term.name for term in terms if term.abbreviation}
    better = {term.avoided: term.name for term in terms if term.avoided}
    written = [(name, text) for name, text in texts.items() if text.strip()]
    editions = [_edition(name, text, texts, book, known, better) for name, text in written]
    return Check(editions=editions, learnt_from=learnt)


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
    label = Remark.Edition(name).label if name in Remark.Edition else name
    return EditionCheck(edition=name, label=str(label), counts=counts(text), doubts=found, advice=said)


@lru_cache(maxsize=2)
def _wordbook(_newest: Any, terms: tuple[str, ...]) -> tuple[Wordbook, int]:
    """Learnt once, until there is a new story or another term; each process keeps its own."""
    published = list(Story.objects.filter(live=True, language=Story.Language.VI).order_by("-pk")[:LEARNT])
    texts = [text for story in published for text in story.editions.values()]
    return learn(texts, terms=[term.rpartition(" ")[0] for term in terms]), len(published)
