"""A figure as a report keeps it: everything that a reader of the document needs, and nothing that can change later."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Self

from django.utils.translation import gettext as _

from loa.base.numbers import NOTHING, number
from loa.base.periods import Period
from loa.planning.scorecard.reading import figure_text, worth

WHOLE_YEAR = 365
"""Days."""


class Standing(StrEnum):
    MET = "met"
    UNDER_WAY = "under-way"
    """Below what is owed, while the time to reach it still runs."""
    NOT_MET = "not-met"
    FOLLOWED = "followed"
    """There is a figure, and nothing to reach."""
    EMPTY = "empty"
    NOT_MEASURED = "not-measured"
    WITHHELD = "withheld"


STANDING_TEXTS = {
    Standing.MET: lambda: _("goal reached"),
    Standing.UNDER_WAY: lambda: _("still under way"),
    Standing.NOT_MET: lambda: _("goal not reached"),
    Standing.FOLLOWED: lambda: _("followed, no goal set"),
    Standing.EMPTY: lambda: _("nothing to count"),
    Standing.NOT_MEASURED: lambda: _("not yet measured"),
    Standing.WITHHELD: lambda: _("withheld: fewer than five people"),
}


class Adding(StrEnum):
    """Whether the figures of several years may be added up."""

    SUM = "sum"
    PEOPLE = "people"
    STANDING = "standing"
    """How things stood on a day."""


ADDING_TEXTS = {
    Adding.SUM: lambda: _("Added up over the years: each thing counts once, in the year in which it happened."),
    Adding.PEOPLE: lambda: _(
        "Not added up: each year counts people under a key of its own, so that nobody can tell who stands in two years."
    ),
    Adding.STANDING: lambda: _("Not added up: it says how things stood at the end of each year."),
}


class Result:
    """What a figure and one year of it have in common: the count, what is owed, and how they are told."""

    percent: bool
    numerator: int | None
    denominator: int | None
    standing: str
    goal: str | None

    @property
    def value(self) -> Decimal | None:
        return worth(self.numerator, self.denominator, percent=self.percent)

    @property
    def value_text(self) -> str:
        return NOTHING if self.value is None else figure_text(self.value, percent=self.percent)

    @property
    def goal_text(self) -> str:
        return NOTHING if self.goal is None else figure_text(Decimal(self.goal), percent=self.percent)

    @property
    def standing_text(self) -> str:
        return STANDING_TEXTS[Standing(self.standing)]()


@dataclass(frozen=True, kw_only=True)
class YearFigure(Result):
    """One year of a target in a review: what the accepted report of that year says, or else what was counted now.

    `report` is the ref of that report and `fingerprint` its own; both are empty where there is none.
    """

    year: int
    first: str
    last: str
    percent: bool
    numerator: int | None
    denominator: int | None
    standing: str
    goal: str | None
    goal_year: int | None
    proposed: bool
    report: str = ""
    report_name: str = ""
    fingerprint: str = ""
    corrected: bool = False
    """Whether a correction of that report was accepted for it."""

    @property
    def accepted(self) -> bool:
        return bool(self.report)

    @property
    def whole(self) -> bool:
        """Whether it speaks of a whole year."""
        return self.period.days >= WHOLE_YEAR

    @property
    def period(self) -> Period:
        return Period(first=date.fromisoformat(self.first), last=date.fromisoformat(self.last))

    @property
    def source_text(self) -> str:
        """Where the figure comes from."""
        if not self.accepted:
            return _("counted for this review")
        if self.corrected:
            return _("from the accepted report “%(report)s”, with its correction") % {"report": self.report_name}
        return _("from the accepted report “%(report)s”") % {"report": self.report_name}


@dataclass(frozen=True, kw_only=True)
class ReportFigure(Result):
    """One target in a report. Only plain values, so that it is the same before and after JSON.

    `goal` is what is owed in `goal_year`, as the plan wrote it ("85", "62.5"). `rows` counts the evidence kept with
    the report; `rows_complete` is False when there was more than fits.

    In a review, `years` holds the way year by year and `adds` whether they may be added up (Adding): if so, numerator
    and denominator are the sums, else those of the last year. What is owed and how it stands is that of the last year.
    """

    target: str
    short: str
    wording: str
    definition: str
    measure: str
    version: int | None
    percent: bool
    numerator: int | None
    denominator: int | None
    standing: str
    goal: str | None
    goal_year: int | None
    proposed: bool
    notes: list[list[Any]]
    as_of: str
    rows: int = 0
    rows_complete: bool = True
    years: tuple[YearFigure, ...] = ()
    adds: str = ""

    def stored(self) -> dict[str, Any]:
        kept = asdict(self)
        return kept | {"years": list(kept["years"])}

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        years = tuple(YearFigure(**year) for year in stored.get("years", ()))
        return cls(**{**stored, "years": years})

    # --- of a review

    @property
    def latest(self) -> YearFigure | None:
        return self.years[-1] if self.years else None

    @property
    def judged(self) -> list[YearFigure]:
        """The years with a figure, and something to reach that is due."""
        due = {Standing.MET.value, Standing.NOT_MET.value}
        return [year for year in self.years if year.standing in due]

    @property
    def met(self) -> list[YearFigure]:
        return [year for year in self.judged if year.standing == Standing.MET]

    @property
    def met_text(self) -> str:
        """Such as "2 trên 3 năm"; empty where no year is judged."""
        if not self.judged:
            return ""
        return _("%(met)s of %(years)s years") % {"met": len(self.met), "years": len(self.judged)}

    @property
    def added(self) -> bool:
        return self.adds == Adding.SUM

    @property
    def adding_text(self) -> str:
        return ADDING_TEXTS[Adding(self.adds)]() if self.adds else ""

    # --- in words

    @property
    def parts_text(self) -> str:
        """What a share is made of: "812 trên 1.000"."""
        if self.numerator is None or self.denominator is None:
            return ""
        return _("%(part)s of %(whole)s") % {"part": number(self.numerator), "whole": number(self.denominator)}

    @property
    def sentence(self) -> str:
        """The result in one sentence of plain Vietnamese."""
        said = {"value": self.value_text, "parts": self.parts_text, "goal": self.goal_text, "year": self.goal_year}
        result = _("%(value)s (%(parts)s)") % said if self.parts_text else self.value_text
        if self.goal is None:
            return _("%(short)s: the unit reached %(result)s in the period.") % {"short": self.short, "result": result}
        said |= {"short": self.short, "result": result}
        if self.proposed:
            return (
                _("%(short)s: the unit reached %(result)s in the period; the level proposed for %(year)s is %(goal)s.")
                % said
            )
        return (
            _("%(short)s: the unit reached %(result)s in the period; the level to strive for in %(year)s is %(goal)s.")
            % said
        )
