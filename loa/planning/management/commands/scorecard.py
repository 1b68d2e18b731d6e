"""`loa scorecard [--unit CODE] --on DATE [--structure DATE] [--json]`: the card of a unit, as on screen."""

import json
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.translation import gettext as _

from loa.base.dates import parse_day, short_date, today
from loa.people.models import Unit
from loa.people.queries import unit_with_code
from loa.planning import queries
from loa.planning.scorecard import Line, Scorecard, plain, scorecard


class Command(BaseCommand):
    help = "Show every target of the plan for a unit on a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--unit", metavar="CODE", help="by default whoever answers for the whole plan on that day")
        parser.add_argument("--on", metavar="DATE", required=True, help="such as 2026-05-31 or 31/5/2026")
        parser.add_argument("--structure", metavar="DATE", help="restated to the units of another day")
        parser.add_argument("--json", action="store_true", help="as data")

    def handle(self, *args: Any, **options: Any) -> None:
        on = _day(options["on"])
        structure = _day(options["structure"], decided=True) if options["structure"] else on
        plan = queries.plan_on(on)
        if plan is None:
            raise CommandError(_("No plan has been loaded yet. Please run: loa plan load FILE"), returncode=2)
        try:
            unit_id = _unit(options["unit"]) if options["unit"] else queries.root_unit(plan, on=structure)
            card = scorecard(unit_id, on=on, structure=structure, plan=plan)
        except Unit.DoesNotExist:
            text = _("This unit did not exist yet on %(day)s.") % {"day": short_date(structure)}
            raise CommandError(text, returncode=2) from None
        self.stdout.write(_as_json(card) if options["json"] else "\n".join(_as_text(card)))


def _day(text: str, *, decided: bool = False) -> date:
    """`decided`: a day to come will do, since decisions about units are known before they hold."""
    day = parse_day(text)
    if day is None:
        raise CommandError(_("“%(text)s” is no day. Write it as 2026-05-31.") % {"text": text}, returncode=2)
    if day > today(timezone.now()) and not decided:
        raise CommandError(_("%(day)s has not come yet.") % {"day": short_date(day)}, returncode=2)
    return day


def _unit(code: str) -> int:
    try:
        return unit_with_code(code).pk
    except Unit.DoesNotExist:
        near = queries.nearest_code(code)
        text = _("No unit has the code “%(code)s”.") % {"code": code}
        if near:
            text += " " + _("Did you mean %(near)s?") % {"near": near}
        raise CommandError(text, returncode=2) from None


def _as_json(card: Scorecard) -> str:
    return json.dumps(plain(card), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)


def _as_text(card: Scorecard) -> list[str]:
    head = f"{card.unit.name} ({card.unit.code}), {short_date(card.on)}"
    return [head, card.plan.title, "", *(text for line in card.lines for text in _line(line))]


def _line(line: Line) -> tuple[str, str]:
    reading = line.reading
    figure = f"{reading.value_text} ({reading.parts_text})" if reading.parts_text else reading.value_text
    state = "" if reading.value is None else reading.state_text
    said = [text for text in (figure, state, line.owed_text, reading.pace_text) if text]
    return f"{line.target.code:<5}{line.target.short}", f"{'':<5}{' · '.join(said)}"
