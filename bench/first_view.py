"""How long the first view of a page takes on a poor line and a slow telephone, beside plain Wagtail's in the same run.

Chromium's own brakes: 400 ms before each answer, 400 kbit/s down and up, a processor four times slower.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, CDPSession, ViewportSize, sync_playwright

from . import servers, wagtail_site
from .pages import newest_with_text

LATENCY, THROUGHPUT, SLOWER = 400, 400 * 1000 // 8, 4
"""Milliseconds, bytes a second, times: what is called slow 3G, and a cheap telephone."""
PHONE: ViewportSize = {"width": 360, "height": 740}
LIMIT = 1500
ROUNDS = 7
SEEN = """() => new Promise(done => {
  const seen = { paint: 0, largest: 0, shift: 0 }
  const watch = (type, each) => new PerformanceObserver(list => list.getEntries().forEach(each))
    .observe({ type, buffered: true })
  watch('largest-contentful-paint', entry => { seen.largest = entry.startTime })
  watch('layout-shift', entry => { if (!entry.hadRecentInput) seen.shift += entry.value })
  watch('paint', entry => { if (entry.name === 'first-contentful-paint') seen.paint = entry.startTime })
  setTimeout(() => done(seen), 500)
})"""


@dataclass(frozen=True, kw_only=True)
class View:
    """Milliseconds until something is seen, and until the largest thing is; the shift of the layout; bytes and requests
    over the wire without pictures."""

    first: float
    largest: float
    shift: float
    size: int
    requests: int


def run(*, port: int) -> None:
    """Against the data of the settings' database (run `make demo` first, or set LOA_VAR)."""
    story = newest_with_text()
    slowest = 0.0
    for name, address in _served(port, f"/tin/{story.slug}/", story.deep):
        views = list(_views(address))
        first, largest = median(view.first for view in views), median(view.largest for view in views)
        print(
            f"{name}: first seen after {first:,.0f} ms, largest after {largest:,.0f} ms, "
            f"shift {max(view.shift for view in views):.3f}, {views[0].size:,} bytes without pictures in "
            f"{views[0].requests} requests"
        )
        if not name.startswith("plain"):
            slowest = max(slowest, first)
    if slowest > LIMIT:
        sys.exit(f"The first view took {slowest:,.0f} ms; it should take less than {LIMIT} ms.")


def _served(port: int, story: str, text: str) -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        path = wagtail_site.make(Path(folder), body=text)
        environment = {"DJANGO_SETTINGS_MODULE": "papers.settings.dev", "PYTHONPATH": folder}
        command = servers.granian("papers.wsgi:application", port + 1)
        with servers.running(command, port + 1, folder=Path(folder), **environment):
            yield "plain Wagtail, the same text without any style", f"http://127.0.0.1:{port + 1}{path}"
    with servers.running(servers.loa(port), port):
        yield "story", f"http://127.0.0.1:{port}{story}"
        yield "home", f"http://127.0.0.1:{port}/"


def _views(address: str) -> Iterator[View]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        _view(browser, address)
        for _ in range(ROUNDS):
            yield _view(browser, address)
        browser.close()


def _view(browser: Browser, address: str) -> View:
    """By a visitor who was never here."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    _brake(wire)
    kinds, sizes = {}, {}
    wire.on("Network.responseReceived", lambda told: kinds.update({told["requestId"]: told["type"]}))
    wire.on("Network.loadingFinished", lambda told: sizes.update({told["requestId"]: told["encodedDataLength"]}))
    page.goto(address, wait_until="load", timeout=120_000)
    seen = page.evaluate(SEEN)
    told = [size for key, size in sizes.items() if kinds.get(key) != "Image"]
    context.close()
    return View(
        first=seen["paint"], largest=seen["largest"], shift=seen["shift"], size=int(sum(told)), requests=len(told)
    )


def _brake(wire: CDPSession) -> None:
    wire.send("Network.enable")
    line = {"offline": False, "latency": LATENCY, "downloadThroughput": THROUGHPUT, "uploadThroughput": THROUGHPUT}
    wire.send("Network.emulateNetworkConditions", line)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
