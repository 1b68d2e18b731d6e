"""The sections of a report and the sentences Loa proposes for them. Values only; no database.

No source prescribes these sections; they are the ones union offices write. What is proposed is in the active
language: a report is written in the language of the house (actions see to it).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from loa.base.dates import short_date
from loa.base.periods import Period
from loa.base.text import clean_lines

from .figures import ReportFigure, Standing

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

LONGEST = 20_000
"""Characters of one section."""


@dataclass(frozen=True, kw_only=True)
class Section:
    code: str
    title: "str | StrPromise"
    needed: bool = True
    """Whether a report without it is refused."""


SECTIONS = (
    Section(code="situation", title=gettext_lazy("General situation")),
    Section(code="results", title=gettext_lazy("Results of the communication plan")),
    Section(code="difficulties", title=gettext_lazy("Difficulties and shortcomings"), needed=False),
    Section(code="proposals", title=gettext_lazy("Proposals"), needed=False),
    Section(code="directions", title=gettext_lazy("Directions")),
)
NEEDED = frozenset(section.code for section in SECTIONS if section.needed)


def proposed(figures: Sequence[ReportFigure], *, unit: str, plan: str, period: Period) -> dict[str, str]:
    """A first text for the sections that figures can write; people change it as they see fit."""
    frame = {"unit": unit, "plan": plan, "first": short_date(period.first), "last": short_date(period.last)}
    situation = _(
        "This report gives the results of %(unit)s from %(first)s to %(last)s in carrying out “%(plan)s”. "
        "Every figure below opens to the evidence kept with the report."
    )
    texts = {
        "situation": situation % frame,
        "results": "\n".join(figure.sentence for figure in figures if figure.value is not None),
        "difficulties": _below([figure for figure in figures if figure.standing == Standing.NOT_MET]),
    }
    return {code: text for code, text in texts.items() if text}


def _below(figures: Sequence[ReportFigure]) -> str:
    if not figures:
        return ""
    named = "; ".join(f"{figure.short} ({figure.value_text}/{figure.goal_text})" for figure in figures)
    return _("Below the level to strive for: %(figures)s.") % {"figures": named}


def merged(narrative: Sequence[Mapping[str, Any]], proposal: Mapping[str, str]) -> list[dict[str, str]]:
    """The sections with a newer proposal: where nobody has changed the last one, the newer takes its place."""
    before = {section["code"]: section for section in narrative}
    sections = []
    for section in SECTIONS:
        known, new = before.get(section.code, {"text": "", "drafted": ""}), clean_lines(proposal.get(section.code, ""))
        untouched = known["text"] == known["drafted"]
        sections.append(
            {
                "code": section.code,
                "title": str(section.title),
                "text": new if untouched else known["text"],
                "drafted": new,
            }
        )
    return sections


def missing(narrative: Sequence[Mapping[str, Any]]) -> list[str]:
    """The titles of needed sections that say nothing."""
    return [section["title"] for section in narrative if section["code"] in NEEDED and not section["text"].strip()]
