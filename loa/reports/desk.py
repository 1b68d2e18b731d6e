"""Reports in the back office: who owes what, one report from draft to acceptance, its evidence, its document."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.forms import Form
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from loa.base.dates import today
from loa.base.errors import Refused
from loa.people.roles import Ability
from loa.people.screens import DeskRequest, desk_screen

from . import actions, files, queries, tasks, typed
from .cover import Cover
from .forms import CoverForm, DecisionForm, ExtensionForm, PassageForm, RemarksForm
from .models import Correction, Report
from .pages import (
    apart_page,
    correction_form,
    evidence_page,
    passage_page,
    preview_page,
    replay_page,
    report_page,
    reports_page,
)
from .terms import named


@require_GET
@desk_screen(Ability.SEE_FIGURES)
def reports(request: DeskRequest) -> HttpResponse:
    """Who owes the report of one term, what is missing first."""
    on = today(timezone.now())
    asked = request.GET.get("term", "")
    terms = queries.terms_on(on)
    term = named(terms, asked) if asked else queries.worked_on(terms, request.scope, on=on)
    if asked and term is None:
        raise Http404
    context = reports_page(terms, term, request.user, request.scope, after=request.GET.get("after", ""), on=on)
    return render(request, "reports/reports.html", context)


@require_GET
@desk_screen(Ability.SEE_FIGURES)
def report(request: DeskRequest, pk: int) -> HttpResponse:
    context = report_page(_report(request, pk), request.user, on=today(timezone.now()))
    return render(request, "reports/report.html", context)


@require_GET
@desk_screen(Ability.SEE_FIGURES)
def evidence(request: DeskRequest, pk: int, target: str) -> HttpResponse:
    """The rows behind one figure: as frozen, or as they are while the report is being written."""
    found = _report(request, pk)
    context = evidence_page(found, target, after=request.GET.get("after", ""))
    if context is None:
        raise Http404
    return render(request, "reports/sum.html" if "sums" in context else "reports/evidence.html", context)


@require_GET
@desk_screen(Ability.SEE_FIGURES)
def apart(request: DeskRequest, pk: int, target: str) -> HttpResponse:
    """Why the accepted reports below do not add up to what is counted, unit by unit."""
    context = apart_page(_report(request, pk), target, after=request.GET.get("after", ""))
    if context is None:
        raise Http404
    return render(request, "reports/apart.html", context)


@require_GET
@desk_screen(Ability.SEE_FIGURES)
def preview(request: DeskRequest, pk: int) -> HttpResponse:
    """The document as a page to read."""
    found = _report(request, pk)
    return render(request, "reports/preview.html", preview_page(found))


@require_GET
@desk_screen(Ability.SEE_FIGURES)
def document(request: DeskRequest, pk: int) -> HttpResponse:
    """The .docx with the corrections accepted so far; a draft is marked as one."""
    found = _report(request, pk)
    return _docx(files.docx(found), files.name_with_corrections(found))


@require_GET
@desk_screen(Ability.SEE_FIGURES)
def document_as_accepted(request: DeskRequest, pk: int) -> HttpResponse:
    """The .docx before any correction."""
    found = _report(request, pk)
    if found.state != Report.State.ACCEPTED:
        raise Http404
    return _docx(files.docx_as_accepted(found), files.name(found))


def _docx(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private"}
    return HttpResponse(content, content_type=files.DOCX, headers=headers)


@require_POST
@desk_screen(Ability.SEE_FIGURES)
def print_(request: DeskRequest, pk: int) -> HttpResponse:
    """Have the pages set by a worker; a final one that is there already is there at once."""
    asked = actions.ask_for_print(_report(request, pk), at=timezone.now())
    if asked.state == asked.State.WAITING:
        tasks.print_report.enqueue(asked.pk)
    return redirect("reports:printing", pk)


@require_GET
@desk_screen(Ability.SEE_FIGURES)
def printing(request: DeskRequest, pk: int) -> HttpResponse:
    """How far the PDF is, and the way to it."""
    found = _report(request, pk)
    context = {
        "page_title": _("The document as PDF"),
        "page_subtitle": str(found),
        "header_icon": "form",
        "report": found,
        "printing": queries.printing(found),
    }
    return render(request, "reports/printing.html", context)


@require_GET
@desk_screen(Ability.SEE_FIGURES)
def pdf(request: DeskRequest, pk: int) -> HttpResponse | FileResponse:
    found = _report(request, pk)
    kept = queries.printing(found)
    if kept is None or kept.state != kept.State.DONE:
        return redirect("reports:printing", pk)
    answer = FileResponse(
        kept.file.open("rb"), content_type="application/pdf", filename=files.name_with_corrections(found, "pdf")
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_POST
@desk_screen(Ability.WRITE_REPORTS)
def prefill(request: DeskRequest) -> HttpResponse:
    on = today(timezone.now())
    term = queries.term_named(request.POST.get("term", ""), on=on)
    unit = request.POST.get("unit", "")
    if term is None or not unit.isdecimal() or not request.scope.covers(int(unit)):
        raise Http404
    try:
        made = actions.prefill(int(unit), term=term, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:reports")
    messages.success(request, _("The figures are up to date."))
    return redirect("reports:report", made.pk)


@require_POST
@desk_screen(Ability.WRITE_REPORTS)
def write(request: DeskRequest, pk: int) -> HttpResponse:
    """Save what the page sends; a page that saves by itself asks for JSON and is told the time."""
    found = _report(request, pk)
    sent = typed.written(found, queries.form_of(found), request.POST.dict())
    if request.accepts("text/html"):
        return _do(request, found, lambda given: actions.write(found, **sent, **given))
    now = timezone.now()
    try:
        actions.write(found, **sent, by=request.user, at=now)
    except Refused as refusal:
        return JsonResponse({"problem": str(refusal)}, status=409)
    return JsonResponse({"saved": f"{timezone.localtime(now):%H:%M}"})


@require_POST
@desk_screen(Ability.WRITE_REPORTS)
def submit(request: DeskRequest, pk: int) -> HttpResponse:
    """Save what was typed, then hand it in: what is refused keeps everything."""
    found = _report(request, pk)
    form = queries.form_of(found)
    sent, cover = typed.written(found, form, request.POST.dict()), CoverForm(request.POST)

    def act(given: dict[str, Any]) -> Report:
        actions.write(found, **sent, **given)
        return actions.submit(found, cover=Cover() if form.brief else cover.cover(), **given)

    forms = {} if form.brief else {"cover_form": cover}
    return _do(request, found, act, **forms)


@require_POST
@desk_screen(Ability.ACCEPT_REPORTS)
def give_back(request: DeskRequest, pk: int) -> HttpResponse:
    found = _report(request, pk)
    form = RemarksForm(request.POST)
    return _do(
        request,
        found,
        lambda given: actions.return_with_remarks(
            found, remarks=form.cleaned_data["remarks"], notes=typed.remarks(request.POST.dict()), **given
        ),
        remarks_form=form,
    )


@require_POST
@desk_screen(Ability.ACCEPT_REPORTS)
def accept(request: DeskRequest, pk: int) -> HttpResponse:
    found = _report(request, pk)
    return _do(request, found, lambda given: actions.accept(found, **given))


@require_POST
@desk_screen(Ability.WRITE_REPORTS)
def correct(request: DeskRequest, pk: int) -> HttpResponse:
    found = _report(request, pk)
    form = correction_form(found, queries.form_of(found), request.POST)

    def act(given: dict[str, Any]) -> Report:
        said = form.cleaned_data
        figure = {"value": said["value"], "denominator": said["denominator"]}
        made = actions.correct(
            found, place=said["place"], typed=figure, reason=said["reason"], proof=said["proof"], **given
        )
        return made.report

    return _do(request, found, act, correction_form=form)


@require_GET
@desk_screen(Ability.WRITE_REPORTS)
def passage(request: DeskRequest, pk: int, place: str) -> HttpResponse:
    """A form for the correction of one passage, with what the report says there."""
    context = passage_page(_report(request, pk), place)
    if context is None:
        raise Http404
    return render(request, "reports/passage.html", context)


@require_POST
@desk_screen(Ability.WRITE_REPORTS)
def correct_passage(request: DeskRequest, pk: int, place: str) -> HttpResponse:
    found, form = _report(request, pk), PassageForm(request.POST)
    context = passage_page(found, place, form)
    if context is None:
        raise Http404
    if form.is_valid():
        said = form.cleaned_data
        given: dict[str, Any] = {"place": place, "typed": {"text": said["text"]}, "reason": said["reason"]}
        try:
            made = actions.correct(found, **given, proof=said["proof"], by=request.user, at=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Correction %(number)s is handed in.") % {"number": made})
            return redirect(f"{reverse('reports:report', args=[pk])}#place-{place}")
    else:
        messages.error(request, _("Please look again at the fields marked below."))
    return render(request, "reports/passage.html", context, status=422)


@require_POST
@desk_screen(Ability.ACCEPT_REPORTS)
def accept_correction(request: DeskRequest, pk: int) -> HttpResponse:
    found = _correction(request, pk)
    return _do(request, found.report, lambda given: actions.accept_correction(found, **given).report)


@require_POST
@desk_screen(Ability.ACCEPT_REPORTS)
def return_correction(request: DeskRequest, pk: int) -> HttpResponse:
    found, remarks = _correction(request, pk), request.POST.get("remarks", "")
    return _do(request, found.report, lambda given: actions.return_correction(found, remarks=remarks, **given).report)


@require_POST
@desk_screen(Ability.WRITE_REPORTS)
def ask_for_time(request: DeskRequest, pk: int) -> HttpResponse:
    found = _report(request, pk)
    term, form = queries.term_of(found), ExtensionForm(request.POST)
    if term is None:
        raise Http404

    def act(given: dict[str, Any]) -> Report:
        actions.ask_for_time(found.unit_id, term=term, **form.cleaned_data, **given)
        return found

    return _do(request, found, act, extension_form=form)


@require_POST
@desk_screen(Ability.ACCEPT_REPORTS)
def decide_extension(request: DeskRequest, pk: int) -> HttpResponse:
    try:
        found = queries.extension(pk, request.scope)
    except ObjectDoesNotExist:
        raise Http404 from None
    form = DecisionForm(request.POST)
    if form.is_valid():
        try:
            actions.decide_extension(found, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Your decision is recorded."))
    return redirect(f"{reverse('reports:reports')}?term={request.POST.get('term', '')}")


@require_GET
@desk_screen(Ability.SEE_FIGURES)
def replay(request: DeskRequest, pk: int) -> HttpResponse:
    """The report's figures as known then, as known now, and by today's structure."""
    found = _report(request, pk)
    return render(request, "reports/replay.html", replay_page(found, on=today(timezone.now())))


@require_GET
@desk_screen(Ability.SEE_FIGURES)
def record(request: DeskRequest, pk: int) -> HttpResponse:
    """The report as one file that anybody can verify without this database."""
    found = _report(request, pk)
    if not found.fingerprint:
        raise Http404
    name = files.name(found).removesuffix(".docx") + ".json"
    return HttpResponse(
        files.record(found),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private"},
    )


def _correction(request: DeskRequest, pk: int) -> Correction:
    try:
        return queries.correction(pk, request.scope)
    except ObjectDoesNotExist:
        raise Http404 from None


def _report(request: DeskRequest, pk: int) -> Report:
    try:
        return queries.report(pk, request.scope)
    except ObjectDoesNotExist:
        raise Http404 from None


def _do(request: DeskRequest, report: Report, act: Callable[[dict[str, Any]], Report], **forms: Form) -> HttpResponse:
    """Do it and go back to the report; if it can not be done, say why and keep what was typed."""
    if all(form.is_valid() for form in forms.values()):
        try:
            done = act({"by": request.user, "at": timezone.now()})
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Done. The report is: %(state)s.") % {"state": done.get_state_display()})
            return redirect("reports:report", report.pk)
    else:
        messages.error(request, _("Please look again at the fields marked below."))
    report = queries.report(report.pk, request.scope)
    context = report_page(report, request.user, on=today(timezone.now()), typed=request.POST.dict()) | forms
    return render(request, "reports/report.html", context, status=422)
