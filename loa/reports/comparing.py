"""This period beside the last one: what the last report said, and what is so different that it owes a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from loa.base.numbers import number
from loa.planning.scorecard.reading import worth

from .entries import amount
from .figures import ReportFigure, YearFigure

if TYPE_CHECKING:
    from .formfile import Form
    from .models import Report


def kept(report: "Report | None", corrected: Mapping[str, Any]) -> dict[str, Any]:
    """What a later report keeps of this one, corrections included; empty when there was none.

    `corrected` is the newest accepted value of each place that was corrected.
    """
    if report is None:
        return {}
    figures = {
        stored["target"]: {"numerator": stored["numerator"], "denominator": stored["denominator"]}
        for stored in report.figures
    }
    entries = dict(report.entries)
    for place, value in corrected.items():
        if place in figures:
            figures[place] = {"numerator": value["numerator"], "denominator": value["denominator"]}
        elif "value" in value:
            entries[place] = value["value"]
    return {
        "report": report.ref,
        "fingerprint": report.fingerprint,
        "last": report.last.isoformat(),
        "figures": figures,
        "entries": entries,
    }


@dataclass(frozen=True, kw_only=True)
class Change:
    """A figure beside last period's; `share` is by how many percent it rose or fell, None from or to nothing."""

    now: Decimal
    before: Decimal

    @property
    def share(self) -> Decimal | None:
        return (self.now - self.before) * 100 / self.before if self.before else None

    def beyond(self, most: Decimal | None) -> bool:
        """Whether it moved more than `most` percent: from nothing to something always did."""
        if most is None or self.now == self.before:
            return False
        return self.share is None or abs(self.share) > most

    @property
    def text(self) -> str:
        """Such as "tăng 12,5 %", "giảm 3 %", "như kỳ trước"."""
        if self.now == self.before:
            return _("as last period")
        if self.share is None:
            return _("none last period")
        return self._moved

    @property
    def text_of_years(self) -> str:
        """The same from one year to the next."""
        if self.now == self.before:
            return _("as the year before")
        if self.share is None:
            return _("none the year before")
        return self._moved

    @property
    def _moved(self) -> str:
        assert self.share is not None
        share = abs(self.share)
        said = number(share, 0 if share >= 10 else 1)
        return _("up %(share)s %%") % {"share": said} if self.share > 0 else _("down %(share)s %%") % {"share": said}


def before_figure(before: Mapping[str, Any], figure: ReportFigure) -> Decimal | None:
    """What the last report said of this target."""
    known = before.get("figures", {}).get(figure.target)
    return worth(known["numerator"], known["denominator"], percent=figure.percent) if known else None


def before_entry(before: Mapping[str, Any], form: "Form", code: str) -> Decimal | None:
    entry = form.entry(code)
    return amount(entry, before.get("entries", {}).get(code, "")) if entry else None


def change(now: Decimal | None, before: Decimal | None) -> Change | None:
    return None if now is None or before is None else Change(now=now, before=before)


def jumps(figure: ReportFigure, most: Decimal | None) -> list[tuple[YearFigure, YearFigure, Change]]:
    """Of a review: from which whole year to which next one the figure moved more than `most` percent."""
    whole = [year for year in figure.years if year.whole]
    moved = [(one, other, change(other.value, one.value)) for one, other in pairwise(whole)]
    return [(one, other, found) for one, other, found in moved if found is not None and found.beyond(most)]
