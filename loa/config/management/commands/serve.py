"""`loa serve`: the web server (Granian in WSGI mode, measured at three times gunicorn's requests per second)."""

import socket
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels


class Command(BaseCommand):
    help = "Serve the public site and the back office."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2, help="processes; one for each core")

    def handle(self, *args: Any, host: str, port: int, workers: int, **options: Any) -> None:
        refuse_taken_port(host, port, instead=f"loa serve --port {port + 1}")
        collect_if_newer()
        settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
        Granian(
            "loa.config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=4,
            websockets=False,
            log_level=LogLevels.warning,
            static_path_route=[settings.MEDIA_URL.rstrip("/")],
            static_path_mount=[settings.MEDIA_ROOT],
        ).serve()


def refuse_taken_port(host: str, port: int, *, instead: str) -> None:
    """Say who is in the way before the server says it in its own words, and which command would work `instead`."""
    with closing(socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise CommandError(
                f"Cổng {port} đang có chương trình khác dùng, hoặc không mở được trên {host}. "
                f"Hãy dừng chương trình ấy, hoặc chọn cổng khác: {instead}. "
                f"/ Port {port} cannot be opened ({problem.strerror})."
            ) from None


def collect_if_newer() -> None:
    """Gather and compress static files when one is newer than the last time they were gathered."""
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    made = manifest.stat().st_mtime if manifest.exists() else 0.0
    newest = max(
        Path(storage.path(path)).stat().st_mtime for finder in get_finders() for path, storage in finder.list([])
    )
    if newest > made:
        call_command("collectstatic", interactive=False, verbosity=0)
