"""Facts that stories share: those one may use, one with its history, the stories and places that state it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from loa.base.text import fold
from loa.people.models import Account, UnitPlace, UnitVersion
from loa.people.policies import Scope, units_on
from loa.planning import queries as planning
from loa.planning.models import Task

from ..models import FactUse, FactVersion, Placement, SharedFact, Story, StoryWords
from ..stating import Stated, forms
from ..words import Asked
from .readings import LABELS, readings, texts_of
from .requests import own_units

PAGE = 30
CHOICES = 12
FORMERS, READ = 3, 60
_PER_PERIOD = re.compile(r"(?<=[^\W\d])/")
"""What stands before the slash of "đồng/tháng" is what every text says."""
PENDING, RETIRED = "cho", "thoi-dung"


@dataclass(frozen=True, kw_only=True)
class FactPage:
    """Some facts, and the key after which the next ones begin ("" on the last page)."""

    rows: Sequence[Any]
    after: str = ""


def facts_within(
    scope: Scope, *, words: str = "", state: str = "", theme_id: int | None = None, after: str = ""
) -> FactPage:
    """Facts of the units of the scope and of those above it, by name: one query.

    Each with `value`, `valid_from` and `source` as it should read, `before` (`_until_then`), and with `pending`, the
    number of stories of the scope that do not say so yet.
    """
    found = _seen(scope).filter(folded_name__contains=fold(words)) if words else _seen(scope)
    found = found.filter(retired_at__isnull=state != RETIRED)
    if theme_id:
        found = found.filter(theme_id=theme_id)
    pending = scope.narrow(FactUse.objects.pending().filter(fact=OuterRef("pk")), unit="story__unit")
    if state == PENDING:
        found = found.filter(Exists(pending))
    if seen := _place(after):
        found = found.filter(Q(folded_name__gt=seen[0]) | Q(folded_name=seen[0], pk__gt=seen[1]))
    number = pending.order_by().values("fact").annotate(number=Count("pk")).values("number")
    counted = _until_then(_reading_now(found), on=scope.on).annotate(
        pending=Coalesce(Subquery(number, output_field=IntegerField()), 0)
    )
    rows = list(counted.order_by("folded_name", "pk")[: PAGE + 1])
    more = f"{rows[PAGE - 1].pk}.{rows[PAGE - 1].folded_name}" if len(rows) > PAGE else ""
    return FactPage(rows=rows[:PAGE], after=more)


def _place(after: str) -> tuple[str, int] | None:
    pk, _dot, name = after.partition(".")
    return (name, int(pk)) if pk.isascii() and pk.isdigit() and len(pk) < 19 else None


def shared_fact(pk: int, scope: Scope) -> Any:
    """Raises SharedFact.DoesNotExist, also for what is not to be seen from this scope."""
    return _until_then(_reading_now(_seen(scope)), on=scope.on).select_related("theme").get(pk=pk)


def _seen(scope: Scope) -> QuerySet[SharedFact]:
    versions = UnitVersion.objects.filter(unit=OuterRef("unit"), valid_from__lte=scope.on).order_by("-valid_from")
    named = SharedFact.objects.annotate(unit_name=Subquery(versions.values("name")[:1]))
    if scope.everything:
        return named
    above = {unit_id for path in scope.paths for unit_id in units_on(path)}
    return named.filter(Q(unit_id__in=above) | Q(unit_id__in=scope.places().values("unit_id")))


def _reading_now(found: QuerySet[SharedFact]) -> QuerySet[SharedFact]:
    now = FactVersion.objects.standing().filter(fact=OuterRef("pk"))
    told = {name: Subquery(now.values(name)[:1]) for name in ("value", "valid_from", "source", "source_url")}
    return found.annotate(now_id=Subquery(now.values("pk")[:1]), **told)


def _until_then(found: QuerySet[SharedFact], *, on: date) -> QuerySet[SharedFact]:
    """Adds `before`: how a fact reads on a day on which the newest value is still to come, "" when it holds already."""
    standing = FactVersion.objects.standing().filter(fact=OuterRef("pk"))
    in_force = Subquery(standing.filter(valid_from__lte=on).values("value")[:1])
    return found.annotate(before=Case(When(valid_from__gt=on, then=in_force), default=Value("")))


def fact_history(fact: SharedFact) -> list[FactVersion]:
    """All its versions, the last recorded first, each with what corrected it."""
    return list(fact.versions.select_related("recorded_by", "corrected_by").order_by("-pk"))


def standing_versions(fact: SharedFact) -> QuerySet[FactVersion]:
    """Those that were not found wrong, the one that texts should state first."""
    return FactVersion.objects.standing().filter(fact=fact)


def usable_facts(unit_id: int, *, on: date) -> QuerySet[SharedFact]:
    """What a story of this unit may use: facts of the unit itself and of those above it, as they read now."""
    place = UnitPlace.objects.on(on).filter(unit_id=unit_id).values_list("path", flat=True).first() or ""
    return _reading_now(SharedFact.objects.filter(unit_id__in=units_on(place), retired_at__isnull=True))


def facts_to_choose(unit_ids: Iterable[int], *, words: str, on: date) -> list[Any]:
    """The first facts that stories of one of these units may use, found by name or by how they read now."""
    paths = UnitPlace.objects.on(on).filter(unit_id__in=list(unit_ids)).values_list("path", flat=True)
    along = {unit_id for path in paths for unit_id in units_on(path)}
    found = _until_then(_reading_now(SharedFact.objects.filter(unit_id__in=along, retired_at__isnull=True)), on=on)
    if words:
        found = found.filter(Q(folded_name__contains=fold(words)) | Q(value__icontains=words))
    return list(found.order_by("folded_name", "pk")[:CHOICES])


@dataclass(frozen=True, kw_only=True)
class Edition:
    """What one edition of a story says of a fact."""

    label: str
    now: bool
    former: str


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a story still stands that people put up by hand, and what is to be done about it."""

    placement: Placement
    task: Task | None = None


@dataclass(frozen=True, kw_only=True)
class Using:
    """A story that uses a fact, what its editions say of it, and where else it stands."""

    use: FactUse
    editions: tuple[Edition, ...]
    places: tuple[Place, ...] = ()
    now: FactVersion
    before: FactVersion | None = None
    """What is right until `now` holds, where that day is still to come."""
    on: date

    @property
    def story(self) -> Story:
        return self.use.story

    @property
    def tone(self) -> str:
        """ "bad" for what is wrong today, "warn" for what will be, "good" for what is in order."""
        if not self.use.owing_id:
            return "good"
        return "warn" if not self.use.wrong and self.now.coming(self.on) else "bad"

    @property
    def kept(self) -> bool:
        """Somebody decided that it stays as it is."""
        return (self.use.kept_id or 0) >= self.now.pk and not self.use.owing_id

    @property
    def misquotes(self) -> bool:
        """Its text says the value, but readers see a source that was found wrong."""
        now, former = (any(getattr(one, name) for one in self.editions) for name in ("now", "former"))
        return bool(self.use.owing_id) and now and not former

    @property
    def says(self) -> list[Edition]:
        return [edition for edition in self.editions if edition.now or edition.former]


@dataclass(frozen=True, kw_only=True)
class UsePage:
    rows: Sequence[Using]
    after: str = ""


def uses_of_fact(fact: SharedFact, scope: Scope, *, pending: bool, after: str = "") -> UsePage:
    """Stories of the scope that use the fact: those that do not say it yet, or all others, the newest first."""
    found = FactUse.objects.filter(fact=fact)
    waiting = FactUse.objects.pending().filter(fact=fact)
    found = waiting if pending else found.exclude(pk__in=waiting.values("pk"))
    found = scope.narrow(found, unit="story__unit").select_related("story__product_type", "kept_by", "owing")
    if after.isascii() and after.isdigit() and len(after) < 19:
        found = found.filter(pk__lt=int(after))
    rows = list(found.order_by("-pk")[: PAGE + 1])
    more = str(rows[PAGE - 1].pk) if len(rows) > PAGE else ""
    return UsePage(rows=_using(rows[:PAGE], on=scope.on), after=more)


def uses_of_story(story: Story, *, on: date) -> list[Using]:
    """The facts that a story uses, by name, with what it says of them."""
    uses = FactUse.objects.filter(story=story, removed_at__isnull=True)
    found = uses.select_related("fact", "story", "kept_by", "owing")
    return _using(list(found.order_by("fact__folded_name", "pk")), on=on)


def _using(uses: list[FactUse], *, on: date) -> list[Using]:
    known = readings({use.fact_id for use in uses})
    texts = texts_of({use.story_id: use.story for use in uses}.values())
    places = _places([use.story_id for use in uses if use.story.withdrawn_at is None])
    found = []
    for use in uses:
        reads, written = known[use.fact_id], texts[use.story_id]
        told = reads.of(written.public or written.draft or {}).editions
        editions = tuple(_edition(one) for one in told)
        place = tuple(places.get(use.story_id, ()))
        before = reads.in_force(on) if reads.now.coming(on) else None
        found.append(Using(use=use, editions=editions, places=place, now=reads.now, before=before, on=on))
    return found


def _edition(told: Stated) -> Edition:
    return Edition(label=str(LABELS[told.edition]), now=told.now, former=told.former)


def _places(story_ids: Iterable[int]) -> dict[int, list[Place]]:
    """Where the stories stand that people put up by hand, with what is to be done about each: two queries."""
    standing = Placement.objects.standing().filter(story_id__in=list(story_ids), channel__own_site=False)
    placements = list(standing.select_related("channel").order_by("story_id", "pk"))
    tasks = planning.tasks_about([placement.ref for placement in placements])
    found: dict[int, list[Place]] = defaultdict(list)
    for placement in placements:
        found[placement.story_id].append(Place(placement=placement, task=tasks.get(placement.ref)))
    return found


def stating_unnoticed(fact: SharedFact, scope: Scope) -> list[Story]:
    """Stories of the scope that are out and say a former value, though they do not use the fact: the newest of them.

    Looked for by the index of the search in every form of its number, then read with the words of their pictures and
    clips. At most `FORMERS` values and `READ` stories of each: a fixed number of queries.
    """
    reads = readings([fact.pk])[fact.pk]
    hits: set[int] = set()
    for version in reads.outdated()[:FORMERS]:
        asked = _asked(version)
        rows = StoryWords.objects.filter(body__hasany=asked).order_by("-at", "-story_id")
        hits.update(rows.values_list("story_id", flat=True)[:READ] if asked else [])
    if not hits:
        return []
    below = UnitPlace.objects.on(scope.on).filter(unit_id=fact.unit_id).values_list("path", flat=True)
    within = Scope(on=scope.on, paths=tuple(below)).narrow(scope.narrow(Story.objects.filter(pk__in=hits, live=True)))
    found = list(within.exclude(pk__in=FactUse.objects.filter(fact=fact).values("story_id")).newest_first())
    texts = texts_of(found)
    told = [one for one in found if any(said.former for said in reads.of(texts[one.pk].public or {}).editions)]
    return told[:CHOICES]


def _asked(version: FactVersion) -> list[list[str]]:
    """The words of each form of a value; the last may go on, for "4.140.000đ" is written as one word."""
    asked = [Asked.read(_PER_PERIOD.split(form)[0]) for wording in version.wordings for form in forms(wording)]
    return [[*one.beginning, *one.pairs[:-1], *(f"{pair}*" for pair in one.pairs[-1:])] for one in asked if one]


def places_owing(version_id: int) -> list[Placement]:
    """Where stories stand, put up by hand, that say what this version of a fact corrects, or do not say it yet."""
    wrong = Q(wrong=True, fact__versions=version_id, fact__versions__corrects__isnull=False)
    owing = FactUse.objects.filter(Q(owing=version_id) | wrong, owing__isnull=False, story__withdrawn_at__isnull=True)
    standing = Placement.objects.standing().filter(story_id__in=owing.values("story_id"), channel__own_site=False)
    return list(standing.select_related("channel", "story__unit").order_by("pk"))


def number_pending(fact: SharedFact) -> int:
    """How many stories do not say it yet."""
    return FactUse.objects.pending().filter(fact=fact).count()


def open_to_decide(rows: Sequence[Using], writes: Scope, approves: Scope) -> set[int]:
    """The keys of those uses that whoever has these scopes may leave as they are: two queries at most."""
    wanted = {row.story.unit_id for row in rows if row.use.owing_id}
    if not wanted:
        return set()
    units = [
        set(reach.places().filter(unit_id__in=wanted).values_list("unit_id", flat=True)) for reach in (writes, approves)
    ]
    return {
        row.use.pk for row in rows if row.use.owing_id and row.story.unit_id in units[row.use.wrong and row.story.live]
    }


def fact_version(pk: int) -> FactVersion:
    """Raises FactVersion.DoesNotExist."""
    return FactVersion.objects.select_related("fact", "corrects").get(pk=pk)


def fact_use(pk: int) -> FactUse:
    """Raises FactUse.DoesNotExist."""
    return FactUse.objects.select_related("story", "fact", "owing").get(pk=pk)


@dataclass(frozen=True, kw_only=True)
class ToRestate:
    """A story that does not say a fact as it reads now."""

    story_id: int
    title: str
    fact: str
    value: str
    """What is right today where it says what never was, otherwise what is to come."""
    due_on: date
    """From when it holds, or today where what it says was never right."""
    drafted: bool
    """A draft says it already."""
    source: str = ""
    """Where it is written, when only that was corrected."""


def to_restate(account: Account, scope: Scope, *, limit: int) -> list[ToRestate]:
    """What the account has to change: its own stories, and in its own units those of people who are gone.

    What was never right comes first, then the day from which the value holds.
    """
    left = (Q(story__author__isnull=True) | Q(story__author__is_active=False)) & Q(story__unit_id__in=own_units(scope))
    mine = FactUse.objects.pending().filter(Q(story__author=account) | left)
    uses = mine.select_related("story", "fact", "owing__corrects").order_by("-wrong", "owing__valid_from", "pk")
    found = list(uses[:limit])
    known = readings({use.fact_id for use in found})
    return [
        ToRestate(
            story_id=use.story_id,
            title=use.story.title,
            fact=use.fact.name,
            value=((known[use.fact_id].in_force(scope.on) if use.wrong else None) or use.owing).value,
            due_on=scope.on if use.wrong else max(use.owing.valid_from, scope.on),
            drafted=use.ready,
            source=use.owing.source if use.wrong and use.owing.of_source_alone else "",
        )
        for use in found
        if use.owing is not None
    ]


def stating_former(story_ids: Iterable[int]) -> dict[int, str]:
    """Of these stories those with a fact that neither they nor their drafts say, each as "bad" or "warn"."""
    uses = FactUse.objects.pending().filter(story_id__in=list(story_ids), ready=False)
    tones: dict[int, str] = {}
    for story_id, wrong in uses.order_by("wrong").values_list("story_id", "wrong"):
        tones[story_id] = "bad" if wrong else "warn"
    return tones


def facts_for_check(fact_ids: Iterable[int], scope: Scope) -> list[SharedFact]:
    """Facts chosen in an editor, as far as they are to be seen from there."""
    return list(_seen(scope).filter(pk__in=list(fact_ids)).order_by("folded_name", "pk"))
