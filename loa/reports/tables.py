"""The tables of reports that can be taken away: who owes what, the figures of a report, and the evidence of one."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.base.dates import short_date
from loa.people.roles import Ability
from loa.people.tables import Asked, Cell, Column, Sheet, Sort
from loa.planning import registry
from loa.planning.protocol import Row

from . import queries
from .figures import ReportFigure, YearFigure
from .models import Report
from .terms import Term, named

BATCH = 500


class OwedTable:
    """Who owes the report of a term, as far as the account looks after them."""

    key = "reports.owed"
    name = gettext_lazy("Reports owed")
    ability = Ability.SEE_FIGURES

    def sheet(self, asked: Asked) -> Sheet:
        on = asked.scope.on
        terms, code = queries.terms_on(on), asked.text("term")
        term = named(terms, code) if code else queries.worked_on(terms, asked.scope, on=on)
        if term is None:
            raise LookupError(code)
        return Sheet(
            title=_("Reports owed: %(name)s") % {"name": term.name},
            unit="",
            unit_id=None,
            on=on,
            columns=[
                Column(title=_("Code"), width=16),
                Column(title=_("Unit"), width=60),
                Column(title=_("State"), width=24),
                Column(title=_("Received on"), sort=Sort.DAY, width=14),
                Column(title=_("Due on"), sort=Sort.DAY, width=14),
                Column(title=_("On time"), width=14),
            ],
            rows=_owed(term, asked),
            notes=[
                (_("Period"), f"{short_date(term.period.first)} – {short_date(term.period.last)}"),
                (_("Due on"), short_date(term.due_on)),
            ],
        )


class FiguresTable:
    """The counted figures of one report; those of a review year by year, each with where it comes from."""

    key = "reports.figures"
    name = gettext_lazy("Figures of a report")
    ability = Ability.SEE_FIGURES

    def sheet(self, asked: Asked) -> Sheet:
        report = _report(asked)
        return Sheet(
            title=f"{_('Figures')}: {report}",
            unit=report.unit_name,
            unit_id=report.unit_id,
            on=report.as_of,
            columns=[
                Column(title=_("Code"), width=8),
                Column(title=_("Target"), width=50),
                Column(title=_("Year"), width=18),
                Column(title=_("Result"), sort=Sort.NUMBER, width=12),
                Column(title=_("Result in percent"), sort=Sort.SHARE, width=12),
                Column(title=_("Numerator"), sort=Sort.NUMBER, width=12),
                Column(title=_("Denominator"), sort=Sort.NUMBER, width=12),
                Column(title=_("Level to strive for"), sort=Sort.NUMBER, width=14),
                Column(title=_("Level in percent"), sort=Sort.SHARE, width=12),
                Column(title=_("State"), width=30),
                Column(title=_("Where it comes from"), width=50),
            ],
            rows=(row for stored in report.figures for row in _figures(ReportFigure.read(stored))),
            notes=[(_("Fingerprint"), report.fingerprint or _("not handed in yet"))],
            synthetic=report.unit.synthetic,
        )


class EvidenceTable:
    """The rows behind one figure of a report: as frozen, or as they are while it is being written."""

    key = "reports.evidence"
    name = gettext_lazy("Evidence of a report")
    ability = Ability.SEE_FIGURES

    def sheet(self, asked: Asked) -> Sheet:
        report = _report(asked)
        stored = next((one for one in report.figures if one["target"] == asked.text("target")), None)
        if stored is None:
            raise LookupError(asked.text("target"))
        figure = ReportFigure.read(stored)
        return Sheet(
            title=f"{_('Evidence')}: {figure.target}. {figure.short}",
            unit=report.unit_name,
            unit_id=report.unit_id,
            on=report.as_of,
            columns=[
                Column(title=_("Evidence"), width=60),
                Column(title=_("Further details"), width=40),
                Column(title=_("Day"), sort=Sort.DAY, width=12),
                Column(title=_("Unit"), width=44),
                Column(title=_("Counts"), sort=Sort.NUMBER, width=10),
                Column(title=_("Reference"), width=26),
            ],
            rows=map(_cells, _rows(report, figure.target)),
            notes=[
                (_("Report"), str(report)),
                (_("Target"), figure.wording),
                (_("Meaning"), figure.definition),
                (_("Result"), " ".join(filter(None, (figure.value_text, figure.parts_text)))),
                (_("Fingerprint"), report.fingerprint or _("not handed in yet")),
            ],
            synthetic=report.unit.synthetic,
            people=bool((measure := registry.measure(figure.measure)) and measure.counts_people),
        )


class ApartTable:
    """Why the accepted reports below do not add up to what is counted, unit by unit."""

    key = "reports.apart"
    name = gettext_lazy("Sum of the accepted reports and count")
    ability = Ability.SEE_FIGURES

    def sheet(self, asked: Asked) -> Sheet:
        report = _report(asked)
        found = queries.apart(report, asked.text("target"))
        if found is None:
            raise LookupError(asked.text("target"))
        target = found.line.target
        return Sheet(
            title=f"{_('Sum of the accepted reports and count')}: {target.code}. {target.short}",
            unit=report.unit_name,
            unit_id=report.unit_id,
            on=report.as_of,
            columns=[
                Column(title=_("Code"), width=16),
                Column(title=_("Unit"), width=60),
                Column(title=_("In accepted reports"), sort=Sort.NUMBER, width=16),
                Column(title=_("Counted now"), sort=Sort.NUMBER, width=14),
                Column(title=_("Difference"), sort=Sort.NUMBER, width=14),
                Column(title=_("Why"), width=50),
            ],
            rows=(
                [row.code, row.unit, row.said_shown, row.counted, row.difference, row.why_text] for row in found.rows
            ),
            notes=[(_("Report"), str(report)), (_("Reports added up here"), found.below)],
            synthetic=report.unit.synthetic,
            people=bool(found.line.measure and found.line.measure.counts_people),
        )


TABLES = (OwedTable(), FiguresTable(), EvidenceTable(), ApartTable())


def _report(asked: Asked) -> Report:
    try:
        return queries.report(asked.key("report"), asked.scope)
    except Report.DoesNotExist:
        raise LookupError(asked.text("report")) from None


def _figures(figure: ReportFigure) -> Iterator[list[Cell]]:
    """The way year by year, then the whole where years may be added up."""
    for year in figure.years:
        yield [figure.target, figure.wording, str(year.year), *_counted(year), year.source_text]
    if figure.added or not figure.years:
        all_years = _("All years together") if figure.added else ""
        yield [figure.target, figure.wording, all_years, *_counted(figure), ""]


def _counted(figure: ReportFigure | YearFigure) -> list[Cell]:
    """What is withheld, or not measured, has no numbers; the state says why."""
    value = None if figure.value is None else float(figure.value)
    goal = None if figure.goal is None else float(figure.goal)
    return [
        None if figure.percent else value,
        value / 100 if figure.percent and value is not None else None,
        figure.numerator,
        figure.denominator,
        None if figure.percent else goal,
        goal / 100 if figure.percent and goal is not None else None,
        figure.standing_text,
    ]


def _owed(term: Term, asked: Asked) -> Iterator[list[Cell]]:
    after = ""
    while True:
        page = queries.owed(term, asked.scope, on=asked.scope.on, after=after, limit=BATCH)
        for row in page.rows:
            state = _("overdue") if row.overdue else row.state_text or _("not begun")
            timely = "" if not row.received else _("came late") if row.late else _("on time")
            yield [row.code, row.unit, state, row.received_on, term.due_on, timely]
        if not (after := page.after):
            return


def _rows(report: Report, target: str) -> Iterator[Row]:
    after = ""
    while True:
        page = queries.rows(report, target, after=after, limit=BATCH)
        yield from page.rows
        if not (after := page.after):
            return


def _cells(row: Row) -> list[Cell]:
    return [row.label, " · ".join(str(cell) for cell in row.cells), row.on, row.unit, row.counts, row.ref]
