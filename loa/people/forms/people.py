"""What staff type about people of the register."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from loa.base import phones
from loa.base.dates import parse_birth, short_date
from loa.base.text import clean, fold

from ..labels import CHANNELS, ERASING, GENDERS, LEAVING, PURPOSES, STANDINGS, Labels
from ..models import Area, Membership, Person, Post, Term, Unit
from ..particulars import Particulars
from ..policies import Scope
from ..register import Presence
from .units import UnitField

Vocabulary = Term.Vocabulary

PRESENCES: Labels = {
    Presence.HERE.value: _("Belong to a unit today"),
    Presence.LEFT.value: _("Have left"),
    Presence.ALL.value: _("Everybody"),
}


def _choices(labels: Labels) -> Any:
    return lambda: list(labels.items())


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label, help_text=help_text, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def _term(label: Any, vocabulary: Term.Vocabulary) -> Any:
    terms = Term.objects.filter(vocabulary=vocabulary).order_by("name")
    return forms.ModelChoiceField(label=label, queryset=terms, required=False, empty_label=_("not known"))


class FindForm(forms.Form):
    """Whom to list; what is not understood lists everybody of the scope."""

    q = forms.CharField(label=_("Name, phone number or member code"), required=False, max_length=120)
    unit = UnitField(label=_("In the unit"), required=False, help_text=_("Its code; units below are included."))
    standing = forms.ChoiceField(
        label=_("Member or worker"), required=False, choices=lambda: [("", _("Both")), *STANDINGS.items()]
    )
    presence = forms.ChoiceField(label=_("Who"), required=False, choices=_choices(PRESENCES))

    def __init__(self, *args: Any, scope: Scope, **options: Any) -> None:
        super().__init__(*args, **options)
        self.scope = scope

    def clean_unit(self) -> Unit | None:
        return _within(self.scope, self.cleaned_data["unit"])


def _within(scope: Scope, unit: Unit | None) -> Unit | None:
    if unit and not scope.covers(unit.pk):
        raise forms.ValidationError(_("This unit is not one of yours."))
    return unit


class ActForm(forms.Form):
    """What every form about a person knows: where they belong or belonged last, and what the writer looks after."""

    def __init__(self, *args: Any, scope: Scope, last: Membership | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.scope, self.last = scope, last

    @property
    def asks_for_unit(self) -> bool:
        return any(isinstance(field, UnitField) for field in self.fields.values())


class ParticularsForm(ActForm):
    full_name = forms.CharField(label=_("Full name of the person"), max_length=120)
    birth = forms.CharField(
        label=_("Birth"),
        max_length=30,
        required=False,
        help_text=_("The day, such as 05/02/1985, or only the year."),
    )
    gender = forms.ChoiceField(label=_("Gender"), required=False, choices=lambda: [("", "–"), *GENDERS.items()])
    member_code = forms.CharField(
        label=_("Member code"),
        max_length=40,
        required=False,
        help_text=_("As on the member's card; empty for workers who are no members, or have no card yet."),
    )
    phone = forms.CharField(
        label=_("Phone number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(label=_("Email address"), required=False)
    education = _term(_("Education"), Vocabulary.EDUCATION)
    field = _term(_("Field of work"), Vocabulary.FIELD)
    area = forms.CharField(
        label=_("Area"), max_length=120, required=False, help_text=_("The commune or ward where the person works.")
    )
    working_time = _term(_("Working time"), Vocabulary.WORKING_TIME)
    rest_time = _term(_("Resting time"), Vocabulary.REST_TIME)
    habits = forms.ModelMultipleChoiceField(
        label=_("Gets news through"),
        queryset=Term.objects.filter(vocabulary=Vocabulary.HABIT).order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_full_name(self) -> str:
        name = clean(self.cleaned_data["full_name"])
        if not fold(name) or any(character.isdigit() for character in name):
            raise forms.ValidationError(_("Please write the name as it is spoken, without digits."))
        return name

    def clean_birth(self) -> tuple[date | None, int | None]:
        text = clean(self.cleaned_data["birth"])
        day, year = parse_birth(text) if text else (None, None)
        if text and year is None:
            raise forms.ValidationError(_("This is no day and no year of birth. An example: 05/02/1985."))
        if (year and year > self.scope.on.year) or (day and day > self.scope.on):
            raise forms.ValidationError(_("This birth lies in the future."))
        return day, year

    def clean_member_code(self) -> str | None:
        return clean(self.cleaned_data["member_code"]).upper() or None

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        number = phones.normalise(typed) if typed else ""
        if number is None:
            raise forms.ValidationError(_("Please enter a Vietnamese phone number, such as 0905 123 456."))
        return number

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_area(self) -> int | None:
        name = fold(self.cleaned_data["area"])
        if not name:
            return None
        areas = Area.objects.filter(folded=name).order_by("-valid_to", "pk")
        key = areas.values_list("pk", flat=True).first()
        if key is None:
            raise forms.ValidationError(_("Loa does not know this area. Please write its name in full."))
        return key

    @property
    def particulars(self) -> Particulars:
        said = self.cleaned_data
        born_on, birth_year = said["birth"]
        terms = {f"{name}_id": said[name] and said[name].pk for name in TERMS}
        return Particulars(
            full_name=said["full_name"],
            born_on=born_on,
            birth_year=birth_year,
            gender=said["gender"],
            member_code=said["member_code"],
            phone=said["phone"],
            email=said["email"],
            area_id=said["area"],
            habits=frozenset(term.pk for term in said["habits"]),
            **terms,
        )


TERMS = ("education", "field", "working_time", "rest_time")


def as_typed(person: Person) -> dict[str, Any]:
    """What a `ParticularsForm` shows of a person of the register."""
    return {
        "full_name": person.full_name,
        "birth": short_date(person.born_on) if person.born_on else person.birth_year or "",
        "gender": person.gender,
        "member_code": person.member_code or "",
        "phone": phones.display(person.phone) if person.phone else "",
        "email": person.email,
        "area": str(person.area or ""),
        "habits": person.habits.all(),
        **{name: getattr(person, f"{name}_id") for name in TERMS},
    }


class RegisterForm(ParticularsForm):
    unit = UnitField(label=_("Unit"), help_text=_("Its code."))
    standing = forms.ChoiceField(label=_("Member or worker"), choices=_choices(STANDINGS))
    on = _day(_("Belongs to the unit from"))

    field_order = ("full_name", "unit", "standing", "on")

    def clean_unit(self) -> Unit | None:
        return _within(self.scope, self.cleaned_data["unit"])


class MoveForm(ActForm):
    to = UnitField(label=_("To the unit"), help_text=_("Its code; the same unit when only the standing changes."))
    standing = forms.ChoiceField(label=_("Member or worker"), choices=_choices(STANDINGS))
    on = _day(_("From the day"), _("The first day on which this holds."))

    def clean_to(self) -> Unit | None:
        return _within(self.scope, self.cleaned_data["to"])


class LeaveForm(ActForm):
    on = _day(_("From the day"), _("The first day on which the person no longer belongs to the unit."))
    reason = forms.ChoiceField(label=_("Why"), choices=_choices(LEAVING))
    closes_account = forms.BooleanField(
        label=_("Close the account, too"),
        required=False,
        help_text=_("If there is one, nobody signs in with it again."),
    )


class PostForm(ActForm):
    post = forms.ModelChoiceField(label=_("Post"), queryset=Post.objects.order_by("name"))
    unit = UnitField(label=_("In the unit"), help_text=_("Its code."))
    on = _day(_("From the day"), _("The day of the election or the decision."))

    def clean_unit(self) -> Unit | None:
        return _within(self.scope, self.cleaned_data["unit"])


class EndPostForm(ActForm):
    on = _day(_("From the day"), _("The first day on which the post is no longer held."))


class ConsentForm(ActForm):
    channel = forms.ChoiceField(label=_("May be reached by"), choices=_choices(CHANNELS))
    purpose = forms.ChoiceField(label=_("For"), choices=_choices(PURPOSES))
    proof = forms.CharField(
        label=_("Proof"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("How the person agreed: the number of the signed form, or the answer and its day."),
    )


class EraseForm(ActForm):
    reason = forms.ChoiceField(label=_("Why"), choices=_choices(ERASING))
    sure = forms.BooleanField(label=_("I know that this cannot be undone"))
