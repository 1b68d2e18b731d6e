"""What one line of a workbook of decisions says, and the steps that the lines of one decision make. Values only."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from loa.base.dates import parse_day
from loa.base.numbers import parse_number
from loa.base.text import clean, fold

from .entries import text
from .moves import Members
from .spreadsheets import Cell
from .steps import Dissolve, Establish, Merge, Reclassify, Rename, Split, Step, TakeArea, Transfer
from .unit_entries import Kind, kind_of

FORMS: Mapping[str, re.Pattern[str]] = {
    form: re.compile(words)
    for form, words in {
        "establish": "(quyet dinh )?thanh lap( moi)?.*",
        "merge": "(sap|hop) nhap.*|hop nhat.*|nhap( vao)?",
        "split": "chia( tach)?.*|tach.*",
        "transfer": "(dieu )?chuyen.*|ban giao.*",
        "rename": "doi ten.*|thay doi ten.*",
        "reclassify": "(doi|thay doi) (loai|cap).*",
        "dissolve": "giai the.*|(ket thuc|cham dut)( hoat dong)?.*",
        "area": "(nhan|tiep nhan|giao)( phu trach)? dia ban.*",
    }.items()
}
"""Form of a decision → how workbooks call it, folded."""
MEMBERS: Mapping[str, re.Pattern[str]] = {
    Members.TRANSFER.value: re.compile("chuyen.*|theo.*|tiep tuc.*"),
    Members.CLOSE.value: re.compile("ket thuc.*|thoi.*|cham dut.*|khong chuyen.*"),
}
_YES = {"x", "co", "dung", "1", "v"}
_SEPARATORS = re.compile(r"[,;\n]")


@dataclass(slots=True)
class DecisionEntry:
    """A line: one unit, or one pair of an old and a new unit, of one decision."""

    number: int
    cells: list[Cell]
    decision: str = ""
    on: date | None = None
    decided_on: date | None = None
    form: str = ""
    old: str = ""
    new: str = ""
    name: str = ""
    kind: str = ""
    parent: str = ""
    heir: bool = False
    members: str = ""
    share: str = ""
    areas: tuple[int, ...] = ()
    synthetic: bool = False
    problems: list[str] = field(default_factory=list)


Meant = Callable[[str, str], str]
"""Code and name as written → the code of the unit meant; raises UnknownUnit."""


@dataclass(frozen=True, kw_only=True)
class DecisionReader:
    """`kinds` and `areas` (folded name → key) are those there are."""

    kinds: Sequence[Kind]
    areas: Mapping[str, int]

    def entry(self, number: int, line: list[Cell], cells: Mapping[str, Cell]) -> DecisionEntry:
        number_of, issuer = text(cells.get("decision")), text(cells.get("issuer"))
        entry = DecisionEntry(
            number,
            line,
            decision=", ".join(part for part in (number_of[:120], issuer[:75]) if part),
            old=text(cells.get("old_code")),
            new=text(cells.get("new_code")),
            name=clean(text(cells.get("new_name")))[:250],
            parent=text(cells.get("parent")),
            heir=fold(text(cells.get("heir"))) in _YES,
            synthetic="du lieu minh hoa" in fold(text(cells.get("note"))),
        )
        if not number_of:
            entry.problems.append(_("The number of the decision is missing."))
        self._days(entry, cells)
        self._form(entry, text(cells.get("form")))
        self._kind(entry, text(cells.get("new_kind")))
        self._members(entry, text(cells.get("members")))
        self._share(entry, text(cells.get("share")))
        self._areas(entry, text(cells.get("area")))
        if not entry.problems:
            entry.problems += _lacking(entry)
        return entry

    def _days(self, entry: DecisionEntry, cells: Mapping[str, Cell]) -> None:
        entry.on = parse_day(cells.get("effective_on"))
        if entry.on is None:
            raw = text(cells.get("effective_on"))
            said = _("“%(text)s” is not a day.") % {"text": raw[:40]} if raw else _("The day in force is missing.")
            entry.problems.append(said)
        if raw := text(cells.get("decided_on")):
            entry.decided_on = parse_day(cells["decided_on"])
            if entry.decided_on is None:
                entry.problems.append(_("“%(text)s” is not a day.") % {"text": raw[:40]})

    def _form(self, entry: DecisionEntry, raw: str) -> None:
        folded = fold(raw)
        entry.form = next((form for form, words in FORMS.items() if words.fullmatch(folded)), "")
        if not raw:
            entry.problems.append(_("What the decision does is missing."))
        elif not entry.form:
            entry.problems.append(
                _(
                    "“%(text)s” is nothing a decision does. Please write: establish, merge, split, transfer, rename, "
                    "reclassify, dissolve or take over an area."
                )
                % {"text": raw[:60]}
            )

    def _kind(self, entry: DecisionEntry, raw: str) -> None:
        entry.kind = kind_of(raw, self.kinds) if raw else ""
        if raw and not entry.kind:
            known = ", ".join(kind.name for kind in self.kinds)
            entry.problems.append(
                _("“%(text)s” is not a kind of unit; the kinds are: %(known)s.") % {"text": raw[:60], "known": known}
            )

    def _members(self, entry: DecisionEntry, raw: str) -> None:
        folded = fold(raw)
        entry.members = next((what for what, words in MEMBERS.items() if words.fullmatch(folded)), "")
        if raw and not entry.members:
            entry.problems.append(
                _("“%(text)s” does not say whether members are transferred or end.") % {"text": raw[:40]}
            )

    def _share(self, entry: DecisionEntry, raw: str) -> None:
        if not raw:
            return
        share = parse_number(raw.rstrip("% "))
        if share is None or not 0 < share <= 100:
            entry.problems.append(_("“%(text)s” is no share in per cent.") % {"text": raw[:40]})
        else:
            entry.share = f"{Decimal(str(share)):f}"

    def _areas(self, entry: DecisionEntry, raw: str) -> None:
        if entry.form != "area":
            return
        names = [name for name in map(clean, _SEPARATORS.split(raw)) if name]
        unknown = [name for name in names if fold(name) not in self.areas]
        if unknown:
            entry.problems.append(_("There is no area called “%(name)s”.") % {"name": unknown[0]})
        entry.areas = tuple(self.areas[fold(name)] for name in names if fold(name) in self.areas)


def _lacking(entry: DecisionEntry) -> Iterator[str]:
    """What a line of its form cannot do without."""
    if entry.form in {"merge", "split", "transfer", "rename", "reclassify", "dissolve"} and not entry.old:
        yield _("The code of the old unit is missing.")
    if entry.form in {"establish", "merge", "split", "area"} and not entry.new:
        yield _("The code of the new unit is missing.")
    if entry.form in {"establish", "rename"} and not entry.name:
        yield _("The name of the new unit is missing.")
    if entry.form in {"establish", "reclassify"} and not entry.kind:
        yield _("The kind of the new unit is missing.")
    if entry.form == "transfer" and not entry.parent and entry.new in {"", entry.old}:
        yield _("The code of the unit above is missing.")
    if entry.form == "dissolve" and not entry.members:
        yield _("Please say of the members of the unit whether they are transferred or end.")
    if entry.form == "area" and not entry.areas:
        yield _("The names of the areas are missing.")


def steps_of(entries: Sequence[DecisionEntry], *, known: frozenset[str]) -> list[Step]:
    """The steps of one decision, founding first; `known` are the codes of units there are before it."""
    by_form: dict[str, list[DecisionEntry]] = defaultdict(list)
    for entry in entries:
        by_form[entry.form].append(entry)
    steps: list[Step] = list(_foundings(entries, known))
    for form, lines in by_form.items():
        steps += _STEPS[form](lines)
    return steps


def _foundings(entries: Sequence[DecisionEntry], known: frozenset[str]) -> Iterator[Step]:
    """A unit is founded once, however many lines hand something over to it."""
    fresh: dict[str, list[DecisionEntry]] = defaultdict(list)
    for entry in entries:
        founds = entry.form == "establish" or (entry.form in {"merge", "split", "dissolve"} and entry.kind)
        if founds and (entry.form == "establish" or entry.new not in known):
            fresh[entry.new].append(entry)
    for code, lines in fresh.items():
        first = lines[0]
        olds = tuple(dict.fromkeys(one.old for one in lines if one.form == "establish" and one.old))
        yield Establish(
            code=code,
            name=first.name,
            kind=first.kind,
            parent=first.parent,
            predecessors=olds,
            synthetic=first.synthetic,
        )


def _merges(lines: Sequence[DecisionEntry]) -> Iterator[Step]:
    for into, olds in _grouped(lines, lambda entry: entry.new).items():
        yield Merge(units=tuple(dict.fromkeys(one.old for one in olds)), into=into)


def _splits(lines: Sequence[DecisionEntry]) -> Iterator[Step]:
    for old, parts in _grouped(lines, lambda entry: entry.old).items():
        heir = next((one.new for one in parts if one.heir), "")
        yield Split(
            unit=old,
            into=tuple(dict.fromkeys(one.new for one in parts)),
            shares=tuple((one.new, one.share) for one in parts if one.share),
            ends=bool(heir),
            heir=heir,
        )


def _transfers(lines: Sequence[DecisionEntry]) -> Iterator[Step]:
    def to(entry: DecisionEntry) -> str:
        return entry.parent or entry.new

    for parent, units in _grouped(lines, to).items():
        yield Transfer(units=tuple(dict.fromkeys(one.old for one in units)), to=parent)


def _dissolutions(lines: Sequence[DecisionEntry]) -> Iterator[Step]:
    for old, parts in _grouped(lines, lambda entry: entry.old).items():
        marked = next((one.new for one in parts if one.heir), "")
        heir = marked or (parts[0].new if len(parts) == 1 else "")
        others = tuple(dict.fromkeys(one.new for one in parts if one.new and one.new != heir))
        yield Dissolve(units=(old,), members=parts[0].members, heir=heir, successors=others)


def _grouped(lines: Sequence[DecisionEntry], by: Callable[[DecisionEntry], str]) -> dict[str, list[DecisionEntry]]:
    found: dict[str, list[DecisionEntry]] = defaultdict(list)
    for entry in lines:
        found[by(entry)].append(entry)
    return found


_STEPS: Mapping[str, Callable[[Sequence[DecisionEntry]], Iterator[Step]]] = {
    "establish": lambda _lines: iter(()),
    "merge": _merges,
    "split": _splits,
    "transfer": _transfers,
    "rename": lambda lines: (Rename(unit=one.old, name=one.name) for one in lines),
    "reclassify": lambda lines: (Reclassify(units=(one.old,), kind=one.kind) for one in lines),
    "dissolve": _dissolutions,
    "area": lambda lines: (TakeArea(unit=one.new, areas=one.areas) for one in lines),
}
