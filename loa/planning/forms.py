"""What people type about plans and tasks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Target


class RebaseForm(forms.Form):
    year = forms.TypedChoiceField(label=_("Year"), coerce=int)
    level = forms.ChoiceField(label=_("Level"), required=False)
    value = forms.DecimalField(label=_("What is owed from now on"), min_value=0, max_digits=16, decimal_places=4)
    decision = forms.CharField(
        label=_("Decision"),
        max_length=200,
        help_text=_("Number, issuer and day of the decision: a number alone names nothing."),
    )

    def __init__(self, *args: Any, target: Target, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(target.values.select_related("level").order_by("year", "level__position"))
        levels = {row.level.code: row.level.name for row in rows}
        years = sorted({row.year for row in rows})
        self.fields["year"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]
        self.fields["level"].choices = [("", _("All levels")), *levels.items()]  # type: ignore[attr-defined]


class AdvanceForm(forms.Form):
    prefix = "advance"
    progress = forms.IntegerField(label=_("How far it has come, in percent"), min_value=0, max_value=100)


class FinishForm(forms.Form):
    prefix = "finish"
    proof = forms.CharField(
        label=_("What shows that it was done"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A few words: what was done, when, where it can be seen."),
    )
    link = forms.URLField(label=_("Link"), required=False, max_length=500, assume_scheme="https")


class DropForm(forms.Form):
    prefix = "drop"
    reason = forms.CharField(label=_("Why this is no longer to be done"), widget=forms.Textarea(attrs={"rows": 2}))
