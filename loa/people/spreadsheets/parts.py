"""The small parts of a workbook: the names of its sheets, its shared texts, and which styles show days."""

import re
from typing import Protocol
from xml.parsers import expat
from zipfile import ZipFile

from django.utils.translation import gettext as _

from .limits import TEXT, BadFile

_BLOCK = 1 << 16
_BUILT_IN_DAYS = {*range(14, 23), 27, 28, 29, 30, 31, *range(45, 48), *range(50, 59)}
"""Number formats that show a day or a time without being written out (ECMA-376, part 1, 18.8.30)."""
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_MOST_STYLES = 65_490


class Part(Protocol):
    """Hears the elements of one part."""

    def start(self, tag: str, attributes: dict[str, str]) -> None: ...
    def text(self, characters: str) -> None: ...
    def end(self, tag: str) -> None: ...


def parse(archive: ZipFile, name: str, part: Part) -> None:
    """Read one part of the archive; raises expat.ExpatError, BadZipFile and KeyError."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, attributes: part.start(tag.rpartition(" ")[2], attributes)
    parser.EndElementHandler = lambda tag: part.end(tag.rpartition(" ")[2])
    parser.CharacterDataHandler = part.text
    parser.StartDoctypeDeclHandler = _no_doctype
    with archive.open(name) as file:
        while block := file.read(_BLOCK):
            parser.Parse(block)
    parser.Parse(b"", True)


def _no_doctype(*_arguments: object) -> None:
    """A workbook has no DTD; one with a DTD wants to multiply entities or fetch files."""
    raise BadFile(_("The workbook is damaged or was cut short. Please save or send it again."))


class Names:
    """Sheets of the workbook, and the targets of its relations: key → (kind, path)."""

    def __init__(self) -> None:
        self.visible: list[tuple[str, str]] = []
        self.targets: dict[str, tuple[str, str]] = {}
        self.from_1904 = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet" and attributes.get("state", "visible") == "visible":
            key = next((value for name, value in attributes.items() if name.endswith(" id")), "")
            self.visible.append((attributes.get("name", ""), key))
        elif tag == "Relationship":
            kind = attributes.get("Type", "").rpartition("/")[2]
            if attributes.get("TargetMode") != "External":
                self.targets[attributes.get("Id", "")] = (kind, attributes.get("Target", ""))
        elif tag == "workbookPr":
            self.from_1904 = attributes.get("date1904") in {"1", "true"}

    def text(self, characters: str) -> None: ...
    def end(self, tag: str) -> None: ...


class Strings:
    """The texts cells refer to by number; the readings of East Asian characters (rPh) are left out."""

    def __init__(self, *, most: int) -> None:
        self.texts: list[str] = []
        self._most = most
        self._pieces: list[str] = []
        self._length = 0
        self._open = self._spoken = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "t":
            self._open = not self._spoken
        elif tag == "rPh":
            self._spoken = True
        elif tag == "si":
            self._pieces, self._length = [], 0

    def text(self, characters: str) -> None:
        if self._open:
            self._length += len(characters)
            if self._length > TEXT * 2:
                raise BadFile(_("The workbook has a cell with far too much text."))
            self._pieces.append(characters)

    def end(self, tag: str) -> None:
        if tag == "t":
            self._open = False
        elif tag == "rPh":
            self._spoken = False
        elif tag == "si":
            if len(self.texts) >= self._most:
                raise BadFile(_("The workbook holds too many different texts. Please split it into several files."))
            self.texts.append("".join(self._pieces))


class Styles:
    """`dates`: the cell styles that show a number as a day."""

    def __init__(self) -> None:
        self.dates: set[int] = set()
        self._formats: set[int] = set(_BUILT_IN_DAYS)
        self._inside = False
        self._count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt" and shows_day(attributes.get("formatCode", "")):
            self._formats.add(int(attributes.get("numFmtId", 0)))
        elif tag == "cellXfs":
            self._inside = True
        elif tag == "xf" and self._inside and self._count < _MOST_STYLES:
            if int(attributes.get("numFmtId", 0)) in self._formats:
                self.dates.add(self._count)
            self._count += 1

    def text(self, characters: str) -> None: ...

    def end(self, tag: str) -> None:
        if tag == "cellXfs":
            self._inside = False


def shows_day(code: str) -> bool:
    """Whether a number format such as `dd/mm/yyyy;@` shows days."""
    return any(letter in _NOT_FORMAT.sub("", code.partition(";")[0]).lower() for letter in "dy")
