"""What a chair types on a telephone to tell news of the unit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.people.models import Unit
from loa.people.policies import Scope

from .. import queries
from ..consent import Shown
from .stories import UnitChoiceField


class NewsForm(forms.Form):
    """A title, a few sentences, one picture; which unit only where somebody answers for several."""

    unit = UnitChoiceField(queryset=Unit.objects.none(), label=_("Your unit"), empty_label=None)
    title = forms.CharField(label=_("Title"), max_length=120, help_text=_("Who did what, in one line."))
    text = forms.CharField(
        label=_("What happened, where, when?"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Three to five sentences, as you would tell it to your colleagues."),
    )
    picture = forms.FileField(
        label=_("A picture (if you have one)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=_("What the camera wrote into it, such as the place, is removed."),
    )
    shown = forms.ChoiceField(
        label=_("Who can be recognised in the picture?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (Shown.AGREED.value, _("People who agree to be published: I have asked them")),
            (Shown.PUBLIC.value, _("A conference, contest or performance open to all")),
            (Shown.NOBODY.value, _("Nobody")),
        ],
    )

    def __init__(self, *args: Any, reach: Scope | None = None, **kwargs: Any) -> None:
        """Without `reach` the unit is known already: the news was told before."""
        super().__init__(*args, **kwargs)
        units = queries.telling_units(reach) if reach is not None else None
        if units is None:
            del self.fields["unit"]
            return
        field: Any = self.fields["unit"]
        field.queryset = units
        if len(first := list(units[:2])) == 1:
            field.initial, field.widget = first[0].pk, forms.HiddenInput()
