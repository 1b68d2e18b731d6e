"""allauth's forms in our words: its own catalogue has no Vietnamese."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_NEW = _("New password")
_AGAIN = _("The same password once more")
_CODE = _("Code")
_PASSWORD = _("Password")


class InOurWords:
    """Put before a form of allauth: gives its fields the labels of `labels`, and no words inside the boxes."""

    labels: ClassVar[dict[str, str | Promise]] = {}
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.labels.items():
            self.fields[name].label = label
            self.fields[name].widget.attrs.pop("placeholder", None)

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or {}  # type: ignore[misc]
        errors: dict[str, Any] = self.errors  # type: ignore[attr-defined]
        if "password2" in errors and "password2" in typed:
            errors["password2"] = self.error_class(  # type: ignore[attr-defined]
                [_("The two passwords are not the same. Please type them again.")]
            )
        return typed


class LoginForm(InOurWords, account.LoginForm):
    labels: ClassVar = {"login": _("Phone number or e-mail address"), "password": _PASSWORD}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ReauthenticateForm(InOurWords, account.ReauthenticateForm):
    labels: ClassVar = {"password": _PASSWORD}


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    labels: ClassVar = {"oldpassword": _("Current password"), "password1": _NEW, "password2": _AGAIN}


class SetPasswordForm(InOurWords, account.SetPasswordForm):
    labels: ClassVar = {"password1": _NEW, "password2": _AGAIN}


class ResetPasswordForm(InOurWords, account.ResetPasswordForm):
    labels: ClassVar = {"email": _("E-mail address")}


class ResetPasswordKeyForm(InOurWords, account.ResetPasswordKeyForm):
    labels: ClassVar = {"password1": _NEW, "password2": _AGAIN}


class SecondStepForm(InOurWords, mfa.AuthenticateForm):
    labels: ClassVar = {"code": _CODE}


class SecondStepAgainForm(InOurWords, mfa.ReauthenticateForm):
    labels: ClassVar = {"code": _CODE}


class TurnOnForm(InOurWords, totp.ActivateTOTPForm):
    labels: ClassVar = {"code": _CODE}
