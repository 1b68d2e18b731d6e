"""What is asked about clips and sounds."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from loa.people.policies import Scope

from ..consent import Shown
from ..models import Clip, Placement, Story
from .lists import limits

CLIPS = 30
SILENT_FOR = timedelta(minutes=2)
"""After so long without a sign of life, the worker that had a clip is taken for dead."""


@dataclass(frozen=True, kw_only=True)
class ClipPage:
    clips: list[Clip]
    after: int | str


def clips(reach: Scope, *, before: int = 0, limit: int = CLIPS) -> ClipPage:
    """The clips and sounds within `reach`, the newest first."""
    found = reach.narrow(Clip.objects.select_related("licence").prefetch_related("files"))
    if before:
        found = found.filter(pk__lt=before)
    rows = list(found.order_by("-pk")[: limit + 1])
    return ClipPage(clips=rows[:limit], after=rows[limit - 1].pk if len(rows) > limit else "")


def clip(pk: int) -> Clip:
    """Raises Clip.DoesNotExist."""
    found: Clip = Clip.objects.select_related("licence", "unit").prefetch_related("files").get(pk=pk)
    return found


def clips_to_attach(reach: Scope, *, besides: int | None = None) -> QuerySet[Clip]:
    """The newest two hundred within `reach`, and the one that a story has already."""
    newest = reach.narrow(Clip.objects.exclude(state=Clip.State.FAILED)).order_by("-pk").values("pk")[:200]
    return Clip.objects.filter(Q(pk__in=newest) | Q(pk=besides)).order_by("-pk")


def stories_with_clip(clip_id: int, *, on: date) -> list[Any]:
    return list(Story.objects.filter(clip=clip_id).current_unit_name(on).order_by("-pk")[:200])


def clips_to_do(*, at: datetime) -> list[int]:
    """Those nobody has begun, and those whose worker died: by its silence."""
    dead = Q(state=Clip.State.WORKING, claimed_at__lt=at - SILENT_FOR)
    waiting = Clip.objects.filter(Q(state=Clip.State.WAITING) | dead)
    return list(waiting.order_by("pk").values_list("pk", flat=True)[:20])


def clip_consents_ending(*, on: date) -> QuerySet[Any]:
    """Clips whose consent ends within the days of warning, about which nobody was asked yet."""
    until = on + timedelta(days=limits(on=on).warn_days)
    soon = Clip.objects.filter(shown=Shown.AGREED, consent_until__gte=on, consent_until__lte=until)
    found: QuerySet[Any] = soon.exclude(reminded_of=F("consent_until"), reminded_of__isnull=False).order_by("pk")
    return found


def standing_with_clip(clip_id: int) -> QuerySet[Placement]:
    """Where stories that play the clip still stand, put up by hand."""
    standing = Placement.objects.standing().filter(story__clip=clip_id, channel__own_site=False)
    return standing.select_related("channel", "story__unit").order_by("pk")


def clip_consents_ended(*, on: date) -> QuerySet[Any]:
    over = Q(shown=Shown.AGREED, consent_until__lt=on) | Q(shown=Shown.REFUSED)
    found: QuerySet[Any] = Clip.objects.filter(over, withheld_at__isnull=True).order_by("pk")
    return found
