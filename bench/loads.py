"""A bounded load on a server of this machine, over raw sockets kept alive, so that the client itself costs little."""

import asyncio
import re
import time
from dataclasses import dataclass
from statistics import quantiles

HEAD = "GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nConnection: keep-alive\r\n\r\n"
LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Load:
    """What came of it: requests per second, and how long one took, in milliseconds."""

    path: str
    per_second: float
    p50: float
    p99: float
    failed: int
    size: int


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


async def _load(port: int, path: str, *, connections: int, seconds: float) -> Load:
    request = HEAD.format(path=path).encode()
    took: list[float] = []
    failed = size = 0
    end = time.perf_counter() + seconds

    async def client() -> None:
        nonlocal failed, size
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while time.perf_counter() < end:
            begun = time.perf_counter()
            good, size = await _ask(reader, writer, request)
            took.append((time.perf_counter() - begun) * 1000)
            failed += not good
        writer.close()

    begun = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(connections)))
    spent = time.perf_counter() - begun
    cuts = quantiles(took, n=100)
    return Load(path=path, per_second=len(took) / spent, p50=cuts[49], p99=cuts[98], failed=failed, size=size)


def load(port: int, path: str, *, connections: int = 32, seconds: float = 5) -> Load:
    """Ask for `path` over and over for `seconds`, on loopback only."""
    return asyncio.run(_load(port, path, connections=connections, seconds=seconds))
