"""The way of a review's figures over the years, as parts of its document."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from loa.base.dates import short_date
from loa.base.numbers import NOTHING

from .document import Block, Bullets, LandscapeSection, Paragraph, Table
from .figures import ReportFigure, YearFigure
from .models import Report

COUNTED = "*"
"""Stands behind a figure that no accepted report gives."""


def results(report: Report, figures: Sequence[ReportFigure]) -> Iterator[Block]:
    """One row for each target with any figure: its years side by side, their sum, and how often it was met."""
    shown = [figure for figure in figures if _known(figure)]
    numbers = sorted({year.year for figure in shown for year in figure.years})
    if not shown:
        return
    yield Table(
        caption=_("Results year by year (figures as of %(day)s)") % {"day": short_date(report.as_of)},
        header=[
            _("row no."),
            _("Target"),
            *map(str, numbers),
            _("All years together"),
            _("Goal reached"),
        ],
        rows=[
            [
                str(index),
                figure.short,
                *(_cell(figure, number) for number in numbers),
                figure.value_text if figure.added else NOTHING,
                figure.met_text or NOTHING,
            ]
            for index, figure in enumerate(shown, start=1)
        ],
        widths=[1, 4.4, *(1.7 for _number in numbers), 2, 2.2],
        numeric=[0, *range(2, 3 + len(numbers))],
    )
    if any(not year.accepted for figure in shown for year in figure.years):
        yield Paragraph(
            _("%(sign)s Counted for this review; no accepted report speaks of these days.") % {"sign": COUNTED}
        )
    yield Bullets([*_why_added(shown), *_unmeasured(figures)])


def annex(figures: Sequence[ReportFigure]) -> Iterator[LandscapeSection]:
    """Every year of every target with its days, its level, its state, and where it comes from."""
    rows = [_row(figure, year) for figure in figures if _known(figure) for year in figure.years]
    if rows:
        header = [_("Target"), _("Year"), _("Period"), _("Result"), _("Level to strive for"), _("State"), _("Source")]
        table = Table(header=header, rows=rows, widths=[5, 1.5, 4, 2, 2.5, 3, 6], numeric=[3, 4])
        yield LandscapeSection(_("The way of the targets year by year"), [table])


def _known(figure: ReportFigure) -> bool:
    return any(year.value is not None for year in figure.years)


def _cell(figure: ReportFigure, number: int) -> str:
    year = next((one for one in figure.years if one.year == number), None)
    if year is None or year.value is None:
        return NOTHING
    return year.value_text if year.accepted else f"{year.value_text}{COUNTED}"


def _row(figure: ReportFigure, year: YearFigure) -> list[str]:
    days = f"{short_date(year.period.first)} – {short_date(year.period.last)}"
    goal = year.goal_text if year.goal_year in {None, year.year} else f"{year.goal_text} ({year.goal_year})"
    print_of = f" (sha256 {year.fingerprint[:12]}…)" if year.fingerprint else ""
    source = year.source_text + print_of
    return [figure.short, str(year.year), days, year.value_text, goal, year.standing_text, source]


def _why_added(figures: Sequence[ReportFigure]) -> list[str]:
    """Each reason once, with the targets it holds for."""
    reasons: dict[str, list[str]] = {}
    for figure in figures:
        if figure.adding_text:
            reasons.setdefault(figure.adding_text, []).append(figure.short)
    return [f"{'; '.join(names)}: {reason[0].lower()}{reason[1:]}" for reason, names in reasons.items()]


def _unmeasured(figures: Sequence[ReportFigure]) -> list[str]:
    names = [figure.short for figure in figures if not _known(figure)]
    return [_("Not measured in any of these years: %(targets)s.") % {"targets": "; ".join(names)}] if names else []
