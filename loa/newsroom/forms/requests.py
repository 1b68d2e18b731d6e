"""What people type to ask another unit for material, and to answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from loa.base.text import fold
from loa.people.models import Unit
from loa.people.policies import Scope

from .. import queries
from ..models import ProductType, Story, Theme
from .stories import UnitChoiceField


class AskForm(forms.Form):
    title = forms.CharField(
        label=_("What you need"),
        max_length=180,
        help_text=_("In one sentence: “Material on the new minimum wage, with two examples”."),
    )
    asker = UnitChoiceField(queryset=Unit.objects.none(), label=_("For which of your units"))
    unit = UnitChoiceField(
        queryset=Unit.objects.none(), label=_("Whom you ask"), required=False, empty_label=_("a unit named below")
    )
    other = forms.CharField(
        label=_("Or another unit, by its name or code"),
        max_length=160,
        required=False,
        help_text=_("Any unit above or below yours, also one several levels away."),
    )
    due_on = forms.DateField(label=_("Needed by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    words = forms.CharField(
        label=_("More about it"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For whom it is, what must be in it, whom they may call."),
    )
    theme = forms.ModelChoiceField(queryset=Theme.objects.none(), label=_("Content theme"), required=False)
    product_type = forms.ModelChoiceField(
        queryset=ProductType.objects.none(),
        label=pgettext_lazy("request", "What it is for"),
        required=False,
        empty_label=_("any kind of product"),
    )
    length = forms.IntegerField(
        label=_("About how many words (syllables)"), required=False, min_value=1, max_value=100_000
    )

    def __init__(self, *args: Any, reach: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["asker"].queryset = queries.asking_units(reach)
        fields["unit"].queryset = queries.askable_units(reach)
        fields["theme"].queryset = queries.themes()
        fields["product_type"].queryset = queries.product_types()
        self.reach = reach

    def clean(self) -> dict[str, Any]:
        """The unit chosen from those near, or the one that the words name."""
        found = dict(super().clean() or self.cleaned_data)
        words = found.pop("other", "")
        if words:
            found["unit"] = self._named(words)
        elif not found.get("unit"):
            self.add_error("unit", _("Please choose whom you ask, or write its name."))
        return found

    def _named(self, words: str) -> Any:
        near = queries.units_along(self.reach, words)
        if len(near) == 1:
            return near[0]
        exactly = [unit for unit in near if fold(unit.unit_name) == fold(words) or unit.code == words.strip()]
        if len(exactly) == 1:
            return exactly[0]
        if not near:
            self.add_error("other", _("No unit above or below yours is called so."))
            return None
        names = "; ".join(f"{unit.unit_name} ({unit.code})" for unit in near)
        self.add_error(
            "other", gettext("Several units are called so: %(names)s. Please write the code.") % {"names": names}
        )
        return None


class NamesStory(forms.Form):
    """A story chosen from the newest ones, or by the address that was pasted."""

    story = forms.ChoiceField(label=_("A story that holds it"), required=False)
    address = forms.CharField(
        label=_("Or the address of a story"),
        required=False,
        max_length=500,
        help_text=_("Copied from the public site or from here."),
    )

    def __init__(self, *args: Any, reach: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reach = reach
        choices = [("", _("no story")), *queries.stories_to_link(reach)]
        self.fields["story"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        chosen, address = found.get("story"), found.pop("address", "")
        try:
            if address:
                found["story"] = queries.story_at(address, self.reach)
            else:
                found["story"] = queries.story_of_key(int(chosen), self.reach) if chosen else None
        except Story.DoesNotExist:
            self.add_error("address" if address else "story", _("No story of yours or of the public site is there."))
        return dict(found)


class AnswerRequestForm(NamesStory):
    answer = forms.CharField(
        label=_("The material"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Facts, figures with their source, names of people who agreed to be quoted."),
    )
    field_order = ("answer", "story", "address")


class WhyForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
