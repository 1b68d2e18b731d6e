"""The editor of decisions about units: its head, its steps one by one, what it would do, and carrying it out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from loa.base.errors import Refused
from loa.base.numbers import number

from .. import decisions, queries, steps
from ..actions import foreseeing, preparing
from ..actions.units import Outcome
from ..forms import units as forms
from ..models import DraftDecision
from ..queries import Node
from ..roles import Ability
from ..screens import DeskRequest, desk_screen
from ..turnover import few
from ..wording import sentences


@dataclass(frozen=True, kw_only=True)
class Verb:
    """A kind of step, as it is offered on screen."""

    label: str | Promise
    form: type[forms.StepForm]
    parts: bool = False
    """Whether the form asks where each unit below goes."""


VERBS: Mapping[str, Verb] = {
    "thanh-lap": Verb(label=gettext_lazy("Establish a unit"), form=forms.EstablishForm),
    "sap-nhap": Verb(label=gettext_lazy("Merge"), form=forms.MergeForm),
    "chia-tach": Verb(label=gettext_lazy("Split"), form=forms.SplitForm, parts=True),
    "chuyen": Verb(label=gettext_lazy("Transfer"), form=forms.TransferForm),
    "giai-the": Verb(label=gettext_lazy("Dissolve"), form=forms.DissolveForm, parts=True),
    "doi-ten": Verb(label=gettext_lazy("Rename"), form=forms.RenameForm),
    "doi-loai": Verb(label=gettext_lazy("Reclassify"), form=forms.ReclassifyForm),
    "dia-ban": Verb(label=gettext_lazy("Take over an area"), form=forms.AreaForm),
}
"""Address → kind of step."""
MOST_TICKED = 1_000


@desk_screen(Ability.MANAGE_UNITS)
@require_http_methods(["GET", "POST"])
def new(request: DeskRequest) -> HttpResponse:
    """The head of a new decision; a unit and a kind of step may be known from the page one comes from."""
    form = forms.HeadForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        draft = preparing.start(unit=decisions.top(request.scope), by=request.user, at=now)
        preparing.sign(draft, **form.cleaned_data, at=now)
        return _next(request, draft)
    answer = {"page_title": _("Prepare a decision"), "header_icon": "site", "form": form, "kept": _kept(request)}
    return render(request, "people/draft_head.html", answer)


def _kept(request: DeskRequest) -> list[tuple[str, str]]:
    return [(key, value) for key in ("viec", "don-vi") if (value := request.GET.get(key, ""))]


def _next(request: DeskRequest, draft: DraftDecision) -> HttpResponse:
    """To the step that was meant from the start, with its unit ticked, or to the decision."""
    verb, code = request.POST.get("viec", ""), request.POST.get("don-vi", "")
    if verb not in VERBS:
        return redirect("people:draft", draft.pk)
    query = QueryDict(mutable=True)
    query["parent" if verb == "thanh-lap" else "don-vi"] = code
    response = redirect("people:draft-step", draft.pk, verb)
    response["Location"] += f"?{query.urlencode()}"
    return response


@desk_screen(Ability.MANAGE_UNITS)
@require_GET
def draft(request: DeskRequest, pk: int) -> HttpResponse:
    shown = _draft(request, pk)
    if shown.event_id:
        return redirect("people:decision", shown.event_id)
    answer = _head(shown) | {
        "sentences": sentences(shown.steps, on=_day(request, shown)),
        "verbs": {slug: verb.label for slug, verb in VERBS.items()},
    }
    return render(request, "people/draft.html", answer)


@desk_screen(Ability.MANAGE_UNITS)
@require_http_methods(["GET", "POST"])
def head(request: DeskRequest, pk: int) -> HttpResponse:
    shown = _draft(request, pk)
    known = {name: getattr(shown, name) for name in forms.HeadForm.base_fields}
    form = forms.HeadForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        return _do(request, shown, lambda: preparing.sign(shown, **form.cleaned_data, at=timezone.now()))
    return render(request, "people/draft_head.html", _head(shown) | {"form": form})


@desk_screen(Ability.MANAGE_UNITS)
@require_http_methods(["GET", "POST"])
def step(request: DeskRequest, pk: int, verb: str) -> HttpResponse:
    """Units are searched and ticked without writing anything; the other button adds the step."""
    if verb not in VERBS:
        raise Http404
    if request.method == "POST" and {"tim", "nhanh"} & request.POST.keys():
        return redirect(f"{request.path}?{_typed(request.POST)}")
    shown, chosen = _draft(request, pk), VERBS[verb]
    on = _day(request, shown)
    typed = request.POST if request.method == "POST" else request.GET
    ticked = _ticked(request, typed, on) if chosen.form.ticks else []
    form = chosen.form(
        request.POST if request.method == "POST" else None,
        initial={key: value for key, value in request.GET.items() if value},
        on=on,
        founded=sorted({code for one in steps.read(shown.steps) for code in one.founds}),
        units=ticked,
        below=queries.children(ticked[0].unit_id, on=on) if chosen.parts and len(ticked) == 1 else [],
    )
    if request.method == "POST" and form.is_valid():
        return _do(request, shown, lambda: preparing.add(shown, form.step(), at=timezone.now()))
    words = request.GET.get("q", "").strip()
    found = queries.search_units(words, on=on, scope=request.scope) if words else []
    answer = _head(shown) | {
        "page_title": chosen.label,
        "form": form,
        "ticking": bool(chosen.form.ticks),
        "words": words,
        "ticked": ticked,
        "found": [node for node in found if node not in ticked],
        "codes": queries.unit_codes(request.scope, on=on),
    }
    return render(request, "people/draft_step.html", answer)


def _typed(typed: QueryDict) -> str:
    """What was typed and ticked so far, for an address: a search must not carry the token of the form."""
    kept = typed.copy()
    for name in ("csrfmiddlewaretoken", "tim"):
        kept.pop(name, None)
    return kept.urlencode()


def _ticked(request: DeskRequest, typed: QueryDict, on: date) -> list[Node]:
    """Those ticked, and the whole branch that was asked for."""
    codes = typed.getlist("don-vi")
    if whole := typed.get("nhanh", ""):
        codes = [*codes, *decisions.branch(whole, on=on, scope=request.scope)]
    return decisions.chosen(codes[:MOST_TICKED], on=on, scope=request.scope)


@desk_screen(Ability.MANAGE_UNITS)
@require_POST
def drop(request: DeskRequest, pk: int, position: int) -> HttpResponse:
    shown = _draft(request, pk)
    return _do(request, shown, lambda: preparing.drop(shown, position - 1, at=timezone.now()))


@desk_screen(Ability.MANAGE_UNITS)
@require_GET
def preview(request: DeskRequest, pk: int) -> HttpResponse:
    """All that the decision would do. Nothing is written."""
    shown = _draft(request, pk)
    codes = frozenset(code for one in steps.read(shown.steps) for code in one.named)
    try:
        foreseen = foreseeing.consequences(
            lambda: preparing.carry_out(shown, by=request.user, at=timezone.now()),
            codes,
            on=_day(request, shown),
            today=request.scope.on,
        )
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("people:draft", pk)
    answer = _head(shown) | {
        "sentences": sentences(shown.steps, on=_day(request, shown)),
        "outcome": _outcome(foreseen.outcome),
        "consequences": foreseen.consequences,
    }
    return render(request, "people/draft_preview.html", answer)


@desk_screen(Ability.MANAGE_UNITS)
@require_POST
def carry_out(request: DeskRequest, pk: int) -> HttpResponse:
    try:
        outcome = preparing.carry_out(_draft(request, pk), by=request.user, at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("people:draft", pk)
    messages.success(request, _("The decision is carried out and stands in the history."))
    return redirect("people:decision", outcome.event.pk)


@desk_screen(Ability.MANAGE_UNITS)
@require_POST
def set_aside(request: DeskRequest, pk: int) -> HttpResponse:
    try:
        preparing.set_aside(_draft(request, pk), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect("people:decisions")


def _do(request: DeskRequest, shown: DraftDecision, change: Any) -> HttpResponse:
    try:
        change()
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect("people:draft", shown.pk)


def _draft(request: DeskRequest, pk: int) -> DraftDecision:
    try:
        return decisions.draft(pk, request.scope)
    except ObjectDoesNotExist:
        raise Http404 from None


def _day(request: DeskRequest, shown: DraftDecision) -> date:
    """The day on which units are looked for: the decision's own."""
    return shown.effective_on or request.scope.on


def _head(shown: DraftDecision) -> dict[str, Any]:
    return {
        "page_title": shown.decision or _("Prepare a decision"),
        "page_subtitle": _("being prepared"),
        "header_icon": "site",
        "draft": shown,
    }


def _outcome(outcome: Outcome) -> Sequence[str]:
    """What the decision would change, in sentences; small groups of people without their number."""
    return [
        ngettext("%(count)s unit changes its place.", "%(count)s units change their place.", outcome.units)
        % {"count": number(outcome.units)},
        _("Members who move to another unit: %(people)s.") % {"people": few(outcome.members_moved)},
        _("Members whose membership ends: %(people)s.") % {"people": few(outcome.members_closed)},
        ngettext("%(count)s post or role ends.", "%(count)s posts and roles end.", outcome.roles_ended)
        % {"count": number(outcome.roles_ended)},
    ]
