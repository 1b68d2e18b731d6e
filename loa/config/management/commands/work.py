"""`loa work`: do what was asked for later, and what recurs."""

import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from loa.config import schedule


class Command(BaseCommand):
    help = "Do background work until stopped: reactions, imports, counts, scheduled publishing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, then end")

    def handle(self, *args: Any, once: bool, verbosity: int, **options: Any) -> None:
        if once:
            schedule.start_due()
            call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=verbosity)
            return
        stop = threading.Event()
        clock = threading.Thread(target=schedule.keep_time, args=(stop,), daemon=True)
        clock.start()
        try:
            call_command("db_worker", interval=1, verbosity=verbosity)
        finally:
            stop.set()
