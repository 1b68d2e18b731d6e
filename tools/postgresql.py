"""Run a command with a PostgreSQL of its own: `postgresql.py COMMAND …`.

Uses LOA_TEST_POSTGRES_URL when it is set; otherwise makes a temporary cluster on a free port of this machine, without
durability, and removes it afterwards. Running as root, the cluster runs as the user `postgres` or `nobody`, because
PostgreSQL refuses to run as root.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from system import postgresql

FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=256MB -c max_connections=60"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def someone_else() -> pwd.struct_passwd | None:
    """Whom to run as when we are root."""
    if os.geteuid() != 0:
        return None
    with suppress(KeyError):
        return pwd.getpwnam("postgres")
    return pwd.getpwnam("nobody")


@contextmanager
def cluster() -> Iterator[str]:
    programs = postgresql()
    if programs is None:
        sys.exit("PostgreSQL is not installed: run `python tools/system.py`, or set LOA_TEST_POSTGRES_URL.")
    user = someone_else()
    folder = Path(tempfile.mkdtemp(prefix="loa-postgresql-"))
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)

    def run(*command: str) -> None:
        subprocess.run(
            command,
            check=True,
            cwd=folder,
            user=user.pw_uid if user else None,
            group=user.pw_gid if user else None,
            extra_groups=[] if user else None,
            stdout=subprocess.DEVNULL,
        )

    port = free_port()
    try:
        run(
            str(programs / "initdb"), "-D", str(folder / "data"), "-U", "loa", "-A", "trust", "-E", "UTF8",
            "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 {FAST}"
        run(
            str(programs / "pg_ctl"),
            "-D",
            str(folder / "data"),
            "-w",
            "-o",
            options,
            "-l",
            str(folder / "log"),
            "start",
        )
        try:
            yield f"postgres://loa@127.0.0.1:{port}/postgres"
        finally:
            run(str(programs / "pg_ctl"), "-D", str(folder / "data"), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(command: list[str]) -> int:
    # Ended from outside, the cluster is still stopped and removed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    given = os.environ.get("LOA_TEST_POSTGRES_URL")
    if given:
        return call(command, given)
    with cluster() as url:
        return call(command, url)


def call(command: list[str], url: str) -> int:
    """Tests read the first name (never a database somebody works with), everything else the second."""
    return subprocess.call(command, env=os.environ | {"LOA_TEST_DATABASE_URL": url, "LOA_DATABASE_URL": url})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
