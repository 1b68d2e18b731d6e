"""Which words stand beside which: learnt from the union's terms and from what it has published. Pure values.

A wrong tone mostly makes another word (đoan for đoàn), which no list of syllables can see. Its neighbours can: where
two syllables, without their marks, have always been written in one way, another way is worth a question.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from loa.base.text import fold, nfc

from .counting import SYLLABLE

TRUSTED = 50
"""A term of the union counts as often as this."""
LEAST = 3
"""How often a pair must have been seen before another way of writing it is doubted."""
SURE = 0.97
"""The share of the one way among all ways seen."""


@dataclass(frozen=True)
class Wordbook:
    pairs: dict[tuple[str, str], Counter[tuple[str, str]]] = field(default_factory=dict)
    words: Counter[str] = field(default_factory=Counter)

    def knows(self, first: str, second: str) -> bool:
        """Whether the two were seen side by side, written like this."""
        seen = self.pairs.get((fold(first), fold(second)))
        return bool(seen and seen[(first, second)])

    def usual(self, first: str, second: str) -> tuple[str, str] | None:
        """The one way in which these two are written, when there is one and this is not it."""
        seen = self.pairs.get((fold(first), fold(second)))
        if not seen or seen[(first, second)]:
            return None
        [(best, times)] = seen.most_common(1)
        total = sum(seen.values())
        return best if total >= LEAST and times >= SURE * total else None


def learn(texts: Iterable[str], *, terms: Iterable[str] = ()) -> Wordbook:
    """The wordbook of what was published, in which the union's own terms weigh most."""
    pairs: dict[tuple[str, str], Counter[tuple[str, str]]] = defaultdict(Counter)
    words: Counter[str] = Counter()
    folded: dict[str, str] = {}
    for weight, source in ((1, texts), (TRUSTED, terms)):
        for text in source:
            written = [word.lower() for word in SYLLABLE.findall(nfc(text))]
            words.update(dict.fromkeys(written, weight))
            for word in written:
                folded.setdefault(word, fold(word))
            for first, second in pairwise(written):
                pairs[folded[first], folded[second]][first, second] += weight
    return Wordbook(pairs=dict(pairs), words=words)
