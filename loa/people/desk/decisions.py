"""The decisions officers take about units: the form, what it would change, and the change itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from loa.base.errors import Refused
from loa.base.numbers import number

from .. import queries
from ..actions import units as actions
from ..actions.units import Outcome
from ..forms import units as forms
from ..models import Account, Unit
from ..moves import Members
from ..roles import Ability
from ..screens import DeskRequest, desk_screen
from ..turnover import few

Run = Callable[[Unit, Any, Account, datetime], Outcome | None]


@dataclass(frozen=True, kw_only=True)
class Verb:
    """A decision one can take about a unit on the screen."""

    label: str | Promise
    form: type[forms.DecisionForm]
    run: Run


@desk_screen(Ability.MANAGE_UNITS)
@require_http_methods(["GET", "POST"])
def decide(request: DeskRequest, pk: int, verb: str) -> HttpResponse:
    """First the form, then what the decision would change, then the decision itself. Only the last is a POST."""
    if verb not in VERBS or not request.scope.covers(pk):
        raise Http404
    now, chosen, subject = timezone.now(), VERBS[verb], _unit(pk)
    node = queries.node(pk, on=request.scope.on)
    typed = request.POST if request.method == "POST" else request.GET or None
    form = chosen.form(typed, below=queries.children(pk, on=request.scope.on))
    foreseen: list[str] = []
    if form.is_valid():
        try:
            if request.method == "POST":
                chosen.run(subject, form, request.user, now)
                messages.success(request, _("The decision is carried out and stands in the history."))
                return redirect("people:unit", pk)
            foreseen = _consequences(actions.foresee(lambda: chosen.run(subject, form, request.user, now)))
        except Refused as reason:
            form.add_error(None, str(reason))
    answer = {
        "page_title": chosen.label,
        "page_subtitle": node.name,
        "header_icon": "site",
        "node": node,
        "form": form,
        "foreseen": foreseen,
        "typed": _typed(request.GET) if foreseen else [],
        "codes": queries.unit_codes(request.scope, on=request.scope.on),
    }
    return render(request, "people/unit_decision.html", answer)


def _unit(pk: int) -> Unit:
    try:
        return queries.unit_with_key(pk)
    except Unit.DoesNotExist:
        raise Http404 from None


def _typed(typed: QueryDict) -> list[tuple[str, str]]:
    return [(key, value) for key, values in typed.lists() for value in values]


def _consequences(outcome: Outcome | None) -> list[str]:
    """What the decision would change, in sentences; small groups of people without their number."""
    if outcome is None:
        return [_("A new unit is entered into the tree.")]
    said = [
        ngettext("%(count)s unit changes its place.", "%(count)s units change their place.", outcome.units)
        % {"count": number(outcome.units)}
    ]
    if outcome.members_moved:
        said.append(_("Members who move to another unit: %(people)s.") % {"people": few(outcome.members_moved)})
    if outcome.members_closed:
        said.append(_("Members whose membership ends: %(people)s.") % {"people": few(outcome.members_closed)})
    said.append(
        ngettext("%(count)s post or role ends.", "%(count)s posts and roles end.", outcome.roles_ended)
        % {"count": number(outcome.roles_ended)}
    )
    return said


def _establish(parent: Unit, form: forms.EstablishForm, by: Account, at: datetime) -> None:
    said = form.cleaned_data
    actions.establish(
        code=said["code"].strip(),
        name=said["name"],
        short_name=said["short_name"],
        kind=said["kind"].code,
        flags=[flag.code for flag in said["flags"]],
        predecessors=said["predecessors"],
        parent=parent,
        **form.signed,
        by=by,
        at=at,
    )


def _rename(unit: Unit, form: forms.RenameForm, by: Account, at: datetime) -> Outcome:
    said = form.cleaned_data
    return actions.rename(unit, name=said["name"], short_name=said["short_name"], **form.signed, by=by, at=at)


def _transfer(unit: Unit, form: forms.TransferForm, by: Account, at: datetime) -> Outcome:
    return actions.transfer([unit], to=form.cleaned_data["to"], **form.signed, by=by, at=at)


def _merge(unit: Unit, form: forms.MergeForm, by: Account, at: datetime) -> Outcome:
    said = form.cleaned_data
    return actions.merge([unit, *said["others"]], into=said["into"], **form.signed, by=by, at=at)


def _split(unit: Unit, form: forms.SplitForm, by: Account, at: datetime) -> Outcome:
    said, into = form.cleaned_data, form.cleaned_data["into"]
    ends, heir = said["ends"], said["heir"]
    return actions.split(
        unit, into=into, heir=heir, children=form.children, members={}, ends=ends, **form.signed, by=by, at=at
    )


def _dissolve(unit: Unit, form: forms.DissolveForm, by: Account, at: datetime) -> Outcome:
    said = form.cleaned_data
    return actions.dissolve(
        unit,
        heir=said["heir"],
        successors=said["successors"],
        members=Members(said["members"]),
        children=form.children,
        **form.signed,
        by=by,
        at=at,
    )


VERBS: Mapping[str, Verb] = {
    "thanh-lap": Verb(label=gettext_lazy("Establish a unit below"), form=forms.EstablishForm, run=_establish),
    "doi-ten": Verb(label=gettext_lazy("Rename"), form=forms.RenameForm, run=_rename),
    "chuyen": Verb(label=gettext_lazy("Transfer"), form=forms.TransferForm, run=_transfer),
    "sap-nhap": Verb(label=gettext_lazy("Merge"), form=forms.MergeForm, run=_merge),
    "chia-tach": Verb(label=gettext_lazy("Split"), form=forms.SplitForm, run=_split),
    "giai-the": Verb(label=gettext_lazy("Dissolve"), form=forms.DissolveForm, run=_dissolve),
}
"""Address → decision."""
