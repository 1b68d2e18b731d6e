"""Consents of the people shown or heard: asked for again before they end, and kept to when they have ended."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from loa.base.dates import short_date
from loa.ledger.facts import Actor
from loa.planning.actions.tasks import open_task

from .. import queries
from ..models import Clip, Photo
from ..models.stories import StoryQuerySet
from .clipping import withhold_or_show_clip
from .picturing import held_photo, withhold_or_show_photo


def watch_consents(*, on: date, by: Actor, at: datetime) -> int:
    """Every hour: take off what nobody agrees to any more, ask for what is about to end. Gives how many."""
    done = 0
    for photo in queries.consents_ended(on=on):
        with transaction.atomic():
            withhold_or_show_photo(held_photo(photo), on=on, by=by, at=at)
        done += 1
    for clip in queries.clip_consents_ended(on=on):
        with transaction.atomic():
            withhold_or_show_clip(clip, by=by, at=at)
        done += 1
    for photo in queries.consents_ending(on=on).select_related("unit"):
        done += _ask(photo, PHOTO, shown_by=queries.using(photo.pk), by=by, at=at)
    for clip in queries.clip_consents_ending(on=on).select_related("unit"):
        done += _ask(clip, CLIP, shown_by=clip.stories.all(), by=by, at=at)
    return done


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What the unit is asked to do, with `title` and `day`."""

    title: str | Promise
    wording: str | Promise


PHOTO = Asking(
    title=_("Ask again for the consent to the picture “%(title)s”"),
    wording=_(
        "The consent of the people shown ends on %(day)s. Ask them again and write the new end into the "
        "picture, or choose another picture for the stories that show it."
    ),
)
CLIP = Asking(
    title=_("Ask again for the consent to the clip or sound “%(title)s”"),
    wording=_(
        "The consent of the people shown or heard ends on %(day)s. Ask them again and write the new end into "
        "the clip, or choose another one for the stories that play it."
    ),
)


@transaction.atomic
def _ask(thing: Photo | Clip, asking: Asking, *, shown_by: StoryQuerySet, by: Actor, at: datetime) -> bool:
    """One task for each end of a consent, of the unit the thing belongs to, as long as a story shows it."""
    changed = type(thing).objects.filter(pk=thing.pk).update(reminded_of=F("consent_until"))
    if thing.unit is None or thing.consent_until is None or not changed or not shown_by.exists():
        return False
    with override(settings.LANGUAGE_CODE):
        open_task(
            str(asking.title) % {"title": thing.title},
            unit=thing.unit,
            wording=str(asking.wording) % {"day": short_date(thing.consent_until)},
            subject=thing.ref,
            due_on=thing.consent_until,
            by=by,
            at=at,
        )
    return True
