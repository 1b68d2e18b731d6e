"""Everything the register holds about one person, for those who look after them and for the person's own eyes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from loa.base import phones
from loa.base.dates import short_date
from loa.ledger import queries as ledger
from loa.ledger.models import Entry

from .labels import CHANNELS, ENDINGS, FIELDS, GENDERS, HAPPENED, PURPOSES, STANDINGS
from .models import Account, Consent, Duty, Membership, Person
from .policies import Scope
from .register import unit_names, units_within


@dataclass(frozen=True, kw_only=True)
class Belonging:
    """A membership, with its unit's latest name; `open` when the viewer may open the unit's page."""

    membership: Membership
    unit: str
    open: bool

    @property
    def standing(self) -> str:
        return str(STANDINGS.get(self.membership.standing, self.membership.standing))

    @property
    def ending(self) -> str:
        return str(ENDINGS.get(self.membership.ending, ""))


@dataclass(frozen=True, kw_only=True)
class Held:
    """A post held; `mine` when the unit is within the viewer's scope."""

    duty: Duty
    unit: str
    mine: bool


@dataclass(frozen=True, kw_only=True)
class Agreement:
    consent: Consent

    @property
    def channel(self) -> str:
        return str(CHANNELS.get(self.consent.channel, self.consent.channel))

    @property
    def purpose(self) -> str:
        return str(PURPOSES.get(self.consent.purpose, self.consent.purpose))


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something that happened to the person: since when it holds, when it was written down and by whom."""

    what: str
    fields: str
    since: date | None
    at: datetime
    actor: str


@dataclass(frozen=True, kw_only=True)
class Record:
    person: Person
    habits: list[str]
    belongings: list[Belonging]
    """Newest first."""
    posts: list[Held]
    agreements: list[Agreement]
    account: Account | None
    acts: list[Act]

    @property
    def last(self) -> Membership | None:
        return self.belongings[0].membership if self.belongings else None

    def particulars(self) -> list[tuple[str, str]]:
        """What is known, each with its name; what is not known has an empty text."""
        return list(_particulars(self.person, self.habits))


def record(person: Person, *, scope: Scope, acts: int = 50) -> Record:
    """A fixed number of queries. `person` as `register.person` gives them."""
    memberships = list(Membership.objects.filter(person=person).order_by("-started_on"))
    duties = list(Duty.objects.filter(person=person).select_related("post").order_by("-ended_on", "-started_on", "pk"))
    units = {one.unit_id for one in memberships} | {one.unit_id for one in duties}
    names, mine = unit_names(units), units_within(scope, units)
    return Record(
        person=person,
        habits=list(person.habits.order_by("name").values_list("name", flat=True)),
        belongings=[
            Belonging(membership=one, unit=names.get(one.unit_id, ""), open=one.unit_id in mine) for one in memberships
        ],
        posts=[Held(duty=one, unit=names.get(one.unit_id, ""), mine=one.unit_id in mine) for one in duties],
        agreements=[
            Agreement(consent=one) for one in Consent.objects.filter(person=person).order_by("-given_at", "pk")
        ],
        account=Account.objects.filter(person=person).first(),
        acts=_acts(list(ledger.history(person.ref)[:acts])),
    )


def _particulars(person: Person, habits: list[str]) -> Iterator[tuple[str, str]]:
    said = {
        "full_name": person.full_name,
        "born_on": short_date(person.born_on) if person.born_on else "",
        "birth_year": str(person.birth_year or "") if not person.born_on else "",
        "gender": str(GENDERS.get(person.gender, "")),
        "member_code": person.member_code or "",
        "phone": phones.display(person.phone) if person.phone else "",
        "email": person.email,
        "education": str(person.education or ""),
        "field": str(person.field or ""),
        "area": str(person.area or ""),
        "working_time": str(person.working_time or ""),
        "rest_time": str(person.rest_time or ""),
        "habits": ", ".join(habits),
    }
    # One of day and year of birth is enough: the year, when there is no day.
    unsaid = "birth_year" if person.born_on else "born_on"
    return ((str(FIELDS[name]), text) for name, text in said.items() if name != unsaid)


def _acts(entries: list[Entry]) -> list[Act]:
    keys = {entry.actor.removeprefix("people.account:") for entry in entries if entry.actor.startswith("people.")}
    names = {account.ref: str(account) for account in Account.objects.filter(pk__in=keys)}
    return [
        Act(
            what=str(HAPPENED.get(entry.kind, entry.kind)),
            fields=", ".join(str(FIELDS.get(name, name)) for name in entry.data.get("fields", [])),
            since=date.fromisoformat(entry.data["on"]) if "on" in entry.data else None,
            at=entry.at,
            actor=names.get(entry.actor, ""),
        )
        for entry in entries
    ]
