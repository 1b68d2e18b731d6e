"""How many pages a second `loa serve` gives, beside a static file from the same server."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from loa.newsroom import queries as newsroom

from .loads import load


def run(*, port: int, seconds: float) -> None:
    """Against the data of the settings' database (run `make demo` first, or set LOA_VAR)."""
    story = next(iter(newsroom.recent_for_feed(at=timezone.now())), None)
    if story is None:
        sys.exit("Chưa có tin bài nào để đo: hãy chạy `make demo` trước. / No story to measure: run `make demo` first.")
    stylesheet = next(Path(settings.STATIC_ROOT).glob("ui/page.*.css"), None)
    static = f"/static/ui/{stylesheet.name}" if stylesheet else "/static/ui/page.css"
    with server(port):
        paths = {"static file": static, "story": f"/tin/{story.slug}/", "home": "/", "search": "/tim/?q=tien+luong"}
        for path in paths.values():
            load(port, path, seconds=1)
        limit = None
        for name, path in paths.items():
            got = load(port, path, seconds=seconds)
            limit = limit or got.per_second
            print(
                f"{name}: {got.per_second:,.0f} requests/s ({got.per_second / limit:.1%} of the static file), "
                f"p50 {got.p50:.1f} ms, p99 {got.p99:.1f} ms, {got.size:,} bytes, {got.failed} failed"
            )


@contextmanager
def server(port: int) -> Iterator[None]:
    command = [sys.executable, "-m", "loa.config.cli", "serve", "--port", str(port), "--workers", "2"]
    process = subprocess.Popen(command, env=os.environ.copy(), stdout=subprocess.DEVNULL)
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2).close()
                break
            except OSError:
                time.sleep(0.5)
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)
