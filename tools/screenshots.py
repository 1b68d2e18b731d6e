"""Takes the pictures of the guide: `make screenshots` drives the small demonstration in Chromium, on a telephone for
chairs and leaders, on a laptop for everybody else, and writes docs/guide/hinh/*.webp, each at most 60 kB.

A picture that looks the same is not written again. LOA_VAR names a demonstration already loaded; without it a small
one is loaded into a folder that is thrown away.
"""

import io
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs/guide/hinh"
MOST = 60_000
SAME = 6
"""How much a pixel may differ (of 255, after shrinking) in a picture that counts as the same."""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
KEYS = """
import json
from django.utils import timezone
from loa.base.dates import today
from loa.config.demo.loading import staff
on = today(timezone.now())
print(json.dumps({"password": staff.PASSWORD, "logins": {one.role: one.login for one in staff.sign_ins(on)},
                  "roles": staff.SIGN_INS}))
"""


@dataclass(frozen=True, kw_only=True)
class Shot:
    """One picture: who looks, where it begins, and what is opened from there."""

    name: str
    role: str
    path: str = "/quan-tri/"
    phone: bool = False
    then: Callable[[Page], None] | None = None


def follow(selector: str) -> Callable[[Page], None]:
    """Open the first link there."""

    def click(page: Page) -> None:
        page.goto(str(page.locator(selector).first.evaluate("(link) => link.href")))

    return click


SHOTS = (
    Shot(name="chu-tich-viec-hom-nay", role="chair", phone=True),
    Shot(
        name="chu-tich-mot-viec", role="chair", path="/quan-tri/ke-hoach/viec/", phone=True,
        then=follow("main a[href*='/ke-hoach/viec/']:not([href$='/viec/'], [href$='/moi/'])"),
    ),
    Shot(name="chu-tich-bang-chi-tieu", role="chair", path="/quan-tri/ke-hoach/", phone=True),
    Shot(name="chu-tich-danh-sach", role="chair", path="/quan-tri/to-chuc/nguoi/", phone=True),
    Shot(name="can-bo-viec-hom-nay", role="officer"),
    Shot(name="can-bo-soan-tin", role="officer", path="/quan-tri/tin-bai/add/"),
    Shot(name="can-bo-danh-sach-tin", role="officer", path="/quan-tri/tin-bai/"),
    Shot(name="can-bo-bao-cao", role="officer", path="/quan-tri/bao-cao/"),
    Shot(name="bien-tap-viec-hom-nay", role="planner"),
    Shot(name="bien-tap-cho-duyet", role="planner", path="/quan-tri/toa-soan/"),
    Shot(name="bien-tap-bang-chi-tieu", role="planner", path="/quan-tri/ke-hoach/"),
    Shot(name="lanh-dao-viec-hom-nay", role="leader", phone=True),
    Shot(
        name="lanh-dao-mot-bai", role="leader", path="/quan-tri/toa-soan/", phone=True,
        then=follow("main a[href*='/toa-soan/']"),
    ),
    Shot(
        name="lanh-dao-chi-tieu", role="leader", path="/quan-tri/ke-hoach/", phone=True,
        then=follow("main a[href*='/T8/']"),
    ),
    Shot(name="quan-tri-giao-dien", role="administrator", path="/quan-tri/giao-dien/"),
    Shot(name="quan-tri-tai-khoan", role="administrator", path="/quan-tri/to-chuc/tai-khoan/"),
    Shot(name="quan-tri-nhap", role="administrator", path="/quan-tri/to-chuc/nhap/"),
)  # fmt: skip


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with demonstration() as (address, keys), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for shot in SHOTS:
            print(f"{shot.name}: {write(shot.name, look(browser, address, shot, keys))}")
        browser.close()


def look(browser: Browser, address: str, shot: Shot, keys: dict) -> bytes:
    """The picture as PNG."""
    size = (360, 680, 2) if shot.phone else (1280, 800, 1)
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, device_scale_factor=size[2], base_url=address,
        locale="vi-VN", color_scheme="light", reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    page.goto("/tai-khoan/login/")
    page.locator("input[name=login]").fill(keys["logins"][keys["roles"][shot.role]])
    page.locator("input[name=password]").fill(keys["password"])
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/login" not in url)
    page.goto(shot.path)
    if shot.then:
        shot.then(page)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(300)
    picture = page.screenshot(animations="disabled", caret="hide")
    context.close()
    return picture


def write(name: str, png: bytes) -> str:
    """Keep the picture as WebP, unless what is there already looks the same; says what was done."""
    path = FOLDER / f"{name}.webp"
    drawn = Image.open(io.BytesIO(png)).convert("RGB")
    if path.exists() and alike(drawn, Image.open(path).convert("RGB")):
        return "looks the same"
    for quality in (70, 60, 50, 40, 30, 20):
        made = io.BytesIO()
        drawn.save(made, "WEBP", quality=quality, method=6)
        if made.tell() <= MOST:
            path.write_bytes(made.getvalue())
            return f"{made.tell() // 1000} kB"
    raise SystemExit(f"{name} does not fit into {MOST} bytes")


def alike(one: Image.Image, other: Image.Image) -> bool:
    if one.size != other.size:
        return False
    small = (one.width // 8, one.height // 8)
    difference = ImageChops.difference(one.resize(small), other.resize(small))
    return max(high for _low, high in ImageStat.Stat(difference).extrema) <= SAME


@contextmanager
def demonstration() -> Iterator[tuple[str, dict]]:
    """A served demonstration: its address, and who signs in with what."""
    with tempfile.TemporaryDirectory() as thrown_away, closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        address = f"http://127.0.0.1:{port}"
        given = {"LOA_MODE": "demo", "LOA_VAR": os.environ.get("LOA_VAR", thrown_away), "LOA_BASE_URL": address}
        environment = os.environ | given
        loa = [sys.executable, "-m", "loa.config.cli"]
        subprocess.run([*loa, "demo", "--small", "--load-only"], env=environment, cwd=ROOT, check=True)
        asked = subprocess.run(
            [*loa, "shell", "-v", "0", "-c", KEYS],
            env=environment,
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        )
        with subprocess.Popen([*loa, "serve", "--port", str(port), "--workers", "1"], env=environment, cwd=ROOT) as web:
            try:
                wait_for(address)
                yield address, json.loads(asked.stdout)
            finally:
                web.terminate()


def wait_for(address: str) -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit("the server did not answer")


if __name__ == "__main__":
    main()
