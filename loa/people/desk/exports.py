"""Taking a table away as a workbook: a small one at once, a large one when a worker has written it."""

from pathlib import Path

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from loa.base.errors import Refused

from .. import tasks
from ..actions import exports as actions
from ..models import Export
from ..screens import DeskRequest, staff_screen
from ..workbooks import XLSX

SMALL = 2_000
"""Rows that are written while one waits."""


@staff_screen
@require_POST
def take(request: DeskRequest, table: str) -> HttpResponse:
    """Ask for a table; whether it may be seen, the table itself says."""
    words = {name: str(text) for name, text in request.POST.items() if name != "csrfmiddlewaretoken"}
    back = words.pop("back", "")
    try:
        export = actions.ask(table, words=words, by=request.user, at=timezone.now())
    except LookupError:
        raise Http404 from None
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect(
            back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else reverse("wagtailadmin_home")
        )
    try:
        actions.make(export, at=timezone.now(), most=SMALL)
    except actions.TooLong:
        tasks.make_export.enqueue(export.pk)
        return redirect("people:export", export.pk)
    return redirect("people:export-file", export.pk)


@staff_screen
@require_GET
def export(request: DeskRequest, pk: int) -> HttpResponse:
    """How far it is, and the file when it is there."""
    found = _export(request, pk)
    answer = {
        "page_title": found.title or _("A table"),
        "header_icon": "download",
        "export": found,
        "busy": found.state == Export.State.WAITING,
    }
    return render(request, "people/export.html", answer)


@staff_screen
@require_GET
def file(request: DeskRequest, pk: int) -> HttpResponse | FileResponse:
    """The workbook, for whoever asked, while they may still see what is in it."""
    found = _export(request, pk)
    try:
        actions.sheet(found.table, found.asked, by=request.user, at=timezone.now())
    except LookupError:
        raise Http404 from None
    if found.state != Export.State.DONE:
        return redirect("people:export", pk)
    answer = FileResponse(
        found.file.open("rb"), content_type=XLSX, as_attachment=True, filename=Path(str(found.file.name)).name
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


def _export(request: DeskRequest, pk: int) -> Export:
    try:
        return actions.export_of(request.user, pk)
    except ObjectDoesNotExist:
        raise Http404 from None
