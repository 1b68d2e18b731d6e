"""The demo's processes: started together, stopped together, none left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

PATIENCE = 15
"""Seconds a process has to end by itself before it is ended."""


class Stopped(Exception):
    """Somebody pressed Ctrl-C, or sent SIGTERM."""


class Died(Exception):
    """One of the processes ended by itself: the text names it and its exit code."""


@dataclass
class Child:
    name: str
    process: "subprocess.Popen[bytes]"


class Children:
    """Processes that live as long as the `with` block.

    Each leads a group of its own, so that Ctrl-C reaches only us and what they start ends with them.
    """

    def __init__(self) -> None:
        self._children: list[Child] = []

    def __enter__(self) -> "Children":
        return self

    def __exit__(self, *_: object) -> None:
        for child in self._children:
            _signal(child, signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        for child in self._children:
            with suppress(subprocess.TimeoutExpired):
                child.process.wait(timeout=max(0.1, deadline - time.monotonic()))
            _signal(child, signal.SIGKILL)
            child.process.wait()

    def start(self, name: str, command: list[str], *, environment: Mapping[str, str]) -> None:
        process = subprocess.Popen(command, env=os.environ | environment, start_new_session=True)  # noqa: S603
        self._children.append(Child(name, process))

    def check(self) -> None:
        """Raises Died."""
        for child in self._children:
            code = child.process.poll()
            if code is not None:
                raise Died(f"{child.name} đã dừng bất ngờ (mã {code}).")

    def watch(self, *, seconds: float = 0.5) -> None:
        """Until one of them dies (raises Died) or we are stopped (raises Stopped)."""
        while True:
            self.check()
            time.sleep(seconds)

    def wait_for(self, address: str, *, seconds: float = 60) -> None:
        """Until `address` answers with a page. Raises Died, also when it takes too long."""
        deadline = time.monotonic() + seconds
        while not _answers(address):
            self.check()
            if time.monotonic() > deadline:
                raise Died(f"{address} không trả lời sau {seconds:.0f} giây.")
            time.sleep(0.1)


def loa(*arguments: str) -> list[str]:
    """This very Loa as a command."""
    return [sys.executable, "-m", "loa.config.cli", *arguments]


def stop_on_signals() -> None:
    """From now on SIGINT and SIGTERM raise Stopped in the main thread."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise Stopped

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)


def quiet_worker() -> None:
    """What a process of the pool does first: Ctrl-C is ours to answer, and we end it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=10) as page:  # noqa: S310 (our own address)
            return bool(page.status == 200)
    except HTTPError as problem:
        return problem.code < 500
    except (URLError, OSError):
        return False


def _signal(child: Child, number: signal.Signals) -> None:
    """To the child and all that it started; those that have ended need none."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child.process.pid, number)
