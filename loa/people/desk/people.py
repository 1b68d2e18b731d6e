"""The register of people on the screen: finding somebody, seeing what is held about them, writing down what changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from loa.base.errors import Refused
from loa.base.periods import FOREVER

from .. import queries, register
from ..actions import belonging, consents, posts, registry
from ..extracts import write_extract
from ..forms import people as forms
from ..models import Account, Person
from ..policies import can, can_open_account, scope
from ..records import Record, record
from ..register import Presence, Wanted
from ..roles import Ability
from ..screens import DeskRequest, desk_screen
from ..workbooks import XLSX

Run = Callable[[Person, Any, Account, datetime], object]


@dataclass(frozen=True, kw_only=True)
class Verb:
    """Something one can write down about a person.

    `keeper`: only who keeps the register of their unit may; `final`: nothing brings back what was before.
    """

    label: str | Promise
    done: str | Promise
    form: type[forms.ActForm]
    run: Run
    keeper: bool = False
    final: bool = False
    note: str | Promise = ""


@desk_screen(Ability.SEE_PEOPLE)
@require_GET
def people(request: DeskRequest) -> HttpResponse:
    form = forms.FindForm(request.GET, scope=request.scope)
    rows, following = register.people(request.scope, _wanted(request, form)) if form.is_valid() else ([], "")
    answer = {
        "page_title": _("Register of people"),
        "header_icon": "group",
        "form": form,
        "rows": rows,
        "after": following,
        "codes": _codes(request),
        "imports": bool(scope(request.user, Ability.IMPORT, on=request.scope.on)),
    }
    return render(request, "people/people.html", answer)


@desk_screen(Ability.SEE_PEOPLE)
@require_GET
def alike(request: DeskRequest) -> HttpResponse:
    """Who may be one and the same person."""
    groups, following = register.alike(request.scope, after=request.GET.get("after", ""))
    answer = {"page_title": _("Possibly the same person"), "header_icon": "group", "groups": groups, "after": following}
    return render(request, "people/people_alike.html", answer)


@desk_screen(Ability.SEE_PEOPLE)
@require_http_methods(["GET", "POST"])
def enter(request: DeskRequest) -> HttpResponse:
    """Write somebody new into the register."""
    form = forms.RegisterForm(request.POST or None, scope=request.scope, initial={"on": request.scope.on})
    if form.is_valid():
        said = form.cleaned_data
        where = {"standing": said["standing"], "on": said["on"], "particulars": form.particulars}
        try:
            made = registry.register(said["unit"], **where, by=request.user, at=timezone.now())
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("This person now stands in the register."))
            return redirect("people:person", made.pk)
    answer = {
        "page_title": _("Write somebody into the register"),
        "header_icon": "group",
        "form": form,
        "codes": _codes(request),
    }
    return render(request, "people/person_act.html", answer)


@desk_screen(Ability.SEE_PEOPLE)
@require_GET
def person(request: DeskRequest, pk: int) -> HttpResponse:
    shown = _record(request, pk)
    on, unit_id = request.scope.on, shown.last.unit_id if shown.last else None
    keeper = can(request.user, Ability.IMPORT, unit_id, on=on)
    answer = {
        "page_title": str(shown.person),
        "header_icon": "group",
        "shown": shown,
        "here": bool(shown.last and shown.last.ended_on > on),
        "verbs": [
            (reverse(f"people:person-{name}", args=[pk]), verb)
            for name, verb in VERBS.items()
            if _fits(name, verb, shown, request, keeper=keeper)
        ],
        "keeper": keeper,
        "opens_account": not shown.account and can_open_account(request.user, pk, on=on),
        "on": on,
        "forever": FOREVER,
    }
    return render(request, "people/person.html", answer)


@desk_screen(Ability.SEE_PEOPLE)
@require_http_methods(["GET", "POST"])
def act(request: DeskRequest, pk: int, verb: str) -> HttpResponse:
    """The form of one verb, and the verb itself."""
    chosen, shown = VERBS[verb], _record(request, pk)
    form = chosen.form(
        request.POST or None, scope=request.scope, last=shown.last, initial=_initial(verb, shown, request)
    )
    return _carry_out(request, shown.person, chosen, form)


@desk_screen(Ability.SEE_PEOPLE)
@require_http_methods(["GET", "POST"])
def end_post(request: DeskRequest, pk: int) -> HttpResponse:
    try:
        duty = register.duty(request.scope, pk)
        whose = register.person(request.scope, duty.person_id)
    except ObjectDoesNotExist:
        raise Http404 from None
    verb = Verb(
        label=_("End the post: %(post)s") % {"post": duty.post},
        done=_("The post has ended; what it allowed is no longer allowed."),
        form=forms.EndPostForm,
        run=lambda _person, form, by, at: posts.end_post(duty, on=form.cleaned_data["on"], by=by, at=at),
    )
    form = forms.EndPostForm(request.POST or None, scope=request.scope, initial={"on": request.scope.on})
    return _carry_out(request, whose, verb, form)


@desk_screen(Ability.SEE_PEOPLE)
@require_POST
def withdraw(request: DeskRequest, pk: int) -> HttpResponse:
    """Note that a person took an agreement back."""
    whose = _person(request, pk)
    which = request.POST.get("channel", ""), request.POST.get("purpose", "")
    try:
        consents.withdraw(whose, *which, by=request.user, at=timezone.now())
        messages.success(request, _("The agreement has ended; this person is no longer reached that way."))
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect("people:person", pk)


@desk_screen(Ability.SEE_PEOPLE)
@require_POST
def export(request: DeskRequest, pk: int) -> HttpResponse:
    """All that is held about a person, as a workbook to hand to them."""
    shown, file = _record(request, pk), BytesIO()
    registry.export_of(shown.person, by=request.user, at=timezone.now())
    write_extract(shown, file)
    name = f"attachment; filename=du-lieu-{pk}.xlsx"
    return HttpResponse(file.getvalue(), content_type=XLSX, headers={"Content-Disposition": name})


def _carry_out(request: DeskRequest, whose: Person, verb: Verb, form: forms.ActForm) -> HttpResponse:
    if form.is_valid():
        try:
            verb.run(whose, form, request.user, timezone.now())
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, str(verb.done))
            return redirect("people:person", whose.pk)
    answer = {
        "page_title": verb.label,
        "page_subtitle": str(whose),
        "header_icon": "group",
        "person": whose,
        "note": verb.note,
        "form": form,
        "codes": _codes(request) if form.asks_for_unit else [],
    }
    return render(request, "people/person_act.html", answer)


def _wanted(request: DeskRequest, form: forms.FindForm) -> Wanted:
    said = form.cleaned_data
    unit = said["unit"]
    return Wanted(
        words=said["q"],
        path=(register.path_within(request.scope, unit.pk) or "") if unit else "",
        standing=said["standing"],
        presence=Presence(said["presence"] or Presence.HERE),
        after=request.GET.get("after", ""),
    )


def _fits(name: str, verb: Verb, shown: Record, request: DeskRequest, *, keeper: bool) -> bool:
    """Whether the button helps: nobody leaves twice, and who is in a unit is not erased."""
    here = bool(shown.last and shown.last.ended_on > request.scope.on)
    fits = {"leave": here, "post": here, "erase": not here, "consent": here}
    return not shown.person.erased and fits.get(name, True) and (keeper or not verb.keeper)


def _initial(verb: str, shown: Record, request: DeskRequest) -> dict[str, Any]:
    initial: dict[str, Any] = {"on": request.scope.on}
    if verb == "correct":
        initial = forms.as_typed(shown.person)
    if shown.last:
        code = queries.unit_with_key(shown.last.unit_id).code
        initial |= {"standing": shown.last.standing, "unit": code, "to": code}
    return initial


def _codes(request: DeskRequest) -> list[tuple[str, str]]:
    return queries.unit_codes(request.scope, on=request.scope.on)


def _person(request: DeskRequest, pk: int) -> Person:
    try:
        return register.person(request.scope, pk)
    except ObjectDoesNotExist:
        raise Http404 from None


def _record(request: DeskRequest, pk: int) -> Record:
    return record(_person(request, pk), scope=request.scope)


def _correct(person: Person, form: forms.ParticularsForm, by: Account, at: datetime) -> None:
    registry.correct(person, particulars=form.particulars, by=by, at=at)


def _move(person: Person, form: forms.MoveForm, by: Account, at: datetime) -> None:
    belonging.move(person, **form.cleaned_data, by=by, at=at)


def _leave(person: Person, form: forms.LeaveForm, by: Account, at: datetime) -> None:
    belonging.leave(person, **form.cleaned_data, by=by, at=at)


def _give_post(person: Person, form: forms.PostForm, by: Account, at: datetime) -> None:
    posts.give_post(person, **form.cleaned_data, by=by, at=at)


def _note_consent(person: Person, form: forms.ConsentForm, by: Account, at: datetime) -> None:
    consents.give(person, **form.cleaned_data, by=by, at=at)


def _erase(person: Person, form: forms.EraseForm, by: Account, at: datetime) -> None:
    registry.erase(person, reason=form.cleaned_data["reason"], by=by, at=at)


VERBS: Mapping[str, Verb] = {
    "correct": Verb(
        label=gettext_lazy("Correct the data"),
        done=gettext_lazy("The register says it rightly now."),
        form=forms.ParticularsForm,
        run=_correct,
        note=gettext_lazy("An account that is open goes on signing in with the number and address it was opened with."),
    ),
    "move": Verb(
        label=gettext_lazy("Change unit or standing"),
        done=gettext_lazy("The change is written down; what was before stays in the history."),
        form=forms.MoveForm,
        run=_move,
        note=gettext_lazy("Whoever changes to another unit gives up the posts in the old one."),
    ),
    "leave": Verb(
        label=gettext_lazy("Leaves the unit"),
        done=gettext_lazy("It is written down that this person left."),
        form=forms.LeaveForm,
        run=_leave,
        note=gettext_lazy("The posts in the unit end with it. Past figures stay as they were."),
    ),
    "post": Verb(
        label=gettext_lazy("Give a post"),
        done=gettext_lazy("The post is written down; what it allows holds from now on."),
        form=forms.PostForm,
        run=_give_post,
    ),
    "consent": Verb(
        label=gettext_lazy("Note a consent"),
        done=gettext_lazy("The consent is written down with its proof."),
        form=forms.ConsentForm,
        run=_note_consent,
        keeper=True,
    ),
    "erase": Verb(
        label=gettext_lazy("Erase the data"),
        done=gettext_lazy("What identified this person has been erased."),
        form=forms.EraseForm,
        run=_erase,
        keeper=True,
        final=True,
        note=gettext_lazy(
            "Name, birth, phone number, address and all other particulars are erased for good and the account is "
            "closed. Which unit the person belonged to, and when, stays without a name, so that past figures stay true."
        ),
    ),
}
"""The end of an address's name (people:person-…) → what it does."""
