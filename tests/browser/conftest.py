"""A real server with a database of its own, and Debian's Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from loa.base.dates import today

from .cast import PASSWORD

ROOT = Path(__file__).parents[2]
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
expect.set_options(timeout=30_000)
PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1280, "height": 800}


@dataclass
class Site:
    """A running Loa: its address, and how to run a command on its data."""

    address: str
    environment: dict[str, str] = field(repr=False)
    year: int = 0
    """The year in which it was set up, on Vietnamese calendars."""

    def loa(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "loa.config.cli", *arguments],
            env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[Site]:
    var = tmp_path_factory.mktemp("site")
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {key: value for key, value in os.environ.items() if not key.startswith("LOA_")}
    address = f"http://127.0.0.1:{port}"
    environment = kept | {"LOA_MODE": "demo", "LOA_VAR": str(var), "LOA_BASE_URL": address, "PYTHONPATH": str(ROOT)}
    made = Site(address=address, environment=environment, year=today(timezone.now()).year)
    made.loa("migrate", "--verbosity=0")
    made.loa("shell", "-c", "from tests.browser import cast; cast.assemble()")
    command = [sys.executable, "-m", "loa.config.cli", "serve", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(command, env=environment, cwd=ROOT) as server:
        try:
            wait_for(address, server)
            yield made
        finally:
            server.terminate()


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        assert server.poll() is None, "the server ended before it answered"
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise AssertionError("the server did not answer")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield browser
        browser.close()


Open = Callable[..., Page]


@pytest.fixture
def visit(chromium: Browser, site: Site) -> Iterator[Open]:
    """`visit("/tin/…/", phone=True)`: a page of a new visitor, who keeps signed in from page to page.

    A request to any other host fails the test, and so does an error in the page's own scripts.
    """
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_page(path: str, *, phone: bool = False, javascript: bool = True) -> Page:
        context = chromium.new_context(
            viewport=PHONE if phone else LAPTOP,  # type: ignore[arg-type]
            base_url=site.address,
            java_script_enabled=javascript,
            locale="vi-VN",
            has_touch=phone,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: None if _own(request.url, site) else wrong.append(request.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def _own(url: str, site: Site) -> bool:
    return url.startswith((site.address, "data:", "blob:", "about:"))


@pytest.fixture
def signed_in(visit: Open) -> Open:
    """`signed_in("duyet@vi-du.example", "/quan-tri/")`: a page of somebody who has just signed in."""

    def open_page(login: str, path: str = "/", **how: bool) -> Page:
        page = visit(f"/tai-khoan/login/?next={path}", **how)
        page.locator("input[name=login]").fill(login)
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main form button[type=submit]").first.click()
        page.wait_for_url(lambda url: "/login" not in url)
        return page

    return open_page
