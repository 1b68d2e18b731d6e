"""From the moves of a decision to what will be true of each unit: every check, before anything but a key is written."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.utils.translation import gettext as _

from loa.base import text
from loa.base.dates import short_date
from loa.base.errors import Refused
from loa.base.periods import FOREVER

from ..models import Membership, Unit, UnitFlag, UnitKind, UnitPlace, UnitVersion
from ..moves import Change, Cover, End, Found, Members, Move, Pass, Place, Send
from ..paths import Circular, TooDeep, Tree
from . import placing

Kind = TypeVar("Kind", bound=Move)


@dataclass(kw_only=True)
class Draft:
    """What a decision will make true from the day `on`, by the keys of units."""

    on: date
    units: dict[str, Unit]
    """Every unit the decision names, by code."""
    names: dict[int, str] = field(default_factory=dict)
    paths: dict[int, str] = field(default_factory=dict)
    """Of those that existed before."""
    founded: list[int] = field(default_factory=list)
    versions: dict[int, UnitVersion] = field(default_factory=dict)
    """The version that begins, of each unit founded or changed."""
    flags: dict[int, set[int]] = field(default_factory=dict)
    renamed: list[int] = field(default_factory=list)
    reclassified: list[int] = field(default_factory=list)
    parents: dict[int, int | None] = field(default_factory=dict)
    """The new parent of each unit founded or placed."""
    left: dict[int, int | None] = field(default_factory=dict)
    """The old parent of each unit placed."""
    heirs: dict[int, int] = field(default_factory=dict)
    endings: dict[int, Members] = field(default_factory=dict)
    successions: list[tuple[int, int]] = field(default_factory=list)
    shares: dict[tuple[int, int], Decimal] = field(default_factory=dict)
    sent: list[tuple[int, int, tuple[int, ...]]] = field(default_factory=list)
    covers: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """The areas that a unit takes over."""
    tree: Tree = field(init=False)
    moved_paths: dict[str, str] = field(default_factory=dict)
    """Old path → new path of each unit that ends or is placed."""

    def __post_init__(self) -> None:
        self.tree = Tree(paths=self.paths, parents=self.parents, heirs=self.heirs)

    def key(self, code: str) -> int:
        return self.units[code].pk

    def ending(self, members: Members) -> list[int]:
        return [unit_id for unit_id, chosen in self.endings.items() if chosen == members]


def drafted(moves: Sequence[Move], *, on: date, known: Collection[int] = ()) -> Draft:
    """Raises Refused with the first thing that does not fit. Founded units get their keys here, and nothing else.

    `known` are the keys of units that a decision to be put right had founded: they may be founded again.
    """
    if not moves:
        raise Refused(_("The decision changes nothing: please name at least one unit."))
    _check_named_once(moves)
    draft = Draft(on=on, units=_units(moves, known))
    _load(draft, moves)
    _draft_versions(draft, moves)
    for place in _each(Place, moves):
        _draft_place(draft, place)
    for end in _each(End, moves):
        _draft_end(draft, end)
    _draft_successions(draft, moves)
    _check_ends(draft)
    _draft_paths(draft)
    return draft


def _each(kind: type[Kind], moves: Iterable[Move]) -> list[Kind]:
    return [move for move in moves if isinstance(move, kind)]


def _check_named_once(moves: Sequence[Move]) -> None:
    """A unit is founded, or ends, or is changed and placed at most once each."""
    done: dict[str, set[type[Move]]] = defaultdict(set)
    for move in moves:
        if isinstance(move, Pass | Send | Cover):
            continue
        before = done[move.code]
        alone = isinstance(move, Found | End) or bool(before & {Found, End})
        if type(move) in before or (before and alone):
            raise Refused(_("The decision says two different things about the unit %(code)s.") % {"code": move.code})
        before.add(type(move))


def _named(move: Move) -> set[str]:
    """The codes of the units that must exist for this move."""
    match move:
        case Found():
            named = {move.code, move.parent}
        case Change() | Cover():
            named = {move.code}
        case Place():
            named = {move.code, move.parent}
        case End():
            named = {move.code, move.heir}
        case Pass():
            named = {move.code, *move.to}
        case Send():
            named = {move.code, move.to}
    return {code for code in named if code is not None}


def _units(moves: Sequence[Move], known: Collection[int]) -> dict[str, Unit]:
    """Every unit named, by code; those to be founded get their keys now."""
    named = set().union(*(_named(move) for move in moves))
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=named)}
    founds = _each(Found, moves)
    for found in founds:
        if found.code in units and units[found.code].pk not in known:
            raise Refused(_("There is already a unit with the code %(code)s.") % {"code": found.code})
        if not found.code or found.code != text.clean(found.code) or len(found.code) > 40:
            raise Refused(_("Please give the unit a code of at most 40 characters."))
    fresh = Unit.objects.bulk_create(
        Unit(code=found.code, synthetic=found.synthetic) for found in founds if found.code not in units
    )
    units |= {unit.code: unit for unit in fresh}
    for code in sorted(named - units.keys()):
        raise Refused(_("There is no unit with the code %(code)s.") % {"code": code})
    return units


def _load(draft: Draft, moves: Sequence[Move]) -> None:
    """The present place and name of every unit that existed before; all must live, and not have changed since."""
    draft.founded = [draft.key(found.code) for found in _each(Found, moves)]
    existing = {unit.pk: unit for unit in draft.units.values()}
    for unit_id in draft.founded:
        del existing[unit_id]
    names = UnitVersion.objects.filter(unit_id__in=list(existing)).order_by("valid_from")
    draft.names = dict(names.values_list("unit_id", "name"))
    draft.names |= {draft.key(found.code): text.clean(found.name) for found in _each(Found, moves)}
    places = {place.unit_id: place for place in UnitPlace.objects.on(draft.on).filter(unit_id__in=list(existing))}
    for unit_id in existing:
        _check_living(draft, unit_id, places.get(unit_id))
        draft.paths[unit_id] = places[unit_id].path


def _check_living(draft: Draft, unit_id: int, place: UnitPlace | None) -> None:
    words = {"unit": draft.names[unit_id], "day": short_date(draft.on)}
    if place is None:
        raise Refused(_("%(unit)s did not exist yet on %(day)s.") % words)
    if not place.living:
        raise Refused(_("%(unit)s had already ended on %(day)s.") % words)
    if place.valid_to < FOREVER:
        raise _changed_later(draft, unit_id)


def _changed_later(draft: Draft, unit_id: int) -> Refused:
    return Refused(
        _("%(unit)s has changed since %(day)s. Please choose a day after its last change.")
        % {"unit": draft.names[unit_id], "day": short_date(draft.on)}
    )


def _draft_versions(draft: Draft, moves: Sequence[Move]) -> None:
    founds, changes = _each(Found, moves), _each(Change, moves)
    kinds = {kind.code: kind for kind in UnitKind.objects.all()}
    flags = dict(UnitFlag.objects.values_list("code", "pk"))
    for found in founds:
        version = UnitVersion(unit_id=draft.key(found.code))
        _describe(draft, version, found, kinds=kinds, flags=flags)
        _follow(draft, version.unit_id, found.parent)
        version.parent_id = draft.parents[version.unit_id]
    _begin_versions(draft, [*(change.code for change in changes), *(place.code for place in _each(Place, moves))])
    _check_unchanged_since(draft, [move.code for move in _each(End, moves)])
    for change in changes:
        version = draft.versions[draft.key(change.code)]
        before = (version.name, version.short_name), (version.kind_id, draft.flags[version.unit_id])
        _describe(draft, version, change, kinds=kinds, flags=flags)
        after = (version.name, version.short_name), (version.kind_id, draft.flags[version.unit_id])
        if before == after:
            raise Refused(_("%(unit)s has this name, kind and flags already.") % {"unit": version.name})
        draft.renamed += [version.unit_id] if before[0] != after[0] else []
        draft.reclassified += [version.unit_id] if before[1] != after[1] else []


def _begin_versions(draft: Draft, codes: Iterable[str]) -> None:
    """A copy, still unsaved, of the open version of each unit: it begins on the day of the decision."""
    keys = {draft.key(code) for code in codes}
    open_ones = UnitVersion.objects.filter(unit_id__in=keys, valid_to=FOREVER)
    marks = UnitVersion.flags.through.objects.filter(unitversion__in=open_ones)
    flagged: dict[int, set[int]] = defaultdict(set)
    for version_id, flag_id in marks.values_list("unitversion_id", "unitflag_id"):
        flagged[version_id].add(flag_id)
    for version in open_ones:
        if version.valid_from > draft.on:
            raise _changed_later(draft, version.unit_id)
        draft.flags[version.unit_id] = flagged[version.pk]
        version.pk, version.valid_from = None, draft.on
        version._state.adding = True
        draft.versions[version.unit_id] = version


def _check_unchanged_since(draft: Draft, codes: Iterable[str]) -> None:
    """What ends must not have changed after the day, nor have begun on it."""
    keys = [draft.key(code) for code in codes]
    changed = UnitVersion.objects.filter(unit_id__in=keys, valid_from__gt=draft.on).first()
    if changed:
        raise _changed_later(draft, changed.unit_id)
    older = set(UnitVersion.objects.filter(unit_id__in=keys, valid_from__lt=draft.on).values_list("unit_id", flat=True))
    for unit_id in keys:
        if unit_id not in older:
            raise Refused(
                _("%(unit)s was established on %(day)s and cannot end on the same day.")
                % {"unit": draft.names[unit_id], "day": short_date(draft.on)}
            )


def _describe(
    draft: Draft, version: UnitVersion, said: Found | Change, *, kinds: dict[str, UnitKind], flags: dict[str, int]
) -> None:
    """Write into the draft's version what the decision says about the unit itself."""
    if said.name is not None:
        version.name = text.clean(said.name)
    if said.short_name is not None:
        version.short_name = text.clean(said.short_name)
    if not version.name or len(version.name) > 250 or len(version.short_name) > 120:
        raise Refused(_("Please give the unit a name of at most 250 characters, and a short name of at most 120."))
    if said.kind is not None:
        if said.kind not in kinds:
            raise Refused(_("There is no kind of unit called %(kind)s.") % {"kind": said.kind})
        version.kind = kinds[said.kind]
    if said.flags is not None:
        for flag in said.flags:
            if flag not in flags:
                raise Refused(_("There is no flag called %(flag)s.") % {"flag": flag})
        draft.flags[version.unit_id] = {flags[flag] for flag in said.flags}
    version.name_key = text.sort_key(version.name)
    version.folded = text.fold(f"{said.code} {version.name} {version.short_name}")
    version.valid_from = draft.on
    draft.versions[version.unit_id] = version


def _follow(draft: Draft, unit_id: int, parent: str | None) -> None:
    draft.parents[unit_id] = None if parent is None else draft.key(parent)


def _draft_place(draft: Draft, place: Place) -> None:
    version = draft.versions[draft.key(place.code)]
    draft.left[version.unit_id] = version.parent_id
    _follow(draft, version.unit_id, place.parent)
    version.parent_id = draft.parents[version.unit_id]
    if version.parent_id == draft.left[version.unit_id]:
        raise Refused(_("%(unit)s stands under this unit already.") % {"unit": version.name})


def _draft_end(draft: Draft, end: End) -> None:
    unit_id = draft.key(end.code)
    draft.heirs[unit_id] = draft.key(end.heir)
    draft.endings[unit_id] = end.members


def _draft_successions(draft: Draft, moves: Sequence[Move]) -> None:
    """Heirs first, then whoever else took something over; nobody twice, and nobody from itself."""
    pairs = list(draft.heirs.items())
    for handed in _each(Pass, moves):
        pairs += [(draft.key(handed.code), draft.key(code)) for code in handed.to]
        draft.shares |= {(draft.key(handed.code), draft.key(code)): share for code, share in handed.shares}
    draft.successions = [pair for pair in dict.fromkeys(pairs) if pair[0] != pair[1]]
    draft.covers = {draft.key(cover.code): cover.areas for cover in _each(Cover, moves)}
    draft.sent = [(draft.key(send.code), draft.key(send.to), send.people) for send in _each(Send, moves)]


def _check_ends(draft: Draft) -> None:
    """Nothing may be left hanging on a unit that ends: no living unit below it, no member come later."""
    for unit_id in [
        *draft.parents.values(),
        *(target_id for _unit_id, target_id, _people in draft.sent),
        *draft.covers,
    ]:
        if unit_id in draft.heirs:
            raise Refused(_("%(unit)s ends by this decision and cannot take over.") % {"unit": draft.names[unit_id]})
    if not draft.heirs:
        return
    below = UnitVersion.objects.filter(parent_id__in=draft.heirs, valid_to__gt=draft.on)
    orphans = below.exclude(unit_id__in=[*draft.heirs, *draft.left])
    orphan = orphans.order_by("name_key").first()
    if orphan:
        raise Refused(
            _("%(child)s still stands under %(unit)s. Please say where each unit below it goes.")
            % {"child": orphan.name, "unit": draft.names[orphan.parent_id or 0]}
        )
    closing = draft.ending(Members.CLOSE)
    if Membership.objects.filter(unit_id__in=closing, started_on__gte=draft.on).exists():
        raise Refused(
            _("Somebody joined a unit on or after %(day)s, the day it ends. Please transfer its members instead.")
            % {"day": short_date(draft.on)}
        )


def _draft_paths(draft: Draft) -> None:
    try:
        moving = [*draft.left, *draft.heirs]
        draft.moved_paths = {draft.paths[unit_id]: draft.tree.path(unit_id) for unit_id in moving}
        for unit_id in draft.founded:
            draft.tree.path(unit_id)
    except Circular as circle:
        raise Refused(
            _("%(unit)s would come to stand below itself, or succeed itself.") % {"unit": draft.names[circle.unit_id]}
        ) from circle
    except TooDeep as depth:
        raise Refused(_("The tree would become deeper than twenty levels.")) from depth
    if draft.moved_paths:
        changed = placing.changed_later(draft.moved_paths, on=draft.on)
        if changed is not None:
            draft.names.setdefault(changed, UnitVersion.objects.filter(unit_id=changed).latest("valid_from").name)
            raise _changed_later(draft, changed)
