"""What workers send in, and what staff answer."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .. import recordings
from ..models import Contribution, Limits
from .photos import FilesField

Credit = Contribution.Credit


class ContributionForm(forms.Form):
    """The whole page of a telephone: what happened, photos, voice, a name or none."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    text = forms.CharField(
        label=_("What happened, where, when?"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 7, "data-kept": "gop-tin"}),
        help_text=_("Write as you speak. We take care of the wording."),
    )
    photos = FilesField(label=_("Photos"), accept="image/*", required=False)
    people_agreed = forms.BooleanField(
        label=_("The people who can be recognised in the photos agree that the union publishes them"), required=False
    )
    voice = forms.FileField(
        label=_("Or tell it: record your voice"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "audio/*", "capture": True}),
        help_text=_("Your telephone opens its recorder, or choose a recording you have made."),
    )
    voice_agreed = forms.BooleanField(
        label=_("I agree that everybody may hear my voice on the union's pages"),
        required=False,
        help_text=_(
            "People who know you may recognise your voice, even without your name. Without this tick only those who "
            "read what is sent in hear it. You can change your mind at any time."
        ),
    )
    workplace = forms.CharField(
        label=_("Where you work, or your union (if you like)"),
        max_length=160,
        required=False,
        help_text=_("The name as on its sign, so that it reaches the right people."),
    )
    credit = forms.ChoiceField(
        label=_("Your name"),
        choices=[(Credit.NONE.value, _("Without my name")), (Credit.WRITTEN.value, _("With this name:"))],
        initial=Credit.NONE.value,
        widget=forms.RadioSelect,
    )
    credit_name = forms.CharField(
        label=_("Name to be shown"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact = forms.CharField(
        label=_("Telephone number, in case we need to ask (only with a name; nobody else sees it)"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, *args: Any, limits: Limits, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = _("At most %(most)s photos, each up to %(size)s MB. What the camera wrote into them is removed.")
        self.fields["photos"].help_text = str(told) % {"most": limits.photos, "size": limits.photo_megabytes}
        if not recordings.available():
            del self.fields["voice"], self.fields["voice_agreed"]


class BeginForm(forms.Form):
    heard = forms.BooleanField(label=_("Let readers hear this recording as the sound of the story"), required=False)


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is not used"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The sender reads this. Thank them first, then say why, and what would help next time."),
    )
