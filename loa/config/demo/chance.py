"""Chance that repeats: the same seed and the same words always give the same numbers, on every machine."""

from datetime import date, timedelta
from hashlib import blake2b
from random import Random


def stream(seed: int, *words: object) -> Random:
    """A random stream of its own for each purpose, so that changing one part of the demo leaves the others alone."""
    return Random(":".join(map(str, (seed, *words))))


def share(seed: int, *words: object) -> float:
    """One number in [0, 1), much cheaper than a stream."""
    digest = blake2b(":".join(map(str, (seed, *words))).encode(), digest_size=6).digest()
    return int.from_bytes(digest, "big") / 2**48


def day(rng: Random, first: date, last: date) -> date:
    """A day in [first, last]; `first` when the range is empty."""
    return first + timedelta(days=rng.randint(0, max(0, (last - first).days)))
