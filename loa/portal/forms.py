from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from loa.audience.actions import Said
from loa.base.dates import today
from loa.newsroom import queries as newsroom
from loa.newsroom.forms.stories import UnitChoiceField
from loa.people.policies import Scope

from .asking import CHANNELS, PURPOSES
from .models import OfficialChannel


class SayForm(forms.Form):
    """Which of the three buttons was pressed at the end of a story."""

    said = forms.TypedChoiceField(choices=[(said, said) for said in Said], coerce=Said)


class ConsentForm(forms.Form):
    """Which agreement is given ("yes") or taken back ("no")."""

    channel = forms.ChoiceField(choices=list(CHANNELS.items()))
    purpose = forms.ChoiceField(choices=list(PURPOSES.items()))
    agree = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])


class ChannelForm(forms.Form):
    """A channel that somebody has looked at."""

    unit = UnitChoiceField(queryset=None, label=_("unit"))
    kind = forms.TypedChoiceField(
        label=_("kind of channel"), choices=OfficialChannel.Kind.choices, coerce=OfficialChannel.Kind
    )
    name = forms.CharField(label=_("name as people see it"), max_length=120)
    address = forms.CharField(
        label=_("address or number"), max_length=300, help_text=_("Copied from the browser, such as https://…")
    )

    def __init__(self, *args: object, scope: Scope, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        named = newsroom.named_units(on=today(timezone.now()))
        self.fields["unit"].queryset = scope.narrow(named, unit="pk")  # type: ignore[attr-defined]
