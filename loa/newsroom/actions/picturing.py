"""Pictures: put in, described, withheld when the people shown no longer agree, prepared for pages."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.core.files import File
from django.core.files.images import ImageFile
from django.db import transaction
from django.utils.translation import gettext as _
from modelsearch import index
from PIL import Image, UnidentifiedImageError

from loa.base.dates import today
from loa.base.errors import Refused
from loa.base.text import clean, fold
from loa.ledger.actions import record
from loa.ledger.facts import Actor
from loa.people.models import Account, Unit

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
from .keeping import stored
from .weighing import say_anew

logger = logging.getLogger(__name__)


def add_photo(file: File, *, unit: Unit, title: str = "", by: Account, at: datetime, **told: object) -> Photo:
    """Put a picture into the library of `unit`, without what the camera wrote into it; `told` are its particulars."""
    if not policies.can_add_photo(by, unit.pk, on=today(at)):
        raise Refused(_("You may put in pictures only for your own unit and the units below it."))
    name = clean(title) or clean((file.name or "").rpartition(".")[0]) or _("Picture without a name")
    with drawn(file, unit=unit, title=name, uploaded_by=by, **told) as photo, transaction.atomic():
        keep_photo(photo)
        record(PhotoAdded(subject=photo.ref, unit_id=unit.pk), by=by, at=at)
    draw_smallest(photo)
    return photo


@contextmanager
def drawn(
    file: File, *, unit: Unit | None, title: str, uploaded_by: Account | None = None, **told: object
) -> Iterator[Photo]:
    """A picture without its traces, whose file is in the store and whose row is not written yet.

    When what follows fails, nothing is left of the file. Raises Refused for what is no picture.
    """
    try:
        bare = without_traces(file)
        with Image.open(bare) as picture:
            width, height = picture.size
        bare.seek(0)
    except (OSError, UnidentifiedImageError, ValueError, Image.DecompressionBombError) as problem:
        raise Refused(_("“%(name)s” is not a picture that can be opened.") % {"name": file.name}) from problem
    photo: Photo = Photo(unit=unit, title=title[:255], width=width, height=height, uploaded_by_user=uploaded_by, **told)
    photo.file = ImageFile(bare, name=bare.name)
    photo._set_image_file_metadata()
    storage, name = photo.file.storage, photo.get_upload_to(bare.name)
    bare.seek(0)
    with stored(storage, name, File(bare)) as kept:
        photo.file = kept
        yield photo


def keep_photo(photo: Photo) -> None:
    """The row of a picture that was drawn, with what it is found by."""
    photo.save()
    _remember_words(photo)
    _remember_likeness(photo)
    index.insert_or_update_object(photo)


def draw_smallest(photo: Photo) -> None:
    """Ready to be shown at once; a worker makes the other sizes."""
    photo.get_rendition(shapes.spec(shapes.SHAPES["wide"][0], *shapes.FORMATS[-1][:2]))


def note_photo(photo: Photo, *, by: Actor, at: datetime) -> None:
    """For a picture that Wagtail's own form has kept: found by its words, and known to the ledger as any other."""
    _remember_words(photo)
    record(PhotoAdded(subject=photo.ref, unit_id=photo.unit_id), by=by, at=at)


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
    photo = held_photo(photo)
    day = today(at)
    if not policies.can_describe_photo(by, photo, on=day):
        raise Refused(_("You may change pictures only of your own unit and the units below it."))
    if not clean(title):
        raise Refused(_("Please give the picture a name by which it is found."))
    if taken_on and taken_on > day:
        raise Refused(_("The day it was taken cannot lie in the future."))
    if shown == Shown.AGREED and not clean(consent_proof):
        raise Refused(_("Please say how they agreed and where the proof is kept."))
    said = photo.alt
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
    withhold_or_show_photo(photo, on=day, by=by, at=at)
    if photo.alt != said:
        say_anew(queries.using(photo.pk), by=by, at=at)


def withhold_or_show_photo(photo: Photo, *, on: date, by: Actor, at: datetime) -> None:
    """Where the consent and what pages show are not of one mind, the consent decides."""
    wanted = consent.withheld(photo.rights, on=on)
    if wanted == bool(photo.withheld_at):
        return
    Photo.objects.filter(pk=photo.pk).update(withheld_at=at if wanted else None)
    fact = PhotoWithheld if wanted else PhotoShownAgain
    record(fact(subject=photo.ref, unit_id=photo.unit_id), by=by, at=at)


@transaction.atomic
def remove_photo(photo: Photo, *, kept: Photo | None = None, by: Account, at: datetime) -> None:
    """Take a picture out that nothing uses, for good: its file goes when the transaction is through."""
    photo = held_photo(photo)
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


def held_photo(photo: Photo) -> Photo:
    held: Photo = Photo.objects.select_for_update(of=("self",)).select_related("licence", "unit").get(pk=photo.pk)
    return held
