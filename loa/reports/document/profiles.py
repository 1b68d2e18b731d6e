"""The rules of layout in force: read from YAML, by code and day.

A house adds its own (or a newer version of one) as files in the folder that LOA_LAYOUTS names; a rule that changes is a
new file with a later `valid_from`, so that documents of earlier days keep theirs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from .layout import Look, Profile, SignatureRule

OURS = Path(__file__).parent / "layouts"
GROUPS = ("page", "head", "number", "addressees", "recipients", "signature", "appendix")
DEFAULT = "nd30"


class BadLayout(ValueError):
    """A file that is no rule of layout: says which, and what is wrong with it."""


def profile(code: str, *, on: date | None) -> Profile:
    """The rule `code` as it stands on a day (None: as it stands last); the first one known for days before it.

    Raises KeyError for a code nobody wrote down.
    """
    versions = [one for one in known() if one.code == (code or DEFAULT)]
    if not versions:
        raise KeyError(code)
    in_force = [one for one in versions if on is None or one.valid_from <= on]
    return in_force[-1] if in_force else versions[0]


def choices() -> list[tuple[str, str]]:
    """Codes with the names of their latest versions."""
    return list({one.code: one.name for one in known()}.items())


def known() -> tuple[Profile, ...]:
    """All rules, each code from its oldest version to its newest."""
    return _read_all((str(OURS), *filter(None, [str(settings.LAYOUTS or "")])))


@cache
def _read_all(folders: tuple[str, ...]) -> tuple[Profile, ...]:
    written = {path: _written(path) for folder in folders for path in sorted(Path(folder).glob("*.yaml"))}
    read = [_profile(path, _grounded(path, said, written)) for path, said in written.items()]
    return tuple(sorted(read, key=lambda one: (one.code != DEFAULT, one.code, one.valid_from)))


def _written(path: Path) -> dict[str, Any]:
    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
        raise BadLayout(f"{path.name}: {problem}") from None
    if not isinstance(said, dict) or not isinstance(said.get("code"), str):
        raise BadLayout(f"{path.name}: a rule of layout begins with its code.")
    return said


def _grounded(path: Path, said: dict[str, Any], written: Mapping[Path, dict[str, Any]]) -> dict[str, Any]:
    """What a file says, over what it is based on: the rule of that code in our own folder or the house's."""
    if not (ground := said.get("based_on")):
        return _flat(said)
    below = [other for place, other in written.items() if other["code"] == ground and place != path]
    if not below or "based_on" in below[-1]:
        raise BadLayout(f"{path.name}: it is based on {ground}, which is not written down in full.")
    base, own = _flat(below[-1]), _flat(said)
    return base | own | {"looks": base["looks"] | own.get("looks", {})}


def _flat(said: dict[str, Any]) -> dict[str, Any]:
    flat = {key: value for key, value in said.items() if key not in {*GROUPS, "based_on"}}
    for group in GROUPS:
        flat |= said.get(group) or {}
    return flat


def _profile(path: Path, said: dict[str, Any]) -> Profile:
    wanted = {field.name for field in fields(Profile)}
    missing, strange = sorted(wanted - said.keys()), sorted(said.keys() - wanted)
    if missing or strange:
        raise BadLayout(f"{path.name}: missing {missing}, not known {strange}.")
    try:
        forms = {mark: SignatureRule(**rule) for mark, rule in said["signature_forms"].items()}
        looks = {key: Look(**look) for key, look in said["looks"].items()}
    except TypeError as problem:
        raise BadLayout(f"{path.name}: {problem}") from None
    made = Profile(**said | {"signature_forms": forms, "looks": looks, "unverified": tuple(said["unverified"] or ())})
    _check(path, made)
    return made


def _check(path: Path, made: Profile) -> None:
    if absent := sorted(set(_looks_needed()) - made.looks.keys()):
        raise BadLayout(f"{path.name}: no look for {absent}.")
    if made.text_width <= made.names_width or not isinstance(made.valid_from, date):
        raise BadLayout(f"{path.name}: the margins leave no room, or valid_from is no day.")


def _looks_needed() -> Iterator[str]:
    """Every part a document may have; our own decree's file names them all."""
    for path in OURS.glob(f"{DEFAULT}.yaml"):
        yield from _written(path)["looks"]
