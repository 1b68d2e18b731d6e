"""Founding many units at once, as lists of them come: the rules of `actions.units.establish`, in a few statements."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from loa.base.text import fold, sort_key

from ..models import (
    AreaCoverage,
    Enterprise,
    EnterpriseUnit,
    Term,
    Unit,
    UnitEvent,
    UnitFlag,
    UnitKind,
    UnitPlace,
    UnitVersion,
)
from ..models.units import segment
from ..unit_entries import UnitEntry
from .listing import areas
from .taking import area

BATCH = 2_000

Known = tuple[int, str, date]
"""A unit's key, its path, and since when it has a place."""


def found(
    fresh: Sequence[UnitEntry],
    changed: Sequence[UnitEntry],
    *,
    parents: Mapping[str, str],
    known: Mapping[str, Known],
    on: date,
    at: datetime,
) -> None:
    """Write the new units, and the employers of `changed` ones. `parents`: code → code of the unit above, or ""."""
    made = Unit.objects.bulk_create(
        (Unit(code=entry.code, synthetic=entry.synthetic) for entry in fresh), batch_size=BATCH
    )
    keys = {unit.code: unit.pk for unit in made}
    begins = beginnings(fresh, parents, on=on)
    placed: dict[str, Known] = dict(known)
    for entry in fresh:
        _put(entry.code, begins, keys, parents, placed)
    UnitPlace.objects.bulk_create(
        (UnitPlace(unit_id=key, path=placed[code][1], valid_from=placed[code][2]) for code, key in keys.items()),
        batch_size=BATCH,
    )
    _versions(fresh, keys, parents, placed, on, at)
    _employers(fresh, changed, placed, on)
    _coverage(fresh, placed)


def beginnings(fresh: Sequence[UnitEntry], parents: Mapping[str, str], *, on: date) -> dict[str, date]:
    """Since when each new unit is there: its own day; without one, that of the oldest unit below it, or of the list."""
    begins: dict[str, date | None] = {entry.code: entry.established_on for entry in fresh}
    dated = [entry.code for entry in fresh if entry.established_on]
    undated = {entry.code for entry in fresh if not entry.established_on}
    for code in dated:
        day, above = begins[code], parents[code]
        while day and above in undated and ((known := begins[above]) is None or day < known):
            begins[above] = day
            above = parents[above]
    return {code: day or on for code, day in begins.items()}


def _put(
    code: str,
    begins: Mapping[str, date],
    keys: Mapping[str, int],
    parents: Mapping[str, str],
    placed: dict[str, Known],
) -> None:
    """The place of a unit, and of those above it. A unit has no known place before the unit above it has one."""
    if code in placed:
        return
    above = parents[code]
    if above and above not in placed:
        _put(above, begins, keys, parents, placed)
    _key, path, since = placed[above] if above else (0, "", date.min)
    placed[code] = keys[code], path + segment(keys[code]), max(since, begins[code])


def _versions(
    fresh: Sequence[UnitEntry],
    keys: Mapping[str, int],
    parents: Mapping[str, str],
    placed: Mapping[str, Known],
    on: date,
    at: datetime,
) -> None:
    kinds = {kind.code: kind for kind in UnitKind.objects.prefetch_related("default_flags")}
    flags = {name: flag.pk for flag in UnitFlag.objects.all() for name in (fold(flag.name), fold(flag.code))}
    events = _events(fresh, on, at)
    versions = [
        UnitVersion(
            unit_id=keys[entry.code],
            name=entry.name,
            short_name=entry.short_name,
            kind=kinds[entry.kind],
            parent_id=placed[parents[entry.code]][0] if parents[entry.code] else None,
            name_key=sort_key(entry.name)[:500],
            folded=fold(f"{entry.code} {entry.name} {entry.short_name}")[:400],
            valid_from=placed[entry.code][2],
            event=events[entry.decision, entry.established_on or on],
            recorded_at=at,
        )
        for entry in fresh
    ]
    UnitVersion.objects.bulk_create(versions, batch_size=BATCH)
    usual = {code: {flag.pk for flag in kind.default_flags.all()} for code, kind in kinds.items()}
    Link = UnitVersion.flags.through  # noqa: N806 (a model)
    Link.objects.bulk_create(
        (
            Link(unitversion_id=version.pk, unitflag_id=flag)
            for version, entry in zip(versions, fresh, strict=True)
            for flag in sorted(usual[entry.kind] | {flags[fold(name)] for name in entry.flags if fold(name) in flags})
        ),
        batch_size=BATCH,
    )


def _events(fresh: Sequence[UnitEntry], on: date, at: datetime) -> dict[tuple[str, date], UnitEvent]:
    """One event for each decision and day: one decision may found many units."""
    together: dict[tuple[str, date], bool] = {}
    for entry in fresh:
        key = entry.decision, entry.established_on or on
        together[key] = together.get(key, True) and entry.synthetic
    events = {
        (decision, day): UnitEvent(
            kind=UnitEvent.Kind.ESTABLISH, decision=decision, effective_on=day, synthetic=synthetic, recorded_at=at
        )
        for (decision, day), synthetic in together.items()
    }
    UnitEvent.objects.bulk_create(events.values(), batch_size=BATCH)
    return events


def _employers(fresh: Sequence[UnitEntry], changed: Sequence[UnitEntry], placed: Mapping[str, Known], on: date) -> None:
    """The enterprises units work in. A changed one is another row from the day of the list on: earlier figures stay."""
    EnterpriseUnit.objects.filter(unit_id__in=[placed[entry.code][0] for entry in changed], valid_from=on).delete()
    EnterpriseUnit.objects.filter(
        unit_id__in=[placed[entry.code][0] for entry in changed], valid_from__lt=on, valid_to__gt=on
    ).update(valid_to=on)
    terms = _Terms()
    links = [
        (entry, Enterprise(
            name=entry.employer,
            folded=fold(entry.employer)[:300],
            ownership_id=terms.key(Term.Vocabulary.OWNERSHIP, entry.ownership),
            industry_id=terms.key(Term.Vocabulary.FIELD, entry.industry),
            workforce=entry.workforce,
            synthetic=entry.synthetic,
        ), since)
        for entries, first in ((fresh, None), (changed, on))
        for entry in entries
        if entry.employer
        for since in [first or placed[entry.code][2]]
    ]  # fmt: skip
    Enterprise.objects.bulk_create((enterprise for _entry, enterprise, _since in links), batch_size=BATCH)
    EnterpriseUnit.objects.bulk_create(
        (
            EnterpriseUnit(enterprise=enterprise, unit_id=placed[entry.code][0], valid_from=since)
            for entry, enterprise, since in links
        ),
        batch_size=BATCH,
    )


class _Terms:
    """Terms by folded name, made when they are new."""

    def __init__(self) -> None:
        self.known = {
            (vocabulary, fold(word)): key
            for key, vocabulary, code, name in Term.objects.values_list("pk", "vocabulary", "code", "name")
            for word in (name, code)
        }

    def key(self, vocabulary: Term.Vocabulary, name: str) -> int | None:
        folded = fold(name)
        if not folded:
            return None
        if (vocabulary.value, folded) not in self.known:
            made = Term.objects.create(vocabulary=vocabulary, code=folded[:80], name=name)
            self.known[vocabulary.value, folded] = made.pk
        return self.known[vocabulary.value, folded]


def _coverage(fresh: Sequence[UnitEntry], placed: Mapping[str, Known]) -> None:
    words = areas()
    wanted = defaultdict(set)
    for entry in fresh:
        for name in entry.areas:
            wanted[entry.code].add(words.key(name))
    made = {number: area(name).pk for number, name in words.new.items()}

    def rows() -> Iterator[AreaCoverage]:
        for code, found_areas in wanted.items():
            key, _path, since = placed[code]
            for number in sorted(found_areas):
                yield AreaCoverage(unit_id=key, area_id=made.get(number, number), valid_from=since)

    AreaCoverage.objects.bulk_create(rows(), batch_size=BATCH)
