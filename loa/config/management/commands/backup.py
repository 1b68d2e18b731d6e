"""`loa backup FILE`: everything in one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from loa.config import safekeeping


class Command(BaseCommand):
    help = "Write the database and all files to one .tar.gz; the secret key is not in it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        safekeeping.backup(file, at=timezone.now())
        size = file.stat().st_size / 1e6
        self.stdout.write(f"Đã sao lưu vào {file} ({size:.1f} MB). / Backed up.")
