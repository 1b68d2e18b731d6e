"""Which pictures look alike, though scaled, saved anew or made brighter. A hash of brightness; no face, no meaning.

A difference hash: the picture becomes 9 × 8 grey points, and each bit says whether a point is darker than its right
neighbour. Two copies of one picture differ in few of the 64 bits.
"""

from itertools import pairwise
from typing import IO

from PIL import Image

BITS = 64
BANDS = 8
ALIKE = 7
"""Bits in which two hashes may differ; with one band more than that many bits, one band at least is then the same."""
_SIDE = 8


def picture_hash(file: IO[bytes]) -> str:
    """16 hexadecimal digits. Raises OSError for what is no picture."""
    with Image.open(file) as picture:
        picture.draft("L", (256, 256))
        grey = picture.convert("L").resize((_SIDE + 1, _SIDE), Image.Resampling.BILINEAR)
        points = grey.tobytes()
    bits = 0
    for row in range(_SIDE):
        line = points[row * (_SIDE + 1) : (row + 1) * (_SIDE + 1)]
        for left, right in pairwise(line):
            bits = bits << 1 | (left < right)
    return f"{bits:016x}"


def bands(digest: str) -> list[tuple[int, int]]:
    """The eight bytes of a hash with their places: pictures that look alike share at least one."""
    return list(enumerate(bytes.fromhex(digest)))


def distance(one: str, other: str) -> int:
    """In how many of the 64 bits two hashes differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def plain(digest: str) -> bool:
    """Whether the picture is of one colour, more or less: such hashes are alike and say nothing."""
    return not 6 <= int(digest, 16).bit_count() <= BITS - 6
