"""Taking over lists: hand one in, look at what it would change, agree, follow it, fetch what was not taken over."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from loa.base.errors import Refused

from .. import runs, tasks
from ..actions import imports as actions
from ..forms.imports import ImportForm
from ..models import ImportRun
from ..policies import scope
from ..rejects import write_rejects
from ..roles import Ability
from ..screens import DeskRequest, desk_screen

SMALL_FILE = 300_000
"""Bytes. A workbook of 2,000 people has about 200 kB and is read in a second, while one waits."""
SMALL = 2_000
"""Lines."""


@desk_screen(Ability.IMPORT)
@require_GET
def imports(request: DeskRequest) -> HttpResponse:
    after = request.GET.get("after", "")
    page, following = runs.page_of(runs.runs(request.scope), before=int(after) if after.isdecimal() else 0)
    answer = {"page_title": _("Imported lists"), "header_icon": "upload", "runs": page, "after": following}
    return render(request, "people/imports.html", answer)


@desk_screen(Ability.IMPORT)
@require_http_methods(["GET", "POST"])
def hand_in(request: DeskRequest) -> HttpResponse:
    own = [] if request.scope.everything else runs.own_units(request.scope)
    manages = bool(scope(request.user, Ability.MANAGE_UNITS, on=request.scope.on))
    form = ImportForm(
        request.POST or None,
        request.FILES or None,
        own=own,
        latest=request.scope.on,
        manages=manages,
        initial={"what": request.GET.get("danh-sach", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("people:import", pk=_start(request, form).pk)
        except Refused as reason:
            form.add_error("file", str(reason))
    answer = {"page_title": _("Import a list"), "header_icon": "upload", "form": form}
    return render(request, "people/import_form.html", answer)


def _start(request: DeskRequest, form: ImportForm) -> ImportRun:
    given = form.cleaned_data
    with _on_disk(given["file"], form.suffix) as path:
        run = actions.start(
            given["what"],
            path,
            name=given["file"].name,
            unit=given["unit"],
            keep=True,
            as_of=given["as_of"],
            by=request.user,
            at=timezone.now(),
        )
    if given["file"].size > SMALL_FILE:
        tasks.preview_import.enqueue(run.pk)
    else:
        tasks.preview_import.call(run.pk)
    return run


@contextmanager
def _on_disk(upload: UploadedFile, suffix: str) -> Iterator[Path]:
    with NamedTemporaryFile(suffix=suffix) as copy:
        for chunk in upload.chunks():
            copy.write(chunk)
        copy.flush()
        yield Path(copy.name)


@desk_screen(Ability.IMPORT)
@require_GET
def import_(request: DeskRequest, pk: int) -> HttpResponse:
    run = _run(request, pk)
    answer = {
        "page_title": run.file_name,
        "header_icon": "upload",
        "run": run,
        "samples": runs.samples(run, most=actions.SAMPLE),
        "busy": run.state in {ImportRun.State.READING, ImportRun.State.APPLYING},
    }
    return render(request, "people/import.html", answer)


@desk_screen(Ability.IMPORT)
@require_POST
def apply_import(request: DeskRequest, pk: int) -> HttpResponse:
    """Also takes up again what a crash interrupted: being asked twice does no harm."""
    run = _run(request, pk)
    if run.state in {ImportRun.State.DONE, ImportRun.State.FAILED}:
        messages.error(request, _("This list was taken over or set aside already."))
    elif run.held_back:
        messages.error(request, _("Some lines cannot be taken over. Please mend them and hand the list in again."))
    elif run.state == ImportRun.State.READING:
        tasks.preview_import.enqueue(run.pk)
    elif (run.total or 0) <= SMALL:
        tasks.apply_import.call(run.pk, request.user.pk)
    else:
        actions.await_worker(run)
        tasks.apply_import.enqueue(run.pk, request.user.pk)
    return redirect("people:import", pk=pk)


@desk_screen(Ability.IMPORT)
@require_POST
def discard_import(request: DeskRequest, pk: int) -> HttpResponse:
    try:
        actions.discard(_run(request, pk), by=request.user, at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect("people:imports")


@desk_screen(Ability.IMPORT)
@require_GET
def import_rejects(request: DeskRequest, pk: int) -> HttpResponse:
    run = _run(request, pk)
    book = BytesIO()
    write_rejects(run, book)
    answer = HttpResponse(
        book.getvalue(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    answer["Content-Disposition"] = f'attachment; filename="chua-nhan-{run.pk}.xlsx"'
    return answer


def _run(request: DeskRequest, pk: int) -> ImportRun:
    try:
        return runs.runs(request.scope).get(pk=pk)
    except ObjectDoesNotExist:
        raise Http404 from None
