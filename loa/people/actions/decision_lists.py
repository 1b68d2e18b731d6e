"""Workbooks of decisions about units on their way into the tree: all of it, or nothing.

Lines with the same decision and day are one event. Each is carried out by the same action as on screen; a preview does
so, too, and takes it back.
"""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from loa.base.dates import short_date, today
from loa.base.errors import Refused
from loa.ledger.facts import SYSTEM, System

from ..columns import decisions
from ..decision_entries import DecisionEntry, DecisionReader, steps_of
from ..models import Account, Area, ImportRow, ImportRun, Unit, UnitEvent, UnitPlace, UnitVersion
from .jobs import Counts, Looked, Tell
from .listing import open_list
from .people_lists import path_of
from .staging import plain
from .unit_lists import kinds
from .units import decide

_NEEDED = [(("decision",), "Số quyết định"), (("effective_on",), "Ngày hiệu lực"), (("form",), "Hình thức")]
_EVERY = 100
Outcome = ImportRow.Outcome
Key = tuple[date, str]


def look(path: Path, *, with_unit: bool) -> Looked:
    opened = open_list(path, decisions, _NEEDED)
    return Looked(as_of=opened.as_of(), head=opened.head)


@contextmanager
def load(run: ImportRun, path: Path, *, at: datetime, tell: Tell) -> Iterator["LoadedDecisions"]:
    opened = open_list(path, decisions, _NEEDED)
    areas = dict(Area.objects.order_by("valid_to", "pk").values_list("folded", "pk"))
    reader = DecisionReader(kinds=kinds(), areas=areas)
    entries = []
    for seen, (number, cells, by_field) in enumerate(opened.rows, start=1):
        entry = reader.entry(number, cells, by_field)
        entry.synthetic = entry.synthetic or opened.synthetic
        entries.append(entry)
        if seen % _EVERY == 0:
            tell(seen, opened.progress.expected(seen))
    yield LoadedDecisions(
        entries=entries, by=run.started_by or SYSTEM, at=at, path=path_of(run, today(at)), day=today(at)
    )


@dataclass
class LoadedDecisions:
    """A workbook of decisions, in memory: hundreds of lines."""

    entries: list[DecisionEntry]
    by: Account | System
    at: datetime
    path: str | None
    day: date
    outcomes: dict[int, tuple[Outcome, str]] = field(default_factory=dict)
    whole: bool = True
    """One line that cannot be taken over keeps all of them back: decisions stand on one another."""

    def decide(self) -> Counts:
        """Carry everything out, decision by decision and by day, and take it back."""
        wrong = [entry for entry in self.entries if entry.problems]
        self.outcomes = {entry.number: (Outcome.REJECTED, " ".join(entry.problems)) for entry in wrong}
        with transaction.atomic():
            for key, lines in self._decisions().items():
                self._try(key, lines, by=self.by)
            transaction.set_rollback(True)
        return Counts(**Counter(outcome.value for outcome, _reason in self.outcomes.values()))

    def rows(self, outcome: Outcome, most: int | None) -> Iterator[ImportRow]:
        of_kind = (entry for entry in self.entries if self.outcomes[entry.number][0] == outcome)
        for entry in islice(of_kind, most):
            reason = self.outcomes[entry.number][1]
            yield ImportRow(number=entry.number, outcome=outcome, cells=plain(entry.cells), reason=reason)

    def write(self, *, by: Account | System) -> None:
        for (on, decision), lines in self._decisions().items():
            if self.outcomes[lines[0].number][0] == Outcome.ADDED:
                self._carry_out(on, decision, lines, by=by)

    def _decisions(self) -> dict[Key, list[DecisionEntry]]:
        """The lines of each decision, by day; those of one day in the order of the workbook."""
        found: dict[Key, list[DecisionEntry]] = {}
        for entry in sorted(self.entries, key=lambda one: (one.on or date.max, one.number)):
            if entry.on is not None and entry.decision:
                found.setdefault((entry.on, entry.decision), []).append(entry)
        return found

    def _try(self, key: Key, lines: list[DecisionEntry], *, by: Account | System) -> None:
        on, decision = key
        if wrong := [entry for entry in lines if entry.problems]:
            said = _("Line %(line)s of the same decision cannot be taken over.") % {"line": wrong[0].number}
            return self._settle([entry for entry in lines if not entry.problems], Outcome.REJECTED, said)
        try:
            with transaction.atomic():
                outcome = self._compare(on, decision, lines)
                if outcome == Outcome.ADDED:
                    self._carry_out(on, decision, lines, by=by)
        except Refused as reason:
            first, *others = _blamed(lines, str(reason))
            self._settle([first], Outcome.REJECTED, str(reason))
            said = _("Line %(line)s of the same decision cannot be taken over.") % {"line": first.number}
            return self._settle(others, Outcome.REJECTED, said)
        said = _("this decision is known already") if outcome == Outcome.SKIPPED else ""
        return self._settle(lines, outcome, said)

    def _settle(self, lines: list[DecisionEntry], outcome: Outcome, said: str) -> None:
        self.outcomes |= {entry.number: (outcome, said) for entry in lines}

    def _compare(self, on: date, decision: str, lines: list[DecisionEntry]) -> Outcome:
        """A decision that is known with just this content is skipped; with another, it is put right on screen."""
        taken = UnitEvent.objects.filter(decision=decision, effective_on=on, undone_at=None, trace__isnull=False)
        known = taken.select_related("trace").first()
        if known is None:
            return Outcome.ADDED
        founded = Unit.objects.filter(pk__in=known.trace.founded).values_list("code", flat=True)
        again = [step.stored() for step in steps_of(lines, known=_known(lines) - set(founded))]
        if json.loads(json.dumps(again)) == known.steps:
            return Outcome.SKIPPED
        raise Refused(
            _("The decision %(decision)s of %(day)s is known with other content. Please put it right on its page.")
            % {"decision": decision, "day": short_date(on)}
        )

    def _carry_out(self, on: date, decision: str, lines: list[DecisionEntry], *, by: Account | System) -> None:
        steps = steps_of(lines, known=_known(lines))
        if self.path is not None:
            self._check_within({code for step in steps for code in step.named - step.founds})
        decide(
            steps,
            decision=decision,
            decided_on=next((entry.decided_on for entry in lines if entry.decided_on), None),
            on=on,
            synthetic=all(entry.synthetic for entry in lines),
            by=by,
            at=self.at,
        )

    def _check_within(self, codes: set[str]) -> None:
        places = UnitPlace.objects.on(self.day).under(self.path or "")
        within = set(places.filter(unit__code__in=codes).values_list("unit__code", flat=True))
        today_known = UnitPlace.objects.on(self.day).filter(unit__code__in=codes)
        for code in sorted(set(today_known.values_list("unit__code", flat=True)) - within):
            raise Refused(_("The unit “%(code)s” is outside the part you look after.") % {"code": code})


def _known(lines: list[DecisionEntry]) -> frozenset[str]:
    """Of the units that these lines name, those that there are."""
    codes = {code for entry in lines for code in (entry.old, entry.new, entry.parent)}
    return frozenset(Unit.objects.filter(code__in=codes).values_list("code", flat=True))


def _blamed(lines: list[DecisionEntry], reason: str) -> list[DecisionEntry]:
    """The lines, first the one that names a unit the refusal speaks of."""
    spoken = set(reason.replace("“", " ").replace("”", " ").replace(".", " ").replace(",", " ").split())
    names = dict(
        UnitVersion.objects.filter(unit__code__in={one.old for one in lines}).values_list("unit__code", "name")
    )

    def fits(entry: DecisionEntry) -> bool:
        named = {entry.old, entry.new, entry.parent} - {""}
        return bool(named & spoken) or (bool(entry.old) and names.get(entry.old, "~") in reason)

    return sorted(lines, key=lambda entry: (not fits(entry), entry.number))
