"""The workbooks the demo imports, written in the background while the database does other things."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from datetime import timedelta
from pathlib import Path
from typing import Any

from loa.config.demo import START, workbooks
from loa.config.demo.reorganisation import DAY
from loa.config.demo.world import World

UNITS, PEOPLE = "don-vi-2024-01-01.xlsx", "doan-vien-2024-01-01.xlsx"
CHANGES, LATEST = "bien-dong-den-2025-06-30.xlsx", "bien-dong-tu-2025-07-01.xlsx"
EVE = DAY - timedelta(days=1)
"""The last day of the old structure: unions that ended on the next one handed their lists in for it."""


class Files:
    """Those that a `wanted` step needs, in the order in which they are needed."""

    def __init__(self, world: World, pool: Executor, *, wanted: set[str]) -> None:
        world.folder.mkdir(parents=True, exist_ok=True)
        self._writing: dict[str, Future[Path]] = {}
        for step, name, write in (
            ("units", UNITS, _write_units),
            ("people", PEOPLE, _write_people),
            ("changes", CHANGES, _write_changes),
            ("latest-changes", LATEST, _write_latest),
        ):
            if step in wanted:
                self._writing[name] = pool.submit(_written, write, world, world.folder / name)

    def path(self, name: str) -> Path:
        """Waits until it is written."""
        return self._writing[name].result()


def _written(write: Callable[[World, Path], Any], world: World, path: Path) -> Path:
    write(world, path)
    return path


def _write_units(world: World, path: Path) -> None:
    workbooks.write_units(path, world.structure)


def _write_people(world: World, path: Path) -> None:
    workbooks.write_people(path, world.structure, seed=world.seed, everyone=world.people)


def _write_changes(world: World, path: Path) -> None:
    workbooks.write_people(path, world.structure, seed=world.seed, on=EVE, since=START, everyone=world.people)


def _write_latest(world: World, path: Path) -> None:
    workbooks.write_people(path, world.structure, seed=world.seed, on=world.until, since=EVE, everyone=world.people)
