"""What people type into reports. Clean values come out; actions decide."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from loa.base.text import clean, clean_lines

from . import document
from .cover import Cover
from .models import Report
from .narrative import LONGEST

FORM_NAMES = (
    ("TM.", _("TM. – on behalf of a collective")),
    ("KT.", _("KT. – in place of the head")),
    ("TL.", _("TL. – by order")),
    ("TUQ.", _("TUQ. – by authorisation")),
    ("Q.", _("Q. – acting head")),
)


class NarrativeForm(forms.Form):
    """One field for each section of the report."""

    def __init__(self, report: Report, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for section in report.narrative:
            self.fields[section["code"]] = forms.CharField(
                label=section["title"],
                initial=section["text"],
                required=False,
                max_length=LONGEST,
                widget=forms.Textarea(attrs={"rows": 8}),
            )


class CoverForm(forms.Form):
    """What the clerk and the signer add when the report is handed in."""

    number = forms.CharField(label=_("Number and symbol"), max_length=40, help_text=_("Such as 12/BC-LĐLĐ."))
    place = forms.CharField(label=_("Place of the document"), max_length=80)
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
    post = forms.CharField(label=_("Post of the signer"), max_length=80)
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
        label=_("What should be improved"), max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
