"""What is asked about pictures: where they are used, what stands in their way, which look alike."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from wagtail.models import ReferenceIndex

from loa.base.text import fold
from loa.people.policies import Scope
from loa.people.queries import Node, nodes

from ..consent import Shown, objection
from ..likeness_of_pictures import ALIKE, bands, distance
from ..models import Contribution, Licence, Photo, PhotoBand, PhotosApart, Placement, Story
from .lists import limits

PHOTOS = 30
_EMBEDDED = re.compile(r"<embed\b[^>]*>")
_KEY = re.compile(r'\bid="(\d+)"')
_CANDIDATES = 2000


def photo(pk: int) -> Photo:
    """Raises Photo.DoesNotExist."""
    found: Photo = Photo.objects.select_related("licence", "unit").prefetch_related("renditions", "tags").get(pk=pk)
    return found


def photo_ids(story: Story) -> list[int]:
    """The keys of all pictures that a version of a story shows: the first, those with captions, those in the text."""
    embedded = [tag for tag in _EMBEDDED.findall(story.deep) if 'embedtype="image"' in tag]
    in_text = [int(key[1]) for tag in embedded if (key := _KEY.search(tag))]
    lead = [story.photo_id] if story.photo_id else []
    return list(dict.fromkeys([*lead, *(shown.photo_id for shown in story.photos.all()), *in_text]))


def objections(story: Story, *, on: date, but: Iterable[int] = ()) -> list[str]:
    """A sentence for every picture of this version that may not be published on that day: one query more at most."""
    keys = set(photo_ids(story)) - set(but)
    heard = [told] if story.clip and (told := objection(story.clip.rights, on=on)) else []
    if not keys:
        return heard
    shown = Photo.objects.filter(pk__in=keys).select_related("licence").order_by("pk")
    return heard + [told for one in shown if (told := objection(one.rights, on=on))]


@dataclass(frozen=True, kw_only=True)
class Uses:
    """Where a picture is used: stories that show it, and placements that it proves."""

    stories: list[Any]
    placements: list[Placement]

    def __bool__(self) -> bool:
        return bool(self.stories or self.placements)


def uses(photo_id: int, *, on: date) -> Uses:
    stories = using(photo_id).current_unit_name(on).with_state().order_by("-pk")[:200]
    proofs = Placement.objects.filter(photo=photo_id).select_related("story", "channel").order_by("-pk")[:200]
    return Uses(stories=list(stories), placements=list(proofs))


def using(photo_id: int) -> Any:
    """The stories that show the picture; those that have it in their text as Wagtail's index of references knows."""
    kinds = ContentType.objects.get_for_models(Photo, Story, for_concrete_models=True)
    in_text = ReferenceIndex.objects.filter(
        to_content_type=kinds[Photo], to_object_id=str(photo_id), base_content_type=kinds[Story]
    ).values_list("object_id", flat=True)
    return Story.objects.filter(
        Q(photo=photo_id)
        | Q(pk__in=Story.photos.rel.related_model.objects.filter(photo=photo_id).values("story"))
        | Q(pk__in=[int(key) for key in in_text])
    )


def licences() -> QuerySet[Licence]:
    return Licence.objects.order_by("position", "pk")


def licence_of_senders() -> Licence | None:
    """What pictures and voices that were sent in begin with, where the installation still has it."""
    return Licence.objects.filter(code="nguoi-gui-cho-phep").first()


@dataclass(frozen=True, kw_only=True)
class PhotoPage:
    photos: list[Photo]
    after: int | str
    """The key to go on from, "" at the end."""


def library(
    reach: Scope, *, text: str = "", shown: str = "", before: int = 0, limit: int = PHOTOS, on: date
) -> PhotoPage:
    """The pictures within `reach`, the newest first; `shown` is one of the choices of `LibraryForm`."""
    found = reach.narrow(Photo.objects.select_related("licence").prefetch_related("renditions"))
    for word in fold(text).split()[:8]:
        found = found.filter(words__contains=word)
    if shown:
        found = found.filter(_filter(shown, on=on))
    if before:
        found = found.filter(pk__lt=before)
    photos = list(found.order_by("-pk")[: limit + 1])
    return PhotoPage(photos=photos[:limit], after=photos[limit - 1].pk if len(photos) > limit else "")


def _filter(name: str, *, on: date) -> Q:
    """What one of the choices of the library's form stands for; everything for any other word."""
    soon = on + timedelta(days=limits(on=on).warn_days)
    return {
        "unsaid": Q(shown=Shown.UNSAID),
        "ending": Q(shown=Shown.AGREED, consent_until__lte=soon),
        "withheld": Q(withheld_at__isnull=False),
    }.get(name, Q())


def alike(photo: Photo, reach: Scope, *, limit: int = 6) -> list[Photo]:
    """Earlier and later pictures within `reach` that are this one, or look like it, and nobody found to be two."""
    near = Q(pk__in=_near(photo)) if photo.likeness else Q(pk__in=[])
    same = Q(file_hash=photo.file_hash) if photo.file_hash else Q(pk__in=[])
    apart = PhotosApart.objects.filter(
        Q(first=photo.pk, second=OuterRef("pk")) | Q(second=photo.pk, first=OuterRef("pk"))
    )
    found = reach.narrow(Photo.objects.filter(near | same).exclude(pk=photo.pk)).exclude(Exists(apart))
    return list(found.select_related("licence").prefetch_related("renditions").order_by("pk")[:limit])


def _near(photo: Photo) -> list[int]:
    """Keys of pictures whose hash differs in few bits, among those that share a byte of it."""
    shared = Q(pk__in=[])
    for band, value in bands(photo.likeness):
        shared |= Q(band=band, value=value)
    keys = PhotoBand.objects.filter(shared).exclude(photo=photo.pk).values_list("photo", "photo__likeness")
    found = dict(keys.order_by("-photo")[:_CANDIDATES])
    return [pk for pk, digest in found.items() if digest and distance(digest, photo.likeness) <= ALIKE]


def consents_ended(*, on: date) -> QuerySet[Any]:
    """Pictures still shown though the people shown agreed only until yesterday, or said no."""
    over = Q(shown=Shown.AGREED, consent_until__lt=on) | Q(shown=Shown.REFUSED)
    found: QuerySet[Any] = Photo.objects.filter(over, withheld_at__isnull=True).order_by("pk")
    return found


def consents_ending(*, on: date) -> QuerySet[Any]:
    """Pictures whose consent ends within the days of warning, about which nobody was asked yet."""
    soon = Photo.objects.filter(
        shown=Shown.AGREED, consent_until__gte=on, consent_until__lte=on + timedelta(days=limits(on=on).warn_days)
    )
    found: QuerySet[Any] = soon.exclude(reminded_of=F("consent_until"), reminded_of__isnull=False).order_by("pk")
    return found


def unprepared(*, limit: int = 100) -> list[int]:
    """Keys of pictures whose sizes were not made yet, or of another file."""
    waiting = Photo.objects.filter(Q(prepared_of="") | ~Q(prepared_of=F("file_hash")))
    return list(waiting.order_by("pk").values_list("pk", flat=True)[:limit])


def standing_with(photo_id: int) -> QuerySet[Placement]:
    """Where stories that show the picture still stand, put up by hand."""
    standing = Placement.objects.standing().filter(story__in=using(photo_id), channel__own_site=False)
    return standing.select_related("channel", "story__unit").order_by("pk")


def owning_unit_names(things: Iterable[Photo | Contribution], *, on: date) -> dict[int, Node]:
    """The units that pictures, or what was sent in, belong to, by their keys: one query."""
    return {node.unit_id: node for node in nodes({one.unit_id for one in things if one.unit_id}, on=on)}
