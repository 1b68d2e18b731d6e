"""How wide a line of Times New Roman is, and where a long name is best broken."""

import unicodedata

# Where a name that needs two lines is best broken: between the kind of union and whose union it is.
PLACES = ("TỈNH ", "THÀNH PHỐ ", "THỊ XÃ ", "HUYỆN ", "PHƯỜNG ", "XÃ ", "KHU ", "CÔNG TY ", "TRƯỜNG ", "BỆNH VIỆN ")
MILLIMETRES_PER_POINT = 25.4 / 72

# Thousandths of the size in Times bold, by letter; marks add nothing, the horn of ơ and ư a little.
_WIDTHS = {
    **dict.fromkeys(" .,", 250),
    **dict.fromkeys("ilj/'", 278),
    **dict.fromkeys("frst-()", 333),
    **dict.fromkeys("rsI", 389),
    **dict.fromkeys("cez", 444),
    **dict.fromkeys("agovxyJ0123456789", 500),
    **dict.fromkeys("bdhknpquS", 556),
    **dict.fromkeys("PF", 611),
    **dict.fromkeys("BELTZ", 667),
    **dict.fromkeys("ACDNRUVXY", 722),
    **dict.fromkeys("GHKOQ", 778),
    **dict.fromkeys("mw", 833),
    **dict.fromkeys("MW", 1000),
}
_OTHER = 722
_HORN, _HORN_WIDTH = "\u031b", 90


def width_of(text: str, size: float) -> float:
    """About how many millimetres `text` takes in bold, rather too many than too few."""
    letters = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    thousandths = sum(
        _HORN_WIDTH if letter == _HORN else 0 if unicodedata.combining(letter) else _WIDTHS.get(letter, _OTHER)
        for letter in letters
    )
    return thousandths / 1000 * size * MILLIMETRES_PER_POINT


def broken(name: str, column: float, size: float) -> list[str]:
    """`name` in as few lines as fit the column (millimetres), the first break before a place where there is one."""
    words = name.split()
    if width_of(name, size) <= column or len(words) < 2:
        return [" ".join(words)] if words else []
    pairs = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    fitting = [pair for pair in pairs if width_of(pair[0], size) <= column] or pairs[:1]
    head, rest = min(fitting, key=lambda pair: (not pair[1].startswith(PLACES), _longest(pair, column, size)))
    return [head, *broken(rest, column, size)]


def _longest(pair: tuple[str, str], column: float, size: float) -> float:
    """The longer of two lines; of a rest that needs more lines, how much there is of it."""
    head, rest = (width_of(line, size) for line in pair)
    return max(head, rest) if rest <= column else column + rest
