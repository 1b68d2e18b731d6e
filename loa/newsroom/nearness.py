"""The word that was meant, when the one that was typed is known to nobody. Pure values: no database here."""

from collections import Counter
from collections.abc import Collection, Sequence

from loa.base.text import fold

from .wordbook import TRUSTED, Wordbook


def nearest(written: Sequence[str], unknown: Collection[str], book: Wordbook) -> str:
    """`written` with each unknown word (folded) replaced by the nearest one of the book; "" when one has none near.

    Among equally near ones the one that stands beside the neighbours elsewhere, then the one that is written most.
    """
    said = [word.lower() for word in written]
    ways = _ways(book)
    for place, word in enumerate(said):
        if fold(word) not in unknown:
            continue
        before, after = (
            (fold(said[place - 1]) if place else ""),
            (fold(said[place + 1]) if place + 1 < len(said) else ""),
        )
        near = [(known, away) for known in ways if (away := _away(fold(word), known)) <= _leeway(fold(word))]
        if not near:
            return ""
        best, _distance = min(
            near,
            key=lambda one: (
                one[1] - _beside(book, before, one[0]) - _beside(book, one[0], after),
                -ways[one[0]].total(),
                one[0],
            ),
        )
        said[place] = best
    return " ".join(_written(said, ways, book))


def _written(said: list[str], ways: dict[str, Counter[str]], book: Wordbook) -> list[str]:
    """With the marks that these words have beside one another; a word alone as it is mostly written, if it has none."""
    bare = ["", *map(fold, said), ""]
    found = []
    for place, word in enumerate(said):
        usual = _beside_neighbours(bare[place], bare[place + 1], bare[place + 2], book)
        if not usual and word == fold(word) and word in ways:
            [(usual, _times)] = ways[word].most_common(1)
        found.append(usual or word)
    return found


def _ways(book: Wordbook) -> dict[str, Counter[str]]:
    """How each word, without its marks, is written."""
    ways: dict[str, Counter[str]] = {}
    for word, times in book.words.items():
        ways.setdefault(fold(word), Counter())[word] += times
    return ways


def _leeway(word: str) -> int:
    """Letters that may be wrong: none in the shortest words, for anything is near to them."""
    return 0 if len(word) < 3 else 1 if len(word) < 6 else 2


def _beside(book: Wordbook, first: str, second: str) -> float:
    """Standing beside a neighbour elsewhere makes a word nearer by half a letter, in a term of the union by more."""
    seen = book.pairs.get((first, second))
    return 0.0 if not seen else 0.5 + 0.25 * (seen.total() >= TRUSTED)


def _beside_neighbours(before: str, word: str, after: str, book: Wordbook) -> str:
    """How `word` is written after the one and before the other; "" when it was seen beside neither."""
    for pair, place in (((before, word), 1), ((word, after), 0)):
        if seen := book.pairs.get(pair):
            [(written, _times)] = seen.most_common(1)
            return written[place]
    return ""


def _away(one: str, other: str) -> int:
    """Letters to change, add, drop, or swap with their neighbour (Damerau and Levenshtein); 9 when far."""
    if abs(len(one) - len(other)) > 2:
        return 9
    former: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, theirs in enumerate(other, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != theirs))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == theirs:
                cost = min(cost, former[j - 2] + 1)
            row.append(cost)
        former, last = last, row
    return last[-1]
