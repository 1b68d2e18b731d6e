"""The newsroom's own lists: themes, product types with their rules, channels, rules for the province."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from loa.base.dates import today
from loa.base.errors import Refused
from loa.people.roles import Ability
from loa.people.screens import DeskRequest, desk_screen

from .. import actions, policies, queries
from ..forms import FORMS, RulesFormSet
from ..models import ProductType


@desk_screen(Ability.MANAGE_NEWSROOM)
def lists(request: DeskRequest) -> HttpResponse:
    """All lists on one screen, each entry with the way to change it."""
    _check_may(request)
    shown = [(code, model._meta.verbose_name_plural, queries.entries(code)) for code, model in queries.LISTS.items()]
    return render(
        request,
        "newsroom/lists.html",
        {"page_title": _("Lists of the newsroom"), "lists": shown, "fixed": queries.FIXED},
    )


@desk_screen(Ability.MANAGE_NEWSROOM)
def entry(request: DeskRequest, code: str, pk: int | None = None) -> HttpResponse:
    """One entry, new or to be changed; product types with what they ask of a story."""
    _check_may(request)
    found = _entry(code, pk)
    form = FORMS[code](request.POST or None, instance=found)
    typed = isinstance(found, ProductType) and found.pk is not None
    rules: Any = _rules(request, found) if typed else None
    if request.method == "POST" and form.is_valid() and (rules is None or rules.is_valid()):
        try:
            kept = form.save(commit=False)
            actions.keep_entry(kept, rules=rules.rules if rules else None, by=request.user, at=timezone.now())
        except Refused as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, _("Kept."))
            return redirect("newsroom:lists")
    title = str(found) if pk else _("New: %(list)s") % {"list": queries.LISTS[code]._meta.verbose_name}
    context = {"page_title": title, "form": form, "rules": rules, "code": code, "entry": found}
    context["fixed"] = code in queries.FIXED
    return render(request, "newsroom/list_entry.html", context)


@desk_screen(Ability.MANAGE_NEWSROOM)
@require_POST
def remove_entry(request: DeskRequest, code: str, pk: int) -> HttpResponse:
    _check_may(request)
    try:
        actions.remove_entry(_entry(code, pk), by=request.user, at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Removed."))
    return redirect("newsroom:lists")


def _check_may(request: DeskRequest) -> None:
    if not policies.can_manage_lists(request.user, on=today(timezone.now())):
        raise Http404


def _entry(code: str, pk: int | None) -> Any:
    try:
        if pk is None and code in queries.FIXED:
            raise Http404
        return queries.entry(code, pk) if pk is not None else queries.LISTS[code]()
    except (KeyError, ObjectDoesNotExist) as missing:
        raise Http404 from missing


def _rules(request: DeskRequest, found: ProductType) -> Any:
    if request.method == "POST":
        return RulesFormSet(request.POST)
    return RulesFormSet(initial=[vars(rule) for rule in queries.rules_of(found)])
