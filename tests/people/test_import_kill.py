"""A process killed at any moment leaves nothing, or all; given again, the list comes to the same end."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.people import lists

ROWS = 4_000
REST = ["Zalo", "xã Mẫu"]
TABLES = ("people_person", "people_membership", "people_duty", "people_term", "people_person_habits", "people_area")
PEOPLE_HEAD = [*lists.HEAD, "Kênh thường xem", "Nơi ở"]


def loa(var: Path, *words: str | Path) -> subprocess.Popen[bytes]:
    environment = os.environ | {
        "LOA_MODE": "test",
        "LOA_VAR": str(var),
        "LOA_DATABASE_URL": f"sqlite:///{var}/loa.sqlite3",
    }
    command = [sys.executable, "-c", "from loa.config.cli import main; main()", *map(str, words)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def finish(process: subprocess.Popen[bytes]) -> None:
    _out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err.decode()


def contents(var: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(var / "loa.sqlite3") as database:
        return {table: sorted(database.execute(f"SELECT * FROM {table}").fetchall(), key=repr) for table in TABLES}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A database with units, and a list of people."""
    folder = tmp_path_factory.mktemp("prepared")
    units = [["P", "LĐLĐ tỉnh Mẫu", "LĐLĐ tỉnh", None, None, None]]
    units += [[f"C{n}", f"CĐCS Mẫu {n}", "CĐCS", "P", "01/01/2010", None] for n in range(20)]
    lists.workbook(folder / "units.xlsx", [lists.UNIT_HEAD, *units])
    rows = [
        [n, f"M{n}", "Nguyễn Văn Mẫu", "05/02/1990", f"0905{n:06}", f"C{n % 20}", None, "01/02/2015", None, post, *REST]
        for n in range(ROWS)
        for post in ["Tổ trưởng" if n % 50 == 0 else None]
    ]
    lists.people(folder / "people.xlsx", *rows, head=PEOPLE_HEAD)
    finish(loa(folder, "migrate", "--verbosity", "0"))
    finish(loa(folder, "import", "units", folder / "units.xlsx", "--yes"))
    return folder


def copied(prepared: Path, to: Path) -> Path:
    with sqlite3.connect(prepared / "loa.sqlite3") as source, sqlite3.connect(to / "loa.sqlite3") as target:
        source.backup(target)
    return to


def take(var: Path, prepared: Path) -> subprocess.Popen[bytes]:
    return loa(var, "import", "people", prepared / "people.xlsx", "--yes", "--on", "01/03/2026")


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_killed_at_any_moment_it_comes_to_the_same_end(prepared, tmp_path_factory):
    whole = copied(prepared, tmp_path_factory.mktemp("whole"))
    started = time.monotonic()
    finish(take(whole, prepared))
    lasts = time.monotonic() - started
    expected = contents(whole)
    assert len(expected["people_person"]) == ROWS

    killed = 0
    for share in (0.6, 0.85, 0.95):
        var = copied(prepared, tmp_path_factory.mktemp("killed"))
        process = take(var, prepared)
        time.sleep(lasts * share)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        killed += process.returncode == -signal.SIGKILL
        assert len(contents(var)["people_person"]) in {0, ROWS}
        finish(take(var, prepared))
        assert contents(var) == expected
    assert killed, "no run was caught while it worked"
