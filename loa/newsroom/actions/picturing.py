"""Pictures: put in, described, withheld when the people shown no longer agree, prepared for pages."""

import logging
from collections.abc import Iterable
from datetime import date, datetime

from django.core.files import File
from django.core.files.images import ImageFile
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override
from modelsearch import index
from PIL import Image, UnidentifiedImageError

from loa.base.dates import short_date, today
from loa.base.errors import Refused
from loa.base.text import clean, fold
from loa.ledger.actions import record
from loa.ledger.facts import Actor
from loa.people.models import Account, Unit
from loa.planning.actions.tasks import open_task

from .. import consent, policies, queries, shapes
from ..consent import Shown
from ..events import (
    PhotoAdded,
    PhotoDescribed,
    PhotoRemoved,
    PhotoShownAgain,
    PhotosKeptApart,
    PhotoWithheld,
)
from ..likeness_of_pictures import bands, picture_hash, plain
from ..models import Licence, Photo, PhotoBand, PhotosApart
from ..traces import without_traces
from .clipping import withhold_or_show_clip

logger = logging.getLogger(__name__)


@transaction.atomic
def add_photo(file: File, *, unit: Unit, title: str = "", by: Account, at: datetime, **told: object) -> Photo:
    """Put a picture into the library of `unit`, without what the camera wrote into it; `told` are its particulars."""
    if not policies.can_add_photo(by, unit.pk, on=today(at)):
        raise Refused(_("You may put in pictures only for your own unit and the units below it."))
    name = clean(title) or clean((file.name or "").rpartition(".")[0]) or _("Picture without a name")
    photo = keep_photo(file, unit=unit, title=name, uploaded_by=by, **told)
    record(PhotoAdded(subject=photo.ref, unit_id=unit.pk), by=by, at=at)
    return photo


def keep_photo(
    file: File, *, unit: Unit | None, title: str, uploaded_by: Account | None = None, **told: object
) -> Photo:
    """A row and its file, in the smallest size ready to be shown. Raises Refused for what is no picture."""
    try:
        bare = without_traces(file)
        with Image.open(bare) as picture:
            width, height = picture.size
        bare.seek(0)
    except (OSError, UnidentifiedImageError, ValueError, Image.DecompressionBombError) as problem:
        raise Refused(_("“%(name)s” is not a picture that can be opened.") % {"name": file.name}) from problem
    photo: Photo = Photo(
        unit=unit,
        title=title[:255],
        file=ImageFile(bare, name=bare.name),
        width=width,
        height=height,
        uploaded_by_user=uploaded_by,
        **told,
    )
    photo._set_image_file_metadata()
    photo.save()
    _remember_words(photo)
    _remember_likeness(photo)
    photo.get_rendition(shapes.spec(shapes.SHAPES["wide"][0], *shapes.FORMATS[-1][:2]))
    index.insert_or_update_object(photo)
    return photo


@transaction.atomic
def describe_photo(
    photo: Photo,
    *,
    title: str,
    alt: str,
    credit: str,
    licence: Licence | None,
    place: str,
    taken_on: date | None,
    tags: Iterable[str],
    shown: str,
    consent_proof: str,
    consent_until: date | None,
    by: Account,
    at: datetime,
) -> None:
    """Write down what is known of a picture. A consent that was taken back takes it off every page at once."""
    photo = _held(photo)
    day = today(at)
    if not policies.can_describe_photo(by, photo, on=day):
        raise Refused(_("You may change pictures only of your own unit and the units below it."))
    if not clean(title):
        raise Refused(_("Please give the picture a name by which it is found."))
    if taken_on and taken_on > day:
        raise Refused(_("The day it was taken cannot lie in the future."))
    if shown == Shown.AGREED and not clean(consent_proof):
        raise Refused(_("Please say how they agreed and where the proof is kept."))
    photo.title, photo.alt, photo.credit = clean(title), clean(alt), clean(credit)
    photo.licence, photo.place, photo.taken_on = licence, clean(place), taken_on
    agreed = shown == Shown.AGREED
    photo.shown, photo.consent_proof = shown, clean(consent_proof) if agreed else ""
    photo.consent_until = consent_until if agreed else None
    photo.save()
    photo.tags.set([clean(tag) for tag in tags if clean(tag)])
    _remember_words(photo)
    index.insert_or_update_object(photo)
    record(PhotoDescribed(subject=photo.ref, unit_id=photo.unit_id, shown=shown or "unsaid"), by=by, at=at)
    _withhold_or_show(photo, on=day, by=by, at=at)


def _withhold_or_show(photo: Photo, *, on: date, by: Actor, at: datetime) -> None:
    """Where the consent and what pages show are not of one mind, the consent decides."""
    wanted = consent.withheld(photo.rights, on=on)
    if wanted == bool(photo.withheld_at):
        return
    Photo.objects.filter(pk=photo.pk).update(withheld_at=at if wanted else None)
    fact = PhotoWithheld if wanted else PhotoShownAgain
    record(fact(subject=photo.ref, unit_id=photo.unit_id), by=by, at=at)


def watch_consents(*, on: date, by: Actor, at: datetime) -> int:
    """Every hour: take pictures off whose consent has ended, ask for those that are about to. Gives how many."""
    done = 0
    for photo in queries.consents_ended(on=on):
        with transaction.atomic():
            _withhold_or_show(_held(photo), on=on, by=by, at=at)
        done += 1
    for clip in queries.clip_consents_ended(on=on):
        with transaction.atomic():
            withhold_or_show_clip(clip, by=by, at=at)
        done += 1
    for photo in queries.consents_ending(on=on).select_related("unit"):
        done += _ask_to_renew(photo, by=by, at=at)
    return done


@transaction.atomic
def _ask_to_renew(photo: Photo, *, by: Actor, at: datetime) -> bool:
    """One task for each end of a consent, of the unit the picture belongs to, as long as a story shows it."""
    changed = Photo.objects.filter(pk=photo.pk).update(reminded_of=F("consent_until"))
    if photo.unit is None or photo.consent_until is None or not changed or not queries.using(photo.pk).exists():
        return False
    with override("vi"):
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
def remove_photo(photo: Photo, *, kept: Photo | None = None, by: Account, at: datetime) -> None:
    """Take a picture out that nothing uses, for good: its file goes when the transaction is through."""
    photo = _held(photo)
    if not policies.can_describe_photo(by, photo, on=today(at)):
        raise Refused(_("You may change pictures only of your own unit and the units below it."))
    if queries.uses(photo.pk, on=today(at)):
        raise Refused(_("This picture is used already and stays. You can say in it that it must not be shown."))
    ref, unit_id, storage, name = photo.ref, photo.unit_id, photo.file.storage, photo.file.name
    photo.delete()
    record(PhotoRemoved(subject=ref, unit_id=unit_id, kept_id=kept.pk if kept else None), by=by, at=at)
    transaction.on_commit(lambda: storage.delete(name))


@transaction.atomic
def keep_photos_apart(photo: Photo, *, other: Photo, by: Account, at: datetime) -> None:
    """Two pictures that look alike are two; nobody is asked about them again."""
    if photo.pk == other.pk or not policies.can_describe_photo(by, photo, on=today(at)):
        raise Refused(_("You may change pictures only of your own unit and the units below it."))
    first, second = sorted((photo.pk, other.pk))
    _row, made = PhotosApart.objects.get_or_create(first_id=first, second_id=second)
    if made:
        record(PhotosKeptApart(subject=photo.ref, unit_id=photo.unit_id, other_id=other.pk), by=by, at=at)


def prepare_photo(photo: Photo) -> None:
    """Make every size a page may ask for, and what the library finds a picture by. Doing it twice does nothing.

    A file that cannot be drawn is noted and not tried again until it is another file.
    """
    digest = photo.get_file_hash()
    try:
        _remember_likeness(photo)
        photo.get_renditions(*shapes.ALL)
    except Exception:
        logger.exception("could not prepare picture %s", photo.pk)
    _remember_words(photo)
    Photo.objects.filter(pk=photo.pk).update(prepared_of=digest)


def _remember_words(photo: Photo) -> None:
    words = [photo.folded, *(fold(tag.name) for tag in photo.tags.all())]
    Photo.objects.filter(pk=photo.pk).update(words=" ".join(words))


def _remember_likeness(photo: Photo) -> None:
    with photo.file.storage.open(photo.file.name) as file:
        digest = picture_hash(file)
    digest = "" if plain(digest) else digest
    photo.likeness = digest
    Photo.objects.filter(pk=photo.pk).update(likeness=digest)
    PhotoBand.objects.filter(photo=photo).delete()
    if digest:
        rows = [PhotoBand(photo=photo, band=band, value=value) for band, value in bands(digest)]
        PhotoBand.objects.bulk_create(rows, ignore_conflicts=True)


def _held(photo: Photo) -> Photo:
    held: Photo = Photo.objects.select_for_update(of=("self",)).select_related("licence", "unit").get(pk=photo.pk)
    return held
