"""Message catalogues without the gettext programs: `messages.py compile | check | missing | arrange`.

Each module has its own catalogue, loa/<module>/locale/vi/LC_MESSAGES/django.po. Each installed package has one of ours
too, loa/config/locale/<package>/vi/LC_MESSAGES/django.po (LOCALE_PATHS wins over the package's own), for all it leaves
in English and all it says in other words than docs/glossary.md.

`compile` writes the .mo files beside them; `check` extracts every message of Python code, templates and packages and
fails on one that is missing, fuzzy, broken, no longer used, or said in two ways; `missing` prints what is missing,
ready to be pasted into a catalogue; `arrange` orders the catalogues of packages by screen, with room for what is new.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from babel.messages.catalog import Message
from catalogues import (
    PACKAGE,
    Key,
    Wanted,
    compile_all,
    defects,
    extracted,
    messages_in,
    modules,
    of_module,
    read,
    texts,
)
from packages import (
    DOMAINS,
    EXCLUSIONS,
    Package,
    all_ids,
    exclusions,
    folders,
    idle,
    packages,
    spoken,
    untranslated,
)

CODED = re.compile(r"[a-z]+: ?\w+(?: \w+)?|[A-Za-z]+_\w+|[a-z]+(?:[.-][a-z]+){2,}")
HEADER = """msgid ""
msgstr ""
"Language: vi\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""


def of_modules(found: Iterable[Path]) -> Iterator[str]:
    """What is wrong in our own modules' catalogues."""
    for module in found:
        wanted, path = extracted(module), of_module(module)
        known = messages_in(path)
        for key, said in wanted.items():
            if key not in known:
                yield f"loa/{module.name}/{said.places[0]}: not translated: {key[1]!r}"
            if not_english(key[1]):
                yield f"loa/{module.name}/{said.places[0]}: shown to those who read English, so write it: {key[1]!r}"
        yield from wrong(path, wanted)


def not_english(text: str) -> bool:
    """Whether an id is a code ("role: chair", "no_unit") or Vietnamese: it is what a reader of English sees."""
    words = text.split()
    foreign = [word for word in words if any(letter > "\u00ff" and letter.isalpha() for letter in word)]
    return bool(CODED.fullmatch(text)) or len(foreign) * 2 > len(words)


def of_packages() -> Iterator[str]:
    """What is wrong in the words we give packages."""
    excluded = exclusions()
    for domain in DOMAINS:
        for package, wanted in untranslated(packages(), domain, spoken(domain), excluded):
            place = ", ".join(wanted.places[:1])
            yield f"{package.name} ({package.version}), {place}: not translated: {wanted.key[1]!r}"
        seen: dict[Key, Path] = {}
        for folder in folders():
            path = folder / f"vi/LC_MESSAGES/{domain}.po"
            mine = [w for package in packages() if package.words == folder for w in package.wanted(domain)]
            yield from wrong(path, {w.key: w for w in sorted(mine, key=lambda w: len(w.ids))})
            for key in messages_in(path):
                if key in seen:
                    yield f"{shown(path)}: stands in {seen[key].name} already: {key[1]!r}"
                seen.setdefault(key, folder)
    for rule in idle(packages(), excluded):
        yield f"tools/{EXCLUSIONS.name}: nothing fits any more: {rule.package} {rule.place or rule.id}"


def wrong(path: Path, used: dict[Key, Wanted]) -> Iterator[str]:
    if not path.exists():
        return
    if read(path).num_plurals != 1:
        yield f"{shown(path)}: the header must say nplurals=1"
    for key, message in messages_in(path).items():
        if key not in used:
            yield f"{where(path, message)}: no longer used: {key[1]!r}"
        elif len(used[key].ids) > len(texts(message)[0]):
            yield f"{where(path, message)}: lacks msgid_plural {used[key].ids[1]!r}: {key[1]!r}"
        for defect in defects(message):
            yield f"{where(path, message)}: {defect}: {key[1]!r}"


def in_two_ways(said: dict[Key, Message], found: Iterable[Path]) -> Iterator[str]:
    """Django keeps one translation for each id: if two modules, or a module and a package, say it differently, one of
    them is shown the other's words. They agree, or one of them says what it means with a context (pgettext).
    """
    first = {key: ("a package", texts(message)[1][0]) for key, message in said.items()}
    for module in found:
        path = of_module(module)
        for key, message in messages_in(path).items():
            speaker, words = first.setdefault(key, (module.name, texts(message)[1][0]))
            if words != texts(message)[1][0]:
                yield f"{where(path, message)}: {speaker} says {words!r} for the same words: {key[1]!r}"


def where(path: Path, message: Message) -> str:
    return f"{shown(path)}:{message.lineno}"


def shown(path: Path) -> Path:
    return path.relative_to(PACKAGE.parent) if path.is_relative_to(PACKAGE.parent) else path


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def entry(key: Key, ids: tuple[str, ...], string: str = "") -> str:
    lines = [f"msgctxt {quoted(key[0])}"] if key[0] else []
    lines.append(f"msgid {quoted(ids[0])}")
    lines += [f"msgid_plural {quoted(ids[1])}"] if len(ids) > 1 else []
    return "\n".join([*lines, f"msgstr{'[0]' if len(ids) > 1 else ''} {quoted(string)}"])


def missing() -> Iterator[str]:
    for module in modules():
        known = messages_in(of_module(module))
        for key, wanted in extracted(module).items():
            if key not in known:
                yield f"# loa/{module.name}/{wanted.places[0]}\n{entry(key, wanted.ids)}\n"
    for domain in DOMAINS:
        for package, wanted in untranslated(packages(), domain, spoken(domain), exclusions()):
            yield f"# {package.name} ({package.version}): {wanted.places[0]}\n{entry(wanted.key, wanted.ids)}\n"


def arrange() -> None:
    for domain in DOMAINS:
        lacking = {wanted.key for _, wanted in untranslated(packages(), domain, spoken(domain), exclusions())}
        written: set[Key] = set()
        for folder in folders():
            path = folder / f"vi/LC_MESSAGES/{domain}.po"
            known = messages_in(path)
            rows: dict[Key, tuple[str, Wanted]] = {}
            for package in (package for package in packages() if package.words == folder):
                for wanted in package.wanted(domain):
                    if wanted.key not in written and (wanted.key in known or wanted.key in lacking):
                        rows.setdefault(wanted.key, (screen(package, wanted), wanted))
            written |= rows.keys()
            if rows:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(arranged(list(rows.values()), known), encoding="utf-8")


def screen(package: Package, wanted: Wanted) -> str:
    """Where in a package a message stands: the folder of its template, or the file of its code."""
    place = wanted.places[0].split(":")[0] if wanted.places else ""
    path = Path(place)
    return f"{package.name}: {path.parent if path.suffix in {'.html', '.txt'} else path}"


def arranged(rows: list[tuple[str, Wanted]], known: dict[Key, Message]) -> str:
    parts = [HEADER]
    for heading, group in groupby(rows, key=lambda row: row[0]):
        parts.append(f"# {heading}\n")
        for _, wanted in group:
            said = texts(known[wanted.key])[1][0] if wanted.key in known else ""
            parts.append(entry(wanted.key, wanted.ids, said) + "\n")
    return "\n".join(parts)


def main(command: str) -> int:
    if command == "compile":
        compile_all()
    elif command == "missing":
        print("\n".join(missing()))
    elif command == "arrange":
        arrange()
    else:
        shared = {key: said for key, said in spoken("django").items() if key in all_ids("django")}
        found = [*of_modules(modules()), *of_packages(), *in_two_ways(shared, modules())]
        print("\n".join(found) if found else "Every message is translated.")
        return 1 if found else 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
