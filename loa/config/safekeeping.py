"""Backup and restore: one file with the database and all files, which really brings everything back.

The secret key is not in it: without it a stolen backup tells nobody who is behind the pseudonyms of the reach
register, and cannot forge sessions. Keep it elsewhere.
"""

import hashlib
import json
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection, connections

FORMAT = 1
FOLDERS: dict[str, Path] = {"media": Path(settings.MEDIA_ROOT), "private": Path(settings.VAR) / "private"}


def backup(target: Path, *, at: datetime) -> None:
    """Write everything to `target` (a .tar.gz), complete or not at all. Loa may go on working meanwhile."""
    if target.exists():
        raise CommandError(f"Tệp {target} đã có sẵn; hãy chọn tên khác để không ghi đè. / {target} already exists.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        database = Path(folder) / "database"
        _dump(database)
        manifest = {
            "format": FORMAT,
            "engine": connection.vendor,
            "made_at": at.isoformat(),
            "database": _fingerprint(database),
        }
        part = Path(folder) / "part"
        with tarfile.open(part, "w:gz", compresslevel=3) as archive:
            (Path(folder) / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
            archive.add(Path(folder) / "manifest.json", "manifest.json")
            archive.add(database, "database")
            for name, where in FOLDERS.items():
                if where.exists():
                    archive.add(where, name)
        part.rename(target)


def restore(source: Path, *, replace: bool) -> dict[str, Any]:
    """Bring back what `backup` kept; returns its manifest. With `replace`, what is here now is given up for it.

    The file is read and checked completely before anything here is touched.
    """
    if not replace and _has_data():
        raise CommandError(
            "Ở đây đang có dữ liệu. Nếu chắc chắn muốn thay bằng bản sao lưu, hãy thêm --replace. "
            "/ There is data here already; add --replace to give it up for the backup."
        )
    with tempfile.TemporaryDirectory(dir=_near()) as folder:
        here = Path(folder)
        manifest = _unpack(source, here)
        _load(here / "database")
        for name, where in FOLDERS.items():
            shutil.rmtree(where, ignore_errors=True)
            if (here / name).exists():
                shutil.move(here / name, where)
    return manifest


def _unpack(source: Path, folder: Path) -> dict[str, Any]:
    try:
        with tarfile.open(source, "r:gz") as archive:
            archive.extractall(folder, filter="data")
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        sound = manifest["format"] == FORMAT and manifest["database"] == _fingerprint(folder / "database")
    except FileNotFoundError:
        raise CommandError(f"Không tìm thấy bản sao lưu {source}. / There is no backup {source}.") from None
    except (OSError, EOFError, tarfile.TarError, ValueError, KeyError) as problem:
        raise CommandError(
            f"{source} không phải bản sao lưu của Loa, hoặc đã bị hỏng. / Not a sound backup of Loa ({problem})."
        ) from None
    if not sound:
        raise CommandError(f"Bản sao lưu {source} đã bị thay đổi hoặc hỏng. / {source} was changed or is damaged.")
    if manifest["engine"] != connection.vendor:
        raise CommandError(
            f"Bản sao lưu này của {manifest['engine']}, còn ở đây là {connection.vendor}. "
            f"/ This backup is of {manifest['engine']}, here is {connection.vendor}."
        )
    return dict(manifest)


def _near() -> Path:
    settings.VAR.mkdir(parents=True, exist_ok=True)
    return Path(settings.VAR)


def _has_data() -> bool:
    with connection.cursor() as cursor:
        if "people_unit" not in connection.introspection.table_names(cursor):
            return False
        cursor.execute("SELECT EXISTS (SELECT 1 FROM people_unit) OR EXISTS (SELECT 1 FROM people_account)")
        return bool(cursor.fetchone()[0])


def _fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _dump(target: Path) -> None:
    if connection.vendor == "sqlite":
        with (
            closing(sqlite3.connect(connection.settings_dict["NAME"])) as live,
            closing(sqlite3.connect(target)) as copy,
        ):
            live.backup(copy)
        return
    _run("pg_dump", "--format=custom", "--no-owner", "--file", str(target))


def _load(source: Path) -> None:
    connections.close_all()
    if connection.vendor == "sqlite":
        live = Path(connection.settings_dict["NAME"])
        for leftover in (live.with_name(live.name + "-wal"), live.with_name(live.name + "-shm")):
            leftover.unlink(missing_ok=True)
        shutil.move(source, live)
        return
    with _emptied():
        _run(
            "pg_restore", "--no-owner", "--single-transaction", "--exit-on-error", "--dbname", _database(), str(source)
        )


@contextmanager
def _emptied() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connections.close_all()
    yield


def _database() -> str:
    return str(connection.settings_dict["NAME"])


def _run(program: str, *arguments: str) -> None:
    """A program of PostgreSQL, told by environment variables where the database is (nothing in the process list)."""
    here = connection.settings_dict
    environment = {
        "PGHOST": here["HOST"],
        "PGPORT": str(here["PORT"] or 5432),
        "PGUSER": here["USER"],
        "PGPASSWORD": here["PASSWORD"],
        "PGDATABASE": here["NAME"],
        "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/lib/postgresql/bin",
    }
    found = shutil.which(program, path=environment["PATH"])
    if found is None:
        raise CommandError(f"Cần chương trình {program} của PostgreSQL. / {program} of PostgreSQL is needed.")
    done = subprocess.run([found, *arguments], env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise CommandError(f"{program}: {done.stderr.strip()}")
