"""Comma-separated files as programs in Việt Nam write them: any separator, any of four encodings."""

import codecs
import csv
from collections.abc import Iterator
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import TextIO

from django.utils.translation import gettext as _

from .limits import COLUMNS, LINE, ROWS, BadFile, Line, Progress

_SEPARATORS = ";\t,|"
_SAMPLE = 30
_BLOCK = 1 << 16
_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def lines(path: Path, progress: Progress) -> Iterator[Line]:
    """The lines that hold anything; raises BadFile for what is not a text in lines."""
    encoding = _encoding(path)
    separator = _separator(path, encoding)
    with path.open("rb") as raw, TextIOWrapper(raw, encoding=encoding, newline="") as file:
        try:
            for number, cells in enumerate(csv.reader(_bounded(file), delimiter=separator), start=1):
                if number > ROWS:
                    raise BadFile(_("The list has more than %(rows)s lines. Please split it.") % {"rows": ROWS})
                if len(cells) > COLUMNS and any(cells[COLUMNS:]):
                    raise BadFile(_("The list has more than %(columns)s columns.") % {"columns": COLUMNS})
                if any(cells):
                    progress.read = raw.tell()
                    yield number, list(cells)
        except (csv.Error, UnicodeError) as problem:
            raise BadFile(_("The .csv file is damaged and cannot be read as a list.")) from problem


def _encoding(path: Path) -> str:
    """UTF-8 or UTF-16 when the whole file is, otherwise Windows-1258, in which old Vietnamese programs write."""
    with path.open("rb") as file:
        head = file.read(4)
        for bom, name in _BOMS.items():
            if head.startswith(bom):
                return name
        if len(head) == 4 and head[0] and head[2] and not head[1] and not head[3]:
            return "utf-16-le"
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        encoding = "utf-8"
        for block in iter(lambda: file.read(_BLOCK), b""):
            if b"\0" in block:
                raise BadFile(
                    _("This is not a list Loa can read. Please give an Excel workbook (.xlsx) or a .csv file.")
                )
            if encoding == "utf-8" and not _decodes(decoder, block):
                encoding = "cp1258"
    return encoding


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes) -> bool:
    try:
        decoder.decode(block)
    except UnicodeDecodeError:
        return False
    return True


def _separator(path: Path, encoding: str) -> str:
    """The separator seen most in the first lines: titles above a list may hold commas, its lines hold many more."""
    with path.open("rb") as raw, TextIOWrapper(raw, encoding=encoding, errors="replace", newline="") as file:
        sample = "".join(islice(_bounded(file), _SAMPLE))
    return max(_SEPARATORS, key=sample.count)


def _bounded(file: TextIO) -> Iterator[str]:
    while line := file.readline(LINE):
        if len(line) == LINE:
            raise BadFile(_("The file has a line that does not end, so it is not a list."))
        if "\0" in line:
            raise BadFile(_("This is not a list Loa can read. Please give an Excel workbook (.xlsx) or a .csv file."))
        yield line
