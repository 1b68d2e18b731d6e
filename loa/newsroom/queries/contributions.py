"""What is asked about contributions: what waits, what came of one's own."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import Length

from loa.base.text import fold
from loa.people.models import Account, Unit, UnitPlace, UnitVersion
from loa.people.models.units import SEGMENT
from loa.people.policies import Scope

from ..models import Contribution, ContributionFile

CONTRIBUTIONS = 30


@dataclass(frozen=True, kw_only=True)
class ContributionPage:
    contributions: list[Any]
    """Each with `photos_sent` and `voices_sent`, how many came with it."""
    after: int | str


def contributions(
    reach: Scope, *, waiting: bool = True, before: int = 0, limit: int = CONTRIBUTIONS
) -> ContributionPage:
    """What was sent in within `reach`, the newest first; only what has no answer yet, or all."""
    found = reach.narrow(Contribution.objects.select_related("story", "taken_by"))
    if waiting:
        found = found.filter(decided_at__isnull=True)
    if before:
        found = found.filter(pk__lt=before)
    counted = found.annotate(
        photos_sent=Count("files", filter=Q(files__kind="photo")),
        voices_sent=Count("files", filter=Q(files__kind="voice")),
    )
    rows = list(counted.order_by("-pk")[: limit + 1])
    return ContributionPage(contributions=rows[:limit], after=rows[limit - 1].pk if len(rows) > limit else "")


def contribution(pk: int) -> Contribution:
    """Raises Contribution.DoesNotExist."""
    found: Contribution = (
        Contribution.objects.select_related("story", "unit", "taken_by", "clip")
        .prefetch_related("files__photo")
        .get(pk=pk)
    )
    return found


def contribution_file(pk: int) -> ContributionFile:
    """Raises ContributionFile.DoesNotExist."""
    return ContributionFile.objects.select_related("contribution").get(pk=pk)


def sent_by(account: Account, *, limit: int = 5) -> list[Contribution]:
    """What somebody sent in under their own account, the newest first."""
    own = Contribution.objects.filter(account=account, erased_at__isnull=True).select_related("story")
    return list(own.order_by("-pk")[:limit])


def is_out(sent: Contribution, *, at: datetime) -> bool:
    """Whether the story that was made of it can be read on the public site."""
    story = sent.story
    if story is None or not story.live or not story.on_site or story.withdrawn_at:
        return False
    return story.first_published_at is not None and story.first_published_at <= at


def addressee(named: str, *, on: date) -> Unit:
    """The living unit with exactly this code or name (without marks); else the root of the tree.

    Raises Unit.DoesNotExist where there is no tree yet.
    """
    living = UnitPlace.objects.on(on).filter(living=True)
    if wanted := fold(named):
        versions = UnitVersion.objects.on(on).filter(unit__places__in=living)
        exact = versions.filter(Q(unit__code__iexact=named) | Q(folded__endswith=f" {wanted}"))
        found = [
            one.unit for one in exact.select_related("unit")[:20] if wanted in (fold(one.name), fold(one.unit.code))
        ]
        if len(found) == 1:
            return found[0]
    root = living.annotate(long=Length("path")).filter(long=SEGMENT).order_by("path").first()
    if root is None:
        raise Unit.DoesNotExist
    unit: Unit = root.unit
    return unit
