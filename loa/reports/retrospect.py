"""The sentences Loa proposes for a review of several years. Values only; no database.

Each says only what figures, tasks and accepted reports show; causes and lessons are for people to write.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from django.utils.translation import gettext as _

from loa.base.dates import short_date
from loa.base.periods import Period
from loa.planning.protocol import Row

from .figures import ReportFigure, Standing, YearFigure
from .narrative import NAMED

TASKS = 10
"""Tasks named in a passage; the others are counted."""


def proposed(
    figures: Sequence[ReportFigure],
    *,
    unit: str,
    plan: str,
    period: Period,
    gaps: Mapping[str, Sequence[str]],
    done: Sequence[Row],
    waiting: Sequence[Row],
) -> dict[str, str]:
    """A first text for the passages of a review; `done` and `waiting` are tasks of the plan, `gaps` who is missing."""
    known = [figure for figure in figures if any(year.value is not None for year in figure.years)]
    frame = {"unit": unit, "plan": plan, "first": short_date(period.first), "last": short_date(period.last)}
    texts = {
        "situation": [
            _("This report looks back on how %(unit)s carried out “%(plan)s” from %(first)s to %(last)s.") % frame,
            *_sources(figures),
        ],
        "way": [_way(figure) for figure in known] + _tasks(done, _done()),
        "shortfalls": [text for figure in known if (text := _short(figure, gaps.get(figure.target, ())))]
        + _tasks(waiting, _waiting()),
        "lessons": [text for figure in known if (text := _trend(figure))],
        "ahead": [text for figure in known if (text := _ahead(figure))] + _tasks(waiting, _to_finish()),
    }
    return {code: "\n".join(lines) for code, lines in texts.items() if lines}


def _sources(figures: Sequence[ReportFigure]) -> list[str]:
    """Which years speak from accepted reports, and which were counted for the review."""
    years = {(year.year, year.report_name) for figure in figures for year in figure.years}
    accepted = sorted({name for _year, name in years if name})
    counted = sorted({str(year) for year, name in years if not name} - {str(year) for year, name in years if name})
    texts = []
    if accepted:
        texts.append(_("Taken from accepted reports: %(reports)s.") % {"reports": "; ".join(accepted)})
    if counted:
        texts.append(
            _("Counted for this review, without an accepted report: %(years)s.") % {"years": ", ".join(counted)}
        )
    return texts


def _way(figure: ReportFigure) -> str:
    years = "; ".join(_of_year(year) for year in figure.years)
    text = f"{figure.short}: {years}."
    if not figure.added:
        return text
    said = {"value": figure.value_text, "parts": figure.parts_text}
    total = _("%(value)s (%(parts)s)") % said if figure.parts_text else figure.value_text
    return f"{text} " + _("All years together: %(total)s.") % {"total": total}


def _of_year(year: YearFigure) -> str:
    name = str(year.year) if year.whole else _("%(year)s up to %(day)s") % {"year": year.year, "day": _last(year)}
    if year.value is None:
        return f"{name}: {year.standing_text}"
    said = {"year": name, "value": year.value_text, "goal": year.goal_text, "standing": year.standing_text}
    if year.goal is None or year.goal_year != year.year:
        return f"{name}: {year.value_text}"
    return _("%(year)s: %(value)s, %(goal)s wanted (%(standing)s)") % said


def _last(year: YearFigure) -> str:
    return short_date(year.period.last)


def _short(figure: ReportFigure, names: Sequence[str]) -> str:
    """The years in which less was reached than was due, and who is missing now."""
    missed = [year for year in figure.judged if year.standing == Standing.NOT_MET]
    latest = figure.latest
    if latest and latest.standing == Standing.UNDER_WAY:
        missed.append(latest)
    if not missed:
        return ""
    years = "; ".join(
        _("%(year)s: %(value)s, where %(goal)s were wanted")
        % {"year": year.year, "value": year.value_text, "goal": year.goal_text}
        for year in missed
    )
    text = _("%(short)s stayed below the level: %(years)s.") % {"short": figure.short, "years": years}
    if not names:
        return text
    named = {"names": "; ".join(names[:NAMED])}
    more = _("Above all: %(names)s …") if len(names) > NAMED else _("Above all: %(names)s.")
    return f"{text} {more % named}"


def _trend(figure: ReportFigure) -> str:
    """Whether it rose or fell from whole year to whole year."""
    whole = [year for year in figure.years if year.whole and year.value is not None]
    if len(whole) < 2:
        return ""
    way = " → ".join(f"{year.value_text} ({year.year})" for year in whole)
    steps = [(one.value or 0, other.value or 0) for one, other in pairwise(whole)]
    said = {"short": figure.short, "way": way}
    if all(before < after for before, after in steps):
        return _("Rose every year: %(short)s, %(way)s.") % said
    if all(before > after for before, after in steps):
        return _("Fell every year: %(short)s, %(way)s.") % said
    return ""


def _ahead(figure: ReportFigure) -> str:
    latest = figure.latest
    if latest is None or latest.standing not in {Standing.NOT_MET, Standing.UNDER_WAY} or latest.value is None:
        return ""
    said = {"short": figure.short, "value": latest.value_text, "goal": latest.goal_text, "year": latest.goal_year}
    return _("Bring “%(short)s” from %(value)s to %(goal)s (level of %(year)s).") % said


def _done() -> tuple[str, str]:
    return _("Tasks of the plan that are done: %(tasks)s."), _("Tasks of the plan that are done: %(tasks)s …")


def _waiting() -> tuple[str, str]:
    return _("Tasks of the plan not done yet: %(tasks)s."), _("Tasks of the plan not done yet: %(tasks)s …")


def _to_finish() -> tuple[str, str]:
    return _("Finish: %(tasks)s."), _("Finish: %(tasks)s …")


def _tasks(rows: Sequence[Row], sentences: tuple[str, str]) -> list[str]:
    if not rows:
        return []
    named = {"tasks": "; ".join(row.label for row in rows[:TASKS])}
    return [sentences[len(rows) > TASKS] % named]
