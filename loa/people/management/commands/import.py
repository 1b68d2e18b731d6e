# ruff: noqa: N999 (the command is called what it does)
"""`loa import units|people|decisions FILE`: what the screens of the back office do, typed by the administrator."""

import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from loa.base.dates import parse_day, short_date
from loa.base.errors import Refused
from loa.base.numbers import number
from loa.ledger.facts import SYSTEM
from loa.people import queries
from loa.people.actions import imports
from loa.people.actions.jobs import Counts
from loa.people.models import ImportRow, ImportRun, Unit
from loa.people.rejects import write_rejects


class Command(BaseCommand):
    help = "Take over a list of units, of people or of decisions about units from a workbook (.xlsx) or a .csv file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["units", "people", "decisions"])
        parser.add_argument("file", type=Path)
        parser.add_argument("--unit", metavar="CODE", help="write only in this unit and below it (default: everywhere)")
        parser.add_argument("--on", metavar="DAY", help="the day the list describes (default: its title's, or today)")
        parser.add_argument("--rejects", metavar="OUT.xlsx", type=Path, help="where to write the lines not taken over")
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--yes", action="store_true", help="apply without asking")
        choice.add_argument("--preview", action="store_true", help="only say what would change")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._import(options)
        except (Refused, Unit.DoesNotExist) as reason:
            raise CommandError(str(reason) or _("There is no such unit.")) from reason

    def _import(self, options: dict[str, Any]) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(_("There is no file %(path)s.") % {"path": path})
        unit = queries.unit_with_code(options["unit"]) if options["unit"] else None
        run = imports.start(
            options["what"],
            path,
            name=path.name,
            unit=unit,
            keep=False,
            as_of=self._day(options["on"]),
            by=SYSTEM,
            at=timezone.now(),
        )
        self.stdout.write(_("%(file)s, as of %(day)s") % {"file": path.name, "day": short_date(run.as_of)})
        progress = Progress()
        if not options["yes"]:
            self._tell(imports.preview(run, path=path, at=timezone.now(), tell=progress.show))
            self._samples(run)
            self._rejects(run, options["rejects"])
            if options["preview"] or not self._agreed():
                imports.discard(run, by=SYSTEM, at=timezone.now())
                self.stdout.write(_("Nothing was written."))
                return
        counts = imports.apply(run, path=path, by=SYSTEM, at=timezone.now(), tell=progress.show)
        self._tell(counts)
        self._rejects(run, options["rejects"])
        run.refresh_from_db()
        if run.state == ImportRun.State.FAILED:
            self._samples(run)
            raise CommandError(run.message)

    def _day(self, text: str | None) -> date | None:
        if text is None:
            return None
        day = parse_day(text)
        if day is None:
            raise CommandError(_("“%(text)s” is not a day.") % {"text": text})
        return day

    def _agreed(self) -> bool:
        if not sys.stdin.isatty():
            return False
        return input(_("Write this into the registry? (yes/no) ")).strip().lower() in {"c", "có", "co", "y", "yes"}

    def _tell(self, counts: Counts) -> None:
        self.stdout.write(
            _("added %(added)s, changed %(changed)s, skipped %(skipped)s, rejected %(rejected)s")
            % {
                "added": number(counts.added),
                "changed": number(counts.changed),
                "skipped": number(counts.skipped),
                "rejected": number(counts.rejected),
            }
        )

    def _samples(self, run: ImportRun) -> None:
        for row in run.rows.filter(outcome=ImportRow.Outcome.REJECTED).order_by("number")[: imports.SAMPLE]:
            self.stdout.write("  " + _("line %(line)s: %(reason)s") % {"line": row.number, "reason": row.reason})

    def _rejects(self, run: ImportRun, out: Path | None) -> None:
        if out is not None and run.rejected:
            with out.open("wb") as file:
                write_rejects(run, file)
            self.stdout.write(_("The lines not taken over are in %(path)s.") % {"path": out})


class Progress:
    """One line that is written over in a terminal; otherwise a line for every tenth."""

    def __init__(self) -> None:
        self.tenths = 0

    def show(self, seen: int, expected: int) -> None:
        share = min(100, seen * 100 // max(1, expected))
        text = _("read %(seen)s lines (%(share)s %%)") % {"seen": number(seen), "share": share}
        if sys.stderr.isatty():
            sys.stderr.write(f"\r{text}" + ("\n" if seen >= expected else ""))
            sys.stderr.flush()
        elif share // 10 > self.tenths:
            self.tenths = share // 10
            sys.stderr.write(f"{text}\n")
