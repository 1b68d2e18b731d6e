"""The servers that pages are measured on: each in processes of its own, on this machine, ended afterwards."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
GRANIAN = ["--interface", "wsgi", "--workers", "2", "--blocking-threads", "4", "--no-ws", "--log-level", "warning"]


@contextmanager
def running(command: list[str], port: int, *, folder: Path = ROOT, **environment: str) -> Iterator[None]:
    """Start a server and wait until it answers."""
    with subprocess.Popen(command, cwd=folder, env=os.environ | environment, stdout=subprocess.DEVNULL) as process:
        try:
            _wait(port, process)
            yield
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.25)
        else:
            return
    raise SystemExit(f"No server answered on port {port}.")


def granian(application: str, port: int) -> list[str]:
    """The same server that `loa serve` uses, in the same shape."""
    return [sys.executable, "-m", "granian", *GRANIAN, "--host", "127.0.0.1", "--port", str(port), application]


def loa(port: int) -> list[str]:
    return [sys.executable, "-m", "loa.config.cli", "serve", "--port", str(port), "--workers", "2"]


@contextmanager
def nginx(port: int, *, upstream: int, folder: Path) -> Iterator[None]:
    """Debian's nginx with the configuration that Loa ships, on other ports and folders."""
    configuration = configured(port=port, upstream=upstream, folder=folder)
    command = ["nginx", "-p", str(folder), "-c", str(configuration), "-e", "stderr"]
    with running(command, port):
        yield


def configured(*, port: int, upstream: int, folder: Path, var: Path | None = None) -> Path:
    """deploy/nginx as it is, with what is marked "here" filled in. Returns the file to start nginx with."""
    (folder / "cache").mkdir(parents=True, exist_ok=True)
    text = (ROOT / "deploy/nginx/loa.conf").read_text(encoding="utf-8")
    for here, there in (
        ("/var/cache/nginx/loa", f"{folder}/cache"),
        ("127.0.0.1:8000", f"127.0.0.1:{upstream}"),
        ("listen 80", f"listen 127.0.0.1:{port}"),
        ("loa.example.vn", "localhost"),
        ("/srv/loa", str(var or settings.VAR)),
        ("/etc/nginx/loa-proxy.conf", str(ROOT / "deploy/nginx/loa-proxy.conf")),
    ):
        assert here in text, here
        text = text.replace(here, there)
    main = folder / "nginx.conf"
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main.write_text(
        f"daemon off;\nmaster_process on;\nworker_processes 2;\npid {folder}/pid;\nerror_log stderr error;\n"
        "events { worker_connections 1024; }\n"
        f"http {{\ninclude /etc/nginx/mime.types;\naccess_log off;\nsendfile on;\n{temporary}{text}\n}}\n",
        encoding="utf-8",
    )
    if os.geteuid() == 0:
        main.write_text("user root;\n" + main.read_text(encoding="utf-8"), encoding="utf-8")
    return main


def installed(program: str) -> bool:
    return shutil.which(program) is not None
