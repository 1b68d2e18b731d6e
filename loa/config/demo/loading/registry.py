"""The registry of people, from the lists that unions handed in."""

from datetime import date
from pathlib import Path

from loa.base.numbers import number
from loa.config.demo import START
from loa.config.demo.files import CHANGES, EVE, LATEST, PEOPLE, Files
from loa.config.demo.world import World, on
from loa.ledger.facts import SYSTEM
from loa.people.actions import imports


def import_first(world: World, files: Files) -> str:
    return _import(files.path(PEOPLE), day=START)


def import_changes(world: World, files: Files) -> str:
    return _import(files.path(CHANGES), day=EVE)


def import_latest(world: World, files: Files) -> str:
    return _import(files.path(LATEST), day=world.until)


def _import(path: Path, *, day: date) -> str:
    """The rows with faults stay out, as they would for anybody: a workbook says why."""
    run = imports.start("people", path, name=path.name, unit=None, keep=False, as_of=day, by=SYSTEM, at=on(day, 5))
    counts = imports.apply(run, path=path, by=SYSTEM, at=on(day, 5))
    return (
        f"thêm {number(counts.added)}, sửa {number(counts.changed)}, "
        f"bỏ qua {number(counts.skipped)}, trả lại {number(counts.rejected)}"
    )
