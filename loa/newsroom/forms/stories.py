"""What people type into a story, a remark, a correction, a placement."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.images.fields import WagtailImageField

from loa.audience import queries as audience
from loa.base.dates import today
from loa.people.models import Account, Unit
from loa.people.policies import Scope, scope
from loa.people.roles import Ability

from .. import queries
from ..models import Channel, Remark, Story


class UnitChoiceField(forms.ModelChoiceField):
    """Units by name; the base of all viewsets narrows them to where the person may write."""

    def label_from_instance(self, unit: Any) -> str:
        return str(unit.unit_name)


class StoryForm(WagtailAdminModelForm):
    """A story belongs to the unit it was begun in, ended or not; its figures would move with it otherwise."""

    unit = UnitChoiceField(queryset=Unit.objects.none(), label=_("owning unit"))

    class Media:
        js = (forms.Script("newsroom/checks.js", type="module"), forms.Script("newsroom/facts.js", type="module"))
        css: ClassVar = {"all": ["newsroom/newsroom.css"]}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day, unit = today(timezone.now()), self.fields["unit"]
        unit.queryset = queries.named_units(on=day)
        if self.instance.pk:
            unit.disabled, unit.queryset = True, queries.owner_with_last_name(self.instance.unit_id)
        self.fields["topic"].queryset = audience.topics(day.year)
        reach = scope(self.for_user, Ability.WRITE_STORIES, on=day) if self.for_user else Scope(on=day)
        self.fields["clip"].queryset = queries.clips_to_attach(reach, besides=self.instance.clip_id)


class RemarkForm(forms.Form):
    remark = forms.CharField(
        label=_("What should be changed"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The writer reads this first. Say what, where, and what would be better."),
    )


class CorrectionForm(forms.Form):
    note = forms.CharField(
        label=_("What was wrong and is now right"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Readers see this sentence above the story. Change the text first, then correct."),
    )


class WithdrawalForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is withdrawn"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Readers see this sentence in place of the story. A withdrawn story does not come back."),
    )


class PlacementForm(forms.Form):
    channel = forms.ModelChoiceField(queryset=Channel.objects.none(), label=_("Where it appeared"))
    placed_on = forms.DateField(
        label=_("On which day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    url = forms.URLField(
        label=_("Link to it"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("To the story itself, not to the first page; copy it from the address bar."),
    )
    picture = WagtailImageField(
        label=_("Or a photo"),
        required=False,
        help_text=_("For notice boards, loudspeakers and print: a picture in which one sees it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].queryset = queries.channels_by_hand()  # type: ignore[attr-defined]


class LinkForm(forms.Form):
    """Whom to ask by a link, and how long it works."""

    name = forms.CharField(
        label=_("Who decides"),
        max_length=120,
        help_text=_("First name and surname; the decision is kept under this name."),
    )
    post = forms.CharField(label=_("Their post"), max_length=120)
    hours = forms.IntegerField(
        label=_("The link works for so many hours"), min_value=1, max_value=336, help_text=_("At most fourteen days.")
    )


class DecisionForm(forms.Form):
    """What somebody answers who was asked by a link."""

    remark = forms.CharField(
        label=_("What should be changed"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class DeputyForm(forms.Form):
    deputy = forms.ModelChoiceField(queryset=Account.objects.none(), label=_("Who decides for you"))
    first_on = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last_on = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, account: Account, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = queries.approvers_near(account, on=on)  # type: ignore[attr-defined]


class PassageForm(forms.Form):
    """A remark on a passage; the page fills in what was selected in the text."""

    edition = forms.ChoiceField(label=_("Where"), choices=Remark.Edition.choices, initial="short")
    quote = forms.CharField(
        label=_("The words it is about"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Select them in the text above, or copy them here."),
    )
    text = forms.CharField(label=_("Your remark"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class AnswerForm(forms.Form):
    text = forms.CharField(label=_("Your answer"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=_("In which language"), choices=Story.Language.choices[1:])


class JoinForm(forms.Form):
    """What somebody decided about two stories that look alike."""

    later = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    earlier = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Your reason"), max_length=300, help_text=_("Such as: the same text, only the picture is another.")
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Your reason"), max_length=300)


class OutputForm(forms.Form):
    """For which days, and by what."""

    by = forms.ChoiceField(
        label=_("By"),
        choices=[("unit", _("unit")), ("author", _("author")), ("theme", _("theme")), ("format", _("format"))],
    )
    first = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
