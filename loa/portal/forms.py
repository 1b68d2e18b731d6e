from django import forms

from loa.audience.actions import Said

from .asking import CHANNELS, PURPOSES


class SayForm(forms.Form):
    """Which of the three buttons was pressed at the end of a story."""

    said = forms.TypedChoiceField(choices=[(said, said) for said in Said], coerce=Said)


class ConsentForm(forms.Form):
    """Which agreement is given ("yes") or taken back ("no")."""

    channel = forms.ChoiceField(choices=list(CHANNELS.items()))
    purpose = forms.ChoiceField(choices=list(PURPOSES.items()))
    agree = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
