"""Products that may be one: suggestions, never decisions."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from loa.people.policies import Scope

from ..likeness import ALIKE, alike, pieces
from ..models import LikenessDecision, Story, StoryBand

SHOWN = 20
_NEWEST = 200
"""How many of the newest stories are compared with everything before them."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two stories that look alike: the later one, the one that was out first, and how alike they are in percent."""

    later: Story
    earlier: Story
    percent: int

    @property
    def stories(self) -> tuple[Story, Story]:
        return self.earlier, self.later


def suggestions(reach: Scope, *, before: int = 0, limit: int = SHOWN) -> tuple[list[Pair], int]:
    """Pairs within `reach` that nobody has decided about, newest first, and the key to go on from (0 at the end).

    Candidates come from shared bands in the database; the texts of these alone are compared: a fixed number of queries.
    """
    later = _countable(reach)
    if before:
        later = later.filter(pk__lt=before)
    keys = list(later.order_by("-pk").values_list("pk", flat=True)[:_NEWEST])
    found = _candidates(keys, reach)
    stories = {story.pk: story for story in _shown(found)}
    cut = {pk: pieces(" ".join(story.editions.values())) for pk, story in stories.items()}
    pairs = [_pair(stories[one], stories[other], cut) for one, other in found if one in stories and other in stories]
    alike_ones = [pair for pair in pairs if pair.percent >= ALIKE * 100]
    alike_ones.sort(key=lambda pair: (-pair.later.pk, -pair.percent))
    return alike_ones[:limit], keys[-1] if len(keys) == _NEWEST else 0


def _countable(reach: Scope) -> QuerySet[Story]:
    counted = Story.objects.filter(published_on__isnull=False, withdrawn_at__isnull=True, same_as__isnull=True)
    return reach.narrow(counted)


def _candidates(keys: list[int], reach: Scope) -> list[tuple[int, int]]:
    """Pairs of keys that share at least two bands, without those that somebody decided about."""
    mine = StoryBand.objects.filter(story__in=keys)
    shared = (
        StoryBand.objects.filter(story__in=_countable(reach).values("pk"))
        .filter(Q(band__in=mine.values("band"), value__in=mine.values("value")))
        .values_list("band", "value", "story")
    )
    by_band: dict[tuple[int, int], list[int]] = {}
    for band, value, story in shared:
        by_band.setdefault((band, value), []).append(story)
    wanted: set[int] = set(keys)
    times: dict[tuple[int, int], int] = {}
    for together in by_band.values():
        for one in together:
            for other in together:
                if other < one and (one in wanted or other in wanted):
                    times[one, other] = times.get((one, other), 0) + 1
    decided = set(
        LikenessDecision.objects.filter(Q(first__in=keys) | Q(second__in=keys)).values_list("second", "first")
    )
    return sorted(pair for pair, count in times.items() if count >= 2 and pair not in decided)


def _shown(pairs: list[tuple[int, int]]) -> QuerySet[Any]:
    keys = {key for pair in pairs for key in pair}
    return Story.objects.filter(pk__in=keys).with_unit_name().select_related("product_type")


def _pair(one: Story, other: Story, cut: dict[int, frozenset[int]]) -> Pair:
    earlier, later = sorted((one, other), key=lambda story: (story.published_on, story.pk))
    return Pair(later=later, earlier=earlier, percent=round(100 * alike(cut[one.pk], cut[other.pk])))


def counted_with(story: Story) -> QuerySet[Story]:
    """The stories that are counted as one product with this one: copies and editions in other languages."""
    root = story.same_as_id or story.pk
    return Story.objects.filter(Q(pk=root) | Q(same_as=root)).exclude(pk=story.pk).order_by("published_on", "pk")


def translations(story: Story) -> QuerySet[Story]:
    """Its editions in other languages, and the story itself where this is one of them."""
    root = story.same_as_id if story.joined_as == Story.Joined.TRANSLATION else story.pk
    own = Q(same_as=root, joined_as=Story.Joined.TRANSLATION) | Q(pk=root)
    return Story.objects.filter(own).exclude(pk=story.pk).order_by("language", "pk")
