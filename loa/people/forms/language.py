"""Which of the two languages somebody's back office speaks."""

from typing import ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class LanguageForm(forms.Form):
    languages: ClassVar = settings.LANGUAGES

    language = forms.ChoiceField(label=_("Language of the back office"), choices=languages, widget=forms.RadioSelect)
