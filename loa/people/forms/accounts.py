"""Giving a role, and setting a first password."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.base.periods import FOREVER

from ..models import Unit
from ..queries import unit_with_code
from ..roles import NAMES


class GrantForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=lambda: list(NAMES.items()))
    unit = forms.CharField(
        label=_("Code of the unit"),
        max_length=40,
        help_text=_("It stands on the page of the unit. The role reaches all units below it, too."),
    )
    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leave it empty when the role has no end."),
    )

    def clean_unit(self) -> Unit:
        try:
            return unit_with_code(self.cleaned_data["unit"].strip())
        except Unit.DoesNotExist:
            raise forms.ValidationError(_("There is no unit with this code.")) from None

    @property
    def until(self) -> date:
        """The first day on which the role no longer holds."""
        last: date | None = self.cleaned_data["last_day"]
        return last + timedelta(days=1) if last else FOREVER


class PasswordForm(forms.Form):
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 8 characters, not only digits. A short sentence is easy to remember and hard to guess."),
    )
    again = forms.CharField(
        label=_("The same password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("password") and typed.get("again") and typed["password"] != typed["again"]:
            self.add_error("again", _("The two passwords are not the same. Please type them again."))
        return typed
