"""The text of a story as its page shows it: plain words at the first mention of each term."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from wagtail.rich_text import expand_db_html

from loa.newsroom import queries as newsroom

from .explaining import Explained, Explainer, Vocabulary, explained

if TYPE_CHECKING:
    from loa.newsroom.models import Story


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a story says, as HTML, and the terms that are explained below it."""

    question: SafeString
    short: list[SafeString]
    deep: SafeString
    terms: list[Explained]


def terms() -> list[Explained]:
    """All terms that have plain words, in Vietnamese order."""
    rows = newsroom.terms_with_words()
    return explained((term.pk, term.name, term.abbreviation, term.plain) for term in rows)


def told(story: "Story", vocabulary: Vocabulary) -> Told:
    """Terms are explained in Vietnamese; other languages have other terms."""
    explainer = Explainer(vocabulary if story.language == "vi" else Vocabulary([]))
    return Told(
        question=explainer.text(story.question),
        short=[explainer.text(line) for line in story.short_lines],
        deep=explainer.html(expand_db_html(story.deep)),
        terms=explainer.used,
    )
