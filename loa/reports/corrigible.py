"""What of an accepted report can be corrected, and what it says there. Values only; no database.

Of a review, the figure of one year is corrected; what all years come to follows by itself (`folded`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .figures import ReportFigure, YearFigure
from .formfile import Form
from .models import Report


@dataclass(frozen=True, kw_only=True)
class Place:
    """`code` is that of the target, of one of its years ("T8.2025"), of the entry or of the passage."""

    code: str
    label: str
    said: Mapping[str, Any]
    """What the report says there, as corrections keep it."""
    target: str = ""
    year: YearFigure | None = None
    """Of a review."""
    required: bool = False

    @property
    def of_passage(self) -> bool:
        return "text" in self.said


def figures(report: Report, form: Form) -> list[Place]:
    """Its figures, counted and typed; of a review every year that has a figure."""
    counted = [place for stored in report.figures for place in _counted(ReportFigure.read(stored))]
    typed = [
        Place(code=one.id, label=one.label, said={"value": report.entries.get(one.id, "")}) for one in form.entries
    ]
    return counted + typed


def passages(report: Report, form: Form) -> list[Place]:
    return [
        Place(code=one.id, label=one.title, said={"text": report.text(one.id) or ""}, required=one.required)
        for one in form.passages
    ]


def place(report: Report, form: Form, code: str) -> Place | None:
    return next((one for one in (*figures(report, form), *passages(report, form)) if one.code == code), None)


def year_code(target: str, year: int) -> str:
    return f"{target}.{year}"


def folded(report: Report, said: Mapping[str, Any]) -> dict[str, Any]:
    """Corrections by place, and what they make of the figures of a review whose years they put right."""
    found = dict(said)
    for figure in map(ReportFigure.read, report.figures):
        if any(year_code(figure.target, one.year) in said for one in figure.years):
            found[figure.target] = _together(figure, said)
    return found


def _counted(figure: ReportFigure) -> Iterable[Place]:
    label = f"{figure.target} {figure.short}"
    if figure.years:
        for year in figure.years:
            if year.numerator is not None:
                code = year_code(figure.target, year.year)
                yield Place(
                    code=code, label=f"{label} ({year.year})", said=_said(year), target=figure.target, year=year
                )
    elif figure.numerator is not None:
        yield Place(code=figure.target, label=label, said=_said(figure), target=figure.target)


def _said(figure: ReportFigure | YearFigure) -> dict[str, Any]:
    return {"numerator": figure.numerator, "denominator": figure.denominator}


def _together(figure: ReportFigure, said: Mapping[str, Any]) -> dict[str, Any]:
    """The sum of the years where they may be added up, else the last year: as the review was drafted."""
    years = [said.get(year_code(figure.target, one.year)) or _said(one) for one in figure.years]
    summed = [one for one in years if one["numerator"] is not None] if figure.added else []
    shown: list[Mapping[str, Any]] = summed or years[-1:]
    parts = [one["numerator"] for one in shown if one["numerator"] is not None]
    wholes = [one["denominator"] for one in shown if one["denominator"] is not None]
    return {"numerator": sum(parts) if parts else None, "denominator": sum(wholes) if wholes else None}
