"""What the loading needs and another process can make meanwhile: the workbooks to import, and who said what."""

from collections.abc import Callable
from datetime import timedelta
from multiprocessing.pool import AsyncResult, Pool
from pathlib import Path
from typing import Any

from loa.config.demo import START, workbooks
from loa.config.demo.marks import Marks, by_month
from loa.config.demo.reorganisation import DAY
from loa.config.demo.world import World

UNITS, PEOPLE = "don-vi-2024-01-01.xlsx", "doan-vien-2024-01-01.xlsx"
CHANGES, LATEST = "bien-dong-den-2025-06-30.xlsx", "bien-dong-tu-2025-07-01.xlsx"
EVE = DAY - timedelta(days=1)
"""The last day of the old structure: unions that ended on the next one handed their lists in for it."""


class Files:
    """Made one after another by `pool`, in the order in which steps need them."""

    def __init__(self, world: World, pool: Pool) -> None:
        self._world, self._pool = world, pool
        self._writing: dict[str, AsyncResult[Path]] = {}
        self._marking: dict[int, AsyncResult[dict[int, Marks]]] = {}

    def begin(self, steps: set[str]) -> None:
        """Make what these steps need, unless that has begun already."""
        folder = self._world.folder
        folder.mkdir(parents=True, exist_ok=True)
        for step, (name, write) in NEEDED.items():
            if step in steps and name not in self._writing:
                self._writing[name] = self._pool.apply_async(_written, (write, self._world, folder / name))

        if "reach" in steps and not self._marking:
            for year in range(START.year, self._world.until.year + 1):
                self._marking[year] = self._pool.apply_async(by_month, (self._world, year))

    def path(self, name: str) -> Path:
        """Waits until it is written."""
        return self._writing[name].get()

    def marks(self, year: int) -> dict[int, Marks]:
        """Waits until they are worked out; asked for once, then forgotten."""
        return self._marking.pop(year).get()


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


NEEDED: dict[str, tuple[str, Callable[[World, Path], Any]]] = {
    "units": (UNITS, _write_units),
    "people": (PEOPLE, _write_people),
    "changes": (CHANGES, _write_changes),
    "latest-changes": (LATEST, _write_latest),
}
"""The step that imports a workbook → its name and who writes it."""
