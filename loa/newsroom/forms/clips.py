"""What people type when they put a clip or a sound in, and describe it."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from loa.people.models import Unit
from loa.people.policies import Scope

from .. import queries
from ..models import Licence
from .photos import RightsForm
from .stories import UnitChoiceField


class NewClipForm(forms.Form):
    file = forms.FileField(
        label=_("Clip or sound"),
        widget=forms.FileInput(attrs={"accept": "video/*,audio/*"}),
        help_text=_("As your phone recorded it: Loa makes it small enough for other phones."),
    )
    title = forms.CharField(label=_("Name of the clip or sound"), max_length=200)
    unit = UnitChoiceField(queryset=Unit.objects.none(), label=_("Owning unit"))

    def __init__(self, *args: Any, reach: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = reach.narrow(queries.named_units(on=reach.on), unit="pk")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class ClipForm(RightsForm):
    title = forms.CharField(label=_("Name of the clip or sound"), max_length=200)
    credit = forms.CharField(label=_("Who made it"), max_length=120, required=False)
    licence = forms.ModelChoiceField(
        queryset=Licence.objects.none(), label=_("right of use"), required=False, empty_label="–"
    )
    subtitles = forms.FileField(
        label=_("Subtitles"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".vtt,.srt"}),
        help_text=_("A .vtt or .srt file, for those who cannot hear it or watch without sound."),
    )
    field_order = ("title", "shown", "consent_proof", "consent_until", "licence", "credit", "subtitles")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["licence"].queryset = queries.licences()  # type: ignore[attr-defined]
        self.fields["shown"].label = _("People shown or heard")
        self.fields["shown"].help_text = _("Without an answer it can be kept, but not published.")
        for field in self.fields.values():
            field.label = capfirst(str(field.label))
