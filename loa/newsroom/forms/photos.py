"""What people type when they put pictures in, describe them, look for them."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from loa.people.models import Unit
from loa.people.policies import Scope

from .. import queries
from ..consent import Shown
from ..models import Licence
from .stories import UnitChoiceField

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
SHOWN = [(Shown.UNSAID.value, "–"), *[(one.value, one.label) for one in Shown if one != Shown.UNSAID]]


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Several files at once; gives a list."""

    def __init__(self, *, accept: str, **kwargs: Any) -> None:
        super().__init__(widget=FilesInput(attrs={"accept": accept}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if not given:
            return [] if not self.required else super().clean(None, initial)
        return [super(FilesField, self).clean(one, initial) for one in given]


class RightsForm(forms.Form):
    """Who is shown and whether they agree."""

    shown = forms.ChoiceField(
        label=_("people shown"),
        choices=SHOWN,
        required=False,
        help_text=_("Without an answer the picture can be kept, but not published."),
    )
    consent_proof = forms.CharField(
        label=_("proof of their consent"),
        max_length=300,
        required=False,
        help_text=_("How they agreed, and where the proof is kept; no names are needed. Readers do not see it."),
    )
    consent_until = forms.DateField(
        label=_("consent ends on"),
        required=False,
        widget=DAY,
        help_text=_("Leave it empty when they agreed without an end. After that day the picture is no longer shown."),
    )


class ParticularsForm(forms.Form):
    credit = forms.CharField(
        label=_("photographer"), max_length=120, required=False, help_text=_("As it is to stand below the picture.")
    )
    licence = forms.ModelChoiceField(
        queryset=Licence.objects.none(),
        label=_("right of use"),
        required=False,
        empty_label="–",
        help_text=_("By what right we may show it. Please ask whoever took it where you are not sure."),
    )
    place = forms.CharField(label=_("where it was taken"), max_length=160, required=False)
    taken_on = forms.DateField(label=_("day it was taken"), required=False, widget=DAY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["licence"].queryset = queries.licences()  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.label = capfirst(str(field.label))


class PhotosForm(ParticularsForm, RightsForm):
    """Pictures to be put in; what is typed holds for all of them."""

    pictures = FilesField(label=_("pictures"), accept="image/*", help_text=_("You can choose several at once."))
    unit = UnitChoiceField(queryset=Unit.objects.none(), label=_("owning unit"))
    field_order = (
        "pictures",
        "unit",
        "shown",
        "consent_proof",
        "consent_until",
        "credit",
        "licence",
        "place",
        "taken_on",
    )

    def __init__(self, *args: Any, reach: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = reach.narrow(queries.named_units(on=reach.on), unit="pk")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class PhotoForm(ParticularsForm, RightsForm):
    """What is known of one picture."""

    title = forms.CharField(label=_("name of the picture"), max_length=255)
    alt = forms.CharField(
        label=_("what the picture shows"),
        max_length=250,
        required=False,
        help_text=_("One sentence for those who cannot see the picture."),
    )
    tags = forms.CharField(label=_("tags"), max_length=300, required=False, help_text=_("Separate them by commas."))
    field_order = (
        "title",
        "alt",
        "shown",
        "consent_proof",
        "consent_until",
        "licence",
        "credit",
        "place",
        "taken_on",
        "tags",
    )

    def clean_tags(self) -> list[str]:
        return [tag.strip() for tag in self.cleaned_data["tags"].split(",") if tag.strip()]


class LibraryForm(forms.Form):
    """What is looked for in the library."""

    q = forms.CharField(label=_("Name, credit, place or tag"), max_length=100, required=False)
    only = forms.ChoiceField(
        label=_("Only"),
        required=False,
        choices=[
            ("", _("all")),
            ("unsaid", _("where nobody said who is shown")),
            ("ending", _("whose consent ends soon or has ended")),
            ("withheld", _("no longer shown")),
        ],
    )
