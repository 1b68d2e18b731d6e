"""Which keys a form has, and what each becomes."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TypeVar

from django.utils.translation import gettext as _

from loa.base.text import nfc
from loa.planning.planfile.loader import load
from loa.planning.planfile.places import Notes, Place, Table
from loa.planning.planfile.problems import BadPlan

from .parts import (
    DRAFTS,
    Annex,
    Check,
    Entry,
    EntryType,
    Figures,
    Form,
    FormFile,
    Item,
    Listing,
    OwedBy,
    Passage,
    Section,
)

Part = TypeVar("Part")

_SOURCE = re.compile(r"[a-z]+\.[a-z]+(_[a-z]+)*")
_CODE = re.compile(r"[A-Za-z0-9]+([._-][A-Za-z0-9]+)*")
_DAYS = re.compile(r"-?\d{1,3}")
MOST_STEPS = 2
SORTS = ("figures", "entry", "passage", "listing")


def read(text: str, *, name: str = "forms.yaml") -> FormFile:
    """The forms that the YAML `text` describes, or BadPlan with every mistake. `name` is how messages call the file."""
    place = Place(load(nfc(text), name=name), "", Notes())
    at = place.table("plan", "forms")
    found = FormFile(plan=_code(at["plan"]), forms=_each(at["forms"], _form))
    if place.notes.problems:
        raise BadPlan(name, place.notes.problems)
    return found


@dataclass
class _Seen:
    """What the form has named so far, for checks and annexes to refer to."""

    entries: dict[str, Entry] = field(default_factory=dict)
    targets: set[str] = field(default_factory=set)
    listings: set[str] = field(default_factory=set)

    @property
    def numeric(self) -> list[str]:
        return [*(code for code, entry in self.entries.items() if entry.type.numeric), *sorted(self.targets)]


def _form(row: Place) -> Form:
    row = replace(row, notes=Notes(problems=row.notes.problems))  # ids are a form's own
    at = row.table(
        *("id", "name", "reports", "valid_from", "sections"),
        optional=(
            *("owed_by", "checks", "annexes", "steps", "gathers", "reviews", "measured", "reminders"),
            *("closes_after", "brief"),
        ),
    )
    seen = _Seen()
    code = at["id"].own_id()
    sections = _each(at["sections"], lambda inner: _section(inner, seen))
    checks, annexes, reminders = at.maybe("checks"), at.maybe("annexes"), at.maybe("reminders")
    return Form(
        id=code,
        name=at["name"].text(),
        reports=tuple(_code(kind) for kind in at["reports"].rows()),
        valid_from=at["valid_from"].day(),
        owed_by=_owed_by(at.maybe("owed_by")),
        sections=sections,
        checks=_each(checks, lambda inner: _check(inner, seen)) if checks else (),
        annexes=_each(annexes, lambda inner: _annex(inner, seen)) if annexes else (),
        steps=_steps(at.maybe("steps")),
        gathers=_code(place) if (place := at.maybe("gathers")) else "",
        reviews=_code(place) if (place := at.maybe("reviews")) else "",
        measured=_truth(at, "measured", default=True),
        reminders=tuple(sorted({_days(day) for day in reminders.rows()})) if reminders else (),
        closes_after=_whole(at, "closes_after"),
        brief=_truth(at, "brief", default=False),
    )


def _owed_by(place: Place | None) -> OwedBy:
    if place is None:
        return OwedBy()
    at = place.table(optional=("kinds", "flags", "members_at_least", "members_at_most"))
    least, most = _whole(at, "members_at_least"), _whole(at, "members_at_most")
    if least is not None and most is not None and most < least:
        at["members_at_most"].reject(_("a number of members not below the least"))
    return OwedBy(
        kinds=_codes(at.maybe("kinds")),
        flags=_codes(at.maybe("flags")),
        members_at_least=least,
        members_at_most=most,
    )


def _section(row: Place, seen: _Seen) -> Section:
    at = row.table("id", "title", "items")
    return Section(
        id=at["id"].own_id(),
        title=at["title"].text(),
        items=_each(at["items"], lambda inner: _item(inner, seen, title=at["title"])),
    )


def _item(row: Place, seen: _Seen, *, title: Place) -> Item:
    sorts: dict[str, Callable[[Place, _Seen], Item]] = {
        "figures": _figures,
        "entry": _entry,
        "passage": lambda place, _seen: _passage(place, title),
        "listing": _listing,
    }
    named = {key.path.rpartition(".")[2] for key, _value in replace(row, notes=Notes()).entries()}
    sort = next((sort for sort in SORTS if sort in named), "")
    if not sort:
        row.reject(_("one of %(known)s") % {"known": ", ".join(SORTS)}, _("none of them"))
        return Figures()
    return sorts[sort](row, seen)


def _figures(row: Place, seen: _Seen) -> Figures:
    at = row.table("figures", optional=("beyond",))
    everything = getattr(at["figures"].node, "value", "") == "all"
    targets = () if everything else tuple(_code(inner) for inner in at["figures"].rows())
    seen.targets.update(targets)
    return Figures(targets=targets, beyond=_number(at, "beyond"))


def _entry(row: Place, seen: _Seen) -> Entry:
    at = row.table(
        "entry",
        "label",
        "type",
        optional=("unit", "hint", "least", "most", "required", "choices", "beyond", "gathered"),
    )
    code = at["entry"].own_id()
    sort = at["type"].choice([one.value for one in EntryType]) or EntryType.INTEGER
    choices = at.maybe("choices")
    if bool(choices) != (sort == EntryType.CHOICE):
        row.reject(_("choices for the type choice, and for no other"), _("the type “%(type)s”") % {"type": sort})
    least, most = _number(at, "least"), _number(at, "most")
    if least is not None and most is not None and most < least:
        at["most"].reject(_("a limit not below the least"))
    entry = Entry(
        id=code,
        label=at["label"].text(),
        type=EntryType(sort),
        unit=at.text("unit"),
        hint=at.text("hint"),
        least=least,
        most=most,
        required=_truth(at, "required", default=False),
        choices=tuple(inner.text() for inner in choices.rows()) if choices else (),
        beyond=_number(at, "beyond"),
        gathered=_code(place) if (place := at.maybe("gathered")) else "",
    )
    if not entry.type.numeric and (entry.gathered or entry.beyond is not None or least is not None or most is not None):
        row.reject(_("limits, comparison and sums for numbers only"), _("the type “%(type)s”") % {"type": sort})
    seen.entries[code] = entry
    return entry


def _passage(row: Place, title: Place) -> Passage:
    at = row.table("passage", optional=("title", "hint", "required", "draft"))
    draft = at.maybe("draft")
    return Passage(
        id=at["passage"].own_id(),
        title=at.text("title") or title.text(),
        hint=at.text("hint"),
        required=_truth(at, "required", default=False),
        draft=draft.choice(DRAFTS) if draft else "",
    )


def _listing(row: Place, seen: _Seen) -> Listing:
    at = row.table("listing", "title", "source", optional=("limit",))
    code = at["listing"].own_id()
    seen.listings.add(code)
    return Listing(
        id=code,
        title=at["title"].text(),
        source=at["source"].matching(_SOURCE, _("the key of a table such as newsroom.best_stories")),
        limit=_whole(at, "limit") or Listing.limit,
    )


def _check(row: Place, seen: _Seen) -> Check:
    at = row.table("say", optional=("figure", "sum", "at_most", "equals"))
    left, right = _only(row, at, "figure", "sum"), _only(row, at, "at_most", "equals")
    parts = at["sum"].rows() if left == "sum" else [at["figure"]]
    return Check(
        parts=tuple(part.choice(seen.numeric) for part in parts),
        relation=right,
        whole=at[right].choice(seen.numeric),
        say=at["say"].text(),
    )


def _only(row: Place, at: Table, *keys: str) -> str:
    named = [key for key in keys if at.maybe(key)]
    if len(named) != 1:
        row.reject(_("exactly one of %(known)s") % {"known": ", ".join(keys)}, ", ".join(named) or _("none of them"))
    return named[0] if named else keys[0]


def _annex(row: Place, seen: _Seen) -> Annex:
    at = row.table("id", "title", optional=("evidence", "listings"))
    listings = at.maybe("listings")
    return Annex(
        id=at["id"].own_id(),
        title=at["title"].text(),
        evidence=_codes(at.maybe("evidence")),
        listings=tuple(inner.choice(seen.listings) for inner in listings.rows()) if listings else (),
    )


# --- small values


def _each(place: Place, read_row: Callable[[Place], Part]) -> tuple[Part, ...]:
    return tuple(read_row(row) for row in place.rows())


def _code(place: Place) -> str:
    return place.matching(_CODE, _("a code of letters, digits, dots and hyphens"))


def _codes(place: Place | None) -> tuple[str, ...]:
    return tuple(_code(row) for row in place.rows()) if place else ()


def _number(at: Table, key: str) -> Decimal | None:
    return place.number() if (place := at.maybe(key)) else None


def _whole(at: Table, key: str) -> int | None:
    return place.whole() if (place := at.maybe(key)) else None


def _truth(at: Table, key: str, *, default: bool) -> bool:
    return place.truth() if (place := at.maybe(key)) else default


def _days(place: Place) -> int:
    return int(place.matching(_DAYS, _("a number of days, negative before the due day")) or 0)


def _steps(place: Place | None) -> int:
    allowed: Collection[str] = [str(number) for number in range(1, MOST_STEPS + 1)]
    return int(place.choice(allowed) or 1) if place else 1
