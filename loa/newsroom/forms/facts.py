"""What people type to write a fact down, to change it, to correct it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.people.models import Unit
from loa.people.policies import Scope

from .. import queries
from ..actions import Said
from ..models import FactVersion, SharedFact, Theme
from .stories import UnitChoiceField


class SaidForm(forms.Form):
    """How a fact reads from a day on, and its source."""

    value = forms.CharField(
        label=_("How it reads in a text"),
        max_length=200,
        help_text=_("With its unit, as short as it may stand in a poster: “4.140.000 đồng/tháng”."),
    )
    valid_from = forms.DateField(
        label=_("Valid from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    source = forms.CharField(
        label=_("Where it is written"),
        max_length=300,
        help_text=_("The document with its number and day, the article or the page. Readers see it below the story."),
    )
    source_url = forms.URLField(label=_("Link to it"), max_length=500, required=False, assume_scheme="https")
    also = forms.CharField(
        label=_("Other ways to say it"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_(
            "One to a line, such as the number in words for loudspeakers, or another language. "
            "“4,14 triệu đồng” and “4.140.000đ” are recognised without it."
        ),
    )

    @property
    def said(self) -> Said:
        return Said(
            **{name: self.cleaned_data[name] for name in ("value", "valid_from", "source", "source_url", "also")}
        )


class FactForm(SaidForm):
    """A new fact."""

    name = forms.CharField(
        label=_("What the fact is about"), max_length=180, help_text=_("“Monthly minimum wage, region III”.")
    )
    unit = UnitChoiceField(
        queryset=Unit.objects.none(),
        label=_("Whose it is"),
        help_text=_("This unit and all units below it may use it; only who writes for this unit changes it."),
    )
    theme = forms.ModelChoiceField(queryset=Theme.objects.none(), label=_("Content theme"), required=False)
    field_order = ("name", "value", "valid_from", "source", "source_url", "also", "unit", "theme")

    def __init__(self, *args: Any, reach: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = reach.narrow(queries.named_units(on=reach.on), unit="pk")
        fields["theme"].queryset = queries.themes()


class Seen(forms.Form):
    """Carries the newest version that was on the screen: who decides about another one is told so."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class ChangeFactForm(Seen, SaidForm):
    field_order: tuple[str, ...] = ("value", "valid_from", "source", "source_url", "also", "note", "seen")
    note = forms.CharField(
        label=_("What is new, in a sentence"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class CorrectFactForm(ChangeFactForm):
    version = forms.ModelChoiceField(queryset=FactVersion.objects.none(), label=_("Which value was wrong"))
    field_order = ("version", "value", "valid_from", "source", "source_url", "also", "note", "seen")

    def __init__(self, *args: Any, fact: SharedFact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["note"].label = _("What was wrong, in a sentence")
        fields["version"].queryset = queries.standing_versions(fact)


class RetireFactForm(Seen):
    reason = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class KeepValueForm(Seen):
    reason = forms.CharField(
        label=pgettext_lazy("former value", "Why the story stays as it is"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Such as: “The news of July 2024 tells the wage of that year.”"),
    )


def numbers(texts: list[str]) -> list[int]:
    """The keys among what a browser sent."""
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 19]
