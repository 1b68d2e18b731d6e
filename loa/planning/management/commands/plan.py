"""`loa plan load FILE` takes a plan over from its file; `loa plan show` says what is loaded."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from loa.base.dates import short_date
from loa.base.errors import Refused
from loa.ledger.facts import SYSTEM
from loa.planning import actions, planfile, queries
from loa.planning.models import Plan


class Command(BaseCommand):
    help = "Load a plan from its YAML file, or show the plans that are loaded."

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        load = verbs.add_parser("load", help="take a plan over from its file; the same file again changes nothing")
        load.add_argument("file", type=Path)
        verbs.add_parser("show", help="the plans that are loaded, newest first")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["verb"] == "load":
            self._load(options["file"])
        else:
            self._show()

    def _load(self, file: Path) -> None:
        try:
            said = planfile.read(_text(file), name=file.name)
            outcome = actions.load_plan(said, by=SYSTEM, at=timezone.now())
        except (planfile.BadPlan, Refused) as problem:
            raise CommandError(str(problem), returncode=2) from None
        counts = {"added": outcome.added, "changed": outcome.changed, "removed": outcome.removed}
        self.stdout.write(outcome.plan.title)
        self.stdout.write(
            _("%(added)d rows added, %(changed)d changed, %(removed)d removed, %(unchanged)d unchanged.")
            % (counts | {"unchanged": outcome.unchanged})
        )

    def _show(self) -> None:
        plans = list(queries.plans())
        if not plans:
            self.stdout.write(_("No plan has been loaded yet."))
        for plan in plans:
            self._line(plan)

    def _line(self, plan: Plan) -> None:
        first, last = short_date(plan.first), short_date(plan.last)
        self.stdout.write(f"{plan.code}  {plan.issuer.code}  {first} - {last}  {plan.state}  {plan.title}")
        for target in queries.targets(plan):
            self.stdout.write(f"  {target.code:<4} {target.short}")


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as problem:
        reason = {"file": file, "reason": problem.strerror or ""}
        raise CommandError(_("%(file)s can not be read: %(reason)s") % reason, returncode=2) from None
    except UnicodeDecodeError:
        raise CommandError(_("%(file)s is not a text in UTF-8.") % {"file": file}, returncode=2) from None
