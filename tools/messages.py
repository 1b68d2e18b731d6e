"""Message catalogues without the gettext programs: `messages.py compile | check | missing`.

Each module has its own catalogue, loa/<module>/locale/vi/LC_MESSAGES/django.po. `compile` writes the .mo files beside
them; `check` extracts every message of Python code and templates and fails on one that is missing, fuzzy, no longer
used, or whose placeholders differ; `missing` prints what is missing, ready to be pasted into a catalogue.

The catalogues of loa/config also hold translations for installed packages (LOCALE_PATHS wins over theirs): each must
still be a message of one, and of no module of ours, whose own words it would silently overrule.
"""

import io
import os
import re
import sys
from collections.abc import Container, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

os.environ.setdefault("LOA_MODE", "test")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loa.config.settings")

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent / "loa"
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
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
Key = tuple[str | None, str]


def catalogues() -> Iterator[Path]:
    yield from sorted(PACKAGE.glob("*/locale/vi/LC_MESSAGES/django*.po"))


def read(path: Path, locale: str = "vi") -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=locale, abort_invalid=True)


def compile_all() -> None:
    for path in catalogues():
        target = path.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            with target.open("wb") as file:
                write_mo(file, read(path))


def extracted(module: Path) -> dict[Key, str]:
    """Each message of a module (context and text) with the first place it stands at."""
    found: dict[Key, str] = {}
    for path in sorted(module.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt", ".xml"} or "migrations" in path.parts or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8")
        code = text if path.suffix == ".py" else flush_left(templatize(text, origin=str(path)))
        for line, function, message, _comments in extract_python(io.BytesIO(code.encode()), FUNCTIONS, [], {}):
            for key in keys(function or "", message):
                found.setdefault(key, f"{path.relative_to(PACKAGE.parent)}:{line}")
    return found


def flush_left(code: str) -> str:
    """What became of a template keeps its indentation, which means nothing there and everything to Python's reader."""
    return "\n".join(line.strip() for line in code.split("\n"))


def keys(function: str, message: object) -> Iterator[Key]:
    parts = list(message) if isinstance(message, tuple | list) else [message]
    context = None
    if function.startswith(("pgettext", "npgettext")):
        context = parts.pop(0)
    if parts and isinstance(parts[0], str) and parts[0]:
        yield context if isinstance(context, str) else None, parts[0]


def texts(message: Message) -> tuple[list[str], list[str]]:
    ids = list(message.id) if isinstance(message.id, tuple | list) else [message.id]
    strings = list(message.string) if isinstance(message.string, tuple | list) else [message.string]
    return ids, strings


def key_of(message: Message) -> Key:
    return message.context, texts(message)[0][0]


def messages_in(path: Path, locale: str = "vi") -> dict[Key, Message]:
    return {key_of(message): message for message in read(path, locale) if message.id} if path.exists() else {}


def of_module(module: Path) -> Path:
    return module / "locale/vi/LC_MESSAGES/django.po"


@cache
def of_packages(domain: str) -> set[Key]:
    """Every message of the packages we install, from their English catalogues."""
    apps = ["django.conf", *(app for app in settings.INSTALLED_APPS if not app.startswith("loa."))]
    homes = [Path(spec.origin).parent for app in apps if (spec := find_spec(app)) and spec.origin]
    return {key for home in homes for key in messages_in(home / f"locale/en/LC_MESSAGES/{domain}.po", "en")}


def problems(module: Path) -> Iterator[str]:
    wanted, path = extracted(module), of_module(module)
    known = messages_in(path)
    for key, place in wanted.items():
        if key not in known:
            yield f"{place}: not translated: {key[1]!r}"
    if module.name != "config":
        yield from wrong(path, wanted)
        return
    yield from wrong(path, wanted.keys() | of_packages("django"))
    yield from wrong(path.with_name("djangojs.po"), of_packages("djangojs"))
    for other in modules():
        if other != module:
            for key in sorted((known.keys() - wanted.keys()) & messages_in(of_module(other)).keys(), key=str):
                yield f"{where(path, known[key])}: overrules {other.name}: {key[1]!r}"


def wrong(path: Path, used: Container[Key]) -> Iterator[str]:
    for key, message in messages_in(path).items():
        ids, strings = texts(message)
        if key not in used:
            yield f"{where(path, message)}: no longer used: {key[1]!r}"
        elif message.fuzzy or not all(strings):
            yield f"{where(path, message)}: fuzzy or empty: {key[1]!r}"
        elif sorted(set(PLACEHOLDER.findall(ids[-1]))) != sorted(set(PLACEHOLDER.findall(strings[-1]))):
            yield f"{where(path, message)}: placeholders differ: {key[1]!r}"


def where(path: Path, message: Message) -> str:
    return f"{path.relative_to(PACKAGE.parent)}:{message.lineno}"


def modules() -> Iterator[Path]:
    yield from sorted(path for path in PACKAGE.iterdir() if (path / "__init__.py").exists())


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def main(command: str) -> int:
    if command == "compile":
        compile_all()
        return 0
    if command == "missing":
        for module in modules():
            for problem in problems(module):
                if "not translated" in problem:
                    print(f'# {problem.split(":")[0]}\nmsgid {quoted(eval(problem.split(": ", 2)[2]))}\nmsgstr ""\n')
        return 0
    found = [problem for module in modules() for problem in problems(module)]
    print("\n".join(found) if found else "Every message is translated.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
