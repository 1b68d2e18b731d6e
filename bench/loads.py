"""A bounded load on a server of this machine: by wrk where it is installed, else by raw sockets of our own."""

import asyncio
import re
import shutil
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from statistics import quantiles

GZIP = {"Host": "localhost", "Accept-Encoding": "gzip"}
LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


@dataclass(frozen=True, kw_only=True)
class Load:
    """What came of it: requests per second, and how long one took, in milliseconds."""

    path: str
    per_second: float
    p50: float
    p99: float
    failed: int
    size: int


def load(
    port: int, *paths: str, connections: int = 32, seconds: float = 5, headers: dict[str, str] | None = None
) -> Load:
    """Ask for `paths` in turn, over and over for `seconds`, on loopback only."""
    sent = GZIP | (headers or {})
    if shutil.which("wrk"):
        return _wrk(port, paths, sent, connections=connections, seconds=seconds)
    return asyncio.run(_load(port, paths, sent, connections=connections, seconds=seconds))


IN_TURN = """local paths, n = {%s}, 0
request = function()
  n = n %% #paths + 1
  return wrk.format("GET", paths[n])
end
"""


def _wrk(port: int, paths: Sequence[str], headers: dict[str, str], *, connections: int, seconds: float) -> Load:
    command = ["wrk", "-t2", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--latency"]
    command += [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(IN_TURN % ", ".join(f'"{path}"' for path in paths))
        script.flush()
        command += ["-s", script.name, f"http://127.0.0.1:{port}"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    path = paths[0]
    failed = sum(map(int, re.findall(r"Non-2xx or 3xx responses: (\d+)", done.stdout)))
    return Load(
        path=path,
        per_second=float(re.findall(r"Requests/sec: *([\d.]+)", done.stdout)[0]),
        p50=_milliseconds(done.stdout, "50%"),
        p99=_milliseconds(done.stdout, "99%"),
        failed=failed,
        size=_size(port, path, headers),
    )


def _milliseconds(report: str, part: str) -> float:
    number, unit = re.findall(rf"{part} +([\d.]+)(us|ms|s|m)", report)[0]
    return float(number) * UNITS[unit]


def _size(port: int, path: str, headers: dict[str, str]) -> int:
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    with urllib.request.urlopen(request, timeout=120) as answer:
        return len(answer.read())


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> tuple[bool, int]:
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    found = LENGTH.search(head)
    if found:
        size = int(found[1])
        await reader.readexactly(size)
    else:
        size = 0
        while chunk := int(await reader.readline(), 16):
            size += chunk
            await reader.readexactly(chunk + 2)
        await reader.readexactly(2)
    return head.startswith(b"HTTP/1.1 200"), size


async def _load(port: int, paths: Sequence[str], headers: dict[str, str], *, connections: int, seconds: float) -> Load:
    told = [*(f"{name}: {value}" for name, value in headers.items()), "Connection: keep-alive", "", ""]
    requests = cycle(["\r\n".join([f"GET {path} HTTP/1.1", *told]).encode() for path in paths])
    took: list[float] = []
    failed = size = 0
    end = time.perf_counter() + seconds

    async def client() -> None:
        nonlocal failed, size
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.perf_counter() < end:
            begun = time.perf_counter()
            good, size = await _ask(reader, writer, next(requests))
            took.append((time.perf_counter() - begun) * 1000)
            failed += not good
        writer.close()

    begun = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(connections)))
    spent = time.perf_counter() - begun
    cuts = quantiles(took, n=100)
    return Load(path=paths[0], per_second=len(took) / spent, p50=cuts[49], p99=cuts[98], failed=failed, size=size)
