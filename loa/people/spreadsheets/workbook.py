"""Excel workbooks read as a stream: memory does not grow with the number of lines, blank or not.

calamine, our first choice, builds the whole sheet: 229 MB for 130,000 lines of 19 columns, before Django's own 90 MB,
and whatever a hostile sheet asks for. expat reads the same sheet in 12 MB and 3 s.
"""

import posixpath
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import IO
from xml.parsers import expat
from zipfile import BadZipFile, LargeZipFile, ZipFile
from zlib import error as zlib_error

from django.utils.translation import gettext as _

from .limits import COLUMNS, ENTRIES, RATIO, RATIO_FROM, ROWS, STRINGS, TEXT, UNPACKED, BadFile, Cell, Line, Progress
from .parts import Names, Strings, Styles, parse

_BLOCK = 1 << 16
_NUMBER = re.compile(r"-?\d{1,15}(?:\.0+)?")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_BROKEN = (
    BadZipFile,
    LargeZipFile,
    zlib_error,
    EOFError,
    expat.ExpatError,
    NotImplementedError,
    RuntimeError,
    KeyError,
    OSError,
)


def sheets(path: Path) -> Iterator[tuple[str, Iterator[Line], Progress]]:
    """The visible sheets in the workbook's order, each with its lines; raises BadFile."""
    try:
        with ZipFile(path) as archive:
            _inspect(archive, path)
            book = _book(archive)
            strings = _strings(archive, book)
            styles = Styles()
            if book.styles in archive.namelist():
                parse(archive, book.styles, styles)
            for name, part in book.visible:
                progress = Progress(whole=archive.getinfo(part).file_size)
                yield name, _lines(archive, part, _Reader(strings, styles.dates, book.epoch, progress)), progress
    except _BROKEN as problem:
        raise _damaged() from problem


def _damaged() -> BadFile:
    return BadFile(_("The workbook is damaged or was cut short. Please save or send it again."))


def _inspect(archive: ZipFile, path: Path) -> None:
    """Look at the archive's table of contents before anything is unpacked."""
    entries = archive.infolist()
    names = {entry.filename.lower() for entry in entries}
    unpacked = sum(entry.file_size for entry in entries)
    if any(name.endswith("vbaproject.bin") for name in names):
        raise BadFile(_("The file holds macros. Please save it as .xlsx without macros and try again."))
    if any(entry.flag_bits & 1 for entry in entries):
        raise BadFile(_("The file is protected by a password. Please save it without one and try again."))
    if len(entries) > ENTRIES or unpacked > UNPACKED or _bomb(unpacked, path.stat().st_size):
        raise BadFile(_("The file unpacks to far more than a list can hold, so it was not opened."))
    if "xl/workbook.bin" in names or "content.xml" in names:
        raise BadFile(_("The file is a workbook of another kind. Please save it as .xlsx and try again."))
    if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise BadFile(_("This is not a list Loa can read. Please give an Excel workbook (.xlsx) or a .csv file."))


def _bomb(unpacked: int, packed: int) -> bool:
    return unpacked > RATIO_FROM and unpacked > packed * RATIO


class _Book:
    """What the workbook says of itself: its visible sheets and where its parts are."""

    def __init__(self, names: Names, targets: dict[str, tuple[str, str]], base: str) -> None:
        at = {
            key: posixpath.normpath(posixpath.join(base, target)).lstrip("/")
            for key, (_kind, target) in targets.items()
        }
        self.visible = [(name, at[key]) for name, key in names.visible if key in at]
        kinds = {kind: at[key] for key, (kind, _target) in targets.items()}
        self.strings = kinds.get("sharedStrings", "")
        self.styles = kinds.get("styles", "")
        self.epoch = datetime(1904, 1, 1) if names.from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 (a cell has no zone)


def _book(archive: ZipFile) -> _Book:
    names = Names()
    parse(archive, "xl/workbook.xml", names)
    relations = Names()
    parse(archive, "xl/_rels/workbook.xml.rels", relations)
    return _Book(names, relations.targets, "xl")


def _strings(archive: ZipFile, book: _Book) -> list[str]:
    if book.strings not in archive.namelist():
        return []
    strings = Strings(most=STRINGS)
    parse(archive, book.strings, strings)
    return strings.texts


def _lines(archive: ZipFile, part: str, reader: "_Reader") -> Iterator[Line]:
    try:
        with archive.open(part) as file:
            yield from reader.lines(file)
    except _BROKEN as problem:
        raise _damaged() from problem


class _Reader:
    """Turns the events of one sheet's XML into lines."""

    def __init__(self, strings: list[str], dates: set[int], epoch: datetime, progress: Progress) -> None:
        self.strings, self.dates, self.epoch, self.progress = strings, dates, epoch, progress
        self.done: list[Line] = []
        self.cells: list[Cell] = []
        self.number = self.column = self.count = self.style = 0
        self.type = "n"
        self.text: list[str] | None = None
        self.whole: str = ""
        self.spoken = False
        self.columns: dict[str, int] = {}
        self.tags: dict[str, str] = {}

    def lines(self, file: IO[bytes]) -> Iterator[Line]:
        parser = expat.ParserCreate()  # names with their prefixes: a third faster than with namespaces
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = _no_doctype
        while block := file.read(_BLOCK):
            parser.Parse(block)
            self.progress.read += len(block)
            yield from self.done
            self.done.clear()
        parser.Parse(b"", True)
        yield from self.done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = self.tags.get(name) or self._tag(name)
        if tag == "c":
            place = attributes["r"].rstrip("0123456789") if "r" in attributes else ""
            self.column = self.columns.get(place) or self._column(place)
            self.type = attributes.get("t", "n")
            self.style = int(attributes.get("s", 0))
            self.whole = ""
        elif tag == "v" or (tag == "t" and not self.spoken):
            self.text = []
        elif tag == "row":
            self.number = int(attributes.get("r", self.number + 1))
            self.column = 0
            self.cells = []
        elif tag == "rPh":
            self.spoken = True

    def _characters(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def _tag(self, name: str) -> str:
        """The name of an element without its prefix."""
        if len(self.tags) < 1000:
            self.tags[name] = name.rpartition(":")[2]
        return name.rpartition(":")[2]

    def _end(self, name: str) -> None:
        tag = self.tags.get(name) or self._tag(name)
        if tag in {"v", "t"} and self.text is not None:
            self.whole += "".join(self.text)
            self.text = None
        elif tag == "c" and self.whole:
            self._cell(self._value(self.whole))
        elif tag == "row" and self.cells:
            self._line()
        elif tag == "rPh":
            self.spoken = False

    def _line(self) -> None:
        self.count += 1
        if self.count > ROWS or self.number > ROWS + 50_000:
            raise BadFile(_("The list has more than %(rows)s lines. Please split it.") % {"rows": ROWS})
        self.done.append((self.number, self.cells))
        self.cells = []

    def _cell(self, value: Cell) -> None:
        if value is None:
            return
        if self.column > COLUMNS:
            raise BadFile(_("The list has more than %(columns)s columns.") % {"columns": COLUMNS})
        cells = self.cells
        cells.extend([None] * (self.column - len(cells)))
        cells[self.column - 1] = value

    def _column(self, letters: str) -> int:
        """The number of a column, from 1; a cell that does not say its own is right of the one before."""
        if not letters:
            return self.column + 1
        number = 0
        for letter in letters[:4].upper():
            number = number * 26 + ord(letter) - 64
        if 1 <= number <= COLUMNS:
            self.columns[letters] = number
        return max(1, number)

    def _value(self, raw: str) -> Cell:
        if len(raw) > TEXT:
            raise BadFile(_("Line %(line)s has a cell with far too much text.") % {"line": self.number})
        match self.type:
            case "s":
                place = int(raw)
                return (self.strings[place] or None) if 0 <= place < len(self.strings) else None
            case "n":
                return self._number(raw)
            case "b":
                return raw == "1"
            case "e":
                return None
            case "d":
                return date.fromisoformat(raw[:10])
        return unescaped(raw)

    def _number(self, raw: str) -> Cell:
        if self.style in self.dates:
            serial = float(raw)
            if 1 <= serial < 2_958_466:  # 31 December 9999
                return (self.epoch + timedelta(days=serial)).date()
        return int(float(raw)) if _NUMBER.fullmatch(raw) else float(raw)


def unescaped(text: str) -> str:
    """`_x000D_` is how the format writes characters XML cannot hold."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _no_doctype(*_arguments: object) -> None:
    raise _damaged()
