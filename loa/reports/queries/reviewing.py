"""The figures of a report with the rows behind them; of a review year by year, from accepted reports where they exist.

A year of a review is the period of the yearly report that its form names. What the accepted report of exactly those
days says is taken as it stands, corrections included; what no accepted report says is counted.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse

from loa.base.periods import Period
from loa.people.queries import node
from loa.planning import queries as planning
from loa.planning.protocol import AddsOverYears, Page, Row
from loa.planning.scorecard import Line

from .. import counting
from ..figures import Adding, ReportFigure, Standing, YearFigure
from ..formfile import Form
from ..models import Report
from ..terms import Term, years_of
from .corrected import corrected_all
from .due import term_of
from .kept import as_row, form_of

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Counted:
    """One figure of a report. `parts` is what its evidence is: rows of a measure, or a row that names a report."""

    figure: ReportFigure
    line: Line
    """Of the last year, in a review."""
    parts: tuple[Line | Row, ...]

    def evidence(self) -> Iterator[Row]:
        """Every row behind the numerator."""
        for part in self.parts:
            if isinstance(part, Row):
                yield part
            else:
                yield from counting.evidence(part)

    def page(self, *, after: str = "", limit: int = PAGE) -> Page:
        """Some of them; the cursor says in which part, and after what."""
        start, _, inner = after.partition(".")
        index = int(start) if start.isdecimal() else 0
        rows: list[Row] = []
        while index < len(self.parts) and len(rows) < limit:
            part = self.parts[index]
            found = Page(rows=[part]) if isinstance(part, Row) else part.evidence(after=inner, limit=limit - len(rows))
            rows += found.rows
            inner, index = found.after, index if found.after else index + 1
        return Page(rows=rows, after=f"{index}.{inner}" if index < len(self.parts) else "")


def counted(
    unit_id: int, *, term: Term, as_of: date, form: Form, only: str = "", structure: date | None = None
) -> list[Counted]:
    """The figures that the form asks for, or `only` one, by the structure of each day or of another.

    Raises Unit.DoesNotExist when the unit did not exist by then.
    """
    if form.reviews:
        return _reviewed(unit_id, term=term, as_of=as_of, form=form, only=only, structure=structure)
    lines = counting.lines(unit_id, term=term, as_of=as_of, form=form, only=only, structure=structure)
    return [Counted(figure=counting.figure(line), line=line, parts=(line,)) for line in lines]


def counted_one(report: Report, term: Term, target: str, *, structure: date | None = None) -> Counted | None:
    """One figure of a report as it would be counted now, as far as the report knows."""
    form, as_of = form_of(report), report.as_of
    found = counted(report.unit_id, term=term, as_of=as_of, form=form, only=target, structure=structure)
    return next(iter(found), None)


def rows(report: Report, target: str, *, after: str = "", limit: int = PAGE) -> Page:
    """The evidence of one figure: as frozen, or of the measure itself while the report is being written."""
    if report.open:
        term = term_of(report)
        now = counted_one(report, term, target) if term else None
        return now.page(after=after, limit=limit) if now else Page()
    start = int(after) if after.isdecimal() else -1
    found = list(report.rows.filter(target=target, position__gt=start).order_by("position")[: limit + 1])
    page = [as_row(row) for row in found[:limit]]
    return Page(rows=page, after=str(found[limit - 1].position) if len(found) > limit else "")


@dataclass(frozen=True, kw_only=True)
class _Year:
    """One year of one target: its figure, and its evidence."""

    figure: YearFigure
    line: Line
    part: Line | Row


def _reviewed(unit_id: int, *, term: Term, as_of: date, form: Form, only: str, structure: date | None) -> list[Counted]:
    yearly = next(kind for kind in planning.period_kinds(term.kind.plan) if kind.code == form.reviews)
    found: dict[str, list[_Year]] = {}
    for number, period in years_of(term, yearly, until=as_of):
        on = min(as_of, period.last)
        if (answering := _answering(unit_id, term, on=on, now=as_of)) is None:
            continue
        lines = counting.lines(answering, term=term, as_of=on, form=form, only=only, structure=structure, period=period)
        said = _accepted(answering, period) if on == period.last else None
        for line in lines:
            found.setdefault(line.target.code, []).append(_year(number, line, said))
    return [_together(years) for years in found.values()]


def _answering(unit_id: int, term: Term, *, on: date, now: date) -> int | None:
    """Who answered on that day for what the unit answers for now: for the whole plan, whoever was at its head."""
    plan = term.kind.plan
    try:
        if planning.root_unit(plan, on=now) == unit_id:
            return planning.root_unit(plan, on=on)
        return node(unit_id, on=on).unit_id
    except ObjectDoesNotExist:
        return None


@dataclass(frozen=True, kw_only=True)
class _Said:
    """An accepted report, and what was corrected in it."""

    report: Report
    corrected: Mapping[str, Any]


def _accepted(unit_id: int, period: Period) -> _Said | None:
    """The unit's accepted report of exactly these days."""
    found = Report.objects.filter(
        unit_id=unit_id, first=period.first, last=period.last, state=Report.State.ACCEPTED
    ).order_by("pk")
    report = found.first()
    return _Said(report=report, corrected=corrected_all([report]).get(report.pk, {})) if report else None


def _year(number: int, line: Line, said: _Said | None) -> _Year:
    """What the report says of this year, where it speaks of the target at all, else what was counted."""
    counted_now = counting.figure(line)
    period = line.ask.counted
    stored = next((one for one in said.report.figures if one["target"] == line.target.code), None) if said else None
    if said is None or stored is None:
        return _Year(figure=_year_figure(number, period, counted_now), line=line, part=line)
    figure = ReportFigure.read(stored)
    correction = said.corrected.get(line.target.code)
    if correction:
        figure = _judged(replace(figure, **correction))
    row = Row(
        ref=said.report.ref,
        label=said.report.name,
        url=reverse("reports:evidence", args=[said.report.pk, line.target.code]),
        on=said.report.received_on,
        unit=said.report.unit_name,
        counts=figure.numerator or 0,
        cells=(f"sha256:{said.report.fingerprint}",),
    )
    own = replace(
        _year_figure(number, period, figure),
        report=said.report.ref,
        report_name=said.report.name,
        fingerprint=said.report.fingerprint,
        corrected=bool(correction),
    )
    return _Year(figure=own, line=line, part=row)


def _judged(figure: ReportFigure) -> ReportFigure:
    """Its standing after a correction; what had no goal still has none."""
    if figure.standing not in {Standing.MET, Standing.UNDER_WAY, Standing.NOT_MET} or figure.value is None:
        return figure
    met = figure.value >= Decimal(figure.goal or 0)
    left = Standing.UNDER_WAY if figure.standing == Standing.UNDER_WAY else Standing.NOT_MET
    return replace(figure, standing=(Standing.MET if met else left).value)


def _year_figure(number: int, period: Period, figure: ReportFigure) -> YearFigure:
    return YearFigure(
        year=number,
        first=period.first.isoformat(),
        last=period.last.isoformat(),
        percent=figure.percent,
        numerator=figure.numerator,
        denominator=figure.denominator,
        standing=figure.standing,
        goal=figure.goal,
        goal_year=figure.goal_year,
        proposed=figure.proposed,
    )


def _together(years: Sequence[_Year]) -> Counted:
    """The target over all its years: sums where they may be added up, else the last year."""
    last, figures = years[-1], tuple(one.figure for one in years)
    adds = _adding(last.line)
    summed = [one for one in figures if one.numerator is not None] if adds == Adding.SUM else []
    shown = summed or [last.figure]
    wholes = [one.denominator for one in shown if one.denominator is not None]
    figure = replace(
        counting.figure(last.line),
        numerator=sum(one.numerator or 0 for one in summed) if summed else last.figure.numerator,
        denominator=sum(wholes) if wholes else None,
        standing=last.figure.standing,
        goal=last.figure.goal,
        goal_year=last.figure.goal_year,
        proposed=last.figure.proposed,
        years=figures,
        adds=adds,
    )
    parts = tuple(one.part for one in years if one.figure in shown and one.figure.numerator is not None)
    return Counted(figure=figure, line=last.line, parts=parts)


def _adding(line: Line) -> str:
    if line.measure is None:
        return ""
    if line.measure.counts_people:
        return Adding.PEOPLE.value
    adds = isinstance(line.measure, AddsOverYears) and line.measure.adds_over_years
    return (Adding.SUM if adds else Adding.STANDING).value
