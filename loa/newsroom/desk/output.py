"""What was put out, per author, unit, theme and format; each figure opens to the products behind it."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.people.roles import Ability
from loa.people.screens import DeskRequest, desk_screen

from .. import queries
from ..forms import OutputForm


@desk_screen(Ability.SEE_FIGURES)
def output(request: DeskRequest) -> HttpResponse:
    form, asked = _asked(request)
    number = request.GET.get("page", "1")
    page = int(number) if number.isdecimal() and len(number) < 5 else 1
    rows, more = queries.output(request.scope, page=page, **asked)
    told = urlencode(asked)
    context = {"page_title": _("Output"), "form": form, "rows": rows, "told": told, "next": page + 1 if more else 0}
    return render(request, "newsroom/output.html", context)


@desk_screen(Ability.SEE_FIGURES)
def rows(request: DeskRequest) -> HttpResponse:
    """The products behind one figure."""
    _form, asked = _asked(request)
    before = request.GET.get("after", "0")
    if not before.isdecimal() or len(before) > 18:
        raise Http404
    shown, after = queries.output_rows(request.scope, key=request.GET.get("key", ""), before=int(before), **asked)
    context = {
        "page_title": _("Products behind the figure"),
        "stories": shown,
        "after": after or "",
        "told": urlencode(asked),
    }
    return render(request, "newsroom/output_rows.html", context)


def _asked(request: DeskRequest) -> tuple[OutputForm, dict[str, Any]]:
    """This year by unit, unless something else was asked for."""
    day = today(timezone.now())
    usual: dict[str, Any] = {"by": "unit", "first": date(day.year, 1, 1), "last": day}
    form = OutputForm({**usual, **request.GET.dict()})
    return form, form.cleaned_data if form.is_valid() else usual
