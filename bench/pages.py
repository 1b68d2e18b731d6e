"""How many pages a second the public site gives, each figure beside a limit that was measured in the same run.

The same server with constant bytes is the limit of pages from memory; nginx serving a file is the limit of nginx in
front. Plain Wagtail, in the same server, is what one would have without Loa.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from loa.newsroom import queries as newsroom
from loa.newsroom.models import Story

from . import servers, wagtail_site
from .loads import Load, load

PAST_MEMORY = {"Authorization": "Bench"}
"""Requests with a password go past the memory: each of these pages is made anew."""
IN_TURN = 200
"""Stories that are asked for one after the other, so that no page is made twice in a row."""


@dataclass(frozen=True, kw_only=True)
class Row:
    name: str
    load: Load
    limit: Load | None = None
    beside: str = ""


def run(*, port: int, seconds: float) -> None:
    """Against the data of the settings' database (run `make demo` first, or set LOA_VAR)."""
    story = newest_with_text()
    address, text = f"/tin/{story.slug}/", story.deep
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wagtail = _wagtail(port + 3, text, seconds, folder / "wagtail")
        _tell(wagtail, wagtail.load)
        for row in _loa(port, address, seconds, folder):
            _tell(row, wagtail.load)


def newest_with_text() -> Story:
    """A story as most are: with a deep edition, which plain Wagtail then shows as well."""
    at = timezone.now()
    for card in newsroom.recent_for_feed(at=at):
        if (story := newsroom.published(card.slug, at=at)).deep:
            return story
    sys.exit("Chưa có tin bài nào để đo: hãy chạy `make demo` trước. / No story to measure: run `make demo` first.")


def _loa(port: int, address: str, seconds: float, folder: Path) -> Iterator[Row]:
    subprocess.run([sys.executable, "-m", "loa.config.cli", "collectstatic", "--noinput", "-v0"], check=True)
    pages = {"story": address, "home": "/", "search": "/tim/?q=tien+luong"}
    with servers.running(servers.loa(port), port):
        size = _measured(port, address, seconds=1).size
        constant = servers.granian("bench.constant:application", port + 1)
        with servers.running(constant, port + 1, LOA_BENCH_BYTES=str(size)):
            limit = _measured(port + 1, "/", seconds=seconds)
        yield Row(name="the same server, constant bytes", load=limit)
        for name, path in pages.items():
            got = _measured(port, path, seconds=seconds)
            yield Row(name=f"{name} from memory", load=got, limit=limit, beside="constant bytes")
        if servers.installed("nginx"):
            yield from _nginx(port, address, size, seconds, folder)
        for name, path in pages.items():
            yield Row(name=f"{name} made anew", load=_measured(port, path, seconds=seconds, headers=PAST_MEMORY))
        stories = [f"/tin/{story.slug}/" for story in newsroom.front_page(at=timezone.now(), limit=IN_TURN).stories]
        got = _measured(port, *stories, seconds=seconds, headers=PAST_MEMORY)
        yield Row(name=f"the newest {len(stories)} stories made anew in turn", load=got)


def _nginx(port: int, address: str, size: int, seconds: float, folder: Path) -> Iterator[Row]:
    static = Path(settings.STATIC_ROOT) / "bench.html"
    static.write_bytes(b"x" * size)
    try:
        with servers.nginx(port + 2, upstream=port, folder=folder / "nginx"):
            limit = _measured(port + 2, "/static/bench.html", seconds=seconds)
            yield Row(name="nginx, a file of that size", load=limit)
            got = _measured(port + 2, address, seconds=seconds)
            yield Row(name="nginx in front of the story", load=got, limit=limit, beside="nginx with a file")
    finally:
        static.unlink()


def _wagtail(port: int, body: str, seconds: float, folder: Path) -> Row:
    folder.mkdir()
    path = wagtail_site.make(folder, body=body)
    environment = {"DJANGO_SETTINGS_MODULE": "papers.settings.dev", "PYTHONPATH": str(folder)}
    with servers.running(servers.granian("papers.wsgi:application", port), port, folder=folder, **environment):
        return Row(name="plain Wagtail, the same text", load=_measured(port, path, seconds=seconds))


def _measured(port: int, *paths: str, seconds: float, headers: dict[str, str] | None = None) -> Load:
    load(port, *paths, seconds=min(1.0, seconds), headers=headers)
    return load(port, *paths, seconds=seconds, headers=headers)


def _tell(row: Row, wagtail: Load) -> None:
    got = row.load
    beside = f", {got.per_second / row.limit.per_second:.0%} of {row.beside}" if row.limit else ""
    times = "" if got is wagtail else f", {got.per_second / wagtail.per_second:,.1f} × plain Wagtail"
    print(
        f"{row.name}: {got.per_second:,.0f} requests/s{beside}{times}, p50 {got.p50:.2f} ms, p99 {got.p99:.1f} ms, "
        f"{got.size:,} bytes, {got.failed} failed"
    )
