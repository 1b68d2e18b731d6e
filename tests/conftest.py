"""What every test may use."""

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.models.signals import post_migrate
from django.test.utils import setup_databases, teardown_databases
from django.urls import get_resolver
from django.utils import translation

from loa.portal import parts
from loa.ui import looks

ROOT = Path(__file__).resolve().parent.parent


def pytest_sessionstart() -> None:
    """Let the addresses be loaded for a reader of English, so that words fixed while loading are found out."""
    with translation.override("en"):
        get_resolver().url_patterns  # noqa: B018 - asking for them loads them


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: Any, django_db_modify_db_settings: None
) -> Iterator[None]:
    """The test database. On SQLite it begins as a copy of one that was migrated before: migrating takes 20 seconds."""
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            with copied(migrated()):
                made = setup_databases(0, interactive=False, keepdb=True, serialized_aliases=set())
        else:
            made = setup_databases(0, interactive=False, serialized_aliases=set())
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


def migrated() -> Path:
    """A file with every migration run and nothing else in it, made once for each state of the migrations."""
    sources = [ROOT / "uv.lock", *sorted(ROOT.glob("loa/*/migrations/*.py"))]
    state = sha256(b"".join(path.name.encode() + path.read_bytes() for path in sources)).hexdigest()
    path = Path(settings.VAR) / f"migrated-{state[:16]}.sqlite3"
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            unfinished = path.with_suffix(".unfinished")
            unfinished.unlink(missing_ok=True)
            with named(str(unfinished)), silent(post_migrate):
                call_command("migrate", verbosity=0, interactive=False)
            unfinished.rename(path)
    return path


@contextmanager
def copied(path: Path) -> Iterator[None]:
    """The database that tests share in memory, filled from `path`; what follows migrations is left to be done."""
    name = connection.creation._get_test_db_name()  # type: ignore[attr-defined]
    connection.settings_dict["TEST"]["MIGRATE"] = False
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(name, uri=True)) as target:
        source.backup(target)
        yield


@contextmanager
def named(name: str) -> Iterator[None]:
    """The connection, to another database."""
    kept = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    yield
    connection.close()
    connection.settings_dict["NAME"] = kept


@contextmanager
def silent(signal: Any) -> Iterator[None]:
    """Nobody hears `signal`."""
    receivers, signal.receivers = signal.receivers, []
    signal.sender_receivers_cache.clear()
    yield
    signal.receivers = receivers
    signal.sender_receivers_cache.clear()


@pytest.fixture(autouse=True)
def look_as_installed() -> Iterator[None]:
    """Pages look as installed and ask nothing for it, unless a test chooses a look."""
    looks.keep(looks.as_installed())
    yield
    looks.forget()


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """A test that is undone takes back the number of the printing, too: nobody may remember what was made for it."""
    parts.forget()
    yield
    parts.forget()
