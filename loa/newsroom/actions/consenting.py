"""Consents of the people shown or heard: asked for again before they end, and kept to when they have ended."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from loa.base.dates import short_date
from loa.ledger.facts import Actor
from loa.planning.actions.tasks import open_task

from .. import queries
from ..models import Clip, Photo
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
        done += _ask_about_photo(photo, by=by, at=at)
    for clip in queries.clip_consents_ending(on=on).select_related("unit"):
        done += _ask_about_clip(clip, by=by, at=at)
    return done


@transaction.atomic
def _ask_about_photo(photo: Photo, *, by: Actor, at: datetime) -> bool:
    """One task for each end of a consent, of the unit the picture belongs to, as long as a story shows it."""
    changed = Photo.objects.filter(pk=photo.pk).update(reminded_of=F("consent_until"))
    if photo.unit is None or photo.consent_until is None or not changed or not queries.using(photo.pk).exists():
        return False
    with override(settings.LANGUAGE_CODE):
        open_task(
            _("Ask again for the consent to the picture “%(title)s”") % {"title": photo.title},
            unit=photo.unit,
            wording=_(
                "The consent of the people shown ends on %(day)s. Ask them again and write the new end into the "
                "picture, or choose another picture for the stories that show it."
            )
            % {"day": short_date(photo.consent_until)},
            subject=photo.ref,
            due_on=photo.consent_until,
            by=by,
            at=at,
        )
    return True


@transaction.atomic
def _ask_about_clip(clip: Clip, *, by: Actor, at: datetime) -> bool:
    """As for a picture."""
    changed = Clip.objects.filter(pk=clip.pk).update(reminded_of=F("consent_until"))
    if clip.consent_until is None or not changed or not clip.stories.exists():
        return False
    with override(settings.LANGUAGE_CODE):
        open_task(
            _("Ask again for the consent to the clip or sound “%(title)s”") % {"title": clip.title},
            unit=clip.unit,
            wording=_(
                "The consent of the people shown or heard ends on %(day)s. Ask them again and write the new end into "
                "the clip, or choose another one for the stories that play it."
            )
            % {"day": short_date(clip.consent_until)},
            subject=clip.ref,
            due_on=clip.consent_until,
            by=by,
            at=at,
        )
    return True
