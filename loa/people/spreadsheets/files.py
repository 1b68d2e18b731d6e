"""Which kind of file it is, and whether it may be opened at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from . import delimited, workbook
from .limits import BadFile, Line, Progress, size_limit

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_PASSWORD = "EncryptedPackage".encode("utf-16-le")
_OTHERS = (
    b"%PDF",
    b"{\\rtf",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"\x7fELF",
    b"MZ",
)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One sheet: its name, and its lines that hold anything, read while they are asked for."""

    name: str
    lines: Iterator[Line]
    progress: Progress


def sheets(path: Path) -> Iterator[Sheet]:
    """The visible sheets of a workbook, or the one of a csv file. Raises BadFile at once or while lines are read."""
    size = path.stat().st_size
    if size == 0:
        raise BadFile(_("The file is empty."))
    if size > size_limit():
        raise BadFile(
            _("The file has %(size)s MB; at most %(limit)s MB can be read. Please split it into several files.")
            % {"size": -(-size // 1_000_000), "limit": size_limit() // 1_000_000}
        )
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(_ZIP):
        yield from (Sheet(name=name, lines=lines, progress=far) for name, lines, far in workbook.sheets(path))
    elif head == _OLE:
        raise _old(path)
    elif head.startswith(_OTHERS):
        raise BadFile(_("This is not a list Loa can read. Please give an Excel workbook (.xlsx) or a .csv file."))
    else:
        progress = Progress(whole=size)
        yield Sheet(name=path.name, lines=delimited.lines(path, progress), progress=progress)


def _old(path: Path) -> BadFile:
    """Why a file in the container format of 1997 is refused: an old workbook, or a new one behind a password."""
    if _PASSWORD in path.read_bytes():
        return BadFile(_("The file is protected by a password. Please save it without one and try again."))
    return BadFile(_("The file is in the old format .xls. Please open it in Excel, save it as .xlsx and try again."))
