"""`loa restore FILE`: bring back what `loa backup` kept."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from loa.config import safekeeping


class Command(BaseCommand):
    help = "Bring back a backup. Stop `loa serve` and `loa work` first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="give up what is here now")

    def handle(self, *args: Any, file: Path, replace: bool, **options: Any) -> None:
        manifest = safekeeping.restore(file, replace=replace)
        call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write(f"Đã khôi phục bản sao lưu lúc {manifest['made_at']}. / Restored.")
