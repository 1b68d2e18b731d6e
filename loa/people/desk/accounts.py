"""Accounts: who has one, which roles it holds, and the link with which somebody signs in for the first time."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from loa.base.dates import today
from loa.base.errors import Refused

from .. import rosters
from ..actions import accounts as actions
from ..forms.accounts import GrantForm
from ..models import Account
from ..policies import can_manage_account
from ..roles import Ability
from ..screens import DeskRequest, desk_screen

_INVITATION = "invitation"


@desk_screen(Ability.SEE_PEOPLE)
@require_GET
def accounts(request: DeskRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    after = request.GET.get("after", "")
    shown, following = rosters.page_of(rosters.accounts(request.scope), words=words, after=after)
    roles = rosters.roles_of(shown, on=request.scope.on)
    rows = [(one, roles[one.pk]) for one in shown]
    answer = {"page_title": _("Accounts"), "header_icon": "key", "rows": rows, "after": following, "words": words}
    return render(request, "people/accounts.html", answer)


@desk_screen(Ability.SEE_PEOPLE)
@require_GET
def account(request: DeskRequest, pk: int) -> HttpResponse:
    return _page(request, _account(request, pk), GrantForm())


@desk_screen(Ability.SEE_PEOPLE)
@require_GET
def candidates(request: DeskRequest) -> HttpResponse:
    """Whom to open an account for."""
    words = request.GET.get("q", "").strip()
    found = rosters.people_without_account(request.scope, words=words) if words else []
    answer = {"page_title": _("Open an account"), "header_icon": "key", "found": found, "words": words}
    return render(request, "people/account_candidates.html", answer)


@desk_screen(Ability.SEE_PEOPLE)
@require_POST
def open_account(request: DeskRequest, pk: int) -> HttpResponse:
    try:
        person = rosters.person(request.scope, pk)
        opened = actions.open_account(person, by=request.user, at=timezone.now())
    except ObjectDoesNotExist:
        raise Http404 from None
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("people:account-candidates")
    messages.success(request, _("The account is open. Now hand over the link for the first sign-in."))
    return redirect("people:account", opened.pk)


@desk_screen(Ability.SEE_PEOPLE)
@require_POST
def invite(request: DeskRequest, pk: int) -> HttpResponse:
    """The link is shown once, on the page after this one."""
    invited = _account(request, pk)
    try:
        token = actions.invite(invited, by=request.user, at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("people:account", pk)
    request.session[_INVITATION] = [pk, token]
    return redirect("people:account-invitation", pk)


@desk_screen(Ability.SEE_PEOPLE)
@require_GET
def invitation(request: DeskRequest, pk: int) -> HttpResponse:
    """The link on a sheet to hand over or print; gone when the page is left."""
    invited = _account(request, pk)
    whose, token = request.session.pop(_INVITATION, [None, ""])
    if whose != pk:
        return redirect("people:account", pk)
    link = settings.BASE_URL + reverse("people_public:invitation", args=[token])
    answer = {"page_title": _("Link for the first sign-in"), "header_icon": "key", "account": invited, "link": link}
    return render(request, "people/account_invitation.html", answer)


@desk_screen(Ability.SEE_PEOPLE)
@require_POST
def grant(request: DeskRequest, pk: int) -> HttpResponse:
    receiver, form = _account(request, pk), GrantForm(request.POST)
    if not form.is_valid():
        return _page(request, receiver, form)
    role, unit = form.cleaned_data["role"], form.cleaned_data["unit"]
    try:
        actions.grant(receiver, role=role, unit=unit, until=form.until, by=request.user, at=timezone.now())
        messages.success(request, _("The role is given; it holds from now on."))
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect("people:account", pk)


@desk_screen(Ability.MANAGE_ACCOUNTS)
@require_POST
def revoke(request: DeskRequest, pk: int) -> HttpResponse:
    try:
        held = rosters.grant(request.scope, pk)
    except ObjectDoesNotExist:
        raise Http404 from None
    try:
        actions.revoke(held, by=request.user, at=timezone.now())
        messages.success(request, _("The role is taken back; it no longer holds."))
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect("people:account", held.account_id)


@desk_screen(Ability.SEE_PEOPLE)
@require_POST
def close(request: DeskRequest, pk: int) -> HttpResponse:
    try:
        actions.close_account(_account(request, pk), by=request.user, at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("people:account", pk)
    messages.success(request, _("The account is closed."))
    return redirect("people:accounts")


def _account(request: DeskRequest, pk: int) -> Account:
    try:
        return rosters.account(request.scope, pk)
    except ObjectDoesNotExist:
        raise Http404 from None


def _page(request: DeskRequest, shown: Account, form: GrantForm) -> HttpResponse:
    on = today(timezone.now())
    answer = {
        "page_title": str(shown),
        "header_icon": "key",
        "account": shown,
        "roles": rosters.roles_of([shown], on=on)[shown.pk],
        "form": form,
        "manageable": can_manage_account(request.user, shown, on=on),
    }
    return render(request, "people/account.html", answer)
