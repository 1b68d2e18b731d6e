"""Which figures about people are withheld, so that no group smaller than five is ever shown, also by subtraction.

Somebody who reads a table knows its shown parts, its whole, and how many people each unit has (denominators are no
secret: units know their size). From these the hidden parts' sum follows, and bounds for each of them. Hiding only the
small parts is therefore not enough: others are hidden with them until nothing exact follows for any small one.

One limit is stated and not hidden: a whole at nobody or at everybody says so of each of its parts.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from .protocol import Figure

LEAST = 5


@dataclass(frozen=True, kw_only=True)
class Withholding:
    whole: bool
    parts: frozenset[str]
    """The paths of the parts that are withheld."""


def withhold(parts: Sequence[Figure], *, hidden: bool = False) -> Withholding:
    """What to withhold of a table of `parts` and their sum; `hidden` when the sum must not be known for other reasons.

    (It must not when the table one level up withholds this whole: otherwise that table would fall.)
    """
    whole = total(parts)
    hides_whole = hidden or is_small(whole)
    small = [part for part in parts if is_small(part)]
    if not hides_whole and (not small or _all_or_nobody(whole)):
        return Withholding(whole=False, parts=_paths(small))
    chosen = list(small)
    for part in sorted(parts, key=lambda one: (size_of(one), one.path)):
        if _safe(chosen):
            break
        if part not in chosen and size_of(part):
            chosen.append(part)
    return Withholding(whole=hides_whole, parts=_paths(chosen))


def withhold_changes(before: Sequence[Figure], now: Sequence[Figure], *, hidden: bool = False) -> Withholding:
    """What to withhold of a table of changes from one count to the next: no change of one to four people is shown.

    Two counts of the same people, one after the other, tell by subtraction who came between them. A reader knows the
    changes that are shown and perhaps that of the whole; so others are hidden with the small ones until the sum of all
    that is hidden is no small change itself and each small one could be another.
    """
    counted = {figure.path: figure.numerator for figure in before}
    held = {figure.path: figure.denominator or 0 for figure in (*before, *now)}
    changes = {path: -count for path, count in counted.items()}
    for figure in now:
        changes[figure.path] = changes.get(figure.path, 0) + figure.numerator
    whole = sum(changes.values())
    chosen = [path for path, change in changes.items() if _few(change)]
    hides_whole = hidden or _few(whole)
    if not chosen and not hides_whole:
        return Withholding(whole=False, parts=frozenset())
    for path in sorted(changes, key=lambda one: (held[one], one)):
        if len(chosen) > 1 and abs(sum(changes[one] for one in chosen)) >= LEAST:
            break
        if path not in chosen:
            chosen.append(path)
    return Withholding(whole=hides_whole, parts=frozenset(chosen))


def _few(people: int) -> bool:
    return 0 < abs(people) < LEAST


def total(parts: Iterable[Figure], *, path: str = "") -> Figure:
    """The sum of parts that do not overlap, with the sums of their notes."""
    numerator, denominator, notes = 0, None, dict[str, int]()
    for part in parts:
        numerator += part.numerator
        if part.denominator is not None:
            denominator = (denominator or 0) + part.denominator
        for label, count in part.notes:
            notes[label] = notes.get(label, 0) + count
    return Figure(path=path, numerator=numerator, denominator=denominator, notes=tuple(notes.items()))


def is_small(figure: Figure) -> bool:
    """Whether it speaks of one to four people: those counted, or those missing."""
    missing = 0 if figure.denominator is None else figure.denominator - figure.numerator
    return 0 < figure.numerator < LEAST or 0 < missing < LEAST


def _safe(hidden: Sequence[Figure]) -> bool:
    """Whether the sum of the hidden parts, once computed, is no small figure itself and fixes no small one."""
    whole = total(hidden)
    if whole.numerator < LEAST:
        return False
    if whole.denominator is not None and whole.denominator - whole.numerator < LEAST:
        return False
    return all(_open(part, whole) for part in hidden if is_small(part))


def _open(part: Figure, whole: Figure) -> bool:
    """Whether more than one value of `part` fits the sum it is hidden in."""
    if part.denominator is None or whole.denominator is None:
        return whole.numerator > part.numerator
    others = whole.denominator - part.denominator
    return max(0, whole.numerator - others) < min(part.denominator, whole.numerator)


def _all_or_nobody(whole: Figure) -> bool:
    return whole.numerator == 0 or whole.numerator == whole.denominator


def size_of(part: Figure) -> int:
    """How many people it speaks of."""
    return part.numerator if part.denominator is None else part.denominator


def _paths(parts: Collection[Figure]) -> frozenset[str]:
    return frozenset(part.path for part in parts)
