"""What officers type when a decision changes units."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.base import text

from ..models import Unit, UnitFlag, UnitKind
from ..moves import Members
from ..queries import Node

MEMBERS = (
    (Members.TRANSFER.value, _("They go to the unit that takes over")),
    (Members.CLOSE.value, _("Their membership ends with the unit")),
)


class UnitField(forms.CharField):
    """A unit, typed as its code; suggestions come from the list `units` of the page."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=40, **options)
        self.widget.attrs |= {"list": "units", "autocomplete": "off"}

    def clean(self, value: Any) -> Unit | None:
        codes = super().clean(value)
        return _units([codes])[0] if codes else None


class UnitsField(forms.CharField):
    """Several units, as codes parted by commas, spaces or lines."""

    def clean(self, value: Any) -> list[Unit]:
        return _units(super().clean(value).replace(",", " ").split())


def _units(codes: list[str]) -> list[Unit]:
    found = {unit.code: unit for unit in Unit.objects.filter(code__in=codes)}
    for code in codes:
        if code not in found:
            raise forms.ValidationError(_("There is no unit with the code %(code)s."), params={"code": code})
    return [found[code] for code in dict.fromkeys(codes)]


class DecisionForm(forms.Form):
    """What every decision has. `below`, in forms that ask for it, are the units directly below."""

    decision = forms.CharField(
        label=_("Decision"),
        max_length=120,
        help_text=_("Its number and who issued it, such as 12/QĐ-LĐLĐ of the province."),
    )
    on = forms.DateField(
        label=_("In force from"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The first day on which the new structure holds."),
    )

    def __init__(self, *args: Any, below: list[Node], **options: Any) -> None:
        super().__init__(*args, **options)
        self.below = below

    def clean_decision(self) -> str:
        return text.clean(self.cleaned_data["decision"])

    @property
    def signed(self) -> dict[str, Any]:
        return {"decision": self.cleaned_data["decision"], "on": self.cleaned_data["on"]}


class EstablishForm(DecisionForm):
    code = forms.CharField(label=_("Code"), max_length=40)
    name = forms.CharField(label=_("Full name"), max_length=250)
    short_name = forms.CharField(label=_("Short name"), max_length=120, required=False)
    kind = forms.ModelChoiceField(label=_("Kind"), queryset=UnitKind.objects.order_by("level"), to_field_name="code")
    flags = forms.ModelMultipleChoiceField(
        label=_("Properties"),
        queryset=UnitFlag.objects.order_by("name"),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    predecessors = UnitsField(
        label=_("Takes over from"),
        required=False,
        help_text=_("Codes of units that live on and hand over part of their work."),
    )


class RenameForm(DecisionForm):
    name = forms.CharField(label=_("New full name"), max_length=250)
    short_name = forms.CharField(label=_("New short name"), max_length=120, required=False)


class TransferForm(DecisionForm):
    to = UnitField(label=_("Under which unit"), help_text=_("The code of the new parent."))


class MergeForm(DecisionForm):
    into = UnitField(label=_("Into which unit"), help_text=_("The code of the unit that takes everything over."))
    others = UnitsField(
        label=_("Together with"), required=False, help_text=_("Codes of other units that end by the same decision.")
    )


class PartingForm(DecisionForm):
    """Says where each unit below goes: to `rest`, unless a code of its own is given."""

    rest = UnitField(
        label=_("Units below go to"), required=False, help_text=_("The code of the unit that takes those below over.")
    )

    def __init__(self, *args: Any, below: list[Node], **options: Any) -> None:
        super().__init__(*args, below=below, **options)
        for node in below:
            self.fields[f"child_{node.unit_id}"] = UnitField(
                label=node.name, required=False, help_text=_("Only if it goes elsewhere.")
            )

    @property
    def children(self) -> dict[Unit, Unit]:
        """Unit below → its new parent; those without one are left out."""
        own = {node.unit_id: self.cleaned_data[f"child_{node.unit_id}"] for node in self.below}
        targets = {pk: target or self.cleaned_data["rest"] for pk, target in own.items()}
        units = Unit.objects.in_bulk([pk for pk, target in targets.items() if target])
        return {units[pk]: targets[pk] for pk in units if units[pk] != targets[pk]}


class SplitForm(PartingForm):
    into = UnitsField(label=_("Into which units"), help_text=_("Codes of the units that receive a part."))
    ends = forms.BooleanField(label=_("The unit itself ends"), required=False)
    heir = UnitField(
        label=_("Who takes over its history"),
        required=False,
        help_text=_("Needed if the unit ends: its members go there too."),
    )


class DissolveForm(PartingForm):
    members = forms.ChoiceField(label=_("Its members"), choices=MEMBERS, widget=forms.RadioSelect)
    heir = UnitField(
        label=_("Who takes over its history"),
        required=False,
        help_text=_("Leave it empty for the unit directly above."),
    )
    successors = UnitsField(
        label=_("Who else takes part of its work over"), required=False, help_text=_("Codes, parted by commas.")
    )
