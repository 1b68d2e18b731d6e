"""How many rows a second the importer of people takes over, beside the bare reader of the same file."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from itertools import chain, islice
from pathlib import Path

from python_calamine import CalamineWorkbook

from loa.config.demo import SEED, START, workbooks
from loa.config.demo import people as demo_people
from loa.config.demo import structure as demo_structure


def run(*, rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        var = Path(folder)
        federation = demo_structure.build()
        workbooks.write_units(var / "units.xlsx", federation)
        crowd = chain(
            demo_people.people(federation, seed=SEED), demo_people.crews(federation, seed=SEED + 1, first=100_001)
        )
        here = (person for person in crowd if person.unit_on(START))
        written = workbooks.write_people(var / "people.xlsx", federation, everyone=islice(here, rows))
        _loa(var, "migrate", "--verbosity=0")
        _loa(var, "import", "units", str(var / "units.xlsx"), "--yes")
        begun = time.perf_counter()
        _loa(var, "import", "people", str(var / "people.xlsx"), "--yes")
        whole = time.perf_counter() - begun
        begun = time.perf_counter()
        _loa(var, "import", "people", str(var / "people.xlsx"), "--yes")
        again = time.perf_counter() - begun
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        # Last, because a process counts as its own what the one that started it had in memory.
        begun = time.perf_counter()
        parsed = sum(
            1 for _row in CalamineWorkbook.from_path(str(var / "people.xlsx")).get_sheet_by_index(0).iter_rows()
        )
        bare = time.perf_counter() - begun
        print(f"{written.rows:,} rows of people on SQLite")
        print(f"bare reader: {parsed / bare:,.0f} rows/s")
        print(
            f"import: {written.rows / whole:,.0f} rows/s, {whole:.1f} s, {bare / whole:.0%} of the bare reader's rate"
        )
        print(f"the same file again: {written.rows / again:,.0f} rows/s, {again:.1f} s")
        print(f"largest process: {peak:,.0f} MB")


def _loa(var: Path, *arguments: str) -> None:
    environment = os.environ | {"LOA_VAR": str(var), "LOA_MODE": "demo"}
    environment.pop("LOA_DATABASE_URL", None)
    subprocess.run(
        [sys.executable, "-m", "loa.config.cli", *arguments], env=environment, check=True, capture_output=True
    )
