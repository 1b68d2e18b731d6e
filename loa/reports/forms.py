"""What people type into reports. Clean values come out; actions decide."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from loa.base.text import clean, clean_lines

from . import document, narrative
from .cover import Cover

FORM_NAMES = (
    ("TM.", _("TM. – on behalf of a collective")),
    ("KT.", _("KT. – in place of the head")),
    ("TL.", _("TL. – by order")),
    ("TUQ.", _("TUQ. – by authorisation")),
    ("Q.", _("Q. – acting head")),
)


class CoverForm(forms.Form):
    """What the clerk and the signer add when the report is handed in."""

    number = forms.CharField(label=_("Number and symbol"), max_length=40, help_text=_("Such as 12/BC-LĐLĐ."))
    place = forms.CharField(
        label=_("Place of the document"),
        max_length=80,
        help_text=_("The commune, ward or town of your office, without the word before it."),
    )
    issued_on = forms.DateField(
        label=_("Date of the document"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    form = forms.ChoiceField(label=_("How it is signed"), choices=FORM_NAMES, required=False, initial="TM.")
    authority = forms.CharField(
        label=_("Signed on behalf of"),
        max_length=80,
        required=False,
        help_text=_("Such as Ban Thường vụ (TM.) or Chủ tịch (KT., TL.); leave it empty when the head signs alone."),
    )
    deputy_for = forms.CharField(
        label=_("A deputy signs for"),
        max_length=80,
        required=False,
        help_text=_("Only when a deputy signs below that line, such as Trưởng ban; empty for most reports."),
    )
    post = forms.CharField(label=_("Post of the signer"), max_length=80, help_text=_("Such as chair or deputy chair."))
    signer = forms.CharField(label=_("Name of the signer"), max_length=80)
    recipients = forms.CharField(
        label=_("Recipients"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on each line. Left empty, the unit above."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["layout"] = forms.ChoiceField(
            label=_("Rule of layout"), choices=document.choices(), required=False, initial=settings.LAYOUT
        )

    @classmethod
    def of(cls, cover: Cover) -> "CoverForm":
        fields = ("number", "place", "issued_on", "form", "authority", "deputy_for", "post", "signer")
        shown = {name: getattr(cover, name) for name in fields}
        shown["layout"] = cover.layout or settings.LAYOUT
        return cls(initial=shown | {"recipients": "\n".join(cover.recipients)})

    def cover(self) -> Cover:
        typed: dict[str, Any] = {
            name: clean(value) if isinstance(value, str) else value
            for name, value in self.cleaned_data.items()
            if name != "recipients"
        }
        typed["form"] = typed["form"] or "TM."
        return Cover(**typed, recipients=tuple(clean_lines(self.cleaned_data["recipients"]).splitlines()))


class RemarksForm(forms.Form):
    remarks = forms.CharField(
        label=_("What should be improved"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Say what, where and how. A remark on a single figure or passage is best written right there."),
    )


class CorrectionForm(forms.Form):
    place = forms.ChoiceField(label=_("Figure to correct"))
    value = forms.CharField(
        label=_("Right figure"), max_length=40, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    denominator = forms.CharField(
        label=_("Right whole of a share"),
        max_length=40,
        required=False,
        help_text=_("Only when the whole was wrong, too; left empty, it stays."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    reason = forms.CharField(label=_("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    proof = forms.CharField(
        label=_("What shows it"), max_length=2000, help_text=_("A link, or the number of a document.")
    )

    def __init__(self, places: Sequence[tuple[str, str]], *args: Any, by_year: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place: Any = self.fields["place"]
        place.choices = places
        if by_year:
            place.help_text = _(
                "Please choose the year whose figure is wrong; what all years come to follows by itself. A year taken "
                "from an accepted report is corrected in that report first."
            )


class PassageForm(forms.Form):
    text = forms.CharField(
        label=_("How the whole passage should read"),
        help_text=_("Change only what is wrong: readers see the old passage and this one side by side."),
        max_length=narrative.LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    reason = forms.CharField(label=_("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    proof = forms.CharField(
        label=_("What shows it"), max_length=2000, help_text=_("A link, or the number of a document.")
    )


class ExtensionForm(forms.Form):
    until = forms.DateField(
        label=_("Hand in by"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(
        label=_("Why the report will be late"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What is missing, who sees to it, and when it will be there."),
    )


class DecisionForm(forms.Form):
    granted = forms.TypedChoiceField(choices=[("yes", "yes"), ("no", "no")], coerce=lambda text: text == "yes")
    decision = forms.CharField(max_length=2000, required=False)
