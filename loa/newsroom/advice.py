"""What would make a short edition easier to take in: its length, its sentences, its first line. Pure values.

The measures are proposals to editors, not laws: a text of 120 syllables is read out in about half a minute, and what
stands in one sentence of more than 25 is not kept in mind by somebody who listens.
"""

import re
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from loa.base.text import fold

from .counting import counts, sentences, syllables, unexplained

SHORT_AT_MOST = 120
SENTENCE_AT_MOST = 25
MEAN_AT_MOST = 15
DEEP_SENTENCE_AT_MOST = 40
FIRST_LINE = range(4, 26)
_OFFICIAL = (
    "can cu",
    "thuc hien",
    "nham",
    "trong khong khi",
    "duoc su",
    "thuc hien ke hoach",
    "trien khai",
    "tiep tuc",
)
_TELLS_WHEN = re.compile(r"\d|hôm nay|ngày mai|sáng|chiều|tối|tuần|tháng|năm", re.IGNORECASE)


def on_short(text: str, *, title: str = "", known: Mapping[str, str] | None = None) -> list[str]:
    """Sentences of advice on a short edition; `known` gives what abbreviations stand for."""
    if not text.strip():
        return []
    return [*_on_length(text), *_on_first_line(text, title), *on_abbreviations(text, known or {})]


def _on_length(text: str) -> Iterator[str]:
    told = counts(text)
    if told.syllables > SHORT_AT_MOST:
        yield _("%(there)s syllables: about %(most)s are heard to the end.") % {
            "there": told.syllables,
            "most": SHORT_AT_MOST,
        }
    long = [sentence for sentence in sentences(text) if syllables(sentence) > SENTENCE_AT_MOST]
    for sentence in long[:3]:
        yield _("This sentence has %(there)s syllables; two shorter ones are easier: “%(beginning)s…”") % {
            "there": syllables(sentence),
            "beginning": " ".join(sentence.split()[:6]),
        }
    if not long and told.sentences and told.syllables / told.sentences > MEAN_AT_MOST:
        yield _("The sentences are long on average; try one thought to a sentence.")


def _on_first_line(text: str, title: str) -> Iterator[str]:
    first = sentences(text)[0] if sentences(text) else ""
    if fold(first).startswith(_OFFICIAL):
        yield _("The first line begins like an official letter. Begin with what changes for the reader, and from when.")
    elif title and fold(first).strip(" .!") == fold(title).strip(" .!"):
        yield _("The first line only repeats the title. Say what the title leaves open.")
    elif syllables(first) not in FIRST_LINE:
        yield _("The first line should be one sentence of 4 to 25 syllables: who, what, from when.")
    elif not _TELLS_WHEN.search(first):
        yield _("The first line names no day, time or number. Does the reader know when it concerns them?")


def on_deep(text: str) -> list[str]:
    long = [sentence for sentence in sentences(text) if syllables(sentence) > DEEP_SENTENCE_AT_MOST]
    return [
        _("This sentence has %(there)s syllables; two shorter ones are easier: “%(beginning)s…”")
        % {"there": syllables(sentence), "beginning": " ".join(sentence.split()[:6])}
        for sentence in long[:3]
    ]


def on_abbreviations(text: str, known: Mapping[str, str]) -> list[str]:
    """Each abbreviation that is not explained, with what it stands for when a term says so."""
    found = unexplained(text)
    return [
        _("“%(short)s” is not explained; write “%(long)s (%(short)s)” the first time.")
        % {"short": word, "long": known[word]}
        if word in known
        else _("“%(short)s” is not explained; not everybody knows it.") % {"short": word}
        for word in found
    ]


def on_words(text: str, better: Mapping[str, str]) -> list[str]:
    """Words that the union says otherwise; `better` maps what is avoided to what is said instead."""
    folded = text.lower()
    return [
        _("Instead of “%(avoided)s” the union says “%(said)s”.") % {"avoided": avoided, "said": said}
        for avoided, said in better.items()
        if re.search(rf"(?<!\w){re.escape(avoided.lower())}(?!\w)", folded)
    ]
