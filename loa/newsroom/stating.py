"""Whether a text states a value, however it writes the number: 4.140.000 đồng, 4,14 triệu đồng. Pure values."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from loa.base.dates import parse_day
from loa.base.numbers import parse_number
from loa.base.numerals import in_digits, spelled
from loa.base.text import fold

_TOKEN = re.compile(
    r"(?P<day>(?<!\d)\d{1,2}(?:[/.-]\d{1,2}[/.-]|\s+thang\s+\d{1,2},?\s+nam\s+)\d{4}(?!\d))"
    r"|(?P<number>\d{1,3}(?:\s\d{3}){2,}(?!\d)|\d+(?:[.,]\d+)*)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<sign>[%/])"
)
_SCALES = {
    "nghin": 10**3,
    "ngan": 10**3,
    "thousand": 10**3,
    "trieu": 10**6,
    "million": 10**6,
    "ty": 10**9,
    "ti": 10**9,
    "billion": 10**9,
}
_MONEY = frozenset({"dong", "d", "vnd"})
_PER = frozenset({"moi", "mot", "per", "a", "each", "tren"})
_PERIODS = frozenset(
    {"gio", "ngay", "tuan", "thang", "quy", "nam", "nguoi", "hour", "day", "week", "month", "year", "person"}
)
_NAMES = {10**6: "triệu", 10**3: "nghìn"}
_SHARES = 3
"""Digits behind the comma that people write: 3,865 triệu."""
_DISTINCT = 4
"""Digits from which a number by itself is unlikely to mean something else."""


@dataclass(frozen=True, kw_only=True)
class Stated:
    """What one edition of a text says of a value."""

    edition: str
    now: bool = False
    """It says the value as it should stand."""
    former: str = ""
    """The former wording that it still says though it should not."""


@dataclass(frozen=True, kw_only=True)
class Former:
    """A value that was replaced: by a later one, or because it was wrong from the beginning."""

    wordings: tuple[str, ...]
    wrong: bool = False


@dataclass(frozen=True, kw_only=True)
class Verdict:
    editions: tuple[Stated, ...] = ()
    wrong: bool = False
    """Some edition says what was never right."""

    @property
    def settled(self) -> bool:
        """The text says the value somewhere, and nowhere what it should not say any more."""
        return any(one.now for one in self.editions) and not any(one.former for one in self.editions)


def verdict(texts: Mapping[str, str], *, now: Iterable[str], formers: Iterable[Former] = ()) -> Verdict:
    """What the editions of a text say of a value that reads as one of `now` and read otherwise before.

    A former value beside the present one compares the two ("from … to …"); one that was wrong stands nowhere.
    """
    wanted = [core(wording) for wording in now]
    replaced = [(former, [wording for wording in former.wordings if core(wording) not in wanted]) for former in formers]
    found, wrong = [], False
    for edition, text in texts.items():
        if not text.strip():
            continue
        read = canonical(text)
        says = any(_in(read, one) for one in wanted)
        still = [
            (former, wording)
            for former, wordings in replaced
            for wording in wordings
            if (former.wrong or not says) and _in(read, core(wording))
        ]
        wrong = wrong or any(former.wrong for former, _wording in still)
        found.append(Stated(edition=edition, now=says, former=still[0][1] if still else ""))
    return Verdict(editions=tuple(found), wrong=wrong)


def states(text: str, wording: str) -> bool:
    return _in(canonical(text), core(wording))


def telling(wording: str) -> bool:
    """Whether a wording can be found again in a text without meaning anything else: not a bare small number."""
    read = core(wording).split()
    return len(read) > 1 or (bool(read) and (not read[0].isdecimal() or len(read[0]) >= _DISTINCT))


def core(wording: str) -> str:
    """What must stand in a text that states the value: "4.140.000 đồng/tháng" is stated by "4,14 triệu đồng"."""
    read = canonical(wording)
    amount, _per, _period = read.partition(" / ")
    return amount if any(piece[0].isdigit() for piece in amount.split()) else read


def forms(wording: str) -> list[str]:
    """How texts may write a value that has one large number or one day, besides `wording` itself: for finding them."""
    read = core(wording)
    numbers = [piece for piece in read.split() if piece[0].isdigit()]
    if len(numbers) != 1:
        return [wording]
    before, _number, after = read.partition(numbers[0])
    unit = "" if after.strip() in _MONEY else after  # 4.140.000đ is one word, and vnđ stands before or behind
    return list(dict.fromkeys([wording, *(f"{before}{one}{unit}".strip() for one in _written(numbers[0]))]))


def _written(number: str) -> list[str]:
    if (day := parse_day(number)) is not None:
        plain, padded = f"{day.day}/{day.month}/{day.year}", f"{day.day:02}/{day.month:02}/{day.year}"
        return [padded, plain, f"ngày {day.day} tháng {day.month} năm {day.year}"]
    if not number.isdecimal() or not 10**3 <= int(number) < 10**12:
        return []
    value = int(number)
    found = [number, f"{value:,}", spelled(value)]
    for size, name in ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn")):
        whole, rest = divmod(value, size)
        if not whole:
            continue
        share = f"{Decimal(value) / size:f}"
        found += [f"{share.replace('.', ',')} {name}"] if len(share.partition(".")[2]) <= _SHARES else []
        smaller = size // 1000
        if rest and smaller >= 10**3 and not rest % smaller:  # 3 triệu 860 nghìn
            found.append(f"{whole} {name} {rest // smaller} {_NAMES[smaller]}")
    return found


def canonical(text: str) -> str:
    """The text as words without marks, each number (also one in words) and each day in one form."""
    return " ".join(_joined(list(_pieces(fold(in_digits(text))))))


def _in(read: str, wanted: str) -> bool:
    return bool(wanted) and f" {wanted} " in f" {read} "


def _pieces(text: str) -> Iterator[str]:
    for hit in _TOKEN.finditer(text):
        piece = hit.group()
        if hit.lastgroup == "day" and (day := parse_day(piece)):
            yield day.isoformat()
        elif hit.lastgroup == "number" and (value := parse_number(piece)) is not None:
            yield _plain(value)
        else:
            yield piece


def _joined(pieces: list[str]) -> Iterator[str]:
    at = 0
    while at < len(pieces):
        piece, following = pieces[at], pieces[at + 1] if at + 1 < len(pieces) else ""
        if piece in _MONEY and piece != "d" and _is_number(following) and not (at and _is_number(pieces[at - 1])):
            amount, at = _amount(pieces, at + 1)  # VND 4,140,000
            yield from (amount, "dong")
        elif _is_number(piece):
            amount, at = _amount(pieces, at)
            unit, at = _unit(pieces, at)
            yield from (amount, *unit)
        elif piece == "ngay" and re.fullmatch(r"\d{4}-\d\d-\d\d", following):
            at += 1
        elif piece in _PER and following in _PERIODS:
            yield "/"
            at += 1
        else:
            yield piece
            at += 1


def _unit(pieces: list[str], at: int) -> tuple[list[str], int]:
    """The unit behind a number, in one form, and the place behind it."""
    if at < len(pieces) and pieces[at] in _MONEY:
        return ["dong"], at + 1
    return (["%"], at + 2) if pieces[at : at + 2] == ["phan", "tram"] else ([], at)


def _amount(pieces: list[str], at: int) -> tuple[str, int]:
    """The number that begins at `at`, with its scales: 4 triệu 140 nghìn; and the place behind it."""
    total, scale, value = Decimal(0), 0, Decimal(pieces[at])
    while True:
        at += 1
        smaller = _SCALES.get(pieces[at], 0) if at < len(pieces) else 0
        if not smaller or (scale and smaller >= scale):
            return _plain(total + value), at
        total, scale, value = total + value * smaller, smaller, Decimal(0)
        at += 1
        if at < len(pieces) and pieces[at] == "ruoi":
            return _plain(total + Decimal(scale) / 2), at + 1
        continues = at + 1 < len(pieces) and _is_number(pieces[at]) and 0 < _SCALES.get(pieces[at + 1], 0) < scale
        if not continues:
            return _plain(total), at
        value = Decimal(pieces[at])


def _is_number(piece: str) -> bool:
    return bool(re.fullmatch(r"\d+(?:\.\d+)?", piece))


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
