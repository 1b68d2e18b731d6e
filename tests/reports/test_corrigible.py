"""What can be corrected in a report, and what the years of a review come to."""

from typing import Any

import pytest

from loa.reports import corrigible
from loa.reports.figures import Adding, ReportFigure, YearFigure
from loa.reports.models import Report


def review(adds: Adding, *years: tuple[int | None, int | None]) -> Report:
    """A review of one target T1, with these parts of its years from 2024 on."""
    common: dict[str, Any] = {
        "percent": True,
        "standing": "followed",
        "goal": None,
        "goal_year": None,
        "proposed": False,
    }
    ways = tuple(
        YearFigure(year=year, first=f"{year}-01-01", last=f"{year}-12-31", numerator=part, denominator=whole, **common)
        for year, (part, whole) in enumerate(years, start=2024)
    )
    figure = ReportFigure(
        target="T1",
        short="Mục tiêu mẫu",
        wording="",
        definition="",
        measure="",
        version=1,
        numerator=years[-1][0],
        denominator=years[-1][1],
        notes=[],
        as_of="2026-12-31",
        years=ways,
        adds=adds.value,
        **common,
    )
    return Report(figures=[figure.stored()])


def parts(numerator: int, denominator: int | None = 10) -> dict[str, int | None]:
    return {"numerator": numerator, "denominator": denominator}


@pytest.mark.parametrize(
    ("adds", "said", "expected"),
    [
        (Adding.SUM, {"T1.2024": parts(4)}, parts(9, 30)),
        (Adding.SUM, {"T1.2024": parts(4), "T1.2026": parts(6, 20)}, parts(12, 40)),
        (Adding.STANDING, {"T1.2024": parts(4)}, parts(3)),
        (Adding.STANDING, {"T1.2026": parts(6, 20)}, parts(6, 20)),
        (Adding.PEOPLE, {"T1.2025": parts(9), "T1.2026": parts(7)}, parts(7)),
    ],
)
def test_all_years_follow_the_correction_of_one(adds, said, expected):
    report = review(adds, (1, 10), (2, 10), (3, 10))

    assert corrigible.folded(report, said) == said | {"T1": expected}


def test_without_a_corrected_year_nothing_follows():
    assert corrigible.folded(review(Adding.SUM, (1, 10), (2, 10)), {"meetings": {"value": "3"}}) == {
        "meetings": {"value": "3"}
    }


def test_a_year_without_a_figure_stays_without_one():
    report = review(Adding.SUM, (None, None), (2, 10))

    assert corrigible.folded(report, {"T1.2025": parts(5)})["T1"] == parts(5)
    assert corrigible.folded(review(Adding.STANDING, (1, 10), (None, None)), {"T1.2024": parts(5)})["T1"] == {
        "numerator": None,
        "denominator": None,
    }
