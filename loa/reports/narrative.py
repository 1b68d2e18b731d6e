"""The passages of a report and the sentences Loa proposes for them. Values only; no database.

Which passages there are, and which sentences are wanted where, says the form. What is proposed is in the active
language: a report is written in the language of the house (actions see to it).
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from loa.base.dates import short_date
from loa.base.numbers import number
from loa.base.periods import Period
from loa.base.text import clean_lines
from loa.planning.scorecard.reading import figure_text

from .comparing import before_figure, change
from .figures import ReportFigure, Standing
from .formfile import Form

LONGEST = 20_000
"""Characters of one passage."""
NAMED = 3
"""How many of those who are missing are named; the others are counted."""


def proposed(
    figures: Sequence[ReportFigure],
    *,
    unit: str,
    plan: str,
    period: Period,
    gaps: Mapping[str, Sequence[str]] | None = None,
    before: Mapping[str, Any] | None = None,
) -> dict[str, str]:
    """A first text for the passages that figures can write; people change it as they see fit.

    `gaps` names who or what is missing, by target; `before` is what the last report kept (comparing.kept).
    """
    frame = {"unit": unit, "plan": plan, "first": short_date(period.first), "last": short_date(period.last)}
    situation = _(
        "This report gives the results of %(unit)s from %(first)s to %(last)s in carrying out “%(plan)s”. "
        "Every figure below opens to the evidence kept with the report."
    )
    short = [figure for figure in figures if figure.standing in {Standing.NOT_MET, Standing.UNDER_WAY}]
    texts = {
        "situation": "\n".join([situation % frame, *_reached(figures)]),
        "results": "\n".join(_result(figure, before or {}) for figure in figures if figure.value is not None),
        "difficulties": "\n".join(_missing(figure, (gaps or {}).get(figure.target, ())) for figure in short),
    }
    return {code: text for code, text in texts.items() if text}


def _reached(figures: Sequence[ReportFigure]) -> list[str]:
    met = [figure.short for figure in figures if figure.standing == Standing.MET]
    if not met:
        return []
    said = {"count": len(met), "targets": "; ".join(met)}
    return [
        ngettext("Goal already reached: %(targets)s.", "%(count)d goals already reached: %(targets)s.", len(met)) % said
    ]


def _result(figure: ReportFigure, before: Mapping[str, Any]) -> str:
    moved = change(figure.value, before_figure(before, figure))
    if moved is None:
        return figure.sentence
    said = {"before": figure_text(moved.before, percent=figure.percent), "change": moved.text}
    return f"{figure.sentence} " + _("Last period: %(before)s (%(change)s).") % said


def _missing(figure: ReportFigure, names: Sequence[str]) -> str:
    said = {"short": figure.short, "value": figure.value_text, "goal": figure.goal_text, "year": figure.goal_year}
    text = _("%(short)s: %(value)s so far, %(goal)s are wanted in %(year)s, so %(lack)s are missing.") % (
        said | {"lack": _lack(figure)}
    )
    if not names:
        return text
    rest = len(names) - NAMED
    named = {"names": "; ".join(names[:NAMED])}
    return f"{text} " + (_("Above all: %(names)s …") if rest > 0 else _("Above all: %(names)s.")) % named


def _lack(figure: ReportFigure) -> str:
    lack = Decimal(figure.goal or 0) - (figure.value or Decimal(0))
    return f"{number(lack, 1 if lack % 1 else 0)} %" if figure.percent else number(lack)


def merged(narrative: Sequence[Mapping[str, Any]], proposal: Mapping[str, str], form: Form) -> list[dict[str, str]]:
    """The form's passages with a newer proposal: where nobody has changed the last one, the newer takes its place."""
    before = {section["code"]: section for section in narrative}
    sections = []
    for passage in form.passages:
        known = before.get(passage.id, {"text": "", "drafted": ""})
        new = clean_lines(proposal.get(passage.draft, "")) if passage.draft else ""
        untouched = known["text"] == known["drafted"]
        sections.append(
            {
                "code": passage.id,
                "title": passage.title,
                "text": new if untouched else known["text"],
                "drafted": new,
            }
        )
    return sections
