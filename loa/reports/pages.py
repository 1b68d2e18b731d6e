"""What the page of a report shows, and what whoever looks may do with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from loa.ledger.models import Entry
from loa.people.policies import Scope, Viewer

from . import composing, policies, queries
from .cover import Cover
from .events import ReportAccepted, ReportDrafted, ReportReturned, ReportSubmitted, ReportWritten
from .figures import ReportFigure
from .forms import CoverForm, NarrativeForm, RemarksForm
from .models import Report
from .terms import Term


@dataclass(frozen=True, kw_only=True)
class Deed:
    """One thing done to a report, as its history shows it."""

    entry: Entry
    actor: str

    @property
    def text(self) -> str:
        return str(DEEDS.get(self.entry.kind, self.entry.kind))


DEEDS = {
    ReportDrafted.kind: gettext_lazy("figures filled in"),
    ReportWritten.kind: gettext_lazy("text written"),
    ReportSubmitted.kind: gettext_lazy("handed in"),
    ReportReturned.kind: gettext_lazy("returned with remarks"),
    ReportAccepted.kind: gettext_lazy("accepted"),
}


def reports_page(
    terms: Sequence[Term], term: Term | None, account: Viewer, scope: Scope, *, after: str, on: date
) -> dict[str, Any]:
    context: dict[str, Any] = {
        "page_title": _("Reports"),
        "header_icon": "form",
        "terms": terms[::-1],
        "term": term,
        "on": on,
    }
    if term is None:
        return context
    page = queries.owed(term, scope, after=after, on=on)
    return context | {
        "rows": page.rows,
        "after": page.after,
        "writable": queries.writable([row.unit_id for row in page.rows], account, on=on),
        "tally": queries.tally(term, scope),
    }


def report_page(report: Report, account: Viewer, *, on: date) -> dict[str, Any]:
    may_write = report.open and policies.can_write(account, report.unit_id, on=on)
    waits = report.state == Report.State.SUBMITTED
    may_judge = waits and policies.can_judge(account, report, on=on)
    context = {
        "page_title": f"{report.kind_name} {report.year}",
        "page_subtitle": report.unit_name,
        "header_icon": "form",
        "report": report,
        "term": queries.term_of(report),
        "figures": [ReportFigure.read(figure) for figure in report.figures],
        "cover": Cover.read(report.cover),
        "history": [Deed(entry=entry, actor=actor) for entry, actor in queries.history(report)],
        "on": on,
        "may_write": may_write,
        "may_judge": may_judge,
        "over": on > report.last,
    }
    if may_write:
        context |= {"narrative": NarrativeForm(report), "cover_form": CoverForm.of(Cover.read(report.cover))}
    if may_judge:
        context["remarks"] = RemarksForm()
    return context


def evidence_page(report: Report, target: str, *, after: str) -> dict[str, Any] | None:
    """None when the report has no such figure."""
    stored = next((one for one in report.figures if one["target"] == target), None)
    if stored is None:
        return None
    figure, page = ReportFigure.read(stored), queries.rows(report, target, after=after)
    return {
        "page_title": f"{figure.target} {figure.short}",
        "page_subtitle": report.unit_name,
        "header_icon": "form",
        "report": report,
        "figure": figure,
        "rows": page.rows,
        "after": page.after,
    }


def preview_page(report: Report) -> dict[str, Any]:
    """The document, and its blocks with the name of their kind, for a template."""
    with override(settings.LANGUAGE_CODE):
        document = composing.document_of(report, [])
    return {
        "page_title": f"{report.kind_name} {report.year}",
        "page_subtitle": report.unit_name,
        "header_icon": "form",
        "report": report,
        "document": document,
        "blocks": [(type(block).__name__.lower(), block) for block in document.body],
    }
