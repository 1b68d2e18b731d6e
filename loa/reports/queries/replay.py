"""A handed-in report recomputed: as known then, as known now, by today's structure, every difference explained.

Then is what was frozen. Now is counted again for the same period by the structure of its day. What the ledger recorded
since says why a row came or went; a row that nothing explains is said to be unexplained.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from loa.base.numbers import NOTHING, number
from loa.people.queries import rearranged_names
from loa.planning.differences import Difference, Why, between, ordered, since
from loa.planning.protocol import Row
from loa.planning.scorecard.reading import figure_text

from ..figures import ReportFigure
from ..models import Report
from .corrected import corrected
from .due import term_of
from .reviewing import Counted, counted_one


@dataclass(frozen=True, kw_only=True)
class Replay:
    """One figure three times. `corrected` is what an accepted correction says.

    `differences` lead from then to now, `moves` from now to today's structure; both are row by row.
    """

    figure: ReportFigure
    then: Decimal | None
    now: Decimal | None
    today: Decimal | None
    corrected: Mapping[str, int] | None
    differences: tuple[Difference, ...]
    moves: tuple[Difference, ...]
    bases: tuple[int | None, int | None]
    """Of a share: what it was counted among, then and now."""
    counts: tuple[int, int]
    """How many were counted, then and now."""
    complete: bool
    """Whether all rows were kept; otherwise single differences can not be told."""

    @property
    def then_text(self) -> str:
        return self._text(self.then)

    @property
    def now_text(self) -> str:
        return self._text(self.now)

    @property
    def today_text(self) -> str:
        return self._text(self.today)

    def _text(self, value: Decimal | None) -> str:
        return NOTHING if value is None else figure_text(value, percent=self.figure.percent)

    @property
    def same(self) -> bool:
        return not self.differences and not self.moves and self.then == self.now

    @property
    def base_text(self) -> str:
        """What rows alone do not tell: that a share is now counted among more or fewer than then."""
        then, now = self.bases
        if then is None or now is None or then == now:
            return ""
        return _("Counted among %(now)s now, among %(then)s then.") % {"now": number(now), "then": number(then)}

    @property
    def adds_up(self) -> bool:
        """Whether the rows explain the whole difference."""
        then, now = self.counts
        return sum(one.now - one.then for one in self.differences) == now - then

    @property
    def exact(self) -> bool:
        """Whether what is known now, without what was recorded since, is exactly what was frozen."""
        return self.complete and self.adds_up and all(one.why != Why.UNEXPLAINED for one in self.differences)


def replays(report: Report, *, today: date, only: str = "") -> list[Replay]:
    """Every figure of a report that was handed in, or `only` one of them."""
    term = term_of(report)
    if term is None or report.frozen_at is None:
        return []
    said = corrected(report)
    return [
        _replay(report, ReportFigure.read(stored), said, today=today)
        for stored in report.figures
        if only in {"", stored["target"]} and stored["numerator"] is not None
    ]


def _replay(report: Report, figure: ReportFigure, said: Mapping[str, Mapping[str, int]], *, today: date) -> Replay:
    term = term_of(report)
    assert term is not None
    target = figure.target
    line = counted_one(report, term, target)
    restated = counted_one(report, term, target, structure=today)
    then = {row.ref: row for row in report.rows.filter(target=target)}
    kept = {
        ref: Row(ref=ref, label=row.label, url=row.url, on=row.on, unit=row.unit, counts=row.counts)
        for ref, row in then.items()
    }
    now, after = _rows(line), _rows(restated)
    assert report.frozen_at is not None
    facts = since(report.frozen_at, {*kept, *now} if figure.rows_complete else ())
    found = between(kept, now, facts) if figure.rows_complete else []
    if any(one.why == Why.UNEXPLAINED for one in found):
        found = _with_decisions(found, rearranged_names(since=report.frozen_at, until=report.last))
    moves = [_moved(now, after, ref) for ref in {*now} ^ {*after}]
    return Replay(
        figure=figure,
        then=figure.value,
        now=line.figure.value if line else None,
        today=restated.figure.value if restated else None,
        corrected=said.get(target),
        differences=ordered(found),
        moves=ordered(moves),
        bases=(figure.denominator, line.figure.denominator if line else None),
        counts=(figure.numerator or 0, (line.figure.numerator or 0) if line else 0),
        complete=figure.rows_complete,
    )


def _rows(found: Counted | None) -> dict[str, Row]:
    return {row.ref: row for row in found.evidence()} if found else {}


def _with_decisions(found: Iterable[Difference], names: Collection[str]) -> list[Difference]:
    """Rows whose unit a decision moved by then, which was recorded only later, came or left with it."""
    return [
        replace(one, why=Why.MOVED_IN if one.now else Why.MOVED_OUT)
        if one.why == Why.UNEXPLAINED and one.row.unit in names and not (one.then and one.now)
        else one
        for one in found
    ]


def _moved(now: Mapping[str, Row], today: Mapping[str, Row], ref: str) -> Difference:
    if ref in now:
        return Difference(row=now[ref], then=now[ref].counts, now=0, why=Why.MOVED_OUT)
    return Difference(row=today[ref], then=0, now=today[ref].counts, why=Why.MOVED_IN)
