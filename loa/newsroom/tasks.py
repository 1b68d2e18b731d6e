"""What runs later for the newsroom: sizes of pictures, consents that end."""

from django.utils import timezone
from django_tasks import task

from loa.base.dates import today
from loa.ledger.facts import SYSTEM

from . import actions, queries
from .models import Clip, Photo


@task()
def prepare_photo(photo_id: int) -> None:
    """Asked twice, or again after a crash, it is done once; a picture taken out meanwhile needs nothing."""
    photo = Photo.objects.filter(pk=photo_id).first()
    if photo is not None:
        actions.prepare_photo(photo)


@task()
def take_up_photos() -> None:
    """The row is the truth: every picture whose sizes are missing, whoever put it in."""
    for photo_id in queries.unprepared():
        prepare_photo.enqueue(photo_id)


@task()
def watch_consents() -> None:
    now = timezone.now()
    actions.watch_consents(on=today(now), by=SYSTEM, at=now)


@task()
def forget_contributions() -> None:
    actions.forget_contributions(by=SYSTEM, at=timezone.now())


@task(queue_name="clips")
def make_clip(clip_id: int) -> None:
    """Asked twice, or again after a crash, it is done once: the row says what is missing."""
    actions.make_clip(Clip.objects.get(pk=clip_id), at=timezone.now())


@task()
def take_up_clips() -> None:
    """Those nobody has begun, and those whose worker died."""
    for clip_id in queries.clips_to_do(at=timezone.now()):
        make_clip.enqueue(clip_id)
