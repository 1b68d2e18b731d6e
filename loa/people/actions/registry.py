"""The register of people, one person at a time: writing in, putting right, handing out, erasing.

Looking at a page of the register is no fact: it holds basic data only, nothing that the law counts as sensitive (see
`models.registry`), and whoever sees it looks after these people. Taking data out of Loa is one.
"""

from datetime import date, datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from loa.base.dates import today
from loa.base.errors import Refused
from loa.ledger.actions import record

from ..custody import can_change_reach
from ..events import PersonCorrected, PersonErased, PersonExported, PersonRegistered
from ..labels import ERASING
from ..models import Account, Consent, Duty, Grant, Membership, Person, Unit
from ..models.accounts import name_keys
from ..particulars import Particulars
from ..policies import can
from ..roles import Ability
from .belonging import Registrar, check_day, check_sees, check_unit, last_membership, locked

_REACH = {"phone", "email"}


@transaction.atomic
def register(unit: Unit, *, standing: str, on: date, particulars: Particulars, by: Registrar, at: datetime) -> Person:
    """Write somebody new into the register of `unit`, to which they belong from `on`."""
    day, standing = today(at), Membership.Standing(standing).value
    check_sees(by, unit.pk, on=day)
    check_day(on, today=day)
    check_unit(unit, on=on, today=day)
    _check_particulars(particulars, person=None)
    _check_new(unit, particulars, on=on)
    person = Person.objects.create(**particulars.columns(), synthetic=unit.synthetic)
    person.habits.set(particulars.habits)
    Membership.objects.create(person=person, unit=unit, standing=standing, started_on=on)
    record(PersonRegistered(subject=person.ref, unit_id=unit.pk, standing=standing, on=on), by=by, at=at)
    return person


@transaction.atomic
def correct(person: Person, *, particulars: Particulars, by: Account, at: datetime) -> None:
    """Let the register say `particulars` of `person`; where it says so already, nothing happens."""
    day, person = today(at), locked(person)
    last = last_membership(person)
    unit_id = last.unit_id if last else None
    check_sees(by, unit_id, on=day)
    changed = _differences(person, particulars)
    if not changed:
        return
    if _REACH & set(changed) and not can_change_reach(by, person, unit_id, on=day):
        raise Refused(
            _("This person holds a post that reaches further than yours. Please ask the unit above to change this.")
        )
    _check_particulars(particulars, person=person)
    columns = particulars.columns()
    for name, value in columns.items():
        setattr(person, name, value)
    person.save(update_fields=list(columns))
    person.habits.set(particulars.habits)
    record(PersonCorrected(subject=person.ref, unit_id=unit_id, fields=tuple(changed)), by=by, at=at)


@transaction.atomic
def export_of(person: Person, *, by: Account, at: datetime) -> None:
    """Note that all that is held about `person` is handed out; the screen then writes it (`people.extracts`)."""
    last = last_membership(person)
    unit_id = last.unit_id if last else None
    check_sees(by, unit_id, on=today(at))
    record(PersonExported(subject=person.ref, unit_id=unit_id), by=by, at=at)


@transaction.atomic
def erase(person: Person, *, reason: str, by: Account, at: datetime) -> None:
    """Erase for good what identifies somebody who left (Law 91/2025/QH15: within 20 days of their asking).

    The row with its memberships and duties stays, so that past figures stay what they were; the account is closed.
    """
    day, person = today(at), locked(person)
    last = last_membership(person)
    unit_id = last.unit_id if last else None
    if not can(by, Ability.IMPORT, unit_id, on=day):
        raise Refused(_("Only whoever keeps the register of the unit may erase what it says of somebody."))
    if reason not in ERASING:
        raise Refused(_("Please choose why the data are erased."))
    if last and last.ended_on > day:
        raise Refused(_("This person still belongs to a unit. Please note first that they left."))
    if person.erased:
        raise Refused(_("The data of this person have been erased already."))
    _erase_account(person, on=day)
    blank = Particulars(full_name=_("Data erased"))
    columns = blank.columns() | {"folded": "", "name_key": ""}
    Person.objects.filter(pk=person.pk).update(**columns)
    person.habits.clear()
    Consent.objects.filter(person=person, withdrawn_at=None).update(withdrawn_at=at)
    Consent.objects.filter(person=person).update(proof=_("Data erased"))
    record(PersonErased(subject=person.ref, unit_id=unit_id, reason=reason), by=by, at=at)


def _check_particulars(said: Particulars, *, person: Person | None) -> None:
    if not said.folded:
        raise Refused(_("The name is missing."))
    known = Person.objects.exclude(pk=person.pk) if person else Person.objects.all()
    if said.member_code and known.filter(member_code=said.member_code).exists():
        raise Refused(_("Another person in the register has this member code. Please check it."))


def _check_new(unit: Unit, said: Particulars, *, on: date) -> None:
    if said.birth_year and on.year <= said.birth_year:
        raise Refused(_("The day of joining is not after the day of birth."))
    alike = Membership.objects.on(on).filter(unit=unit, person__folded=said.folded)
    same_birth = alike.filter(person__birth_year=said.birth_year, person__born_on=said.born_on)
    same_phone = alike.filter(person__phone=said.phone)
    if (said.birth_year and same_birth.exists()) or (said.phone and same_phone.exists()):
        raise Refused(_("The unit has this person already: the same name with the same birth or phone number."))


def _differences(person: Person, said: Particulars) -> list[str]:
    """The names of what `said` changes, as `people.labels.FIELDS` has them."""
    own = {name: value for name, value in vars(said).items() if name != "habits"}
    changed = [name.removesuffix("_id") for name, value in own.items() if getattr(person, name) != value]
    habits = set(person.habits.values_list("pk", flat=True))
    return changed + (["habits"] if habits != said.habits else [])


def _erase_account(person: Person, *, on: date) -> None:
    """Close the account and forget what it signs in with; the row stays beside what it did."""
    account = Account.objects.select_for_update().filter(person=person).first()
    if account is None:
        return
    posts = Duty.objects.filter(person=person, ended_on__gt=on)
    if account.is_superuser or Grant.objects.filter(account=account, ended_on__gt=on).exists() or posts.exists():
        raise Refused(_("This person still has roles or posts. Please end them first, then erase the data."))
    account.is_active = False
    account.set_unusable_password()
    account.name = _("Data erased")
    account.folded, account.name_key = name_keys(account.name).values()
    account.phone = None
    account.email = f"erased-{account.pk}@erased.invalid"  # an account cannot be without both; .invalid reaches nobody
    account.save(update_fields=["is_active", "password", "name", "folded", "name_key", "phone", "email"])
    EmailAddress.objects.filter(user=account).delete()
    Authenticator.objects.filter(user=account).delete()
