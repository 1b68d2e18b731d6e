"""How alike two texts are, and which of many could be alike at all. Pure values.

Texts are cut into every three syllables that follow one another, without marks, so that a copy without tones is a
copy. Min-hashes of these pieces, in bands, find candidates by equality; the pieces themselves then decide. A re-post
is often wrapped in a greeting, so that what counts is how much of the shorter text the longer one holds.
"""

import hashlib
import struct
from collections.abc import Iterable

from loa.base.text import fold

from .counting import SYLLABLE

PIECE = 3
BANDS = 20
ROWS = 2
ALIKE = 0.6
"""Suggested from here on; a person decides."""
_PRIME = (1 << 61) - 1
_SEEDS = [struct.unpack("<QQ", hashlib.blake2b(bytes([n]), digest_size=16).digest()) for n in range(BANDS * ROWS)]


def pieces(text: str) -> frozenset[int]:
    """Numbers that stand for the text's pieces; none for a text of fewer than three syllables."""
    written = SYLLABLE.findall(fold(text))
    runs = (" ".join(written[n : n + PIECE]) for n in range(len(written) - PIECE + 1))
    return frozenset(int.from_bytes(hashlib.blake2b(run.encode(), digest_size=7).digest(), "big") for run in runs)


def bands(cut: Iterable[int]) -> list[int]:
    """One number for each band; texts that share one may be alike. Empty for a text without pieces."""
    cut = list(cut)
    if not cut:
        return []
    least = [min((a * piece + b) % _PRIME for piece in cut) for a, b in _SEEDS]
    rows = (least[n * ROWS : (n + 1) * ROWS] for n in range(BANDS))
    packed = (b"".join(value.to_bytes(8, "big") for value in row) for row in rows)
    return [int.from_bytes(hashlib.blake2b(row, digest_size=7).digest(), "big") for row in packed]


def alike(one: frozenset[int], other: frozenset[int]) -> float:
    """How much of the shorter text the longer one holds, from 0 to 1."""
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter else 0.0
