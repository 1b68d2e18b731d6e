"""Writes a document as a PDF of the same layout: tagged for readers who listen, with bookmarks and embedded letters.

WeasyPrint sets the pages from HTML that a template writes and styles made of the profile. It needs the Pango libraries
of the system; where they, or a font with Vietnamese letters, are missing, everything else works and Unprintable says
what to install (docs/decisions/0013-pdf.md).
"""

import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import import_module
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from PIL import ImageFile

from . import faces, styles, wording
from .content import (
    Block,
    Bullets,
    Document,
    Paragraph,
    Table,
)
from .layout import Profile
from .profiles import profile as layout_of
from .wording import plain

FINGERPRINT = "fingerprint"
_NAMED = re.compile(rb"/ID ?\[\(([0-9a-f]{64})\)")
TRAILER = 200_000
"""The last bytes of a file, where its identifier stands."""
_LAID_OUT = re.compile(r"Page (\d+)$")

Tell = Callable[[int], None]


class Unprintable(Exception):
    """This machine cannot make PDFs: the sentence says what is missing."""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A block as the template sets it: `number` counts tables, `source` is a picture as a data address."""

    kind: str
    block: Block
    lines: list[str]
    number: int = 0


def write(document: Document, *, tell: Tell = lambda _page: None) -> bytes:
    """The document as a PDF; `tell` is called with the page that is being laid out. Raises Unprintable."""
    engine, family = _engine(), faces.family()
    if family is None:
        raise Unprintable(_("No font with Vietnamese letters was found. Please run: apt install fonts-liberation2"))
    profile = layout_of(document.profile, on=document.issued_on)
    page = html(document, profile)
    # A document needs nothing but what is in it, and the letters of this machine.
    fetcher = import_module("weasyprint.urls").URLFetcher(allowed_protocols={"data", "file"})
    fonts = import_module("weasyprint.text.fonts").FontConfiguration()
    style = engine.CSS(string=styles.sheet(document, profile, family), font_config=fonts, url_fetcher=fetcher)
    with _listening(tell):
        return bytes(
            engine.HTML(string=page, url_fetcher=fetcher).write_pdf(
                stylesheets=[style],
                font_config=fonts,
                pdf_variant="pdf/ua-1",
                pdf_identifier=(document.fingerprint or sha256(page.encode()).hexdigest()).encode(),
                custom_metadata=True,
            )
        )


def html(document: Document, profile: Profile) -> str:
    counter = iter(range(1, 10_000))
    context = {
        "document": document,
        "profile": profile,
        "title": wording.title(document),
        "marks": wording.marks(document),
        "parent_lines": wording.parent_lines(document, profile),
        "issuer_lines": wording.issuer_lines(document, profile),
        "number_line": wording.number_line(document, profile),
        "place_line": wording.place_line(document, profile),
        "addressees": wording.addressees(document),
        "one_addressee": " ".join(wording.addressees(document)).rstrip(wording.ENDS),
        "grounds": wording.grounds(document),
        "pieces": list(_pieces(document.body, counter)),
        "signatures": _signatures(document, profile),
        "recipients": wording.recipient_lines(document, profile),
        "appendices": [
            {
                "number": index + 1,
                "label": wording.appendix_label(index, document, profile),
                "title": wording.appendix_title(appendix),
                "enclosed": wording.enclosed(document, profile),
                "pieces": list(_pieces(appendix.blocks, counter)),
            }
            for index, appendix in enumerate(document.appendices)
        ],
        "fingerprint": document.fingerprint,
        "fingerprint_label": wording.FINGERPRINT,
        "fingerprint_name": FINGERPRINT,
    }
    return render_to_string("reports/document.html", context)


def fingerprint_in(file: bytes) -> str:
    """The fingerprint that one of our PDFs names; "" for any other file."""
    found = _NAMED.search(file[-TRAILER:]) if file.startswith(b"%PDF-") else None
    return found[1].decode() if found else ""


def _pieces(blocks: Any, counter: Iterator[int]) -> Iterator[Piece]:
    for block in blocks:
        lines: list[str] = []
        if isinstance(block, Paragraph):
            lines = [line for line in map(plain, block.text.splitlines()) if line]
        elif isinstance(block, Bullets):
            lines = [item for item in map(plain, block.items) if item]
        number = next(counter) if isinstance(block, Table) else 0
        yield Piece(kind=type(block).__name__.lower(), block=block, lines=lines, number=number)


def _signatures(document: Document, profile: Profile) -> list[dict[str, Any]]:
    """Whoever leads signs on the right."""
    both = [document.second, document.signature] if document.second else [document.signature]
    return [{"capacity": wording.capacity_lines(one, profile), "name": plain(one.name)} for one in both]


@cache
def _engine() -> Any:
    try:
        engine = import_module("weasyprint")
    except (ImportError, OSError) as problem:
        raise Unprintable(_missing_library() % {"problem": str(problem).split(":")[0][:80]}) from None
    # WeasyPrint lets the whole process take half a picture for a whole one; what people upload must be whole.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    return engine


def _missing_library() -> str:
    return _(
        "PDFs need a library of the system that is missing here (%(problem)s). "
        "Please install it: apt install libpango-1.0-0 libpangoft2-1.0-0"
    )


class _Listener(logging.Handler):
    def __init__(self, tell: Tell) -> None:
        super().__init__()
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        if found := _LAID_OUT.search(record.getMessage()):
            self._tell(int(found[1]))


class _listening:  # noqa: N801
    """While inside, `tell` hears which page is being laid out."""

    def __init__(self, tell: Tell) -> None:
        self._logger, self._listener = logging.getLogger("weasyprint.progress"), _Listener(tell)

    def __enter__(self) -> None:
        self._before = self._logger.level, self._logger.propagate
        self._logger.addHandler(self._listener)
        self._logger.setLevel(logging.INFO)
        self._logger.propagate = False

    def __exit__(self, *reason: object) -> None:
        self._logger.removeHandler(self._listener)
        self._logger.level, self._logger.propagate = self._before
