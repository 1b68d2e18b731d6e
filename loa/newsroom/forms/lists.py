"""What people type into the newsroom's own lists and its templates."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.people.models import Unit
from loa.people.policies import Scope

from .. import queries
from ..models import Channel, Licence, Limits, ProductType, ProvinceRule, Term, Theme, UnitApproval
from ..requirements import Part, Rule
from .stories import UnitChoiceField

ORDER = _("The smaller the number, the further ahead in lists.")


class ThemeForm(forms.ModelForm):
    class Meta:
        model = Theme
        fields = ("name", "position")
        help_texts: ClassVar = {"position": ORDER}


class ProductTypeForm(forms.ModelForm):
    class Meta:
        model = ProductType
        fields = ("name", "magazine", "position")
        help_texts: ClassVar = {
            "magazine": _("Products of this type then count for the target of television magazines."),
            "position": ORDER,
        }


class ChannelForm(forms.ModelForm):
    class Meta:
        model = Channel
        fields = ("name", "digital", "union_site", "own_fanpage", "position")
        help_texts: ClassVar = {
            "digital": _("Such as a website, a social network, an app; not a notice board or a loudspeaker."),
            "union_site": _(
                "A website of any level of the union; what appears there counts for the target of products."
            ),
            "own_fanpage": _("The fanpage that the unit itself runs, not that of another."),
            "position": ORDER,
        }


class ProvinceRuleForm(forms.ModelForm):
    class Meta:
        model = ProvinceRule
        fields = ("kind", "unit_kind", "theme")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("any kind")), *self.fields["kind"].choices[1:]]  # type: ignore[attr-defined]
        self.fields["unit_kind"].empty_label = _("any unit")  # type: ignore[attr-defined]
        self.fields["theme"].empty_label = _("any theme")  # type: ignore[attr-defined]


class StepForm(forms.ModelForm):
    class Meta:
        model = UnitApproval
        fields = ("name", "within_hours", "warn_hours")


class TermForm(forms.ModelForm):
    class Meta:
        model = Term
        fields = ("name", "abbreviation", "plain", "avoided")


class LicenceForm(forms.ModelForm):
    class Meta:
        model = Licence
        fields = ("name", "publishable", "position")
        help_texts: ClassVar = {
            "publishable": _("Without it a picture with this right is kept, but no story can show it."),
            "position": ORDER,
        }


class LimitsForm(forms.ModelForm):
    class Meta:
        model = Limits
        fields = (
            "valid_from",
            "warn_days",
            "photos",
            "photo_megabytes",
            "voice_megabytes",
            "kept_days",
            "clip_megabytes",
            "clip_minutes",
        )
        widgets: ClassVar = {"valid_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts: ClassVar = {
            "valid_from": _("Earlier limits hold until the day before."),
            "warn_days": _("So many days before, somebody gets the task to ask again."),
        }


FORMS: dict[str, type[forms.ModelForm]] = {
    "nhom-noi-dung": ThemeForm,
    "the-loai": ProductTypeForm,
    "kenh": ChannelForm,
    "cap-tinh-duyet": ProvinceRuleForm,
    "buoc-duyet": StepForm,
    "thuat-ngu": TermForm,
    "quyen-su-dung": LicenceForm,
    "gioi-han": LimitsForm,
}
"""The form of each list in `queries.LISTS`."""


class RuleForm(forms.Form):
    part = forms.ChoiceField(label=_("part"), choices=[("", "–"), *Part.choices], required=False)
    at_least = forms.IntegerField(label=_("at least"), min_value=0, max_value=100_000, required=False)
    at_most = forms.IntegerField(label=_("at most"), min_value=0, max_value=100_000, required=False)
    binding = forms.BooleanField(label=_("must"), required=False)


class _Rules(forms.BaseFormSet):
    @property
    def rules(self) -> list[Rule]:
        """What was typed; a row without a part is no rule."""
        typed = [form.cleaned_data for form in self.forms if form.cleaned_data.get("part")]
        return [
            Rule(
                part=row["part"],
                at_least=1 if row["at_least"] is None else row["at_least"],
                at_most=row["at_most"],
                binding=row["binding"],
            )
            for row in typed
        ]


RulesFormSet = forms.formset_factory(RuleForm, formset=_Rules, extra=2, max_num=20, absolute_max=20)


class TemplateForm(forms.Form):
    """For which unit a story is begun from a template."""

    unit = UnitChoiceField(queryset=Unit.objects.none(), label=_("owning unit"))

    def __init__(self, *args: Any, reach: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = reach.narrow(queries.named_units(on=reach.on), unit="pk")  # type: ignore[attr-defined]


class TemplateNameForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the template"),
        max_length=120,
        help_text=_("{ngày}, {tháng}, {năm} and {tuần} in its texts become those of the day on which it is used."),
    )
