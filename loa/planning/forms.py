"""What people type about plans and tasks."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from .floors import Floors
from .models import Plan, Target, TargetValue
from .recurring import CADENCES

Owned = Mapping[tuple[str, int], Decimal]
"""By the code of a target and the year."""


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


class DecisionForm(forms.Form):
    decision = forms.CharField(
        label=_("Decision"),
        max_length=200,
        help_text=_("Number, issuer and day of the decision: a number alone names nothing."),
    )


class ContinueForm(DecisionForm):
    into = forms.ChoiceField(label=_("The plan that takes over"))
    field_order = ("into", "decision")

    def __init__(self, *args: Any, plans: Iterable[Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = [(plan.code, plan.title) for plan in plans]  # type: ignore[attr-defined]


class DraftForm(forms.Form):
    """What a unit sets itself, a field for each target and year; `rows` are for the template."""

    title = forms.CharField(label=_("Title of the plan"), max_length=300)

    def __init__(self, *args: Any, above: Plan, floor: Floors, known: Plan | None, on: date, label: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["title"].initial = known.title if known else now("Plan of %(unit)s") % {"unit": label}
        self.years = range(max(above.first.year, on.year), above.last.year + 1)
        own = _own_values(known)
        self._keys: dict[str, tuple[str, int]] = {}
        self.rows = []
        for target in above.targets.order_by("position"):
            if any((target.measure, year) in floor for year in self.years):
                self.rows.append((target, [self._add(target, year, floor, own) for year in self.years]))

    def _add(
        self, target: Target, year: int, floor: Floors, own: Owned
    ) -> tuple[int, Decimal | None, forms.BoundField]:
        least, name = floor.get((target.measure, year)), f"v-{target.pk}-{year}"
        self._keys[name] = (target.code, year)
        told = {"target": target.code, "year": year}
        self.fields[name] = forms.DecimalField(
            label=now("%(target)s in %(year)d") % told, required=False, min_value=0, max_digits=16, decimal_places=4
        )
        first = own.get((target.code, year), least)
        self.fields[name].initial = None if first is None else first.normalize().__format__("f")
        return year, least, self[name]

    @property
    def wanted(self) -> Owned:
        """By the code of a target and the year: what was typed; an empty field sets nothing."""
        typed = {key: self.cleaned_data.get(name) for name, key in self._keys.items()}
        return {key: value for key, value in typed.items() if value is not None}


def _own_values(plan: Plan | None) -> Owned:
    if plan is None:
        return {}
    rows = TargetValue.objects.in_force().filter(target__plan=plan).select_related("target")
    return {(row.target.code, row.year): row.value for row in rows}


class OpenTaskForm(forms.Form):
    title = forms.CharField(
        label=_("What is to be done"),
        max_length=200,
        help_text=_("Begin with what to do: “Send the list of collaborators”."),
    )
    unit = forms.CharField(
        label=_("Code of the unit"),
        max_length=40,
        widget=forms.TextInput(attrs={"list": "unit-codes"}),
        help_text=_("The unit that is to do it. Type some letters and choose from the list."),
    )
    wording = forms.CharField(label=_("More about it"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    due_on = forms.DateField(
        label=_("Due on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Of what returns, the day of the first time."),
    )
    cadence = forms.ChoiceField(
        label=_("How often"),
        required=False,
        choices=[("", _("once")), *((code, name) for code, (_months, name) in CADENCES.items())],
    )
    mine = forms.BooleanField(label=_("I answer for it myself"), required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("cadence") and not found.get("due_on"):
            self.add_error("due_on", _("What returns needs its first day."))
        return dict(found)


class AssignForm(forms.Form):
    prefix = "assign"
    owner = forms.ChoiceField(label=_("Who answers for it"))

    def __init__(self, *args: Any, people: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = list(people)  # type: ignore[attr-defined]


class PeriodForm(forms.Form):
    due_days = forms.IntegerField(label=_("Days allowed after the cut-off"), min_value=0, max_value=120)
    source = forms.CharField(
        label=_("Where this is written"),
        max_length=200,
        help_text=_("Number, issuer and day of the decision: a number alone names nothing."),
    )
