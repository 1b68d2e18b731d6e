"""The command line: settings, backup and restore, the web server, the worker. Each runs as a process of its own."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

BASE = {key: value for key, value in os.environ.items() if not key.startswith("LOA_")}


def loa(*arguments: str, var: Path, url: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    here = {"LOA_MODE": "test", "LOA_VAR": str(var), **({"LOA_DATABASE_URL": url} if url else {}), **environment}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "loa.config.cli", *arguments],
        env=BASE | here, capture_output=True, text=True, check=False,
    )  # fmt: skip


def server() -> str:
    here = connection.settings_dict
    return f"postgres://{here['USER']}:{here['PASSWORD']}@{here['HOST']}:{here['PORT']}"


@pytest.fixture(scope="session")
def filled(tmp_path_factory):
    """A small database of the kind under test, made once: its folder, and its name where it has one."""
    var = tmp_path_factory.mktemp("filled")
    name = "" if connection.vendor == "sqlite" else f"loa_filled_{os.getpid()}"
    if name:
        with psycopg.connect(f"{server()}/postgres", autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE {name}")
    fill(var, f"{server()}/{name}" if name else "")
    yield var, name
    if name:
        with psycopg.connect(f"{server()}/postgres", autocommit=True) as admin:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def house(tmp_path, filled):
    """A copy of it that a test may destroy: its folder and its database's address ("" for SQLite)."""
    template, name = filled
    var = tmp_path / "var"
    shutil.copytree(template, var)
    if not name:
        yield var, ""
        return
    copy = f"{name}_copy"
    with psycopg.connect(f"{server()}/postgres", autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {copy} TEMPLATE {name}")
        yield var, f"{server()}/{copy}"
        admin.execute(f"DROP DATABASE {copy} WITH (FORCE)")


def rows(var: Path, url: str, query: str) -> list[tuple]:
    if url:
        with psycopg.connect(url) as live:
            return live.execute(query).fetchall()
    with closing(sqlite3.connect(var / "loa.sqlite3")) as live:
        return live.execute(query).fetchall()


def fill(var: Path, url: str) -> None:
    var.mkdir(exist_ok=True)
    assert loa("migrate", "--verbosity=0", var=var, url=url).returncode == 0
    made = loa(
        "shell", "-c", "from tests import make; make.unit(code='A'); make.account(name='Kế toán')", var=var, url=url
    )
    assert made.returncode == 0, made.stderr
    (var / "media").mkdir()
    (var / "media" / "anh.txt").write_text("ảnh", encoding="utf-8")
    (var / "private").mkdir()
    (var / "private" / "bao-cao.txt").write_text("báo cáo", encoding="utf-8")


FIGURES = (
    "SELECT code, (SELECT COUNT(*) FROM people_unitplace), (SELECT MIN(name) FROM people_account) FROM people_unit"
)


def test_production_does_not_start_without_a_secret_key(tmp_path):
    done = loa("check", var=tmp_path, LOA_MODE="production")

    assert done.returncode == 1
    assert "Chưa đặt LOA_SECRET_KEY" in done.stderr
    assert "Traceback" not in done.stderr


def test_production_starts_with_one(tmp_path):
    done = loa("check", var=tmp_path, LOA_MODE="production", LOA_SECRET_KEY="k" * 60)

    assert (done.returncode, "Traceback" in done.stderr) == (0, False)


def test_what_was_backed_up_comes_back_after_everything_was_destroyed(tmp_path, house):
    var, database = house
    before = rows(var, database, FIGURES)
    assert before == [("A", 1, "Kế toán")]
    file = tmp_path / "loa.tar.gz"

    backed_up = loa("backup", str(file), var=var, url=database)
    assert backed_up.returncode == 0, backed_up.stderr
    if database:
        with psycopg.connect(database, autocommit=True) as live:
            live.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    else:
        (var / "loa.sqlite3").unlink()
    (var / "media" / "anh.txt").unlink()
    (var / "private" / "bao-cao.txt").unlink()
    restored = loa("restore", str(file), var=var, url=database)

    assert restored.returncode == 0, restored.stderr
    assert rows(var, database, FIGURES) == before
    assert (var / "media" / "anh.txt").read_text(encoding="utf-8") == "ảnh"
    assert (var / "private" / "bao-cao.txt").read_text(encoding="utf-8") == "báo cáo"


def test_restore_gives_up_nothing_unless_told_to(tmp_path, house):
    var, database = house
    file = tmp_path / "loa.tar.gz"
    loa("backup", str(file), var=var, url=database)

    refused = loa("restore", str(file), var=var, url=database)

    assert (refused.returncode, "--replace" in refused.stderr) == (1, True)
    assert rows(var, database, FIGURES) == [("A", 1, "Kế toán")]


@pytest.mark.parametrize("damage", ["cut short", "another file", "changed inside", "absent"])
def test_a_damaged_backup_is_refused_before_anything_is_touched(tmp_path, house, damage):
    var, database = house
    file, bad = tmp_path / "loa.tar.gz", tmp_path / "bad.tar.gz"
    loa("backup", str(file), var=var, url=database)
    if damage == "cut short":
        bad.write_bytes(file.read_bytes()[:-2000])
    elif damage == "another file":
        bad.write_text("không phải bản sao lưu", encoding="utf-8")
    elif damage == "changed inside":
        with tarfile.open(file) as archive:
            archive.extractall(tmp_path / "out", filter="data")
        with (tmp_path / "out/database").open("ab") as inside:
            inside.write(b"x")
        with tarfile.open(bad, "w:gz") as archive:
            archive.add(tmp_path / "out/manifest.json", "manifest.json")
            archive.add(tmp_path / "out/database", "database")

    refused = loa("restore", str(bad), "--replace", var=var, url=database)

    assert (refused.returncode, "Traceback" in refused.stderr) == (1, False)
    assert rows(var, database, FIGURES) == [("A", 1, "Kế toán")]


def test_a_taken_port_gets_one_clear_sentence(tmp_path):
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        done = loa("serve", "--port", str(port), var=tmp_path)

    assert done.returncode == 1
    assert f"Cổng {port} đang có chương trình khác dùng" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def filming(house):
    """A clip of forty seconds that waits to be made ready, and how the worker is started on it."""
    var, database = house
    film = var / "film.mp4"
    moving = "testsrc=duration=40:size=1280x720:rate=25"
    making = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", moving, "-preset", "ultrafast", str(film)]
    subprocess.run(making, check=True)
    script = (
        "from django.core.files import File; from django.utils import timezone; from tests import make;"
        "from loa.newsroom import actions; unit = make.unit(); by = make.account(role='writer', unit=unit);"
        f"actions.add_clip(File(open({str(film)!r}, 'rb')), unit=unit, title='Clip', by=by, at=timezone.now())"
    )
    made = loa("shell", "-c", script, var=var, url=database)
    assert made.returncode == 0, made.stderr
    here = {"LOA_MODE": "test", "LOA_VAR": str(var), **({"LOA_DATABASE_URL": database} if database else {})}
    worker = [sys.executable, "-W", "ignore", "-m", "loa.config.cli", "work", "--verbosity=0"]
    with ExitStack() as started:
        yield var, database, lambda: started.enter_context(worker_process(worker, BASE | here, var))


@contextmanager
def worker_process(command: list[str], environment: dict[str, str], var: Path) -> Iterator[subprocess.Popen[bytes]]:
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet) as process:
        try:
            yield process
        finally:
            for pid in [process.pid, *working_in(var)]:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)


def working_in(var: Path) -> list[int]:
    """The processes that work for this house: Loa's own, and ffmpeg on its files."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            told = (folder / "environ").read_bytes() + b"\0"
            if (
                f"LOA_VAR={var}\0".encode() in told
                and (folder / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
            ):
                found.append(int(folder.name))
    return found


def until(met: Callable[[], Any], *, seconds: float) -> Any:
    deadline = time.monotonic() + seconds
    while not (answer := met()) and time.monotonic() < deadline:
        time.sleep(0.2)
    return answer


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks at processes through /proc")
def test_a_worker_killed_in_the_middle_of_a_clip_leaves_no_process_and_no_half_file_and_the_next_finishes(filming):
    var, database, start = filming
    state = "SELECT state, progress FROM newsroom_clip"
    worker = start()
    assert until(lambda: rows(var, database, state)[0][0] == "working", seconds=60)
    assert until(lambda: list((var / "uploads").glob("clip-*/*.mp4")), seconds=60)

    worker.kill()
    worker.wait()

    assert until(lambda: not working_in(var), seconds=40)
    assert rows(var, database, state)[0][0] == "waiting"
    start()
    assert until(lambda: rows(var, database, state) == [("ready", 100)], seconds=180)
    [made] = (var / "media" / "clips").iterdir()
    named = {name for (name,) in rows(var, database, "SELECT file FROM newsroom_clipfile")}
    assert {f"clips/{made.name}/{file.name}" for file in made.iterdir()} == {*named, f"clips/{made.name}/anh.jpg"}
    assert list((var / "uploads").iterdir()) == []
    assert len(named) == 2
