from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from loa.audience.actions import Said
from loa.base.dates import today
from loa.newsroom import queries as newsroom
from loa.newsroom.forms.stories import UnitChoiceField
from loa.people.policies import Scope

from .asking import CHANNELS, PURPOSES
from .blocks import Kind
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


FORMS_OF_BLOCKS: dict[Kind, tuple[str, ...]] = {
    Kind.LEAD: ("thing",),
    Kind.NOTICE: ("heading", "text", "until"),
    Kind.THEME: ("thing", "heading"),
    Kind.UNIT: ("thing", "heading"),
    Kind.QUESTIONS: ("heading",),
    Kind.PHOTOS: ("heading",),
    Kind.CHANNELS: ("heading",),
}
"""What is asked for each kind of block; who puts them together sees one small form for each."""
LATEST = 60
"""Stories from which the lead is chosen: the newest so many."""


class BlockForm(forms.Form):
    """One more block of the first page."""

    thing = forms.TypedChoiceField(coerce=int)
    heading = forms.CharField(label=_("heading"), max_length=120)
    text = forms.CharField(label=_("what it says"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    until = forms.DateField(
        label=_("last day"), required=False, help_text=_("Without a day it stays until you take it away.")
    )

    def __init__(self, *args: object, kind: Kind, at: datetime, **kwargs: object) -> None:
        super().__init__(*args, auto_id=f"{kind.value}_%s", **kwargs)  # type: ignore[arg-type, misc]
        self.kind = kind
        for name in set(self.fields) - set(FORMS_OF_BLOCKS[kind]):
            del self.fields[name]
        if "thing" in self.fields:
            field: Any = self.fields["thing"]
            field.label, field.choices = _things(kind, at)
        if kind != Kind.NOTICE and "heading" in self.fields:
            self.fields["heading"].required = False
            self.fields["heading"].help_text = _("Left empty, it is the usual one.")


def _things(kind: Kind, at: datetime) -> tuple[Any, list[tuple[int, str]]]:
    if kind == Kind.LEAD:
        return _("story"), [(one.pk, one.title) for one in newsroom.front_page(at=at, limit=LATEST).stories]
    if kind == Kind.THEME:
        return _("theme"), [(one.pk, one.name) for one in newsroom.themes()]
    named: Any = newsroom.named_units(on=today(at))
    return _("unit"), [(one.pk, one.unit_name) for one in named]
