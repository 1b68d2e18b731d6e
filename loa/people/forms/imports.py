"""Handing over a list."""

from datetime import date
from pathlib import Path
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Unit
from ..queries import unit_with_code

LISTS = [("people", _("Members and workers")), ("units", _("Units"))]


class ImportForm(forms.Form):
    what = forms.ChoiceField(label=_("What the list holds"), choices=LISTS)
    file = forms.FileField(label=_("The list"), help_text=_("A workbook (.xlsx) or a .csv file, as you keep it."))
    unit = forms.CharField(
        label=_("Code of the unit"),
        max_length=40,
        required=False,
        help_text=_("The list is taken over only into this unit and what is below it."),
    )
    as_of = forms.DateField(
        label=_("The day the list describes"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Leave it empty when the list says it in its title, or describes today."),
    )

    def __init__(self, *args: Any, own: list[Unit], latest: date, manages: bool, **kwargs: Any) -> None:
        """`manages`: whether units are theirs to decide about."""
        super().__init__(*args, **kwargs)
        self.latest = latest
        what = self.fields["what"]
        assert isinstance(what, forms.ChoiceField)
        if manages:
            what.choices = [*LISTS, ("decisions", _("Decisions about units"))]
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.csv,.txt"
        if len(own) == 1:
            self.fields["unit"].initial = own[0].code
        self.fields["unit"].required = bool(own)

    def clean_unit(self) -> Unit | None:
        code = self.cleaned_data["unit"].strip()
        try:
            return unit_with_code(code) if code else None
        except Unit.DoesNotExist:
            raise forms.ValidationError(_("There is no unit with this code.")) from None

    def clean_as_of(self) -> date | None:
        day: date | None = self.cleaned_data["as_of"]
        if day and day > self.latest:
            raise forms.ValidationError(_("The list cannot describe a day to come."))
        return day

    @property
    def suffix(self) -> str:
        return Path(self.cleaned_data["file"].name).suffix.lower()[:6]
