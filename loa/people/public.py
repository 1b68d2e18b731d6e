"""What somebody meets who was invited to sign in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from loa.base.errors import Refused

from . import invitations
from .actions import accounts as actions
from .forms.accounts import PasswordForm
from .forms.language import LanguageForm
from .models import Account
from .queries import choice_of_language


class SignedInRequest(HttpRequest):
    user: Account


@never_cache
@sensitive_post_parameters()
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Set the first password, and go on to sign in with it."""
    account = invitations.read(token, at=timezone.now())
    if account is None:
        return render(request, "people/account_link_spent.html", status=410)
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        password = form.cleaned_data["password"]
        try:
            actions.accept_invitation(account, token=token, password=password, by=account, at=timezone.now())
        except ValidationError as weak:
            form.add_error("password", weak)
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Your password is set. Please sign in with it now."))
            return redirect("account_login")
    return render(request, "people/account_first_password.html", {"form": form, "account": account})


@login_required
def language(request: SignedInRequest) -> HttpResponse:
    """Choose the language of one's own back office."""
    form = LanguageForm(request.POST or None, initial={"language": choice_of_language(request.user)})
    if form.is_valid():
        chosen = form.cleaned_data["language"]
        try:
            actions.choose_language(request.user, language=chosen, by=request.user, at=timezone.now())
        except Refused as reason:
            form.add_error(None, str(reason))
        else:
            with translation.override(chosen):
                messages.success(request, _("The back office now speaks English to you."))
            return redirect("wagtailadmin_home")
    return render(request, "people/language.html", {"form": form})
