"""`loa work`: do what was asked for later, and what recurs."""

import os
import signal
import subprocess
import sys
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from loa.config import schedule

SLOW = "clips"
"""The queue of what takes minutes: it has a process of its own, so that publishing by the clock never waits for it."""

WATCH, PATIENCE = 2, 1
"""Seconds between two looks whether the parent still is, and between two words to end."""


class Command(BaseCommand):
    help = "Do background work until stopped: reactions, imports, counts, scheduled publishing, clips."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")
        parser.add_argument("--slow", action="store_true", help="only what takes minutes; `loa work` starts it")

    def handle(self, *args: Any, once: bool, slow: bool, verbosity: int, **options: Any) -> None:
        if once:
            schedule.start_due()
            for queue in ("default", SLOW):
                told = {"queue_name": queue, "verbosity": verbosity}
                call_command("db_worker", batch=True, interval=0, startup_delay=False, **told)
            return
        if slow:
            threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
            call_command("db_worker", interval=2, queue_name=SLOW, verbosity=verbosity)
            return
        stop = threading.Event()
        clock = threading.Thread(target=schedule.keep_time, args=(stop,), daemon=True)
        clock.start()
        beside = subprocess.Popen([sys.executable, "-m", "loa.config.cli", "work", "--slow"])
        try:
            call_command("db_worker", interval=1, verbosity=verbosity)
        finally:
            stop.set()
            beside.terminate()


def end_with(parent: int) -> None:
    """Stop when the process that started us is gone, even if it was killed: at the second word also in mid-work.

    Nothing is lost by that: whoever works next begins the clip again.
    """
    waiting = threading.Event()
    while os.getppid() == parent:
        waiting.wait(WATCH)
    for word in (signal.SIGTERM, signal.SIGTERM, signal.SIGKILL):
        os.kill(os.getpid(), word)
        waiting.wait(PATIENCE)
