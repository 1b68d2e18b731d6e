"""How Vietnamese catalogues are read, and what can be wrong with a message in one."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent / "loa"
PACKAGE_WORDS = PACKAGE / "config" / "locale"
FUNCTIONS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[-#0 +]*\d*(?:\.\d+)?[a-z]|%[sdrfi]\b|\{[\w.!:]*\}")
TAG = re.compile(r"</?[a-z][^<>]*>")
NEW_STYLE_MARK = re.compile(r"\b\w*(?:o[àáảãạ]|o[èéẻẽẹ]|(?<![qQ])u[ỳýỷỹỵ])\b", re.IGNORECASE)
"""hoà, khoẻ, huỷ: both ways are right; one of them is ours (docs/glossary.md)."""
Key = tuple[str | None, str]


@dataclass(frozen=True)
class Wanted:
    """One English message: its context and text, the text in all its plural forms, where it stands."""

    key: Key
    ids: tuple[str, ...]
    places: tuple[str, ...]


def catalogues() -> Iterator[Path]:
    """Ours, and those that hold the words of installed packages."""
    yield from sorted(PACKAGE.glob("*/locale/vi/LC_MESSAGES/django*.po"))
    yield from sorted(PACKAGE_WORDS.glob("*/vi/LC_MESSAGES/django*.po"))


def modules() -> Iterator[Path]:
    yield from sorted(path for path in PACKAGE.iterdir() if (path / "__init__.py").exists())


def of_module(module: Path) -> Path:
    return module / "locale/vi/LC_MESSAGES/django.po"


def read(path: Path, locale: str = "vi") -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=locale, abort_invalid=True)


def compile_all() -> None:
    for path in catalogues():
        target = path.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            with target.open("wb") as file:
                write_mo(file, read(path))


def texts(message: Message) -> tuple[list[str], list[str]]:
    """The English, and the Vietnamese, each in all its plural forms."""
    ids = list(message.id) if isinstance(message.id, tuple | list) else [message.id]
    strings = list(message.string) if isinstance(message.string, tuple | list) else [message.string]
    return ids, strings


def key_of(message: Message) -> Key:
    return message.context, texts(message)[0][0]


def messages_in(path: Path, locale: str = "vi") -> dict[Key, Message]:
    return {key_of(message): message for message in read(path, locale) if message.id} if path.exists() else {}


def extracted(root: Path, skip: tuple[str, ...] = ("migrations",)) -> dict[Key, Wanted]:
    """Each message in the code and the templates below a folder, with the first place it stands at."""
    found: dict[Key, Wanted] = {}
    for path in sorted(root.rglob("*")):
        inside = path.relative_to(root)
        if path.suffix not in {".py", ".html", ".txt", ".xml"} or set(skip) & {*inside.parts} or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8")
        code = text if path.suffix == ".py" else flush_left(templatize(text, origin=str(path)))
        for line, function, message, _comments in extract_python(io.BytesIO(code.encode()), FUNCTIONS, [], {}):
            for key, ids in keys(function or "", message):
                first = found.setdefault(key, Wanted(key, ids, (f"{inside}:{line}",)))
                if len(ids) > len(first.ids):
                    found[key] = replace(first, ids=ids)
    return found


def flush_left(code: str) -> str:
    """What became of a template keeps its indentation, which means nothing there and everything to Python's reader."""
    return "\n".join(line.strip() for line in code.split("\n"))


def keys(function: str, message: object) -> Iterator[tuple[Key, tuple[str, ...]]]:
    parts = list(message) if isinstance(message, tuple | list) else [message]
    context = None
    if function.startswith(("pgettext", "npgettext")):
        context = parts.pop(0)
    if parts and isinstance(parts[0], str) and parts[0]:
        forms = parts[:2] if function.startswith(("ngettext", "npgettext")) else parts[:1]
        yield (context if isinstance(context, str) else None, parts[0]), tuple(str(form) for form in forms)


def markup_lost(wanted: list[str], written: list[str]) -> bool:
    """Whether a translation brings tags of its own, or leaves one open; it may do without some."""
    paired = {tag[2:-1] for tag in wanted if tag.startswith("</")}
    opened = Counter(tag[1:-1].split()[0] for tag in written if not tag.startswith("</"))
    closed = Counter(tag[2:-1] for tag in written if tag.startswith("</"))
    return bool(Counter(written) - Counter(wanted)) or any(opened[name] != closed[name] for name in paired)


def defects(message: Message) -> Iterator[str]:
    """What is wrong with a translation, whoever wrote it."""
    ids, strings = texts(message)
    if message.fuzzy or not all(strings):
        yield "fuzzy or empty"
        return
    if len(strings) != 1:
        yield "Vietnamese has one form for any number"
    for string in strings:
        if sorted(set(PLACEHOLDER.findall(ids[-1]))) != sorted(set(PLACEHOLDER.findall(string))):
            yield "placeholders differ"
        if markup_lost(TAG.findall(ids[-1]), TAG.findall(string)):
            yield "markup differs"
        if ids[-1][-1:] in {" ", "\n"} and string[-1:] != ids[-1][-1:]:
            yield "the blank at the end is lost"
        for word in NEW_STYLE_MARK.findall(string):
            yield f"write the tone mark of {word!r} on the first vowel"
