"""One report: itself, its names, its evidence, its history."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib.auth import get_user_model
from django.core.exceptions import ObjectDoesNotExist

from loa.base.dates import today
from loa.ledger import queries as ledger
from loa.ledger.models import Entry
from loa.people.policies import Scope, units_on
from loa.people.queries import node
from loa.planning import listings
from loa.planning.protocol import Ask, Row

from .. import fingerprint
from ..cover import Cover
from ..document.wording import numeral
from ..events import ReportPrinted
from ..formfile import Figures, Form, OwedBy, Passage, Section
from ..models import EvidenceRow, Printing, Report
from ..terms import Term
from .corrected import accepted_corrections

HISTORY = 200
ACCOUNT = "people.account:"


def report(pk: int, scope: Scope) -> Report:
    """Raises Report.DoesNotExist, also for reports outside the scope."""
    return scope.narrow(Report.objects.select_related("unit", "form")).get(pk=pk)


def report_with_key(pk: int) -> Report:
    """Raises Report.DoesNotExist."""
    return Report.objects.select_related("unit", "form").get(pk=pk)


def printing(report: Report, *, sort: Printing.Sort = Printing.Sort.PDF) -> Printing | None:
    """A file of the report as it stands: the final one with all its corrections, else the latest one of the draft."""
    shown = len(accepted_corrections(report))
    found = Printing.objects.filter(report=report, final=report.state == Report.State.ACCEPTED, sort=sort)
    return found.filter(corrections=shown).first()


def printing_bare(report: Report, *, sort: Printing.Sort) -> Printing | None:
    """The final file of an accepted report as it was accepted, before any correction."""
    return Printing.objects.filter(report=report, final=True, sort=sort, corrections=0).first()


def printed(report: Report, print_of: str) -> bool:
    """Whether the ledger knows a file of this report with these very bytes (their SHA-256)."""
    entries = ledger.history(report.ref).filter(kind=ReportPrinted.kind)
    return any(f"sha256:{print_of}" in entry.evidence for entry in entries)


def report_of(unit_id: int, term: Term) -> Report | None:
    found = Report.objects.select_related("unit", "form").filter(unit_id=unit_id, kind=term.kind.code)
    return found.filter(first=term.period.first).first()


def report_with(print_of: str) -> Report | None:
    """The report with this fingerprint."""
    return Report.objects.select_related("unit", "form").filter(fingerprint=print_of).first() if print_of else None


def form_of(report: Report) -> Form:
    """The form it is written on; for a report from before there were forms, one with what it has, numbered alike."""
    if report.form is not None:
        return report.form.form
    parts = tuple(
        Section(
            id=numeral(index),
            title=section["title"],
            items=(Passage(id=section["code"], title=section["title"]),),
        )
        for index, section in enumerate(report.narrative, start=1)
    )
    figures = Section(id=numeral(0), title=report.kind_name, items=(Figures(),))
    return Form(
        id="",
        name=report.kind_name,
        reports=(report.kind,),
        valid_from=report.first,
        owed_by=OwedBy(),
        sections=(figures, *parts),
    )


def previous(report: Report) -> Report | None:
    """The unit's last report of the same kind that was handed in."""
    before = Report.objects.select_related("form").filter(unit=report.unit_id, kind=report.kind, last__lt=report.last)
    return before.filter(frozen_at__isnull=False).order_by("-last").first()


def report_numbered(unit_id: int, number: str, *, year: int) -> Report | None:
    """The unit's report that has this number (in its one spelling) among its documents of the year."""
    return Report.objects.filter(unit_id=unit_id, document_number=number, document_year=year).first()


def listed_now(report: Report, term: Term, form: Form) -> dict[str, list[Row]]:
    """The rows of each table that the form asks for, as the modules give them now."""
    ask = _ask(report, term)
    offered = ((part, listings.listing(part.source)) for part in form.listings)
    return {part.id: found.rows(ask, limit=part.limit) for part, found in offered if found is not None}


def _ask(report: Report, term: Term) -> Ask:
    path = node(report.unit_id, on=report.as_of).path
    return Ask(path=path, period=term.period, structure=report.as_of, as_of=report.as_of)


DONE, WAITING = "planning.tasks_done", "planning.tasks_waiting"
TASKS = 50


def tasks_of_plan(report: Report, term: Term) -> tuple[list[Row], list[Row]]:
    """The tasks of the plan that were done, and those that were not, as far as the report knows."""
    ask = _ask(report, term)
    offered = (listings.listing(key) for key in (DONE, WAITING))
    done, waiting = (found.rows(ask, limit=TASKS) if found else [] for found in offered)
    return done, waiting


def frozen_listings(report: Report, form: Form) -> dict[str, list[Row]]:
    """The rows of each table as they were handed in; one query."""
    found: dict[str, list[Row]] = {part.id: [] for part in form.listings}
    for row in report.rows.filter(target__in=list(found)).order_by("target", "position"):
        found[row.target].append(as_row(row))
    return found


def columns(form: Form) -> dict[str, list[str]]:
    """What the cells of each table say, where a module offers it."""
    offered = {part.id: listings.listing(part.source) for part in form.listings}
    return {name: [str(column) for column in one.columns] for name, one in offered.items() if one}


def latest_cover(unit_id: int) -> Cover:
    """How the unit signed its last report; the ways of most unions when it has none."""
    last = Report.objects.received().filter(unit_id=unit_id).order_by("-last", "-pk").first()
    return Cover.read(last.cover).next() if last and last.cover else Cover()


@dataclass(frozen=True, kw_only=True)
class Heading:
    """Who reports to whom, under the names of a day."""

    unit_name: str
    parent_id: int | None
    parent_name: str
    above: tuple[int, ...]
    """The units above, the nearest first."""


def judges(report: Report, *, steps: int) -> list[int]:
    """The units that accept it one after the other; a unit with nobody above accepts its own."""
    assert report.frozen_at is not None
    above = heading(report.unit_id, on=min(today(report.frozen_at), report.due_on)).above
    return list(above[:steps]) or [report.unit_id]


def heading(unit_id: int, *, on: date) -> Heading:
    """Raises Unit.DoesNotExist when there was no such unit yet."""
    own = node(unit_id, on=on)
    above = [pk for pk in units_on(own.path) if pk != unit_id]
    parent = node(above[-1], on=on) if above else None
    return Heading(
        unit_name=own.name,
        parent_id=parent.unit_id if parent else None,
        parent_name=parent.name if parent else "",
        above=tuple(reversed(above)),
    )


def existed(unit_id: int, *, on: date) -> bool:
    try:
        node(unit_id, on=on)
    except ObjectDoesNotExist:
        return False
    return True


def as_row(row: EvidenceRow) -> Row:
    return Row(
        ref=row.ref,
        label=row.label,
        url=row.url,
        on=row.on,
        unit=row.unit,
        counts=row.counts,
        cells=tuple(row.cells),
    )


def frozen_rows(report: Report) -> Iterator[EvidenceRow]:
    """All rows frozen with the report, in the order of its fingerprint, one at a time."""
    return report.rows.order_by("target", "position").iterator(chunk_size=2000)


def intact(report: Report) -> bool:
    """Whether what is stored still has the fingerprint it was handed in with."""
    return report.fingerprint == fingerprint.of(report, frozen_rows(report), code=report.unit.code)


def history(report: Report) -> list[tuple[Entry, str]]:
    """What was done to the report, newest first, each with the name of who did it: two queries."""
    entries = list(ledger.history(report.ref)[:HISTORY])
    keys = {entry.actor.removeprefix(ACCOUNT) for entry in entries if entry.actor.startswith(ACCOUNT)}
    names = dict(get_user_model().objects.filter(pk__in=keys).values_list("pk", "name"))
    return [(entry, names.get(_account(entry.actor), "")) for entry in entries]


def _account(actor: str) -> int:
    return int(actor.removeprefix(ACCOUNT)) if actor.startswith(ACCOUNT) else 0
