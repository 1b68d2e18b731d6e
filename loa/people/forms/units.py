"""What officers type when a decision changes units: its head, and each step of it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.base import text

from ..decisions import code_of
from ..models import Area, Unit, UnitFlag, UnitKind
from ..moves import Members
from ..queries import Node
from ..steps import Dissolve, Establish, Merge, Reclassify, Rename, Split, Step, TakeArea, Transfer

MEMBERS = (
    (Members.TRANSFER.value, _("They go to the unit that takes over")),
    (Members.CLOSE.value, _("Their membership ends with the unit")),
)
DAY = {"type": "date"}


class HeadForm(forms.Form):
    """Number, issuer and days of a decision."""

    number = forms.CharField(label=_("Number of the decision"), max_length=60, help_text=_("Such as 12/QĐ-LĐLĐ."))
    issuer = forms.CharField(label=_("Issued by"), max_length=110)
    decided_on = forms.DateField(
        label=_("Signed on"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    )
    effective_on = forms.DateField(
        label=_("In force from"),
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        help_text=_("The first day on which the new structure holds."),
    )
    note = forms.CharField(label=_("Remarks on the decision"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class CodeField(forms.CharField):
    """A unit, by its code or its name in any spelling; also one that the same decision founds. Cleans to the code."""

    on: date
    founded: Sequence[str] = ()

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=250, **options)
        self.widget.attrs |= {"list": "units", "autocomplete": "off"}

    def clean(self, value: Any) -> str:
        written = text.clean(str(super().clean(value)))
        return _meant(written, on=self.on, founded=self.founded) if written else ""


class UnitField(forms.CharField):
    """A unit that exists, typed as its code; suggestions come from the list `units` of the page."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=40, **options)
        self.widget.attrs |= {"list": "units", "autocomplete": "off"}

    def clean(self, value: Any) -> Unit | None:
        code = super().clean(value)
        found = Unit.objects.filter(code=code).first() if code else None
        if code and found is None:
            raise forms.ValidationError(_("There is no unit with the code %(code)s."), params={"code": code})
        return found


class CodesField(CodeField):
    """Several units, parted by commas, semicolons or lines. Cleans to their codes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.max_length = None
        self.widget.attrs.pop("list")

    def clean(self, value: Any) -> tuple[str, ...]:  # type: ignore[override]
        written = forms.CharField.clean(self, value)
        return tuple(dict.fromkeys(_meant(one, on=self.on, founded=self.founded) for one in _parts(written)))


def _parts(written: str) -> list[str]:
    return [part for part in map(text.clean, written.replace(";", "\n").replace(",", "\n").splitlines()) if part]


def _meant(written: str, *, on: date, founded: Sequence[str]) -> str:
    if written in founded:
        return written
    codes = code_of(written, on=on)
    if not codes:
        raise forms.ValidationError(_("There is no unit with the code or name “%(text)s”."), params={"text": written})
    if len(codes) > 1:
        raise forms.ValidationError(
            _("Several units may be meant by “%(text)s” (%(codes)s); please write the code."),
            params={"text": written, "codes": ", ".join(codes[:5])},
        )
    return codes[0]


class StepForm(forms.Form):
    """One step. `units` are those ticked; `below` the units directly below a single ticked one."""

    ticks = 0
    """How many units are ticked for it: 0 none, 1 exactly one, 2 one or more."""

    def __init__(
        self, *args: Any, on: date, founded: Sequence[str], units: Sequence[Node], below: Sequence[Node], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.units, self.below = [node.code for node in units], below
        self.add_fields()
        for field in self.fields.values():
            if isinstance(field, CodeField):
                field.on, field.founded = on, founded

    def add_fields(self) -> None:
        """For what depends on the units ticked."""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.ticks and not self.units:
            self.add_error(None, _("Please tick at least one unit."))
        elif self.ticks == 1 and len(self.units) > 1:
            self.add_error(None, _("Please tick one unit only."))
        return said

    def step(self) -> Step:
        raise NotImplementedError


class EstablishForm(StepForm):
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("One that no unit has yet. Lists that are imported and roles that are given name the unit by it."),
    )
    name = forms.CharField(label=_("Full name"), max_length=250)
    short_name = forms.CharField(label=_("Short name"), max_length=120, required=False)
    kind = forms.ModelChoiceField(label=_("Kind"), queryset=UnitKind.objects.order_by("level"), to_field_name="code")
    flags = forms.ModelMultipleChoiceField(
        label=_("Properties"),
        queryset=UnitFlag.objects.order_by("name"),
        to_field_name="code",
        required=False,
        help_text=_("They decide which targets and reports the unit answers for."),
        widget=forms.CheckboxSelectMultiple,
    )
    parent = CodeField(
        label=_("Under which unit"), required=False, help_text=_("Code or name. Leave it empty for none above.")
    )
    predecessors = CodesField(
        label=_("Takes over from"),
        required=False,
        help_text=_("Codes of units that live on and hand over part of their work."),
    )

    def step(self) -> Step:
        said = self.cleaned_data
        return Establish(
            code=said["code"].strip(),
            name=text.clean(said["name"]),
            short_name=text.clean(said["short_name"]),
            kind=said["kind"].code,
            flags=tuple(flag.code for flag in said["flags"]),
            parent=said["parent"],
            predecessors=said["predecessors"],
        )


class RenameForm(StepForm):
    ticks = 1
    name = forms.CharField(label=_("New full name"), max_length=250)
    short_name = forms.CharField(label=_("New short name"), max_length=120, required=False)

    def step(self) -> Step:
        said = self.cleaned_data
        return Rename(unit=self.units[0], name=text.clean(said["name"]), short_name=text.clean(said["short_name"]))


class ReclassifyForm(StepForm):
    ticks = 2
    kind = forms.ModelChoiceField(
        label=_("New kind"),
        queryset=UnitKind.objects.order_by("level"),
        to_field_name="code",
        required=False,
        empty_label=_("as before"),
    )
    marked = forms.BooleanField(label=_("The properties change, too"), required=False)
    flags = forms.ModelMultipleChoiceField(
        label=_("Properties from then on"),
        queryset=UnitFlag.objects.order_by("name"),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not said.get("kind") and not said.get("marked"):
            self.add_error(None, _("Please choose another kind or other properties."))
        return said

    def step(self) -> Step:
        said = self.cleaned_data
        flags = tuple(flag.code for flag in said["flags"]) if said["marked"] else None
        return Reclassify(units=tuple(self.units), kind=said["kind"].code if said["kind"] else None, flags=flags)


class TransferForm(StepForm):
    ticks = 2
    to = CodeField(label=_("Under which unit"), help_text=_("Code or name of the new parent. All below go along."))

    def step(self) -> Step:
        return Transfer(units=tuple(self.units), to=self.cleaned_data["to"])


class MergeForm(StepForm):
    ticks = 2
    into = CodeField(
        label=_("Into which unit"),
        help_text=_("Code or name of the unit that takes everything over: one of those ticked, another, or a new one."),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("into") and self.units == [said["into"]]:
            self.add_error("into", _("A unit cannot be merged into itself."))
        return said

    def step(self) -> Step:
        return Merge(units=tuple(self.units), into=self.cleaned_data["into"])


class PartingForm(StepForm):
    """Says where units below go: each with a code of its own there, the others to `rest`."""

    rest = CodeField(label=_("Units below go to"), required=False, help_text=_("The unit that takes those below over."))

    def add_fields(self) -> None:
        for node in self.below:
            self.fields[f"child_{node.unit_id}"] = CodeField(
                label=node.name, required=False, help_text=_("Only if it goes elsewhere.")
            )

    @property
    def children(self) -> tuple[tuple[str, str], ...]:
        """Unit below → its new parent, of those with one of their own."""
        goes = [(node.code, self.cleaned_data[f"child_{node.unit_id}"]) for node in self.below]
        return tuple((child, to) for child, to in goes if to)


class SharesField(forms.CharField):
    """Units with their shares in per cent, one on each line: "QB-901 60". Cleans to pairs of code and share."""

    on: date
    founded: Sequence[str] = ()

    def clean(self, value: Any) -> list[tuple[str, str]]:
        found = [self._line(line) for line in map(text.clean, str(super().clean(value)).splitlines()) if line]
        if sum(Decimal(share) for _code, share in found if share) > 100:
            raise forms.ValidationError(_("The shares come to more than 100 per cent."))
        return found

    def _line(self, line: str) -> tuple[str, str]:
        head, _space, last = line.rstrip("%").strip().rpartition(" ")
        try:
            share = Decimal(last.replace(",", ".")) if head else None
        except InvalidOperation:
            share = None
        if share is None:
            return _meant(line, on=self.on, founded=self.founded), ""
        if not 0 < share <= 100:
            raise forms.ValidationError(_("“%(text)s” is no share in per cent."), params={"text": last})
        return _meant(head, on=self.on, founded=self.founded), f"{share:f}"


class SplitForm(PartingForm):
    ticks = 1
    into = SharesField(
        label=_("Into which units"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on each line: its code, and its share in per cent where the decision names one."),
    )
    ends = forms.BooleanField(label=_("The unit itself ends"), required=False)
    heir = CodeField(
        label=_("Who takes over its history"),
        required=False,
        help_text=_("Needed if the unit ends: its members go there too."),
    )

    def __init__(self, *args: Any, on: date, founded: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, on=on, founded=founded, **kwargs)
        into = self.fields["into"]
        into.on, into.founded = on, founded  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("ends") and not said.get("heir") and "heir" not in self.errors:
            self.add_error("heir", _("Please name the unit that takes over the history."))
        return said

    def step(self) -> Step:
        said = self.cleaned_data
        return Split(
            unit=self.units[0],
            into=tuple(code for code, _share in said["into"]),
            shares=tuple((code, share) for code, share in said["into"] if share),
            children=self.children,
            rest=said["rest"],
            ends=said["ends"],
            heir=said["heir"] if said["ends"] else "",
        )


class DissolveForm(PartingForm):
    ticks = 2
    members = forms.ChoiceField(label=_("Its members"), choices=MEMBERS, widget=forms.RadioSelect)
    heir = CodeField(
        label=_("Who takes over its history"),
        required=False,
        help_text=_("Leave it empty for the unit directly above."),
    )
    successors = CodesField(
        label=_("Who else takes part of its work over"), required=False, help_text=_("Codes, parted by commas.")
    )

    def step(self) -> Step:
        said = self.cleaned_data
        return Dissolve(
            units=tuple(self.units),
            members=said["members"],
            heir=said["heir"],
            successors=said["successors"],
            rest=said["rest"],
            children=self.children,
        )


class AreaForm(StepForm):
    ticks = 1
    areas = forms.CharField(
        label=_("Areas it takes over"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Names of communes and wards, one on each line. Whoever looked after them no longer does."),
    )

    def clean_areas(self) -> tuple[int, ...]:
        names = _parts(self.cleaned_data["areas"])
        known = Area.objects.filter(folded__in=[text.fold(name) for name in names]).order_by("valid_to", "pk")
        keys = dict(known.values_list("folded", "pk"))
        for name in names:
            if text.fold(name) not in keys:
                raise forms.ValidationError(_("There is no area called “%(name)s”."), params={"name": name})
        return tuple(dict.fromkeys(keys[text.fold(name)] for name in names))

    def step(self) -> Step:
        return TakeArea(unit=self.units[0], areas=self.cleaned_data["areas"])
