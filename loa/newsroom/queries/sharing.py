"""Stories shared between units: what is offered to somebody's units, who took what, what became of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from loa.base.text import fold
from loa.people.models import Unit, UnitKind, UnitPlace, UnitVersion
from loa.people.models.units import UnitPlaceQuerySet
from loa.people.policies import Scope, units_on

from ..models import Offer, SharedStory, Story
from ..models.sharing import OfferQuerySet
from .requests import own_units
from .staff import named_units

PAGE = 30
NEW, TAKEN, DECLINED = "moi", "nhan", "khong"
ANSWERS = (NEW, TAKEN, DECLINED)


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A story that is offered, and what one's own units have made of it."""

    offer: Any
    answers: Sequence[SharedStory] = ()


@dataclass(frozen=True, kw_only=True)
class OfferPage:
    """Some offers, and the key after which the next ones begin ("" on the last page)."""

    rows: list[Offered] = field(default_factory=list)
    after: str = ""


def offers_to(
    scope: Scope, *, at: datetime, answer: str = NEW, words: str = "", theme: str = "", after: str = ""
) -> OfferPage:
    """What is offered to one's own units and out now, the newest first; each story once."""
    reaching = _reaching(Offer.objects.standing(), scope)
    newer = reaching.filter(story=OuterRef("story"), pk__gt=OuterRef("pk"))
    public = Story.objects.public(at).filter(pk=OuterRef("story"))
    found = _answered(reaching.filter(Exists(public), ~Exists(newer)), scope, answer)
    for word in fold(words).split():
        found = found.filter(story__folded_title__contains=word)
    if theme:
        found = found.filter(story__themes__code=theme)
    if after.isascii() and after.isdigit() and len(after) < 19:
        found = found.filter(pk__lt=int(after))
    rows = list(_told(found).order_by("-pk")[: PAGE + 1])
    shown = rows[:PAGE]
    answers = _answers((row.story_id for row in shown), scope)
    return OfferPage(
        rows=[Offered(offer=row, answers=answers.get(row.story_id, [])) for row in shown],
        after=str(shown[-1].pk) if len(rows) > PAGE else "",
    )


def new_offers(scope: Scope, *, at: datetime, limit: int) -> list[Any]:
    """What is offered to one's own units and not answered yet, the newest first."""
    return [row.offer for row in offers_to(scope, at=at).rows[:limit]]


def offered(pk: int, scope: Scope) -> Offered:
    """An offer that reaches one's own units, or was answered by one below; standing or ended.

    With the answers of one's own units, and those below whose words wait. Raises Offer.DoesNotExist.
    """
    places = scope.places().values("unit_id")
    answered = SharedStory.objects.filter(offer=OuterRef("pk"), unit_id__in=places)
    known = Offer.objects.filter(Exists(answered)) | _reaching(Offer.objects.all(), scope)
    offer = _told(known).get(pk=pk)
    waiting = Q(proposed_by__isnull=False, unit_id__in=places)
    return Offered(offer=offer, answers=_answers([offer.story_id], scope, also=waiting).get(offer.story_id, []))


def reaches(offer: Offer, unit_id: int, *, on: date) -> bool:
    """Whether the offer means this living unit today."""
    return _meant(offer, on=on).filter(unit_id=unit_id).exists()


def _meant(offer: Offer, *, on: date) -> UnitPlaceQuerySet:
    """The living units that an offer means on a day; a story is never offered to the unit it belongs to."""
    path = UnitPlace.objects.on(on).filter(unit_id=offer.unit_id).values_list("path", flat=True).first()
    if path is None:
        return UnitPlace.objects.none()
    found = UnitPlace.objects.on(on).under(path).filter(living=True).exclude(unit_id=offer.story.unit_id)
    if offer.reach == Offer.Reach.UNIT:
        found = found.filter(unit_id=offer.unit_id)
    elif offer.reach == Offer.Reach.BELOW:
        found = found.exclude(unit_id=offer.unit_id)
    if offer.kind_id:
        of_kind = UnitVersion.objects.on(on).filter(kind_id=offer.kind_id)
        found = found.filter(unit_id__in=of_kind.values("unit_id"))
    return found


def _reaching(offers: OfferQuerySet, scope: Scope) -> OfferQuerySet:
    """Those that mean one of one's own units: `_meant` asked from the other end, for all offers at once."""
    if scope.everything:
        return offers
    own = own_units(scope)
    kinds = dict(UnitVersion.objects.on(scope.on).filter(unit_id__in=own).values_list("unit_id", "kind_id"))
    reach = Q(pk__in=[])
    for path in scope.paths:
        *above, here = units_on(path)
        to_it = Q(unit_id=here, reach__in=[Offer.Reach.UNIT, Offer.Reach.BRANCH])
        from_above = Q(unit_id__in=above, reach__in=[Offer.Reach.BELOW, Offer.Reach.BRANCH])
        meant = Q(kind__isnull=True) | Q(kind_id=kinds.get(here))
        reach |= (to_it | from_above) & meant & ~Q(story__unit_id=here)
    return offers.filter(reach)


def _answered(offers: OfferQuerySet, scope: Scope, answer: str) -> OfferQuerySet:
    mine = SharedStory.objects.filter(story=OuterRef("story"), unit_id__in=own_units(scope))
    said = mine.filter(state__in=[SharedStory.State.SHOWN, SharedStory.State.DECLINED])
    if answer == NEW:
        return offers.filter(~Exists(said))
    if answer in ANSWERS:
        state = SharedStory.State.SHOWN if answer == TAKEN else SharedStory.State.DECLINED
        return offers.filter(Exists(mine.filter(state=state)))
    return offers


def _told(offers: OfferQuerySet) -> QuerySet[Any]:
    """With the story, and what its unit was called last."""
    versions = UnitVersion.objects.filter(unit=OuterRef("story__unit")).order_by("-valid_from")
    named = offers.annotate(unit_name=Subquery(versions.values("name")[:1]))
    return named.select_related("story__product_type")


def _answers(story_ids: Iterable[int], scope: Scope, *, also: Q | None = None) -> dict[int, list[SharedStory]]:
    found: dict[int, list[SharedStory]] = {}
    mine = Q(unit_id__in=own_units(scope))
    rows = SharedStory.objects.filter(mine | also if also else mine, story_id__in=list(story_ids))
    for one in _with_unit_name(rows, on=scope.on).select_related("story", "proposed_by").order_by("pk"):
        found.setdefault(one.story_id, []).append(one)
    return found


def _with_unit_name(rows: QuerySet[SharedStory], *, on: date) -> QuerySet[Any]:
    """Adds `unit_name`, and `words_hold`: whether readers see the unit's own words."""
    versions = UnitVersion.objects.filter(unit=OuterRef("unit"), valid_from__lte=on).order_by("-valid_from")
    seen = SharedStory.objects.worded(on).filter(pk=OuterRef("pk"))
    named = rows.annotate(unit_name=Subquery(versions.values("name")[:1]), words_hold=Exists(seen))
    return named.select_related("owing__fact")


def taking_units(offer: Offer, scope: Scope) -> QuerySet[Unit]:
    """Those of one's own units that an offer means, with their names; for who may do everything, all it means."""
    meant = _meant(offer, on=scope.on)
    if not scope.everything:
        meant = meant.filter(unit_id__in=own_units(scope))
    return named_units(on=scope.on).filter(pk__in=meant.values("unit_id"))


def shared_story(pk: int, scope: Scope) -> SharedStory:
    """Raises SharedStory.DoesNotExist, also for one of a unit outside the scope."""
    found: SharedStory = scope.narrow(SharedStory.objects.select_related("story")).get(pk=pk)
    return found


def is_public(story: Story, *, at: datetime) -> bool:
    return Story.objects.public(at).filter(pk=story.pk).exists()


def offer_of(pk: int) -> Offer:
    """Raises Offer.DoesNotExist."""
    return Offer.objects.select_related("story").get(pk=pk)


def offers_of(story: Story, *, on: date) -> list[Any]:
    """To whom a story is offered now, the newest first."""
    versions = UnitVersion.objects.filter(unit=OuterRef("unit"), valid_from__lte=on).order_by("-valid_from")
    named = Offer.objects.standing().filter(story=story).annotate(unit_name=Subquery(versions.values("name")[:1]))
    return list(named.select_related("kind", "offered_by").order_by("-pk"))


@dataclass(frozen=True, kw_only=True)
class SharedPage:
    rows: list[Any] = field(default_factory=list)
    after: str = ""


def shown_by(story: Story, *, on: date, after: str = "", limit: int = PAGE) -> SharedPage:
    """What units made of a story, the latest answer first; `living` is false where the unit has ended since."""
    living = UnitPlace.objects.on(on).filter(unit=OuterRef("unit"), living=True)
    found = _with_unit_name(SharedStory.objects.filter(story=story), on=on).annotate(living=Exists(living))
    if after.isascii() and after.isdigit() and len(after) < 19:
        found = found.filter(pk__lt=int(after))
    rows = list(found.select_related("unit", "story").order_by("-pk")[: limit + 1])
    return SharedPage(rows=rows[:limit], after=str(rows[limit - 1].pk) if len(rows) > limit else "")


def words_to_agree(scope: Scope, *, limit: int) -> list[Any]:
    """Own headings that wait for somebody who approves within the scope."""
    waiting = scope.narrow(SharedStory.objects.filter(proposed_by__isnull=False))
    return list(_with_unit_name(waiting, on=scope.on).select_related("story").order_by("pk")[:limit])


def words_to_check(scope: Scope, *, limit: int) -> list[Any]:
    """Own headings of one's own units written before a correction of the story, or of a fact that they repeat."""
    mine = SharedStory.objects.filter(unit_id__in=own_units(scope), state=SharedStory.State.SHOWN)
    doubted = Q(worded_at__lte=F("story__corrected_at")) | Q(owing__isnull=False)
    old = _with_unit_name(mine.filter(doubted, proposed_by__isnull=True), on=scope.on)
    return list(old.select_related("story").order_by("-wrong", "story__corrected_at", "pk")[:limit])


def sharing_news(scope: Scope, *, since: datetime, limit: int) -> list[Any]:
    """What changed lately of stories that one's own units show or showed: corrected, or ended by others."""
    mine = SharedStory.objects.filter(unit_id__in=own_units(scope))
    corrected = Q(state=SharedStory.State.SHOWN, story__corrected_at__gte=since)
    ended = Q(state=SharedStory.State.ENDED, since__gte=since, decided_by__isnull=True)
    return list(mine.filter(corrected | ended).select_related("story").order_by("-since", "-pk")[:limit])


def line_of(story: Story, *, on: date) -> list[Unit]:
    """The story's unit and those above it with their names, from the root down."""
    place = UnitPlace.objects.on(on).filter(unit_id=story.unit_id).values_list("path", flat=True).first() or ""
    order = units_on(place)
    found = {unit.pk: unit for unit in named_units(on=on).filter(pk__in=order)}
    return [found[pk] for pk in order if pk in found]


def units_below(unit_ids: Iterable[int], *, on: date) -> QuerySet[Unit]:
    """The living units directly below these, with their names."""
    below = UnitVersion.objects.on(on).filter(parent_id__in=list(unit_ids))
    return named_units(on=on).filter(pk__in=below.values("unit_id"))


def kinds_below(unit_id: int, *, on: date) -> QuerySet[UnitKind]:
    """The kinds of the living units below a unit, from the top level down."""
    path = UnitPlace.objects.on(on).filter(unit_id=unit_id).values_list("path", flat=True).first() or "-"
    below = UnitPlace.objects.on(on).under(path).filter(living=True).exclude(unit_id=unit_id)
    of_units = UnitVersion.objects.on(on).filter(unit_id__in=below.values("unit_id"))
    return UnitKind.objects.filter(pk__in=of_units.values("kind")).order_by("level", "name")


def section_words(story_id: int, code: str, *, on: date) -> Any:
    """How the living unit with this code shows the story, as `_with_unit_name` has it; None when it does not."""
    living = UnitPlace.objects.on(on).filter(unit=OuterRef("unit"), living=True)
    shown = SharedStory.objects.filter(Exists(living), story_id=story_id, unit__code=code)
    named = _with_unit_name(shown.filter(state=SharedStory.State.SHOWN), on=on)
    return named.select_related("story", "unit").first()
