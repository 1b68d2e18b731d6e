"""What the page of a report shows, and what whoever looks may do with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from loa.ledger.models import Entry
from loa.people.policies import Scope, Viewer

from . import composing, corrigible, policies, queries
from . import sheet as sheets
from .cover import Cover
from .events import (
    CorrectionAccepted,
    CorrectionAgreed,
    CorrectionReturned,
    CorrectionSubmitted,
    ReportAccepted,
    ReportAgreed,
    ReportDrafted,
    ReportPrinted,
    ReportReturned,
    ReportSubmitted,
    ReportWritten,
)
from .figures import ReportFigure
from .formfile import Form
from .forms import CorrectionForm, CoverForm, ExtensionForm, PassageForm, RemarksForm
from .models import Correction, Extension, Report
from .summing import SUM
from .terms import Term


@dataclass(frozen=True, kw_only=True)
class Deed:
    """One thing done to a report, as its history shows it."""

    entry: Entry
    actor: str

    @property
    def text(self) -> str:
        said = str(DEEDS.get(self.entry.kind, self.entry.kind))
        number = self.entry.data.get("number", "")
        return f"{said} {number}".strip()


@dataclass(frozen=True, kw_only=True)
class Told:
    """A correction, what was done to it, and whether whoever looks may judge it."""

    correction: Correction
    deeds: Sequence[Deed]
    judged: bool


DEEDS = {
    ReportDrafted.kind: gettext_lazy("figures filled in"),
    ReportWritten.kind: gettext_lazy("text written"),
    ReportSubmitted.kind: gettext_lazy("handed in"),
    ReportReturned.kind: gettext_lazy("returned with remarks"),
    ReportAgreed.kind: gettext_lazy("agreed to, waits for the next level"),
    ReportAccepted.kind: gettext_lazy("accepted"),
    ReportPrinted.kind: gettext_lazy("file of the document made"),
    CorrectionSubmitted.kind: gettext_lazy("correction handed in:"),
    CorrectionReturned.kind: gettext_lazy("correction returned:"),
    CorrectionAgreed.kind: gettext_lazy("correction agreed to, waits for the next level:"),
    CorrectionAccepted.kind: gettext_lazy("correction accepted:"),
}


def reports_page(
    terms: Sequence[Term], term: Term | None, account: Viewer, scope: Scope, *, after: str, on: date
) -> dict[str, Any]:
    context: dict[str, Any] = {
        "page_title": _("Reports"),
        "header_icon": "form",
        "terms": [one for one in terms[::-1] if not one.review],
        "reviews": _reviews(terms, scope),
        "term": term,
        "on": on,
    }
    if term is None:
        return context
    page = queries.owed(term, scope, after=after, on=on)
    extended = queries.extensions_for(term, [row.unit_id for row in page.rows])
    return context | {
        "rows": [replace(row, extension=extended.get(row.unit_id)) for row in page.rows],
        "after": page.after,
        "writable": queries.writable([row.unit_id for row in page.rows], account, on=on),
        "tally": queries.tally(term, scope),
        "to_decide": [
            (one, queries.heading(one.unit_id, on=on).unit_name)
            for one in queries.extensions_to_decide(term, scope)
            if policies.can_decide_extension(account, one, queries.heading(one.unit_id, on=on).parent_id, on=on)
        ],
    }


def _reviews(terms: Sequence[Term], scope: Scope) -> list[tuple[Term, queries.Tally]]:
    """The reviews (sơ kết, tổng kết) that units within the scope owe: they come once, and would be lost in the list."""
    found = [(term, queries.tally(term, scope)) for term in terms if term.review]
    return [(term, tally) for term, tally in found if tally.due]


def report_page(report: Report, account: Viewer, *, on: date, typed: Mapping[str, str] | None = None) -> dict[str, Any]:
    """`typed` is what was sent and could not be saved."""
    form, term = queries.form_of(report), queries.term_of(report)
    can_write = policies.can_write(account, report.unit_id, on=on)
    may_write = report.open and can_write
    waits = report.state == Report.State.SUBMITTED
    may_judge = waits and policies.can_judge(account, report, on=on)
    remarks, corrections = queries.remarks(report), list(queries.corrections(report))
    extension = queries.extension_of(report.unit_id, kind=report.kind, first=report.first)
    history = [Deed(entry=entry, actor=actor) for entry, actor in queries.history(report)]
    context: dict[str, Any] = {
        "page_title": report.name,
        "page_subtitle": report.unit_name,
        "header_icon": "form",
        "report": report,
        "form": form,
        "term": term,
        "sheet": sheets.sheet(
            report,
            form,
            listed=_listed(report, form, term),
            remarks=remarks,
            corrections=corrections,
            typed=typed,
        ),
        "completeness": sheets.completeness(report),
        "last_round": max((remark.round for remark in remarks), default=0),
        "history": history,
        "on": on,
        "may_write": may_write,
        "may_judge": may_judge,
        "over": on > report.last,
        "corrected": any(one.state == Correction.State.ACCEPTED for one in corrections),
        "corrections": _told(corrections, history, account, on=on),
        "extension": extension,
    }
    if may_write:
        context["cover_form"] = CoverForm.of(Cover.read(report.cover))
        if report.received_on is None and not _asked(extension):
            context["extension_form"] = ExtensionForm()
    if may_judge:
        context["remarks_form"] = RemarksForm()
    if can_write and report.state == Report.State.ACCEPTED:
        context["correction_form"] = correction_form(report, form)
        context["passages"] = corrigible.passages(report, form)
    return context


def correction_form(report: Report, form: Form, *args: Any) -> CorrectionForm:
    places = [(place.code, place.label) for place in corrigible.figures(report, form)]
    return CorrectionForm(places, *args, by_year=bool(form.reviews))


def passage_page(report: Report, place: str, form: PassageForm | None = None) -> dict[str, Any] | None:
    """One passage of an accepted report as it reads now, to be put right; None when the report has no such passage."""
    found = corrigible.place(report, queries.form_of(report), place)
    if found is None or not found.of_passage or report.state != Report.State.ACCEPTED:
        return None
    said = queries.corrected(report).get(place, found.said)["text"]
    returned = queries.returned_correction(report, place)
    return {
        "page_title": _("Correct the passage “%(title)s”") % {"title": found.label},
        "page_subtitle": f"{report.name} · {report.unit_name}",
        "header_icon": "form",
        "report": report,
        "place": found,
        "said": said,
        "returned": returned,
        "form": form or PassageForm(initial=_again(returned) if returned else {"text": said}),
    }


def _again(returned: Correction) -> dict[str, str]:
    return {"text": returned.new_text, "reason": returned.reason, "proof": returned.proof}


def _asked(extension: Extension | None) -> bool:
    return extension is not None and extension.state != Extension.State.REFUSED


def _told(corrections: Sequence[Correction], history: Sequence[Deed], account: Viewer, *, on: date) -> list[Told]:
    return [
        Told(
            correction=one,
            deeds=[deed for deed in reversed(history) if deed.entry.data.get("correction") == one.pk],
            judged=one.state == Correction.State.SUBMITTED and policies.can_judge_correction(account, one, on=on),
        )
        for one in corrections
    ]


def _listed(report: Report, form: Form, term: Term | None) -> dict[str, Any]:
    """The rows and columns of each table that some module offers: live while it is written, frozen afterwards."""
    if not form.listings:
        return {}
    columns = queries.columns(form)
    if report.open:
        rows = queries.listed_now(report, term, form) if term else {}
    else:
        rows = queries.frozen_listings(report, form)
    return {name: (rows.get(name, []), columns[name]) for name in columns}


def replay_page(report: Report, *, on: date) -> dict[str, Any]:
    """Every figure as known then, as known now, and by today's structure."""
    return {
        "page_title": _("Then and now"),
        "page_subtitle": f"{report} ",
        "header_icon": "form",
        "report": report,
        "replays": queries.replays(report, today=on),
        "on": on,
    }


def evidence_page(report: Report, target: str, *, after: str) -> dict[str, Any] | None:
    """None when the report has no such figure."""
    if target.endswith(SUM):
        return _sum_page(report, target, after=after)
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


def apart_page(report: Report, target: str, *, after: str) -> dict[str, Any] | None:
    """Why the accepted reports below do not add up to the count; None when the report adds nothing up."""
    comparison = queries.apart(report, target)
    if comparison is None:
        return None
    rows, more = comparison.page(after=after)
    return {
        "page_title": _("The sum and the count: %(target)s") % {"target": comparison.line.target.short},
        "page_subtitle": report.unit_name,
        "header_icon": "form",
        "report": report,
        "target": target,
        "comparison": comparison,
        "rows": rows,
        "after": more,
    }


def _sum_page(report: Report, target: str, *, after: str) -> dict[str, Any] | None:
    """The accepted reports behind a sum, each open to its own page."""
    place = target.removesuffix(SUM)
    if report.open or place not in report.sums:
        return None
    page = queries.rows(report, target, after=after)
    found = corrigible.place(report, queries.form_of(report), place)
    label = found.label if found else place
    return {
        "page_title": label,
        "page_subtitle": report.unit_name,
        "header_icon": "form",
        "report": report,
        "sums": report.sums[place],
        "rows": page.rows,
        "after": page.after,
    }


def preview_page(report: Report) -> dict[str, Any]:
    """The document, and its blocks with the name of their kind, for a template."""
    with override(settings.LANGUAGE_CODE):
        document = composing.document_of(report, [], queries.accepted_corrections(report))
    return {
        "page_title": report.name,
        "page_subtitle": report.unit_name,
        "header_icon": "form",
        "report": report,
        "document": document,
        "blocks": [(type(block).__name__.lower(), block) for block in document.body],
    }
