"""What a form says, as values."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, Self


class EntryType(StrEnum):
    INTEGER = "integer"
    DECIMAL = "decimal"
    PERCENT = "percent"
    MONEY = "money"
    YES_NO = "yes_no"
    DATE = "date"
    CHOICE = "choice"

    @property
    def numeric(self) -> bool:
        return self not in {EntryType.YES_NO, EntryType.DATE, EntryType.CHOICE}


DRAFTS = ("situation", "results", "difficulties", "way", "shortfalls", "lessons", "ahead")
"""What Loa can write a first text for (narrative.py); the last four for reviews alone (retrospect.py)."""


@dataclass(frozen=True, kw_only=True)
class Figures:
    """The figures of these targets, in this order; of all that are set for the unit when none is named.

    `beyond`: compared with last period at most so many percent more or less, or a sentence is owed.
    """

    sort: ClassVar[str] = "figures"
    targets: tuple[str, ...] = ()
    beyond: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A figure that the officer types. `gathered` names the entry of the reports below that is added up for it."""

    sort: ClassVar[str] = "entry"
    id: str
    label: str
    type: EntryType
    unit: str = ""
    hint: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    required: bool = False
    choices: tuple[str, ...] = ()
    beyond: Decimal | None = None
    gathered: str = ""


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A block of text. `draft` says which sentences Loa proposes for it."""

    sort: ClassVar[str] = "passage"
    id: str
    title: str
    hint: str = ""
    required: bool = False
    draft: str = ""


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A table of evidence that a module offers under a key, such as the ten best stories."""

    sort: ClassVar[str] = "listing"
    id: str
    title: str
    source: str
    limit: int = 10


Item = Figures | Entry | Passage | Listing
_SORTS: dict[str, type[Any]] = {sort.sort: sort for sort in (Figures, Entry, Passage, Listing)}


@dataclass(frozen=True, kw_only=True)
class Section:
    id: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, kw_only=True)
class Check:
    """`parts` (one figure, or several added up) must be at most, or equal to, the figure `whole`; else `say`.

    Parts and whole are ids of entries or codes of targets; a check with a figure that is missing says nothing.
    """

    parts: tuple[str, ...]
    relation: str
    whole: str
    say: str

    def holds(self, values: Mapping[str, Decimal | None]) -> bool:
        figures = [values.get(name) for name in (*self.parts, self.whole)]
        known = [figure for figure in figures if figure is not None]
        if len(known) < len(figures):
            return True
        total, whole = sum(known[:-1], Decimal(0)), known[-1]
        return total == whole if self.relation == "equals" else total <= whole


@dataclass(frozen=True, kw_only=True)
class Annex:
    """What is printed behind the report: the evidence of these targets, and these listings."""

    id: str
    title: str
    evidence: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OwedBy:
    """Which units fill this form, on the due day: of these kinds, with these flags, of this size in members.

    What is left empty does not matter.
    """

    kinds: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    members_at_least: int | None = None
    members_at_most: int | None = None


@dataclass(frozen=True, kw_only=True)
class Form:
    """One version of a form: from `valid_from` on, for the plan's kinds of report in `reports`."""

    id: str
    name: str
    reports: tuple[str, ...]
    valid_from: date
    owed_by: OwedBy
    sections: tuple[Section, ...]
    checks: tuple[Check, ...] = ()
    annexes: tuple[Annex, ...] = ()
    steps: int = 1
    """How many levels above agree one after the other."""
    gathers: str = ""
    """The kind of report whose accepted ones are added up in this one."""
    reviews: str = ""
    """Of a review: the yearly kind of report whose periods are its years, and whose accepted ones speak for them."""
    measured: bool = True
    """Whether it counts in the measure of reports handed in on time."""
    reminders: tuple[int, ...] = ()
    """On which days the unit is reminded: days after the due day, those before it negative."""
    closes_after: int | None = None
    """Days after the due day from which it can be handed in only with an extension."""
    brief: bool = False
    """Written on a telephone within a minute, without number, place and signature."""

    # --- its parts

    def items(self) -> Iterator[Item]:
        return (item for section in self.sections for item in section.items)

    @property
    def entries(self) -> list[Entry]:
        return [item for item in self.items() if isinstance(item, Entry)]

    @property
    def passages(self) -> list[Passage]:
        return [item for item in self.items() if isinstance(item, Passage)]

    @property
    def listings(self) -> list[Listing]:
        return [item for item in self.items() if isinstance(item, Listing)]

    @property
    def figures(self) -> list[Figures]:
        return [item for item in self.items() if isinstance(item, Figures)]

    def entry(self, code: str) -> Entry | None:
        return next((entry for entry in self.entries if entry.id == code), None)

    def passage(self, code: str) -> Passage | None:
        return next((passage for passage in self.passages if passage.id == code), None)

    def asks_for(self, target: str) -> bool:
        """Whether the figure of this target belongs into the report."""
        return any(not part.targets or target in part.targets for part in self.figures)

    def beyond(self, target: str) -> Decimal | None:
        """By how many percent the figure may differ from last period's without a sentence."""
        named = [part for part in self.figures if target in part.targets]
        return next((part.beyond for part in named or self.figures), None)

    # --- as plain values

    def stored(self) -> dict[str, Any]:
        """Ready for JSON; a section's items say of which sort they are."""
        plain: dict[str, Any] = _plain(asdict(self))
        for section, kept in zip(self.sections, plain["sections"], strict=True):
            for item, values in zip(section.items, kept["items"], strict=True):
                values["sort"] = item.sort
        if not self.reviews:
            del plain["reviews"]  # so that forms loaded before there were reviews keep their fingerprint
        return plain

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """The form again; keys that a later Loa added and an older form lacks have their defaults."""
        return cls(
            **{
                **stored,
                "reports": tuple(stored["reports"]),
                "valid_from": date.fromisoformat(stored["valid_from"]),
                "owed_by": OwedBy(**_tuples(stored["owed_by"])),
                "sections": tuple(_section(section) for section in stored["sections"]),
                "checks": tuple(Check(**_tuples(check)) for check in stored["checks"]),
                "annexes": tuple(Annex(**_tuples(annex)) for annex in stored["annexes"]),
                "reminders": tuple(stored["reminders"]),
            }
        )


@dataclass(frozen=True, kw_only=True)
class FormFile:
    """`plan` is the code of the plan whose reports these forms are for."""

    plan: str
    forms: tuple[Form, ...]


DECIMALS = ("least", "most", "beyond")


def _section(stored: Mapping[str, Any]) -> Section:
    return Section(id=stored["id"], title=stored["title"], items=tuple(_item(item) for item in stored["items"]))


def _item(stored: Mapping[str, Any]) -> Item:
    values = _tuples(stored)
    sort = _SORTS[values.pop("sort")]
    values |= {name: Decimal(values[name]) for name in DECIMALS if values.get(name) is not None}
    if sort is Entry:
        values["type"] = EntryType(values["type"])
    item: Item = sort(**values)
    return item


def _tuples(stored: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in stored.items()}


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {key: _plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_plain(inner) for inner in value]
        case date():
            return value.isoformat()
        case EntryType():
            return value.value
        case Decimal():
            return f"{value.normalize():f}"
    return value
