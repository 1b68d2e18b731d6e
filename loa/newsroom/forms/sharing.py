"""What people type to share a story, to look through what is shared, to take it under a heading of their own."""

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from loa.people.models import Unit, UnitKind
from loa.people.policies import Scope

from .. import queries
from ..actions import Target, Words
from ..models import Offer, Story, Theme
from .stories import UnitChoiceField

CHOSEN = "chosen"


class UnitsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, unit: Any) -> str:
        return str(unit.unit_name)


class OfferForm(forms.Form):
    """To all below, to one unit above, or to units that are ticked."""

    whom = forms.ChoiceField(label=_("Whom you share it with"))
    kind = forms.ModelChoiceField(
        queryset=UnitKind.objects.none(),
        label=_("Only units of this kind"),
        required=False,
        empty_label=_("units of every kind"),
        help_text=_("When you share it with all units below."),
    )
    chosen = UnitsField(
        queryset=Unit.objects.none(),
        label=_("The units you choose"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    branch = forms.BooleanField(label=_("Also all units below those you choose"), required=False)
    note = forms.CharField(
        label=_("A word to them"),
        max_length=300,
        required=False,
        help_text=_("Why it matters to them, or until when it should appear. Readers do not see it."),
    )

    def __init__(self, *args: Any, story: Story, reach: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.line: dict[str, Any] = {str(unit.pk): unit for unit in queries.line_of(story, on=reach.on)}
        own = [unit for unit in self.line.values() if reach.covers(unit.pk)]
        above = [unit for unit in reversed(self.line.values()) if unit not in own]
        below = queries.units_below([own[0].pk], on=reach.on) if own else Unit.objects.none()
        fields: dict[str, Any] = self.fields
        fields["kind"].queryset = queries.kinds_below(own[0].pk, on=reach.on) if own else UnitKind.objects.none()
        fields["chosen"].queryset = below.exclude(pk=story.unit_id)
        all_below = gettext("all units below %(unit)s")
        fields["whom"].choices = [
            *((f"{Offer.Reach.BELOW}.{unit.pk}", all_below % {"unit": unit.unit_name}) for unit in own),
            *((f"{Offer.Reach.UNIT}.{unit.pk}", unit.unit_name) for unit in above),
            (CHOSEN, _("the units I choose below")),
        ]

    def clean(self) -> dict[str, Any]:
        found = dict(super().clean() or self.cleaned_data)
        whom, chosen = found.pop("whom", ""), list(found.pop("chosen", None) or [])
        kind, branch = found.pop("kind", None), found.pop("branch", False)
        reach, _dot, pk = whom.partition(".")
        if whom == CHOSEN:
            if not chosen:
                self.add_error("chosen", _("Please tick the units you share it with."))
            found["targets"] = [
                Target(unit=unit, reach=Offer.Reach.BRANCH if branch else Offer.Reach.UNIT) for unit in chosen
            ]
        elif pk in self.line:
            found["targets"] = [
                Target(unit=self.line[pk], reach=reach, kind=kind if reach == Offer.Reach.BELOW else None)
            ]
        return found


class SharedSieve(forms.Form):
    """Which of the shared stories are listed."""

    q = forms.CharField(label=_("Words of the title"), required=False, max_length=120)
    theme = forms.ModelChoiceField(
        queryset=Theme.objects.none(),
        label=_("Content theme"),
        required=False,
        to_field_name="code",
        empty_label=_("all themes"),
    )
    answer = forms.ChoiceField(
        label=_("What your unit said"),
        required=False,
        choices=[
            (queries.NEW, pgettext_lazy("shared story", "not answered yet")),
            (queries.TAKEN, pgettext_lazy("shared story", "shown by us")),
            (queries.DECLINED, pgettext_lazy("shared story", "declined by us")),
            ("tat-ca", pgettext_lazy("shared story", "all of them")),
        ],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = queries.themes()  # type: ignore[attr-defined]


class WordsForm(forms.Form):
    heading = forms.CharField(
        label=_("Own heading"),
        max_length=180,
        required=False,
        help_text=_("Leave it empty to keep the title of the story."),
    )
    lead = forms.CharField(
        label=_("A line of your own"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What it means for the people of your unit; readers see it before the story."),
    )

    def clean(self) -> dict[str, Any]:
        found = dict(super().clean() or self.cleaned_data)
        return found | {"words": Words(heading=found.pop("heading", ""), lead=found.pop("lead", ""))}


class TakeForm(WordsForm):
    unit = UnitChoiceField(queryset=Unit.objects.none(), label=_("In the section of"), empty_label=None)
    field_order = ("unit", "heading", "lead")

    def __init__(self, *args: Any, offer: Offer, reach: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = queries.taking_units(offer, reach)  # type: ignore[attr-defined]


class DeclineOfferForm(forms.Form):
    unit = UnitChoiceField(queryset=Unit.objects.none(), label=_("For which of your units"), empty_label=None)
    reason = forms.CharField(label=_("Why (if you like)"), max_length=300, required=False)

    def __init__(self, *args: Any, offer: Offer, reach: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = queries.taking_units(offer, reach)  # type: ignore[attr-defined]
