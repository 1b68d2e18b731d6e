"""Sign-in by email address or phone number, for django-allauth. Nobody signs up: accounts are opened by officers."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from loa.base import phones
from loa.base.dates import today

from .models import Account
from .policies import is_staff

_WRONG_CODE = _("This code is not right. Please open the app and type the code it shows now.")
_MISMATCH = _("We do not know this phone number or address with this password. Please check both and try again.")


class PhoneNumberField(forms.CharField):
    """A phone number as people write it, cleaned to E.164."""

    def clean(self, value: Any) -> str:
        number = phones.normalise(super().clean(value))
        if number is None:
            raise ValidationError(_("Please enter a Vietnamese phone number, such as 0905 123 456."))
        return number


class AccountAdapter(DefaultAccountAdapter):
    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _MISMATCH,
        "phone_password_mismatch": _MISMATCH,
        "username_password_mismatch": _MISMATCH,
        "too_many_login_attempts": _(
            "There were too many wrong attempts. Please wait five minutes and try again, "
            "or ask whoever looks after accounts in your unit for a new link."
        ),
        "incorrect_code": _WRONG_CODE,
        "incorrect_password": _("This password is not right. Please try again."),
        "enter_current_password": _("This is not your current password. Please try again."),
        "rate_limited": _("That was a little too often. Please wait a moment and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff to their desk, everybody else to the front page."""
        if is_staff(request.user, on=today(timezone.now())):
            return resolve_url("wagtailadmin_home")
        try:
            return resolve_url(settings.LOGIN_REDIRECT_URL)
        except NoReverseMatch:
            return "/"

    def phone_form_field(self, **kwargs: Any) -> forms.Field:
        return PhoneNumberField(**kwargs)

    def get_phone(self, user: Account) -> tuple[str, bool] | None:
        return (user.phone, True) if user.phone else None

    def set_phone(self, user: Account, phone: str, verified: bool) -> None:
        user.phone = phone
        user.save(update_fields=["phone"])

    def set_phone_verified(self, user: Account, phone: str) -> None:
        self.set_phone(user, phone, True)

    def get_user_by_phone(self, phone: str) -> Account | None:
        number = phones.normalise(phone)
        return Account.objects.filter(phone=number).first() if number else None

    def send_verification_code_sms(self, user: Account, phone: str, code: str, **kwargs: object) -> None:
        raise NotImplementedError

    def reauthenticate(self, user: Account, password: str) -> bool:
        """Ask for the password once more. allauth's own looks for a verified address, which our accounts lack."""
        known = {"email": user.email} if user.email else {"phone": user.phone}
        again = self.authenticate(self.request, password=password, **known)
        return again is not None and again.pk == user.pk

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count wrong attempts for each number, however it is written.

        allauth 65.21 counts attempts for an address or a user name only: all phone numbers would share one counter,
        and five wrong attempts by anybody would shut everybody out.
        """
        phone = phones.normalise(credentials.get("phone"))
        if phone:
            credentials = {**credentials, "email": phone}
        return str(super()._get_login_attempts_cache_key(request, **credentials))


class SecondStepAdapter(DefaultMFAAdapter):
    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {"incorrect_code": _WRONG_CODE}
