"""Figures counted again by plain code that shares nothing with the measures: no query of theirs, no path, no SQL sum.

Where a unit stands on a day is found from the parents of units and from who took over from whom; the paths that figures
are counted by are never looked at. So an error in either shows as a mismatch.
"""

import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from loa.audience.models import ReachCount
from loa.base.dates import HANOI
from loa.base.periods import Period, year
from loa.newsroom.models import MaterialRequest, Placement, Story
from loa.people.models import Membership, Succession, UnitVersion
from loa.people.queries import node, unit_of
from loa.planning import queries as planning
from loa.planning import registry
from loa.planning.models import Plan
from loa.planning.protocol import Ask
from loa.reports.models import FormVersion, Report

Count = tuple[int, int | None]
"""Numerator, and denominator where there is one."""


@dataclass(frozen=True)
class Life:
    """What a unit was, from a day to a day."""

    first: date
    last: date
    parent: int | None
    kind: str
    flags: frozenset[str]


@dataclass
class World:
    """Everything that figures are counted from, as plain values."""

    lives: dict[int, list[Life]] = field(default_factory=lambda: defaultdict(list))
    heirs: dict[int, tuple[date, int]] = field(default_factory=dict)
    stories: list[dict[str, Any]] = field(default_factory=list)
    placements: dict[int, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    counts: dict[int, dict[date, list[tuple[int, int, int]]]] = field(default_factory=lambda: defaultdict(dict))
    """Year → day of the count → unit, people, confirmed."""
    reports: dict[tuple[int, str, date], date | None] = field(default_factory=dict)
    requests: list[tuple[int, date, str, datetime | None]] = field(default_factory=list)
    """For material: the unit that is asked, the day, how it stands, since when it has ended."""

    def life(self, unit: int, day: date) -> Life | None:
        return next((one for one in self.lives[unit] if one.first <= day < one.last), None)

    def last_life(self, unit: int, day: date) -> Life | None:
        """As it was on the day, or was last when it had ended by then."""
        return max((one for one in self.lives[unit] if one.first <= day), key=lambda one: one.first, default=None)

    def standing(self, unit: int, day: date) -> int | None:
        """The living unit with which `unit` is counted on `day`: itself, or whoever took over; None before it began."""
        if not self.lives[unit] or min(one.first for one in self.lives[unit]) > day:
            return None
        while self.life(unit, day) is None:
            since, heir = self.heirs[unit]
            assert since <= day
            unit = heir
        return unit

    def line(self, unit: int, day: date) -> list[int]:
        """The unit that stands for this one, and all above it, from below."""
        at, line = self.standing(unit, day), []
        while at is not None:
            line.append(at)
            life = self.life(at, day)
            assert life is not None
            at = life.parent
        return line


def load() -> World:
    world = World()
    flags: dict[int, set[str]] = defaultdict(set)
    for version, flag in UnitVersion.flags.through.objects.values_list("unitversion_id", "unitflag__code"):
        flags[version].add(flag)
    rows = UnitVersion.objects.values_list("pk", "unit_id", "valid_from", "valid_to", "parent_id", "kind__code")
    for pk, unit, first, last, parent, kind in rows:
        world.lives[unit].append(Life(first, last, parent, kind, frozenset(flags[pk])))
    heirs = Succession.objects.filter(heir=True)
    for before, after, day in heirs.values_list("predecessor_id", "successor_id", "event__effective_on"):
        world.heirs[before] = day, after
    fields = ("pk", "unit_id", "published_on", "withdrawn_at", "product_type__magazine")
    world.stories = list(Story.objects.filter(published_on__isnull=False).values(*fields))
    seen = ("story_id", "placed_on", "ended_on", "channel__digital", "channel__union_site", "channel__own_fanpage")
    for one in Placement.objects.values(*seen).iterator():
        world.placements[one["story_id"]].append(one)
    columns = ("year", "counted_on", "unit_id", "people", "confirmed")
    for number, day, unit, people, confirmed in ReachCount.objects.values_list(*columns).iterator():
        world.counts[number].setdefault(day, []).append((unit, people, confirmed))
    for unit, kind, first, received in Report.objects.values_list("unit_id", "kind", "first", "received_on"):
        world.reports[unit, kind, first] = received
    world.requests = list(MaterialRequest.objects.values_list("unit_id", "due_on", "state", "ended_at"))
    return world


# --- the definitions, told again


def recount(world: World, key: str, unit: int, *, period: Period, structure: date, as_of: date) -> Count | None:
    """The figure of the measure `key` for the subtree of `unit`; None when nothing was measured."""
    last = min(period.last, as_of)
    rows = list(_RULES[key](world, period.first, last, as_of))
    mine = [(top, below) for owner, top, below in rows if unit in world.line(owner, structure)]
    if key == "audience.confirmed_reach" and not mine:
        return None
    numerator = sum(top for top, _below in mine)
    if key in _PLAIN:
        return numerator, None
    return numerator, sum(below for _top, below in mine)


Rows = Iterator[tuple[int, int, int]]
"""Unit that a row belongs to, what it adds to the numerator, and to the denominator."""


def _out(story: dict[str, Any], as_of: date) -> bool:
    """Published by the end of the day, and not withdrawn by then."""
    withdrawn: datetime | None = story["withdrawn_at"]
    kept = withdrawn is None or withdrawn.astimezone(HANOI).date() > as_of
    return story["published_on"] <= as_of and kept


def _stood(world: World, story: dict[str, Any], as_of: date) -> list[dict[str, Any]]:
    return [
        one for one in world.placements[story["pk"]] if one["placed_on"] <= as_of and one["ended_on"] > one["placed_on"]
    ]


def _items(world: World, first: date, last: date, as_of: date) -> Rows:
    for story in world.stories:
        if not (first <= story["published_on"] <= last and _out(story, as_of)):
            continue
        owner = world.last_life(story["unit_id"], story["published_on"])
        ours = [one for one in _stood(world, story, as_of) if one["channel__union_site"] or one["channel__own_fanpage"]]
        if owner and "upper_level" in owner.flags and ours:
            yield story["unit_id"], 1, 0


def _digital(world: World, first: date, last: date, as_of: date) -> Rows:
    for story in world.stories:
        stood = _stood(world, story, as_of)
        if _out(story, as_of) and stood and first <= min(one["placed_on"] for one in stood) <= last:
            yield story["unit_id"], int(any(one["channel__digital"] for one in stood)), 1


def _magazines(world: World, first: date, last: date, as_of: date) -> Rows:
    for story in world.stories:
        if story["product_type__magazine"] and first <= story["published_on"] <= last and _out(story, as_of):
            yield story["unit_id"], 1, 0


def _requests(world: World, first: date, last: date, _as_of: date) -> Rows:
    for unit, due, state, ended in world.requests:
        by_then = ended is not None and ended.astimezone(HANOI).date() <= due
        if first <= due <= last and not (by_then and state == "withdrawn"):
            yield unit, int(by_then and state == "answered"), 1


def _reach(world: World, first: date, last: date, as_of: date) -> Rows:
    counted = [day for day in world.counts[last.year] if first <= day <= last]
    for unit, people, confirmed in world.counts[last.year][max(counted)] if counted else ():
        yield unit, confirmed, people


def _on_time(world: World, first: date, last: date, as_of: date) -> Rows:
    plan = planning.plan_on(last)
    if plan is None:
        return
    for kind in planning.period_kinds(plan):
        levels = {level.pk for level in kind.levels.all()}
        for number in range(plan.first.year, plan.last.year + 1):
            due, covered = kind.due_on(number), kind.of(number)
            forms = _forms(plan, kind.code, due)
            if not first <= due <= last or not any(form.measured for form in forms):
                continue
            for unit in list(world.lives):
                on_level = all(_level(world, plan, unit, day) in levels for day in (covered.last, due))
                if on_level and any(_asked(world, form, unit, due) for form in forms):
                    received = world.reports.get((unit, kind.code, covered.first))
                    yield unit, int(received is not None and received <= due), 1


def _forms(plan: Plan, kind: str, due: date) -> list[FormVersion]:
    """The newest version of each form on the due day."""
    newest: dict[str, FormVersion] = {}
    for form in _all_forms(plan):
        if form.kind == kind and form.valid_from <= due:
            known = newest.get(form.code)
            if known is None or known.valid_from < form.valid_from:
                newest[form.code] = form
    return list(newest.values())


def _asked(world: World, form: FormVersion, unit: int, day: date) -> bool:
    """Whether the form is meant for a unit of this kind, with these flags and so many members."""
    rule, life = form.form.owed_by, world.life(unit, day)
    if life is None or (rule.kinds and life.kind not in rule.kinds):
        return False
    if rule.flags and not life.flags & set(rule.flags):
        return False
    if rule.members_at_least is None and rule.members_at_most is None:
        return True
    days = Membership.objects.filter(unit_id=unit, standing="member").values_list("started_on", "ended_on")
    size = sum(start <= day < end for start, end in days)
    least, most = rule.members_at_least, rule.members_at_most
    return (least is None or size >= least) and (most is None or size <= most)


def _level(world: World, plan: Plan, unit: int, day: date) -> int | None:
    """The level of the plan to which the unit belongs on the day: the first that means it (decision 19)."""
    life = world.life(unit, day)
    if life is None:
        return None
    for pk, root, flag, kind in _levels(plan):
        if root:
            if world.standing(plan.issuer_id, day) == unit:
                return pk
        elif flag in life.flags if flag else kind == life.kind:
            return pk
    return None


def _all_forms(plan: Plan) -> list[FormVersion]:
    return list(FormVersion.objects.filter(plan=plan))


def _levels(plan: Plan) -> list[tuple[int, bool, str, str]]:
    return list(plan.levels.order_by("position").values_list("pk", "root", "flag", "kind"))


_RULES = {
    "newsroom.items": _items,
    "newsroom.digital_share": _digital,
    "newsroom.magazines": _magazines,
    "newsroom.requests_on_time": _requests,
    "audience.confirmed_reach": _reach,
    "reports.on_time": _on_time,
}
_PLAIN = {"newsroom.items", "newsroom.magazines"}


def known() -> list[str]:
    """The measures that are told again here."""
    return sorted(_RULES)


# --- the comparison


@dataclass(frozen=True, kw_only=True)
class Mismatch:
    key: str
    unit: int
    ask: Ask
    figure: Count | None
    counted: Count | None


def compare(world: World, key: str, unit: int, *, period: Period, structure: date, as_of: date) -> Iterator[Mismatch]:
    """The figure of a living unit, and those of all its children, beside the plain count."""
    measure = registry.measure(key)
    assert measure is not None
    path = node(unit, on=structure).path
    ask = Ask(path=path, period=period, structure=structure, as_of=as_of)
    figures = measure.figures(ask)
    whole = None if figures is None else _sum((one.numerator, one.denominator) for one in figures)
    counted = recount(world, key, unit, period=period, structure=structure, as_of=as_of)
    if not _same(whole, counted):
        yield Mismatch(key=key, unit=unit, ask=ask, figure=whole, counted=counted)
    for figure in figures or ():
        child = unit_of(figure.path)
        if child == unit:
            continue
        part = recount(world, key, child, period=period, structure=structure, as_of=as_of)
        if not _same((figure.numerator, figure.denominator), part):
            given = figure.numerator, figure.denominator
            yield Mismatch(key=key, unit=child, ask=ask, figure=given, counted=part)


def _sum(parts: Iterable[Count]) -> Count:
    numerator, denominator = 0, None
    for top, below in parts:
        numerator += top
        if below is not None:
            denominator = (denominator or 0) + below
    return numerator, denominator


def _same(figure: Count | None, counted: Count | None) -> bool:
    """An empty sum says nothing of a denominator; "not yet measured" must not hide anything that was counted."""
    figure, counted = figure or (0, 0), counted or (0, 0)
    return figure[0] == counted[0] and (figure[1] or 0) == (counted[1] or 0)


def run(*, figures: int, seed: int) -> None:
    """`figures` random figures of the database of the settings: measure, unit, period, structure and as-of day."""
    rng = Random(seed)
    begun = time.perf_counter()
    world = load()
    first = min(life.first for lives in world.lives.values() for life in lives)
    today = timezone.localdate()
    days = max(1, (today - first).days)
    done = wrong = 0
    while done < figures:
        structure = first + timedelta(days=rng.randrange(days + 1))
        as_of = first + timedelta(days=rng.randrange(days + 1))
        living = [unit for unit in world.lives if world.life(unit, structure)]
        if not living:
            continue
        upper = sorted({world.life(unit, structure).parent for unit in living} - {None})  # type: ignore[union-attr]
        unit = rng.choice(upper if upper and rng.random() < 0.7 else sorted(living))
        key, period = rng.choice(known()), year(as_of.year)
        done += 1
        for one in compare(world, key, unit, period=period, structure=structure, as_of=as_of):
            wrong += 1
            print(f"{one.key} unit {one.unit}, structure {structure}, as of {as_of}: {one.figure} / {one.counted}")
    took = time.perf_counter() - begun
    print(f"{done:,} figures recounted with those of their children, {wrong} mismatches, {took:.0f} s (seed {seed})")
    if wrong:
        sys.exit(1)
