"""What people type to plan an event, a product for it, an idea; and what they move."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from loa.people.models import Unit
from loa.people.policies import Scope

from .. import queries
from ..models import Event, ProductType, Story, Theme
from .requests import NamesStory
from .stories import UnitChoiceField


def _day(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def _time(**options: Any) -> forms.TimeField:
    return forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), required=False, **options)


def _moment(**options: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(widget=widget, **options)


class EventForm(forms.Form):
    name = forms.CharField(label=_("Name of the event"), max_length=180)
    unit = UnitChoiceField(queryset=Unit.objects.none(), label=_("Which unit holds it"))
    first_on = _day(label=_("Day of the event"))
    last_on = _day(label=_("Until (when it lasts several days)"), required=False)
    begins_at = _time(label=_("Begins at"), help_text=_("Leave it empty when it takes the whole day."))
    ends_at = _time(label=_("Ends at"))
    repeats = forms.ChoiceField(
        label=pgettext_lazy("event", "How often"),
        choices=Event.Repeats.choices,
        required=False,
        help_text=_("By the lunar calendar, the lunar day of the day above returns, each year on its own solar day."),
    )
    venue = forms.CharField(label=_("Where it is held"), max_length=200, required=False)
    words = forms.CharField(
        label=_("What it is about"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    theme = forms.ModelChoiceField(queryset=Theme.objects.none(), label=_("Content theme"), required=False)
    public = forms.BooleanField(
        label=_("Show it in the public calendar"),
        required=False,
        help_text=_("Name, days, place and these words can then be read by everybody."),
    )

    def __init__(self, *args: Any, reach: Scope, event: Event | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["theme"].queryset = queries.themes()
        if event is None:
            fields["unit"].queryset = reach.narrow(queries.named_units(on=reach.on), unit="pk")
        else:
            del fields["unit"]

    def clean(self) -> dict[str, Any]:
        found = dict(super().clean() or self.cleaned_data)
        first, last = found.get("first_on"), found.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("An event cannot end before it begins."))
        return found


class CoverageForm(forms.Form):
    title = forms.CharField(
        label=_("What it tells"), max_length=180, help_text=_("One sentence; it becomes the title of the draft.")
    )
    unit = UnitChoiceField(queryset=Unit.objects.none(), label=_("Which unit makes it"))
    product_type = forms.ModelChoiceField(queryset=ProductType.objects.none(), label=_("Product type"))
    kind = forms.ChoiceField(label=_("kind"), choices=Story.Kind.choices)
    theme = forms.ModelChoiceField(queryset=Theme.objects.none(), label=_("Content theme"), required=False)
    due_at = _moment(label=_("Ready by"), required=False)
    words = forms.CharField(
        label=_("How, with whom, what it needs"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    mine = forms.BooleanField(label=_("I make it myself"), required=False)

    def __init__(self, *args: Any, reach: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = reach.narrow(queries.named_units(on=reach.on), unit="pk")
        fields["product_type"].queryset = queries.product_types()
        fields["theme"].queryset = queries.themes()


class MakerForm(forms.Form):
    owner = forms.ChoiceField(label=_("Who makes it"))

    def __init__(self, *args: Any, people: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = people  # type: ignore[attr-defined]


class DueForm(forms.Form):
    due_at = _moment(label=_("Ready by"))


class WhichStoryForm(NamesStory):
    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if not self.errors and found.get("story") is None:
            self.add_error("story", _("Please choose the story that it has become."))
        return found


class SieveForm(forms.Form):
    """By what the calendar is filtered; the words stand in its address."""

    def __init__(self, *args: Any, reach: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = reach.narrow(queries.named_units(on=reach.on), unit="pk")
        for name, label, queryset, every in (
            ("don-vi", _("Units"), units, _("all of my units")),
            ("nhom", _("Content theme"), queries.themes(), _("all themes")),
            ("the-loai", _("Product type"), queries.product_types(), _("all formats")),
        ):
            kind = UnitChoiceField if name == "don-vi" else forms.ModelChoiceField
            self.fields[name] = kind(queryset=queryset, label=label, required=False, empty_label=every)

    @property
    def sieve(self) -> queries.Sieve:
        """What was chosen; what means nothing filters nothing."""
        self.is_valid()
        chosen = {name: self.cleaned_data.get(name) for name in self.fields}
        unit, theme, kind = chosen["don-vi"], chosen["nhom"], chosen["the-loai"]
        return queries.Sieve(
            unit_id=unit.pk if unit else None,
            theme_id=theme.pk if theme else None,
            product_type_id=kind.pk if kind else None,
        )
