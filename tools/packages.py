"""What the packages we install say to people, and in which Vietnamese words they will be read.

The English comes from the catalogue a package ships in English, or from its code where it ships none. A message counts
as translated when our catalogue of the package has it, or when the package itself has it in Vietnamese that has no
defect and is not the English once more. tools/exclusions.toml lists what nobody meets, each with its reason.
"""

import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

os.environ.setdefault("LOA_MODE", "test")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loa.config.settings")

from babel.messages.catalog import Message
from catalogues import Key, Wanted, defects, extracted, key_of, messages_in, read, texts
from django.conf import settings

DOMAINS = ("django", "djangojs")
EXCLUSIONS = Path(__file__).with_name("exclusions.toml")


@dataclass(frozen=True)
class Exclusion:
    """Messages nobody meets: those that stand only at such places, or one by its id."""

    package: str
    reason: str
    place: str = ""
    id: str = ""

    def covers(self, package: str, wanted: Wanted) -> bool:
        if package != self.package:
            return False
        if self.id:
            return wanted.key[1] == self.id
        return bool(wanted.places) and all(fnmatch(place.split(":")[0], self.place) for place in wanted.places)


@dataclass(frozen=True)
class Package:
    """An installed app (or Django itself): where it stands, where our words for it stand, what it wants said."""

    name: str
    home: Path
    words: Path | None
    """The folder below loa/config/locale; of several that fit, the one named most exactly."""

    @property
    def version(self) -> str:
        top = self.name.split(".")[0]
        owners = metadata.packages_distributions().get(top)
        return f"{owners[0]} {metadata.version(owners[0])}" if owners else top

    def wanted(self, domain: str) -> list[Wanted]:
        path = self.home / f"locale/en/LC_MESSAGES/{domain}.po"
        if path.exists():
            return [
                Wanted(key_of(message), tuple(texts(message)[0]), tuple(at(*place) for place in message.locations))
                for message in read(path, "en")
                if message.id
            ]
        if domain == "djangojs" or ships_english(self.name):
            return []
        return list(extracted(self.home, skip=("migrations", "tests", "locale")).values())

    def own(self, domain: str) -> dict[Key, Message]:
        """The package's own Vietnamese, as far as it can stand."""
        found = messages_in(self.home / f"locale/vi/LC_MESSAGES/{domain}.po")
        return {key: message for key, message in found.items() if stands(message)}


def at(path: str, line: int | None) -> str:
    return f"{path}:{line}" if line else path


def stands(message: Message) -> bool:
    ids, strings = texts(message)
    return not any(defects(message)) and not (strings[0] == ids[0] and any(letter.isalpha() for letter in ids[0]))


@cache
def ships_english(name: str) -> bool:
    """Whether the package keeps English catalogues somewhere, so that an app of it without one has nothing to say."""
    spec = find_spec(name.split(".")[0])
    assert spec is not None
    assert spec.origin is not None
    return any(Path(spec.origin).parent.glob("**/locale/en/LC_MESSAGES/django.po"))


def folders() -> list[Path]:
    return [Path(path) for path in settings.LOCALE_PATHS]


@cache
def packages() -> tuple[Package, ...]:
    """In the order in which our folders are named, so that words shared by two have one place."""
    names = [app for app in settings.INSTALLED_APPS if not app.startswith("loa.")] + ["django.conf"]
    found = []
    for name in names:
        spec = find_spec(name)
        if spec and spec.origin:
            fitting = [path for path in folders() if f"{name}.".startswith(f"{path.name}.")]
            words = max(fitting, key=lambda path: len(path.name), default=None)
            found.append(Package(name, Path(spec.origin).parent, words))
    order = folders()
    return tuple(sorted(found, key=lambda package: order.index(package.words) if package.words else len(order)))


def exclusions(path: Path = EXCLUSIONS) -> list[Exclusion]:
    with path.open("rb") as file:
        return [Exclusion(**entry) for entry in tomllib.load(file)["excluded"]]


@cache
def all_ids(domain: str) -> frozenset[Key]:
    return frozenset(wanted.key for package in packages() for wanted in package.wanted(domain))


@cache
def spoken(domain: str) -> dict[Key, Message]:
    """The Vietnamese that packages show where no module of ours has the same words: our folders, then their own."""
    said: dict[Key, Message] = {}
    for folder in folders():
        for key, message in messages_in(folder / f"vi/LC_MESSAGES/{domain}.po").items():
            said.setdefault(key, message)
    for package in packages():
        for key, message in package.own(domain).items():
            said.setdefault(key, message)
    return said


def untranslated(
    found: tuple[Package, ...], domain: str, said: dict[Key, Message], excluded: list[Exclusion]
) -> Iterator[tuple[Package, Wanted]]:
    for package in found:
        for wanted in package.wanted(domain):
            if wanted.key not in said and not any(rule.covers(package.name, wanted) for rule in excluded):
                yield package, wanted


def idle(found: tuple[Package, ...], excluded: list[Exclusion]) -> Iterator[Exclusion]:
    """Exclusions of messages that are no more."""
    said = [(package.name, wanted) for package in found for domain in DOMAINS for wanted in package.wanted(domain)]
    for rule in excluded:
        if not any(rule.covers(name, wanted) for name, wanted in said):
            yield rule
