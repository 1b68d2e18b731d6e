"""A figure as a report keeps it: everything that a reader of the document needs, and nothing that can change later."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Self

from django.utils.translation import gettext as _

from loa.base.numbers import NOTHING, number
from loa.planning.scorecard.reading import figure_text, worth


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


@dataclass(frozen=True, kw_only=True)
class ReportFigure:
    """One target in a report. Only plain values, so that it is the same before and after JSON.

    `goal` is what is owed in `goal_year`, as the plan wrote it ("85", "62.5"). `rows` counts the evidence kept with
    the report; `rows_complete` is False when there was more than fits.
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

    def stored(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        return cls(**stored)

    @property
    def value(self) -> Decimal | None:
        return worth(self.numerator, self.denominator, percent=self.percent)

    # --- in words

    @property
    def value_text(self) -> str:
        return NOTHING if self.value is None else figure_text(self.value, percent=self.percent)

    @property
    def parts_text(self) -> str:
        """What a share is made of: "812 trên 1.000"."""
        if self.numerator is None or self.denominator is None:
            return ""
        return _("%(part)s of %(whole)s") % {"part": number(self.numerator), "whole": number(self.denominator)}

    @property
    def goal_text(self) -> str:
        return NOTHING if self.goal is None else figure_text(Decimal(self.goal), percent=self.percent)

    @property
    def standing_text(self) -> str:
        return STANDING_TEXTS[Standing(self.standing)]()

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
